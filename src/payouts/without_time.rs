//! Components of which nobody can tell when they are to be paid: they have no period, and the term is not known. Their
//! amounts are owed all the same, and stand in every sum in a row of their own.

use super::agreed::{amount_of, period_of};
use super::component::Component;
use crate::agreement::{Agreement, Funding};
use crate::finding::Place;
use crate::money::Money;
use crate::register::Entry;
use crate::term::{Commitment, MoneyTime};

/// A component without a known time.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutTime<'a> {
    /// Its key.
    pub funding: &'a str,
    /// What the agreement or its supplement says.
    pub terms: &'a Funding,
    /// The payer's key.
    pub payer: &'a str,
    /// What is agreed. Nothing where that is left open, or is counted by a time that is not known.
    pub amount: Option<Money>,
    /// Whether it is only the most that can be paid.
    pub ceiling: bool,
    /// How firmly the parties are bound by it.
    pub commitment: Commitment,
    /// The component in the agreement's file.
    pub place: Place,
}

/// Those of `components` that have no known time, in their order.
pub(super) fn without_time<'a>(
    entry: &'a Entry<Agreement>,
    components: &[Component<'a>],
    time: MoneyTime,
) -> Vec<WithoutTime<'a>> {
    components
        .iter()
        .filter(|component| period_of(component.funding, time).is_none())
        .map(|component| WithoutTime {
            funding: component.key,
            terms: component.funding,
            payer: &component.funding.payer,
            amount: amount_of(component.funding, time),
            ceiling: component.ceiling,
            commitment: component.commitment,
            place: Place::value(&entry.file, component.path.clone()),
        })
        .collect()
}
