//! What has been changed after a document's own date. A memo proposes what was known when it was written; an agreement
//! is shown as it reads now, and says so.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::agreement::{Agreement, Funding};
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life, RestsOn, change_on, exits_on, first_decision, funding_on};
use crate::vocabulary::Known;

/// When the amount was decided, where that was during the term.
fn decided(records: Option<&Records>, funding: &Funding) -> Option<NaiveDate> {
    Some(records?.decision.get(funding.decision.known()?)?.date)
}

/// The day on which the memo was written, or one by which it must have been: the decision on it, or the day of the agreement
/// that it proposes.
pub(super) fn written(register: &Register, entry: &Entry<Agreement>) -> Option<NaiveDate> {
    let agreement = &entry.data;
    let stated = agreement.memo.dated.known().copied();
    let decided = || register.records_of(entry).and_then(first_decision);
    stated.or_else(decided).or_else(|| agreement.dated.known().copied())
}

/// The agreement with the extensions and supplements that somebody was bound by on `date`, and with what these put in the
/// place of its money and ways out: what is only proposed is no part of it.
pub(super) fn in_force<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let records = register.records_of(entry);
    let agreement = &entry.data;
    let all_bound = agreement.extension.values().all(|one| change_on(one, records, date).is_bound())
        && agreement.supplement.values().all(|one| change_on(one, records, date).is_bound());
    let changes_terms =
        agreement.supplement.values().any(|one| !one.funding.is_empty() || !one.exit.is_empty());
    if all_bound && !changes_terms {
        return Cow::Borrowed(entry);
    }
    let mut known = entry.clone();
    known.data.extension.retain(|_, extension| change_on(extension, records, date).is_bound());
    known.data.supplement.retain(|_, supplement| change_on(supplement, records, date).is_bound());
    for supplement in known.data.supplement.values_mut() {
        supplement.funding.clear();
        supplement.exit.clear();
    }
    let money = funding_on(agreement, records, date).components.into_iter();
    let bound = money.filter(|one| one.commitment.is_none_or(Commitment::is_bound));
    known.data.funding = bound.map(|one| (one.key.to_owned(), one.funding.clone())).collect();
    let exits = exits_on(agreement, records, date).into_iter();
    known.data.exit = exits.map(|(key, (exit, _))| (key.to_owned(), exit.clone())).collect();
    within_reach(&mut known.data, records, date);
    Cow::Owned(known)
}

/// Takes away amounts for time that the agreement cannot come to: what a renewal or an option may add was in it from the
/// first.
fn within_reach(agreement: &mut Agreement, records: Option<&Records>, date: NaiveDate) {
    let Some(reach) = Life::known_on(agreement, records, date).reach else { return };
    let term = agreement.term.clone();
    agreement
        .funding
        .retain(|_, funding| payouts::period_of(funding, &term).is_none_or(|period| period.start <= reach));
}

/// The same without the amounts that came after `date`, in mid-term or for time that was not yet agreed.
pub(super) fn known_on<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let known = in_force(register, entry, date);
    if latest_after(register, entry, date).is_none() {
        return known;
    }
    let records = register.records_of(entry);
    let mut known = known.into_owned();
    let agreement = &mut known.data;
    agreement.funding.retain(|_, funding| decided(records, funding).is_none_or(|day| day <= date));
    within_reach(agreement, records, date);
    Cow::Owned(known)
}

/// The same for a memo: without the amounts for time that nobody binds the parties to by deciding on it, a renewal or an
/// option.
pub(super) fn decided_on<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let mut known = known_on(register, entry, date);
    let life = Life::known_on(&known.data, register.records_of(entry), date);
    let agreed = life.as_agreed.iter().rfind(|one| !matches!(one.rests_on, RestsOn::Renewal(_)));
    let Some(last) = agreed.and_then(|stretch| stretch.to) else { return known };
    let is_later = |funding: &Funding| {
        payouts::period_of(funding, &entry.data.term).is_some_and(|period| period.start > last)
    };
    let declinable = life.reach.is_none_or(|reach| last < reach);
    if declinable && known.data.funding.values().any(is_later) {
        known.to_mut().data.funding.retain(|_, funding| !is_later(funding));
    }
    known
}

/// The day of the latest change after the agreement's own date.
pub(super) fn latest(register: &Register, entry: &Entry<Agreement>) -> Option<NaiveDate> {
    latest_after(register, entry, *entry.data.dated.known()?)
}

fn latest_after(register: &Register, entry: &Entry<Agreement>, date: NaiveDate) -> Option<NaiveDate> {
    let agreement = &entry.data;
    let records = register.records_of(entry);
    let extensions = agreement.extension.values().filter_map(|extension| extension.dated.known().copied());
    let supplements =
        agreement.supplement.values().filter_map(|supplement| supplement.dated.known().copied());
    let amounts = agreement.funding.values().filter_map(|funding| decided(records, funding));
    extensions.chain(supplements).chain(amounts).filter(|day| *day > date).max()
}
