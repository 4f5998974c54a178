//! Numbers and signs before items and headings.

/// Signs that begin an item of a list.
const SIGNS: [char; 19] =
    ['•', '-', '–', '—', '−', '*', '·', '▪', '▫', '●', '○', '◦', '■', '□', '►', '➢', '✓', '☐', '☒'];

/// The marker of an item and what stands after it.
pub(super) fn of_item(text: &str) -> Option<(String, String)> {
    let (first, rest) = text.split_once([' ', '\n'])?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let is_sign = first.chars().count() == 1 && first.starts_with(SIGNS);
    // Word's hollow sign is a letter in another font.
    let is_hollow = first == "o" && rest.starts_with(char::is_alphanumeric);
    (is_sign || is_hollow || is_counted(first)).then(|| {
        let marker = if is_hollow { "○" } else { first };
        (marker.to_owned(), rest.to_owned())
    })
}

/// "1.", "12)", "(3)", "a)", "iv.", "b.": a number or letter with a sign behind it. A letter with a full stop may be a name
/// ("A. Andersson"), so only small ones count.
fn is_counted(word: &str) -> bool {
    let (inner, is_closed) = match (word.strip_suffix(')'), word.strip_suffix('.')) {
        (Some(inner), _) => (inner.strip_prefix('(').unwrap_or(inner), true),
        (_, Some(inner)) => (inner, false),
        _ => return false,
    };
    let is_number = (1..=3).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = inner.len() == 1
        && inner.bytes().all(|byte| byte.is_ascii_lowercase() || (is_closed && byte.is_ascii_uppercase()));
    let is_roman =
        (1..=4).contains(&inner.len()) && inner.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    is_number || is_letter || is_roman
}

/// The number of a heading and its words: "3.2 Parter", "§ 4 Avtalstid", "4 § Avtalstid", "A. Bakgrund".
pub(super) fn of_heading(text: &str) -> Option<(String, String)> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let is_number = |word: &str| {
        let word = word.strip_suffix(['.', ':']).unwrap_or(word);
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() <= 5
            && parts
                .iter()
                .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let second = words.next()?;
    let marker = if first == "§" && is_number(second) {
        format!("§ {second}")
    } else if second == "§" && is_number(first) {
        format!("{first} §")
    } else if first.strip_prefix('§').is_some_and(is_number) {
        first.replace('§', "§ ")
    } else if is_number(first) || is_counted(first) || is_upper(first) {
        first.to_owned()
    } else {
        return None;
    };
    let skipped = if marker.contains('§') && !first.starts_with('§') || first == "§" { 2 } else { 1 };
    let rest = text.split_whitespace().skip(skipped).collect::<Vec<_>>().join(" ");
    let rest = rest.trim_start_matches(['–', '-', '.', ':']).trim_start().to_owned();
    let begins = rest.chars().next()?;
    // "3 månader före" is no heading with number three.
    let is_clear = marker.contains(['.', ')', '§', ':']) || begins.is_uppercase();
    (is_clear && begins.is_alphabetic()).then_some((marker.trim_end_matches(['.', ':']).to_owned(), rest))
}

/// "A.", "II.", "IV)".
fn is_upper(word: &str) -> bool {
    let Some(inner) = word.strip_suffix(['.', ')']) else { return false };
    let is_roman =
        (1..=4).contains(&inner.len()) && inner.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    is_roman || (inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// How many numbers a marker has: "3.2" two; one for a sign of another kind.
pub(super) fn depth(marker: &str) -> u8 {
    let numbers = marker.split('.').filter(|part| part.trim().parse::<u32>().is_ok()).count();
    u8::try_from(numbers.clamp(1, 6)).unwrap_or(1)
}

/// A number as a format of Word or `OpenDocument` writes it.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" | "a" => letters(number),
        "upperLetter" | "A" => letters(number).to_uppercase(),
        "lowerRoman" | "i" => roman(number),
        "upperRoman" | "I" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

fn letters(number: u32) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    // Word writes aa, bb, cc after z.
    letter.to_string().repeat(usize::try_from(index / 26 + 1).unwrap_or(1).min(10))
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = number.min(3999);
    let mut written = String::new();
    for (value, word) in PARTS {
        while left >= value {
            written.push_str(word);
            left -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_begin_with_signs_and_counted_letters() {
        for (text, marker, rest) in [
            ("• en lunch", "•", "en lunch"),
            ("- att kunna gå", "-", "att kunna gå"),
            ("1. Parter", "1.", "Parter"),
            ("(2) två", "(2)", "två"),
            ("a) först", "a)", "först"),
            ("iv) fjärde", "iv)", "fjärde"),
            ("o kurser", "○", "kurser"),
        ] {
            assert_eq!(of_item(text), Some((marker.to_owned(), rest.to_owned())), "{text}");
        }
        for text in ["A. Andersson skriver", "2021. Året", "-", "1 januari", "kr) och", "se 1. ovan"] {
            assert_eq!(of_item(text), None, "{text}");
        }
    }

    #[test]
    fn headings_lose_their_number() {
        for (text, marker, rest) in [
            ("1 Parter", "1", "Parter"),
            ("3.2. Ekonomi", "3.2", "Ekonomi"),
            ("§ 4 Avtalstid", "§ 4", "Avtalstid"),
            ("§4 Avtalstid", "§ 4", "Avtalstid"),
            ("4 § Avtalstid", "4 §", "Avtalstid"),
            ("A. Bakgrund", "A", "Bakgrund"),
            ("IV. Uppföljning", "IV", "Uppföljning"),
        ] {
            assert_eq!(of_heading(text), Some((marker.to_owned(), rest.to_owned())), "{text}");
        }
        for text in ["3 månader före", "2021 års budget", "Parter", "1", "§ 4"] {
            assert_eq!(of_heading(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_lists_count() {
        let shown = |format| [1, 4, 27].map(|number| written(number, format));
        assert_eq!(shown("lowerLetter"), ["a", "d", "aa"]);
        assert_eq!(shown("upperRoman"), ["I", "IV", "XXVII"]);
        assert_eq!(shown("decimal"), ["1", "4", "27"]);
        assert_eq!((depth("3.2.1"), depth("§ 4"), depth("a)")), (3, 1, 1));
    }
}
