//! Numbers in digits and in words.

use rust_decimal::Decimal;

use super::tokens::is_digits;

/// The numbers of which others are made, the longest word first where one begins with another.
const NUMERALS: [(&str, u64); 34] = [
    ("sjutton", 17),
    ("sjuttio", 70),
    ("tretton", 13),
    ("trettio", 30),
    ("fjorton", 14),
    ("sexton", 16),
    ("sextio", 60),
    ("nitton", 19),
    ("nittio", 90),
    ("femton", 15),
    ("femtio", 50),
    ("fyrtio", 40),
    ("åttio", 80),
    ("tjugo", 20),
    ("arton", 18),
    ("aderton", 18),
    ("elva", 11),
    ("tolv", 12),
    ("åtta", 8),
    ("fyra", 4),
    ("fyr", 4),
    ("fem", 5),
    ("sex", 6),
    ("sju", 7),
    ("nio", 9),
    ("tio", 10),
    ("trenne", 3),
    ("tvenne", 2),
    ("tre", 3),
    ("två", 2),
    ("ett", 1),
    ("en", 1),
    ("hundra", 100),
    ("tusen", 1_000),
];

/// Words in which others are counted.
const COUNTED: &[&str] = &["hundra", "tusen", "miljon", "miljoner"];

/// A whole number in words, in lower case and written together: "trettiosex", "enmiljonetthundratusen". None begins with
/// what others are counted in: "tusen" alone goes with a number before it.
#[must_use]
pub fn in_words(word: &str) -> Option<u64> {
    let (mut millions, mut thousands, mut group) = (0_u64, 0_u64, 0_u64);
    let mut rest = word;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("miljoner").or_else(|| rest.strip_prefix("miljon")) {
            if millions > 0 || thousands + group == 0 {
                return None;
            }
            (millions, thousands, group, rest) = (thousands + group, 0, 0, after);
            continue;
        }
        let (name, value) = NUMERALS.iter().find(|(name, _)| rest.starts_with(name))?;
        rest = rest.strip_prefix(name)?;
        match value {
            1_000 if thousands == 0 && group > 0 => (thousands, group) = (group * 1_000, 0),
            100 if (1..10).contains(&group) => group *= 100,
            1..10 if group % 10 == 0 && group % 100 != 10 => group += value,
            10..100 if group % 100 == 0 => group += value,
            _ => return None,
        }
    }
    let number = millions.checked_mul(1_000_000)?.checked_add(thousands + group)?;
    (number > 0).then_some(number)
}

/// The number with which words begin, and what follows it: "tre", "1,5", "en och en halv", "300 000", "tre hundra tusen".
#[must_use]
pub fn number<'a, 'b>(words: &'a [&'b str]) -> Option<(Decimal, &'a [&'b str])> {
    let half = Decimal::new(5, 1);
    match words {
        ["ett", "halvt", rest @ ..] | ["en", "halv", rest @ ..] | ["halva" | "halv", rest @ ..] => {
            return Some((half, rest));
        }
        ["halvannat" | "halvannan", rest @ ..] => return Some((Decimal::new(15, 1), rest)),
        _ => {}
    }
    let (whole, rest) = if words.first()?.starts_with(|letter: char| letter.is_ascii_digit()) {
        in_digits(words)?
    } else {
        spelt(words)?
    };
    match rest {
        ["och", "ett" | "en", "halvt" | "halv", rest @ ..] | ["½", rest @ ..] => {
            Some((whole.checked_add(half)?, rest))
        }
        _ => Some((whole, rest)),
    }
}

/// A number in digits. Groups of three follow the first, after a space or a full stop; a year before a number is none of its
/// groups.
fn in_digits<'a, 'b>(words: &'a [&'b str]) -> Option<(Decimal, &'a [&'b str])> {
    let (first, mut rest) = words.split_first()?;
    let whole = first.split(',').next().unwrap_or_default();
    if !is_digits(whole) || first.chars().any(|letter| !letter.is_ascii_digit() && letter != ',') {
        return None;
    }
    let mut written = (*first).to_owned();
    let is_group = |word: &str| {
        let whole = word.split(',').next().unwrap_or_default();
        whole.len() == 3
            && is_digits(whole)
            && word.chars().all(|letter| letter.is_ascii_digit() || letter == ',')
    };
    if whole.len() <= 3 {
        while !written.contains(',') {
            match rest {
                [group, after @ ..] | [".", group, after @ ..] if is_group(group) => {
                    written.push_str(group);
                    rest = after;
                }
                // "500,000 kronor" is written by those who write English.
                _ => break,
            }
        }
        if let Some((before, after)) = written.split_once(',')
            && after.len() == 3
            && before.len() <= 3
            && before != "0"
        {
            written = format!("{before}{after}");
        }
    }
    Some((written.replace(',', ".").parse().ok()?, rest))
}

/// A number in words, which may be several: "tre hundra tusen".
fn spelt<'a, 'b>(words: &'a [&'b str]) -> Option<(Decimal, &'a [&'b str])> {
    let mut written = String::new();
    let mut read = None;
    for (at, word) in words.iter().enumerate() {
        let is_next = COUNTED.contains(word) || in_words(word).is_some();
        if !is_next {
            break;
        }
        written.push_str(word);
        if let Some(number) = in_words(&written) {
            read = Some((Decimal::from(number), at + 1));
        }
    }
    read.and_then(|(number, count)| Some((number, words.get(count..)?)))
}

/// What stands in brackets after a number and says it again: "tre (3) år", "500 000 (femhundratusen) kronor".
#[must_use]
pub fn after_repetition<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    let Some((&"(", inside)) = words.split_first() else { return words };
    match number(inside) {
        Some((_, [")", rest @ ..])) => rest,
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_words() {
        for (word, number) in [
            ("en", 1),
            ("arton", 18),
            ("tjugofyra", 24),
            ("trettiosex", 36),
            ("etthundratusen", 100_000),
            ("femhundrafemtiotusen", 550_000),
            ("enmiljonetthundratusen", 1_100_000),
            ("tvåmiljoner", 2_000_000),
            ("niohundranittioniotusenniohundranittionio", 999_999),
        ] {
            assert_eq!(in_words(word), Some(number), "{word}");
        }
        for word in [
            "",
            "tusen",
            "miljon",
            "hundra",
            "tretre",
            "tioett",
            "tretusentretusen",
            "enmiljonenmiljon",
            "årsvis",
        ] {
            assert_eq!(in_words(word), None, "{word}");
        }
    }

    #[test]
    fn a_number_ends_where_it_ends() {
        for (words, expected, left) in [
            ("tre år", "3", "år"),
            ("1,5 år", "1.5", "år"),
            ("en och en halv miljon", "1.5", "miljon"),
            ("ett och ett halvt år", "1.5", "år"),
            ("300 000 kr", "300000", "kr"),
            ("300 . 000 kr", "300000", "kr"),
            ("1 250 000,50 kr", "1250000.50", "kr"),
            ("2024 500 000 kr", "2024", "500 000 kr"),
            ("tre hundra tusen kr", "300000", "kr"),
            ("tjugofem platser", "25", "platser"),
            ("500,000 kr", "500000", "kr"),
            ("halvannat år", "1.5", "år"),
            ("två miljoner kr", "2000000", "kr"),
            ("0,125 mnkr", "0.125", "mnkr"),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let (number, rest) = number(&words).unwrap();
            assert_eq!((number.to_string().as_str(), rest.join(" ").as_str()), (expected, left), "{words:?}");
        }
        for words in ["år", "1:a", "3-årigt", "tusen kr", ""] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(number(&words), None, "{words:?}");
        }
        assert_eq!(after_repetition(&["(", "3", ")", "år"]), ["år"]);
        assert_eq!(after_repetition(&["(", "x", ")", "år"]), ["(", "x", ")", "år"]);
    }
}
