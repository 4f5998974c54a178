//! What an early end makes of an agreement: who ends it and how, by when the others must know, and what becomes of the money.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::by_year_in_words;
use super::change::States;
use super::duration::in_months;
use super::parties::{called, is_own};
use super::words::object;
use crate::agreement::{Ending, Means};
use crate::date;
use crate::money::Money;
use crate::payouts::{self, Statement};
use crate::register::Register;
use crate::term::notice_day;
use crate::vocabulary::Known;

/// The facts of an ending, as known on `day`.
pub(super) fn ending(register: &Register, one: &Ending, states: &States, day: NaiveDate) -> Value {
    let agreement = &states.before.data;
    let exit = one.exit.as_deref().and_then(|key| agreement.exit.get(key));
    let [verb, infinitive, bare, noun] = match exit.map(|exit| exit.means) {
        Some(Means::Notice | Means::Immediate) => ["säger upp", "säga upp", "uppsägning", "uppsägningen"],
        Some(Means::Rescission) => ["häver", "häva", "hävning", "hävningen"],
        _ => ["avslutar", "avsluta", "avslut", "avslutet"],
    };
    let notice = exit.and_then(|exit| exit.notice_months.known()).map(|months| months.get());
    let notice = notice.filter(|months| *months > 0);
    let notice_by = notice.and_then(|months| notice_day(one.until, months));
    let by = one.by.as_deref();
    object(IndexMap::from([
        ("by", Value::from(by.map(|party| called(agreement, party)))),
        ("is_own", Value::from(by.is_some_and(|party| is_own(register, agreement, party)))),
        ("exit", Value::from(one.exit.as_deref().filter(|_| exit.is_some()))),
        ("verb", Value::from(verb)),
        ("infinitive", Value::from(infinitive)),
        ("bare", Value::from(bare)),
        ("noun", Value::from(noun)),
        ("notice", Value::from(notice.map(in_months))),
        ("notice_by", Value::from(notice_by.map(date::long))),
        ("is_late", Value::from(notice_by.is_some_and(|last| last < day))),
        ("money", money(register, states, one.until, day)),
    ]))
}

/// What the municipality, and the others, pay less from the end on, what is left to pay until it, and what has been paid for days
/// after it.
fn money(
    register: &Register,
    States { before, after, .. }: &States,
    last: NaiveDate,
    day: NaiveDate,
) -> Value {
    let (had, has) = (payouts::statement(register, before, day), payouts::statement(register, after, day));
    let is_its = |payer: &str| is_own(register, &before.data, payer);
    let less = |own: bool| -> Option<BTreeMap<i32, Money>> {
        let mut years = to_pay(&had, |payer| is_its(payer) == own)?;
        for (year, amount) in to_pay(&has, |payer| is_its(payer) == own)? {
            let sum = years.entry(year).or_default();
            *sum = sum.checked_sub(amount)?;
        }
        years.retain(|_, amount| *amount > Money::ZERO);
        Some(years)
    };
    let own = less(true);
    let total = own.as_ref().and_then(|own| own.values().copied().try_fold(Money::ZERO, Money::checked_add));
    let its = || has.payouts.iter().filter(|payout| is_its(payout.payer));
    let left = its().try_fold(Money::ZERO, |sum, payout| sum.checked_add(payout.left?));
    let beyond =
        its().try_fold(Money::ZERO, |sum, payout| sum.checked_add(payouts::paid_after(payout, last)?));
    let told = |amount: Option<Money>| {
        Value::from(amount.filter(|one| *one > Money::ZERO).map(|one| one.rounded().to_string()))
    };
    object(IndexMap::from([
        ("is_known", Value::from(own.is_some())),
        ("less", Value::from(own.as_ref().and_then(by_year_in_words))),
        ("total", told(total)),
        ("several_years", Value::from(own.as_ref().is_some_and(|own| own.len() > 1))),
        ("others", Value::from(less(false).as_ref().and_then(by_year_in_words))),
        ("left", told(left)),
        ("paid_beyond", told(beyond)),
    ]))
}

/// What is to be paid for each year, by the payers that count. Nothing where a sum is not known.
fn to_pay(statement: &Statement<'_>, counts: impl Fn(&str) -> bool) -> Option<BTreeMap<i32, Money>> {
    let mut years = BTreeMap::<i32, Money>::new();
    for payout in statement.payouts.iter().filter(|payout| counts(payout.payer)) {
        let sum = years.entry(payout.year).or_default();
        *sum = sum.checked_add(payout.to_pay?)?;
    }
    Some(years)
}
