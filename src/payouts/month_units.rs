//! Lengths of time in whole numbers, so that nothing is rounded before a sum is divided.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::payout_time::last_of_month;
use crate::date::Period;

/// A number that every length of a stretch, from one month to twelve, divides.
pub(super) const LENGTHS: u32 = 27_720;

/// The weight of a payment that is not smaller than another.
pub(super) fn whole_weight() -> Decimal {
    Decimal::from(UNITS_OF_MONTH) * Decimal::from(LENGTHS)
}

/// So many units make a month: a number that 28, 29, 30 and 31 days divide, so that parts of months are whole.
const UNITS_OF_MONTH: u32 = 28 * 29 * 15 * 31;

/// The units of a whole month.
pub(super) fn units_of_month() -> Decimal {
    Decimal::from(UNITS_OF_MONTH)
}

/// How many months a period has, in a unit so small that parts of months are whole numbers; a month that is covered in
/// part counts by its days. Only its relation to another period's has a meaning.
#[must_use]
pub fn month_units(period: Period) -> Decimal {
    Decimal::from(whole_months(period)) * Decimal::from(UNITS_OF_MONTH) + units_of_broken_months(period)
}

/// How many calendar months a period covers from the first day to the last.
pub(super) fn whole_months(period: Period) -> u32 {
    let number = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let Some(after) = period.end.succ_opt() else { return 0 };
    let first = number(period.start) + i64::from(period.start.day() > 1);
    u32::try_from(number(after) - first).unwrap_or_default()
}

/// The days of the calendar months that a period covers from the first day to the last; nothing where there is none.
pub(super) fn days_of_whole_months(period: Period) -> Option<Period> {
    let of = |day: NaiveDate| Some((day.with_day(1)?, last_of_month(day.year(), day.month())?));
    let (first, last_of_first) = of(period.start)?;
    let (first_of_last, last) = of(period.end)?;
    let start = if first == period.start { first } else { last_of_first.succ_opt()? };
    let end = if last == period.end { last } else { first_of_last.pred_opt()? };
    (start <= end).then_some(Period { start, end })
}

/// The same unit for the months that are covered in part: at most the first and the last.
pub(super) fn units_of_broken_months(period: Period) -> Decimal {
    let (start, end) = (period.start, period.end);
    let of = |day: NaiveDate| {
        let month = Period { start: day.with_day(1)?, end: last_of_month(day.year(), day.month())? };
        let shared = month.overlap(&period).filter(|shared| *shared != month)?;
        Some(Decimal::from(shared.days() * (UNITS_OF_MONTH / month.days())))
    };
    let is_one = (start.year(), start.month()) == (end.year(), end.month());
    let last = if is_one { None } else { of(end) };
    of(start).unwrap_or_default() + last.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_with_their_parts() {
        let date = |text: &str| text.parse().unwrap();
        let months = |start, end| {
            month_units(Period { start: date(start), end: date(end) }) / Decimal::from(UNITS_OF_MONTH)
        };
        assert_eq!(months("2024-02-01", "2024-12-31"), Decimal::from(11));
        assert_eq!(months("2024-02-15", "2024-02-29").round_dp(4).to_string(), "0.5172");
        assert_eq!(
            months("2024-02-15", "2024-04-15"),
            months("2024-02-15", "2024-02-29") + Decimal::new(15, 1)
        );
        assert_eq!(months("2023-12-31", "2025-01-01").round_dp(4).to_string(), "12.0645");
        assert_eq!(months("2024-05-01", "2024-05-31"), Decimal::ONE);
    }
}
