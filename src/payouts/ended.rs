//! What an early end does to payouts for the days after it.

use chrono::NaiveDate;

use super::doubt::Doubt;
use super::month_units::{month_units, part};
use super::payout::{Payout, Standing};
use crate::money::Money;

/// What an early end does to open payouts for days after it. One of which nothing is paid lapses, if it is for such days
/// alone. Of one for days on both sides, or that has been paid in part, the part up to the last day is counted, by months,
/// and no less than what has been paid: nobody has decided that the rest is to be paid.
pub(super) fn end_early(payouts: &mut [Payout<'_>], last: NaiveDate) {
    for payout in payouts.iter_mut().filter(|payout| payout.covers.end > last && !payout.is_settled()) {
        let paid = payout.paid();
        let to_pay = payout.to_pay;
        let before = to_pay.and_then(|to_pay| part(to_pay, payout.covers, last, month_units));
        let counted = before.map(|before| before.rounded_to_ore().max(paid));
        let undecided = to_pay.zip(counted).and_then(|(to_pay, counted)| to_pay.checked_sub(counted));
        payout.lapsed = undecided.unwrap_or_default().max(Money::ZERO);
        payout.to_pay = to_pay.and_then(|to_pay| to_pay.checked_sub(payout.lapsed));
        payout.left = payout.to_pay.and_then(|to_pay| to_pay.checked_sub(paid));
        if payout.covers.start > last && paid == Money::ZERO {
            payout.standing = Standing::Lapsed;
            payout.to_pay = Some(Money::ZERO);
            payout.left = Some(Money::ZERO);
            payout.doubts.clear();
        } else {
            payout.doubts.push(Doubt::EndedEarly { last, undecided: payout.lapsed });
        }
    }
}
