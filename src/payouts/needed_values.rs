//! The index values that an agreement's sums rest on, or wait for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::index_method::value_keys;
use super::indexation::adjusted_years;
use super::known_value::{KnownValue, known_value};
use crate::agreement::{AdjustmentMethod, Agreement, Indexation};
use crate::index::SeriesKind;
use crate::register::{Entry, Register};
use crate::term::{Life, MoneyTime};
use crate::vocabulary::Known;

/// The keys of a series that an indexation reads, each with the year whose amount it adjusts. Where the method is
/// open, those of both methods.
#[must_use]
pub fn needed_values(
    agreement: &Agreement,
    time: MoneyTime,
    indexation: &Indexation,
    kind: SeriesKind,
) -> Vec<(String, i32)> {
    let years = adjusted_years(agreement, time, indexation);
    let methods: &[AdjustmentMethod] = match indexation.method.known() {
        Some(AdjustmentMethod::Chained) => &[AdjustmentMethod::Chained],
        Some(AdjustmentMethod::AgainstBase) => &[AdjustmentMethod::AgainstBase],
        None => &[AdjustmentMethod::Chained, AdjustmentMethod::AgainstBase],
    };
    let mut keys = BTreeSet::new();
    for year in &years {
        for method in methods {
            let is_first = years.first() == Some(year);
            let Some(found) = value_keys(indexation, kind, *year, is_first, *method) else { continue };
            keys.insert((found.value, *year));
            keys.extend(found.from.map(|from| (from, *year)));
        }
    }
    keys.into_iter().collect()
}

/// The values that an agreement's sums rest on, in every reading of what it leaves open.
#[must_use]
pub fn values_behind<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    as_of: NaiveDate,
) -> Vec<KnownValue<'a>> {
    let agreement = &entry.data;
    if agreement.indexation.is_empty() {
        return Vec::new();
    }
    let time = Life::known_on(agreement, register.records_of(entry), as_of).money_time;
    let mut values = Vec::new();
    for indexation in agreement.indexation.values() {
        for series in indexation.series.iter().chain(indexation.composite.keys()) {
            let Some(known) = register.indexes.get(series) else { continue };
            let keys = needed_values(agreement, time, indexation, known.data.kind);
            values.extend(keys.iter().filter_map(|(key, _)| known_value(register, series, key, as_of)));
        }
    }
    values
}
