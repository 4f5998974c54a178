//! The ways to count from one year to the next: one table of pure functions, and the index values that they read.

use crate::agreement::{AdjustmentMethod, Indexation};
use crate::index::SeriesKind;

/// A way to count. A new one is one more line in [`method`].
pub(super) struct Method {
    /// Whether the change of an adjusted year is a part of the factor for another year: `(adjusted, year)`.
    pub(super) counts: fn(i32, i32) -> bool,
    /// Whether a percentage that is not known is that of the adjusted year before; else it is 0, which leaves the level of
    /// that year.
    pub(super) carries_percentage: bool,
    /// The key of the level that a year's level is measured from; nothing where that needs a base that is not stated.
    measured_from: fn(&Levels<'_>) -> Option<String>,
}

/// The levels that a year's change can be measured from.
struct Levels<'a> {
    base: Option<&'a str>,
    year_before: String,
    is_first: bool,
}

pub(super) fn method(of: AdjustmentMethod) -> Method {
    match of {
        AdjustmentMethod::Chained => Method {
            counts: |adjusted, year| adjusted <= year,
            carries_percentage: false,
            measured_from: |levels| {
                let base = levels.base.filter(|_| levels.is_first).map(str::to_owned);
                Some(base.unwrap_or_else(|| levels.year_before.clone()))
            },
        },
        AdjustmentMethod::AgainstBase => Method {
            counts: |adjusted, year| adjusted == year,
            carries_percentage: true,
            measured_from: |levels| levels.base.map(str::to_owned),
        },
    }
}

/// The keys of a series that one year's change is read from.
pub(super) struct ValueKeys {
    /// The year's percentage or index level.
    pub(super) value: String,
    /// The index level that it is measured from; percentages are measured from none.
    pub(super) from: Option<String>,
}

/// The keys that the adjusted `year` needs; `is_first` of the adjusted years it may be. Nothing where levels are counted
/// against a base that is not stated.
pub(super) fn value_keys(
    indexation: &Indexation,
    kind: SeriesKind,
    year: i32,
    is_first: bool,
    of: AdjustmentMethod,
) -> Option<ValueKeys> {
    let year = year - i32::try_from(indexation.lag_years).unwrap_or_default();
    if kind == SeriesKind::YearlyChange {
        return Some(ValueKeys { value: year.to_string(), from: None });
    }
    let base = indexation.base.as_deref();
    // A base month means that the same month of each year is compared.
    let month = base.and_then(|base| base.get(4..)).unwrap_or_default();
    let levels = Levels { base, year_before: format!("{}{month}", year - 1), is_first };
    Some(ValueKeys { value: format!("{year}{month}"), from: Some((method(of).measured_from)(&levels)?) })
}
