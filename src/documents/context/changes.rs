//! What has been changed after a document's own date. A memo proposes what was known when it was written; an agreement
//! is shown as it reads on the day that counts as today, and says so.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::text_life::TextLife;
use crate::agreement::{Agreement, AppliesWhen, Change, Funding, Means, Status, What};
use crate::key_path::KeyPath;
use crate::keyed::Keyed;
use crate::path;
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{
    Commitment, Life, change_on, decided_on as decision_of, exits_on, funding_on, standing_on,
};
use crate::text;
use crate::vocabulary::{Known, Stated};

/// When the amount was decided, where that was during the term.
fn decided(records: Option<&Records>, funding: &Funding) -> Option<NaiveDate> {
    Some(records?.decision.get(funding.decision.known()?)?.date)
}

/// The day on which the memo was written, or one by which it must have been: the decision on it, or the day of the agreement
/// that it proposes.
pub(in crate::documents) fn written(register: &Register, entry: &Entry<Agreement>) -> Option<NaiveDate> {
    let agreement = &entry.data;
    let stated = agreement.memo.dated.known().copied();
    let decided = || register.records_of(entry).and_then(|records| decision_of(agreement, records));
    stated.or_else(decided).or_else(|| agreement.dated.known().copied())
}

/// The agreement with the changes that `stands` on `date`, and with what these put in the place of its money and ways out:
/// what is only proposed is no part of it.
fn in_force<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
    stands: impl Fn(Commitment) -> bool,
) -> Cow<'a, Entry<Agreement>> {
    let records = register.records_of(entry);
    let agreement = &entry.data;
    let gone: Vec<KeyPath> = agreement
        .extensions()
        .chain(agreement.supplements())
        .filter(|change| !stands(change_on(*change, records, date)))
        .map(|change| change.path())
        .collect();
    let changes_terms =
        agreement.supplement.values().any(|one| !one.funding.is_empty() || !one.exit.is_empty());
    if gone.is_empty() && !changes_terms {
        return Cow::Borrowed(entry);
    }
    let mut known = entry.clone();
    known.data.extension.retain(|key, _| !gone.contains(&path!["extension", key]));
    known.data.supplement.retain(|key, _| !gone.contains(&path!["supplement", key]));
    let money = funding_on(&known.data, records, date).components.into_iter();
    let funding = money.map(|one| (one.key.to_owned(), one.funding.clone())).collect();
    let exits = exits_on(&known.data, records, date).into_iter();
    let exit = exits.map(|(key, (exit, _))| (key.to_owned(), exit.clone())).collect();
    (known.data.funding, known.data.exit) = (funding, exit);
    for supplement in known.data.supplement.values_mut() {
        supplement.funding = Keyed::default();
        supplement.exit = Keyed::default();
    }
    let is_gone = |name: &str| {
        !known.data.funding.contains_key(name) && agreement.stated_funding().any(|(_, key, _)| key == name)
    };
    let lost: Vec<String> =
        agreement.stated_funding().map(|(_, key, _)| key.clone()).filter(|key| is_gone(key)).collect();
    forget(&mut known.data, &lost);
    if !gone.is_empty() {
        within_reach(&mut known.data, records, date);
    }
    Cow::Owned(known)
}

/// The agreement as it reads on `date`: with what both sides have signed by then and the amounts that were decided in mid-term,
/// whether or not it is signed, but without amounts that were decided later, and without those for time that cannot come any
/// more.
pub(in crate::documents) fn agreed_on<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let records = register.records_of(entry);
    let standing = standing_on(&entry.data, records, date);
    // What nobody has signed nothing has changed.
    let is_signed = standing == Commitment::Agreed;
    let mut known = in_force(register, entry, date, |change| is_signed && change == Commitment::Agreed);
    // Of an agreement that nobody has decided, no amount was decided in mid-term.
    let is_later =
        |funding: &Funding| standing.is_bound() && decided(records, funding).is_some_and(|day| date < day);
    let life = TextLife::of(register, entry, &known.data, date);
    let goes = |funding: &Funding| is_later(funding) || life.has_lapsed(funding) || life.awaits(funding);
    if known.data.funding.values().any(goes) {
        take_away(&mut known.to_mut().data, goes);
    }
    known
}

/// Takes away amounts, and how they are paid out and adjusted where nothing else is.
fn take_away(agreement: &mut Agreement, goes: impl Fn(&Funding) -> bool) {
    let gone = agreement.funding.iter().filter(|(_, one)| goes(one));
    let gone: Vec<String> = gone.map(|(key, _)| key.clone()).collect();
    agreement.funding.retain(|key, _| !gone.contains(key));
    forget(agreement, &gone);
}

/// Takes amounts out of what names them: a plan or an adjustment of nothing else goes with them. What is to be adjusted if the
/// agreement is extended was said before there was any such amount.
fn forget(agreement: &mut Agreement, gone: &[String]) {
    let keeps = |named: &mut Vec<String>| {
        let is_of_some = !named.is_empty();
        named.retain(|name| !gone.contains(name));
        !(is_of_some && named.is_empty())
    };
    agreement.payout_plan.retain(|_, plan| keeps(&mut plan.funding));
    agreement.indexation.retain(|_, indexation| {
        indexation.applies == AppliesWhen::OnExtension || keeps(&mut indexation.funding)
    });
}

/// Takes away amounts for time that the agreement cannot come to: what a renewal or an option may add was in it from the
/// first.
fn within_reach(agreement: &mut Agreement, records: Option<&Records>, date: NaiveDate) {
    let Life { reach: Some(reach), money_time, .. } = Life::known_on(agreement, records, date) else {
        return;
    };
    take_away(agreement, |funding| {
        payouts::period_of(funding, money_time).is_some_and(|period| reach < period.start)
    });
}

/// The agreement as somebody was bound by it on `date`, without the amounts that came after that day, in mid-term or for time
/// that was not yet agreed.
fn known_on<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let known = without_awaiting(register, in_force(register, entry, date, Commitment::is_bound), date);
    if latest_after(register, entry, date).is_none() {
        return known;
    }
    let records = register.records_of(entry);
    let mut known = known.into_owned();
    let agreement = &mut known.data;
    take_away(agreement, |funding| decided(records, funding).is_some_and(|day| date < day));
    within_reach(agreement, records, date);
    Cow::Owned(known)
}

/// The agreement without the amounts that are only proposed for time that is not agreed.
fn without_awaiting<'a>(
    register: &Register,
    mut known: Cow<'a, Entry<Agreement>>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let life = TextLife::of(register, &known, &known.data, date);
    let awaiting = known.data.funding.iter().filter(|(_, one)| life.awaits(one));
    let awaiting: Vec<String> = awaiting.map(|(key, _)| key.clone()).collect();
    if !awaiting.is_empty() {
        let agreement = &mut known.to_mut().data;
        agreement.funding.retain(|key, _| !awaiting.contains(key));
        forget(agreement, &awaiting);
    }
    known
}

/// The same for a memo: without what came of it.
pub(in crate::documents) fn decided_on<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let mut known = known_on(register, entry, date);
    if known.data.term.ended.known().is_some() {
        known.to_mut().data.term.ended = None;
    }
    known
}

/// Without the amounts for time that nobody binds the parties to by deciding on it, a renewal or an option.
pub(super) fn without_possible<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    date: NaiveDate,
) -> Cow<'a, Entry<Agreement>> {
    let mut known = Cow::Borrowed(entry);
    let life = Life::known_on(&entry.data, register.records_of(entry), date);
    let agreed = life.as_agreed.iter().rfind(|one| !one.rests_on.comes_by_itself());
    let Some(last) = agreed.and_then(|stretch| stretch.to) else { return known };
    let is_later = |funding: &Funding| {
        payouts::period_of(funding, life.money_time).is_some_and(|period| period.start > last)
    };
    let declinable = life.reach.is_none_or(|reach| last < reach);
    if declinable && known.data.funding.values().any(is_later) {
        take_away(&mut known.to_mut().data, is_later);
    }
    known
}

/// One of the states between which a change lies, without the amounts for time that does not hold in it: what a renewal or an
/// option may bring costs nothing before it comes.
pub(super) fn held(register: &Register, entry: &Entry<Agreement>, day: NaiveDate) -> Entry<Agreement> {
    let life = Life::known_on(&entry.data, register.records_of(entry), day);
    let mut held = entry.clone();
    if let Some(last) = life.last_day() {
        take_away(&mut held.data, |funding| {
            payouts::period_of(funding, life.money_time).is_some_and(|period| last < period.start)
        });
    }
    held
}

/// The agreement as it was on `day` without a change of it: with what binds the parties by then, and money for no longer time.
pub(in crate::documents) fn before(
    register: &Register,
    entry: &Entry<Agreement>,
    change: Change<'_>,
    day: NaiveDate,
) -> Entry<Agreement> {
    let mut entry = entry.clone();
    take_out(&mut entry.data, change);
    standing(register, &entry, day)
}

/// The two states between which a change lies, as if it had been agreed on that day: without it and with it. What it follows on,
/// and nobody is bound by yet, stands in both.
pub(in crate::documents) fn states(
    register: &Register,
    entry: &Entry<Agreement>,
    change: Change<'_>,
    day: NaiveDate,
) -> (Entry<Agreement>, Entry<Agreement>) {
    let source = entry;
    let mut entry = source.clone();
    for one in presupposed(register, source, change, day) {
        settle(&mut entry.data, one);
    }
    let mut after = entry.clone();
    take_out(&mut entry.data, change);
    settle(&mut after.data, change);
    (standing(register, &entry, day), standing(register, &after, day))
}

/// The changes that a change follows on and that nobody is bound by on `day`, the earliest last day first: those that bring the
/// time before its own last day, or the days that its money is for.
pub(in crate::documents) fn presupposed<'a>(
    register: &Register,
    entry: &'a Entry<Agreement>,
    change: Change<'_>,
    day: NaiveDate,
) -> Vec<Change<'a>> {
    if matches!(change.what, What::Ending(_)) {
        return Vec::new();
    }
    let records = register.records_of(entry);
    let held = before(register, entry, change, day);
    let Some(mut last) = Life::known_on(&held.data, records, day).last_day() else { return Vec::new() };
    let mut others: Vec<(NaiveDate, Change<'a>)> = entry
        .data
        .changes()
        .filter(|one| one.path() != change.path() && !matches!(one.what, What::Ending(_)))
        .filter(|one| !change_on(*one, records, day).is_bound())
        .filter_map(|one| Some((one.until()?, one)))
        .collect();
    others.sort_by_key(|(until, _)| *until);
    let is_needed = |last: NaiveDate, until: NaiveDate| match (change.until(), change.what) {
        (Some(own), _) => until < own,
        (None, What::Supplement(one)) => {
            one.funding.values().filter_map(|funding| funding.period).any(|days| days.end > last)
        }
        (None, _) => false,
    };
    others.retain(|(until, _)| {
        let is_needed = *until > last && is_needed(last, *until);
        if is_needed {
            last = *until;
        }
        is_needed
    });
    others.into_iter().map(|(_, one)| one).collect()
}

/// Takes a change out of its agreement.
fn take_out(agreement: &mut Agreement, change: Change<'_>) {
    match change.what {
        What::Extension(_) => agreement.extension.retain(|key, _| key != change.key),
        What::Supplement(_) => agreement.supplement.retain(|key, _| key != change.key),
        What::Ending(_) => agreement.term.ended = None,
    }
}

/// Lets a change hold: what the file says of how far it has come is what the document proposes to settle.
fn settle(agreement: &mut Agreement, change: Change<'_>) {
    match change.what {
        What::Extension(_) => {
            if let Some(one) = agreement.extension.get_mut(change.key) {
                (one.status, one.dated, one.decision) = (Some(Status::Signed), None, None);
                one.also_decides = Keyed::default();
            }
        }
        What::Supplement(_) => {
            if let Some(one) = agreement.supplement.get_mut(change.key) {
                (one.status, one.dated, one.decision) = (Some(Status::Signed), None, None);
                one.also_decides = Keyed::default();
            }
        }
        What::Ending(one) => agreement.term.ended = Some(Stated::Value(one.until)),
    }
}

fn standing(register: &Register, entry: &Entry<Agreement>, day: NaiveDate) -> Entry<Agreement> {
    let mut known = in_force(register, entry, day, Commitment::is_bound).into_owned();
    within_reach(&mut known.data, register.records_of(entry), day);
    without_awaiting(register, Cow::Owned(known), day).into_owned()
}

/// The agreement with its last day where its text has it, without the changes that have moved it: as two parties would write it
/// anew. Only what comes after days without an agreement stays a change.
pub(super) fn consolidated(
    register: &Register,
    entry: &Entry<Agreement>,
    day: NaiveDate,
) -> Entry<Agreement> {
    let life = Life::known_on(&entry.data, register.records_of(entry), day);
    let time = life.money_time;
    let without = life.gaps().first().and_then(|gap| gap.start.pred_opt());
    let last = without.or_else(|| last_in_text(&entry.data, &life));
    let mut entry = entry.clone();
    let is_moved = |last: NaiveDate| entry.data.term.last_day() != Some(last);
    if let Some(last) = last.filter(|last| is_moved(*last)) {
        // An amount for the whole term is for the term that it was agreed for.
        for funding in entry.data.funding.values_mut().filter(|_| time.has_end()) {
            funding.period = payouts::period_of(funding, time);
        }
        entry.data.term.end = Some(Stated::Value(last));
        entry.data.term.months = None;
        if life.early_end.is_some() {
            take_away(&mut entry.data, |one| one.period.is_some_and(|period| last < period.start));
        }
    }
    let comes_after = |until: Option<NaiveDate>| without.zip(until).is_some_and(|(last, until)| last < until);
    entry.data.extension.retain(|_, one| comes_after(Some(one.until)));
    entry.data.supplement.retain(|_, one| comes_after(one.end));
    entry
}

/// The last day that an agreement has by its text and what has become of it: none while it lasts until further notice, whatever
/// year it is counted to.
pub(super) fn last_in_text(agreement: &Agreement, life: &Life<'_>) -> Option<NaiveDate> {
    let goes_on = agreement.term.open_ended().is_some() && (life.has_no_end() || life.renews());
    life.last_day().filter(|_| !goes_on)
}

/// The day of the latest change after the agreement's own date up to `day`, and what it is called: one that the parties have made,
/// or a renewal that has come by itself.
pub(super) fn latest(
    register: &Register,
    entry: &Entry<Agreement>,
    day: NaiveDate,
) -> Option<(NaiveDate, String)> {
    let life = Life::known_on(&entry.data, register.records_of(entry), day);
    let renewed = life.holding().rfind(|one| one.rests_on.comes_by_itself());
    let renewed = renewed.filter(|_| entry.data.term.open_ended().is_none()).and_then(|one| one.from);
    let renewed = renewed.map(|from| (from, "förlängningen".to_owned()));
    let ended = ended_last(&entry.data, &life);
    made_last(register, entry).into_iter().chain(renewed).chain(ended).max_by_key(|(day, _)| *day)
}

/// The same of an end that no supplement brings: the day of the notice, or where none is on record the last day.
fn ended_last(agreement: &Agreement, life: &Life<'_>) -> Option<(NaiveDate, String)> {
    let early = life.early_end.as_ref().filter(|early| early.rests_on.is_none())?;
    let Some(notice) = &life.notice else { return Some((early.day, "avslutet".to_owned())) };
    let exit = notice.decision.exit.as_deref().and_then(|key| agreement.exit.get(key));
    let is_rescinded = exit.is_some_and(|exit| exit.means == Means::Rescission);
    let called = if is_rescinded { "hävningen" } else { "uppsägningen" };
    Some((notice.decision.date, called.to_owned()))
}

/// The same of those that the parties have made.
fn made_last(register: &Register, entry: &Entry<Agreement>) -> Option<(NaiveDate, String)> {
    let agreement = &entry.data;
    let day = latest_after(register, entry, *agreement.dated.known()?)?;
    let mut of_day = dated(agreement).filter(|(dated, _)| *dated == day).map(|(_, change)| change);
    let called = match of_day.next().map(|change| (change.number(), change)) {
        Some((Some(number), _)) => format!("tilläggsavtal nr {number}"),
        Some((None, change)) => text::uncapitalised(change.definite()),
        None => "det ändrade beloppet".to_owned(),
    };
    Some((day, called))
}

/// The extensions and supplements that have a day, with it.
fn dated(agreement: &Agreement) -> impl Iterator<Item = (NaiveDate, Change<'_>)> {
    let changes = agreement.supplements().chain(agreement.extensions());
    changes.filter_map(|change| Some((change.dated()?, change)))
}

fn latest_after(register: &Register, entry: &Entry<Agreement>, date: NaiveDate) -> Option<NaiveDate> {
    let records = register.records_of(entry);
    let amounts = entry.data.funding.values().filter_map(|funding| decided(records, funding));
    dated(&entry.data).map(|(day, _)| day).chain(amounts).filter(|day| *day > date).max()
}
