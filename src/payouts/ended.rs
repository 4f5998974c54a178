//! What an early end does to payouts for the days after it, and what becomes of those for time that cannot come.

use chrono::NaiveDate;

use super::doubt::{AfterEnd, Doubt, NotExtended};
use super::payout::{Payout, Settlement};
use crate::date::Period;
use crate::money::Money;
use crate::term::{Commitment, EarlyEnd};

/// What lets days not come that payouts are for.
pub(super) enum Cut<'b> {
    /// The agreement ends before its time.
    Early(&'b EarlyEnd),
    /// It is not extended by these days, as its text made possible.
    NotExtended(Period, NotExtended),
}

impl Cut<'_> {
    /// The last day that comes before those days.
    fn last(&self) -> Option<NaiveDate> {
        match self {
            Self::Early(end) => Some(end.day),
            Self::NotExtended(days, _) => days.start.pred_opt(),
        }
    }

    /// Whether some of the days that a payout is for do not come.
    pub(super) fn concerns(&self, payout: &Payout<'_>) -> bool {
        match self {
            Self::Early(end) => payout.covers.end > end.day,
            Self::NotExtended(days, _) => payout.covers.overlap(days).is_some(),
        }
    }
}

/// What an early end does to open payouts for days after it. One of which nothing is paid lapses, if it is for such days
/// alone. Of one for days on both sides, or that has been paid in part, the part up to the last day is counted, by its pace,
/// and no less than what has been paid: nobody has decided that the rest is to be paid.
pub(super) fn end_early(payouts: &mut [Payout<'_>], end: &EarlyEnd, standing: Commitment) {
    let last = end.day;
    let how = end.how(standing);
    let after = payouts.iter_mut().filter(|payout| payout.covers.end > last);
    take_away(after, last, |payout, amount| {
        payout.lapsed_by = end.commitment.max(payout.commitment);
        let rest = if payout.has_lapsed() { AfterEnd::Lapsed } else { AfterEnd::Undecided };
        Doubt::EndedEarly { last, amount, rest, how: how.clone() }
    });
}

/// What becomes of a payout for days that do not come that was settled with `missing` less than it came to: as much of that as is
/// for those days lapses. Returns what is still owed.
pub(super) fn lapse_missing(
    payout: &mut Payout<'_>,
    cut: &Cut<'_>,
    standing: Commitment,
    missing: Money,
) -> Option<Money> {
    let last = cut.last()?;
    let whole = payout.due_sum()?;
    let before = payout.up_to(whole, payout.deducted_after(last), last)?;
    let lapsed = missing.min(whole.checked_sub(before)?);
    if lapsed != Money::ZERO {
        payout.carried = payout.carried.checked_add(lapsed)?;
        payout.lapsed = lapsed;
        payout.doubts.push(match cut {
            Cut::Early(end) => {
                Doubt::EndedEarly { last, amount: lapsed, rest: AfterEnd::NotPaid, how: end.how(standing) }
            }
            Cut::NotExtended(_, why) => Doubt::NotExtendedAfter { last, amount: lapsed, why: *why },
        });
    }
    missing.checked_sub(lapsed)
}

/// How much of what has been paid of a payout is for days after `last`.
#[must_use]
pub fn paid_after(payout: &Payout<'_>, last: NaiveDate) -> Option<Money> {
    let paid = payout.paid();
    paid.checked_sub(payout.up_to(paid, payout.repaid_after(last), last)?)
}

/// The same for days that a renewal or an option would have brought, and that cannot come any more.
pub(super) fn lapse(payouts: &mut [Payout<'_>], days: Period, why: NotExtended, standing: Commitment) {
    let Some(last) = days.start.pred_opt() else { return };
    let within = payouts.iter_mut().filter(|payout| payout.covers.overlap(&days).is_some());
    take_away(within, last, |payout, amount| {
        payout.lapsed_by = standing;
        Doubt::NotExtendedAfter { last, amount, why }
    });
}

fn take_away<'b, 'a: 'b>(
    payouts: impl Iterator<Item = &'b mut Payout<'a>>,
    last: NaiveDate,
    doubt: impl Fn(&mut Payout<'a>, Money) -> Doubt<'a>,
) {
    for payout in payouts.filter(|payout| !payout.is_settled()) {
        let paid = payout.paid();
        let to_pay = payout.to_pay;
        let before = to_pay.and_then(|to_pay| payout.up_to(to_pay, payout.deducted_after(last), last));
        let counted = before.map(|before| before.max(paid));
        let rest = to_pay.zip(counted).and_then(|(to_pay, counted)| to_pay.checked_sub(counted));
        // Less than nothing where more has been paid in part than it came to.
        payout.lapsed = rest.unwrap_or_default();
        payout.to_pay = to_pay.and(counted);
        payout.left = payout.to_pay.and_then(|to_pay| to_pay.checked_sub(paid));
        if payout.covers.start > last && paid == Money::ZERO {
            payout.settlement = Settlement::Lapsed;
            payout.to_pay = Some(Money::ZERO);
            payout.left = Some(Money::ZERO);
            // That nothing is to be paid rests on nothing else.
            payout.doubts.clear();
        }
        let doubt = doubt(payout, payout.lapsed.max(Money::ZERO));
        payout.doubts.push(doubt);
    }
}
