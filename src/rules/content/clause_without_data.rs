//! Data that no clause shows, and clauses that have no data to show.

use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP405",
    slug: "clause-without-data",
    title: "En klausul och dess uppgifter följs inte åt",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "registrets mallar",
    why: "Uppgifter som ingen klausul visar finns inte i det dokument som undertecknas. En klausul utan uppgifter \
          blir en rubrik utan innehåll.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "goal.moten = { title = \"Möten\", text = \"Unga möts.\" }",
        at: "clause.goals",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "goal.moten = { title = \"Möten\", text = \"Unga möts.\" }\nclause.goals.text = \"Unga möts.\"",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let (mut left_out, mut empty) = (Vec::new(), Vec::new());
    for key in scope.stationery.templates.clause_keys() {
        let Some(has_data) = agreement.has_data_for(key) else { continue };
        let heading = scope.stationery.templates.clause(key).map_or(key, |clause| clause.heading.as_str());
        let position = agreement.standard_clauses.iter().position(|name| name == key);
        let has_own = agreement.clause.contains_key(key);
        // Shown in the list of standard clauses: a number in a list would name another clause as soon as one is put before it.
        let mention = |shown: KeyPath| Mention {
            place: Place::shown_at(scope.file, path!["clause", key], shown),
            word: format!("”{heading}” ({key})"),
        };
        match position {
            None if has_data && !has_own && !agreement.is_open_for(key) => {
                left_out.push(mention(path!["standard_clauses"]));
            }
            Some(index) if !has_data && !has_own => empty.push(mention(path!["standard_clauses", index])),
            _ => {}
        }
    }
    let left_out = Spread::new("Avtalet har uppgifter för klausulerna ", ", men de är inte med.", left_out)
        .for_one("Avtalet har uppgifter för klausulen ", ", men klausulen är inte med.");
    let empty = Spread::new("Klausulerna ", " är med, men avtalet har inga uppgifter för dem.", empty)
        .for_one("Klausulen ", " är med, men avtalet har inga uppgifter för den.");
    let help = [
        (left_out, "Lägg till det som står inom parentes i standard_clauses."),
        (empty, "Lägg till uppgifterna, eller ta bort det som står inom parentes ur standard_clauses."),
    ];
    let level = RULE.gravity.level(agreement);
    let told = help.into_iter().filter_map(|(spread, help)| {
        Some(Finding::at_each(RULE.code, level, spread)?.source(RULE.source).help(help))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_clause_that_stands_without_data_is_told_at_its_place() {
        let places = |remove, toml| {
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            findings.iter().flat_map(Finding::places).map(|place| place.path.to_string()).collect::<Vec<_>>()
        };
        // The clause about the target group is the third.
        assert_eq!(places(&["target_group"], ""), ["clause.target-group"]);
        let nowhere: [&str; 0] = [];
        assert_eq!(places(&["target_group"], "clause.target-group.text = \"Unga.\""), nowhere);
    }

    #[test]
    fn clauses_that_are_left_out_are_one_finding() {
        let toml = "standard_clauses = [\"parties\", \"target-group\", \"undertakings\", \"steering\", \"follow-up\", \"term\", \"economy\", \"payouts\", \"exit\"]";
        let found = found(&RULE, &[Example::agreement(&[], toml, "")]);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert!(finding.message.starts_with("Avtalet har uppgifter för klausulerna ”"), "{finding:?}");
        assert!(finding.message.ends_with(", men de är inte med."), "{finding:?}");
        assert!(finding.places().count() > 2 && finding.message.contains("(grounds)"), "{finding:?}");
    }

    #[test]
    fn what_is_said_to_be_open_is_no_data_that_a_clause_should_show() {
        let told = |toml: &str| {
            let toml = format!(
                "standard_clauses = [\"parties\", \"target-group\", \"undertakings\", \"steering\", \"follow-up\", \"term\", \"economy\", \"payouts\", \"exit\"]\n{toml}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.iter().flat_map(Finding::places).map(|place| place.path.to_string()).collect::<Vec<_>>()
        };
        let all = told("");
        for clause in ["purpose", "grounds", "contacts"] {
            assert!(all.contains(&format!("clause.{clause}")), "{all:?}");
        }
        let open = told(
            "purpose = \"not-stated\"\nground = \"not-stated\"\nparty.kommun.contact = \"not-stated\"\nparty.forening.contact = \"not-stated\"",
        );
        assert_eq!(open, [""; 0]);
    }
}
