//! What an agreement that ends would cost if it went on.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::amounts::YearAmount;
use super::month_units::month_units;
use crate::agreement::{Agreement, Status};
use crate::date::Period;
use crate::money::Money;

/// What a component that lasts to the end of an agreement would cost in the years after, by the month as in its last
/// year.
pub(super) fn continuation(
    agreement: &Agreement,
    last: &YearAmount<'_>,
    span: &RangeInclusive<i32>,
    as_of: NaiveDate,
) -> Option<Vec<(i32, Money)>> {
    let end = agreement.extended_term()?.end;
    if agreement.early_end().is_some() {
        return None;
    }
    // What had ended before the span and before the day is no question any more.
    let is_past = end.year() < *span.start() && end < as_of;
    if last.period.end != end || agreement.status == Status::Ended || is_past {
        return None;
    }
    let months = month_units(last.period);
    let from = end.succ_opt()?;
    let years = from.year().max(*span.start())..=*span.end();
    years
        .map(|year| {
            let after = Period { start: from, end: NaiveDate::from_ymd_opt(year, 12, 31)? }.in_year(year)?;
            let amount = last.payable?.checked_factor(month_units(after))?.checked_divided(months)?;
            Some((year, amount.rounded()))
        })
        .collect()
}
