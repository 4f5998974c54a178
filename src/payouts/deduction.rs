//! What is taken off payouts: reductions, repayments and credits on record. They are final, and no later payout makes them good.

use std::sync::Arc;

use chrono::NaiveDate;

use super::payout::{Deducted, Paid, Payout};
use crate::agreement::Agreement;
use crate::money::Money;
use crate::records::Deduction;
use crate::register::{Entry, Register, id_of};

/// The deductions of an agreement that count on a day, in the file's order.
fn counting<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    as_of: NaiveDate,
) -> impl Iterator<Item = (&'a Arc<str>, &'a str, &'a Deduction)> {
    let records = register.records.get(id_of(&entry.file)).into_iter();
    let all = records.flat_map(|records| {
        records.data.deduction.iter().map(|(key, one)| (&records.file, key.as_str(), one))
    });
    all.filter(move |(.., one)| one.date <= as_of)
}

/// Takes off what lowers the sums of payouts.
pub(super) fn deduct<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    payouts: &mut [Payout<'a>],
    as_of: NaiveDate,
) {
    for (file, key, one) in counting(register, entry, as_of).filter(|(.., one)| one.kind.lowers_the_sum()) {
        let Some(payout) = payouts.iter_mut().find(|payout| payout.id == one.payout) else { continue };
        let amount = payout.to_pay.map_or(one.amount, |to_pay| one.amount.min(to_pay));
        payout.to_pay = payout.to_pay.and_then(|to_pay| to_pay.checked_sub(amount));
        payout.left = payout.to_pay;
        payout.deductions.push(Deducted {
            file,
            key,
            kind: one.kind,
            date: one.date,
            amount,
            reason: &one.reason,
            decision: one.decision.as_deref(),
        });
    }
}

/// Takes what has come back from what has been paid.
pub(super) fn give_back<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    payouts: &mut [Payout<'a>],
    as_of: NaiveDate,
) {
    for (file, key, one) in counting(register, entry, as_of).filter(|(.., one)| one.kind.gives_back()) {
        let Some(payout) = payouts.iter_mut().find(|payout| payout.id == one.payout) else { continue };
        // Nothing comes back that has not been paid.
        let amount = one.amount.min(payout.paid());
        if let Some(amount) = Money::ZERO.checked_sub(amount) {
            let (date, voucher) = (one.date, one.voucher.as_deref());
            payout.payments.push(Paid { file, table: "deduction", key, date, amount, voucher });
        }
    }
}
