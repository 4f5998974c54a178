//! Periods and lengths of time as people write them.

use chrono::NaiveDate;

use super::days::{self, Point, point};
use super::lengths::length;
use crate::date::PartialDate;

/// A time of which words speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// How long, in months.
    Months(u32),
    /// From when to when, each as exactly as it is written.
    Span(Span),
    /// Until further notice.
    Open,
}

/// A time, or one end of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub start: Option<PartialDate>,
    /// The last day.
    pub end: Option<PartialDate>,
    /// Whether the end may be the day after the last: "till den 1 januari".
    pub may_exclude: bool,
}

/// The day that is meant, where month and day of those that leave them out are these, or as near as the month allows.
#[must_use]
pub fn day_of(said: PartialDate, (month, day): (u32, u32)) -> Option<NaiveDate> {
    match said {
        PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, month, day),
        PartialDate::Month(year, month) => {
            (1..=day).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        }
        PartialDate::Day(date) => Some(date),
    }
}

/// What follows words that say when something begins.
#[must_use]
pub fn from_word<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    from(words).map(|rest| rest.strip_prefix(&[":"]).unwrap_or(rest))
}

fn from<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    match words {
        ["från", "och", "med", rest @ ..]
        | ["räknat" | "räknad", "från", "och", "med", rest @ ..]
        | ["räknat" | "räknad", "från" | "fr.o.m.", rest @ ..]
        | ["med", "början" | "start" | "verkan", "från" | "fr.o.m." | "i", rest @ ..]
        | ["med", "början" | "start" | "verkan" | "startdatum" | "startdag", rest @ ..]
        | ["fr.o.m." | "från" | "mellan", rest @ ..] => Some(from_word(rest).unwrap_or(rest)),
        _ => None,
    }
}

/// What follows words that say when something ends, and whether the day that they name need not be its last.
#[must_use]
pub fn to_word<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], bool)> {
    to(words).map(|(rest, may_exclude)| (rest.strip_prefix(&[":"]).unwrap_or(rest), may_exclude))
}

fn to<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], bool)> {
    match words {
        [",", "längst" | "som", "längst" | "till" | "t.o.m.", ..] => to_word(words.get(2..)?),
        ["och", "fram" | "t.o.m." | "till", ..] | [",", "t.o.m.", ..] => to_word(words.get(1..)?),
        ["och", "löper" | "gäller" | "gälla" | "sträcker", rest @ ..] => to_word(rest),
        ["ut", rest @ ..] if rest.first().is_some_and(|word| days::year(word).is_some()) => {
            Some((rest, false))
        }
        ["dock", "som", "längst", rest @ ..] => to_word(rest),
        ["fram" | "längst" | "ut", rest @ ..] | ["som" | "dock" | ",", "längst", rest @ ..] => {
            to_word(rest)
        }
        ["-", "-", rest @ ..] | ["intill", "och", "med", rest @ ..] | ["intill", rest @ ..] => {
            Some((rest, false))
        }
        ["till", "och", "med", rest @ ..] | ["t.o.m." | "–" | "-" | "tills", rest @ ..] => {
            Some((rest, false))
        }
        ["med", "slutdatum" | "sista" | "slut", "dag", rest @ ..] | ["med", "slutdatum", rest @ ..] => {
            Some((rest, false))
        }
        // "Till utgången av juni" and "till och med" include their day.
        ["till", "utgången" | "slutet", "av", rest @ ..] => Some((rest, false)),
        ["till", rest @ ..] => Some((rest, true)),
        _ => None,
    }
}

/// The time with which words begin, and what follows it.
#[must_use]
pub fn when<'a, 'b>(words: &'a [&'b str]) -> Option<(When, &'a [&'b str])> {
    open(words)
        .or_else(|| length(words).map(|(months, rest)| (When::Months(months), rest)))
        .or_else(|| span(words).map(|(span, rest)| (When::Span(span), rest)))
}

/// Until further notice.
fn open<'a, 'b>(words: &'a [&'b str]) -> Option<(When, &'a [&'b str])> {
    match words {
        ["så", "länge", rest @ ..]
            if rest.iter().take(4).any(|word| matches!(*word, "ingen" | "inte" | "ingendera"))
                && rest.iter().take(9).any(|word| {
                    matches!(*word, "sagt" | "säger")
                        || word.starts_with("uppsäg")
                        || word.starts_with("uppsag")
                }) =>
        {
            Some((When::Open, &[]))
        }
        ["utan" | "ingen" | "inget" | "något", how, what, rest @ ..]
            if matches!(
                *how,
                "bortre"
                    | "fast"
                    | "bestämt"
                    | "bestämd"
                    | "angivet"
                    | "angiven"
                    | "fastställt"
                    | "fastställd"
            ) && ["slut", "tidsgräns", "gräns", "tidsbegräns"].iter().any(|end| what.starts_with(end)) =>
        {
            Some((When::Open, rest))
        }
        ["tills", "någon" | "endera" | "en" | "det" | "den" | "avtalet" | "part", rest @ ..]
        | ["till" | "intill", "dess", rest @ ..]
            if rest.iter().take(8).any(|word| {
                word.starts_with("uppsäg")
                    || matches!(*word, "säger" | "sägs" | "avsluta" | "avslutar" | "avslutas")
            }) =>
        {
            // What comes after a comma is said besides: ", dock längst till den 31 december 2027".
            let comma = rest.iter().position(|word| *word == ",");
            Some((When::Open, comma.and_then(|comma| rest.get(comma..)).unwrap_or_default()))
        }
        ["fram", rest @ ..] if matches!(rest, ["till" | "tills", ..]) => open(rest),
        [
            "utan",
            "bestämd" | "bestämt" | "angiven" | "angivet" | "fast",
            "sluttid" | "slutdatum" | "tid" | "tidsgräns" | "slutdag",
            rest @ ..,
        ]
        | ["utan", "begränsning", "i", "tid" | "tiden", rest @ ..]
        | ["tills", "vidare", rest @ ..]
        | ["tillsvidare", rest @ ..]
        | ["inget" | "ingen", "slutdatum" | "slutdag" | "sluttid" | "tidsgräns", rest @ ..]
        | ["inte", "tidsbegränsat" | "tidsbegränsad", rest @ ..]
        | ["saknar", "slutdatum" | "slutdag" | "sluttid", rest @ ..]
        | ["utan", "slutdatum" | "tidsbegränsning" | "tidsgräns" | "slutdag" | "sluttid", rest @ ..]
        | ["på" | "under" | "för", "obestämd" | "obegränsad", "tid", rest @ ..] => {
            Some((When::Open, rest))
        }
        _ => None,
    }
}

/// From when to when, with which words begin, and what follows it.
#[must_use]
pub fn span<'a, 'b>(words: &'a [&'b str]) -> Option<(Span, &'a [&'b str])> {
    if let Some((rest, may_exclude)) = to_word(words) {
        let (end, rest) = point(rest)?;
        return Some((Span { start: None, end: Some(end.as_end()?), may_exclude }, rest));
    }
    let opened = from_word(words);
    if let Some((first, rest)) = part_of_year(opened.unwrap_or(words)) {
        // "Från tredje kvartalet 2026 till och med andra kvartalet 2028"
        let last = to_word(rest).and_then(|(rest, _)| part_of_year(rest));
        let end = last.map_or(if opened.is_some() { None } else { first.end }, |(last, _)| last.end);
        return Some((Span { end, ..first }, last.map_or(rest, |(_, rest)| rest)));
    }
    let (first, rest) = point(opened.unwrap_or(words)).or_else(|| bare_day(opened.unwrap_or(words)))?;
    let rest_after = rest.strip_prefix(&[","]).filter(|rest| to_word(rest).is_some()).unwrap_or(rest);
    let after = match (to_word(rest_after), rest) {
        (None, ["och", rest @ ..]) if words.first() == Some(&"mellan") => Some((rest, false)),
        // "2026-01-01/2028-12-31"
        (None, ["/", last @ ..]) if first.is_day() && point(last).is_some_and(|(last, _)| last.is_day()) => {
            Some((last, false))
        }
        (None, ["/", named, ..]) if first.is_year() && days::year(named).is_some() => {
            Some((rest.get(1..)?, false))
        }
        (after, _) => after,
    };
    if let Some((after, may_exclude)) = after
        && let Some((last, rest)) = point(after)
    {
        let end = last.as_end_after(Some(first))?;
        let start = first.as_start(Some(last))?;
        let is_in_order = day_of(start, (1, 1)) <= day_of(end, (12, 31));
        return is_in_order.then_some((Span { start: Some(start), end: Some(end), may_exclude }, rest));
    }
    if opened.is_some() && words.first() != Some(&"mellan") {
        return Some((Span { start: Some(first.as_start(None)?), end: None, may_exclude: false }, rest));
    }
    // "2024, 2025 och 2026"
    let (last, rest) = years_after(first, rest);
    let is_list = first.is_year() && last != first && !matches!(rest, ["års", ..]);
    is_list.then_some((
        Span { start: Some(first.as_start(None)?), end: Some(last.as_end()?), may_exclude: false },
        rest,
    ))
}

/// "1–31 mars 2026": a day whose month follows the other.
fn bare_day<'a, 'b>(words: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    let words = words.strip_prefix(&["den"]).unwrap_or(words);
    let [day, "–" | "-", last, month, ..] = words else { return None };
    days::month(month)?;
    let (second, _) = point(words.get(2..)?)?;
    let first: u32 = day.parse().ok().filter(|day| (1..=31).contains(day) && last.len() < 3)?;
    Some((second.on_day(first), words.get(1..)?))
}

/// The years that go on a list of years.
fn years_after<'a, 'b>(first: Point, rest: &'a [&'b str]) -> (Point, &'a [&'b str]) {
    let (mut last, mut rest) = (first, rest);
    while let [",", "och", after @ ..] | ["," | "och" | "samt", after @ ..] = rest
        && let Some((next, after)) = point(after)
        && next.follows(last)
    {
        (last, rest) = (next, after);
    }
    (last, rest)
}

/// A half or a quarter of a year, a school year, or a whole one named as such.
fn part_of_year<'a, 'b>(words: &'a [&'b str]) -> Option<(Span, &'a [&'b str])> {
    let days = |year: i32, from: u32, to: u32| {
        let start = NaiveDate::from_ymd_opt(year, from, 1).map(PartialDate::Day);
        let end = day_of(PartialDate::Month(year, to), (to, 31)).map(PartialDate::Day);
        Some(Span { start: Some(start?), end: Some(end?), may_exclude: false })
    };
    let named = |words: &'a [&'b str]| -> Option<(i32, &'a [&'b str])> {
        let words = match words {
            ["av" | "år" | "under", "år", rest @ ..] | ["av" | "år" | "under", rest @ ..] => rest,
            _ => words,
        };
        days::year(words.first()?).zip(words.get(1..))
    };
    let number = |word: &str| match word {
        "första" | "1" | "1:a" => Some(1),
        "andra" | "2" | "2:a" => Some(2),
        "tredje" | "3" | "3:e" => Some(3),
        "fjärde" | "4" | "4:e" => Some(4),
        _ => None,
    };
    let short = |word: &str| {
        word.parse::<i32>()
            .ok()
            .filter(|year| word.len() == 2 && (20..80).contains(year))
            .map(|year| 2000 + year)
    };
    let words = words.strip_prefix(&["det"]).unwrap_or(words);
    match words {
        [which, "halvåret", rest @ ..] => {
            let (year, rest) = named(rest)?;
            let half: u32 = number(which).filter(|half| *half < 3)?;
            Some((days(year, half * 6 - 5, half * 6)?, rest))
        }
        // "H1 2026", "halvår 1 2026"
        ["h1" | "h2", rest @ ..] | ["halvår", "1" | "2", rest @ ..] => {
            let half = if matches!(words, ["h1", ..] | [_, "1", ..]) { 1 } else { 2 };
            let (year, rest) = named(rest)?;
            Some((days(year, half * 6 - 5, half * 6)?, rest))
        }
        [which, "kvartalet", rest @ ..] => {
            let (year, rest) = named(rest)?;
            let quarter = number(which)?;
            Some((days(year, quarter * 3 - 2, quarter * 3)?, rest))
        }
        [
            "läsåret" | "läsåren" | "skolåret" | "säsongen" | "verksamhetsåret",
            first,
            "/" | "–" | "-",
            second,
            rest @ ..,
        ] => {
            let first = days::year(first).or_else(|| short(first))?;
            let is_next = days::year(second).is_some_and(|second| second == first + 1)
                || second
                    .parse::<i32>()
                    .is_ok_and(|second| second.rem_euclid(100) == (first + 1).rem_euclid(100));
            // "Läsåren 2026/27 och 2027/28"
            let (last, rest) = match rest {
                ["och" | "–" | "-" | "till", _, "/" | "–" | "-", last, rest @ ..] => {
                    (days::year(last).or_else(|| short(last))?, rest)
                }
                _ => (first.checked_add(1)?, rest),
            };
            let span = Span {
                start: Some(PartialDate::Year(first)),
                end: Some(PartialDate::Year(last)),
                may_exclude: false,
            };
            is_next.then_some((span, rest))
        }
        ["vårterminen" | "höstterminen", rest @ ..] => {
            let (year, rest) = named(rest)?;
            let date = Some(PartialDate::Year(year));
            Some((Span { start: date, end: date, may_exclude: false }, rest))
        }
        ["kvartal", which, rest @ ..] => {
            let (year, rest) = named(rest)?;
            let quarter = number(which)?;
            Some((days(year, quarter * 3 - 2, quarter * 3)?, rest))
        }
        [
            whole @ ("kalenderåret" | "kalenderår" | "verksamhetsåret" | "år" | "hela" | "helåret"),
            rest @ ..,
        ] => {
            let rest = match (*whole, rest) {
                ("hela", ["kalenderåret" | "året" | "år", rest @ ..]) | (_, rest) => rest,
            };
            let (year, after) = named(rest)?;
            // "Kalenderåren 2026–2028" goes on.
            let goes_on = to_word(after).is_some_and(|(rest, _)| point(rest).is_some())
                || matches!(after, ["och" | "," | "samt" | "/", named, ..] if days::year(named).is_some())
                || matches!(after, ["-" | "års", ..]);
            let date = Some(PartialDate::Year(year));
            (!goes_on).then_some((Span { start: date, end: date, may_exclude: false }, after))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::super::tokens::{sentences, tokens};
    use super::*;

    fn read(text: &str) -> String {
        let folded = Folded::of(text);
        let tokens = tokens(&folded);
        let sentences = sentences(&folded, &tokens);
        let shown = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        match sentences.first().and_then(|sentence| when(&sentence.words)) {
            None => String::new(),
            Some((When::Months(months), rest)) => format!("{months} m|{}", rest.join(" ")),
            Some((When::Open, rest)) => format!("open|{}", rest.join(" ")),
            Some((When::Span(span), rest)) => {
                format!("{}..{}|{}", shown(span.start), shown(span.end), rest.join(" "))
            }
        }
    }

    #[test]
    fn a_period_is_read_in_every_way_that_people_write_it() {
        for text in [
            "2026-01-01–2028-12-31",
            "2026-01-01 - 2028-12-31",
            "20260101–20281231",
            "20260101-20281231",
            "1/1 2026 – 31/12 2028",
            "1/1-2026–31/12-2028",
            "1.1.2026–31.12.2028",
            "260101–281231",
            "från och med den 1 januari 2026 till och med den 31 december 2028",
            "fr.o.m. 2026-01-01 t.o.m. 2028-12-31",
            "mellan den 1 januari 2026 och den 31 december 2028",
            "från den 1 januari 2026 fram till och med den 31 december 2028",
            "1 jan. 2026 t o m 31 dec. 2028",
        ] {
            assert_eq!(read(text), "2026-01-01..2028-12-31|", "{text}");
        }
        for (text, expected) in [
            ("2026–2028", "2026..2028|"),
            ("åren 2026–2028", "2026..2028|"),
            ("2026, 2027 och 2028 års", ""),
            ("2026, 2027 och 2028 med", "2026..2028|med"),
            ("1 januari–31 december 2026", "2026-01-01..2026-12-31|"),
            ("1–31 mars 2026", "2026-03-01..2026-03-31|"),
            ("1 februari 2026–31 december", "2026-02-01..2026-12-31|"),
            ("första halvåret 2026", "2026-01-01..2026-06-30|"),
            ("andra halvåret av 2026", "2026-07-01..2026-12-31|"),
            ("H1 2026", "2026-01-01..2026-06-30|"),
            ("halvår 2 2026", "2026-07-01..2026-12-31|"),
            ("tredje kvartalet 2026", "2026-07-01..2026-09-30|"),
            ("kalenderåret 2026", "2026..2026|"),
            ("läsåret 2026/2027", "2026..2027|"),
            ("läsåret 2026/27", "2026..2027|"),
            ("från årsskiftet 2025/2026", "2026-01-01..|"),
            ("till årsskiftet 2027/2028", "..2027-12-31|"),
            ("januari 2026 till juni 2027", "2026-01..2027-06|"),
            ("till utgången av juni 2026", "..2026-06|"),
            ("till och med 2026-06-30 för", "..2026-06-30|för"),
            ("tre år i taget", "36 m|i taget"),
            ("tre (3) år", "36 m|"),
            ("ett och ett halvt år", "18 m|"),
            ("ett år och sex månader", "18 m|"),
            ("36 månader", "36 m|"),
            ("en treårsperiod", ""),
            ("treårsperiod", "36 m|"),
            ("tills vidare", "open|"),
            ("2028–2026", ""),
            ("tre veckor", ""),
            ("hösten 2026", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
