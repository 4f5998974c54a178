//! The factor by which a year's amount is adjusted to prices. Nothing is rounded here.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::index_method::{method as of_method, value_keys};
use super::indexation::{Contradiction, contradiction};
use super::known_value::{KnownValue, known_value};
use crate::agreement::{AdjustmentMethod, Indexation};
use crate::index::{SeriesKind, ValueStatus};
use crate::money::Percent;
use crate::register::Register;

/// One series' part of a year's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesChange<'a> {
    /// Its weight in per cent.
    pub weight: Decimal,
    /// Its change in per cent.
    pub change: Decimal,
    /// The value, or for index levels the value and the one that it is measured from; none where nothing is known.
    pub values: Vec<KnownValue<'a>>,
    /// What stands in for a value that is not known.
    pub carried: Option<Carried>,
}

/// A value that is not known on the day. The last known level is carried on: an index level is the last one before it, a
/// percentage on the year before is 0, and a percentage on the base is that of the adjusted year before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carried {
    /// What is lacking.
    pub reason: NoFactor,
    /// The year or month whose value is used; nothing where it is counted without a change.
    pub from: Option<String>,
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

impl Change<'_> {
    /// Whether all that it rests on is decided.
    fn is_firm(&self) -> bool {
        self.series.iter().all(|series| {
            series.carried.is_none() && series.values.iter().all(|value| value.status == ValueStatus::Decided)
        })
    }
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
    /// The same up to the last change before the first that can still become another.
    pub firm: Decimal,
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
    let (mut factor, mut firm, mut is_firm) = (Decimal::ONE, Decimal::ONE, true);
    let counts = of_method(method).counts;
    for counted in years.iter().filter(|counted| counts(**counted, year)) {
        if changes.len() >= MOST_CHANGES {
            return Err(NoFactor::TooLarge);
        }
        let change = change(register, indexation, *counted, years, method, as_of)?;
        let step =
            change.percent.checked_div(Decimal::ONE_HUNDRED).and_then(|step| step.checked_add(Decimal::ONE));
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
    Ok(Factor { changes, factor, firm })
}

/// The change for one year: of the series, of several by weight, or a fixed percentage; then floor and cap.
fn change<'a>(
    register: &'a Register,
    indexation: &Indexation,
    year: i32,
    years: &[i32],
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<Change<'a>, NoFactor> {
    let of = |series: &str| series_change(register, indexation, series, year, years, method, as_of);
    let mut parts = Vec::new();
    let unbounded = if let Some(series) = &indexation.series {
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
    let floor = indexation.floor.map(Percent::decimal).filter(|floor| unbounded < *floor);
    let cap = indexation.cap.map(Percent::decimal).filter(|cap| unbounded > *cap);
    let (bound, percent) = match (floor, cap) {
        (Some(floor), _) => (Some(Bound::Floor), floor),
        (None, Some(cap)) => (Some(Bound::Cap), cap),
        (None, None) => (None, unbounded),
    };
    Ok(Change { year, series: parts, unbounded, bound, percent })
}

/// A series' change in per cent for one year. A value that is not known is carried: see [`Carried`].
fn series_change<'a>(
    register: &'a Register,
    indexation: &Indexation,
    name: &str,
    year: i32,
    years: &[i32],
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<SeriesChange<'a>, NoFactor> {
    let missing = || NoFactor::MissingSeries(name.to_owned());
    let (name, entry) = register.indexes.get_key_value(name).ok_or_else(missing)?;
    let kind = entry.data.kind;
    let keys_of = |year: i32| value_keys(indexation, kind, year, years.first() == Some(&year), method);
    let keys = keys_of(year).ok_or(NoFactor::NoBase)?;
    let usable = |key: &str| {
        let value = known_value(register, name, key, as_of);
        match value {
            None => Err(NoFactor::MissingValue { series: name.to_owned(), key: key.to_owned() }),
            Some(value) if kind == SeriesKind::Level && value.number <= Decimal::ZERO => {
                Err(NoFactor::NoLevel(key.to_owned()))
            }
            Some(value) => Ok(value),
        }
    };
    // Where a value has none, the last one before it that can be used, and why it stands there.
    let or_last = |key: &str, earlier: &dyn Fn() -> Vec<String>| match usable(key) {
        Ok(value) => (Some(value), None),
        Err(reason) => {
            let instead = earlier().iter().find_map(|key| usable(key).ok());
            let carried = Carried { reason, from: instead.map(|value| value.key.to_owned()) };
            (instead, Some(carried))
        }
    };
    let Some(from) = keys.from else {
        let earlier = || {
            let before = years.iter().rev().filter(|before| **before < year);
            let before = before.filter(|_| of_method(method).carries_percentage);
            before.filter_map(|before| Some(keys_of(*before)?.value)).collect()
        };
        let (now, carried) = or_last(&keys.value, &earlier);
        let change = now.map(|value| value.number).unwrap_or_default();
        return Ok(SeriesChange {
            change,
            values: now.into_iter().collect(),
            carried,
            weight: Decimal::ONE_HUNDRED,
        });
    };
    let levels_before = |key: &str| {
        let mut keys: Vec<String> = entry
            .data
            .value
            .keys()
            .filter(|other| other.get(4..) == key.get(4..) && other.as_str() < key)
            .cloned()
            .collect();
        keys.sort_unstable_by(|one, other| other.cmp(one));
        keys
    };
    // What all is measured from must be known itself.
    let (then, carried_from) = if indexation.base.as_ref() == Some(&from) || years.first() == Some(&year) {
        (Some(usable(&from)?), None)
    } else {
        or_last(&from, &|| levels_before(&from))
    };
    let (now, carried) = or_last(&keys.value, &|| levels_before(&keys.value));
    let carried = carried.or(carried_from);
    let (Some(now), Some(then)) = (now, then) else {
        // Nothing before it either: there is no level to carry.
        return Err(carried.map_or(NoFactor::NoBase, |carried| carried.reason));
    };
    let ratio = now.number.checked_div(then.number).ok_or(NoFactor::TooLarge)?;
    let change = (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED).ok_or(NoFactor::TooLarge)?;
    Ok(SeriesChange { change, values: vec![now, then], carried, weight: Decimal::ONE_HUNDRED })
}
