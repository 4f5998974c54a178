//! How much too much or too little a check finds: what somebody accepts of it is that and less, and no more.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Length;
use rust_decimal::Decimal;

use crate::money::{Money, Percent};
use crate::text::{self, NBSP};

/// A measure of one kind: kronor, a length in months and days, days, a number of things, or a part of a hundred. It is written alike in files and
/// reports. One that mixes kinds can be written by hand, and then covers nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Mått: kronor, months (med eller utan days), days, count eller percent")]
pub struct Measure {
    /// Kronor.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(title = "Kronor: så mycket är godtaget, i kronor", example = &20_000)]
    pub kronor: Option<Money>,
    /// Whole months of a length of time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(title = "Månader: hela månader av en tid", example = &37)]
    pub months: Option<u32>,
    /// Days: beyond the whole months, or alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(title = "Dagar: utöver hela månader, eller för sig", example = &14)]
    pub days: Option<u32>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(title = "Antal: till exempel möten eller rapporter", example = &1)]
    pub count: Option<u32>,
    /// Parts of a hundred.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(title = "Procent: som text, till exempel \"1\" eller \"2,5\"", example = &"1")]
    pub percent: Option<Percent>,
}

impl Measure {
    /// So much money; a difference in either direction is as large.
    #[must_use]
    pub fn of_kronor(amount: Money) -> Self {
        let amount = amount.max(Money::ZERO.checked_sub(amount).unwrap_or(amount)).rounded_to_ore();
        Self { kronor: Some(amount), ..Self::default() }
    }

    /// So long.
    #[must_use]
    pub fn of_length(length: Length) -> Self {
        let days = (length.days > 0).then_some(length.days);
        Self { months: Some(length.months), days, ..Self::default() }
    }

    /// So many days, in either direction.
    #[must_use]
    pub fn of_days(days: chrono::TimeDelta) -> Self {
        let days = u32::try_from(days.num_days().unsigned_abs()).unwrap_or(u32::MAX);
        Self { days: Some(days), ..Self::default() }
    }

    /// So many.
    #[must_use]
    pub fn of_count(count: u32) -> Self {
        Self { count: Some(count), ..Self::default() }
    }

    /// So many parts of a hundred, in either direction.
    #[must_use]
    pub fn of_percent(percent: Decimal) -> Self {
        Self { percent: Some(Percent::of_size(percent)), ..Self::default() }
    }

    /// Whether what was accepted covers what is found: of the same kind and as large at least. What has no measure is
    /// covered by what was accepted without one.
    #[must_use]
    pub fn is_covered(found: Option<&Self>, accepted: Option<&Self>) -> bool {
        match (found, accepted) {
            (None, None) => true,
            // Of one kind only one of the fields differs, or months go before days.
            (Some(found), Some(accepted)) => found.is_same_kind(accepted) && found <= accepted,
            _ => false,
        }
    }

    /// Whether it is more than twice as much as another measure of its kind.
    #[must_use]
    pub fn is_beyond_twice(&self, other: &Self) -> bool {
        let beyond =
            |one: Option<u64>, other: Option<u64>| one > other.and_then(|other| other.checked_mul(2));
        // A month is counted as thirty-one days: what is near the limit is not far beyond.
        let days = |one: &Self| {
            let months = one.months.map(|months| u64::from(months) * 31);
            let days = one.days.map(u64::from);
            (months.is_some() || days.is_some()).then(|| months.unwrap_or(0) + days.unwrap_or(0))
        };
        let twice = other.kronor.and_then(|kronor| kronor.checked_times(2));
        self.is_same_kind(other)
            && (self.kronor.is_some() && self.kronor > twice
                || self.percent.map(Percent::decimal)
                    > other.percent.and_then(|one| one.decimal().checked_mul(Decimal::TWO))
                || beyond(days(self), days(other))
                || beyond(self.count.map(u64::from), other.count.map(u64::from)))
    }

    /// Whether both count the same kind of thing.
    #[must_use]
    pub fn is_same_kind(&self, other: &Self) -> bool {
        let kind = |one: &Self| {
            (
                one.kronor.is_some(),
                one.months.is_some(),
                one.months.is_none() && one.days.is_some(),
                one.count.is_some(),
                one.percent.is_some(),
            )
        };
        kind(self) == kind(other)
    }

    /// As it is written in a file: `{ months = 37 }`.
    #[must_use]
    pub fn toml(&self) -> String {
        let kronor = self.kronor.map(|amount| {
            let plain = amount.plain();
            if plain.contains('.') {
                format!("kronor = \"{}\"", plain.replace('.', ","))
            } else {
                format!("kronor = {plain}")
            }
        });
        let number = |key: &str, value: Option<u32>| value.map(|value| format!("{key} = {value}"));
        let percent = self.percent.map(|percent| {
            format!("percent = \"{}\"", percent.decimal().normalize().to_string().replace('.', ","))
        });
        let rest =
            [number("months", self.months), number("days", self.days), number("count", self.count), percent];
        let parts: Vec<String> = kronor.into_iter().chain(rest.into_iter().flatten()).collect();
        format!("{{ {} }}", parts.join(", "))
    }
}

/// "20 000 kronor", "36 månader och 1 dag", "12 dagar", "2 stycken", "1 procent".
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.kronor.iter().map(ToString::to_string).collect();
        if self.months.is_some() || self.days.is_some() {
            let (months, days) = (self.months.unwrap_or(0), self.days.unwrap_or(0));
            parts.push(Length { months, days }.to_string());
        }
        parts.extend(self.count.map(|count| format!("{count}{NBSP}stycken")));
        parts.extend(self.percent.map(|percent| percent.to_string()));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        f.write_str(&text::list(&parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Measure {
        #[derive(Deserialize)]
        struct File {
            up_to: Measure,
        }
        toml::from_str::<File>(&format!("up_to = {text}")).unwrap().up_to
    }

    #[test]
    fn what_is_accepted_covers_that_and_less_of_its_kind() {
        for (accepted, found, covers) in [
            ("{ months = 37 }", "{ months = 37 }", true),
            ("{ months = 37 }", "{ months = 36, days = 30 }", true),
            ("{ months = 37 }", "{ months = 37, days = 1 }", false),
            ("{ months = 0, days = 5 }", "{ months = 0, days = 5 }", true),
            ("{ days = 5 }", "{ months = 0, days = 4 }", false),
            ("{ kronor = 1 }", "{ kronor = \"1,00\" }", true),
            ("{ kronor = 1 }", "{ kronor = \"1,01\" }", false),
            ("{ count = 9 }", "{ days = 1 }", false),
            ("{ kronor = 9, count = 9 }", "{ count = 1 }", false),
            ("{ percent = \"1,5\" }", "{ percent = \"1.50\" }", true),
            ("{ percent = \"1\" }", "{ percent = \"45\" }", false),
            ("{ percent = \"9\" }", "{ count = 9 }", false),
            ("{}", "{ count = 0 }", false),
        ] {
            let (found, accepted) = (read(found), read(accepted));
            assert_eq!(Measure::is_covered(Some(&found), Some(&accepted)), covers, "{accepted} {found}");
        }
        assert!(Measure::is_covered(None, None));
        assert!(!Measure::is_covered(Some(&Measure::of_count(1)), None));
        assert!(!Measure::is_covered(None, Some(&Measure::of_count(1))));
    }

    #[test]
    fn more_than_twice_is_far_beyond() {
        for (accepted, found, beyond) in [
            ("{ months = 74 }", "{ months = 37 }", false),
            ("{ months = 75 }", "{ months = 37 }", true),
            ("{ months = 74, days = 1 }", "{ months = 37 }", true),
            ("{ months = 74, days = 2 }", "{ months = 37, days = 1 }", false),
            ("{ kronor = 2 }", "{ kronor = 1 }", false),
            ("{ kronor = \"2,01\" }", "{ kronor = 1 }", true),
            ("{ count = 2 }", "{ count = 1 }", false),
            ("{ count = 3 }", "{ count = 1 }", true),
            ("{ days = 29 }", "{ days = 14 }", true),
            ("{ days = 29 }", "{ count = 14 }", false),
            ("{ percent = \"2\" }", "{ percent = \"1\" }", false),
            ("{ percent = \"2,1\" }", "{ percent = \"1\" }", true),
        ] {
            assert_eq!(read(accepted).is_beyond_twice(&read(found)), beyond, "{accepted} {found}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for measure in [
            Measure::of_kronor(Money::kronor(9_000_000)),
            Measure::of_kronor(Money::ore(-150)),
            Measure::of_length(Length { months: 36, days: 1 }),
            Measure::of_length(Length { months: 0, days: 0 }),
            Measure::of_days(chrono::TimeDelta::days(-12)),
            Measure::of_count(2),
            Measure::of_percent(Decimal::new(-25, 1)),
        ] {
            assert_eq!(read(&measure.toml()), measure);
            let json = serde_json::to_string(&measure).unwrap();
            assert_eq!(serde_json::from_str::<Measure>(&json).unwrap(), measure, "{json}");
        }
    }
}
