//! What a price series was known to hold on a day.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

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
    /// How firm it is.
    pub status: ValueStatus,
    /// The decision or publication.
    pub source: &'a str,
    /// The day from which it was known; always where nothing is said.
    pub known_from: Option<NaiveDate>,
}

impl KnownValue<'_> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path!["value", self.key, self.position])
    }
}

/// The vintage of a value that was known last on `as_of`, with its position among them: the one with the latest day, and
/// of several with the same day, or none, the one that stands last.
#[must_use]
pub fn latest_known<'a>(series: &'a Series, key: &str, as_of: NaiveDate) -> Option<(usize, &'a Vintage)> {
    let vintages = series.value.get(key)?.iter().enumerate();
    let known = vintages.filter(|(_, vintage)| vintage.known_from.is_none_or(|day| day <= as_of));
    known.max_by_key(|(position, vintage)| (vintage.known_from, *position))
}

/// The same as something that a figure can rest on.
pub(super) fn known_value<'a>(
    register: &'a Register,
    series: &str,
    key: &str,
    as_of: NaiveDate,
) -> Option<KnownValue<'a>> {
    let (series, Entry { file, data }) = register.indexes.get_key_value(series)?;
    let (key, _) = data.value.get_key_value(key)?;
    let (position, vintage) = latest_known(data, key, as_of)?;
    Some(KnownValue {
        file,
        series,
        title: &data.title,
        coverage: data.coverage,
        key,
        position,
        number: vintage.number.decimal(),
        status: vintage.status,
        source: &vintage.source,
        known_from: vintage.known_from,
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
        assert!(latest_known(&series, "2025", "2024-01-01".parse().unwrap()).is_none());
    }
}
