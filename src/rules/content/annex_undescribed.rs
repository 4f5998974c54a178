//! The agreement rests on a document that is neither attached nor told from others.

use crate::agreement::Annex;
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP411",
    slug: "annex-undescribed",
    title: "En handling som avtalet hänvisar till är varken bifogad eller beskriven",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det som avtalet vilar på ska gå att hitta",
    why: "Utan datum, diarienummer eller bilaga vet ingen vilken version som gäller.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "annex.plan = { title = \"Verksamhetsplan\", attached = false }",
        "annex.plan",
    ),
    good: Example::agreement(
        &[],
        "annex.plan = { title = \"Verksamhetsplan\", attached = false, date = 2023-10-01 }\nannex.mall = { title = \"Mall\", attached = true }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let annexes = scope.agreement.annex.iter();
    annexes
        .filter(|(_, annex)| is_undescribed(annex))
        .map(|(key, annex)| {
            let message =
                format!("Avtalet hänvisar till ”{}”, men handlingen är inte bifogad och har varken datum eller diarienummer.", annex.title);
            scope
                .finding(&RULE, path!["annex", key], message)
                .help("Bifoga den (attached = true), eller ange date eller registry_number så att den går att hitta.")
        })
        .collect()
}

/// Whether nobody could tell which document is meant.
pub(super) fn is_undescribed(annex: &Annex) -> bool {
    annex.attached.known() != Some(&true)
        && annex.date.known().is_none()
        && annex.registry_number.known().is_none()
}
