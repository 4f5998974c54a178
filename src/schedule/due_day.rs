//! On which day a duty for a period falls due: as the agreement says, or as the register usually has it.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::deadline::When;
use crate::agreement::{Due, DutyKind};
use crate::date::{Period, month_name};
use crate::settings::ScheduleSettings;
use crate::whole::MonthOfYear;

/// A day with how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DueDay {
    pub(super) when: When,
    /// In Swedish; nothing where the agreement states the day itself.
    pub(super) reckoning: Option<String>,
    /// The setting that fills what the agreement leaves open.
    pub(super) assumed: Option<&'static str>,
}

/// Whether something of this kind is done in its period, and not told of it afterwards.
fn is_within(kind: DutyKind) -> bool {
    matches!(kind, DutyKind::Workshop | DutyKind::MidTermReview)
}

/// When a duty for `period` falls due. `months` is how long its periods are where the calendar does not cut them short;
/// nothing for a duty that comes once in the whole term. Nothing comes back where the day that the agreement states does
/// not come in the period.
pub(super) fn due_day(
    kind: DutyKind,
    due: Option<&Due>,
    period: Period,
    months: Option<u32>,
    settings: &ScheduleSettings,
) -> Option<DueDay> {
    if let Some(due) = due {
        if let Some(stated) = stated(kind, due, period, months) {
            return stated.map(|(day, reckoning)| DueDay { when: When::Day(day), reckoning, assumed: None });
        }
    }
    usual(kind, period, settings)
}

/// The stated day: nothing where nothing is stated that can be counted, and inside nothing where it does not come.
#[expect(clippy::option_option, reason = "not stated, and stated but not in this period, are two answers")]
fn stated(
    kind: DutyKind,
    due: &Due,
    period: Period,
    months: Option<u32>,
) -> Option<Option<(NaiveDate, Option<String>)>> {
    if let Some(date) = due.date {
        if months.is_none() {
            return Some(Some((date, None)));
        }
        let day = in_year_after(date.month(), Some(date.day()), period, months, kind)?;
        return Some(day.map(|day| (day, Some("samma dag varje år".to_owned()))));
    }
    if let Some(days) = due.days_after_period {
        let day = period.end.checked_add_days(Days::new(days.into()))?;
        return Some(Some((day, Some(format!("{days}\u{a0}dagar efter {}", period.end)))));
    }
    let month = due.month?;
    let day = in_year_after(month, due.day, period, months, kind)?;
    Some(day.map(|day| {
        let reckoning = due.day.is_none().then(|| "månadens sista dag".to_owned());
        (day, reckoning)
    }))
}

/// The day of a stated month and day that belongs to a period: the first one after it, if it comes before the next
/// period is over as well; for what is done within the period, the one in it. The outer nothing says that the stated
/// month fits no such period, as August does not fit a second half-year.
#[expect(
    clippy::option_option,
    reason = "a month that fits no such period, and a day that does not come, are two answers"
)]
fn in_year_after(
    month: u32,
    day: Option<u32>,
    period: Period,
    months: Option<u32>,
    kind: DutyKind,
) -> Option<Option<NaiveDate>> {
    let in_year = |year: i32| day_of_month(year, month, day);
    if is_within(kind) {
        let mut days = period.years().filter_map(in_year);
        return Some(days.find(|day| period.start <= *day && *day <= period.end));
    }
    let first = in_year(period.end.year()).filter(|day| *day > period.end);
    let found = first.or_else(|| in_year(period.end.year().checked_add(1)?))?;
    let limit = period.end.checked_add_months(Months::new(months.unwrap_or(12)))?;
    (found <= end_of_month(limit)?).then_some(Some(found))
}

/// A day of a month; the last one where the month is shorter or no day is given.
fn day_of_month(year: i32, month: u32, day: Option<u32>) -> Option<NaiveDate> {
    let last = end_of_month(NaiveDate::from_ymd_opt(year, month, 1)?)?;
    Some(day.and_then(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap_or(last))
}

/// The last day of a day's month.
pub(super) fn end_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The last day of the first month of this number after `day`.
pub(super) fn next_month_end(day: NaiveDate, month: MonthOfYear) -> Option<NaiveDate> {
    let in_year = |year: i32| end_of_month(NaiveDate::from_ymd_opt(year, month.get(), 1)?);
    in_year(day.year())
        .filter(|end| *end > day && month.get() > day.month())
        .or_else(|| in_year(day.year() + 1))
}

/// The day that the register takes where the agreement states none.
fn usual(kind: DutyKind, period: Period, settings: &ScheduleSettings) -> Option<DueDay> {
    let in_month = |after: NaiveDate, month: MonthOfYear, setting: &'static str| {
        Some(DueDay {
            when: When::Day(next_month_end(after, month)?),
            reckoning: Some(format!("senast i {}", month_name(month.get()).unwrap_or_default())),
            assumed: Some(setting),
        })
    };
    match kind {
        DutyKind::Workshop => Some(DueDay { when: When::Window(period), reckoning: None, assumed: None }),
        DutyKind::MidTermReview => {
            let half = Days::new(u64::from(period.days() / 2));
            Some(DueDay {
                when: When::Day(period.start.checked_add_days(half)?),
                reckoning: Some("mitt i perioden".to_owned()),
                assumed: Some("schedule"),
            })
        }
        DutyKind::CommitteeAccount => {
            in_month(period.end, settings.committee_account_month, "schedule.committee_account_month")
        }
        DutyKind::AnnualAccounts => {
            let year_end = NaiveDate::from_ymd_opt(period.end.year(), 12, 31)?;
            in_month(year_end, settings.annual_accounts_month, "schedule.annual_accounts_month")
        }
        DutyKind::FinalEvaluation => {
            let months = settings.evaluation_months.get();
            Some(DueDay {
                when: When::Day(after_months(period.end, months)?),
                reckoning: Some(format!("{months}\u{a0}månader efter {}", period.end)),
                assumed: Some("schedule.evaluation_months"),
            })
        }
        DutyKind::ActivityReport | DutyKind::YearlyReport | DutyKind::Statistics | DutyKind::Other => {
            match (period.end.month(), period.end.day()) {
                (12, 31) => {
                    in_month(period.end, settings.full_year_report_month, "schedule.full_year_report_month")
                }
                (6, 30) => {
                    in_month(period.end, settings.half_year_report_month, "schedule.half_year_report_month")
                }
                _ => Some(DueDay {
                    when: When::Day(after_months(period.end, 1)?),
                    reckoning: Some(format!("en månad efter {}", period.end)),
                    assumed: Some("schedule"),
                }),
            }
        }
    }
}

/// So many months later; the end of a month stays the end of a month.
pub(super) fn after_months(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    let later = day.checked_add_months(Months::new(months))?;
    if end_of_month(day)? == day { end_of_month(later) } else { Some(later) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> Period {
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn due(kind: DutyKind, stated: &str, covered: Period, months: u32) -> Option<String> {
        let stated: Due = toml::from_str(stated).unwrap();
        due_day(kind, Some(&stated), covered, Some(months), &ScheduleSettings::default())
            .map(|due| due.when.to_string())
    }

    #[test]
    fn a_stated_month_is_the_first_one_after_the_period() {
        let year = period("2023-01-01", "2023-12-31");
        let yearly = |stated| due(DutyKind::YearlyReport, stated, year, 12).unwrap();
        assert_eq!(yearly("month = 2"), "2024-02-29");
        assert_eq!(yearly("month = 2\nday = 15"), "2024-02-15");
        assert_eq!(yearly("month = 2\nday = 31"), "2024-02-29");
        assert_eq!(yearly("days_after_period = 60"), "2024-02-29");
        assert_eq!(yearly("date = \"2022-03-31\""), "2024-03-31");
        // December follows on the year as well.
        assert_eq!(yearly("month = 12"), "2024-12-31");
    }

    #[test]
    fn a_month_that_fits_the_first_half_year_says_nothing_of_the_second() {
        let half = |start, end| due(DutyKind::ActivityReport, "month = 8", period(start, end), 6).unwrap();
        assert_eq!(half("2024-01-01", "2024-06-30"), "2024-08-31");
        // The register's own month for reports on a whole year.
        assert_eq!(half("2024-07-01", "2024-12-31"), "2025-01-31");
    }

    #[test]
    fn what_is_done_in_a_period_needs_its_month_there() {
        let workshop = |start, end| due(DutyKind::Workshop, "month = 5", period(start, end), 12);
        assert_eq!(workshop("2024-01-01", "2024-12-31").as_deref(), Some("2024-05-31"));
        assert_eq!(workshop("2024-08-01", "2024-12-31"), None);
    }

    #[test]
    fn the_usual_days_follow_the_year_of_a_partnership() {
        let usual = |kind, start, end| due(kind, "words = \"efteråt\"", period(start, end), 6).unwrap();
        assert_eq!(usual(DutyKind::ActivityReport, "2021-02-01", "2021-06-30"), "2021-08-31");
        assert_eq!(usual(DutyKind::ActivityReport, "2021-02-01", "2021-12-31"), "2022-01-31");
        assert_eq!(usual(DutyKind::CommitteeAccount, "2024-01-01", "2024-12-31"), "2025-03-31");
        assert_eq!(usual(DutyKind::CommitteeAccount, "2024-01-01", "2024-06-30"), "2025-03-31");
        assert_eq!(usual(DutyKind::AnnualAccounts, "2021-02-01", "2021-12-31"), "2022-05-31");
        assert_eq!(usual(DutyKind::AnnualAccounts, "2024-01-01", "2024-04-30"), "2025-05-31");
        assert_eq!(usual(DutyKind::FinalEvaluation, "2021-02-01", "2023-11-30"), "2024-02-29");
        assert_eq!(usual(DutyKind::Statistics, "2024-01-01", "2024-03-31"), "2024-04-30");
        assert_eq!(usual(DutyKind::Workshop, "2024-01-01", "2024-12-31"), "2024-01-01–2024-12-31");
        assert_eq!(usual(DutyKind::MidTermReview, "2024-01-01", "2024-12-31"), "2024-07-02");
    }
}
