//! The figures of a payout that tables and JSON share.

use crate::money::Money;
use crate::payouts::Payout;
use crate::report::certainty::Certainties;

/// A figure of a payout.
pub(super) type Figure = fn(&Payout<'_>) -> Option<Money>;

/// What stands for a sum that nobody knows.
pub(super) const UNKNOWN: &str = "ej känt";

/// How firm a payout is. Where nobody knows what has been paid, no sum is definite.
pub(super) fn certainty(payout: &Payout<'_>, is_blind: bool) -> Certainties {
    Certainties::of_payout(payout).as_far_as_known(is_blind)
}

/// What comes from other payouts, and what goes to them.
pub(super) fn moved(payout: &Payout<'_>) -> Option<Money> {
    payout.correction.checked_add(payout.carried)
}
