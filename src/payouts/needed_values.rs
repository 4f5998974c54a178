//! The index values that an agreement's sums rest on, or wait for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::agreed::period_of;
use super::index_method::value_keys;
use super::index_year::YearStart;
use super::indexation::adjusted_years;
use super::known_value::{KnownValue, Notice, known_value};
use crate::agreement::{AdjustmentMethod, Agreement, Indexation};
use crate::index::SeriesKind;
use crate::register::{Entry, Register};
use crate::term::{Life, MoneyTime};
use crate::vocabulary::Known;

/// A value that an indexation reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NeededValue {
    /// Year or month.
    pub key: String,
    /// The year whose amount it adjusts.
    pub year: i32,
    /// Which notice of it counts.
    pub notice: Notice,
}

/// The values of a series that an indexation reads. Where the method is open, those of both methods.
#[must_use]
pub fn needed_values(
    agreement: &Agreement,
    time: MoneyTime,
    indexation: &Indexation,
    kind: SeriesKind,
) -> Vec<NeededValue> {
    let mut years = adjusted_years(agreement, time, indexation);
    let last = last_year(agreement, time, indexation);
    years.retain(|year| last.is_none_or(|last| *year <= last));
    let methods: &[AdjustmentMethod] = match indexation.method.known() {
        Some(AdjustmentMethod::Chained) => &[AdjustmentMethod::Chained],
        Some(AdjustmentMethod::AgainstBase) => &[AdjustmentMethod::AgainstBase],
        None => &[AdjustmentMethod::Chained, AdjustmentMethod::AgainstBase],
    };
    let mut needed = BTreeSet::new();
    for year in years.iter().copied() {
        for method in methods {
            let is_first = years.first() == Some(&year);
            let Some(found) = value_keys(indexation, kind, year, is_first, *method) else { continue };
            let notice = Notice::of(indexation.published, year);
            needed.insert(NeededValue { key: found.value, year, notice });
            let from = found.from.map(|key| NeededValue { key, year, notice: notice.as_known_then() });
            needed.extend(from);
        }
    }
    needed.into_iter().collect()
}

/// The last year, as the indexation counts them, in which any of what it adjusts has days; nothing where that is not known.
fn last_year(agreement: &Agreement, time: MoneyTime, indexation: &Indexation) -> Option<i32> {
    let begins = YearStart::of(indexation, &agreement.term)?;
    let supplements = agreement.supplement.values().flat_map(|supplement| &supplement.funding);
    let own = agreement.funding.iter().chain(supplements).filter(|(key, _)| indexation.adjusts(key));
    let ends = own.map(|(_, funding)| period_of(funding, time).map(|period| begins.holding(period.end)));
    ends.collect::<Option<Vec<i32>>>()?.into_iter().max()
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
            let needed = needed_values(agreement, time, indexation, known.data.kind);
            values.extend(
                needed.iter().filter_map(|one| known_value(register, series, &one.key, one.notice, as_of)),
            );
        }
    }
    values
}
