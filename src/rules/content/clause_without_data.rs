//! Data that no clause shows, and clauses that have no data to show.

use crate::finding::{Finding, Level, Place};
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
    let mut findings = Vec::new();
    for key in scope.stationery.templates.clause_keys() {
        let Some(has_data) = agreement.has_data_for(key) else { continue };
        let heading = scope.stationery.templates.clause(key).map_or(key, |clause| clause.heading.as_str());
        let position = agreement.standard_clauses.iter().position(|name| name == key);
        let has_own = agreement.clause.contains_key(key);
        match position {
            None if has_data && !has_own && !agreement.is_open_for(key) => {
                let message = format!(
                    "Avtalet har uppgifter för klausulen ”{heading}” ({key}), men klausulen är inte med."
                );
                let help = format!("Lägg till \"{key}\" i standard_clauses.");
                findings.push(finding(scope, key, path!["standard_clauses"], message).help(help));
            }
            Some(index) if !has_data && !has_own => {
                let message =
                    format!("Klausulen ”{heading}” ({key}) är med, men avtalet har inga uppgifter för den.");
                let help = "Lägg till uppgifterna, eller ta bort klausulen ur standard_clauses.";
                findings.push(finding(scope, key, path!["standard_clauses", index], message).help(help));
            }
            _ => {}
        }
    }
    findings
}

/// A finding about the clause `key`, shown in the list of standard clauses: a number in a list would name another clause
/// as soon as one is put before it.
fn finding(scope: &Scope<'_>, key: &str, shown: KeyPath, message: String) -> Finding {
    let mut finding = scope.finding(&RULE, path!["clause", key], message);
    finding.place = Place::shown_at(scope.file, path!["clause", key], shown);
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_clause_that_stands_without_data_is_told_at_its_place() {
        let places = |remove, toml| {
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        // The clause about the target group is the third.
        assert_eq!(places(&["target_group"], ""), ["clause.target-group"]);
        let nowhere: [&str; 0] = [];
        assert_eq!(places(&["target_group"], "clause.target-group.text = \"Unga.\""), nowhere);
    }

    #[test]
    fn what_is_said_to_be_open_is_no_data_that_a_clause_should_show() {
        let told = |toml: &str| {
            let toml = format!(
                "standard_clauses = [\"parties\", \"target-group\", \"undertakings\", \"steering\", \"follow-up\", \"term\", \"economy\", \"payouts\", \"exit\"]\n{toml}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
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
