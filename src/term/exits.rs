//! The ways out of an agreement as it stands on a day: its own, and those of its supplements.

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::commitment::change_on;
use crate::agreement::{Agreement, Exit};
use crate::key_path::KeyPath;
use crate::path;
use crate::records::Records;

/// The ways out that the parties were bound by on `day`, each with its key and where it stands: a supplement's in the
/// place of the one whose key it has, others last.
#[must_use]
pub fn exits_on<'a>(
    agreement: &'a Agreement,
    records: Option<&Records>,
    day: NaiveDate,
) -> IndexMap<&'a str, (&'a Exit, KeyPath)> {
    let own = agreement.exit.iter().map(|(key, exit)| (key.as_str(), (exit, path!["exit", key])));
    let mut found: IndexMap<&str, _> = own.collect();
    let supplements = agreement.supplements_in_order().into_iter();
    for (change, supplement) in supplements.filter(|(change, _)| change_on(*change, records, day).is_bound())
    {
        let at = change.path().join("exit");
        let exits = supplement.exit.iter();
        found.extend(exits.map(|(key, exit)| (key.as_str(), (exit, at.join(key)))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supplement_replaces_and_adds_once_it_binds() {
        let agreement: Agreement = toml::from_str(
            r#"title = "x"
            activity = "x"
            status = "signed"
            party = {}
            term = { start = "2024-01-01", end = "2025-12-31" }
            exit.u = { cause = ["any"], means = "notice", notice_months = 3 }
            exit.h = { cause = ["breach"], means = "rescission" }
            [supplement.a]
            number = 1
            changes = "x"
            dated = "2024-06-01"
            exit.u = { cause = ["any"], means = "notice", notice_months = 6 }
            exit.o = { cause = ["any"], means = "renegotiation" }"#,
        )
        .unwrap();
        let shown = |day: &str| -> Vec<String> {
            let exits = exits_on(&agreement, None, day.parse().unwrap());
            exits.into_values().map(|(_, path)| path.to_string()).collect()
        };
        assert_eq!(shown("2024-05-31"), ["exit.u", "exit.h"]);
        assert_eq!(shown("2024-06-01"), ["supplement.a.exit.u", "exit.h", "supplement.a.exit.o"]);
    }
}
