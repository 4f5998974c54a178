//! What is left of a ceiling. It is the most that can be paid in all, not what anybody owes: less is as it should be, and what
//! one payout uses, the others cannot.

use std::collections::BTreeMap;

use super::correction::{Difference, stay};
use super::payout::Payout;
use crate::money::Money;

/// A component, a year of it unless it is divided as a whole, and the receivers.
type Key<'a> = (&'a str, Option<i32>, Vec<&'a str>);

/// Holds the payouts of each ceiling within it. Gives what has been paid beyond one.
pub(super) fn hold(payouts: &mut [Payout<'_>]) -> Vec<Difference> {
    let mut ceilings: BTreeMap<Key<'_>, Vec<&mut Payout<'_>>> = BTreeMap::new();
    for payout in payouts.iter_mut().filter(|payout| payout.ceiling) {
        // A component's payouts, or those of one of its years where it is divided year by year; each receiver has its own part.
        let year = (!payout.is_of_component).then_some(payout.year);
        ceilings.entry((payout.funding, year, payout.payees.clone())).or_default().push(payout);
    }
    ceilings
        .into_values()
        .filter_map(|mut same| {
            settle_unknown(&mut same);
            hold_one(&mut same)
        })
        .collect()
}

/// What has been paid of a ceiling whose amount nobody knows is what it came to.
fn settle_unknown(same: &mut [&mut Payout<'_>]) {
    for one in same.iter_mut().filter(|one| one.to_pay.is_none() && one.is_settled()) {
        one.to_pay = Some(one.paid());
        one.left = Some(Money::ZERO);
    }
}

fn hold_one(same: &mut [&mut Payout<'_>]) -> Option<Difference> {
    let most = same
        .iter()
        .try_fold(Money::ZERO, |sum, one| sum.checked_add(one.to_pay?)?.checked_add(one.lapsed))?;
    let paid = same.iter().try_fold(Money::ZERO, |sum, one| sum.checked_add(one.paid()))?;
    let mut left = most.checked_sub(paid)?.max(Money::ZERO);
    // What would be left if no end came before its time.
    let mut left_uncut = left;
    for one in same.iter_mut() {
        let computed = one.to_pay?;
        let own = one.paid();
        if one.is_settled() {
            one.carried = own.checked_sub(computed)?;
            one.to_pay = Some(own);
            one.left = Some(Money::ZERO);
        } else {
            let whole = computed.checked_add(one.lapsed)?;
            let uncut = whole.checked_sub(own)?.max(Money::ZERO).min(left_uncut);
            left_uncut = left_uncut.checked_sub(uncut)?;
            let open = computed.checked_sub(own)?.max(Money::ZERO).min(left);
            left = left.checked_sub(open)?;
            let to_pay = own.checked_add(open)?;
            // The end takes away only what the ceiling had left.
            one.take_away(uncut.checked_sub(open)?.max(Money::ZERO));
            one.correction = to_pay.checked_add(one.lapsed)?.checked_sub(whole)?;
            one.to_pay = Some(to_pay);
            one.left = Some(open);
        }
    }
    let amount = most.checked_sub(paid)?;
    let last = same.iter_mut().rev().find(|one| one.paid() > Money::ZERO).filter(|_| amount < Money::ZERO)?;
    stay(last, amount);
    Some(Difference {
        payout: last.id.clone(),
        should_be: last.paid().checked_add(amount)?,
        paid: last.paid(),
        amount,
        goes_to: Vec::new(),
        unplaced: amount,
        likely: None,
        place: last.payments.last()?.place(),
    })
}
