//! Swedish public holidays, computed for any year, and the days that are treated like them.
//!
//! Sources: lagen (1989:253) om allmänna helgdagar; lagen (1930:173) om beräkning av lagstadgad tid, 2 §, for Saturdays
//! and the three eves. Neither moves a date that an agreement states.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::vocabulary;

vocabulary! {
    /// What happens to a day on which nobody works.
    pub enum OnHoliday ("Dag som infaller på en helg") {
        /// The date stays, marked.
        Keep = "keep", "ligger kvar", "det som gäller om inget annat sägs";
        /// The last working day before.
        Before = "before", "flyttas till närmaste vardag före", "dagen blir tidigare än den avtalade";
        /// The first working day after.
        After = "after", "flyttas till närmaste vardag efter", "dagen blir senare än den avtalade";
    }
}

/// Why a day is no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayOff {
    /// A public holiday other than an ordinary Sunday, by its Swedish name.
    Holiday(&'static str),
    /// Midsummer's, Christmas or New Year's Eve: no holiday, but treated like one (1930:173).
    Eve(&'static str),
    /// A Sunday.
    Sunday,
    /// A Saturday: no holiday, but treated like one (1930:173).
    Saturday,
}

impl DayOff {
    /// Its Swedish name: "långfredagen", "en söndag".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Holiday(name) | Self::Eve(name) => name,
            Self::Sunday => "en söndag",
            Self::Saturday => "en lördag",
        }
    }
}

/// Easter Sunday of a Gregorian year. Nothing for years before 1583 or beyond the calendar.
///
/// J. Meeus, *Astronomical Algorithms*, chapter 8.
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    if year < 1583 {
        return None;
    }
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// Midsummer Day: the Saturday from 20 to 26 June.
#[must_use]
pub fn midsummer(year: i32) -> Option<NaiveDate> {
    saturday_from(NaiveDate::from_ymd_opt(year, 6, 20)?)
}

/// All Saints' Day: the Saturday from 31 October to 6 November.
#[must_use]
pub fn all_saints(year: i32) -> Option<NaiveDate> {
    saturday_from(NaiveDate::from_ymd_opt(year, 10, 31)?)
}

fn saturday_from(first: NaiveDate) -> Option<NaiveDate> {
    let days = (5 + 7 - first.weekday().num_days_from_monday()) % 7;
    first.checked_add_days(Days::new(days.into()))
}

/// Why `date` is no working day; nothing where it is one.
#[must_use]
pub fn day_off(date: NaiveDate) -> Option<DayOff> {
    let fixed = match (date.month(), date.day()) {
        (1, 1) => Some(DayOff::Holiday("nyårsdagen")),
        (1, 6) => Some(DayOff::Holiday("trettondedag jul")),
        (5, 1) => Some(DayOff::Holiday("första maj")),
        (6, 6) => Some(DayOff::Holiday("Sveriges nationaldag")),
        (12, 24) => Some(DayOff::Eve("julafton")),
        (12, 25) => Some(DayOff::Holiday("juldagen")),
        (12, 26) => Some(DayOff::Holiday("annandag jul")),
        (12, 31) => Some(DayOff::Eve("nyårsafton")),
        _ => None,
    };
    fixed.or_else(|| moving(date)).or(match date.weekday() {
        Weekday::Sat => Some(DayOff::Saturday),
        Weekday::Sun => Some(DayOff::Sunday),
        _ => None,
    })
}

/// The days that follow Easter, and the two that are always Saturdays.
fn moving(date: NaiveDate) -> Option<DayOff> {
    let year = date.year();
    if let Some(easter) = easter(year) {
        let name = match (date - easter).num_days() {
            -2 => Some("långfredagen"),
            0 => Some("påskdagen"),
            1 => Some("annandag påsk"),
            39 => Some("Kristi himmelsfärdsdag"),
            49 => Some("pingstdagen"),
            _ => None,
        };
        if let Some(name) = name {
            return Some(DayOff::Holiday(name));
        }
    }
    match midsummer(year).map(|day| (date - day).num_days()) {
        Some(0) => return Some(DayOff::Holiday("midsommardagen")),
        Some(-1) => return Some(DayOff::Eve("midsommarafton")),
        _ => {}
    }
    (all_saints(year) == Some(date)).then_some(DayOff::Holiday("alla helgons dag"))
}

/// The nearest working day on the side that the rule names; the date itself where it is one or stays.
#[must_use]
pub fn moved(date: NaiveDate, rule: OnHoliday) -> NaiveDate {
    let step = |day: NaiveDate| match rule {
        OnHoliday::Keep => None,
        OnHoliday::Before => day.pred_opt(),
        OnHoliday::After => day.succ_opt(),
    };
    let mut day = date;
    while day_off(day).is_some() {
        let Some(next) = step(day) else { return date };
        day = next;
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Computed by python-dateutil and Python's calendar: `audit/make_moving_holidays.py`.
    const TABLE: &str = include_str!("../tests/expected/moving-holidays.csv");

    #[test]
    fn three_centuries_agree_with_an_independent_table() {
        let mut years = 0;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let days: Vec<NaiveDate> = line.split(',').map(date).collect();
            let year = days[0].year();
            assert_eq!(easter(year), Some(days[0]));
            assert_eq!(midsummer(year), Some(days[1]));
            assert_eq!(all_saints(year), Some(days[2]));
            years += 1;
        }
        assert_eq!(years, 301, "1900–2200");
    }

    #[test]
    fn a_year_has_its_holidays_and_eves() {
        let days = date("2024-01-01").iter_days().take_while(|day| day.year() == 2024);
        let named: Vec<String> = days
            .filter_map(|day| match day_off(day)? {
                DayOff::Holiday(name) | DayOff::Eve(name) => Some(format!("{day} {name}")),
                DayOff::Sunday | DayOff::Saturday => None,
            })
            .collect();
        assert_eq!(
            named,
            [
                "2024-01-01 nyårsdagen",
                "2024-01-06 trettondedag jul",
                "2024-03-29 långfredagen",
                "2024-03-31 påskdagen",
                "2024-04-01 annandag påsk",
                "2024-05-01 första maj",
                "2024-05-09 Kristi himmelsfärdsdag",
                "2024-05-19 pingstdagen",
                "2024-06-06 Sveriges nationaldag",
                "2024-06-21 midsommarafton",
                "2024-06-22 midsommardagen",
                "2024-11-02 alla helgons dag",
                "2024-12-24 julafton",
                "2024-12-25 juldagen",
                "2024-12-26 annandag jul",
                "2024-12-31 nyårsafton",
            ]
        );
    }

    #[test]
    fn a_day_off_moves_only_where_a_rule_says_so() {
        let good_friday = date("2024-03-29");
        assert_eq!(moved(good_friday, OnHoliday::Keep), good_friday);
        assert_eq!(moved(good_friday, OnHoliday::Before), date("2024-03-28"));
        assert_eq!(moved(good_friday, OnHoliday::After), date("2024-04-02"));
        // Across the end of a year, over Sunday and eve.
        assert_eq!(moved(date("2023-12-30"), OnHoliday::After), date("2024-01-02"));
        assert_eq!(moved(date("2024-03-27"), OnHoliday::After), date("2024-03-27"));
        assert_eq!(day_off(date("2024-03-16")), Some(DayOff::Saturday));
        assert_eq!(day_off(date("2024-03-17")), Some(DayOff::Sunday));
    }

    /// The first Gregorian Easter, the earliest day there is, and turns of centuries, by python-dateutil.
    #[test]
    fn easter_is_right_far_from_today() {
        for day in [
            "1583-04-10",
            "1600-04-02",
            "1700-04-11",
            "1818-03-22",
            "2285-03-22",
            "2300-04-08",
            "2400-04-16",
            "2500-04-18",
            "3000-04-13",
            "4000-04-09",
        ] {
            assert_eq!(easter(date(day).year()), Some(date(day)));
        }
    }

    #[test]
    fn no_easter_before_the_calendar_and_no_panic_at_its_ends() {
        assert_eq!(easter(1582), None);
        for day in [NaiveDate::MIN, NaiveDate::MAX, date("0001-01-06")] {
            let _ = moved(day, OnHoliday::After);
            let _ = moved(day, OnHoliday::Before);
        }
        // The last year's arithmetic does not overflow.
        let _ = easter(i32::MAX);
    }
}
