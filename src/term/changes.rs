//! What extensions and supplements make of the stated term.

use chrono::NaiveDate;

use super::commitment::{Commitment, bound_from, change_on, made, made_on, standing_on};
use super::early_end::EarlyEnd;
use super::stretch::{RestsOn, Stretch};
use crate::agreement::{Agreement, Change, What};
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
    for change in changes {
        let (rests_on, ends_at) = (change.rests_on(), change.change.until_path());
        let LastDay { bound_from, until, commitment, .. } = change;
        let last = last_of(&all.holding);
        let begins = change.begins_after(last);
        // Any day is earlier than none.
        let is_earlier = last.is_none_or(|last| until < last);
        if commitment.is_bound() {
            let is_supplement = matches!(rests_on, RestsOn::Supplement(_));
            let restores = all.shortened.as_ref().is_some_and(|(_, shortened)| shortened.day < until);
            let is_over = is_earlier && (is_supplement || last.is_some());
            if is_supplement && is_earlier || restores {
                let shortened = EarlyEnd {
                    day: until,
                    path: ends_at.clone(),
                    commitment,
                    rests_on: Some(rests_on.clone()),
                };
                all.shortened = is_over.then_some((bound_from, shortened));
            }
            // An extension says how long an agreement lasts that has no end.
            if let Some(open) = all.holding.first_mut().filter(|one| one.to.is_none() && !is_supplement) {
                (open.to, open.ends_at) = (Some(until), ends_at);
                continue;
            }
        }
        let stretch = Stretch {
            from: begins,
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
#[derive(Debug, Clone)]
pub struct LastDay<'a> {
    /// The change.
    pub change: Change<'a>,
    /// The day from which the parties were bound by it, as far as is known: it stands in that order among the changes.
    pub bound_from: Option<NaiveDate>,
    /// The first day on which somebody was bound by it, and the change's key that says so.
    pub made: Option<(NaiveDate, &'static str)>,
    /// The last day.
    pub until: NaiveDate,
    /// How firmly the parties are bound by the change.
    pub commitment: Commitment,
    /// Whether it belongs to the term that the agreement began with: agreed no later than the agreement itself or before
    /// its first day, or nothing says that it came later.
    pub is_of_the_first: bool,
}

impl LastDay<'_> {
    /// Whether an extension states it, and no supplement.
    #[must_use]
    pub fn is_extension(&self) -> bool {
        matches!(self.change.what, What::Extension(_))
    }

    /// The option that an extension uses, by key.
    #[must_use]
    pub fn option(&self) -> Option<&str> {
        match self.change.what {
            What::Extension(one) => one.option.as_deref(),
            What::Supplement(_) | What::Ending(_) => None,
        }
    }

    /// The first of the days that it brings to what lasts to `last`: the day after, or a later one that it states.
    #[must_use]
    pub fn begins_after(&self, last: Option<NaiveDate>) -> Option<NaiveDate> {
        let next = last?.succ_opt()?;
        Some(self.change.from().map_or(next, |from| from.max(next)))
    }

    /// What a stretch that it brings rests on.
    fn rests_on(&self) -> RestsOn {
        let key = self.change.key.to_owned();
        if self.is_extension() { RestsOn::Extension(key) } else { RestsOn::Supplement(key) }
    }
}

/// Every last day that the agreement's extensions and supplements state, as they were known on `as_of`, in the order in
/// which they were made; of one that ends before it begins none.
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
    let is_reversed = |change: &Change<'_>| change.period().is_some_and(|period| period.is_reversed());
    let changes = agreement.extensions().chain(agreement.supplements());
    let found = changes.filter(|change| !is_reversed(change)).filter_map(|change| {
        let commitment = change_on(change, records, as_of);
        Some(LastDay {
            change,
            bound_from: bound_from(change, records, as_of),
            made: made(change, records),
            until: change.until()?,
            commitment,
            is_of_the_first: is_of_the_first(bound_from(change, records, NaiveDate::MAX), commitment),
        })
    });
    let mut found: Vec<_> = found.collect();
    // One without a day that says from when it counts cannot come before what held until then, nor one that goes on from such
    // days before what brought these.
    let known = |change: &LastDay<'_>| change.bound_from.or(change.change.from());
    let others: Vec<(NaiveDate, bool, Option<NaiveDate>)> =
        found.iter().map(|one| (one.until, one.change.from().is_some(), known(one))).collect();
    let after_gap = |change: &LastDay<'_>| {
        let earlier = || others.iter().filter(|(until, ..)| *until < change.until);
        let goes_on_from_gap = earlier().any(|(_, has_from, _)| *has_from);
        earlier().filter(|_| goes_on_from_gap).filter_map(|(.., day)| *day).max()
    };
    found.sort_by_key(|change| (known(change).or_else(|| after_gap(change)), change.until));
    found
}

/// The last day of the last stretch.
pub(super) fn last_of(stretches: &[Stretch]) -> Option<NaiveDate> {
    stretches.last()?.to
}
