//! A party for which nobody signs.

use crate::agreement::Signatory;
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP602",
    slug: "party-without-signatory",
    title: "En part saknar undertecknare",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "avtalsrättens krav på behörig företrädare",
    why: "En part blir bunden först när någon som får företräda den har skrivit under.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["party.forening.signatory"],
        toml: "",
        at: "party.forening.signatory",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["party.forening.signatory"],
        toml: "party.forening.signatory.kassor.title = \"kassör\"",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let parties = scope.agreement.party.iter();
    parties
        .filter(|(_, party)| {
            let named =
                |signatory: &Signatory| signatory.name.known().is_some() || signatory.title.known().is_some();
            !party.signatory.known().is_some_and(|signatories| signatories.values().any(named))
        })
        .map(|(key, party)| {
            let message = format!("Det framgår inte vem som undertecknar för {}.", party.called());
            let help =
                format!("Lägg till [party.{key}.signatory.NAMN] med title, och vad behörigheten bygger på.");
            scope.finding(&RULE, path!["party", key, "signatory"], message).help(help)
        })
        .collect()
}
