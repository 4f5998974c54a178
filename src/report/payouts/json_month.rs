//! Payouts month by month, for programs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::by_month::{self, Figures, Month, MonthSum, Part};
use crate::money::Money;
use crate::payouts::PayoutTime;
use crate::register::Register;
use crate::report::codes;

/// What a month comes to, by payer.
#[derive(Serialize)]
pub(super) struct MonthItem<'a> {
    /// Nothing where nobody has stated it.
    month: Option<String>,
    /// Nothing for what has no known time.
    year: Option<i32>,
    payer: String,
    #[serde(flatten)]
    figures: FiguresItem,
    certainty: Vec<&'static str>,
    without_amount: usize,
    /// Whether an agreement that cannot be read may belong to it.
    incomplete: bool,
    parts: Vec<PartItem<'a>>,
}

/// A payment, what is left of a payout, or all of one where nobody knows what has been paid.
#[derive(Serialize)]
struct PartItem<'a> {
    agreement: &'a str,
    /// The payout's id, or the key of a component without a known time.
    payout: &'a str,
    day: Option<NaiveDate>,
    due: Option<NaiveDate>,
    payee: Option<String>,
    #[serde(flatten)]
    figures: FiguresItem,
    certainty: Vec<&'static str>,
    codes: BTreeMap<&'a str, &'a str>,
    voucher: Option<&'a str>,
}

#[derive(Serialize)]
struct FiguresItem {
    amount: Option<String>,
    /// Nothing where the records cannot be read, as `left`.
    paid: Option<String>,
    left: Option<String>,
    ceiling: bool,
    preliminary: bool,
}

impl FiguresItem {
    fn of(figures: &Figures) -> Self {
        let known = |amount: Option<Money>| (!figures.is_blind).then(|| amount.unwrap_or_default().plain());
        Self {
            amount: figures.amount.map(Money::plain),
            paid: known(figures.paid),
            left: if figures.amount.is_none() { None } else { known(figures.left) },
            ceiling: figures.is_at_most,
            preliminary: figures.is_preliminary,
        }
    }
}

pub(super) fn months<'a>(
    register: &'a Register,
    parts: &[Part<'a>],
    is_incomplete: bool,
) -> Vec<MonthItem<'a>> {
    let item = |MonthSum { month, payer, figures, certainty, parts }: MonthSum<'a, '_>| MonthItem {
        month: month.and_then(Month::plain),
        year: month.map(|month| month.year),
        payer: payer.to_owned(),
        figures: FiguresItem::of(&figures),
        certainty: certainty.words(),
        without_amount: parts.iter().filter(|part| part.figures.amount.is_none()).count(),
        incomplete: is_incomplete,
        parts: parts.into_iter().map(|part| part_item(register, part)).collect(),
    };
    by_month::months(parts).into_iter().map(item).collect()
}

fn part_item<'a>(register: &'a Register, part: &Part<'a>) -> PartItem<'a> {
    PartItem {
        agreement: part.id,
        payout: part.of,
        day: match part.when {
            Some(PayoutTime::Day(day)) => Some(day),
            Some(PayoutTime::Month(..) | PayoutTime::NotStated(_)) | None => None,
        },
        due: part.due,
        payee: part.payee.clone(),
        figures: FiguresItem::of(&part.figures),
        certainty: part.certainty.words(),
        codes: codes::by_key(register, &part.codes),
        voucher: part.voucher,
    }
}
