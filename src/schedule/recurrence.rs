//! Cutting a term into the periods in which something recurs.
//!
//! Counted from the calendar, the first and the last period are as short as the term makes them; what is asked for in a
//! period is not asked for in one that is cut to a few days. Counted from the start, only the last can be short, and the n-th period begins n months after the
//! start itself: from 31 January the next ones begin on 28 or 29 February and 31 March.

use chrono::{Datelike, Months, NaiveDate};

use crate::agreement::{CountedFrom, Every};
use crate::date::{Period, month_name};
use crate::text;

/// One period of something that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recurrence {
    /// What it is called in every run: "2021H1".
    pub(super) label: String,
    /// What people call it: "första halvåret 2021".
    pub(super) name: String,
    /// Its days in the term.
    pub(super) period: Period,
}

/// More periods, or meetings in them, than any term holds: a hundred years by the month. What lies after is not shown,
/// and a term of that length is a finding.
pub(super) const MOST: usize = 1200;

/// How often something comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rhythm {
    /// Once in the term.
    Once,
    /// Once in each period of so many months, 1 to 12.
    Months(u32),
}

impl From<Every> for Rhythm {
    fn from(every: Every) -> Self {
        match every {
            Every::Month => Self::Months(1),
            Every::Quarter => Self::Months(3),
            Every::HalfYear => Self::Months(6),
            Every::Year => Self::Months(12),
            Every::Once => Self::Once,
        }
    }
}

/// The periods of the term, in order.
pub(super) fn stretches(term: Period, rhythm: Rhythm, counted_from: CountedFrom) -> Vec<Recurrence> {
    match rhythm {
        Rhythm::Once => vec![whole(term)],
        Rhythm::Months(months) => cut(term, months, counted_from),
    }
}

/// Whether the term has cut a period to so few days, `days` at most, that nothing can be asked for in it.
pub(super) fn is_cut_short(period: Period, rhythm: Rhythm, days: u32) -> bool {
    match rhythm {
        Rhythm::Once => false,
        Rhythm::Months(months) => period.length().months < months && period.days() <= days,
    }
}

/// The term as the one period of what comes once.
fn whole(term: Period) -> Recurrence {
    Recurrence { label: "once".to_owned(), name: "avtalstiden".to_owned(), period: term }
}

/// The periods of `months` months that the term holds.
fn cut(term: Period, months: u32, counted_from: CountedFrom) -> Vec<Recurrence> {
    let first = match counted_from {
        CountedFrom::Start => Some(term.start),
        CountedFrom::Calendar => start_of_unit(term.start, months),
    };
    let Some(first) = first else { return Vec::new() };
    let begins = |number: u32| first.checked_add_months(Months::new(number.checked_mul(months)?));
    (0_u32..)
        .take(MOST)
        .map_while(|number| {
            let start = begins(number).filter(|start| *start <= term.end)?;
            let end = begins(number + 1).and_then(|next| next.pred_opt()).unwrap_or(term.end);
            let period = Period { start, end }.overlap(&term)?;
            let (label, name) = match counted_from {
                CountedFrom::Start => {
                    (format!("P{}", number + 1), format!("period {} ({period})", number + 1))
                }
                CountedFrom::Calendar => called(start, months),
            };
            Some(Recurrence { label, name, period })
        })
        .collect()
}

/// The first day of the calendar's period of so many months that holds `day`.
fn start_of_unit(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    let before = day.month0().checked_rem(months)?;
    NaiveDate::from_ymd_opt(day.year(), day.month() - before, 1)
}

/// What a period of the calendar is called in files and by people.
fn called(start: NaiveDate, months: u32) -> (String, String) {
    let year = start.year();
    let number = start.month0() / months + 1;
    let nth = |noun: &str| format!("{} {noun} {year}", text::ordinal(number));
    let month = month_name(start.month()).unwrap_or_default();
    match months {
        12 => (year.to_string(), year.to_string()),
        6 => (format!("{year}H{number}"), nth("halvåret")),
        4 => (format!("{year}T{number}"), nth("tertialet")),
        3 => (format!("{year}Q{number}"), nth("kvartalet")),
        1 => (format!("{year}-{number:02}"), format!("{month} {year}")),
        _ => {
            let last = month_name(start.month() + months - 1).unwrap_or_default();
            (format!("{year}M{number}"), format!("{month}–{last} {year}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn term(start: &str, end: &str) -> Period {
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn shown(term: Period, months: u32, from: CountedFrom) -> Vec<String> {
        cut(term, months, from).iter().map(|one| format!("{} {}", one.label, one.period)).collect()
    }

    #[test]
    fn the_first_half_year_counts_from_the_start_of_the_term() {
        let halves = cut(term("2021-02-01", "2023-12-31"), 6, CountedFrom::Calendar);
        let labels: Vec<&str> = halves.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["2021H1", "2021H2", "2022H1", "2022H2", "2023H1", "2023H2"]);
        assert_eq!(halves[0].period, term("2021-02-01", "2021-06-30"));
        assert_eq!(halves[0].name, "första halvåret 2021");
    }

    #[test]
    fn five_months_and_one_day_have_their_periods() {
        let five = term("2024-08-01", "2024-12-31");
        assert_eq!(shown(five, 6, CountedFrom::Calendar), ["2024H2 2024-08-01–2024-12-31"]);
        assert_eq!(
            shown(five, 3, CountedFrom::Calendar),
            ["2024Q3 2024-08-01–2024-09-30", "2024Q4 2024-10-01–2024-12-31"]
        );
        let day = term("2024-02-29", "2024-02-29");
        for months in [1, 2, 3, 4, 6, 12] {
            for from in [CountedFrom::Calendar, CountedFrom::Start] {
                let cut = cut(day, months, from);
                assert_eq!(cut.len(), 1);
                assert_eq!(cut[0].period, day);
            }
        }
    }

    #[test]
    fn periods_cross_new_year_and_short_months() {
        assert_eq!(
            shown(term("2023-10-15", "2024-10-14"), 6, CountedFrom::Start),
            ["P1 2023-10-15–2024-04-14", "P2 2024-04-15–2024-10-14"]
        );
        assert_eq!(
            shown(term("2024-01-31", "2024-05-30"), 1, CountedFrom::Start),
            [
                "P1 2024-01-31–2024-02-28",
                "P2 2024-02-29–2024-03-30",
                "P3 2024-03-31–2024-04-29",
                "P4 2024-04-30–2024-05-30"
            ]
        );
        assert_eq!(
            shown(term("2023-12-15", "2024-01-15"), 3, CountedFrom::Calendar),
            ["2023Q4 2023-12-15–2023-12-31", "2024Q1 2024-01-01–2024-01-15"]
        );
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_and_fill_the_term(
            start in 0_u64..60_000, days in 0_u64..2_500, months in prop::sample::select(vec![1_u32, 2, 3, 4, 6, 12]),
            calendar: bool,
        ) {
            let start = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(start);
            let term = Period { start, end: start + Days::new(days) };
            let from = if calendar { CountedFrom::Calendar } else { CountedFrom::Start };
            let cut = cut(term, months, from);
            prop_assert_eq!(cut.first().unwrap().period.start, term.start);
            prop_assert_eq!(cut.last().unwrap().period.end, term.end);
            for pair in cut.windows(2) {
                prop_assert_eq!(pair[0].period.end.succ_opt().unwrap(), pair[1].period.start);
            }
            let labels: std::collections::BTreeSet<&str> = cut.iter().map(|one| one.label.as_str()).collect();
            prop_assert_eq!(labels.len(), cut.len());
        }
    }
}
