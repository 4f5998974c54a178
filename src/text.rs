//! Swedish writing: lists, numerals, names, and suggestions for misspelt words.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::Range;

/// No-break space, which keeps a number with its unit.
pub const NBSP: char = '\u{a0}';

/// Whether `text` is as `form` with a digit for each zero. No-break spaces count as spaces.
#[must_use]
pub fn has_form(text: &str, form: &str) -> bool {
    let plain = |letter: char| if letter == NBSP { ' ' } else { letter };
    let mut letters = text.chars().map(plain);
    let fits = form.chars().map(plain).all(|expected| match (expected, letters.next()) {
        ('0', Some(letter)) => letter.is_ascii_digit(),
        (expected, letter) => letter == Some(expected),
    });
    fits && letters.next().is_none()
}

/// "a", "a och b", "a, b och c".
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} och {}", first.join(", "), last.as_ref())
        }
    }
}

/// Where the first `word` stands in a text, as a word of its own and in whatever case. A space in it is any white space,
/// line breaks included.
#[must_use]
pub fn find_word(text: &str, word: &str) -> Option<Range<usize>> {
    let word = word.trim().to_lowercase();
    if word.is_empty() {
        return None;
    }
    let mut before = None;
    text.char_indices().find_map(|(start, letter)| {
        let goes_on = before.replace(letter).is_some_and(char::is_alphanumeric) && letter.is_alphanumeric();
        if goes_on {
            return None;
        }
        let rest = text.get(start..)?;
        let length = length_of(rest, &word)?;
        let after = rest.get(length..)?.chars().next();
        let ends = !rest.get(..length)?.ends_with(char::is_alphanumeric)
            || !after.is_some_and(char::is_alphanumeric);
        ends.then_some(start..start + length)
    })
}

/// How many bytes of `text` are the lower-case `word`, where it begins with it.
fn length_of(text: &str, word: &str) -> Option<usize> {
    let mut letters = text.chars().peekable();
    let mut wanted = word.chars().peekable();
    let mut length = 0;
    while let Some(expected) = wanted.next() {
        let letter = letters.next()?;
        length += letter.len_utf8();
        if expected.is_whitespace() {
            if !letter.is_whitespace() {
                return None;
            }
            while let Some(more) = letters.next_if(|letter| letter.is_whitespace()) {
                length += more.len_utf8();
            }
            continue;
        }
        let mut lower = letter.to_lowercase();
        if lower.next() != Some(expected) || lower.any(|more| wanted.next() != Some(more)) {
            return None;
        }
    }
    Some(length)
}

/// "a", "a eller b", "a, b eller c".
#[must_use]
pub fn either<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} eller {}", first.join(", "), last.as_ref())
        }
        _ => items.iter().map(AsRef::as_ref).collect(),
    }
}

/// Years in order as people list them: "2024 och 2026"; from four in a row as a range, "2024–2029".
#[must_use]
pub fn years(years: &[i32]) -> String {
    match years {
        [first, .., last] if years.len() > 3 && years.windows(2).all(|pair| pair[0] + 1 == pair[1]) => {
            format!("{first}–{last}")
        }
        _ => list(&years.iter().map(ToString::to_string).collect::<Vec<_>>()),
    }
}

/// A length of time as guidelines put it: "tre år", "30 månader".
#[must_use]
pub fn years_or_months(months: u32) -> String {
    if months == 12 {
        "ett år".to_owned()
    } else if months.is_multiple_of(12) {
        format!("{} år", numeral(months / 12))
    } else {
        format!("{months}{NBSP}månader")
    }
}

/// A count with its noun: "1 fel", "2 varningar".
#[must_use]
pub fn count<N: Display + Copy + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    format!("{number}{NBSP}{}", if number == N::from(1) { one } else { many })
}

/// "1 dag", "14 dagar".
#[must_use]
pub fn days(number: u32) -> String {
    count(number, "dag", "dagar")
}

/// "1 månad", "6 månader".
#[must_use]
pub fn months(number: u32) -> String {
    count(number, "månad", "månader")
}

/// A small whole number in words, as running text has it; digits from thirteen on.
#[must_use]
pub fn numeral(number: u32) -> String {
    const WORDS: [&str; 13] =
        ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
    usize::try_from(number)
        .ok()
        .and_then(|index| WORDS.get(index))
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// "första", "andra" … "tolfte"; then the number with its ending, "13:e".
#[must_use]
pub fn ordinal(number: u32) -> String {
    const WORDS: [&str; 13] = [
        "nollte", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde",
        "tionde", "elfte", "tolfte",
    ];
    let word = usize::try_from(number).ok().and_then(|index| WORDS.get(index));
    word.map_or_else(
        || match (number % 10, number % 100) {
            (1 | 2, rest) if rest / 10 != 1 => format!("{number}:a"),
            _ => format!("{number}:e"),
        },
        |word| (*word).to_owned(),
    )
}

/// The text with its first letter in upper case.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text with its first letter in lower case; abbreviations (KF, LSS-nämnden) and names of places (Södermalms
/// stadsdelsnämnd) stay as they are.
#[must_use]
pub fn uncapitalised(text: &str) -> String {
    if text.chars().nth(1).is_some_and(char::is_uppercase) || begins_with_a_place(text) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whether the name of an organ begins with that of a place: what stands after a proper name has no article ("Lunds
/// kommunstyrelse", "Ådala kommun"), what stands alone has (socialnämnden).
fn begins_with_a_place(name: &str) -> bool {
    const ORGANS: [&str; 9] =
        ["nämnd", "styrelse", "förvaltning", "kontor", "utskott", "fullmäktige", "kommun", "region", "stad"];
    const OF_ORGANS: [&str; 5] = ["nämndens", "styrelsens", "fullmäktiges", "förvaltningens", "utskottets"];
    const KINDS: [&str; 5] = ["gemensam", "kommunal", "lokal", "regional", "ny"];
    let Some((first, _)) = name.split_once(' ') else { return false };
    let last = name.rsplit(' ').next().unwrap_or_default();
    let first = first.to_lowercase();
    ORGANS.iter().any(|organ| last.ends_with(organ))
        && !OF_ORGANS.iter().any(|organ| first.ends_with(organ))
        && !first.ends_with('-')
        && !KINDS.contains(&first.as_str())
}

/// Whether a text that must say something does: a word or a number at least, outside comments, characters by name and addresses
/// that no link leads to, and not only what stands between brackets for somebody to replace ("-", "…", "x", "&nbsp;",
/// "[ej angivet]", `[a]: https://…` do not).
#[must_use]
pub fn says_something(text: &str) -> bool {
    let trimmed = text.trim();
    // A link has its address behind the brackets.
    let is_blank = trimmed.starts_with('[') && trimmed.find(']') == trimmed.len().checked_sub(1);
    let mut rest = trimmed;
    let mut shown = String::new();
    while let Some((before, comment)) = rest.split_once("<!--") {
        shown.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    shown.push_str(rest);
    let is_address = |line: &str| line.trim_start().starts_with('[') && line.contains("]:");
    let lines: Vec<&str> = shown.lines().filter(|line| !is_address(line)).collect();
    let shown = lines.join("\n");
    // "&nbsp;" names a character, "R&D; mer" does not begin with one.
    let named = |part: &str| {
        let name = part.split_once(';').map(|(name, _)| name)?;
        let is_name = name.starts_with(|letter: char| letter == '#' || letter.is_ascii_lowercase())
            && name.chars().all(|letter| letter == '#' || letter.is_ascii_alphanumeric());
        is_name.then(|| name.len() + 1)
    };
    let mut parts = shown.split('&');
    let first = parts.next().unwrap_or_default();
    let mut parts =
        std::iter::once(first).chain(parts.map(|part| part.get(named(part).unwrap_or(0)..).unwrap_or(part)));
    let is_word = |word: &str| word.chars().count() > 1 || word.contains(char::is_numeric);
    !is_blank && parts.any(|part| part.split(|letter: char| !letter.is_alphanumeric()).any(is_word))
}

/// Whether a character is invisible or changes how others are read: controls, bidirectional marks, zero-width and
/// private characters. A document that holds one does not say what it seems to say.
#[must_use]
pub fn hides(letter: char) -> bool {
    // Nearly all letters are below these, or between them.
    if letter < '\u{AD}' || ('\u{AE}'..'\u{34F}').contains(&letter) {
        return letter.is_control();
    }
    letter.is_control()
        || matches!(letter,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFC}' | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{E0FFF}'
            | '\u{F0000}'..='\u{10FFFF}')
}

/// The characters of a text that do not show and that no line needs.
pub fn hidden(text: &str) -> impl Iterator<Item = char> {
    uncommon(text).filter(|letter| *letter != '\t' && hides(*letter))
}

/// Characters by number, each once: "U+001B och U+202E"; nothing where there are none.
#[must_use]
pub fn numbers(letters: impl Iterator<Item = char>) -> Option<String> {
    let numbers: BTreeSet<String> = letters.map(|letter| format!("U+{:04X}", u32::from(letter))).collect();
    (!numbers.is_empty()).then(|| list(&numbers.into_iter().collect::<Vec<_>>()))
}

/// A text as a terminal can be given it on one line: what would break the line or steer the terminal becomes the picture
/// of itself (␊), or a replacement character where it has none.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|letter: char| letter.is_control()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(picture_of).collect())
}

/// What a control character is shown as; any other as itself.
#[must_use]
pub fn picture_of(letter: char) -> char {
    match u32::from(letter) {
        number @ 0..=0x1F => char::from_u32(0x2400 + number).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7F => '␡',
        _ if letter.is_control() => char::REPLACEMENT_CHARACTER,
        _ => letter,
    }
}

/// Whether a character is a letter. Those of Swedish are known without the tables of Unicode.
#[must_use]
#[inline]
pub fn is_letter(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'å' | 'ä' | 'ö' | 'A'..='Z' | 'Å' | 'Ä' | 'Ö') || letter.is_alphabetic()
}

/// The characters of a text that need a closer look: all but what ASCII prints, line breaks, and the letters of western
/// Europe (U+00C0–U+00FF). Hardly any text has one, so they are found by their first bytes, a row of bytes at a time.
pub fn uncommon(text: &str) -> impl Iterator<Item = char> {
    // As many bytes as the processor compares and adds up in a few steps, and not more than a byte can count.
    const ROW: usize = 64;
    let rows = text.as_bytes().chunks(ROW).zip((0..).step_by(ROW));
    rows.filter(|(row, _)| row.iter().map(|byte| u8::from(is_uncommon(*byte))).sum::<u8>() > 0)
        .flat_map(|(row, start)| row.iter().zip(start..).filter(|(byte, _)| is_uncommon(**byte)))
        .filter_map(|(_, at)| text.get(at..)?.chars().next())
}

/// Whether a byte is the first of an uncommon character.
#[inline]
fn is_uncommon(byte: u8) -> bool {
    // Printed by ASCII, a line break, what goes on a character, and the first byte of those from U+00C0 to U+00FF.
    !matches!(byte, b' '..=b'~' | b'\n' | 0x80..=0xBF | 0xC3)
}

/// Plain text as it must be written to stand as it is in Markdown, on one line.
#[must_use]
pub fn escape_markdown(letters: impl IntoIterator<Item = char>) -> String {
    let mut escaped = String::new();
    for letter in letters {
        if matches!(letter, ' ' | '\t' | '\n' | '\r') {
            if !escaped.ends_with(' ') {
                escaped.push(' ');
            }
            continue;
        }
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A name in the genitive: Lunds, PO Skånes, RSMH:s; names in s, x or z stay as they are.
#[must_use]
pub fn genitive(name: &str) -> String {
    let last = name.rsplit([' ', '-']).next().unwrap_or(name);
    if last.chars().count() > 1 && last.chars().all(char::is_uppercase) {
        return format!("{name}:s");
    }
    if name.ends_with(['s', 'x', 'z', 'S', 'X', 'Z']) { name.to_owned() } else { format!("{name}s") }
}

/// A name with the letters of an address: "Ådala kommun" → "adala-kommun".
#[must_use]
pub fn slug(name: &str) -> String {
    let ascii = |letter: char| match letter {
        'å' | 'ä' | 'à' => 'a',
        'ö' => 'o',
        'é' | 'è' => 'e',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    let plain: String = name.to_lowercase().chars().map(ascii).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// The one of `known` that a misspelt word most likely means, where any is near enough.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= 0.8)
        // Of those that look alike the one with the fewest slips.
        .min_by(|(left, one), (right, other)| {
            let slips = |candidate: &str| strsim::osa_distance(word, candidate);
            slips(one).cmp(&slips(other)).then(right.total_cmp(left))
        })
        .map(|(_, candidate)| candidate)
}

/// What to do about a name that leads nowhere: the nearest that exists, or all of them.
#[must_use]
pub fn instead_of(name: &str, known: &[&str]) -> String {
    match (nearest(name, known.iter().copied()), known) {
        (Some(near), _) => format!("Menade du ”{near}”?"),
        (None, []) => "Det finns ingen ännu: skapa den, eller ta bort hänvisningen.".to_owned(),
        (None, known) => format!("De som finns är {}.", list(known)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_it_stands_by_itself() {
        let found = |text: &'static str, word| find_word(text, word).map(|range| &text[range]);
        assert_eq!(found("Aktiviteter. VITE tas ut.", "vite"), Some("VITE"));
        assert_eq!(find_word("Aktiviteter. VITE tas ut.", "vite"), Some(13..17));
        assert_eq!(found("aktiviteter och viten", "vite"), None);
        assert_eq!(
            found("en Upphandlande\n  myndighet", "upphandlande myndighet"),
            Some("Upphandlande\n  myndighet")
        );
        assert_eq!(found("Å-priset är ÅÄÖ.", "åäö"), Some("ÅÄÖ"));
        assert_eq!(found("text ____ här", "____"), Some("____"));
        assert_eq!(found("den 1–2 maj", "1–2 maj"), Some("1–2 maj"));
        // A letter that is two in lower case.
        assert_eq!(found("x İ y", "i\u{307}"), Some("İ"));
        for (text, word) in [("", "a"), ("a", ""), ("a", " "), ("vit", "vite"), ("a b", "ab")] {
            assert_eq!(find_word(text, word), None, "{text} {word}");
        }
    }

    #[test]
    fn a_name_becomes_letters_of_an_address() {
        assert_eq!(slug("Ådala kommun"), "adala-kommun");
        assert_eq!(slug("årsräkning-2024H1"), "arsrakning-2024h1");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn lists_read_as_speech() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a och b");
        assert_eq!(list(&["a", "b", "c"]), "a, b och c");
        assert_eq!(either(&["a", "b", "c"]), "a, b eller c");
        assert_eq!(
            (years_or_months(36).as_str(), years_or_months(18).as_str()),
            ("tre år", "18\u{a0}månader")
        );
        assert_eq!(
            (uncapitalised("Socialnämnden").as_str(), uncapitalised("LSS-nämnden").as_str()),
            ("socialnämnden", "LSS-nämnden")
        );
    }

    #[test]
    fn no_common_character_hides_or_stands_for_another() {
        for letter in '\0'..=char::MAX {
            let is_common = matches!(letter, ' '..='~' | '\n' | 'À'..='ÿ');
            let text = format!("Blåbär {letter} och ännu mer i nästa rad");
            let expected: Vec<char> = Some(letter).filter(|_| !is_common).into_iter().collect();
            assert_eq!(uncommon(&text).collect::<Vec<_>>(), expected, "U+{:04X}", u32::from(letter));
            assert!(!is_common || letter == '\n' || !hides(letter), "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn no_text_breaks_a_line_or_steers_a_terminal() {
        assert_eq!(visible("a\n::error::\r\u{1b}[31m\u{7f}\u{9b}å"), "a␊::error::␍␛[31m␡\u{FFFD}å");
        assert!(matches!(visible("Blåbär – sött"), Cow::Borrowed("Blåbär – sött")));
    }

    #[test]
    fn ordinals_are_words_up_to_twelve() {
        let shown: Vec<String> = [1, 6, 12, 13, 21, 22, 23, 112].into_iter().map(ordinal).collect();
        assert_eq!(shown, ["första", "sjätte", "tolfte", "13:e", "21:a", "22:a", "23:e", "112:e"]);
    }

    #[test]
    fn names_that_end_in_s_take_no_more() {
        assert_eq!(genitive("PO Skåne"), "PO Skånes");
        assert_eq!(genitive("Borås"), "Borås");
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("pupose", ["purpose", "parties"]), Some("purpose"));
        assert_eq!(nearest("xyz", ["purpose", "parties"]), None);
    }

    #[test]
    fn a_dash_a_dot_and_a_blank_to_fill_say_nothing() {
        for nothing in [
            "",
            " ",
            "-",
            "–",
            ".",
            "…",
            "x",
            "X.",
            "\\",
            "***",
            "&nbsp;",
            "&nbsp; &#160;",
            "<!-- -->",
            "<!-- text som inte syns",
            "<!-- a --> - <!-- b -->",
            "[ej angivet]",
            "[ ]",
            "( )",
            "-- x --",
        ] {
            assert!(!says_something(nothing), "{nothing:?}");
        }
        for something in [
            "Ja",
            "§ 4",
            "7",
            "Ej tillämpligt.",
            "R&D; mer",
            "&aring;ret",
            "<!-- a --> text",
            "[Riktlinjer](https://adala.example)",
            "[a] och [b]",
        ] {
            assert!(says_something(something), "{something:?}");
        }
    }
}
