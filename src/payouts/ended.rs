//! What an early end does to payouts for the days after it.

use chrono::NaiveDate;

use super::doubt::Doubt;
use super::payout::{Payout, Standing};
use crate::money::Money;

/// What an early end does to payouts for days after it. One of which nothing is paid lapses, if it is for such days alone;
/// how much there is to pay of one for days on both sides is open. What has been paid of one that is settled is what it
/// came to: nobody can say here that the rest is owed.
pub(super) fn end_early(payouts: &mut [Payout<'_>], last: NaiveDate) {
    for payout in payouts.iter_mut().filter(|payout| payout.covers.end > last) {
        let short = payout.to_pay.and_then(|to_pay| to_pay.checked_sub(payout.paid())).unwrap_or_default();
        if payout.is_settled() {
            if !payout.ceiling && short > Money::ZERO {
                payout.lapsed = short;
                payout.to_pay = Some(payout.paid());
            }
        } else if payout.covers.start > last && payout.paid() == Money::ZERO {
            payout.lapsed = short;
            payout.standing = Standing::Lapsed;
            payout.to_pay = Some(Money::ZERO);
            payout.left = Some(Money::ZERO);
            payout.doubts.clear();
        } else {
            payout.doubts.push(Doubt::EndedEarly { last });
        }
    }
}
