//! What extensions and supplements make of the stated term.

use chrono::NaiveDate;

use super::commitment::{Commitment, change_on};
use super::early_end::EarlyEnd;
use super::stretch::{RestsOn, Stretch};
use crate::agreement::Agreement;
use crate::key_path::KeyPath;
use crate::path;
use crate::records::Records;
use crate::vocabulary::Known;

/// The stated term with what has been agreed or proposed to change it.
pub(super) struct Changed {
    /// The stretches that hold.
    pub(super) holding: Vec<Stretch>,
    /// Those that are only proposed.
    pub(super) proposed: Vec<Stretch>,
    /// The earlier last day of a supplement, where nothing agreed later goes beyond it.
    pub(super) shortened: Option<EarlyEnd>,
}

/// The stated term with its extensions and supplements as they were known on `as_of`, in the order in which they were
/// made.
pub(super) fn changed(
    agreement: &Agreement,
    records: Option<&Records>,
    stated: Stretch,
    as_of: NaiveDate,
) -> Changed {
    let start = stated.from;
    let mut changes = changes(agreement, records, as_of);
    // One that ends it before it begins is a slip.
    changes.retain(|change| start.is_none_or(|start| start <= change.until));
    changes.sort_by_key(|change| (change.dated, change.until));
    let standing = stated.commitment;
    let mut all = Changed { holding: vec![stated], proposed: Vec::new(), shortened: None };
    for Change { until, commitment, rests_on, ends_at, .. } in changes {
        let last = last_of(&all.holding);
        let is_earlier = last.is_some_and(|last| until < last);
        if commitment.is_bound() {
            let shortens = matches!(rests_on, RestsOn::Supplement(_)) && is_earlier;
            let restores = all.shortened.as_ref().is_some_and(|shortened| shortened.day < until);
            if shortens || restores {
                all.shortened = is_earlier.then(|| EarlyEnd { day: until, path: ends_at.clone() });
            }
        }
        let stretch = Stretch {
            from: last.and_then(|last| last.succ_opt()),
            to: Some(until),
            months: None,
            commitment: standing.max(commitment),
            holds: commitment.is_bound(),
            declinable_until: None,
            rests_on,
            ends_at,
        };
        if !stretch.holds {
            all.proposed.push(stretch);
        } else if last.is_some_and(|last| last < until) {
            all.holding.push(stretch);
        }
    }
    all
}

/// A new last day.
struct Change {
    dated: Option<NaiveDate>,
    until: NaiveDate,
    commitment: Commitment,
    rests_on: RestsOn,
    ends_at: KeyPath,
}

fn changes(agreement: &Agreement, records: Option<&Records>, as_of: NaiveDate) -> Vec<Change> {
    let extensions = agreement.extension.iter().map(|(key, extension)| Change {
        dated: extension.dated.known().copied(),
        until: extension.until,
        commitment: change_on(extension, records, as_of),
        rests_on: RestsOn::Extension(key.clone()),
        ends_at: path!["extension", key, "until"],
    });
    let supplements = agreement.supplement.iter().filter_map(|(key, supplement)| {
        Some(Change {
            dated: supplement.dated.known().copied(),
            until: supplement.end?,
            commitment: change_on(supplement, records, as_of),
            rests_on: RestsOn::Supplement(key.clone()),
            ends_at: path!["supplement", key, "end"],
        })
    });
    extensions.chain(supplements).collect()
}

/// The last day of the last stretch.
pub(super) fn last_of(stretches: &[Stretch]) -> Option<NaiveDate> {
    stretches.last()?.to
}
