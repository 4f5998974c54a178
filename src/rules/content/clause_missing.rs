//! A clause that the guideline requires is missing or empty.

use std::collections::BTreeMap;

use crate::finding::{Finding, Mention, Place, Spread};
use crate::guideline::Guideline;
use crate::language::headings;
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
    why: "Riktlinjerna räknar upp vad varje överenskommelse ska reglera. Det som saknas blir en tvistefråga. En egen klausul räknas när nyckeln eller rubriken säger vad den handlar om.",
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
    let mut by_fault: BTreeMap<Fault, Vec<Missing<'_>>> = BTreeMap::new();
    for (key, requirement) in &guideline.required_clause {
        if let Some(fault) = fault(scope, key) {
            let clause = scope.stationery.templates.clause(key);
            let own = scope.agreement.clause.get(key).and_then(|own| own.heading.as_deref());
            let heading = own.or_else(|| clause.map(|clause| clause.heading.as_str())).unwrap_or(key);
            let missing = Missing {
                key,
                called: format!("”{heading}” ({key})"),
                demand: &requirement.demand,
                is_standard: clause.is_some_and(|clause| clause.has_text),
            };
            by_fault.entry(fault).or_default().push(missing);
        }
    }
    by_fault.into_iter().filter_map(|(fault, missing)| finding(scope, guideline, fault, &missing)).collect()
}

/// A clause that the guideline requires, and what it demands of it.
struct Missing<'a> {
    key: &'a str,
    called: String,
    demand: &'a str,
    is_standard: bool,
}

/// Clauses with the same fault: one with what is demanded of it, several by their names.
fn finding(
    scope: &Scope<'_>,
    guideline: &Guideline,
    fault: Fault,
    missing: &[Missing<'_>],
) -> Option<Finding> {
    let citation = guideline.citation();
    let (one, several) = fault.predicates();
    if let [Missing { key, called, demand, is_standard }] = missing {
        let message =
            format!("Klausulen {called} {one}. Riktlinjerna kräver att det framgår {demand} ({citation}).");
        let help = if *is_standard {
            format!("Lägg till \"{key}\" i standard_clauses, eller skriv en egen text i [clause.{key}].")
        } else {
            format!("Skriv texten i [clause.{key}].")
        };
        return Some(scope.guideline_finding(&RULE, path!["clause", *key], message).help(help));
    }
    let mentions = missing.iter().map(|one| Mention {
        place: Place::value(scope.file, path!["clause", one.key]),
        word: one.called.clone(),
    });
    let required = |which: &str| format!(". Riktlinjerna kräver {which} ({citation}).");
    let spread = Spread::new("Klausulerna ", format!(" {several}{}", required("dem")), mentions)
        .for_one("Klausulen ", format!(" {one}{}", required("den")));
    let level = scope.guideline_finding(&RULE, path!["clause"], "").level;
    let help = if missing.iter().all(|one| one.is_standard) {
        "Lägg till det som står inom parentes i standard_clauses, eller skriv egna texter i [clause.NAMN]."
    } else {
        "Skriv texterna i [clause.NAMN], med det som står inom parentes som namn; för en standardklausul räcker det att lägga till namnet i standard_clauses."
    };
    Some(Finding::at_each(RULE.code, level, spread)?.source(citation).help(help))
}

/// Whether a text only says that the clause is not there.
fn is_dropped(text: &str) -> bool {
    const DROPPED: [&str; 8] = [
        "utgår",
        "utgått",
        "ej aktuellt",
        "inte aktuellt",
        "ej tillämpligt",
        "inte tillämpligt",
        "saknas",
        "tas bort",
    ];
    let said = text.trim().trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    DROPPED.contains(&said.as_str())
}

/// What is wrong with a clause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Missing,
    Empty,
    WithoutData,
}

impl Fault {
    /// As it follows the name of one clause, and those of several.
    fn predicates(self) -> (&'static str, &'static str) {
        match self {
            Self::Missing => ("saknas", "saknas"),
            Self::Empty => ("är tom", "är tomma"),
            Self::WithoutData => (
                "är tom: avtalet har inga uppgifter att fylla den med",
                "är tomma: avtalet har inga uppgifter att fylla dem med",
            ),
        }
    }
}

/// What is wrong with the clause; nothing where it stands with some content. A text that is declared open is an open fact, not a
/// missing clause.
fn fault(scope: &Scope<'_>, key: &str) -> Option<Fault> {
    let agreement = scope.agreement;
    if let Some(own) = agreement.clause.get(key) {
        let filled = |text: &str| text::says_something(text) && !is_dropped(text);
        let text = own.text.known().map(|text| filled(text));
        if own.text.is_open() || text == Some(true) || own.addition.as_deref().is_some_and(filled) {
            return None;
        }
        if text == Some(false) {
            return Some(Fault::Empty);
        }
    }
    let is_standard = agreement.standard_clauses.iter().any(|name| name == key);
    let has_text = scope.stationery.templates.clause(key).is_some_and(|clause| clause.has_text);
    if is_standard && has_text && agreement.has_data_for(key) != Some(false) {
        return None;
    }
    // The parties may have it under a name of their own, or together with something else.
    let is_there = agreement.clause.values().any(|own| {
        let is_about = own.heading.as_deref().is_some_and(|heading| headings::is_about(heading, key));
        is_about && own.text.known().is_some_and(|text| text::says_something(text))
    });
    if is_there {
        return None;
    }
    Some(match is_standard {
        true => Fault::WithoutData,
        false if agreement.clause.contains_key(key) => Fault::Empty,
        false => Fault::Missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
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
    fn a_clause_may_have_a_name_of_its_own_or_stand_with_another() {
        let is_found = |heading: &str, text: &str| {
            let toml = format!("clause.eget = {{ heading = \"{heading}\", text = \"{text}\" }}");
            !found(&RULE, &[Example::agreement(&["clause.background"], toml.leak(), "")]).is_empty()
        };
        for heading in ["Bakgrund", "Bakgrund och gemensamma värderingar", "Inledning"] {
            assert!(!is_found(heading, "Unga saknar en mötesplats."), "{heading}");
            assert!(is_found(heading, " "), "{heading}");
        }
        assert!(is_found("Vad vi gör", "Unga saknar en mötesplats."));
    }

    #[test]
    fn criteria_that_nobody_has_decided_warn() {
        let levels = |undecided: &'static [&'static str]| {
            let guideline =
                Example { file: "guidelines/adala-2019.toml", remove: undecided, toml: "", at: "" };
            let signed = Example::agreement(&["clause.background", "status"], "status = \"signed\"", "");
            found(&RULE, &[signed, guideline]).iter().map(|one| one.level).collect::<Vec<_>>()
        };
        assert_eq!(levels(&[]), [Level::Error]);
        assert_eq!(levels(&["decided_by", "decided", "paragraph"]), [Level::Warning]);
    }

    #[test]
    fn clauses_that_lack_in_the_same_way_are_one_finding() {
        let remove = &["clause.background", "standard_clauses"];
        let found = found(&RULE, &[Example::agreement(remove, "", "")]);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert!(finding.message.starts_with("Klausulerna ”"), "{finding:?}");
        assert!(finding.message.contains(" saknas. Riktlinjerna kräver dem ("), "{finding:?}");
        assert!(finding.places().count() > 2, "{finding:?}");
        // Of those that are left when others are accepted it says the same.
        let left = finding.clone().at_places(|place, _| place.path.to_string() == "clause.background");
        assert!(
            left.unwrap()
                .message
                .starts_with("Klausulen ”Bakgrund” (background) saknas. Riktlinjerna kräver den (")
        );
    }

    #[test]
    fn a_clause_with_no_text_of_its_own_is_empty_and_one_with_text_is_not() {
        let is_empty = |toml| {
            let findings = found(&RULE, &[Example::agreement(&["clause.background.text"], toml, "")]);
            findings.iter().any(|one| one.message.contains(" är tom."))
        };
        assert!(is_empty("clause.background.heading = \"Bakgrund\""));
        for nothing in [
            " ",
            "-",
            "…",
            "x",
            "&nbsp;",
            "<!-- -->",
            "[ej angivet]",
            "[ab]: http://a.example/xy",
            "Utgår.",
            "(Ej aktuellt)",
        ] {
            assert!(is_empty(format!("clause.background.text = \"{nothing}\"").leak()), "{nothing}");
        }
        assert!(is_empty("clause.background.addition = \" \""));
        assert!(!is_empty("clause.background.text = \"Unga saknar en mötesplats.\""));
        assert!(!is_empty("clause.background.addition = \"Unga saknar en mötesplats.\""));
        assert!(!is_empty("clause.background.text = \"not-stated\""));
    }
}
