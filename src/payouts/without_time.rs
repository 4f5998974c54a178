//! Components of which nobody can tell when they are to be paid: they have no period, and the term is not known. Their
//! amounts are owed all the same, and stand in every sum in a row of their own.

use super::agreed::{amount_of, period_of};
use crate::agreement::Agreement;
use crate::finding::Place;
use crate::money::Money;
use crate::path;
use crate::register::Entry;

/// A component without a known time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutTime<'a> {
    /// Its key.
    pub funding: &'a str,
    /// The payer's key.
    pub payer: &'a str,
    /// What is agreed. Nothing where that is left open, or is counted by a time that is not known.
    pub amount: Option<Money>,
    /// Whether it is only the most that can be paid.
    pub ceiling: bool,
    /// The component in the agreement's file.
    pub place: Place,
}

/// The components of an agreement that have no known time, in the file's order.
pub(super) fn without_time(entry: &Entry<Agreement>) -> Vec<WithoutTime<'_>> {
    let components = entry.data.funding.iter();
    components
        .filter(|(_, funding)| period_of(funding, &entry.data.term).is_none())
        .map(|(key, funding)| WithoutTime {
            funding: key,
            payer: &funding.payer,
            amount: amount_of(funding, &entry.data.term),
            ceiling: funding.ceiling,
            place: Place::value(&entry.file, path!["funding", key]),
        })
        .collect()
}
