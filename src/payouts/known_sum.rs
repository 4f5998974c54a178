//! Sums of amounts of which some are not known.

use crate::money::Money;

/// The sum of what is known among `amounts`; nothing where it does not fit.
#[must_use]
pub fn sum(amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    amounts.flatten().try_fold(Money::ZERO, Money::checked_add)
}
