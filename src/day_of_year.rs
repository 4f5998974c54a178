//! A day that comes every year.

use std::borrow::Cow;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de};

use crate::date::month_name;

/// A day that every year has, written "12-31": all but 29 February. "02-28" is the last day of February in every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

/// Month and day of a common year.
const PATTERN: &str = r"^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$";

impl DayOfYear {
    /// New Year's Eve.
    pub const LAST: Self = Self { month: 12, day: 31 };

    /// The first such day that is not before `date`. Nothing after the last year that can be counted with.
    #[must_use]
    pub fn on_or_after(self, date: NaiveDate) -> Option<NaiveDate> {
        let is_last_of_february = (self.month, self.day) == (2, 28);
        let in_year = |year: i32| {
            let leap = is_last_of_february.then(|| NaiveDate::from_ymd_opt(year, 2, 29)).flatten();
            leap.or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day))
        };
        in_year(date.year()).filter(|day| *day >= date).or_else(|| in_year(date.year().checked_add(1)?))
    }

    /// "31 december", as it follows "den".
    #[must_use]
    pub fn long(self) -> String {
        if (self.month, self.day) == (2, 28) {
            return "sista februari".to_owned();
        }
        format!("{} {}", self.day, month_name(self.month).unwrap_or_default())
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for DayOfYear {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DayOfYear {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        // A common year has all the days that every year has.
        let day = NaiveDate::parse_from_str(&format!("2023-{text}"), "%Y-%m-%d").ok();
        let day = day.map(|day| Self { month: day.month(), day: day.day() });
        day.filter(|day| day.to_string() == text)
            .ok_or_else(|| de::Error::custom("ska vara en månad och en dag som finns varje år"))
    }
}

impl JsonSchema for DayOfYear {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "DayOfYear".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-expects": "månad och dag, som \"12-31\"; en dag som finns varje år",
            "type": "string",
            "pattern": PATTERN
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_pattern_admits_the_days_that_can_be_read() {
        let schema = SchemaGenerator::default().root_schema_for::<DayOfYear>();
        let validator = jsonschema::validator_for(&schema.to_value()).unwrap();
        for month in 0..=13 {
            for day in 0..=32 {
                let text = format!("{month:02}-{day:02}");
                let is_read = serde_json::from_value::<DayOfYear>(text.clone().into()).is_ok();
                assert_eq!(validator.is_valid(&text.into()), is_read, "{month}-{day}");
            }
        }
        for wrong in ["12-31 ", "1-1", "31/12", "2024-12-31", ""] {
            assert!(!validator.is_valid(&wrong.into()), "{wrong}");
            assert!(serde_json::from_value::<DayOfYear>(wrong.into()).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn the_next_one_comes_within_a_year(start in 0_u64..80_000, month in 1_u32..13, day in 1_u32..29) {
            let start = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::Days::new(start);
            let next = DayOfYear { month, day }.on_or_after(start).unwrap();
            prop_assert!(start <= next && next < start + chrono::Months::new(12));
            let is_last_of_february = (month, day) == (2, 28);
            prop_assert!(next.day() == day || is_last_of_february && next.succ_opt().unwrap().day() == 1);
            prop_assert_eq!(next.month(), month);
        }
    }
}
