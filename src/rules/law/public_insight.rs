//! The care of a municipal matter is handed over, and nothing gives the public insight.

use crate::finding::{Finding, Level};
use crate::guideline::Matter;
use crate::path;
use crate::rules::content::matter_unregulated::is_regulated;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP705",
    slug: "public-insight",
    title: "Behöver prövas: allmänhetens insyn",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 10 kap. 7–9 §§",
    why: "Lämnar kommunen över skötseln av en kommunal angelägenhet till någon annan ska avtalet ge den information som allmänheten behöver för insyn.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "legal.hands_over_care = true", "legal.hands_over_care"),
    good: Example::agreement(
        &[],
        "legal.hands_over_care = true\nclause.public-insight = { heading = \"Insyn\", text = \"Föreningen lämnar de uppgifter som allmänheten behöver.\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    if agreement.legal.hands_over_care.known() != Some(&true)
        || is_regulated(agreement, Matter::PublicInsight)
    {
        return Vec::new();
    }
    let message = "Behöver prövas: skötseln av en kommunal angelägenhet lämnas över, men avtalet har ingen klausul om allmänhetens insyn.";
    let help =
        "Skriv i [clause.public-insight] vilken information parten ska lämna, eller fråga kommunjuristen.";
    vec![scope.finding(&RULE, path!["legal", "hands_over_care"], message).help(help)]
}
