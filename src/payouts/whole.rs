//! A sum that a plan divides: a component's year, or a whole component.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::adjustment::{Adjustment, factors_of};
use super::amounts::YearAmount;
use super::component::Component;
use super::doubt::Doubt;
use super::receivers::{Division, Part};
use crate::agreement::{Funding, PayoutPlan, RoundingPlace};
use crate::date::Period;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::term::Commitment;

/// A sum that a plan divides: a component's year, or a whole component.
pub(super) struct Whole<'a, 'b> {
    pub(super) key: &'a str,
    pub(super) funding: &'a Funding,
    pub(super) path: KeyPath,
    /// How firmly the parties are bound, whatever its days.
    pub(super) commitment: Commitment,
    pub(super) year: i32,
    pub(super) covers: Period,
    /// What each receiver has of it, or all of them together.
    pub(super) parts: Vec<Part<'a>>,
    /// Where its days are adjusted and rounded each by themselves: those days, and the same of what they come to.
    pub(super) pieces: Vec<(Period, Vec<Part<'a>>)>,
    /// Whether it is the component and not one of its years.
    pub(super) is_component: bool,
    /// The factors by which its days are adjusted.
    pub(super) factors: Vec<(Period, Decimal)>,
    /// How the year is adjusted, where it is a year.
    pub(super) adjustment: Option<&'b Adjustment<'a>>,
    /// The adjustment by which each payout is rounded by itself.
    pub(super) rounds_payouts: Option<&'b Adjustment<'a>>,
    pub(super) doubts: Cow<'b, [Doubt<'a>]>,
}

pub(super) type Planned<'a, 'b> = (Option<(&'a str, &'a PayoutPlan)>, Whole<'a, 'b>);

pub(super) fn of_year<'a, 'b>(
    component: &Component<'a>,
    year: &'b YearAmount<'a>,
    division: &mut Division<'a>,
) -> Whole<'a, 'b> {
    let rounds_payouts = rounding_payouts(year);
    let own = year.adjustment.iter().flat_map(Adjustment::own_parts);
    let mut by_piece = division.clone();
    let pieces =
        own.map(|part| (part.period, by_piece.next(Some(part.agreed), Some(part.payable), false))).collect();
    Whole {
        key: component.key,
        funding: component.funding,
        path: component.path.clone(),
        commitment: component.commitment,
        year: year.year,
        covers: year.period,
        parts: division.next(year.agreed, year.payable, rounds_payouts.is_some()),
        pieces,
        is_component: false,
        factors: factors_of(year.adjustment.as_ref()),
        adjustment: year.adjustment.as_ref(),
        rounds_payouts,
        doubts: Cow::Borrowed(&year.doubts),
    }
}

pub(super) fn whole_component<'a, 'b>(
    component: &'b Component<'a>,
    division: &mut Division<'a>,
) -> Option<Whole<'a, 'b>> {
    let (first, last) = (component.years.first()?, component.years.last()?);
    let sum = |of: fn(&YearAmount<'_>) -> Option<Money>| {
        component.years.iter().try_fold(Money::ZERO, |sum, year| sum.checked_add(of(year)?))
    };
    let mut doubts = Vec::new();
    for doubt in component.years.iter().flat_map(|year| &year.doubts) {
        if !doubts.contains(doubt) {
            doubts.push(doubt.clone());
        }
    }
    let rounds_payouts = component.years.iter().find_map(rounding_payouts);
    Some(Whole {
        key: component.key,
        funding: component.funding,
        path: component.path.clone(),
        commitment: component.commitment,
        year: first.year,
        covers: Period { start: first.period.start, end: last.period.end },
        parts: division.next(sum(|year| year.agreed), sum(|year| year.payable), rounds_payouts.is_some()),
        pieces: Vec::new(),
        is_component: true,
        factors: component.years.iter().flat_map(of_days).collect(),
        adjustment: None,
        rounds_payouts,
        doubts: Cow::Owned(doubts),
    })
}

/// The factors of a year's days: one that changes nothing where it is not adjusted.
fn of_days(year: &YearAmount<'_>) -> Vec<(Period, Decimal)> {
    let factors = factors_of(year.adjustment.as_ref());
    if factors.is_empty() { vec![(year.period, Decimal::ONE)] } else { factors }
}

pub(super) fn rounding_payouts<'a, 'b>(year: &'b YearAmount<'a>) -> Option<&'b Adjustment<'a>> {
    year.adjustment
        .as_ref()
        .filter(|adjustment| adjustment.place == RoundingPlace::Payout && !adjustment.changes_nothing())
}
