//! Fixed amounts in a plan, shared by the components that it pays.

use std::collections::BTreeMap;

use super::split::Size;
use super::whole::{Planned, Whole};
use crate::agreement::PayoutPlan;
use crate::money::Money;

/// A fixed amount in a plan belongs to the sum of all components that the plan pays at the same time. Each takes its
/// share in proportion to what is agreed; the shares make the fixed amount to the öre.
#[derive(Default)]
pub(super) struct FixedAmounts<'a> {
    /// The agreed sum, by plan and, unless whole components are paid, year.
    sums: BTreeMap<(&'a str, i32), Money>,
    /// For each component, and each part of one that its receivers divide, that sum before it and with it.
    up_to: BTreeMap<(&'a str, i32, &'a str, usize), (Money, Money)>,
}

impl<'a> FixedAmounts<'a> {
    pub(super) fn of(wholes: &[Planned<'a, '_>]) -> Self {
        let mut all = Self::default();
        // By key, so that the order in the file does not matter.
        let mut wholes: Vec<&Planned<'a, '_>> = wholes.iter().collect();
        wholes.sort_by_key(|(_, whole)| whole.key);
        for (plan, whole) in wholes {
            let Some(key) = Self::key(*plan, whole) else { continue };
            for (position, agreed) in whole.parts.iter().map(|part| part.agreed).enumerate() {
                let Some(agreed) = agreed else { continue };
                let sum = all.sums.entry(key).or_default();
                let before = *sum;
                *sum = sum.checked_add(agreed).unwrap_or(*sum);
                all.up_to.insert((key.0, key.1, whole.key, position), (before, *sum));
            }
        }
        all
    }

    fn key(plan: Option<(&'a str, &'a PayoutPlan)>, whole: &Whole<'a, '_>) -> Option<(&'a str, i32)> {
        let (name, _) = plan?;
        Some((name, if whole.is_component { 0 } else { whole.year }))
    }

    /// A plan's part's size for one component, or for the part of it that some receivers have.
    pub(super) fn size(&self, (plan, whole): &Planned<'a, '_>, position: usize, size: Size) -> Size {
        let Size::Fixed(amount) = size else { return size };
        let share = || {
            let key = Self::key(*plan, whole)?;
            let sum = self.sums.get(&key)?.decimal();
            let (before, after) = self.up_to.get(&(key.0, key.1, whole.key, position))?;
            let taken = |agreed: &Money| {
                if sum.is_zero() {
                    Some(Money::ZERO)
                } else {
                    Some(amount.checked_factor(agreed.decimal())?.checked_divided(sum)?.rounded_to_ore())
                }
            };
            taken(after)?.checked_sub(taken(before)?)
        };
        share().map_or(size, Size::Fixed)
    }
}
