//! What has been paid: each payment is put to the payouts that it settles.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::payout::{Paid, Payout, Settlement};
use super::payout_time::PayoutTime;
use crate::agreement::Agreement;
use crate::date::Period;
use crate::money::Money;
use crate::register::{Entry, Register};

/// Money that asks for its payout: a payment, or an invoice.
pub(super) struct Claim<'a> {
    /// What each payout has of it.
    pub(super) paid: Paid<'a>,
    pub(super) funding: Option<&'a str>,
    /// Who has the money, where it says so.
    pub(super) payee: Option<&'a str>,
    pub(super) period: Option<Period>,
    pub(super) payout: Option<&'a str>,
    pub(super) is_partial: bool,
}

/// Puts the payments known on `as_of` to their payouts. Gives those that belong to none.
pub(super) fn allocate<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    payouts: &mut [Payout<'a>],
    as_of: NaiveDate,
) -> Vec<Paid<'a>> {
    let id = crate::register::id_of(&entry.file);
    let Some(records) = register.records.get(id) else { return Vec::new() };
    let payments = records.data.payment.iter().filter(|(_, payment)| payment.date <= as_of);
    let claims = payments.map(|(key, payment)| Claim {
        paid: Paid {
            file: &records.file,
            table: "payment",
            key,
            date: payment.date,
            amount: payment.amount,
            voucher: payment.voucher.as_deref(),
        },
        funding: payment.funding.as_deref(),
        payee: payment.payee.as_deref(),
        period: payment.period,
        payout: payment.payout.as_deref(),
        is_partial: payment.partial,
    });
    put(claims.collect(), payouts, belongs_to)
}

/// Puts claims to the payouts that `belongs_to` tells for each. Gives those that belong to none.
pub(super) fn put<'a>(
    mut claims: Vec<Claim<'a>>,
    payouts: &mut [Payout<'a>],
    belongs_to: impl Fn(&Claim<'a>, &[Payout<'a>]) -> Vec<usize>,
) -> Vec<Paid<'a>> {
    // What names its payout has it before what does not.
    claims.sort_by_key(|claim| (claim.payout.is_none(), claim.paid.date));
    let mut unmatched = Vec::new();
    for claim in claims {
        let found = belongs_to(&claim, payouts);
        if found.is_empty() {
            unmatched.push(claim.paid);
        } else {
            divide(&claim.paid, claim.is_partial, &found, payouts);
        }
    }
    unmatched
}

/// Gives each payout what is left of it, as far as the money goes, and the last one the rest. Ceilings come last: how
/// much of them is used is what the others leave.
fn divide<'a>(paid: &Paid<'a>, is_partial: bool, found: &[usize], payouts: &mut [Payout<'a>]) {
    let mut order = found.to_vec();
    order.sort_by_key(|index| payouts.get(*index).is_some_and(|payout| payout.ceiling));
    let mut left = paid.amount;
    let count = order.len();
    for (position, index) in order.into_iter().enumerate() {
        let Some(payout) = payouts.get_mut(index) else { continue };
        let part = if position + 1 == count { left } else { open_amount(payout).min(left) };
        left = left.checked_sub(part).unwrap_or_default();
        payout.payments.push(Paid { amount: part, ..paid.clone() });
        if !is_partial {
            payout.settlement = Settlement::Settled;
        }
    }
}

/// What is left to pay before differences are weighed.
pub(super) fn open_amount(payout: &Payout<'_>) -> Money {
    payout.to_pay.and_then(|to_pay| to_pay.checked_sub(payout.paid())).unwrap_or_default().max(Money::ZERO)
}

/// The payouts that a payment is for: the one that it names; else the first open one of its component and very period, or
/// that its period touches, with those that it is for beside it.
fn belongs_to(claim: &Claim<'_>, payouts: &[Payout<'_>]) -> Vec<usize> {
    let fitting = fitting(claim, payouts);
    let exactly = of_period(claim, &fitting, payouts);
    match exactly.first().or(fitting.first()) {
        Some(first) => together(claim, *first, &fitting, payouts),
        None => Vec::new(),
    }
}

/// The payouts that are open and that a claim may be for: the one that it names, or those of its component that its period
/// touches. One that names its receiver is for no payout to others.
pub(super) fn fitting(claim: &Claim<'_>, payouts: &[Payout<'_>]) -> Vec<usize> {
    let is_to = |payout: &Payout<'_>, payee: &str| payout.payees.is_empty() || payout.payees.contains(&payee);
    let fits = |payout: &Payout<'_>| {
        claim.payee.is_none_or(|payee| is_to(payout, payee))
            && match claim.payout {
                Some(named) => payout.id == named,
                None => {
                    claim.funding.is_none_or(|funding| funding == payout.funding)
                        && claim.period.is_none_or(|period| period.overlap(&payout.covers).is_some())
                }
            }
    };
    let open = payouts.iter().enumerate().filter(|(_, payout)| !payout.is_settled() && fits(payout));
    open.map(|(index, _)| index).collect()
}

/// Those of `fitting` whose period is the claim's very own.
pub(super) fn of_period(claim: &Claim<'_>, fitting: &[usize], payouts: &[Payout<'_>]) -> Vec<usize> {
    let is_own = |index: &&usize| payouts.get(**index).map(|payout| payout.covers) == claim.period;
    fitting.iter().filter(is_own).copied().collect()
}

/// A payout with those of `fitting` that a claim is for as well: where the claim names a component the next ones of the same
/// year that it pays in full, and where it names none all that are paid at the same time.
pub(super) fn together(
    claim: &Claim<'_>,
    first: usize,
    fitting: &[usize],
    payouts: &[Payout<'_>],
) -> Vec<usize> {
    let Some(found) = payouts.get(first) else { return Vec::new() };
    if claim.payout.is_some() {
        return vec![first];
    }
    let beside = fitting.iter().filter_map(|index| Some((*index, payouts.get(*index)?)));
    if claim.funding.is_some() {
        let next = beside.filter(|(index, payout)| *index > first && payout.year == found.year);
        let mut left = claim.paid.amount.checked_sub(open_amount(found));
        let paid_too = next.map_while(|(index, payout)| {
            // What is not known cannot be paid in full.
            payout.to_pay.and(found.to_pay)?;
            left = left?.checked_sub(open_amount(payout)).filter(|left| *left >= Money::ZERO);
            left.is_some().then_some(index)
        });
        return [first].into_iter().chain(paid_too).collect();
    }
    let own = occasion(found);
    beside.filter(|(_, payout)| occasion(payout) == own).map(|(index, _)| index).collect()
}

/// Time, number where no month is stated, payer and receivers.
type Occasion<'a> = (PayoutTime, Option<(i32, (usize, usize))>, &'a str, BTreeSet<&'a str>);

/// What payouts that are paid at the same time between the same parties have in common. What has no month has only its number
/// to be known by.
pub(super) fn occasion<'a>(payout: &Payout<'a>) -> Occasion<'a> {
    let number = matches!(payout.when, PayoutTime::NotStated(_)).then_some((payout.year, payout.number));
    (payout.when, number, payout.payer, payout.payees.iter().copied().collect())
}
