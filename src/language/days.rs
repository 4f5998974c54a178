//! Days, months and years as people write them.

use chrono::{Datelike, NaiveDate};

use super::numbers::in_words;
use super::tokens::is_digits;
use crate::date::{MONTHS, PartialDate};

/// A day, a month or a year, as it is written: the first of two may leave month and year to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// A turn of the year: the day after it, where something begins, and the day before, where something ends.
    is_turn: bool,
}

impl Point {
    fn of(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Self {
        Self { year, month, day, is_turn: false }
    }

    /// The date where something begins, with month and year of the end where it has none itself; nothing for a day that no
    /// calendar has.
    #[must_use]
    pub fn as_start(self, end: Option<Self>) -> Option<PartialDate> {
        let year = self.year.or(end.and_then(|end| end.year))?;
        let month = self.month.or(self.day.and(end.and_then(|end| end.month)));
        dated(year, month, self.day)
    }

    /// The date where something ends.
    #[must_use]
    pub fn as_end(self) -> Option<PartialDate> {
        self.as_end_after(None)
    }

    /// The same, with the year of the start where it has none itself.
    #[must_use]
    pub fn as_end_after(self, start: Option<Self>) -> Option<PartialDate> {
        let year = self.year.or(start.and_then(|start| start.year))?;
        if self.is_turn {
            return NaiveDate::from_ymd_opt(year, self.month?, 1)?.pred_opt().map(PartialDate::Day);
        }
        dated(year, self.month, self.day)
    }

    /// Whether it is a year and no more.
    #[must_use]
    pub fn is_year(self) -> bool {
        self.year.is_some() && self.month.is_none()
    }

    /// Whether it is a day with its year.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.year.is_some() && self.day.is_some()
    }

    /// Whether the year is the next one after another's.
    #[must_use]
    pub fn follows(self, other: Self) -> bool {
        self.is_year() && self.year == other.year.and_then(|year| year.checked_add(1))
    }

    /// Another day of the same month.
    #[must_use]
    pub fn on_day(self, day: u32) -> Self {
        Self { day: Some(day), ..self }
    }

    /// The year, where it says one.
    #[must_use]
    pub fn year(self) -> Option<i32> {
        self.year
    }
}

fn dated(year: i32, month: Option<u32>, day: Option<u32>) -> Option<PartialDate> {
    match (month, day) {
        (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(PartialDate::Day),
        (Some(month), None) => (1..=12).contains(&month).then_some(PartialDate::Month(year, month)),
        (None, _) => Some(PartialDate::Year(year)),
    }
}

/// A year in four digits, or in words.
#[must_use]
pub fn year(word: &str) -> Option<i32> {
    let year = word.parse().ok().filter(|_| word.len() == 4 && is_digits(word));
    let year = year.or_else(|| {
        let in_century = word.strip_prefix("tjugohundra").map(|rest| in_words(rest).map(|rest| rest + 2000));
        let thousands = || word.starts_with("tvåtusen").then(|| in_words(word)).flatten();
        i32::try_from(in_century.flatten().or_else(thousands)?).ok()
    });
    year.filter(|year| (1900..=2200).contains(year))
}

/// A month by its name, or the first letters of it.
#[must_use]
pub fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|name| {
        *name == word || (3..=4).contains(&word.len()) && word != "mars" && name.starts_with(word)
    })?;
    u32::try_from(at + 1).ok()
}

fn day_number(word: &str) -> Option<u32> {
    let digits = word.strip_suffix(":a").or_else(|| word.strip_suffix(":e")).unwrap_or(word);
    let in_digits = digits.parse().ok().filter(|day| is_digits(digits) && (1..=31).contains(day));
    in_digits.or_else(|| {
        let ordinals = ["första", "andra", "tredje"];
        let word = match word {
            "förste" => "första",
            "andre" => "andra",
            _ => word,
        };
        ordinals.iter().position(|ordinal| *ordinal == word).and_then(|at| u32::try_from(at + 1).ok())
    })
}

fn month_number(word: &str) -> Option<u32> {
    word.parse().ok().filter(|month| is_digits(word) && word.len() < 3 && (1..=12).contains(month))
}

/// Two digits after a mark are a year of this century: "1/1 -26".
fn short_year(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.len() == 2 && is_digits(word))?;
    (20..80).contains(&year).then(|| 2000 + year)
}

/// The day, month or year with which words begin: "den 1 januari 2024", "1/1 2024", "januari 2024", "20240101".
#[must_use]
pub fn point<'a, 'b>(words: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    match words {
        ["utgången" | "slutet" | "ingången" | "början" | "loppet", "av", rest @ ..]
        | ["och", "med", rest @ ..]
        | [
            "den" | "åren" | "kalenderåren" | "år" | "året" | "kalenderåret" | "kalenderår"
            | "verksamhetsåret" | "budgetåret" | "månaden",
            rest @ ..,
        ]
        | ["dagen", "den", rest @ ..] => {
            return point(rest);
        }
        ["årsskiftet" | "nyåret", rest @ ..] => return turn(rest),
        // "Månadsskiftet mars/april 2026"
        ["månadsskiftet", first, "/" | "–" | "-", second, named, rest @ ..] => {
            let next =
                month(second).filter(|next| month(first).is_some_and(|first| first % 12 + 1 == *next))?;
            let turn = Point { is_turn: true, ..Point::of(Some(year(named)?), Some(next), Some(1)) };
            return Some((turn, rest));
        }
        ["halvårsskiftet", named, rest @ ..] => {
            let turn = Point { is_turn: true, ..Point::of(Some(year(named)?), Some(7), Some(1)) };
            return Some((turn, rest));
        }
        ["sista" | "siste", named, rest @ ..] if month(named).is_some() => return last_of_month(named, rest),
        ["sista" | "siste", "dagen" | "dag", "i" | "av", named, rest @ ..] if month(named).is_some() => {
            return last_of_month(named, rest);
        }
        ["hösten" | "våren" | "sommaren" | "vintern", named, rest @ ..] => {
            return Some((Point::of(Some(year(named)?), None, None), rest));
        }
        ["nyårsafton", rest @ ..] => return Some(with_year(Some(12), Some(31), rest)),
        ["nyårsdagen", rest @ ..] => return Some(with_year(Some(1), Some(1), rest)),
        _ => {}
    }
    let (first, rest) = words.split_first()?;
    if let Some(month) = month(first) {
        return Some(with_year(Some(month), None, rest));
    }
    numeric(words).or_else(|| {
        let day = day_number(first)?;
        let ([".", named, rest @ ..] | [named, rest @ ..]) = rest else { return None };
        Some(with_year(Some(month(named)?), Some(day), rest))
    })
}

/// A month, and the year that follows it where one does.
fn with_year<'a, 'b>(month: Option<u32>, day: Option<u32>, rest: &'a [&'b str]) -> (Point, &'a [&'b str]) {
    let rest = match (day, rest) {
        (None, ["månad", rest @ ..]) => rest,
        _ => rest,
    };
    let (named, rest) = match rest {
        ["år" | "," | "-" | "/", named, after @ ..] if year(named).is_some() => (year(named), after),
        [named, after @ ..] if year(named).is_some() => (year(named), after),
        ["-", named, after @ ..]
            if day.is_some() && short_year(named).is_some() && !matches!(after, ["/", ..]) =>
        {
            (short_year(named), after)
        }
        [named, after @ ..] if day.is_some() && short_year(named).is_some() && is_end(after) => {
            (short_year(named), after)
        }
        _ => (None, rest),
    };
    (Point::of(named, month, day), rest)
}

/// The last day of a month.
fn last_of_month<'a, 'b>(named: &str, rest: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    let (point, rest) = with_year(month(named), None, rest);
    let next = point.month?.checked_add(1).filter(|month| *month < 13);
    let last = match next {
        Some(next) => NaiveDate::from_ymd_opt(point.year.unwrap_or(2001), next, 1)?.pred_opt()?.day(),
        None => 31,
    };
    Some((point.on_day(last), rest))
}

/// Whether nothing follows that would make two digits a number of something.
fn is_end(words: &[&str]) -> bool {
    matches!(words, [] | ["," | ")" | "–" | "-" | "och" | "till" | "t.o.m.", ..])
}

/// A date in digits.
fn numeric<'a, 'b>(words: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    let whole = |year, month: &str, day: &str| {
        Some(Point::of(
            Some(year),
            Some(month_number(month)?),
            Some(day_number(day).filter(|_| is_digits(day))?),
        ))
    };
    let point = match words {
        // 2024-01-01, 2024/01/01, 2024.01.01
        [named, "-" | "/" | ".", month, "-" | "/" | ".", day, rest @ ..]
            if year(named).is_some() && day.len() < 3 && month.len() < 3 =>
        {
            Some((whole(year(named)?, month, day)?, rest))
        }
        // 24-01-01
        [named, "-", month, "-", day, rest @ ..]
            if short_year(named).is_some() && month.len() == 2 && day.len() == 2 && is_digits(day) =>
        {
            Some((whole(short_year(named)?, month, day)?, rest))
        }
        // 2024 01 01
        [named, month, day, rest @ ..]
            if year(named).is_some()
                && month.len() == 2
                && day.len() == 2
                && month_number(month).is_some()
                && is_digits(day) =>
        {
            Some((whole(year(named)?, month, day)?, rest))
        }
        // 01-01-2024, 1/1/2024, 1.1.2024, 1/1-2024
        [day, "-" | "/" | ".", month, "-" | "/" | ".", named, rest @ ..]
            if year(named).is_some() && day.len() < 3 && month.len() < 3 =>
        {
            Some((whole(year(named)?, month, day)?, rest))
        }
        // 1.1.24, 1/1/24
        [day, first @ ("." | "/"), month, second, named, rest @ ..]
            if first == second
                && day.len() < 3
                && month.len() < 3
                && short_year(named).is_some()
                && !matches!(rest, ["." | "/", ..]) =>
        {
            Some((whole(short_year(named)?, month, day)?, rest))
        }
        // 2024-01
        [named, "-", month, rest @ ..]
            if year(named).is_some()
                && month.len() == 2
                && short_year(month).is_none()
                && month_number(month).is_some() =>
        {
            Some((Point::of(year(named), month_number(month), None), rest))
        }
        [day, "/", month, rest @ ..] if day.len() < 3 && month.len() < 3 => {
            let (day, month) = (day_number(day)?, month_number(month)?);
            Some(with_year(Some(month), Some(day), rest))
        }
        [digits, rest @ ..] => compact(digits).map(|point| (point, rest)),
        [] => None,
    }?;
    Some(point)
}

/// 20240101, 240101, 2024.
fn compact(digits: &str) -> Option<Point> {
    if !is_digits(digits) {
        return None;
    }
    let (named, rest) = match digits.len() {
        8 => (year(digits.get(..4)?)?, digits.get(4..)?),
        6 => (short_year(digits.get(..2)?)?, digits.get(2..)?),
        4 => return Some(Point::of(Some(year(digits)?), None, None)),
        _ => return None,
    };
    let (month, day) = (month_number(rest.get(..2)?)?, day_number(rest.get(2..)?)?);
    Some(Point::of(Some(named), Some(month), Some(day)))
}

/// A turn of the year: "2025/2026", "2025–2026", "2025/26".
fn turn<'a, 'b>(words: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    match words {
        [first, "/" | "–" | "-", second, rest @ ..] => {
            let next = year(first)?.checked_add(1)?;
            let is_next = year(second).or_else(|| short_year(second)) == Some(next);
            let point = Point { is_turn: true, ..Point::of(Some(next), Some(1), Some(1)) };
            is_next.then_some((point, rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::super::tokens::{sentences, tokens};
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let folded = Folded::of(text);
        let tokens = tokens(&folded);
        let sentences = sentences(&folded, &tokens);
        let words = &sentences.first()?.words;
        let (point, rest) = point(words)?;
        Some((point.as_start(None)?.to_string(), rest.join(" ")))
    }

    #[test]
    fn a_day_is_read_in_every_way_that_people_write_it() {
        for text in [
            "2026-01-31",
            "20260131",
            "260131",
            "26-01-31",
            "31/1 2026",
            "31/1-2026",
            "31/01/2026",
            "31.1.2026",
            "31.01.2026",
            "den 31 januari 2026",
            "den 31:a januari 2026",
            "31 jan 2026",
            "31 jan. 2026",
            "dagen den 31 januari år 2026",
            "2026/01/31",
            "2026.01.31",
            "31/1 -26",
            "31-01-2026",
        ] {
            assert_eq!(read(text), Some(("2026-01-31".to_owned(), String::new())), "{text}");
        }
        for (text, date, left) in [
            ("januari 2026 och", "2026-01", "och"),
            ("utgången av mars månad 2026", "2026-03", ""),
            ("kalenderåret 2026, men", "2026", ", men"),
            ("årsskiftet 2025/2026", "2026-01-01", ""),
            ("årsskiftet 2025/26", "2026-01-01", ""),
            ("2026-2028", "2026", "- 2028"),
            ("hösten 2026 och", "2026", "och"),
        ] {
            assert_eq!(read(text), Some((date.to_owned(), left.to_owned())), "{text}");
        }
        for text in ["hösten", "2026-02-30", "31/13 2026", "årsskiftet", "300 000", "12 personer", "1:a"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_end_at_the_turn_of_a_year_is_the_day_before() {
        let (turn, _) = point(&["årsskiftet", "2025", "/", "2026"]).unwrap();
        assert_eq!(turn.as_end().unwrap().to_string(), "2025-12-31");
        let (day, _) = point(&["1", "januari"]).unwrap();
        let (last, _) = point(&["31", "december", "2026"]).unwrap();
        assert_eq!(day.as_start(Some(last)).unwrap().to_string(), "2026-01-01");
        assert_eq!(day.as_start(None), None);
    }
}
