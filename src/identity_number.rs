//! Personal identity numbers and co-ordination numbers in a text, however they are written.

use chrono::NaiveDate;

use crate::check_digit;

/// Where the numbers of a file stand, in bytes of its text, those that it writes with escapes as well.
#[must_use]
pub fn in_file(text: &str) -> Vec<(usize, usize)> {
    match unescaped(text) {
        None => numbers(text.as_bytes()),
        Some((plain, origins)) => {
            let origin = |at: usize| origins.get(at).copied().unwrap_or(text.len());
            numbers(&plain).into_iter().map(|(start, end)| (origin(start), origin(end))).collect()
        }
    }
}

/// Where numbers in the form of a personal number stand in a text, whether their check digit fits or not.
#[must_use]
pub fn alike(text: &str) -> Vec<(usize, usize)> {
    those(text.as_bytes(), has_form)
}

/// A file as its strings read, with where each byte of it comes from; nothing where no escape makes a difference here.
/// Strings without escapes are read in the same way: what looks like one in them hardly hides a number.
fn unescaped(text: &str) -> Option<(Vec<u8>, Vec<usize>)> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    // An escape away from all digits is no part of a number.
    let may_matter = |at: &usize| {
        escape(text, *at).is_some_and(|(letter, length)| {
            letter.is_some_and(|letter| letter.is_ascii_digit())
                || is_digit(at.checked_sub(1))
                || is_digit(Some(at + length))
        })
    };
    let first = text.match_indices('\\').map(|(at, _)| at).find(may_matter)?;
    let mut plain = bytes.get(..first)?.to_vec();
    let mut origins: Vec<usize> = (0..first).collect();
    let mut at = first;
    while let Some(byte) = bytes.get(at) {
        let Some((letter, length)) = Some(at).filter(|_| *byte == b'\\').and_then(|at| escape(text, at))
        else {
            plain.push(*byte);
            origins.push(at);
            at += 1;
            continue;
        };
        let mut buffer = [0; 4];
        for byte in
            letter.map(|letter| letter.encode_utf8(&mut buffer)).into_iter().flat_map(|text| text.bytes())
        {
            plain.push(byte);
            origins.push(at);
        }
        at += length;
    }
    Some((plain, origins))
}

/// The escape that begins at a byte: the character that it stands for, and how many bytes it has. A line break after a
/// backslash, with the blanks after it, stands for nothing.
fn escape(text: &str, at: usize) -> Option<(Option<char>, usize)> {
    let rest = text.get(at..)?.strip_prefix('\\')?;
    let digits = match rest.as_bytes().first()? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        b'n' | b'r' | b't' | b'b' | b'f' | b'e' => return Some((Some(' '), 2)),
        b' ' | b'\t' | b'\r' | b'\n' => {
            let blanks = rest.len() - rest.trim_start().len();
            return rest.get(..blanks)?.contains('\n').then_some((None, 1 + blanks));
        }
        _ => return None,
    };
    let number = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
    Some((Some(char::from_u32(number)?), 2 + digits))
}

/// Where personal identity numbers and co-ordination numbers stand.
fn numbers(text: &[u8]) -> Vec<(usize, usize)> {
    those(text, is_personal)
}

/// Where ten or twelve digits stand that are what is asked for.
fn those(text: &[u8], is_one: impl Fn(&[u8]) -> bool) -> Vec<(usize, usize)> {
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
        } else if !matches!(first, 10 | 12) || (number.first() == Some(&b'0') && is_telephone(text, start)) {
            continue;
        }
        let before = start.checked_sub(1);
        let goes_on = is_part_of_word(before)
            || is_part_of_word(Some(end))
            || before.and_then(|before| text.get(before)) == Some(&b'-')
            || text.get(end) == Some(&b'-');
        if !goes_on && is_one(&number) {
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

/// Whether the text says that ten digits that begin with a zero are a telephone number, or another number than a person's.
fn is_telephone(text: &[u8], start: usize) -> bool {
    let before = text.get(start.saturating_sub(40)..start).unwrap_or_default();
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    let words = [
        "phone",
        "telefon",
        "telefonnummer",
        "mobil",
        "mobilnummer",
        "tel",
        "ring",
        "sms",
        "nummer",
        "projektnummer",
        "mob",
        "mobilen",
        "telefonen",
        "tfn",
        "tlf",
        "telnr",
        "ringa",
        "ringer",
        "samtal",
        "kontakt",
        "kontakta",
        "kontaktas",
        "nås",
        "nå",
        "växel",
        "växeln",
        "jour",
        "jouren",
        "journummer",
        "jourtelefon",
        "direktnummer",
        "fax",
        "swish",
    ];
    line.split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
        .any(|word| words.iter().any(|known| known.as_bytes() == word))
}

/// How many bytes the sign before the last four digits has: a hyphen or plus, a dash that a word processor has made of
/// it, with or without spaces about it, or a space. Nothing where there is none.
fn sign(text: &[u8]) -> usize {
    const SIGNS: [&str; 9] =
        ["-", "+", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}"];
    const SPACES: [&str; 4] = [" ", "\u{a0}", "\u{2009}", "\u{202f}"];
    let one_of = |from: usize, signs: &[&str]| {
        let rest = text.get(from..).unwrap_or_default();
        signs.iter().find(|sign| rest.starts_with(sign.as_bytes())).map_or(0, |sign| sign.len())
    };
    let before = one_of(0, &SPACES);
    match one_of(before, &SIGNS) {
        0 => before,
        sign => before + sign + one_of(before + sign, &SPACES),
    }
}

/// Whether ten or twelve digits have a month where an organisation number has at least twenty, a right one or not.
fn has_form(digits: &[u8]) -> bool {
    let century = digits.len().saturating_sub(10);
    let is_century = matches!(digits.get(..century), Some(b"" | b"18" | b"19" | b"20"));
    let month = digits.get(century + 2..century + 4);
    is_century
        && month.is_some_and(|month| month.starts_with(b"0") && month != b"00" || month.starts_with(b"1"))
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
    // A co-ordination number has sixty added to the day; 0 stands for a day or a month of birth that is not known.
    let (is_co_ordination, day) = if day >= 60 { (true, day - 60) } else { (false, day) };
    let known = |number: u32| if is_co_ordination { number.max(1) } else { number };
    let date = i32::try_from(year).ok();
    let date = date.and_then(|year| NaiveDate::from_ymd_opt(year, known(month), known(day)));
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
    fn finds_one_with_any_dash_and_without_one() {
        for text in [
            "0402290019",
            "811228\u{2010}9874",
            "811228\u{2013}9874",
            "811228\u{2014}9874",
            "811228 - 9874",
            "811228 \u{2013}\u{a0}9874",
            "19811228 9874",
        ] {
            assert_eq!(numbers(text.as_bytes()), [(0, text.len())], "{text}");
        }
        // A word that only holds another one says nothing of telephones.
        for text in ["Personnummer 0402290019", "Mobilt team 0402290019"] {
            assert_eq!(numbers(text.as_bytes()).len(), 1, "{text}");
        }
    }

    #[test]
    fn finds_one_that_is_written_with_escapes_at_its_place() {
        for text in ["811228\\u002d9874", "811228\\x2d9874", "81122\\U00000038-9874", "811228-98\\\n    74"] {
            let file = format!("a = \"\\n{text}\"\nb = 1");
            assert_eq!(in_file(&file), [(7, 7 + text.len())], "{text}");
        }
        assert_eq!(in_file("a = \"\\\"811228-9874\\\"\""), [(7, 18)]);
        assert_eq!(in_file("a = \"\\u00e5 811228-9875 \\uZZ \\"), []);
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

    /// The same number with a right last digit.
    fn with_check_digit(text: &str) -> String {
        let stem = &text[..text.len() - 1];
        let is_right = |last: &u8| check_digit::is_right(format!("{stem}{last}").replace('-', "").as_bytes());
        format!("{stem}{}", (0..10).find(is_right).unwrap())
    }

    #[test]
    fn the_day_of_a_co_ordination_number_is_that_of_a_month_with_sixty_added() {
        assert_eq!(numbers(b"701091-0011"), [(0, 11)]);
        // Day or month of birth is not known.
        for text in ["701060-0018", "700073-0015", "700060-0010"] {
            let found = numbers(with_check_digit(text).as_bytes());
            assert_eq!(found, [(0, 11)], "{text}");
        }
        assert_eq!(numbers(with_check_digit("700013-0010").as_bytes()), []);
        assert_eq!(numbers(with_check_digit("701000-0010").as_bytes()), []);
        // No 32 October, and no 30 February.
        assert_eq!(numbers(b"701092-0010"), []);
        assert_eq!(numbers(b"700290-0012"), []);
    }

    #[test]
    fn passes_what_only_resembles_one() {
        for text in [
            "19121212-1213",       // another check digit
            "212000-1132",         // an organisation number: no month 20
            "19121312-1212",       // no month 13
            "Telefon: 0402290019", // a telephone number that could be one
            "phone = \"0402290019\"",
            "ring 0402290019",
            "Jouren nås dygnet runt på nummer 0402290019",
            "Växeln har 0402290019",
            "Föreningen nås på 0402290019.",
            "Kontakta oss på 0402290019",
            "0701234567",        // another check digit
            "20210201-20231231", // two dates
            "a121212-1212",      // part of a name
            "121212-12125",
            "1912121212123",
        ] {
            assert_eq!(numbers(text.as_bytes()), [], "{text}");
        }
    }

    #[test]
    fn finds_the_next_one_after_another_number() {
        assert_eq!(numbers(b"811228-9874, 811228-9874 8112289874"), [(0, 11), (13, 24), (25, 35)]);
        // What goes before it is no part of it.
        assert_eq!(numbers(b"202301 8112289874"), [(7, 17)]);
        assert_eq!(numbers(b"202301 1 8112289874"), [(9, 19)]);
        assert_eq!(numbers(b"12345 811228-9874"), [(6, 17)]);
    }

    #[test]
    fn passes_one_that_is_a_part_of_something_longer() {
        for text in
            ["811228-9874a", "a811228-9874", "811228-9874å", "å811228-9874", "-811228-9874", "811228-9874-"]
        {
            assert_eq!(numbers(text.as_bytes()), [], "{text}");
        }
    }

    #[test]
    fn a_number_with_a_slip_of_the_pen_has_the_form_of_one() {
        let cut = |text: &'static str| {
            alike(text).iter().map(|(start, end)| &text[*start..*end]).collect::<Vec<_>>()
        };
        assert_eq!(
            cut("811228-9875, 19811288-9874; 811340 1234 och 198112289875."),
            ["811228-9875", "19811288-9874", "811340 1234", "198112289875"]
        );
        assert_eq!(
            cut("org.nr 212000-9999, 802499-1234, 1000000000 kr, 2026-01-01, 20260101-20271231"),
            [""; 0]
        );
        assert!(in_file("811228-9875").is_empty());
    }

    #[test]
    fn finds_one_where_an_escape_stands_only_for_a_digit_or_only_before_one() {
        let escaped = |digits: &str| -> String {
            let codes: Vec<String> = digits.bytes().map(|digit| format!("\\u{digit:04x}")).collect();
            codes.concat()
        };
        for text in [format!("{}-{}", escaped("811228"), escaped("9874")), "811228-\\\n    9874".to_owned()] {
            let file = format!("a = \"{text}\"");
            assert_eq!(in_file(&file), [(5, 5 + text.len())], "{text}");
        }
    }
}
