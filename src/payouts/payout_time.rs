//! When a payout is made, as far as a plan says.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::agreement::{InMonth, PayoutPlan, PayoutTiming};
use crate::date::{Period, month_name};
use crate::vocabulary::Known;

/// When a payout is made, as far as the agreement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayoutTime {
    /// On a day.
    Day(NaiveDate),
    /// Some day of a month: year and month (1–12).
    Month(i32, u32),
    /// Some time for the cost of a year: the agreement states no month.
    NotStated(i32),
}

impl PayoutTime {
    /// The year in which it is made, or whose cost it is where no month is stated.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::NotStated(year) => year,
        }
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::NotStated(year) => NaiveDate::from_ymd_opt(year, 1, 1),
        }
    }

    /// The last day that it can mean. One without a month can be made until the year is over.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => last_of_month(year, month),
            Self::NotStated(year) => NaiveDate::from_ymd_opt(year, 12, 31),
        }
    }
}

impl PayoutTime {
    /// What sorts payouts by time; of those that end on the same day, one without a month comes last.
    pub(super) fn order(self) -> (Option<NaiveDate>, bool) {
        (self.last_day(), matches!(self, Self::NotStated(_)))
    }
}

/// "2024-01-31", "januari 2024", "ej angivet".
impl fmt::Display for PayoutTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(year, month) => write!(f, "{} {year}", month_name(*month).unwrap_or_default()),
            Self::NotStated(_) => f.write_str("ej angivet"),
        }
    }
}

/// The first month `month` from the beginning of `covered`. A month that has passed in its first year, where there is no
/// later year, is the month in which it begins.
pub(super) fn in_or_after(covered: Period, month: u32) -> PayoutTime {
    let (year, first) = (covered.start.year(), covered.start.month());
    if month >= first {
        PayoutTime::Month(year, month)
    } else if covered.end.year() > year {
        PayoutTime::Month(year + 1, month)
    } else {
        PayoutTime::Month(year, first)
    }
}

pub(super) fn at_month_end(when: PayoutTime, plan: &PayoutPlan) -> PayoutTime {
    match when {
        PayoutTime::Month(year, month) if plan.timing.known() == Some(&PayoutTiming::MonthEnd) => {
            last_of_month(year, month).map_or(when, PayoutTime::Day)
        }
        _ => when,
    }
}

/// The last day to pay: the last of the month, and where the money comes afterwards or the month is the invoice's so many days
/// later.
pub(super) fn due(when: PayoutTime, plan: &PayoutPlan) -> Option<NaiveDate> {
    if matches!(when, PayoutTime::NotStated(_)) {
        return None;
    }
    let is_late = matches!(plan.timing.known(), Some(PayoutTiming::MonthEnd | PayoutTiming::Arrears));
    let comes_after = is_late || plan.months_are == InMonth::Invoiced;
    let days = plan.days_to_pay.known().filter(|_| comes_after).map_or(0, |days| days.get());
    when.last_day()?.checked_add_days(Days::new(days.into()))
}

pub(super) fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}
