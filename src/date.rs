//! Periods and dates as Swedish agreements count and write them. All ends are inclusive.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::text::NBSP;

/// The months' names, January first.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// The name of month `number` (1–12).
#[must_use]
pub fn month_name(number: u32) -> Option<&'static str> {
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    MONTHS.get(index).copied()
}

/// "10 januari 2021".
#[must_use]
pub fn long(date: NaiveDate) -> String {
    let month = month_name(date.month()).unwrap_or_default();
    format!("{}{NBSP}{month} {}", date.day(), date.year())
}

/// Days from `start` to `end`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Period")]
pub struct Period {
    /// The first day.
    #[schemars(title = "Från: första dagen")]
    pub start: NaiveDate,
    /// The last day.
    #[schemars(title = "Till: sista dagen; den ingår")]
    pub end: NaiveDate,
}

/// How long a period is: whole months and the days that remain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    /// Whole months.
    pub months: u32,
    /// Days beyond the whole months.
    pub days: u32,
}

impl Period {
    /// Whether the end comes before the start.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.end < self.start
    }

    /// Whether every day of `other` lies in this period.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether it covers a day.
    #[must_use]
    pub fn contains_day(&self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    /// The days that both periods share.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Option<Self> {
        let shared = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (!shared.is_reversed()).then_some(shared)
    }

    /// Whole months and remaining days, from the first day to the last, both included: 2021-02-01–2023-12-31
    /// is 35 months and 0 days. A reversed period is empty.
    #[must_use]
    pub fn length(&self) -> Length {
        let Some(after) = self.end.checked_add_days(Days::new(1)).filter(|_| !self.is_reversed()) else {
            return Length { months: 0, days: 0 };
        };
        let years = after.year().abs_diff(self.start.year());
        let mut months = (years * 12 + after.month()).saturating_sub(self.start.month());
        let reaches =
            |months| self.start.checked_add_months(Months::new(months)).is_some_and(|date| date <= after);
        while months > 0 && !reaches(months) {
            months -= 1;
        }
        let whole = self.start.checked_add_months(Months::new(months)).unwrap_or(after);
        let days = u32::try_from((after - whole).num_days()).unwrap_or_default();
        Length { months, days }
    }

    /// The last day of a period of `months` months that begins with this one.
    #[must_use]
    pub fn last_day_within(&self, months: u32) -> Option<NaiveDate> {
        self.start.checked_add_months(Months::new(months))?.pred_opt()
    }

    /// The calendar years that the period touches.
    #[must_use]
    pub fn years(&self) -> std::ops::RangeInclusive<i32> {
        self.start.year()..=self.end.year()
    }

    /// The part of the period in calendar year `year`.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Option<Self> {
        let start = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let end = NaiveDate::from_ymd_opt(year, 12, 31)?;
        self.overlap(&Self { start, end })
    }

    /// The days that lie in none of `others`, in order.
    #[must_use]
    pub fn without(&self, others: &[Self]) -> Vec<Self> {
        let mut others: Vec<Self> = others.iter().filter_map(|other| other.overlap(self)).collect();
        others.sort();
        let mut left = Vec::new();
        let mut from = Some(self.start);
        for other in others {
            let Some(start) = from else { break };
            if start < other.start {
                left.extend(other.start.pred_opt().map(|end| Self { start, end }));
            }
            from = other.end.succ_opt().map(|next| next.max(start));
        }
        left.extend(from.map(|start| Self { start, ..*self }).filter(|rest| !rest.is_reversed()));
        left
    }

    /// "2021-02-01–2021-06-30", and of one day only that.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.start == self.end { self.start.to_string() } else { self.to_string() }
    }

    /// How many days it has; a reversed period has none.
    #[must_use]
    pub fn days(&self) -> u32 {
        u32::try_from((self.end - self.start).num_days() + 1).unwrap_or_default()
    }
}

/// "2021-02-01–2023-12-31".
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.start, self.end)
    }
}

/// "35 månader", "1 månad och 3 dagar".
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months = format!("{}{NBSP}{}", self.months, if self.months == 1 { "månad" } else { "månader" });
        let days = format!("{}{NBSP}{}", self.days, if self.days == 1 { "dag" } else { "dagar" });
        match (self.months, self.days) {
            (_, 0) => f.write_str(&months),
            (0, _) => f.write_str(&days),
            _ => write!(f, "{months} och {days}"),
        }
    }
}

/// A date of which the day, or month and day, may still be open, as on a signature line: "2021-02".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i32),
    /// Year and month (1–12).
    Month(i32, u32),
    /// The whole date.
    Day(NaiveDate),
}

impl FromStr for PartialDate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const ERROR: &str = "är inget datum: skriv 2021, \"2021-02\" eller 2021-02-01";
        let year = |text: &str| {
            (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<i32>().ok())
                .flatten()
                .ok_or(ERROR)
        };
        match text.len() {
            4 => year(text).map(Self::Year),
            7 => {
                let (start, month) = text.split_once('-').ok_or(ERROR)?;
                let month = month.parse().ok().filter(|month| month_name(*month).is_some()).ok_or(ERROR)?;
                Ok(Self::Month(year(start)?, month))
            }
            _ => NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::Day).map_err(|_| ERROR),
        }
    }
}

impl PartialDate {
    /// The first day that it can be.
    #[must_use]
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Day(day) => Some(day),
        }
    }

    /// "2021", "februari 2021", "1 februari 2021".
    #[must_use]
    pub fn long(self) -> String {
        match self {
            Self::Year(_) => self.to_string(),
            Self::Month(year, month) => format!("{} {year}", month_name(month).unwrap_or_default()),
            Self::Day(date) => long(date),
        }
    }

    /// As on a form, with lines for what is still to be written by hand: "2021-02-………".
    #[must_use]
    pub fn on_form(&self) -> String {
        match self {
            Self::Year(_) => format!("{self}-………-………"),
            Self::Month(..) => format!("{self}-………"),
            Self::Day(_) => self.to_string(),
        }
    }
}

/// As it is written in a file: "2021", "2021-02", "2021-02-01".
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => date.fmt(f),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for PartialDate {
    fn schema_name() -> Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Datum, helt eller delvis",
            "description": "\"2021\", \"2021-02\" eller 2021-02-01.",
            "x-expects": "ett datum, helt eller delvis: \"2021\", \"2021-02\" eller 2021-02-01",
            "anyOf": [
                { "type": "string", "format": "date", "examples": ["2024-01-31"] },
                { "type": "string", "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2]))?$", "examples": ["2024", "2024-01"] }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(start: &str, end: &str) -> Period {
        Period { start: date(start), end: date(end) }
    }

    #[test]
    fn counts_months_with_both_ends() {
        let length = |start, end| period(start, end).length().to_string().replace(NBSP, " ");
        assert_eq!(length("2021-02-01", "2023-12-31"), "35 månader");
        assert_eq!(length("2021-02-01", "2024-02-29"), "37 månader");
        assert_eq!(length("2021-01-01", "2024-01-01"), "36 månader och 1 dag");
        assert_eq!(length("2024-02-29", "2024-02-29"), "1 dag");
        assert_eq!(length("2021-01-31", "2021-02-28"), "1 månad och 1 dag");
        assert_eq!(length("2021-02-02", "2021-02-01"), "0 månader");
    }

    #[test]
    fn a_form_leaves_room_for_what_is_not_known() {
        assert_eq!("2021".parse::<PartialDate>().unwrap().on_form(), "2021-………-………");
        assert_eq!("2021-02".parse::<PartialDate>().unwrap().on_form(), "2021-02-………");
        assert_eq!("2021-02-03".parse::<PartialDate>().unwrap().on_form(), "2021-02-03");
        assert!("2021-13".parse::<PartialDate>().is_err());
        assert!("2021-02-30".parse::<PartialDate>().is_err());
        assert!("+021".parse::<PartialDate>().is_err());
    }

    proptest! {
        #[test]
        fn a_term_that_ends_on_its_last_allowed_day_is_exactly_as_long(
            start in 0_i32..60_000, months in 1_u32..60,
        ) {
            let start = date("1950-01-01") + Days::new(u64::try_from(start).unwrap());
            let end = Period { start, end: start }.last_day_within(months).unwrap();
            prop_assert_eq!(Period { start, end }.length(), Length { months, days: 0 });
            let longer = Period { start, end: end + Days::new(1) }.length();
            let limit = Length { months, days: 0 };
            prop_assert!(longer > limit);
        }

        #[test]
        fn what_others_leave_of_a_period_and_they_make_the_whole(
            parts in prop::collection::vec((0_u64..400, 0_u64..90), 0..6),
        ) {
            let day = |number: u64| date("2024-01-15") + Days::new(number);
            let whole = Period { start: day(50), end: day(350) };
            let others: Vec<Period> =
                parts.iter().map(|(start, days)| Period { start: day(*start), end: day(start + days) }).collect();
            let left = whole.without(&others);
            for number in 0..500 {
                let one = Period { start: day(number), end: day(number) };
                let is_left = left.iter().filter(|part| part.contains(&one)).count();
                let is_taken = others.iter().any(|other| other.contains(&one));
                prop_assert_eq!(is_left, usize::from(whole.contains(&one) && !is_taken));
            }
        }

        #[test]
        fn the_years_of_a_period_share_out_its_days(start in 0_u64..60_000, days in 0_u64..4_000) {
            let start = date("1950-01-01") + Days::new(start);
            let period = Period { start, end: start + Days::new(days) };
            let sum: u32 = period.years().filter_map(|year| period.in_year(year)).map(|part| part.days()).sum();
            prop_assert_eq!(sum, period.days());
        }
    }
}
