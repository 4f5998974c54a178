//! Which values of which price series the register's agreements need.

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::path;
use crate::payouts::{self, NeededValue, Notice};
use crate::rules::RegisterScope;

/// An agreement's need of a value.
pub(super) struct Need {
    /// The year whose amount is adjusted.
    pub(super) year: i32,
    /// Which notice of the value counts.
    pub(super) notice: Notice,
    /// The indexation.
    pub(super) place: Place,
}

/// The values that are needed, by series and key, with what needs them.
pub(super) fn needed<'a>(scope: &RegisterScope<'a>) -> BTreeMap<(&'a str, String), Vec<Need>> {
    let mut needed: BTreeMap<(&str, String), Vec<Need>> = BTreeMap::new();
    for one in &scope.statements {
        let (entry, time) = (one.entry, one.statement.life.money_time);
        for (name, indexation) in &entry.data.indexation {
            for series in indexation.series.iter().chain(indexation.composite.keys()) {
                let Some(known) = scope.register.indexes.get(series) else { continue };
                for NeededValue { key, year, notice } in
                    payouts::needed_values(&entry.data, time, indexation, known.data.kind)
                {
                    let place = Place::value(&entry.file, path!["indexation", name]);
                    needed.entry((series, key)).or_default().push(Need { year, notice, place });
                }
            }
        }
    }
    needed
}
