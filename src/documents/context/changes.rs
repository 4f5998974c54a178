//! What has been changed after a document's own date. A memo proposes what was known when it was written; an agreement
//! is shown as it reads now, and says so.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::agreement::{Agreement, Funding};
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{Life, change_on};
use crate::vocabulary::Known;

/// When the amount was decided, where that was during the term.
fn decided(records: Option<&Records>, funding: &Funding) -> Option<NaiveDate> {
    Some(records?.decision.get(funding.decision.known()?)?.date)
}

/// The agreement with the extensions and supplements that somebody was bound by on `date`: what is only proposed is no part
/// of it.
pub(super) fn in_force<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let records = register.records_of(entry);
    let agreement = &entry.data;
    let all_bound = agreement.extension.values().all(|one| change_on(one, records, date).is_bound())
        && agreement.supplement.values().all(|one| change_on(one, records, date).is_bound());
    if all_bound {
        return Cow::Borrowed(entry);
    }
    let mut known = entry.clone();
    known.data.extension.retain(|_, extension| change_on(extension, records, date).is_bound());
    known.data.supplement.retain(|_, supplement| change_on(supplement, records, date).is_bound());
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
