//! The memo does not consider the best interests of the child, and the guideline wants it to.

use crate::agreement::Memo;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP612",
    slug: "childs-best-missing",
    title: "Prövningen av barnets bästa saknas",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "lagen (2018:1197) om Förenta nationernas konvention om barnets rättigheter, artikel 3",
    why: "Barnets bästa ska bedömas i alla beslut som rör barn, också när barnen berörs genom sina föräldrar.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["memo.childs_best"], "", "memo.childs_best"),
    good: Example::agreement(&["memo.childs_best"], "memo.childs_best = \"Beslutet rör inte barn.\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let memo = &scope.agreement.memo;
    let Some(guideline) = scope.guideline.filter(|guideline| guideline.case.childs_best) else {
        return Vec::new();
    };
    if *memo == Memo::default() || memo.childs_best.known().is_some_and(|text| text::says_something(text)) {
        return Vec::new();
    }
    let message = format!(
        "Prövningen av barnets bästa anges inte. Riktlinjerna kräver den ({}).",
        guideline.citation()
    );
    let help =
        "Skriv prövningen i childs_best under [memo], också när den kommer fram till att barn inte berörs.";
    vec![scope.guideline_finding(&RULE, path!["memo", "childs_best"], message).help(help)]
}
