//! A personal identity number: it does not belong in a history that cannot be weeded.

use rayon::prelude::*;

use crate::check_digit;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    code: "IOP115",
    slug: "personal-number",
    title: "Något som ser ut som ett personnummer",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "dataskyddsförordningen (EU) 2016/679 artikel 5.1 c och lagen (2018:218) 3 kap. 10 §",
    why: "Registrets historik går inte att gallra. Ett personnummer som har sparats finns kvar i varje kopia, också när raden är borttagen.",
    check: Check::Register(check),
    bad: Example::file("budget.toml", "line.social.title = \"Partnerskap 19121212-1212\"", ""),
    good: Example::file(
        "budget.toml",
        "line.social.title = \"Partnerskap 212000-1132 den 20250101-0110\"",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let files: Vec<&str> = scope.register.files().collect();
    files
        .into_par_iter()
        .filter_map(|file| scope.register.source(file))
        .flat_map_iter(|source| {
            numbers(source.text.as_bytes()).into_iter().map(|(start, end)| {
                let place = Place::bytes(&source.file, start, end);
                Finding::new(RULE.code, Level::Error, place, "Här står något som ser ut som ett personnummer.")
                    .source(RULE.source)
                    .help("Ta bort det och ange en funktion i stället. Har filen redan sparats i git: fråga kommunens dataskyddsombud.")
            })
        })
        .collect()
}

/// Where personal identity numbers and co-ordination numbers stand.
fn numbers(text: &[u8]) -> Vec<(usize, usize)> {
    let digits_from = |start: usize| {
        text.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let is_part_of_word = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = six_digits(text, at) {
        let first = digits_from(start);
        at = start + first;
        let mut end = at;
        let mut number = text.get(start..end).unwrap_or_default().to_vec();
        let sign = if matches!(first, 6 | 8) { sign(text.get(end..).unwrap_or_default()) } else { 0 };
        if sign > 0 && digits_from(end + sign) == 4 {
            number.extend_from_slice(text.get(end + sign..end + sign + 4).unwrap_or_default());
            end += sign + 4;
            at = end;
        } else if !matches!(first, 10 | 12) || (first == 10 && number.first() == Some(&b'0')) {
            // Ten digits that begin with a zero are a telephone number.
            continue;
        }
        let before = start.checked_sub(1);
        let goes_on = is_part_of_word(before)
            || is_part_of_word(Some(end))
            || before.and_then(|before| text.get(before)) == Some(&b'-')
            || text.get(end) == Some(&b'-');
        if !goes_on && is_personal(&number) {
            found.push((start, end));
        }
    }
    found
}

/// Where the next six digits or more in a row begin, from a byte that no digit goes before. There is one of them at
/// every sixth byte, so the others are not looked at.
fn six_digits(text: &[u8], from: usize) -> Option<usize> {
    let is_digit = |at: &usize| text.get(*at).is_some_and(u8::is_ascii_digit);
    let probes = (from + 5..text.len()).step_by(6);
    probes.filter(is_digit).find_map(|probe| {
        let before = (from..probe).rev().take_while(is_digit).count();
        let after = (probe + 1..text.len()).take_while(is_digit).count();
        (before + after >= 5).then_some(probe - before)
    })
}

/// How many bytes the sign before the last four digits has: a hyphen or plus, a dash that a word processor has made of
/// it, or a space. Nothing where there is none.
fn sign(text: &[u8]) -> usize {
    let signs = ["-", "+", "–", "\u{2011}", "−", " ", "\u{a0}"];
    signs.into_iter().find(|sign| text.starts_with(sign.as_bytes())).map_or(0, str::len)
}

/// Whether ten or twelve digits are a date of birth with a right check digit.
fn is_personal(digits: &[u8]) -> bool {
    let Some(ten) = digits.len().checked_sub(10).and_then(|century| digits.get(century..)) else {
        return false;
    };
    let number = |from: usize, to: usize| {
        digits
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    // Without a century it may be either: the years from 2000 have every day that those from 1900 had, and one more.
    let (year, rest) = if digits.len() == 12 { (number(0, 4), 4) } else { (2000 + number(0, 2), 2) };
    let (month, day) = (number(rest, rest + 2), number(rest + 2, rest + 4));
    // A co-ordination number has sixty added to the day.
    let day = if day > 60 { day - 60 } else { day };
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    (1850..2100).contains(&year) && date.is_some() && check_digit::is_right(ten)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_way_of_writing_one() {
        for text in
            ["19121212-1212", "121212-1212", "121212+1212", "1212121212", "191212121212", "701063-2391"]
        {
            assert_eq!(numbers(text.as_bytes()), [(0, text.len())], "{text}");
            let inside = format!("Ring ({text}), tack");
            assert_eq!(numbers(inside.as_bytes()), [(6, 6 + text.len())], "{text}");
        }
    }

    #[test]
    fn the_29_february_is_a_day_of_birth_in_a_leap_year_of_either_century() {
        // 1904 and 2004 were leap years, and 2000 but not 1900.
        for text in ["040229-0019", "000229-0013"] {
            assert_eq!(numbers(text.as_bytes()), [(0, text.len())], "{text}");
        }
        // Neither 1901 nor 2001 was.
        assert_eq!(numbers(b"010229-0012"), []);
        assert_eq!(numbers(b"19000229-0013"), []);
        assert_eq!(numbers(b"20000229-0013"), [(0, 13)]);
    }

    #[test]
    fn the_day_of_a_co_ordination_number_is_that_of_a_month_with_sixty_added() {
        assert_eq!(numbers(b"701091-0011"), [(0, 11)]);
        // No 32 October, and no 30 February.
        assert_eq!(numbers(b"701092-0010"), []);
        assert_eq!(numbers(b"700290-0012"), []);
    }

    #[test]
    fn passes_what_only_resembles_one() {
        for text in [
            "19121212-1213",     // another check digit
            "212000-1132",       // an organisation number: no month 20
            "19121312-1212",     // no month 13
            "0701234567",        // a telephone number
            "20210201-20231231", // two dates
            "a121212-1212",      // part of a name
            "121212-12125",
            "1912121212123",
        ] {
            assert_eq!(numbers(text.as_bytes()), [], "{text}");
        }
    }
}
