//! Who receive an amount, and the part of each of several.

use rust_decimal::Decimal;

use super::agreed::{amount_of, per_stretch};
use super::split::{Size, by_weight, exact};
use crate::agreement::{Agreement, Funding, RateUnit, Receiver, Remainder, Role};
use crate::money::{Money, Percent};
use crate::term::MoneyTime;

/// Who receive a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receivers<'a> {
    /// Their party keys, in the order of the file; none where the agreement has several organisations and names none.
    pub keys: Vec<&'a str>,
    /// What the part of each weighs, where the agreement says how the component is divided.
    pub weights: Option<Vec<Decimal>>,
}

/// Why a division cannot be what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DivisionFault {
    /// One receiver is named and several are.
    Twice,
    /// Nobody shares it with the one that is named.
    Alone,
    /// Some have a share and some an amount, or nothing, or one has both.
    Mixed,
    /// The shares make another sum than a hundred per cent.
    Shares(Decimal),
    /// The amounts make the first sum, and the component is the second, for each such stretch of time where a rate counts it.
    Amounts(Money, Money, Option<RateUnit>),
}

/// The receivers of a component: those that are named, or the only one on the civil-society side. What contradicts itself is
/// for all of them together.
#[must_use]
pub fn receivers<'a>(agreement: &'a Agreement, funding: &'a Funding, time: MoneyTime) -> Receivers<'a> {
    let mut keys: Vec<&str> = funding.payees.keys().map(String::as_str).collect();
    if let Some(payee) = funding.payee.as_deref().filter(|payee| !keys.contains(payee)) {
        keys.push(payee);
    }
    if keys.is_empty() {
        let mut civil = agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety);
        keys.extend(civil.next().filter(|_| civil.next().is_none()).map(|(key, _)| key.as_str()));
    }
    Receivers { keys, weights: division(funding, time).ok().flatten() }
}

/// What the part of each of several receivers weighs; nothing where they have the component together.
///
/// # Errors
///
/// Where what the agreement says of it contradicts itself.
pub fn division(funding: &Funding, time: MoneyTime) -> Result<Option<Vec<Decimal>>, DivisionFault> {
    let all = &funding.payees;
    match all.len() {
        0 => return Ok(None),
        _ if funding.payee.is_some() => return Err(DivisionFault::Twice),
        1 => return Err(DivisionFault::Alone),
        _ => {}
    }
    let is_plain = |one: &Receiver| one.share.is_none() && one.amount.is_none();
    if all.values().all(is_plain) {
        return Ok(None);
    }
    let shares: Option<Vec<Decimal>> =
        all.values().map(|one| one.share.filter(|_| one.amount.is_none()).map(Percent::decimal)).collect();
    if let Some(shares) = shares {
        let sum = sum_of(&shares).unwrap_or_default();
        return if sum == Decimal::ONE_HUNDRED { Ok(Some(shares)) } else { Err(DivisionFault::Shares(sum)) };
    }
    let amounts: Option<Vec<Money>> =
        all.values().map(|one| one.amount.filter(|_| one.share.is_none())).collect();
    let amounts = amounts.ok_or(DivisionFault::Mixed)?;
    let sum = amounts.iter().copied().try_fold(Money::ZERO, Money::checked_add).unwrap_or_default();
    let whole = match per_stretch(funding) {
        Some((whole, per)) => Some((whole, Some(per))),
        None => amount_of(funding, time).map(|whole| (whole, None)),
    };
    match whole.filter(|(whole, _)| *whole != sum) {
        Some((whole, per)) => Err(DivisionFault::Amounts(sum, whole, per)),
        None => Ok(Some(amounts.into_iter().map(Money::decimal).collect())),
    }
}

/// What an organisation gets of a component, and whether others have it together with that one; nothing where it gets none, or
/// nobody knows how much the component is.
#[must_use]
pub fn part_of(
    agreement: &Agreement,
    funding: &Funding,
    time: MoneyTime,
    key: &str,
) -> Option<(Money, bool)> {
    let Receivers { keys, weights } = receivers(agreement, funding, time);
    let whole = amount_of(funding, time)?;
    let position = keys.iter().position(|one| *one == key);
    match (position, weights) {
        (Some(position), Some(weights)) => {
            let parts = by_weight(whole, &weights, Remainder::Last)?;
            Some((parts.get(position).copied()?, false))
        }
        (Some(_), None) => Some((whole, keys.len() > 1)),
        (None, _) => keys.is_empty().then_some((whole, true)),
    }
}

fn sum_of(numbers: &[Decimal]) -> Option<Decimal> {
    numbers.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one))
}

/// What one receiver, or several together, have of a sum that a plan divides.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    pub(super) payees: Vec<&'a str>,
    pub(super) agreed: Option<Money>,
    pub(super) payable: Option<Money>,
}

/// The division of a component's sums, in order of time: what each has of all of them is its part of their sum, to the öre.
#[derive(Clone)]
pub(super) struct Division<'a> {
    receivers: Receivers<'a>,
    /// The sums so far, and what each has had of them.
    sum: Money,
    given: Vec<Money>,
}

impl<'a> Division<'a> {
    pub(super) fn new(receivers: Receivers<'a>) -> Self {
        let given = vec![Money::ZERO; receivers.keys.len()];
        Self { receivers, sum: Money::ZERO, given }
    }

    /// The parts of the next sum, as agreed and with its adjustment; not rounded where each payout is.
    pub(super) fn next(
        &mut self,
        agreed: Option<Money>,
        payable: Option<Money>,
        rounds_payouts: bool,
    ) -> Vec<Part<'a>> {
        let Some(weights) = self.receivers.weights.clone() else {
            return vec![Part { payees: self.receivers.keys.clone(), agreed, payable }];
        };
        let parts = agreed.and_then(|agreed| self.agreed(agreed, &weights));
        let adjusted = parts.as_ref().zip(agreed.zip(payable)).and_then(|(parts, (agreed, payable))| {
            let sizes: Vec<Size> = parts.iter().copied().map(Size::Fixed).collect();
            let weights: Vec<Decimal> = parts.iter().map(|part| part.decimal()).collect();
            match () {
                () if payable == agreed => Some(parts.clone()),
                () if rounds_payouts => exact(payable, agreed, &sizes),
                () => by_weight(payable, &weights, Remainder::Last),
            }
        });
        let part =
            |parts: &Option<Vec<Money>>, at: usize| parts.as_ref().and_then(|parts| parts.get(at)).copied();
        let keys = self.receivers.keys.iter().enumerate();
        keys.map(|(at, key)| Part {
            payees: vec![*key],
            agreed: part(&parts, at),
            payable: part(&adjusted, at),
        })
        .collect()
    }

    fn agreed(&mut self, agreed: Money, weights: &[Decimal]) -> Option<Vec<Money>> {
        let all = sum_of(weights)?;
        let count = weights.len();
        self.sum = self.sum.checked_add(agreed)?;
        let mut left = agreed;
        let mut parts = Vec::with_capacity(count);
        for (position, (weight, given)) in weights.iter().zip(&mut self.given).enumerate() {
            let so_far = if all.is_zero() {
                self.sum.checked_divided(Decimal::from(count))?
            } else {
                self.sum.checked_factor(*weight)?.checked_divided(all)?
            };
            let own = so_far.rounded_to_ore().checked_sub(*given)?.max(Money::ZERO).min(left);
            let part = if position + 1 == count { left } else { own };
            left = left.checked_sub(part)?;
            *given = given.checked_add(part)?;
            parts.push(part);
        }
        Some(parts)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn divided(weights: &[Decimal], sums: &[Money]) -> Vec<Vec<Money>> {
        let keys = ["a", "b", "c", "d", "e"].into_iter().take(weights.len()).collect();
        let mut division = Division::new(Receivers { keys, weights: Some(weights.to_vec()) });
        let parts = sums.iter().map(|sum| division.next(Some(*sum), Some(*sum), false));
        parts.map(|parts| parts.into_iter().map(|part| part.agreed.unwrap()).collect()).collect()
    }

    #[test]
    fn stated_amounts_are_what_they_say_when_all_is_divided() {
        // 333 333,33 a year for three years, of which the first has 500 000: 166 666,67 and so on, and then what is left.
        let ore = [33_333_333, 33_333_333, 33_333_334].map(Money::ore);
        let parts = divided(&[500_000, 500_000].map(Decimal::from), &ore);
        let first: Vec<Money> = parts.iter().map(|parts| parts[0]).collect();
        assert_eq!(first, [16_666_667, 16_666_666, 16_666_667].map(Money::ore));
    }

    proptest! {
        #[test]
        fn the_parts_of_each_sum_make_it_and_those_of_each_receiver_its_part(
            weights in prop::collection::vec(1_i64..1_000_000, 2..6),
            sums in prop::collection::vec(10_000_i64..100_000_000_000, 1..8),
        ) {
            let weights: Vec<Decimal> = weights.into_iter().map(Decimal::from).collect();
            let sums: Vec<Money> = sums.into_iter().map(Money::ore).collect();
            let all = divided(&weights, &sums);
            let add = |sum: Money, part: &Money| sum.checked_add(*part).unwrap();
            for (parts, sum) in all.iter().zip(&sums) {
                prop_assert_eq!(parts.iter().fold(Money::ZERO, add), *sum);
                prop_assert!(parts.iter().all(|part| *part >= Money::ZERO));
            }
            let total = sums.iter().fold(Money::ZERO, add);
            let weight: Decimal = weights.iter().sum();
            for (position, own) in weights.iter().enumerate() {
                let got = all.iter().map(|parts| parts[position]).fold(Money::ZERO, |sum, part| add(sum, &part));
                let exact = total.decimal() * own / weight;
                prop_assert!((got.decimal() - exact).abs() < Decimal::new(3, 2));
            }
        }
    }
}
