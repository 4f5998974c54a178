//! What has been paid of a component's year, and what the year costs beyond the part of its amount that somebody is bound
//! by.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::component::Component;
use super::doubt::Doubt;
use super::pace::Pace;
use super::payout::Payout;
use crate::date::Period;
use crate::money::Money;
use crate::term::{Commitment, Life};

/// Of a component's year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PaidInYear {
    /// What has been paid.
    pub(super) outcome: Money,
    /// What goes to or comes from other payouts, or has lapsed.
    pub(super) moved: Money,
    /// What it costs beyond what of its amount is for days for which somebody is bound: what is paid costs what is paid, also
    /// for other days.
    pub(super) beyond_bound: Money,
    /// Of that, what is not counted since the agreement ends early (nobody has decided whether to pay it, or it has lapsed) or
    /// has been taken off.
    pub(super) lapsed: Money,
    /// Whether a payout is cut by the end of the agreement and nobody has decided what it comes to, or the end can change.
    pub(super) is_cut: bool,
}

/// The same for every component and year of an agreement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PaidByYear<'a>(Box<[((&'a str, i32), PaidInYear)]>);

impl PaidByYear<'_> {
    /// What has been paid of a component's year.
    pub(super) fn of(&self, component: &str, year: i32) -> PaidInYear {
        let of_year = self.0.iter().find(|(key, _)| *key == (component, year));
        of_year.map(|(_, paid)| *paid).unwrap_or_default()
    }
}

/// What has been paid of an agreement's payouts.
pub(super) fn paid<'a>(
    life: &Life<'_>,
    components: &[Component<'_>],
    payouts: &[Payout<'a>],
) -> PaidByYear<'a> {
    let mut sums: BTreeMap<(&str, i32), PaidInYear> = BTreeMap::new();
    for payout in payouts {
        let component = components.iter().find(|component| component.key == payout.funding);
        let commitment = component.map_or(life.standing, |component| component.commitment);
        for (year, of_year) in of_payout(payout, life, commitment) {
            let sum = sums.entry((payout.funding, year)).or_default();
            // Stated amounts and their differences, far below what would not fit.
            let add = |sum: Money, more: Money| sum.checked_add(more).unwrap_or(sum);
            sum.outcome = add(sum.outcome, of_year.outcome);
            sum.moved = add(sum.moved, of_year.moved);
            sum.beyond_bound = add(sum.beyond_bound, of_year.beyond_bound);
            sum.lapsed = add(sum.lapsed, of_year.lapsed);
            sum.is_cut |= of_year.is_cut;
        }
    }
    PaidByYear(sums.into_iter().collect())
}

/// Of one payout, in the years that bear it.
fn of_payout(payout: &Payout<'_>, life: &Life<'_>, commitment: Commitment) -> Vec<(i32, PaidInYear)> {
    let years = in_years(payout);
    let weights: Vec<(i32, Decimal)> =
        years.iter().map(|(year, days)| (*year, payout.pace.weight(*days))).collect();
    let divided = |amount: Money| divided(payout, &weights, amount);
    // What an early end takes away is of the days after it.
    let after = life.early_end.as_ref().and_then(|end| weights_after(payout, &years, end.day));
    let divided_after = |amount: Money| self::divided(payout, after.as_ref().unwrap_or(&weights), amount);
    // What is for days that cannot come any more has no share to be taken from.
    let lapsed = if life.lapsed.is_some() { Money::ZERO } else { payout.lapsed };
    let corrected = payout.correction.checked_add(payout.carried).unwrap_or_default();
    let deducted = payout.deducted();
    let sums = |one: Vec<Money>, other: Vec<Money>, add: fn(Money, Money) -> Option<Money>| -> Vec<Money> {
        one.into_iter().zip(other).map(|(one, other)| add(one, other).unwrap_or_default()).collect()
    };
    let moved = divided(corrected.checked_sub(deducted).unwrap_or_default());
    let moved = sums(moved, divided_after(lapsed), Money::checked_sub);
    let lapsed = sums(divided_after(lapsed.max(Money::ZERO)), divided(deducted), Money::checked_add);
    let deducted = divided(deducted);
    let doubts = &payout.doubts;
    let is_cut = payout.is_preliminary() && doubts.iter().any(Doubt::is_about_end)
        || doubts.iter().any(Doubt::keeps_open);
    let outcome = divided(payout.paid());
    let full = payout.agreed.zip(payout.adjustment).and_then(|(agreed, more)| agreed.checked_add(more));
    let fulls = full.map(divided);
    let bounds: Option<Vec<Money>> = fulls.as_ref().map(|fulls| {
        let of_each = years.iter().zip(fulls);
        of_each.map(|((_, days), full)| bound_part(life, (commitment, &payout.pace), *days, *full)).collect()
    });
    let is_all_bound = bounds == fulls;
    // What nothing makes good is still to be paid.
    let settled = payout.left.filter(|_| payout.is_settled()).unwrap_or_default();
    let settled = payout.paid().checked_add(settled);
    let settled_with = settled.zip(full).and_then(|(settled, full)| settled.checked_sub(full)).map(divided);
    let corrections = divided(payout.correction);
    let most = payout.left.and_then(|left| payout.paid().checked_add(left)).map(divided);
    let cost = |index: usize| -> Option<Money> {
        let paid = *outcome.get(index)?;
        let (Some(bounds), Some(fulls)) = (&bounds, &fulls) else { return Some(paid) };
        let (bound, full) = (*bounds.get(index)?, *fulls.get(index)?);
        if is_all_bound {
            return moved.get(index).copied();
        }
        if payout.is_settled() && bound == full {
            return settled_with.as_ref()?.get(index).copied();
        }
        let cost = if payout.is_settled() || payout.has_lapsed() {
            paid
        } else if payout.is_open_ceiling() {
            let most = most.as_ref().and_then(|most| most.get(index)).copied();
            most.map_or(bound.max(paid), |most| bound.max(paid).min(most))
        } else {
            let due = bound.checked_sub(*deducted.get(index)?)?;
            due.max(paid).checked_add(*corrections.get(index)?)?
        };
        cost.checked_sub(bound)
    };
    let all = years.iter().enumerate();
    all.map(|(index, (year, _))| {
        let at = |amounts: &[Money]| amounts.get(index).copied().unwrap_or_default();
        let beyond_bound = cost(index).unwrap_or_default();
        let lapsed = match (&bounds, is_all_bound) {
            (Some(bounds), false) if payout.has_lapsed() => at(bounds),
            (Some(_), false) => Money::ZERO,
            _ => at(&lapsed),
        };
        (*year, PaidInYear { outcome: at(&outcome), moved: at(&moved), beyond_bound, lapsed, is_cut })
    })
    .collect()
}

/// The years that bear a payout, each with its days of them: its own, or those that it covers.
fn in_years(payout: &Payout<'_>) -> Vec<(i32, Period)> {
    let covers = payout.covers;
    if covers.years().count() == 1 {
        return vec![(payout.year, covers)];
    }
    covers.years().filter_map(|year| Some((year, covers.in_year(year)?))).collect()
}

/// What a payout's days after `last` weigh in those years; nothing where it has none.
fn weights_after(
    payout: &Payout<'_>,
    years: &[(i32, Period)],
    last: NaiveDate,
) -> Option<Vec<(i32, Decimal)>> {
    let after = Period { start: last.succ_opt()?, end: NaiveDate::MAX };
    let weight = |days: &Period| after.overlap(days).map_or(Decimal::ZERO, |days| payout.pace.weight(days));
    let weights: Vec<_> = years.iter().map(|(year, days)| (*year, weight(days))).collect();
    weights.iter().any(|(_, weight)| *weight > Decimal::ZERO).then_some(weights)
}

/// An amount in years, as much in each as it weighs; the last takes what the others leave.
fn divided(payout: &Payout<'_>, years: &[(i32, Decimal)], amount: Money) -> Vec<Money> {
    let mut left = amount;
    let all: Decimal = years.iter().map(|(_, weight)| *weight).sum();
    let part = |weight: Decimal| {
        let share = amount.checked_factor(weight).and_then(|part| part.checked_divided(all));
        share.map(Money::rounded_to_ore).unwrap_or_default()
    };
    let is_last = |year: i32| years.len() == 1 || year == payout.covers.end.year();
    years
        .iter()
        .map(|(year, weight)| {
            let own = if is_last(*year) { left } else { part(*weight) };
            left = left.checked_sub(own).unwrap_or_default();
            own
        })
        .collect()
}

/// The part of an amount that is for days for which somebody is bound.
fn bound_part(
    life: &Life<'_>,
    (commitment, pace): (Commitment, &Pace),
    days: Period,
    amount: Money,
) -> Money {
    let degrees = life.degrees(days).into_iter();
    let bound = degrees.filter(|degree| commitment.max(degree.commitment).is_bound());
    let (bound, all): (Decimal, Decimal) =
        (bound.map(|degree| pace.weight(degree.period)).sum(), pace.weight(days));
    if bound == all {
        return amount;
    }
    let part = amount.checked_factor(bound).and_then(|part| part.checked_divided(all));
    part.map(Money::rounded_to_ore).unwrap_or_default()
}
