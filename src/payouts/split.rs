//! Parts of a sum that make the whole, to the öre.

use rust_decimal::Decimal;

use crate::agreement::Remainder;
use crate::money::Money;

/// How large a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// So much of the whole in relation to the other parts that have a weight.
    Weight(Decimal),
    /// A percentage of the whole.
    Share(Decimal),
    /// An amount that is not adjusted.
    Fixed(Money),
    /// What the other parts leave.
    Rest,
}

/// A sum that a payout is a part of, and what the payout weighs of what all its parts weigh, where these make it without a
/// rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOf {
    /// The sum, with its adjustment.
    pub whole: Money,
    /// The payout's weight and that of all.
    pub weight: Option<(Decimal, Decimal)>,
}

/// The parts of `whole`, in order, in whole öre. With a rest, shares and fixed amounts are what they say and the rest
/// is what they leave; without one, the parts are in proportion and make the whole. `agreed` is the whole before
/// adjustment, to which fixed amounts belong. Nothing where a number does not fit.
pub(super) fn split(whole: Money, agreed: Money, sizes: &[Size], remainder: Remainder) -> Option<Vec<Money>> {
    if sizes.contains(&Size::Rest) {
        return with_rest(whole, sizes);
    }
    by_weight(whole, &weights(agreed, sizes)?, remainder)
}

/// The same parts before anything is rounded.
pub(super) fn exact(whole: Money, agreed: Money, sizes: &[Size]) -> Option<Vec<Money>> {
    if !sizes.contains(&Size::Rest) {
        let weights = weights(agreed, sizes)?;
        return proportions(whole, &weights);
    }
    let (mut parts, left) = stated_parts(whole, sizes, |part| part)?;
    let rests = Decimal::from(sizes.iter().filter(|size| **size == Size::Rest).count());
    for (part, _) in parts.iter_mut().zip(sizes).filter(|(_, size)| **size == Size::Rest) {
        *part = left.checked_divided(rests)?;
    }
    Some(parts)
}

/// What a part says that it is; nothing yet for what is divided by weight or left over.
fn stated(whole: Money, size: Size) -> Option<Money> {
    match size {
        Size::Share(share) => whole.checked_factor(share.checked_div(Decimal::ONE_HUNDRED)?),
        Size::Fixed(amount) => Some(amount),
        Size::Weight(_) | Size::Rest => Some(Money::ZERO),
    }
}

/// How parts without a rest weigh in relation to each other.
pub(super) fn weights(agreed: Money, sizes: &[Size]) -> Option<Vec<Decimal>> {
    let weight = |size: &Size| match size {
        Size::Weight(weight) => Some(*weight),
        other => stated(agreed, *other).map(Money::decimal),
    };
    sizes.iter().map(weight).collect()
}

/// What each part takes in order, and what they leave: a fixed amount or share never takes more than is left.
fn stated_parts(
    whole: Money,
    sizes: &[Size],
    rounded: impl Fn(Money) -> Money,
) -> Option<(Vec<Money>, Money)> {
    let mut left = whole;
    let mut parts = Vec::with_capacity(sizes.len());
    for size in sizes {
        let part = within(rounded(stated(whole, *size)?), left);
        left = left.checked_sub(part)?;
        parts.push(part);
    }
    Some((parts, left))
}

/// The parts rounded to öre; several rests share what remains.
fn with_rest(whole: Money, sizes: &[Size]) -> Option<Vec<Money>> {
    let (mut parts, left) = stated_parts(whole, sizes, Money::rounded_to_ore)?;
    let rests: Vec<usize> = (0..sizes.len()).filter(|index| sizes.get(*index) == Some(&Size::Rest)).collect();
    let shared = by_weight(left, &vec![Decimal::ONE; rests.len()], Remainder::Last)?;
    for (index, part) in rests.into_iter().zip(shared) {
        *parts.get_mut(index)? = part;
    }
    Some(parts)
}

/// In proportion to the weights; evenly where they are all 0.
pub(super) fn by_weight(whole: Money, weights: &[Decimal], remainder: Remainder) -> Option<Vec<Money>> {
    match remainder {
        Remainder::Last => last_takes_rest(whole, &proportions(whole, weights)?),
        Remainder::LargestRemainder => largest_remainder(whole, weights),
    }
}

fn proportions(whole: Money, weights: &[Decimal]) -> Option<Vec<Money>> {
    let sum = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
    let is_even = sum <= Decimal::ZERO;
    let sum = if is_even { Decimal::from(weights.len()) } else { sum };
    let weight = |weight: &Decimal| if is_even { Decimal::ONE } else { *weight };
    weights.iter().map(|one| whole.checked_factor(weight(one))?.checked_divided(sum)).collect()
}

/// A part that is no more than what is left; of a negative sum no less.
fn within(part: Money, left: Money) -> Money {
    if left < Money::ZERO { part.max(left) } else { part.min(left) }
}

fn last_takes_rest(whole: Money, exact: &[Money]) -> Option<Vec<Money>> {
    let mut left = whole;
    let mut parts = Vec::with_capacity(exact.len());
    for (position, part) in exact.iter().enumerate() {
        // Half up can take an öre more than there is of a very small sum.
        let part = if position + 1 == exact.len() { left } else { within(part.rounded_to_ore(), left) };
        left = left.checked_sub(part)?;
        parts.push(part);
    }
    Some(parts)
}

/// What each part has lost by being cut, in any unit: as the remainder of a division of whole numbers where the weights
/// are whole, since decimals would make equal losses unequal.
fn losses(whole: Money, weights: &[Decimal], exact: &[Money], parts: &[Money]) -> Vec<Decimal> {
    let remainders = || {
        let sum = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
        let ore = whole.decimal().checked_mul(Decimal::ONE_HUNDRED)?.trunc();
        let is_whole =
            |number: &Decimal| number.fract().is_zero() && number.abs() < Decimal::from(10_u64.pow(13));
        if !weights.iter().chain([&ore]).all(is_whole) {
            return None;
        }
        weights
            .iter()
            .map(|weight| ore.checked_mul(*weight)?.checked_rem(sum))
            .collect::<Option<Vec<Decimal>>>()
    };
    // Weights that are no decimals make equal losses unequal in their last digits.
    let cut = exact.iter().zip(parts).map(|(exact, part)| (exact.decimal() - part.decimal()).round_dp(12));
    remainders().unwrap_or_else(|| cut.collect())
}

/// Each part rounded down; then one öre each to the parts that lost most, the earlier first.
fn largest_remainder(whole: Money, weights: &[Decimal]) -> Option<Vec<Money>> {
    let exact = proportions(whole, weights)?;
    let mut parts: Vec<Money> = exact.iter().map(|part| part.cut_to_ore()).collect();
    let sum = parts.iter().copied().try_fold(Money::ZERO, Money::checked_add)?;
    let mut left = whole.checked_sub(sum)?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let losses = losses(whole, weights, &exact, &parts);
    order.sort_by(|one, other| losses.get(*other).cmp(&losses.get(*one)));
    let ore = Money::ore(1);
    for index in order {
        if left < ore {
            break;
        }
        let part = parts.get_mut(index)?;
        *part = part.checked_add(ore)?;
        left = left.checked_sub(ore)?;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn shown(parts: &[Money]) -> Vec<String> {
        parts.iter().map(|part| part.decimal().normalize().to_string()).collect()
    }

    #[test]
    fn the_rest_is_what_the_share_leaves() {
        let whole = money("900000");
        let sizes = [Size::Share(Decimal::new(3333, 2)), Size::Rest];
        // 900 000 × 33,33 % = 299 970, and 900 000 − 299 970 = 600 030.
        assert_eq!(shown(&split(whole, whole, &sizes, Remainder::Last).unwrap()), ["299970", "600030"]);
    }

    #[test]
    fn the_ore_that_does_not_divide_goes_where_the_agreement_says() {
        let whole = money("100000");
        let thirds = [Size::Weight(Decimal::ONE); 3];
        let last = split(whole, whole, &thirds, Remainder::Last).unwrap();
        assert_eq!(shown(&last), ["33333.33", "33333.33", "33333.34"]);
        let largest = split(whole, whole, &thirds, Remainder::LargestRemainder).unwrap();
        assert_eq!(shown(&largest), ["33333.34", "33333.33", "33333.33"]);
    }

    #[test]
    fn of_equal_losses_the_earlier_is_made_good() {
        // 21 461 723 by 5, 5 and 2: each part loses a third of an öre.
        let weights = [5, 5, 2].map(Decimal::from);
        let parts = by_weight(money("21461723"), &weights, Remainder::LargestRemainder).unwrap();
        assert_eq!(shown(&parts), ["8942384.59", "8942384.58", "3576953.83"]);
    }

    #[test]
    fn fixed_amounts_without_a_rest_grow_with_the_whole() {
        let sizes = [Size::Fixed(money("300000")), Size::Fixed(money("200000"))];
        // 510 000 is 500 000 adjusted by 2 per cent: 300 000 × 1,02 and 200 000 × 1,02.
        let parts = split(money("510000"), money("500000"), &sizes, Remainder::Last).unwrap();
        assert_eq!(shown(&parts), ["306000", "204000"]);
    }

    #[test]
    fn a_fixed_amount_takes_no_more_than_there_is() {
        let sizes = [Size::Fixed(money("300000")), Size::Rest];
        let parts = split(money("250000"), money("250000"), &sizes, Remainder::Last).unwrap();
        assert_eq!(shown(&parts), ["250000", "0"]);
    }

    fn size() -> impl Strategy<Value = Size> {
        prop_oneof![
            (0_i64..100_000).prop_map(|weight| Size::Weight(Decimal::new(weight, 3))),
            (0_i64..15_000).prop_map(|share| Size::Share(Decimal::new(share, 2))),
            (0_i64..100_000_000).prop_map(|ore| Size::Fixed(Money::ore(ore))),
            Just(Size::Rest),
        ]
    }

    proptest! {
        #[test]
        fn parts_make_the_whole_and_none_is_negative(
            ore in 0_i64..100_000_000_000,
            sizes in prop::collection::vec(size(), 1..14),
            largest in any::<bool>(),
        ) {
            let whole = Money::ore(ore);
            let remainder = if largest { Remainder::LargestRemainder } else { Remainder::Last };
            let parts = split(whole, whole, &sizes, remainder).unwrap();
            let sum = parts.iter().copied().try_fold(Money::ZERO, Money::checked_add).unwrap();
            prop_assert_eq!(sum, whole);
            prop_assert!(parts.iter().all(|part| *part >= Money::ZERO));
            prop_assert!(parts.iter().all(|part| *part == part.rounded_to_ore()));
        }

        #[test]
        fn no_part_is_more_than_an_ore_from_its_exact_size(
            ore in 0_i64..100_000_000_000,
            weights in prop::collection::vec(1_i64..1000, 1..14),
        ) {
            let whole = Money::ore(ore);
            let weights: Vec<Decimal> = weights.into_iter().map(Decimal::from).collect();
            let sum: Decimal = weights.iter().sum();
            let parts = by_weight(whole, &weights, Remainder::LargestRemainder).unwrap();
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = whole.decimal() * weight / sum;
                prop_assert!((part.decimal() - exact).abs() < Decimal::new(1, 2));
            }
        }
    }
}
