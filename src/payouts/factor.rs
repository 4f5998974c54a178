//! The factor by which a year's amount is adjusted to prices. Nothing is rounded here.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::index_method::{method as of_method, value_keys};
use super::indexation::{Contradiction, contradiction};
use super::known_value::{KnownValue, known_value};
use crate::agreement::{AdjustmentMethod, Indexation};
use crate::money::Percent;
use crate::register::Register;

/// One series' part of a year's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesChange<'a> {
    /// Its weight in per cent.
    pub weight: Decimal,
    /// Its change in per cent.
    pub change: Decimal,
    /// The value, or for index levels the value and the one that it is measured from.
    pub values: Vec<KnownValue<'a>>,
}

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
    /// The change in per cent before floor and cap.
    pub unbounded: Decimal,
    /// What held it back.
    pub bound: Option<Bound>,
    /// The change in per cent that counts.
    pub percent: Decimal,
}

/// Why a factor cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoFactor {
    /// A value that is not known on the day.
    MissingValue {
        /// The series' key.
        series: String,
        /// Year or month.
        key: String,
    },
    /// The series itself is not in the register.
    MissingSeries(String),
    /// Nothing says by what the amount is adjusted.
    ByNothing,
    /// Index levels against a base that is not stated.
    NoBase,
    /// An index level of 0 or less: year or month.
    NoLevel(String),
    /// A change of −100 per cent or more downwards, which leaves nothing to pay.
    Negative,
    /// A number beyond what can be computed.
    TooLarge,
    /// The indexation says two things at once.
    Contradiction(Contradiction),
    /// No years are named, and the term is not known.
    NoTerm,
}

/// The factor of a year with all the changes that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor<'a> {
    /// The changes, oldest first; only the year's own where it is counted against the base.
    pub changes: Vec<Change<'a>>,
    /// The factor, as many digits as there are.
    pub factor: Decimal,
}

/// No chain is longer: a term of more years is a slip in a date, and each year would be computed from all before it.
const MOST_CHANGES: usize = 100;

/// The factor for `year`, which is one of the adjusted `years`.
pub(super) fn factor<'a>(
    register: &'a Register,
    indexation: &Indexation,
    years: &[i32],
    year: i32,
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<Factor<'a>, NoFactor> {
    if let Some(contradiction) = contradiction(indexation) {
        return Err(NoFactor::Contradiction(contradiction));
    }
    let mut changes = Vec::new();
    let mut factor = Decimal::ONE;
    let counts = of_method(method).counts;
    for counted in years.iter().filter(|counted| counts(**counted, year)) {
        if changes.len() >= MOST_CHANGES {
            return Err(NoFactor::TooLarge);
        }
        let is_first = years.first() == Some(counted);
        let change = change(register, indexation, *counted, is_first, method, as_of)?;
        let step =
            change.percent.checked_div(Decimal::ONE_HUNDRED).and_then(|step| step.checked_add(Decimal::ONE));
        if step.is_some_and(|step| step <= Decimal::ZERO) {
            return Err(NoFactor::Negative);
        }
        factor = step.and_then(|step| factor.checked_mul(step)).ok_or(NoFactor::TooLarge)?;
        changes.push(change);
    }
    Ok(Factor { changes, factor })
}

/// The change for one year: of the series, of several by weight, or a fixed percentage; then floor and cap.
fn change<'a>(
    register: &'a Register,
    indexation: &Indexation,
    year: i32,
    is_first: bool,
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<Change<'a>, NoFactor> {
    let of = |series: &str| series_change(register, indexation, series, year, is_first, method, as_of);
    let mut parts = Vec::new();
    let unbounded = if let Some(series) = &indexation.series {
        let (change, values) = of(series)?;
        parts.push(SeriesChange { weight: Decimal::ONE_HUNDRED, change, values });
        change
    } else if !indexation.composite.is_empty() {
        let mut sum = Decimal::ZERO;
        for (series, weight) in &indexation.composite {
            let (change, values) = of(series)?;
            let weight = weight.decimal();
            let part = change.checked_mul(weight).and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
            sum = part.and_then(|part| sum.checked_add(part)).ok_or(NoFactor::TooLarge)?;
            parts.push(SeriesChange { weight, change, values });
        }
        sum
    } else {
        indexation.flat.ok_or(NoFactor::ByNothing)?.decimal()
    };
    let floor = indexation.floor.map(Percent::decimal).filter(|floor| unbounded < *floor);
    let cap = indexation.cap.map(Percent::decimal).filter(|cap| unbounded > *cap);
    let (bound, percent) = match (floor, cap) {
        (Some(floor), _) => (Some(Bound::Floor), floor),
        (None, Some(cap)) => (Some(Bound::Cap), cap),
        (None, None) => (None, unbounded),
    };
    Ok(Change { year, series: parts, unbounded, bound, percent })
}

/// A series' change in per cent for one year, with the values that it comes from.
fn series_change<'a>(
    register: &'a Register,
    indexation: &Indexation,
    series: &str,
    year: i32,
    is_first: bool,
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<(Decimal, Vec<KnownValue<'a>>), NoFactor> {
    let entry = register.indexes.get(series).ok_or_else(|| NoFactor::MissingSeries(series.to_owned()))?;
    let value = |key: String| {
        let value = known_value(register, series, &key, as_of);
        value.ok_or(NoFactor::MissingValue { series: series.to_owned(), key })
    };
    let keys = value_keys(indexation, entry.data.kind, year, is_first, method).ok_or(NoFactor::NoBase)?;
    let now = value(keys.value)?;
    let Some(from) = keys.from else { return Ok((now.number, vec![now])) };
    let then = value(from)?;
    if let Some(value) = [&now, &then].into_iter().find(|value| value.number <= Decimal::ZERO) {
        return Err(NoFactor::NoLevel(value.key.to_owned()));
    }
    let ratio = now.number.checked_div(then.number).ok_or(NoFactor::TooLarge)?;
    let change = (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED).ok_or(NoFactor::TooLarge)?;
    Ok((change, vec![now, then]))
}
