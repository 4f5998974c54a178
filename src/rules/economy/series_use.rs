//! Which values of which price series the register's agreements need.

use std::collections::BTreeMap;

use crate::agreement::{Agreement, Indexation};
use crate::finding::Place;
use crate::index::SeriesKind;
use crate::path;
use crate::payouts;
use crate::rules::RegisterScope;

/// An agreement's need of a value.
pub(super) struct Need {
    /// The year whose amount is adjusted.
    pub(super) year: i32,
    /// The indexation.
    pub(super) place: Place,
}

/// The values that are needed, by series and key, with what needs them.
pub(super) fn needed<'a>(scope: &RegisterScope<'a>) -> BTreeMap<(&'a str, String), Vec<Need>> {
    let mut needed: BTreeMap<(&str, String), Vec<Need>> = BTreeMap::new();
    for entry in scope.register.agreements.values() {
        for (name, indexation) in &entry.data.indexation {
            for series in indexation.series.iter().chain(indexation.composite.keys()) {
                let Some(known) = scope.register.indexes.get(series) else { continue };
                for (key, year) in keys(&entry.data, indexation, known.data.kind) {
                    let place = Place::value(&entry.file, path!["indexation", name]);
                    needed.entry((series, key)).or_default().push(Need { year, place });
                }
            }
        }
    }
    needed
}

/// The keys of a series that an indexation reads, each with the year whose amount it adjusts.
fn keys(agreement: &Agreement, indexation: &Indexation, kind: SeriesKind) -> Vec<(String, i32)> {
    let years = payouts::adjusted_years(agreement, indexation);
    let lag = i32::try_from(indexation.lag_years).unwrap_or_default();
    let base = indexation.base.as_deref();
    let month = base.and_then(|base| base.get(4..)).unwrap_or_default();
    let mut keys: Vec<(String, i32)> = Vec::new();
    for year in years {
        match kind {
            SeriesKind::YearlyChange => keys.push(((year - lag).to_string(), year)),
            SeriesKind::Level => {
                keys.extend(base.map(|base| (base.to_owned(), year)));
                keys.push((format!("{}{month}", year - lag), year));
            }
        }
    }
    keys.sort();
    keys.dedup();
    keys
}
