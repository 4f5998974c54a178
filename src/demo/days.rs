//! The register's own day, and reckoning with days.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::Value;

use crate::date::Period;

/// The day on which the register is clean.
pub const AS_OF: NaiveDate = day(2026, 6, 30);

/// A date that is written in this program.
pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// The last day of `months` months from `start`.
pub(super) fn last_day(start: NaiveDate, months: u32) -> NaiveDate {
    Period { start, end: start }.last_day_within(months).unwrap_or(start)
}

/// The day or the next one that is such a day of the week.
pub(super) fn weekday(date: NaiveDate, wanted: Weekday) -> NaiveDate {
    let ahead = (7 + wanted.num_days_from_monday() - date.weekday().num_days_from_monday()) % 7;
    date + Days::new(u64::from(ahead))
}

/// Whether the day has come.
pub(super) fn has_come(day: NaiveDate) -> bool {
    day <= AS_OF
}

/// A date as the files have it.
pub(super) fn date(date: NaiveDate) -> Value {
    date.to_string().into()
}
