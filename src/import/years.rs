//! The times that words name beside an amount: years, halves of years, and days from and to.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::date::{MONTHS, PartialDate, Period};
use crate::language::days::year;
use crate::language::periods::{Span, day_of, span};

/// A time that words name, and which of them do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The periods: one, or one for each year of a list.
    pub(super) periods: Vec<Period>,
    /// Whether each is a year that is named and no more.
    pub(super) is_years: bool,
    pub(super) at: Range<usize>,
}

/// The times in words, in their order.
pub(super) fn named(words: &[&str]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((time, count)) = days(rest) {
            found.push(Named { at: at..at + count, ..time });
            at += count;
        } else if let Some((time, count)) = years(rest, words.get(..at).unwrap_or_default()) {
            found.push(Named { at: at..at + count, ..time });
            at += count;
        } else {
            at += 1;
        }
    }
    found
}

/// Days from and to, or a part of a year.
fn days(words: &[&str]) -> Option<(Named, usize)> {
    let (Span { start, end, may_exclude }, rest) = span(words)?;
    let (start, end) = (start?, end?);
    if may_exclude || matches!((start, end), (PartialDate::Year(_), PartialDate::Year(_))) {
        return None;
    }
    let period = Period { start: day_of(start, (1, 1))?, end: day_of(end, (12, 31))? };
    (!period.is_reversed())
        .then(|| (Named { periods: vec![period], is_years: false, at: 0..0 }, words.len() - rest.len()))
}

/// "2024", "2024, 2025 och 2026", "2024–2026", "2022 och för 2023".
fn years(words: &[&str], before: &[&str]) -> Option<(Named, usize)> {
    let first = year(words.first()?)?;
    if is_of_prices(words, before) {
        return None;
    }
    let before_year =
        before.strip_suffix(&["år"]).or_else(|| before.strip_suffix(&["året"])).unwrap_or(before);
    let opens = OPEN.iter().any(|open| before_year.ends_with(open));
    let before = before.last();
    // A part of the year that nobody knows the days of is no whole one.
    if before.is_some_and(|before| PARTS.contains(before)) {
        return None;
    }
    // The year of a day: "31 mars 2022", "2022-03-31", "1/4 2022".
    let is_of_day = before
        .is_some_and(|before| MONTHS.contains(before) || matches!(*before, "-" | "/" | "§"))
        || matches!(words, [_, "-" | "/", next, ..] if next.len() == 2);
    if is_of_day {
        return None;
    }
    let mut years = vec![first];
    let mut count = 1;
    loop {
        let rest = words.get(count..)?;
        let (joint, next) = match rest {
            ["och" | "samt", "för" | "år" | "under", "år" | "året", next, ..] => (4, next),
            [",", "och" | "samt", next, ..] | ["och" | "samt", "för" | "år" | "under", next, ..] => {
                (3, next)
            }
            ["," | "och" | "samt" | "respektive", next, ..] => (2, next),
            ["–" | "-" | "till", next, ..] if count == 1 => (2, next),
            ["till", "och", "med", next, ..] if count == 1 => (4, next),
            _ => break,
        };
        let Some(next) = year(next) else { break };
        let last = *years.last()?;
        if matches!(rest.first(), Some(&("–" | "-" | "till"))) {
            if !(last..last + 15).contains(&next) {
                break;
            }
            years.extend(last + 1..=next);
        } else if next > last && next < last + 15 {
            years.push(next);
        } else {
            break;
        }
        count += joint;
    }
    // "Från och med 2026" is no year of its own.
    if opens && years.len() == 1 {
        return None;
    }
    let periods = years.iter().filter_map(|year| {
        Some(Period {
            start: NaiveDate::from_ymd_opt(*year, 1, 1)?,
            end: NaiveDate::from_ymd_opt(*year, 12, 31)?,
        })
    });
    Some((Named { periods: periods.collect(), is_years: true, at: 0..0 }, count))
}

/// What names a part of a year, the days of which each organisation sets itself.
const PARTS: [&str; 10] =
    ["vt", "ht", "våren", "hösten", "vår", "höst", "vårterminen", "höstterminen", "vårtermin", "hösttermin"];

/// What makes a year one end of a time.
const OPEN: [&[&str]; 10] = [
    &["från", "och", "med"],
    &["till", "och", "med"],
    &["fr.o.m."],
    &["t.o.m."],
    &["sedan"],
    &["efter"],
    &["före"],
    &["innan"],
    &["tidigast"],
    &["fram", "till"],
];

/// Whether a year only tells of which prices an amount is: "i 2026 års priser", "prisnivå 2026".
fn is_of_prices(words: &[&str], before: &[&str]) -> bool {
    const LEVELS: [&str; 7] =
        ["prisnivå", "prisläge", "penningvärde", "kostnadsläge", "löneläge", "basår", "priser"];
    let is_level = |word: &&str| LEVELS.iter().any(|level| word.starts_with(level));
    let passed = |word: &&&str| matches!(**word, "år" | "för" | "i" | ":" | "(" | "är" | "av");
    matches!(words, [_, "års", word, ..] if word.starts_with("pris") || is_level(word))
        || before.iter().rev().take(4).find(|word| !passed(word)).is_some_and(is_level)
}

/// A year of the calendar as far as it lies in the term.
pub(super) fn within(period: Period, term: Option<Period>) -> Period {
    term.and_then(|term| term.in_year(period.start.year())).unwrap_or(period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_days_are_told_from_each_other() {
        let said = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            named(&words).iter().map(|one| one.periods.len()).collect::<Vec<_>>()
        };
        assert_eq!(said("för år 2021 med 900 000 kronor"), [1]);
        assert_eq!(said("för år 2022 och 2023 är finansieringen"), [2]);
        assert_eq!(said("för vardera året 2023 och för 2024"), [2]);
        assert_eq!(said("åren 2024 – 2026"), [3]);
        for none in [
            "den 31 mars 2022",
            "i 2026 års priser",
            "prisnivå 2026",
            "prisläge år 2026",
            "från och med 2026",
            "till och med år 2027",
            "vt 2026",
            "hösten 2026",
        ] {
            assert_eq!(said(none), [0_usize; 0], "{none}");
        }
        assert_eq!(said("från 2026 till 2027"), [2]);
        assert_eq!(said("2026 års ersättning"), [1]);
        assert_eq!(said("första halvåret 2026 och andra halvåret 2026"), [1, 1]);
        assert_eq!(said("2024 - 01 - 01 – 2024 - 06 - 30"), [1]);
    }
}
