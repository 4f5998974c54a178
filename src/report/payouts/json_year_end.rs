//! The end of a year for programs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::PayoutReport;
use crate::money::Money;
use crate::payouts::Entering;
use crate::report::codes;

/// The end of a year for programs.
#[derive(Serialize)]
pub(super) struct YearEndItem<'a> {
    year: i32,
    /// Entries of costs below this are summed up in `below_limit`.
    limit: Option<String>,
    /// What has been earned of all payouts that the municipality bears, without what belongs to none.
    earned: String,
    paid: String,
    /// `earned` without `paid`: what accrued costs and debts come to without prepaid costs and claims.
    difference: String,
    prepaid: String,
    accrued: String,
    supplier_debts: String,
    claims: String,
    entries: Vec<EntryItem<'a>>,
    below_limit: Vec<BelowItem>,
    /// The agreements of which nobody knows what has been paid: nothing of them is here.
    unknown: Vec<&'a str>,
}

#[derive(Serialize)]
struct EntryItem<'a> {
    kind: &'static str,
    agreement: &'a str,
    payout: &'a str,
    receiver: String,
    codes: BTreeMap<&'a str, &'a str>,
    covers_from: NaiveDate,
    covers_to: NaiveDate,
    voucher: Option<VoucherItem<'a>>,
    amount: String,
}

#[derive(Serialize)]
struct VoucherItem<'a> {
    /// The table in the agreement's records.
    table: &'static str,
    key: &'a str,
    number: Option<&'a str>,
    date: NaiveDate,
}

#[derive(Serialize)]
struct BelowItem {
    kind: &'static str,
    count: usize,
    amount: String,
}

impl PayoutReport<'_> {
    pub(super) fn year_end_item(&self, year: i32) -> YearEndItem<'_> {
        let end = self.computed(year);
        let sum = |kind| end.sum(kind).plain();
        YearEndItem {
            year,
            limit: end.limit.map(Money::plain),
            earned: end.earned.plain(),
            paid: end.paid.plain(),
            difference: end.difference().plain(),
            prepaid: sum(Entering::Prepaid),
            accrued: sum(Entering::Accrued),
            supplier_debts: sum(Entering::SupplierDebt),
            claims: sum(Entering::Claim),
            entries: end
                .entries
                .iter()
                .map(|entry| EntryItem {
                    kind: entry.kind.word(),
                    agreement: entry.id,
                    payout: &entry.payout.id,
                    receiver: entry.receiver(),
                    codes: codes::by_key(self.register, &entry.codes),
                    covers_from: entry.covers().start,
                    covers_to: entry.covers().end,
                    voucher: entry.voucher.map(|one| VoucherItem {
                        table: one.table,
                        key: one.key,
                        number: one.number,
                        date: one.date,
                    }),
                    amount: entry.amount.plain(),
                })
                .collect(),
            below_limit: end
                .below
                .iter()
                .map(|(kind, below)| BelowItem {
                    kind: kind.word(),
                    count: below.count,
                    amount: below.amount.plain(),
                })
                .collect(),
            unknown: end.blind,
        }
    }
}
