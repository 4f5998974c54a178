//! Money goes back, or somebody is compensated, and nothing says how much or by whom.

use crate::agreement::Consequence;
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP410",
    slug: "repayment-without-measure",
    title: "Det framgår inte hur mycket som ska betalas tillbaka, eller av vem",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: en påföljd ska gå att räkna ut",
    why: "”Delar av eller hela beloppet” utan mått avgörs först i en tvist. Till dess kan varken kommunen kräva rätt summa eller föreningen veta vad den riskerar.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "exit.havning = { cause = [\"unremedied-breach\"], means = \"rescission\", consequence = \"repayment\", liable = \"forening\" }",
        "exit.havning.measure",
    ),
    good: Example::agreement(
        &[],
        "exit.havning = { cause = [\"unremedied-breach\"], means = \"rescission\", consequence = \"repayment\", liable = \"forening\", measure = \"den del av ersättningen som avser återstående tid\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let exits = scope.agreement.exit.iter();
    exits
        .filter_map(|(key, exit)| {
            let verb = match exit.consequence.known()? {
                Consequence::Repayment => "betalas tillbaka",
                Consequence::Compensation => "ersättas",
            };
            let (no_measure, nobody) = (exit.measure.known().is_none(), exit.liable.known().is_none());
            let (at, doubt) = match (no_measure, nobody) {
                (true, true) => ("measure", format!("hur mycket som ska {verb}, eller av vilken part")),
                (true, false) => ("measure", format!("hur mycket som ska {verb}")),
                (false, true) => ("liable", format!("vilken part som ska betala när pengar ska {verb}")),
                (false, false) => return None,
            };
            Some(scope.finding(&RULE, path!["exit", key, at], format!("Det framgår inte {doubt}.")).help(
                "Ange måttet i measure, till exempel den del av ersättningen som avser återstående tid, och den betalande parten i liable.",
            ))
        })
        .collect()
}
