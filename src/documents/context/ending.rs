//! What an early end makes of an agreement: who ends it and how, by when the others must know, and whether it can end so without
//! their consent.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::duration::in_months;
use super::parties::{called, is_own};
use super::words::object;
use crate::agreement::{Agreement, Consequence, Ending, Means, NoticeCounts};
use crate::date;
use crate::register::Register;
use crate::term::{NoticeTime, notice_day};
use crate::vocabulary::Known;

/// The facts of an ending of an agreement, as known on `day`; its money comes from [`super::end_money`].
pub(super) fn ending(
    register: &Register,
    agreement: &Agreement,
    one: &Ending,
    money: Value,
    day: NaiveDate,
) -> Value {
    let exit = one.exit.as_deref().and_then(|key| agreement.exit.get(key));
    // What somebody else has done is told as what has been said: that it holds is nothing that the memo grants.
    let [verb, infinitive, done, bare, noun] = match exit.map(|exit| exit.means) {
        Some(Means::Notice | Means::Immediate) => {
            ["säger upp", "säga upp", "har sagt upp", "uppsägning", "uppsägningen"]
        }
        Some(Means::Rescission) => ["häver", "häva", "har meddelat hävning av", "hävning", "hävningen"],
        _ => ["avslutar", "avsluta", "avslutar", "avslut", "avslutet"],
    };
    let is_rescinded = exit.is_some_and(|exit| exit.means == Means::Rescission);
    let by = one.by.as_deref();
    let is_its = by.is_some_and(|party| is_own(register, agreement, party));
    let time = NoticeTime::of(agreement, exit).filter(|time| by.is_some() && time.months > 0);
    let notice_by = time.and_then(|time| notice_day(one.until, time.months));
    // What the municipality gives notice of it has not given yet.
    let given = if is_its { Some(day) } else { one.received.known().copied() };
    let is_late = notice_by.zip(given).is_some_and(|(last, given)| last < given);
    let is_other_day = time.is_some_and(|time| !time.can_end(one.until));
    let earliest = time.zip(given).and_then(|(time, given)| time.last_day(given));
    object(IndexMap::from([
        ("by", Value::from(by.map(|party| called(agreement, party)))),
        ("is_own", Value::from(is_its)),
        ("exit", Value::from(one.exit.as_deref().filter(|_| exit.is_some()))),
        (
            "is_repayment",
            Value::from(exit.and_then(|exit| exit.consequence.known()) == Some(&Consequence::Repayment)),
        ),
        ("verb", Value::from(verb)),
        ("infinitive", Value::from(infinitive)),
        ("done", Value::from(done)),
        ("is_rescinded", Value::from(is_rescinded)),
        ("bare", Value::from(bare)),
        ("noun", Value::from(noun)),
        ("notice", Value::from(time.map(|time| in_months(time.months)))),
        ("notice_by", Value::from(notice_by.map(date::long))),
        (
            "counts_from_sending",
            Value::from(time.is_some_and(|time| time.counts_from == NoticeCounts::Sending)),
        ),
        ("is_late", Value::from(is_late)),
        ("ends_on", Value::from(time.filter(|_| is_other_day).and_then(|time| Some(time.ends_on?.long())))),
        // What notice cannot bring the others must agree to.
        ("needs_consent", Value::from(is_late || is_other_day)),
        ("earliest", Value::from(earliest.map(date::long))),
        ("money", money),
    ]))
}
