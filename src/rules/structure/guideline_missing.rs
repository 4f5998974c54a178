//! An agreement that is checked against no guideline.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP111",
    slug: "guideline-missing",
    title: "Avtalet prövas inte mot några riktlinjer",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "registrets format",
    why: "Utan riktlinjer prövas varken avtalstid, innehåll, skäl eller budgetram. Att inget anmärks betyder då inget.",
    check: Check::Agreement(check),
    bad: Example { file: "iop.toml", remove: &["default.guideline"], toml: "", at: "guideline" },
    good: Example { file: "iop.toml", remove: &[], toml: "", at: "" },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    // A name that leads nowhere is another rule's finding.
    if scope.register.guideline_id_of(scope.agreement).is_some() {
        return Vec::new();
    }
    let message = "Avtalet anger inga riktlinjer, och registret har inget förval.";
    let help = "Lägg till guideline = \"…\" i avtalet eller under [default] i iop.toml.";
    vec![scope.finding(&RULE, path!["guideline"], message).help(help)]
}
