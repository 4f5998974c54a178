//! Two agreements with the same party about the same activity hold at the same time.

use std::collections::BTreeMap;

use crate::agreement::{Agreement, Role, Status};
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::path;
use crate::register::Entry;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP209",
    slug: "overlap",
    title: "Två avtal med samma part om samma verksamhet gäller samtidigt",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: en verksamhet ersätts en gång",
    why: "Samma verksamhet kan bli betald två gånger, och vid en tvist är det oklart vilket avtal som gäller.",
    check: Check::Register(check),
    bad: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2022-01-01, end = 2024-06-30 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\nstandard_clauses = []\n",
        "term.start",
    ),
    good: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2022-01-01, end = 2023-12-31 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\nstandard_clauses = []\n",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut activities: BTreeMap<&str, Vec<(Period, &Entry<Agreement>)>> = BTreeMap::new();
    for entry in scope.register.agreements.values().filter(|entry| entry.data.status != Status::Draft) {
        if let Some(term) = entry.data.extended_term() {
            activities.entry(&entry.data.activity).or_default().push((term, entry));
        }
    }
    let mut findings = Vec::new();
    for agreements in activities.values_mut() {
        agreements.sort_by_key(|(term, entry)| (*term, &entry.file));
        for (position, (term, entry)) in agreements.iter().enumerate() {
            let earlier = agreements.iter().take(position);
            for (other_term, other) in earlier.filter(|(_, other)| share_a_party(&entry.data, &other.data)) {
                let Some(shared) = term.overlap(other_term) else { continue };
                let message = format!(
                    "Avtalet gäller {term} och ett tidigare avtal om ”{}” med samma part {other_term}. Båda gäller {shared}.",
                    entry.data.activity
                );
                findings.push(
                    scope
                        .of(entry)
                        .finding(&RULE, path!["term", "start"], message)
                        .help("Ändra det ena avtalets tid, eller ge verksamheterna olika namn i activity om de är olika.")
                        .related(Place::value(&other.file, path!["term"]), format!("det tidigare avtalet: {other_term}")),
                );
            }
        }
    }
    findings
}

fn share_a_party(one: &Agreement, other: &Agreement) -> bool {
    one.parties(Role::CivilSociety).any(|party| {
        other.parties(Role::CivilSociety).any(|candidate| candidate.identity() == party.identity())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn another_party_another_activity_or_a_draft_may_hold_at_the_same_time() {
        let found = |from: &str, to: &str| {
            assert!(RULE.bad.toml.contains(from), "{from}");
            found(&RULE, &[Example { toml: RULE.bad.toml.replace(from, to).leak(), ..RULE.bad }])
        };
        assert_eq!(found("Föreningen Öppet hus i Ådala", "Annan förening"), []);
        assert_eq!(found("activity = \"oppet-hus\"", "activity = \"lov\""), []);
        assert_eq!(found("status = \"ended\"", "status = \"draft\""), []);
        // One shared day is enough.
        assert_eq!(found("2024-06-30", "2024-01-01").len(), 1);
    }
}
