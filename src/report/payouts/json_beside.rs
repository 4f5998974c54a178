//! What stands beside the payouts for programs: what has no known time, differences, payments, readings, and what is earned
//! when an agreement ends early.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, Earned, Payout, Reading};
use crate::report::certainty::Certainties;
use crate::report::parties::organisation;

/// A component without a known time, which is of no year.
#[derive(Serialize)]
pub(super) struct TimelessItem<'a> {
    funding: &'a str,
    payer: &'a str,
    agreed: Option<String>,
    ceiling: bool,
    file: &'a str,
    path: String,
    commitment: &'static str,
    #[serde(flatten)]
    row: RowOf,
}

/// What a row says of its agreement, and how firm it is.
#[derive(Serialize)]
struct RowOf {
    agreement_status: &'static str,
    organisation: String,
    certainty: Vec<&'static str>,
}

impl RowOf {
    fn new(agreement: &Agreement, certainty: &Certainties) -> Self {
        let (agreement_status, organisation) = (agreement.status.word(), organisation(agreement));
        Self { agreement_status, organisation, certainty: certainty.words() }
    }
}

#[derive(Serialize)]
pub(super) struct PaymentItem<'a> {
    key: &'a str,
    file: &'a str,
    path: String,
    date: NaiveDate,
    amount: String,
    voucher: Option<&'a str>,
}

/// What is taken off a payout.
#[derive(Serialize)]
pub(super) struct DeductionItem<'a> {
    key: &'a str,
    file: &'a str,
    path: String,
    kind: &'static str,
    date: NaiveDate,
    /// How much less is to be paid.
    amount: String,
    reason: &'a str,
    decision: Option<&'a str>,
}

/// A payment that belongs to no payout, which no sum holds.
#[derive(Serialize)]
pub(super) struct UnmatchedItem<'a> {
    #[serde(flatten)]
    payment: PaymentItem<'a>,
    #[serde(flatten)]
    row: RowOf,
}

#[derive(Serialize)]
pub(super) struct DifferenceItem<'a> {
    payout: &'a str,
    should_be: String,
    paid: String,
    difference: String,
    goes_to: &'a [String],
    unplaced: String,
    #[serde(flatten)]
    row: RowOf,
}

#[derive(Serialize)]
pub(super) struct ReadingItem {
    amounts: &'static str,
    method: &'static str,
    years: Vec<ReadingYear>,
    total: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ReadingYear {
    year: i32,
    amount: Option<String>,
    commitment: &'static str,
    certainty: Vec<&'static str>,
    doubts: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct EarnedItem<'a> {
    funding: &'a str,
    last_day: NaiveDate,
    ceiling: bool,
    whole: Option<String>,
    paid: String,
    earned_by_days: Option<String>,
    earned_by_months: Option<String>,
    difference_by_days: Option<String>,
    difference_by_months: Option<String>,
    commitment: &'static str,
    certainty: Vec<&'static str>,
    doubts: Vec<String>,
}

pub(super) fn timeless<'a>(agreement: &Agreement, one: &'a payouts::WithoutTime<'_>) -> TimelessItem<'a> {
    TimelessItem {
        funding: one.funding,
        payer: one.payer,
        agreed: one.amount.map(Money::plain),
        ceiling: one.ceiling,
        file: &one.place.file,
        path: one.place.path.to_string(),
        commitment: one.commitment.word(),
        row: RowOf::new(agreement, &Certainties::of_timeless(one.commitment, one.ceiling)),
    }
}

pub(super) fn payment<'a>(paid: &payouts::Paid<'a>) -> PaymentItem<'a> {
    PaymentItem {
        key: paid.key,
        file: paid.file,
        path: paid.place().path.to_string(),
        date: paid.date,
        amount: paid.amount.plain(),
        voucher: paid.voucher,
    }
}

pub(super) fn deduction<'a>(one: &payouts::Deducted<'a>) -> DeductionItem<'a> {
    DeductionItem {
        key: one.key,
        file: one.file,
        path: one.place().path.to_string(),
        kind: one.kind.word(),
        date: one.date,
        amount: one.amount.plain(),
        reason: one.reason,
        decision: one.decision,
    }
}

pub(super) fn unmatched<'a>(agreement: &Agreement, paid: &payouts::Paid<'a>) -> UnmatchedItem<'a> {
    UnmatchedItem { payment: payment(paid), row: RowOf::new(agreement, &Certainties::of_paid()) }
}

/// A difference is as firm as the sum that should have been paid.
pub(super) fn difference<'a>(
    agreement: &Agreement,
    (payout, one): (&Payout<'_>, &'a payouts::Difference),
) -> DifferenceItem<'a> {
    let certainty = Certainties::of_sum_in(payout.commitment, &payout.doubts, payout.ceiling);
    DifferenceItem {
        payout: &one.payout,
        should_be: one.should_be.plain(),
        paid: one.paid.plain(),
        difference: one.amount.plain(),
        goes_to: &one.goes_to,
        unplaced: one.unplaced.plain(),
        row: RowOf::new(agreement, &certainty),
    }
}

pub(super) fn reading(reading: &Reading<'_>) -> ReadingItem {
    ReadingItem {
        amounts: reading.interpretation.amounts.word(),
        method: reading.interpretation.method.word(),
        years: reading
            .years
            .iter()
            .map(|(year, sum)| ReadingYear {
                year: *year,
                amount: sum.amount.map(Money::plain),
                commitment: sum.commitment.word(),
                certainty: Certainties::of_sum_in(sum.commitment, &sum.doubts, false).words(),
                doubts: payouts::reasons(sum.doubts.iter()),
            })
            .collect(),
        total: reading.total.map(Money::plain),
    }
}

pub(super) fn earned<'a>(funding: &'a str, one: &Earned<'_>, last_day: NaiveDate) -> EarnedItem<'a> {
    EarnedItem {
        funding,
        last_day,
        ceiling: one.is_ceiling,
        commitment: one.commitment.word(),
        certainty: Certainties::of_sum_in(one.commitment, &one.doubts, one.is_ceiling).words(),
        doubts: payouts::reasons(one.doubts.iter()),
        whole: one.whole.map(Money::plain),
        paid: one.paid.plain(),
        earned_by_days: one.by_days.map(Money::plain),
        earned_by_months: one.by_months.map(Money::plain),
        difference_by_days: one.over_by_days().map(Money::plain),
        difference_by_months: one.over_by_months().map(Money::plain),
    }
}
