//! What an agreement would cost after the time for which it states amounts, if it went on as it was.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::amounts::YearAmount;
use super::month_units::month_units;
use crate::agreement::{Agreement, Status};
use crate::date::Period;
use crate::money::Money;
use crate::term::Life;

/// What a component that lasts to the end of an agreement would cost in a year after.
pub(super) struct Continued {
    pub(super) year: i32,
    pub(super) amount: Money,
    /// Whether an option or a renewal makes the agreement go on; else it would take a new one.
    pub(super) is_possible: bool,
}

/// The years after the last one for which a component states an amount, by the month as in that one: what can still be
/// declined, and where nothing makes the agreement longer what a new one like it would cost.
pub(super) fn continuation(
    agreement: &Agreement,
    life: &Life<'_>,
    last: &YearAmount<'_>,
    span: &RangeInclusive<i32>,
    as_of: NaiveDate,
) -> Vec<Continued> {
    // What is proposed states its own amounts.
    let whole =
        life.with_proposals().filter(|_| life.early_end.is_none() && agreement.status != Status::Ended);
    let Some(end) = whole.map(|whole| whole.end) else { return Vec::new() };
    // What had ended before the span and before the day is no question any more.
    let is_past = end.year() < *span.start() && end < as_of;
    let possible = life.possible().next().and_then(|first| first.from);
    // A component for the time that is possible states the amount itself.
    if is_past || life.notice.is_some() || last.period.end != end {
        return Vec::new();
    }
    let Some(from) = possible.or_else(|| end.succ_opt()) else { return Vec::new() };
    let until = possible.map_or(NaiveDate::MAX, |_| life.furthest().unwrap_or(NaiveDate::MAX));
    let months = month_units(last.period);
    let years = from.year().max(*span.start())..=until.year().min(*span.end());
    years
        .filter_map(|year| {
            let of_year = Period { start: from, end: until.min(NaiveDate::from_ymd_opt(year, 12, 31)?) };
            let amount = last.payable?.checked_factor(month_units(of_year.in_year(year)?))?;
            let amount = amount.checked_divided(months)?.rounded();
            Some(Continued { year, amount, is_possible: possible.is_some() })
        })
        .collect()
}
