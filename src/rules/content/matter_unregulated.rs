//! A matter that the guideline wants regulated is not.

use crate::agreement::Agreement;
use crate::finding::Finding;
use crate::guideline::Matter;
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP413",
    slug: "matter-unregulated",
    title: "En fråga som riktlinjerna vill ha reglerad saknas",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Moms, försäkring, personuppgifter och medel som blir över saknas i de flesta avtal. Frågan kommer ändå, och då när den redan har kostat något.",
    check: Check::Agreement(check),
    bad: Example::file("guidelines/adala-2019.toml", "regulate = [\"insurance\"]", "clause.insurance"),
    good: Example::file("guidelines/adala-2019.toml", "regulate = []", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let mut matters = guideline.regulate.clone();
    matters.sort_unstable();
    matters.dedup();
    matters
        .into_iter()
        .filter(|matter| !is_regulated(scope.agreement, *matter))
        .map(|matter| {
            let message = format!(
                "Avtalet har ingen egen bestämmelse om {}. Riktlinjerna kräver att det regleras ({}).",
                matter.label(),
                guideline.citation()
            );
            let (path, help) = key(matter);
            let help = format!("{help} Står det redan i en annan text: flytta det dit.");
            scope.guideline_finding(&RULE, path, message).help(help)
        })
        .collect()
}

/// Where the agreement regulates a matter, and what to do where it does not.
fn key(matter: Matter) -> (KeyPath, String) {
    match matter {
        Matter::Vat => (
            path!["economy", "vat"],
            "Skriv vat = \"none\", \"included\" eller \"excluded\" i [economy].".to_owned(),
        ),
        Matter::UnusedMoney => (
            path!["economy", "unused_money"],
            "Skriv i unused_money i [economy] vad som händer med pengar som inte används.".to_owned(),
        ),
        other => (
            path!["clause", other.word()],
            format!("Skriv texten i [clause.{}] med heading och text.", other.word()),
        ),
    }
}

/// Whether the agreement says something about it.
pub(in crate::rules) fn is_regulated(agreement: &Agreement, matter: Matter) -> bool {
    match matter {
        Matter::Vat => agreement.economy.vat.known().is_some(),
        Matter::UnusedMoney => {
            agreement.economy.unused_money.known().is_some_and(|text| text::says_something(text))
        }
        other => {
            let own = agreement.clause.get(other.word());
            own.is_some_and(|clause| clause.text.known().is_some_and(|text| text::says_something(text)))
                || agreement.standard_clauses.iter().any(|name| name == other.word())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn what_is_open_or_not_said_is_not_regulated() {
        let is_told = |matter: &str, toml: &'static str| {
            let regulate = format!("regulate = [\"{matter}\"]").leak();
            let guideline = Example::file("guidelines/adala-2019.toml", regulate, "");
            !found(&RULE, &[guideline, Example::agreement(&[], toml, "")]).is_empty()
        };
        assert!(is_told("unused-money", ""));
        assert!(is_told("unused-money", "economy.unused_money = \"not-stated\""));
        assert!(!is_told("unused-money", "economy.unused_money = \"De betalas tillbaka.\""));
        assert!(is_told("vat", "economy.vat = \"not-stated\""));
        assert!(!is_told("vat", "economy.vat = \"none\""));
    }
}
