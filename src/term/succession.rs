//! Which agreement takes over from which, as `continues` says.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::commitment::standing_on;
use crate::agreement::Agreement;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

/// The agreements of a register that continue others. One that comes back to itself by what it continues takes over from
/// nobody.
#[derive(Debug)]
pub struct Succession<'a> {
    /// Those that continue an agreement, by its id, in the order of their own.
    successors: BTreeMap<&'a str, Vec<&'a Entry<Agreement>>>,
    circular: BTreeSet<&'a str>,
}

impl<'a> Succession<'a> {
    /// The succession in a register.
    #[must_use]
    pub fn of(register: &'a Register) -> Self {
        let stated = register.agreements.iter();
        let stated =
            stated.filter_map(|(id, entry)| Some((id.as_str(), entry.data.continues.as_deref()?, entry)));
        let continues: BTreeMap<&str, &str> = stated.clone().map(|(id, before, _)| (id, before)).collect();
        let circular = circular(&continues);
        let mut successors: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (_, before, entry) in stated.filter(|(id, ..)| !circular.contains(id)) {
            successors.entry(before).or_default().push(entry);
        }
        Self { successors, circular }
    }

    /// Whether an agreement, by id, comes back to itself by what it continues.
    #[must_use]
    pub fn is_circular(&self, id: &str) -> bool {
        self.circular.contains(id)
    }

    /// The successors of an agreement that somebody was bound by on `as_of`.
    #[must_use]
    pub fn bound_successors(
        &self,
        register: &Register,
        id: &str,
        as_of: NaiveDate,
    ) -> Vec<&'a Entry<Agreement>> {
        let is_bound = |entry: &&Entry<Agreement>| {
            standing_on(&entry.data, register.records_of(entry), as_of).is_bound()
        };
        self.successors.get(id).into_iter().flatten().copied().filter(is_bound).collect()
    }

    /// The first day for which a successor, a draft as well, takes the place of an agreement. One whose first day is not known
    /// takes the place of nothing.
    #[must_use]
    pub fn replaced_from(&self, id: &str) -> Option<NaiveDate> {
        let successors = self.successors.get(id).into_iter().flatten();
        successors.filter_map(|next| next.data.term.start.known().copied()).min()
    }
}

/// The ids that come back to themselves.
fn circular<'a>(continues: &BTreeMap<&'a str, &'a str>) -> BTreeSet<&'a str> {
    // Each id with the one from which it was first reached.
    let mut walked: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for first in continues.keys().copied() {
        let mut id = first;
        while let Some(before) = continues.get(id).copied().filter(|_| !walked.contains_key(id)) {
            walked.insert(id, first);
            id = before;
        }
        let mut of_circle = (walked.get(id) == Some(&first)).then_some(id);
        while let Some(id) = of_circle.filter(|id| found.insert(*id)) {
            of_circle = continues.get(id).copied();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_in_a_circle_come_back_to_themselves() {
        let circular = |pairs: &[(&'static str, &'static str)]| {
            circular(&pairs.iter().copied().collect()).into_iter().collect::<Vec<_>>()
        };
        let nobody: [&str; 0] = [];
        assert_eq!(circular(&[("b", "a"), ("c", "b"), ("d", "none")]), nobody);
        assert_eq!(circular(&[("a", "a"), ("b", "a")]), ["a"]);
        assert_eq!(circular(&[("a", "c"), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d")]), ["a", "b", "c"]);
        assert_eq!(
            circular(&[("x", "b"), ("a", "b"), ("b", "a"), ("p", "q"), ("q", "p")]),
            ["a", "b", "p", "q"]
        );
    }
}
