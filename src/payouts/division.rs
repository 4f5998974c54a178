//! The sums divided into payouts, before anything has been paid.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::agreed::by_rate;
use super::amounts::of_days;
use super::component::{Component, Components, with_years};
use super::fixed_amounts::FixedAmounts;
use super::instalment::Instalment;
use super::interpretation::Interpretation;
use super::known_sum::sum;
use super::payout::{Payout, Settlement};
use super::plan::{CountedMonths, instalments, pays_as_whole, plan_of};
use super::split::{Size, exact, split, weights};
use super::whole::{Planned, Whole, of_year, rounding_payouts, whole_component};
use super::worth::worth;
use crate::agreement::{Agreement, Funding, PayoutPlan, Remainder, Role};
use crate::date::Period;
use crate::money::Money;
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life, MoneyTime};
use crate::vocabulary::Known;

/// The components with their years, and the payouts that they are divided into; an indexation that the agreement leaves
/// open is read as `reading` says.
pub(super) fn divided<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> (Components<'a>, Vec<Payout<'a>>) {
    let mut components = with_years(register, entry, life, reading, as_of);
    let planned = payouts(entry, life, &components.paid);
    take_sums(&mut components.paid, &planned);
    // What is in no payout is divided as it would be in the place of what is.
    for one in components.proposed.iter_mut().chain(&mut components.replaced) {
        let replaced = components.paid.iter().map(|other| if other.key == one.key { &*one } else { other });
        let instead: Vec<Component<'_>> = replaced.cloned().collect();
        take_sums(std::slice::from_mut(one), &payouts(entry, life, &instead));
    }
    (components, planned)
}

/// The components with their years, as they are paid.
#[must_use]
pub fn components<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> Vec<Component<'a>> {
    let life = Life::known_on(&entry.data, register.records_of(entry), as_of);
    divided(register, entry, &life, reading, as_of).0.paid
}

fn payouts<'a>(
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    components: &[Component<'a>],
) -> Vec<Payout<'a>> {
    let agreement = &entry.data;
    let mut wholes: Vec<Planned<'a, '_>> = Vec::new();
    // How many components each plan pays.
    let mut paid: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for component in components {
        let plan = plan_of(agreement, component.key);
        *paid.entry(plan.map(|(key, _)| key)).or_default() += 1;
        if plan.is_some_and(|(_, plan)| pays_as_whole(plan, &component.years)) {
            wholes.extend(whole_component(component).map(|whole| (plan, whole)));
        } else {
            wholes.extend(component.years.iter().map(|year| (plan, of_year(component, year))));
        }
    }
    let fixed = FixedAmounts::of(&wholes);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut payouts = Vec::new();
    for planned in &wholes {
        let (plan, whole) = planned;
        let is_of_one = paid.get(&plan.map(|(key, _)| key)) == Some(&1);
        let counted = CountedMonths { start: agreement.term.start.known().copied(), is_of_one };
        let mut found = instalments(*plan, whole.covers, counted);
        // In order of time, so that what is left over lands on the last payout.
        found.sort_by_key(|instalment| instalment.when.order());
        let rule = plan.and_then(|(_, plan)| plan.remainder.known().copied()).unwrap_or(Remainder::Last);
        for one in &mut found {
            one.size = size(whole, fixed.size(planned, one.size), one.covers, life.money_time);
        }
        let sizes: Vec<Size> = found.iter().map(|one| one.size).collect();
        let agreed = whole.agreed.and_then(|agreed| split(agreed, agreed, &sizes, rule));
        let sizes: Vec<Size> = found.iter().map(|one| adjusted(whole, one.size, one.covers)).collect();
        let payable = payable(whole, &sizes, rule);
        let count = found.len();
        let weights =
            whole.agreed.filter(|_| !sizes.contains(&Size::Rest)).and_then(|agreed| weights(agreed, &sizes));
        let all = weights.iter().flatten().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one));
        for (position, instalment) in found.into_iter().enumerate() {
            let number = numbers.entry(whole.key).or_default();
            *number += 1;
            let part =
                |parts: &Option<Vec<Money>>| parts.as_ref().and_then(|parts| parts.get(position)).copied();
            let sums = (part(&agreed), part(&payable));
            let id = format!("{}#{number}", whole.key);
            let mut one = payout(entry, life, (*plan, whole), &instalment, id, (position + 1, count), sums);
            one.weight = weights.as_ref().and_then(|weights| weights.get(position).copied().zip(all));
            payouts.push(one);
        }
    }
    // Stable: what falls at the same time stays in the file's order.
    payouts.sort_by_key(|payout| payout.when.order());
    payouts
}

/// A part of what is counted by a rate is what the rate says for its time.
fn size(whole: &Whole<'_, '_>, size: Size, covers: Period, time: MoneyTime) -> Size {
    let by_rate = by_rate(whole.funding).and_then(|_| worth(whole.funding, time, covers));
    match (size, by_rate) {
        (Size::Weight(_), Some(worth)) => Size::Weight(worth.decimal()),
        _ => size,
    }
}

/// Where the year has two factors, what is paid for by time weighs as its days are adjusted.
fn adjusted(whole: &Whole<'_, '_>, size: Size, covers: Period) -> Size {
    let factor = whole.adjustment.and_then(|adjustment| adjustment.factor_of(covers));
    match (size, factor) {
        (Size::Weight(weight), Some(factor)) => Size::Weight(weight.checked_mul(factor).unwrap_or(weight)),
        _ => size,
    }
}

/// A year comes to what its payouts come to: where each of them is rounded by itself, and where a component is divided as a
/// whole by the stretches of the calendar year.
fn take_sums(components: &mut [Component<'_>], payouts: &[Payout<'_>]) {
    let mut by_component: BTreeMap<&str, Vec<&Payout<'_>>> = BTreeMap::new();
    for payout in payouts {
        by_component.entry(payout.funding).or_default().push(payout);
    }
    for component in components {
        let own = by_component.remove(component.key).unwrap_or_default();
        let is_in_years = own.iter().all(|one| one.covers.years().count() == 1);
        let is_rounded = component.years.iter().any(|year| rounding_payouts(year).is_some());
        if is_in_years && (is_rounded || own.iter().any(|one| one.is_of_component)) {
            for year in &mut component.years {
                let of = |of: fn(&Payout<'_>) -> Option<Money>| {
                    let mut own = own.iter().filter(|payout| payout.year == year.year);
                    own.try_fold(Money::ZERO, |sum, payout| sum.checked_add(of(payout)?))
                };
                (year.agreed, year.payable) = (of(|payout| payout.agreed), of(|payout| payout.to_pay));
            }
        } else if is_rounded && let Some((last, years)) = component.years.split_last_mut() {
            // A plan for the component as a whole does not tell its years apart.
            let Some(total) = sum(own.iter().map(|payout| payout.to_pay)) else { continue };
            let mut left = total;
            for year in years {
                year.payable = year.payable.map(Money::rounded_to_ore);
                left = year.payable.and_then(|amount| left.checked_sub(amount)).unwrap_or(left);
            }
            last.payable = Some(left);
        }
    }
}

/// The parts of what is to be paid. Where the agreement rounds each payout, the year's sum is that of its payouts.
fn payable(whole: &Whole<'_, '_>, sizes: &[Size], rule: Remainder) -> Option<Vec<Money>> {
    let (payable, agreed) = (whole.payable?, whole.agreed?);
    let Some(adjustment) = whole.rounds_payouts else { return split(payable, agreed, sizes, rule) };
    let unit = adjustment.round_to.unit();
    let parts = exact(payable, agreed, sizes)?;
    Some(parts.into_iter().map(|part| part.rounded_to(unit)).collect())
}

fn payout<'a>(
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    (plan, whole): (Option<(&'a str, &'a PayoutPlan)>, &Whole<'a, '_>),
    instalment: &Instalment<'a>,
    id: String,
    number: (usize, usize),
    (agreed, payable): (Option<Money>, Option<Money>),
) -> Payout<'a> {
    let funding = whole.funding;
    let adjustment = agreed.zip(payable).and_then(|(agreed, payable)| payable.checked_sub(agreed));
    let conditions = plan.map(|(_, plan)| plan.conditions.as_slice()).unwrap_or_default();
    // The cost belongs to the year of the sum; of a whole component to the year in which the payout's own time begins, or
    // where that is all of the component's to the one in which it is paid.
    let covered = instalment.covers.years();
    let year = if whole.is_component && instalment.covers != whole.covers {
        *covered.start()
    } else if whole.is_component {
        instalment.when.year().clamp(*covered.start(), *covered.end())
    } else {
        whole.year
    };
    // The days that the payout pays for say how firm it is, and not all those of the sum that it is a part of.
    let weakest = life.weakest(instalment.covers);
    let mut doubts = whole.doubts.to_vec();
    doubts.retain(|doubt| !doubt.is_about_term());
    doubts.extend(of_days(life, instalment.covers, weakest.as_ref()));
    Payout {
        id,
        file: &entry.file,
        funding: whole.key,
        origin: instalment.origin,
        payer: &funding.payer,
        payee: payee(&entry.data, funding),
        year,
        covers: instalment.covers,
        when: instalment.when,
        due: instalment.due,
        after_decision: None,
        is_of_component: whole.is_component,
        number,
        size: instalment.size,
        whole: whole.payable,
        weight: None,
        agreed,
        adjustment,
        correction: Money::ZERO,
        corrections: Vec::new(),
        carried: Money::ZERO,
        deductions: Vec::new(),
        lapsed: Money::ZERO,
        lapsed_by: Commitment::Agreed,
        to_pay: payable,
        ceiling: funding.ceiling,
        commitment: weakest.map_or(whole.commitment, |weakest| whole.commitment.max(weakest.commitment)),
        path: whole.path.clone(),
        doubts,
        conditions: conditions.iter().map(String::as_str).chain(instalment.condition).collect(),
        payments: Vec::new(),
        invoices: Vec::new(),
        is_invoiced: false,
        settlement: Settlement::Open,
        left: payable,
    }
}

/// The receiver: the one that is named, or the only one on the civil-society side.
fn payee<'a>(agreement: &'a Agreement, funding: &'a Funding) -> Option<&'a str> {
    let mut civil = agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety);
    let only = civil.next().filter(|_| civil.next().is_none()).map(|(key, _)| key.as_str());
    funding.payee.as_deref().or(only)
}
