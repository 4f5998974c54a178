//! What has been changed after a document's own date. A memo proposes what was known when it was written; an agreement
//! is shown as it reads now, and says so.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::agreement::{Agreement, Funding};
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

/// When the amount was decided, where that was during the term.
fn decided(records: Option<&Records>, funding: &Funding) -> Option<NaiveDate> {
    Some(records?.decision.get(funding.decision.known()?)?.date)
}

/// The agreement without extensions, supplements and amounts that came after `date`.
pub(super) fn known_on<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    if latest_after(register, entry, date).is_none() {
        return Cow::Borrowed(entry);
    }
    let records = register.records_of(entry);
    let is_known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= date);
    let mut known = entry.clone();
    let agreement = &mut known.data;
    agreement.extension.retain(|_, extension| is_known(extension.dated.known().copied()));
    agreement.supplement.retain(|_, supplement| is_known(supplement.dated.known().copied()));
    let end = agreement.extended_term().map(|term| term.end);
    let term = agreement.term.clone();
    agreement.funding.retain(|_, funding| {
        let start = payouts::period_of(funding, &term).map(|period| period.start);
        is_known(decided(records, funding)) && start.zip(end).is_none_or(|(start, end)| start <= end)
    });
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
