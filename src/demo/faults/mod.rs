//! The faults: one entry each. A fault is planted only where the program has its rule, so that an entry can be
//! written before the rule is, and takes effect the day the rule does.

mod content;
mod decision;
mod economy;
mod edit;
mod fault;
mod fits;
mod governance;
mod law;
mod structure;
mod term;

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Outline;
use crate::rules;

pub(super) use fault::{Draft, Fault};

/// From so many agreements on, there is a fault in the budget too, and there are as many in agreements as there are
/// kinds, or half as many as there are agreements.
pub(super) const LARGE: usize = 50;

/// Every kind, by the family of its code. To add one: an entry in its family, with the code of its rule.
static FAMILIES: [&[Fault]; 7] = [
    structure::FAULTS,
    term::FAULTS,
    economy::FAULTS,
    content::FAULTS,
    governance::FAULTS,
    decision::FAULTS,
    law::FAULTS,
];

/// The kinds whose rules the program has.
pub(super) fn kinds() -> impl Iterator<Item = &'static Fault> {
    FAMILIES.into_iter().flatten().filter(|fault| rules::find(fault.code).is_some())
}

/// Which agreement has which fault: every tenth, or as many as there are kinds where that is more and not above half.
/// They are spread over the register, each in the first agreement from its place on that it fits.
pub(super) fn assign(agreements: usize, seed: u64) -> BTreeMap<usize, &'static Fault> {
    let kinds: Vec<&'static Fault> = kinds().collect();
    let mut count = agreements.div_ceil(10);
    if agreements >= LARGE {
        count = count.max(kinds.len().min(agreements / 2));
    }
    let turn = usize::try_from(seed % 1000).unwrap_or_default();
    let mut assigned: BTreeMap<usize, &'static Fault> = BTreeMap::new();
    let mut reserved = BTreeSet::new();
    for number in 0..count {
        let Some(fault) = kinds.get((number + turn) % kinds.len().max(1)) else { break };
        let first = number * agreements / count;
        let place = (0..agreements).map(|ahead| (first + ahead) % agreements).find(|index| {
            if assigned.contains_key(index) || reserved.contains(index) {
                return false;
            }
            let case = Outline::draw(seed, *index).settle();
            let mut before = *index - case.outline.position..*index;
            (fault.fits)(&case)
                && !(fault.rests_on_chain && before.any(|other| assigned.contains_key(&other)))
        });
        if let Some(place) = place {
            assigned.insert(place, *fault);
            if fault.rests_on_chain {
                let position = Outline::draw(seed, place).position;
                reserved.extend(place - position..place);
            }
        }
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules of which no fault is planted in an agreement, and why.
    const WITHOUT: [(&[&str], &str); 12] = [
        (&["IOP303", "IOP329", "IOP330"], "planted in the frames and in a price series"),
        (&["IOP326", "IOP609"], "they follow from other faults, and are planted with those"),
        (
            &["IOP101", "IOP107", "IOP109", "IOP112"],
            "they are about files and folders that a register cannot be made with",
        ),
        (
            &["IOP313", "IOP314", "IOP315", "IOP320"],
            "the series that agreements follow are right, or every sum of the register would be preliminary",
        ),
        (
            &["IOP110", "IOP126", "IOP510", "IOP619", "IOP702"],
            "they are about files that all agreements share, of which one of each kind is drawn",
        ),
        (&["IOP341"], "the second of two equal payments is one too many for its time as well"),
        (&["IOP418", "IOP629"], "they take what another agreement says, which may itself hold a fault"),
        (&["IOP627"], "the meetings that are planned lie after the decisions that are drawn"),
        (&["IOP628"], "the guidelines that are drawn do not ask for an amount"),
        (&["IOP111"], "the register has guidelines for those that name none"),
        (&["IOP324"], "no plan that is drawn pays several components by months of the term"),
        (
            &["IOP113", "IOP603"],
            "a letter without a form, and a partnership without a side, bring findings that depend on fonts and texts",
        ),
    ];

    #[test]
    fn every_rule_has_a_fault_or_a_reason() {
        let planted: BTreeSet<&str> = FAMILIES.into_iter().flatten().map(|fault| fault.code).collect();
        let excused: BTreeSet<&str> = WITHOUT.iter().flat_map(|(codes, _)| codes.iter().copied()).collect();
        let all: BTreeSet<&str> = rules::RULES.iter().map(|rule| rule.code).collect();
        let neither: Vec<_> =
            all.iter().filter(|code| !planted.contains(*code) && !excused.contains(*code)).collect();
        assert!(neither.is_empty(), "no fault of these is planted: {neither:?}");
        let needless: Vec<_> =
            excused.iter().filter(|code| planted.contains(*code) || !all.contains(*code)).collect();
        assert!(needless.is_empty(), "these need no reason: {needless:?}");
    }
}
