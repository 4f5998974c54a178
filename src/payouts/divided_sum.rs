//! What the payouts of a sum come to: as it was agreed, and with its adjustment.

use rust_decimal::Decimal;

use super::agreed::by_rate;
use super::fixed_amounts::FixedAmounts;
use super::instalment::Instalment;
use super::month_units::month_units;
use super::receivers::Part;
use super::split::{PartOf, Size, exact, split, weights};
use super::whole::{Planned, Whole};
use super::worth::worth;
use crate::agreement::Remainder;
use crate::date::Period;
use crate::money::Money;
use crate::term::MoneyTime;

/// What a payout comes to of a sum that is divided.
#[derive(Debug, Clone)]
pub(super) struct DividedPart {
    pub(super) size: Size,
    pub(super) agreed: Option<Money>,
    pub(super) payable: Option<Money>,
    /// The receiver's part of the sum.
    pub(super) whole: Option<Money>,
    /// What it is a part of: one sum, or several where its days are adjusted each by themselves.
    pub(super) of: Vec<PartOf>,
    /// Whether only the adjustment of its own days has made it what it is.
    pub(super) is_by_days: bool,
}

/// The payouts of what the receiver at a position, or several together, have of a sum, in order.
pub(super) fn divided_sum<'a>(
    planned: &Planned<'a, '_>,
    position: usize,
    found: &[Instalment<'a>],
    fixed: &FixedAmounts<'a>,
    (rule, time): (Remainder, MoneyTime),
) -> Option<Vec<DividedPart>> {
    let (_, whole) = planned;
    let part = whole.parts.get(position)?;
    let size = |one: &Instalment<'a>| fixed.size(planned, position, by_time(whole, one, time));
    let own: Vec<Size> = found.iter().map(size).collect();
    if let Some(parts) = by_pieces(whole, position, (&own, found), rule, time) {
        return Some(parts);
    }
    let agreed = part.agreed.and_then(|agreed| split(agreed, agreed, &own, rule));
    let sizes: Vec<Size> =
        own.iter().zip(found).map(|(size, one)| adjusted(whole, *size, one.covers)).collect();
    let payable = payable(whole, part, (&sizes, found, agreed.as_deref()), rule);
    let weights =
        part.agreed.filter(|_| !sizes.contains(&Size::Rest)).and_then(|agreed| weights(agreed, &sizes));
    let all = weights.as_ref().and_then(|weights| sum_of(weights.iter().copied()));
    let parts = own.iter().enumerate().map(|(at, size)| {
        let weight = weights.as_ref().and_then(|weights| weights.get(at)).copied().zip(all);
        DividedPart {
            size: *size,
            agreed: agreed.as_ref().and_then(|parts| parts.get(at)).copied(),
            payable: payable.as_ref().and_then(|parts| parts.get(at)).copied(),
            whole: part.payable,
            of: part.payable.map(|whole| PartOf { whole, weight }).into_iter().collect(),
            is_by_days: false,
        }
    });
    Some(parts.collect())
}

/// The same where the days of the sum are adjusted each by themselves and every payout is as large as its time is long: what is
/// known of some days holds whatever becomes known of others. Nothing where it is not so.
fn by_pieces(
    whole: &Whole<'_, '_>,
    position: usize,
    (sizes, found): (&[Size], &[Instalment<'_>]),
    rule: Remainder,
    time: MoneyTime,
) -> Option<Vec<DividedPart>> {
    let adjustment = whole.adjustment?;
    if whole.pieces.is_empty() || found.iter().all(|one| one.covers == whole.covers) {
        return None;
    }
    let mut weighed = Vec::new();
    for (days, _) in &whole.pieces {
        weighed.push(weights_in(whole, *days, (sizes, found), time)?);
    }
    let of_piece = |weights: &[(usize, Decimal)]| sum_of(weights.iter().map(|(_, weight)| *weight));
    let all = sum_of(weighed.iter().filter_map(|weights| of_piece(weights)))?;
    let mut own = whole.pieces.iter().map(|(_, parts)| parts.get(position)?.payable);
    let all_of_it = own.try_fold(Money::ZERO, |sum, one| sum.checked_add(one?));
    let none = |size: &Size| DividedPart {
        size: *size,
        agreed: Some(Money::ZERO),
        payable: Some(Money::ZERO),
        whole: all_of_it,
        of: Vec::new(),
        is_by_days: true,
    };
    let mut divided: Vec<DividedPart> = sizes.iter().map(none).collect();
    let weight_of_all = sum_of(adjustment.parts.iter().map(|part| part.weight))?;
    for (((_, parts), weights), adjusted) in whole.pieces.iter().zip(weighed).zip(&adjustment.parts) {
        let own = of_piece(&weights).filter(|own| *own > Decimal::ZERO)?;
        // Stretches of unequal length can be of one size: then the time is not what counts.
        let share = |of: Decimal, all: Decimal| Some(of.checked_div(all)?.round_dp(12));
        if share(own, all)? != share(adjusted.weight, weight_of_all)? {
            return None;
        }
        let part = parts.get(position)?;
        let (sum, agreed) = (part.payable?, part.agreed?);
        let sizes: Vec<Size> = weights.iter().map(|(_, weight)| Size::Weight(*weight)).collect();
        let sums = split(agreed, agreed, &sizes, rule)?.into_iter().zip(split(sum, agreed, &sizes, rule)?);
        for ((number, weight), (agreed, payable)) in weights.into_iter().zip(sums) {
            let one = divided.get_mut(number)?;
            one.agreed = one.agreed?.checked_add(agreed);
            one.payable = one.payable?.checked_add(payable);
            one.of.push(PartOf { whole: sum, weight: Some((weight, own)) });
        }
    }
    Some(divided)
}

/// The payouts that are for some of the days, by number, with what they weigh there. Nothing where one of them is no part by time.
fn weights_in(
    whole: &Whole<'_, '_>,
    days: Period,
    (sizes, found): (&[Size], &[Instalment<'_>]),
    time: MoneyTime,
) -> Option<Vec<(usize, Decimal)>> {
    let mut weights = Vec::new();
    for (number, (size, one)) in sizes.iter().zip(found).enumerate() {
        let Size::Weight(weight) = size else { return None };
        if let Some(own) = days.overlap(&one.covers) {
            weights.push((number, weight_of(whole, *weight, (own, one.covers), time)?));
        }
    }
    Some(weights)
}

/// What some of a payout's days weigh.
fn weight_of(
    whole: &Whole<'_, '_>,
    weight: Decimal,
    (days, covers): (Period, Period),
    time: MoneyTime,
) -> Option<Decimal> {
    if days == covers {
        return Some(weight);
    }
    if let Some(worth) = by_rate(whole.funding).and_then(|_| worth(whole.funding, time, days)) {
        return Some(worth.decimal());
    }
    weight.checked_mul(month_units(days))?.checked_div(month_units(covers))
}

fn sum_of(mut weights: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    weights.try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// A part of what is counted by a rate is what the rate says for its time.
fn by_time(whole: &Whole<'_, '_>, one: &Instalment<'_>, time: MoneyTime) -> Size {
    let by_rate = by_rate(whole.funding).and_then(|_| worth(whole.funding, time, one.covers));
    match (one.size, by_rate) {
        (Size::Weight(_), Some(worth)) => Size::Weight(worth.decimal()),
        _ => one.size,
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

/// The parts of what is to be paid. Where the agreement rounds each payout, the year's sum is that of its payouts; those for days
/// that are not adjusted are as they were agreed.
fn payable(
    whole: &Whole<'_, '_>,
    part: &Part<'_>,
    (sizes, found, as_agreed): (&[Size], &[Instalment<'_>], Option<&[Money]>),
    rule: Remainder,
) -> Option<Vec<Money>> {
    let (payable, agreed) = (part.payable?, part.agreed?);
    let Some(adjustment) = whole.rounds_payouts else { return split(payable, agreed, sizes, rule) };
    let unit = adjustment.round_to.unit();
    let is_as_agreed = |one: &Instalment<'_>| adjustment.factor_of(one.covers) == Some(Decimal::ONE);
    let parts = exact(payable, agreed, sizes)?.into_iter().zip(found).enumerate();
    let rounded = parts.map(|(position, (part, one))| {
        let own = as_agreed.and_then(|all| all.get(position)).filter(|_| is_as_agreed(one));
        own.copied().unwrap_or_else(|| part.rounded_to(unit))
    });
    Some(rounded.collect())
}
