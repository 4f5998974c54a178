//! The factor by which a year's amount is adjusted to prices. Nothing is rounded here but a change, where the agreement says
//! so.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::index_method::method as of_method;
use super::known_value::KnownValue;
use super::no_factor::NoFactor;
use super::series_change::{SeriesChange, series_change};
use crate::agreement::{AdjustmentMethod, Indexation};
use crate::money::Percent;
use crate::register::Register;

/// What has held a change back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The least adjustment.
    Floor,
    /// The greatest adjustment.
    Cap,
}

/// One year's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The year whose amount changes.
    pub year: i32,
    /// The series behind it; none for a fixed percentage.
    pub series: Vec<SeriesChange<'a>>,
    /// The change in per cent before it is rounded.
    pub exact: Decimal,
    /// The change in per cent, rounded if the agreement says so, before floor and cap.
    pub unbounded: Decimal,
    /// What held it back.
    pub bound: Option<Bound>,
    /// The change in per cent that counts.
    pub percent: Decimal,
}

impl Change<'_> {
    /// Whether all that it rests on is decided.
    fn is_firm(&self) -> bool {
        self.series
            .iter()
            .all(|series| series.carried.is_none() && series.values.iter().all(KnownValue::is_firm))
    }
}

/// The factor of a year with all the changes that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor<'a> {
    /// The changes, oldest first; only the year's own where it is counted against the base.
    pub changes: Vec<Change<'a>>,
    /// The factor, as many digits as there are.
    pub factor: Decimal,
    /// The same up to the last change before the first that can still become another.
    pub firm: Decimal,
}

impl Factor<'_> {
    /// Of time that is not adjusted.
    pub(super) const NONE: Self = Self { changes: Vec::new(), factor: Decimal::ONE, firm: Decimal::ONE };
}

/// No chain is longer: a term of more years is a slip in a date, and each year would be computed from all before it.
const MOST_CHANGES: usize = 100;

/// An indexation with what it is counted by on a day.
pub(super) struct Counted<'a, 'b> {
    pub(super) register: &'a Register,
    pub(super) indexation: &'b Indexation,
    /// The years that are adjusted, in order.
    pub(super) years: &'b [i32],
    pub(super) as_of: NaiveDate,
}

impl<'a> Counted<'a, '_> {
    /// The factor for `year`, which is one of the adjusted years or comes after them.
    pub(super) fn factor(&self, year: i32, method: AdjustmentMethod) -> Result<Factor<'a>, NoFactor> {
        let mut changes = Vec::new();
        let (mut factor, mut firm, mut is_firm) = (Decimal::ONE, Decimal::ONE, true);
        let counts = of_method(method).counts;
        for counted in self.years.iter().filter(|counted| counts(**counted, year)) {
            if changes.len() >= MOST_CHANGES {
                return Err(NoFactor::TooLarge);
            }
            let change = self.change(*counted, method)?;
            let step = change
                .percent
                .checked_div(Decimal::ONE_HUNDRED)
                .and_then(|step| step.checked_add(Decimal::ONE));
            if step.is_some_and(|step| step <= Decimal::ZERO) {
                return Err(NoFactor::Negative);
            }
            factor = step.and_then(|step| factor.checked_mul(step)).ok_or(NoFactor::TooLarge)?;
            is_firm = is_firm && change.is_firm();
            if is_firm {
                firm = factor;
            }
            changes.push(change);
        }
        Ok(Factor { changes, factor: without_noise(factor), firm: without_noise(firm) })
    }

    /// The factor that the indexation promises for `year` whatever the index becomes: its floor in place of each change that is
    /// not known for certain. Nothing where it has no floor that raises an amount.
    pub(super) fn least(&self, year: i32, method: AdjustmentMethod) -> Option<Decimal> {
        let floor = self.indexation.floor.map(Percent::decimal).filter(|floor| *floor > Decimal::ZERO)?;
        let counts = of_method(method).counts;
        let mut counted = self.years.iter().filter(|counted| counts(**counted, year)).take(MOST_CHANGES);
        counted.try_fold(Decimal::ONE, |factor, counted| {
            let known = self.change(*counted, method).ok().filter(Change::is_firm);
            let percent = known.map_or(floor, |change| change.percent);
            factor.checked_mul(percent.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?)
        })
    }

    /// The change for one year: of the series, of several by weight, or a fixed percentage; then floor and cap.
    fn change(&self, year: i32, method: AdjustmentMethod) -> Result<Change<'a>, NoFactor> {
        let indexation = self.indexation;
        let of = |series: &str| {
            series_change(self.register, indexation, series, year, self.years, method, self.as_of)
        };
        let mut parts = Vec::new();
        let exact = if let Some(series) = &indexation.series {
            let of_series = of(series)?;
            let change = of_series.change;
            parts.push(of_series);
            change
        } else if !indexation.composite.is_empty() {
            let mut sum = Decimal::ZERO;
            for (series, weight) in &indexation.composite {
                let of_series = SeriesChange { weight: weight.decimal(), ..of(series)? };
                let part = of_series.change.checked_mul(of_series.weight);
                let part = part.and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
                sum = part.and_then(|part| sum.checked_add(part)).ok_or(NoFactor::TooLarge)?;
                parts.push(of_series);
            }
            sum
        } else {
            indexation.flat.ok_or(NoFactor::ByNothing)?.decimal()
        };
        let unbounded = indexation.percent_decimals.map_or(exact, |decimals| {
            without_noise(exact).round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
        });
        let floor = indexation.floor.map(Percent::decimal).filter(|floor| unbounded < *floor);
        let cap = indexation.cap.map(Percent::decimal).filter(|cap| unbounded > *cap);
        let (bound, percent) = match (floor, cap) {
            (Some(floor), _) => (Some(Bound::Floor), floor),
            (None, Some(cap)) => (Some(Bound::Cap), cap),
            (None, None) => (None, unbounded),
        };
        Ok(Change { year, series: parts, exact, unbounded, bound, percent })
    }
}

/// Without the last digits, which a product of ratios that have no end gets wrong: three changes that undo each other make
/// precisely 1.
fn without_noise(factor: Decimal) -> Decimal {
    factor.round_dp(24)
}
