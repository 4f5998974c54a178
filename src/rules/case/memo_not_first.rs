//! The memo stands among the other documents behind the decision, and not first.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP614",
    slug: "memo-not-first",
    title: "Skrivelsen står inte först bland underlagen",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: skrivelsen själv är det första underlaget",
    why: "Dokumenten skriver ut skrivelsen först. Står den också längre ned nämns den två gånger, med risk för olika datum.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "memo.basis.skrivelse = { title = \"Tjänsteskrivelse 2023-11-01\" }",
        "memo.basis.skrivelse",
    ),
    good: Example::agreement(&[], "memo.basis.plan = { title = \"Verksamhetsplan\" }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    if !scope.guideline.is_some_and(|guideline| guideline.case.basis_in_order) {
        return Vec::new();
    }
    let documents = scope.agreement.memo.basis.iter();
    documents
        .filter(|(_, document)| {
            let title = document.title.to_lowercase();
            title.starts_with("tjänsteskrivelse") || title.starts_with("tjänsteutlåtande")
        })
        .map(|(key, document)| {
            let message =
                format!("”{}” står bland övriga underlag. Skrivelsen ska stå först.", document.title);
            scope
                .finding(&RULE, path!["memo", "basis", key], message)
                .help("Ta bort den här: skrivelsen skrivs alltid ut först bland underlagen.")
        })
        .collect()
}
