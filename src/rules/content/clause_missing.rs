//! A clause that the guideline requires is missing or empty.

use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP401",
    slug: "clause-missing",
    title: "En klausul som riktlinjerna kräver saknas eller är tom",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Riktlinjerna räknar upp vad varje överenskommelse ska reglera. Det som saknas blir en tvistefråga.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["clause.background"],
        toml: "",
        at: "clause.background",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["clause.background"],
        toml: "clause.background.text = \"En annan bakgrund.\"",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let required = guideline.required_clause.iter();
    required
        .filter_map(|(key, requirement)| {
            let heading =
                scope.stationery.templates.clause(key).map_or(key.as_str(), |clause| clause.heading.as_str());
            let heading =
                scope.agreement.clause.get(key).and_then(|own| own.heading.as_deref()).unwrap_or(heading);
            let fault = fault(scope, key)?;
            let message = format!(
                "Klausulen ”{heading}” ({key}) {fault}. Riktlinjerna kräver att det framgår {} ({}).",
                requirement.demand,
                guideline.citation()
            );
            let help = if scope.stationery.templates.clause(key).is_some_and(|clause| clause.has_text) {
                format!("Lägg till \"{key}\" i standard_clauses, eller skriv en egen text i [clause.{key}].")
            } else {
                format!("Skriv texten i [clause.{key}].")
            };
            Some(scope.guideline_finding(&RULE, path!["clause", key], message).help(help))
        })
        .collect()
}

/// What is wrong with the clause, as it follows its name; nothing where it stands with some content. A text that
/// is declared open is an open fact, not a missing clause.
fn fault(scope: &Scope<'_>, key: &str) -> Option<&'static str> {
    let agreement = scope.agreement;
    if let Some(own) = agreement.clause.get(key) {
        let filled = text::says_something;
        let text = own.text.known().map(|text| filled(text));
        if own.text.is_open() || text == Some(true) || own.addition.as_deref().is_some_and(filled) {
            return None;
        }
        if text == Some(false) {
            return Some("är tom");
        }
    }
    if !agreement.standard_clauses.iter().any(|name| name == key) {
        return Some(if agreement.clause.contains_key(key) { "är tom" } else { "saknas" });
    }
    let has_text = scope.stationery.templates.clause(key).is_some_and(|clause| clause.has_text);
    (!has_text || agreement.has_data_for(key) == Some(false))
        .then_some("är tom: avtalet har inga uppgifter att fylla den med")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_clause_of_the_standard_is_empty_where_its_data_is() {
        let said = |remove, toml| {
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            let said = |finding: &Finding| finding.message.split(") ").nth(1).unwrap_or_default().to_owned();
            findings.iter().map(said).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(said(&[], ""), "");
        assert!(said(&["clause.background"], "clause.background.text = \" \"").starts_with("är tom. "));
        assert!(
            said(&["clause.background"], "clause.background.heading = \"Bakgrund\"").starts_with("är tom. ")
        );
        assert_eq!(said(&["clause.background"], "clause.background.text = \"not-stated\""), "");
        // The clause about undertakings has a text of its own, and nothing to fill it with.
        let without = said(&["undertaking"], "");
        assert!(without.starts_with("är tom: avtalet har inga uppgifter"), "{without}");
    }

    #[test]
    fn a_clause_with_no_text_of_its_own_is_empty_and_one_with_text_is_not() {
        let is_empty = |toml| {
            let findings = found(&RULE, &[Example::agreement(&["clause.background.text"], toml, "")]);
            findings.iter().any(|one| one.message.contains(" är tom."))
        };
        assert!(is_empty("clause.background.heading = \"Bakgrund\""));
        for nothing in [" ", "-", "…", "x", "&nbsp;", "<!-- -->", "[ej angivet]"] {
            assert!(is_empty(format!("clause.background.text = \"{nothing}\"").leak()), "{nothing}");
        }
        assert!(is_empty("clause.background.addition = \" \""));
        assert!(!is_empty("clause.background.text = \"Unga saknar en mötesplats.\""));
        assert!(!is_empty("clause.background.addition = \"Unga saknar en mötesplats.\""));
        assert!(!is_empty("clause.background.text = \"not-stated\""));
    }
}
