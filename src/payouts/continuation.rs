//! What an agreement would cost after the time for which it states amounts, if it went on as it was.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

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
    (last, covered): (&YearAmount<'_>, &[Period]),
    span: &RangeInclusive<i32>,
) -> Vec<Continued> {
    // What is proposed states its own amounts.
    let whole =
        life.with_proposals().filter(|_| life.early_end.is_none() && agreement.status != Status::Ended);
    let Some(end) = whole.map(|whole| whole.end) else { return Vec::new() };
    let possible = life.possible().next().and_then(|first| first.from);
    if life.notice.is_some() || last.period.end != end {
        return Vec::new();
    }
    let Some(from) = possible.or_else(|| end.succ_opt()) else { return Vec::new() };
    let until = match possible {
        Some(_) => life.furthest().unwrap_or(NaiveDate::MAX),
        // Whether to make a new agreement is a question of the year in which the old one ends and of the next.
        None => end.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX),
    };
    let months = month_units(last.period);
    let years = from.year().max(*span.start())..=until.year().min(*span.end());
    years
        .filter_map(|year| {
            let last_of_year = NaiveDate::from_ymd_opt(year, 12, 31)?;
            let end = if possible.is_some() { until.min(last_of_year) } else { last_of_year };
            // A component for the time that is possible states the amount itself.
            let open = Period { start: from, end }.in_year(year)?.without(covered);
            let open: Decimal = open.into_iter().map(month_units).sum();
            let amount = last.payable?.checked_factor(open)?.checked_divided(months)?.rounded();
            (amount != Money::ZERO).then_some(Continued { year, amount, is_possible: possible.is_some() })
        })
        .collect()
}
