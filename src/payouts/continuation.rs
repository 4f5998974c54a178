//! What an agreement would cost after the time for which it states amounts, if it went on as it was.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::agreed::of_one_stretch;
use super::agreed::rate_by_time;
use super::amounts::YearAmount;
use super::month_units::{month_units, units_of_month};
use crate::agreement::{Agreement, Funding, Status};
use crate::date::Period;
use crate::money::Money;
use crate::term::{Commitment, Life};

/// What a component that lasts to the end of what is stated would cost in a year after.
pub(super) struct Continued {
    pub(super) year: i32,
    pub(super) amount: Money,
    /// How firmly the parties are bound by what makes the agreement go on; nothing where it would take a new one.
    pub(super) commitment: Option<Commitment>,
}

/// The years after the last one for which any component states an amount, by the month as in that one: what is proposed and
/// what can still be declined, up to the first day of a successor, and where nothing makes the agreement longer what a new
/// one like it would cost.
pub(super) fn continuation(
    agreement: &Agreement,
    life: &Life<'_>,
    funding: &Funding,
    (last, covered): (&YearAmount<'_>, &[Period]),
    succeeded: Option<NaiveDate>,
    span: &RangeInclusive<i32>,
) -> Vec<Continued> {
    let is_over = life.early_end.is_some() || life.notice.is_some() || agreement.status == Status::Ended;
    let is_last = covered.iter().all(|period| period.end <= last.period.end);
    if is_over || !is_last {
        return Vec::new();
    }
    let open = life.stretches.iter().filter(|stretch| !stretch.holds);
    let mut to_come: Vec<(Period, Option<Commitment>)> = open
        .filter_map(|one| {
            let to = one.to.unwrap_or(NaiveDate::MAX);
            let before = succeeded.map_or(Some(to), |start| start.pred_opt())?;
            let period = Period { start: one.from?, end: to.min(before) };
            (!period.is_reversed()).then_some((period, Some(one.commitment)))
        })
        .collect();
    if to_come.is_empty() && succeeded.is_none() {
        to_come.extend(after(life).map(|period| (period, None)));
    }
    let by_month = by_month(funding, last);
    let amount_in = |period: Period, year: i32| {
        // A component for that time states the amount itself.
        let open = period.in_year(year)?.without(covered);
        let open: Decimal = open.into_iter().map(month_units).sum();
        let (sum, months) = by_month?;
        let amount = sum.checked_factor(open)?.checked_divided(months)?.rounded();
        (amount != Money::ZERO).then_some(amount)
    };
    let mut found = Vec::new();
    for (period, commitment) in to_come {
        let years = period.start.year().max(*span.start())..=period.end.year().min(*span.end());
        found.extend(
            years.filter_map(|year| Some(Continued { year, amount: amount_in(period, year)?, commitment })),
        );
    }
    found
}

/// A sum, with the months in their unit that it is for: what the last year came to, or a rate as it is stated, with the
/// adjustment of that year.
pub(super) fn by_month(funding: &Funding, last: &YearAmount<'_>) -> Option<(Money, Decimal)> {
    let payable = last.payable?;
    let of_year = (payable, month_units(last.period));
    let Some((rate, months)) = rate_by_time(funding) else { return Some(of_year) };
    let Some(agreed) = last.agreed.filter(|agreed| *agreed != Money::ZERO) else { return Some(of_year) };
    let stated = of_one_stretch(rate)?;
    let months = units_of_month() * Decimal::from(months);
    if payable == agreed {
        return Some((stated, months));
    }
    Some((stated.checked_factor(payable.decimal())?.checked_divided(agreed.decimal())?, months))
}

/// The time of a new agreement that would have to be made: whether to is a question of the year in which the old one ends
/// and of the next.
fn after(life: &Life<'_>) -> Option<Period> {
    let last = life.furthest()?;
    let until = last.checked_add_months(Months::new(12))?;
    Some(Period { start: last.succ_opt()?, end: NaiveDate::from_ymd_opt(until.year(), 12, 31)? })
}
