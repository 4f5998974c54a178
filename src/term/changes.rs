//! What extensions and supplements make of the stated term.

use chrono::NaiveDate;

use super::commitment::{Change, Commitment, bound_from, change_on, made, made_on, standing_on};
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
    /// The earlier last day of a change, where nothing agreed later goes beyond it, and from when the parties were bound by it.
    pub(super) shortened: Option<(Option<NaiveDate>, EarlyEnd)>,
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
    let mut changes = last_days(agreement, records, as_of);
    // One that ends it before it begins is a slip.
    changes.retain(|change| start.is_none_or(|start| start <= change.until));
    let standing = stated.commitment;
    let mut all = Changed { holding: vec![stated], proposed: Vec::new(), shortened: None };
    for LastDay { bound_from, until, commitment, rests_on, ends_at, .. } in changes {
        let last = last_of(&all.holding);
        // Any day is earlier than none.
        let is_earlier = last.is_none_or(|last| until < last);
        if commitment.is_bound() {
            let is_supplement = matches!(rests_on, RestsOn::Supplement(_));
            let restores = all.shortened.as_ref().is_some_and(|(_, shortened)| shortened.day < until);
            let ends_it = is_earlier && (is_supplement || last.is_some());
            if is_supplement && is_earlier || restores {
                let shortened = EarlyEnd {
                    day: until,
                    path: ends_at.clone(),
                    commitment,
                    rests_on: Some(rests_on.clone()),
                };
                all.shortened = ends_it.then_some((bound_from, shortened));
            }
            // An extension says how long an agreement lasts that has no end.
            if let Some(open) = all.holding.first_mut().filter(|one| one.to.is_none() && !is_supplement) {
                (open.to, open.ends_at) = (Some(until), ends_at);
                continue;
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

/// A last day that an extension or a supplement states.
#[derive(Debug, Clone, PartialEq)]
pub struct LastDay<'a> {
    /// The change's key.
    pub key: &'a str,
    /// The change's date.
    pub dated: Option<NaiveDate>,
    /// The day from which the parties were bound by it, as far as is known: it stands in that order among the changes.
    pub bound_from: Option<NaiveDate>,
    /// The first day on which somebody was bound by it, and the change's key that says so.
    pub made: Option<(NaiveDate, &'static str)>,
    /// The last day.
    pub until: NaiveDate,
    /// How firmly the parties are bound by the change.
    pub commitment: Commitment,
    /// The option that an extension uses, by key.
    pub option: Option<&'a str>,
    /// Whether it belongs to the term that the agreement began with: agreed no later than the agreement itself or before
    /// its first day, or nothing says that it came later.
    pub is_of_the_first: bool,
    /// The change.
    pub rests_on: RestsOn,
    /// Where the day stands.
    pub ends_at: KeyPath,
}

impl LastDay<'_> {
    /// "Förlängningen ”a”".
    #[must_use]
    pub fn named(&self) -> String {
        let what = if self.is_extension() { "Förlängningen" } else { "Tillägget" };
        format!("{what} ”{}”", self.key)
    }

    /// Whether an extension states it, and no supplement.
    #[must_use]
    pub fn is_extension(&self) -> bool {
        matches!(self.rests_on, RestsOn::Extension(_))
    }
}

/// Every last day that the agreement's extensions and supplements state, as they were known on `as_of`, in the order in
/// which they were made.
#[must_use]
pub fn last_days<'a>(
    agreement: &'a Agreement,
    records: Option<&Records>,
    as_of: NaiveDate,
) -> Vec<LastDay<'a>> {
    if agreement.extension.is_empty() && agreement.supplement.is_empty() {
        return Vec::new();
    }
    let start = agreement.term.start.known().copied();
    let entered = made_on(agreement, records);
    let is_bound = standing_on(agreement, records, as_of).is_bound();
    let is_of_the_first = |agreed: Option<NaiveDate>, commitment: Commitment| match agreed {
        Some(day) => start.is_some_and(|start| day < start) || entered.is_some_and(|entered| day <= entered),
        // What is only proposed while somebody is bound by the agreement comes after it.
        None => commitment.is_bound() || !is_bound,
    };
    let extensions = agreement.extension.iter().map(|(key, extension)| {
        let commitment = change_on(extension, records, as_of);
        LastDay {
            key,
            dated: extension.made().1,
            bound_from: bound_from(extension, records, as_of),
            made: made(extension, records),
            until: extension.until,
            commitment,
            option: extension.option.as_deref(),
            is_of_the_first: is_of_the_first(bound_from(extension, records, NaiveDate::MAX), commitment),
            rests_on: RestsOn::Extension(key.clone()),
            ends_at: path!["extension", key, "until"],
        }
    });
    let supplements = agreement.supplement.iter().filter_map(|(key, supplement)| {
        let commitment = change_on(supplement, records, as_of);
        Some(LastDay {
            key,
            dated: supplement.made().1,
            bound_from: bound_from(supplement, records, as_of),
            made: made(supplement, records),
            until: supplement.end?,
            commitment,
            option: None,
            is_of_the_first: is_of_the_first(bound_from(supplement, records, NaiveDate::MAX), commitment),
            rests_on: RestsOn::Supplement(key.clone()),
            ends_at: path!["supplement", key, "end"],
        })
    });
    let mut found: Vec<_> = extensions.chain(supplements).collect();
    found.sort_by_key(|change| (change.bound_from, change.until));
    found
}

/// The last day of the last stretch.
pub(super) fn last_of(stretches: &[Stretch]) -> Option<NaiveDate> {
    stretches.last()?.to
}
