//! On which day a duty for a period falls due: as the agreement says, or as the register usually has it.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::deadline::When;
use super::recurrence::Rhythm;
use crate::agreement::{Due, DutyKind};
use crate::date::{Period, month_name};
use crate::settings::ScheduleSettings;
use crate::text;
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

/// One time that a duty comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// The days that it concerns.
    pub(super) period: Period,
    /// How often the duty comes.
    pub(super) rhythm: Rhythm,
    /// How many times it has come before.
    pub(super) number: u32,
    /// The first day of the term.
    pub(super) start: NaiveDate,
}

/// When a duty falls due; nothing where the day that the agreement states does not come in the period.
pub(super) fn due_day(
    kind: DutyKind,
    due: Option<&Due>,
    turn: Turn,
    settings: &ScheduleSettings,
) -> Option<DueDay> {
    let period = turn.period;
    // An organisation's year is the calendar's, whatever part of it the agreement covers.
    let period = match (kind, NaiveDate::from_ymd_opt(period.end.year(), 12, 31)) {
        (DutyKind::AnnualAccounts, Some(end)) => Period { end, ..period },
        _ => period,
    };
    match due.map_or(StatedDay::Open, |due| stated(kind, due, Turn { period, ..turn })) {
        StatedDay::Day(day, reckoning) => Some(DueDay { when: When::Day(day), reckoning, assumed: None }),
        StatedDay::NotHere => None,
        StatedDay::Open => usual(kind, period, settings),
    }
}

/// What the agreement says of the day.
enum StatedDay {
    /// The day, and in Swedish how it is counted where it is not written out.
    Day(NaiveDate, Option<String>),
    /// A day that does not come in this period.
    NotHere,
    /// Nothing that can be counted.
    Open,
}

fn stated(kind: DutyKind, due: &Due, turn: Turn) -> StatedDay {
    let Turn { period, rhythm, .. } = turn;
    if let Some(date) = due.date {
        return stated_date(kind, date, turn);
    }
    if let Some(days) = due.days_after_period {
        let reckoning = format!("{} efter {}", text::days(days), period.end);
        return match period.end.checked_add_days(Days::new(days.into())) {
            Some(day) => StatedDay::Day(day, Some(reckoning)),
            None => StatedDay::NotHere,
        };
    }
    let Some(month) = due.month else { return StatedDay::Open };
    let found = in_month(month, due.day, period, rhythm, kind);
    if due.day.is_some() { found } else { found.counted("månadens sista dag") }
}

/// A stated date is the first time's; it comes again with each period. One from before the term only says which day of
/// the year is meant.
fn stated_date(kind: DutyKind, date: NaiveDate, turn: Turn) -> StatedDay {
    let Turn { period, rhythm, number, start } = turn;
    let Rhythm::Months(months) = rhythm else { return StatedDay::Day(date, None) };
    if date < start {
        return in_month(date.month(), Some(date.day()), period, rhythm, kind).counted("samma dag varje år");
    }
    let again = number.checked_mul(months).and_then(|months| after_months(date, months));
    let reckoning = (number > 0).then(|| format!("återkommer från {date}"));
    again.map_or(StatedDay::NotHere, |day| StatedDay::Day(day, reckoning))
}

impl StatedDay {
    fn counted(self, reckoning: &str) -> Self {
        match self {
            Self::Day(day, None) => Self::Day(day, Some(reckoning.to_owned())),
            other => other,
        }
    }
}

/// The day of a stated month that belongs to a period: the first one from the period's last month on, if it comes before
/// the next period is over as well; for what is done within the period, the one in it. August says nothing of a second
/// half-year.
fn in_month(month: u32, day: Option<u32>, period: Period, rhythm: Rhythm, kind: DutyKind) -> StatedDay {
    let in_year = |year: i32| day_of_month(year, month, day);
    if kind.is_within_its_period() {
        let found = period.years().filter_map(in_year).find(|day| period.start <= *day && *day <= period.end);
        return found.map_or(StatedDay::NotHere, |day| StatedDay::Day(day, None));
    }
    let months = match (kind, rhythm) {
        (DutyKind::AnnualAccounts, _) | (_, Rhythm::Once) => 12,
        (_, Rhythm::Months(months)) => months,
    };
    let first = period.end.with_day(1).unwrap_or(period.end).max(period.start);
    let limit = period.end.checked_add_months(Months::new(months)).and_then(end_of_month);
    let found = (period.end.year()..).take(2).filter_map(in_year).find(|day| *day >= first);
    found
        .filter(|day| limit.is_none_or(|limit| *day <= limit))
        .map_or(StatedDay::Open, |day| StatedDay::Day(day, None))
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

/// The last day of the first month of this number from the month of `day` on.
pub(super) fn next_month_end(day: NaiveDate, month: MonthOfYear) -> Option<NaiveDate> {
    let in_year = |year: i32| end_of_month(NaiveDate::from_ymd_opt(year, month.get(), 1)?);
    in_year(day.year()).filter(|end| *end >= day).or_else(|| in_year(day.year() + 1))
}

/// The day that the register takes where the agreement states none.
fn usual(kind: DutyKind, period: Period, settings: &ScheduleSettings) -> Option<DueDay> {
    let by_month = |after: NaiveDate, month: MonthOfYear, setting: &'static str| {
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
                reckoning: Some("mitt i avtalstiden, då avtalet inte anger dagen".to_owned()),
                assumed: None,
            })
        }
        DutyKind::CommitteeAccount => {
            by_month(period.end, settings.committee_account_month, "schedule.committee_account_month")
        }
        DutyKind::AnnualAccounts => {
            by_month(period.end, settings.annual_accounts_month, "schedule.annual_accounts_month")
        }
        DutyKind::FinalEvaluation => {
            let months = settings.evaluation_months.get();
            Some(DueDay {
                when: When::Day(after_months(period.end, months)?),
                reckoning: Some(format!("{} efter {}", text::months(months), period.end)),
                assumed: Some("schedule.evaluation_months"),
            })
        }
        DutyKind::ActivityReport
        | DutyKind::YearlyReport
        | DutyKind::Statistics
        | DutyKind::Information
        | DutyKind::Other => {
            let months = settings.other_report_months.get();
            match (period.end.month(), period.end.day()) {
                (12, 31) => {
                    by_month(period.end, settings.full_year_report_month, "schedule.full_year_report_month")
                }
                (6, 30) => {
                    by_month(period.end, settings.half_year_report_month, "schedule.half_year_report_month")
                }
                _ => Some(DueDay {
                    when: When::Day(after_months(period.end, months)?),
                    reckoning: Some(format!("{} efter {}", text::months(months), period.end)),
                    assumed: Some("schedule.other_report_months"),
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
        let turn = Turn { period: covered, rhythm: Rhythm::Months(months), number: 0, start: covered.start };
        due_day(kind, Some(&stated), turn, &ScheduleSettings::default()).map(|due| due.when.to_string())
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
        // December is the year's own.
        assert_eq!(yearly("month = 12"), "2023-12-31");
        // A day that the agreement states is not passed over.
        assert_eq!(yearly("date = \"2023-11-30\""), "2023-11-30");
        let stated: Due = toml::from_str("date = \"2024-02-29\"").unwrap();
        let third = period("2025-01-01", "2025-12-31");
        let turn = Turn { period: third, rhythm: Rhythm::Months(12), number: 2, start: year.start };
        let day = due_day(DutyKind::YearlyReport, Some(&stated), turn, &ScheduleSettings::default());
        assert_eq!(day.unwrap().when.to_string(), "2026-02-28");
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
