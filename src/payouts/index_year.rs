//! The years by which an indexation counts: calendar years, or agreement years.

use chrono::{Datelike, NaiveDate};

use crate::agreement::{Indexation, Term, YearKind};
use crate::date::Period;
use crate::vocabulary::Known;

/// On which day the years of an indexation begin. A year has the name of the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearStart {
    /// Month (1–12).
    month: u32,
    /// Day of the month.
    day: u32,
}

impl YearStart {
    /// As the agreement says it; nothing where that is a day which is not known.
    #[must_use]
    pub fn of(indexation: &Indexation, term: &Term) -> Option<Self> {
        match (indexation.per, indexation.year_begins) {
            (YearKind::CalendarYear, _) => Some(Self { month: 1, day: 1 }),
            (YearKind::AgreementYear, Some(begins)) => {
                Some(Self { month: begins.month.get(), day: begins.day.get() })
            }
            (YearKind::AgreementYear, None) => {
                term.start.known().map(|start| Self { month: start.month(), day: start.day() })
            }
        }
    }

    /// The first day of a year; nothing where that year has no such day.
    #[must_use]
    pub fn begins(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// Whether they are the calendar's.
    pub(super) fn is_calendar(self) -> bool {
        (self.month, self.day) == (1, 1)
    }

    /// Whether every year has the day.
    #[must_use]
    pub fn is_in_every_year(self) -> bool {
        // No leap year.
        self.begins(2023).is_some()
    }

    /// The year that holds a day.
    #[must_use]
    pub fn holding(self, day: NaiveDate) -> i32 {
        day.year() - i32::from((day.month(), day.day()) < (self.month, self.day))
    }

    /// The days of a year.
    pub(super) fn days_of(self, year: i32) -> Option<Period> {
        Some(Period { start: self.begins(year)?, end: self.begins(year.checked_add(1)?)?.pred_opt()? })
    }

    /// The parts of a period, each within one year.
    pub(super) fn parts(self, period: Period) -> Vec<(i32, Period)> {
        let years = self.holding(period.start)..=self.holding(period.end);
        let parts = years.filter_map(|year| Some((year, self.days_of(year)?.overlap(&period)?)));
        parts.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_parts_of_a_period_are_all_its_days_each_in_its_year(
            start in 0_u64..20_000,
            days in 0_u64..2_000,
            month in 1_u32..13,
            day in 1_u32..32,
        ) {
            let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(start);
            let period = Period { start: first, end: first + chrono::Days::new(days) };
            let year = YearStart { month, day };
            prop_assume!(year.is_in_every_year());
            let parts = year.parts(period);
            prop_assert_eq!(parts.iter().map(|(_, part)| part.days()).sum::<u32>(), period.days());
            for (name, part) in parts {
                prop_assert_eq!((year.holding(part.start), year.holding(part.end)), (name, name));
                prop_assert!(year.begins(name).unwrap() <= part.start);
            }
        }
    }

    #[test]
    fn a_year_is_cut_where_the_agreement_year_begins() {
        let day = |text: &str| text.parse().unwrap();
        let period = Period { start: day("2024-07-01"), end: day("2025-12-31") };
        let shown = |start: YearStart| {
            start.parts(period).iter().map(|(year, part)| format!("{year}: {part}")).collect::<Vec<_>>()
        };
        assert_eq!(
            shown(YearStart { month: 1, day: 1 }),
            ["2024: 2024-07-01–2024-12-31", "2025: 2025-01-01–2025-12-31"]
        );
        assert_eq!(
            shown(YearStart { month: 7, day: 1 }),
            ["2024: 2024-07-01–2025-06-30", "2025: 2025-07-01–2025-12-31"]
        );
        assert_eq!(
            shown(YearStart { month: 12, day: 31 }),
            ["2023: 2024-07-01–2024-12-30", "2024: 2024-12-31–2025-12-30", "2025: 2025-12-31–2025-12-31"]
        );
        assert!(!YearStart { month: 2, day: 29 }.is_in_every_year());
    }
}
