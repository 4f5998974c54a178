//! What a price series was known to hold on a day.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::payout_time::last_of_month;
use crate::agreement::Published;
use crate::date::Period;
use crate::finding::Place;
use crate::index::{Coverage, Series, ValueStatus, Vintage};
use crate::path;
use crate::register::{Entry, Register};

/// An index value that a figure rests on, as the register has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownValue<'a> {
    /// The series' file.
    pub file: &'a Arc<str>,
    /// The series' key.
    pub series: &'a str,
    /// What the series is called.
    pub title: &'a str,
    /// What a percentage covers, where the series says it.
    pub coverage: Option<Coverage>,
    /// Year ("2022") or month ("2022-10").
    pub key: &'a str,
    /// Which of its vintages it is, from 0.
    pub position: usize,
    /// Per cent or index level.
    pub number: Decimal,
    /// Its reference period, where one is stated.
    pub reference: Option<&'a str>,
    /// How firm it is.
    pub status: ValueStatus,
    /// The decision or publication.
    pub source: &'a str,
    /// The day from which it was known; always where nothing is said.
    pub known_from: Option<NaiveDate>,
    /// Whether the agreement counts by just this notice, whatever comes later: its month is over.
    pub is_agreed: bool,
}

impl KnownValue<'_> {
    /// Whether it cannot become another: it is decided, or it is the notice that the agreement counts by.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        is_firm(self.status, self.is_agreed)
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path!["value", self.key, self.position])
    }
}

/// The vintage of a value that was known last on `as_of`, with its position among them: the one with the latest day, and
/// of several with the same day, or none, the one that stands last.
fn latest_known<'a>(series: &'a Series, key: &str, as_of: NaiveDate) -> Option<(usize, &'a Vintage)> {
    let vintages = series.value.get(key)?.iter().enumerate();
    let known = vintages.filter(|(_, vintage)| vintage.known_from.is_none_or(|day| day <= as_of));
    known.max_by_key(|(position, vintage)| (vintage.known_from, *position))
}

fn is_firm(status: ValueStatus, is_agreed: bool) -> bool {
    match status {
        ValueStatus::Decided => true,
        ValueStatus::Provisional => is_agreed,
        ValueStatus::Assumed => false,
    }
}

/// Which notice of a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// The month whose notices count; nothing where the latest known does.
    month: Option<Period>,
    /// Whether what was known at the end of that month counts; else it must have been published in it.
    is_known_then: bool,
}

impl Notice {
    /// The latest known, whenever it came.
    pub const LATEST: Self = Self { month: None, is_known_then: false };

    /// Of the value that adjusts a year; that of `published` in its month.
    pub(super) fn of(published: Option<Published>, year: i32) -> Self {
        let month = published.and_then(|published| {
            let year = year.checked_sub(i32::try_from(published.years_before).ok()?)?;
            let month = published.month.get();
            Some(Period { start: NaiveDate::from_ymd_opt(year, month, 1)?, end: last_of_month(year, month)? })
        });
        Self { month, is_known_then: false }
    }

    /// The month in which it is published, where just that one counts.
    #[must_use]
    pub fn published_in(self) -> Option<Period> {
        self.month.filter(|_| !self.is_known_then)
    }

    /// What was known of other values when it came.
    pub(super) fn as_known_then(self) -> Self {
        Self { is_known_then: true, ..self }
    }

    /// The notice of a value that counts, as known on a day, with its position among all; and whether it cannot become another.
    #[must_use]
    pub fn find<'a>(
        self,
        series: &'a Series,
        key: &str,
        as_of: NaiveDate,
    ) -> Option<(usize, &'a Vintage, bool)> {
        let until = self.month.map_or(as_of, |month| month.end.min(as_of));
        let (position, vintage) = latest_known(series, key, until)?;
        let is_in = |month: Period| vintage.known_from.is_some_and(|day| month.contains_day(day));
        let counts = self.is_known_then || self.month.is_none_or(is_in);
        counts.then(|| (position, vintage, is_firm(vintage.status, self.is_over(as_of))))
    }

    /// Whether no other notice of its month can come; not before the month is over.
    fn is_over(self, as_of: NaiveDate) -> bool {
        self.month.is_some_and(|month| month.end < as_of)
    }
}

/// The same as something that a figure can rest on.
pub(super) fn known_value<'a>(
    register: &'a Register,
    series: &str,
    key: &str,
    notice: Notice,
    as_of: NaiveDate,
) -> Option<KnownValue<'a>> {
    let (series, Entry { file, data }) = register.indexes.get_key_value(series)?;
    let (key, _) = data.value.get_key_value(key)?;
    let (position, vintage, _) = notice.find(data, key, as_of)?;
    Some(KnownValue {
        file,
        series,
        title: &data.title,
        coverage: data.coverage,
        key,
        position,
        number: vintage.number.decimal(),
        reference: data.reference_of(vintage),
        status: vintage.status,
        source: &vintage.source,
        known_from: vintage.known_from,
        is_agreed: notice.is_over(as_of),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_vintage_counts_from_the_day_it_was_known() {
        let series: Series = toml::from_str(
            r#"title = "x"
            kind = "yearly-change"
            publisher = "x"
            [value]
            2024 = [
                { number = "2,0", status = "assumed", source = "a" },
                { number = "2,5", status = "decided", source = "c", known_from = "2023-11-20" },
                { number = "2,4", status = "provisional", source = "b", known_from = "2023-10-01" },
            ]"#,
        )
        .unwrap();
        let source = |day: &str| {
            let (position, vintage) = latest_known(&series, "2024", day.parse().unwrap()).unwrap();
            (position, vintage.source.as_str())
        };
        assert_eq!(source("2023-09-30"), (0, "a"));
        assert_eq!(source("2023-10-01"), (2, "b"));
        assert_eq!(source("2023-11-20"), (1, "c"));
        // The notice of October counts for the year after, whatever came in November; that of a month without one does not.
        let published = |month| Some(toml::from_str(&format!("month = {month}\nyears_before = 1")).unwrap());
        let of = |month, day: &str| {
            let notice = Notice::of(published(month), 2024);
            notice
                .find(&series, "2024", day.parse().unwrap())
                .map(|(position, _, is_firm)| (position, is_firm))
        };
        assert_eq!(of(10, "2025-01-01"), Some((2, true)));
        // Another notice can still come in its month.
        assert_eq!(of(10, "2023-10-31"), Some((2, false)));
        assert_eq!(of(10, "2023-11-01"), Some((2, true)));
        assert_eq!(of(10, "2023-09-30"), None);
        assert_eq!(of(12, "2025-01-01"), None);
        let then = Notice::of(published(12), 2024).as_known_then();
        assert_eq!(then.find(&series, "2024", "2025-01-01".parse().unwrap()).unwrap().0, 1);
        assert!(latest_known(&series, "2025", "2024-01-01".parse().unwrap()).is_none());
    }
}
