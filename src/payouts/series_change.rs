//! A series' change from one year to the next, and what stands in for a value that is not known.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::index_method::{method as of_method, value_keys};
use super::known_value::{KnownValue, Notice, known_value};
use super::no_factor::NoFactor;
use crate::agreement::{AdjustmentMethod, Indexation};
use crate::index::SeriesKind;
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
    /// By what the two levels are multiplied, where their reference periods differ.
    pub links: (Decimal, Decimal),
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

/// A series' change in per cent for one year. A value that is not known is carried: see [`Carried`].
pub(super) fn series_change<'a>(
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
    let notice_of = |year: i32| Notice::of(indexation.published, year);
    let (own, then) = (notice_of(year), notice_of(year).as_known_then());
    let usable = |key: &str, notice: Notice| {
        let value = known_value(register, name, key, notice, as_of);
        match value {
            None => {
                let month = notice.published_in();
                Err(NoFactor::MissingValue { series: name.to_owned(), key: key.to_owned(), month })
            }
            Some(value) if kind == SeriesKind::Level && value.number <= Decimal::ZERO => {
                Err(NoFactor::NoLevel { series: name.to_owned(), key: key.to_owned() })
            }
            Some(value) => Ok(value),
        }
    };
    // Where a value has none, the last one before it that can be used, and why it stands there.
    let or_last =
        |key: &str, notice: Notice, earlier: &dyn Fn() -> Vec<(String, Notice)>| match usable(key, notice) {
            Ok(value) => (Some(value), None),
            Err(reason) => {
                let instead = earlier().iter().find_map(|(key, notice)| usable(key, *notice).ok());
                let carried = Carried { reason, from: instead.map(|value| value.key.to_owned()) };
                (instead, Some(carried))
            }
        };
    let Some(from) = keys.from else {
        let earlier = || {
            let before = years.iter().rev().filter(|before| **before < year);
            let before = before.filter(|_| of_method(method).carries_percentage);
            before.filter_map(|before| Some((keys_of(*before)?.value, notice_of(*before)))).collect()
        };
        let (now, carried) = or_last(&keys.value, own, &earlier);
        let change = now.map(|value| value.number).unwrap_or_default();
        return Ok(SeriesChange {
            change,
            values: now.into_iter().collect(),
            links: (Decimal::ONE, Decimal::ONE),
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
        keys.into_iter().map(|key| (key, then)).collect()
    };
    // What all is measured from must be known itself.
    let (from_value, carried_from) =
        if indexation.base.as_ref() == Some(&from) || years.first() == Some(&year) {
            (Some(usable(&from, then)?), None)
        } else {
            or_last(&from, then, &|| levels_before(&from))
        };
    let (now, carried) = or_last(&keys.value, own, &|| levels_before(&keys.value));
    let carried = carried.or(carried_from);
    let (Some(now), Some(then)) = (now, from_value) else {
        // Nothing before it either: there is no level to carry.
        return Err(carried.map_or(NoFactor::NoBase, |carried| carried.reason));
    };
    let no_link = || NoFactor::NoLink {
        series: name.to_owned(),
        from: then.reference.map(str::to_owned),
        to: now.reference.map(str::to_owned),
        uncounted: entry.data.uncounted_link(then.reference, now.reference).map(str::to_owned),
    };
    let links = entry.data.comparable(now.reference, then.reference).ok_or_else(no_link)?;
    let comparable = now.number.checked_mul(links.0).zip(then.number.checked_mul(links.1));
    let ratio = comparable.and_then(|(now, then)| now.checked_div(then)).ok_or(NoFactor::TooLarge)?;
    let change = (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED).ok_or(NoFactor::TooLarge)?;
    Ok(SeriesChange { change, values: vec![now, then], links, carried, weight: Decimal::ONE_HUNDRED })
}
