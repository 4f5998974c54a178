//! A document that the guideline wants with the agreement is not among its annexes.

use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP625",
    slug: "annex-missing",
    title: "En handling som ska följa med avtalet finns inte bland bilagorna",
    gravity: Gravity::Completeness,
    since: "0.2.0",
    source: "kommunens riktlinjer",
    why: "Den som beslutar, och den som senare följer upp, ska kunna läsa det som avtalet bygger på.",
    check: Check::Agreement(check),
    bad: Example::file("guidelines/adala-2019.toml", "case.annexes = [\"finansieringsplan\"]", "annex"),
    good: Example::file("guidelines/adala-2019.toml", "case.annexes = []", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let holds = |title: &str, word: &str| title.to_lowercase().contains(&word.to_lowercase());
    let is_there = |word: &str| scope.agreement.annex.values().any(|annex| holds(&annex.title, word));
    let missing = guideline.case.annexes.iter().filter(|word| !is_there(word));
    missing
        .map(|word| {
            let message = format!(
                "Ingen bilaga har ”{word}” i sitt namn. Riktlinjerna kräver den handlingen ({}).",
                guideline.citation()
            );
            let help = "Lägg till handlingen i [annex.NAMN] med title och date.";
            scope.guideline_finding(&RULE, path!["annex"], message).help(help)
        })
        .collect()
}
