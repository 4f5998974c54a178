//! Reading Swedish prose: sentences, words, and numbers in words, for the rules that hold a text against the data.

/// Abbreviations with a full stop that ends no sentence.
const ABBREVIATIONS: [&str; 22] = [
    "t.o.m.", "fr.o.m.", "from.", "tom.", "bl.a.", "t.ex.", "d.v.s.", "dvs.", "ca.", "inkl.", "nr.", "jan.",
    "feb.", "febr.", "apr.", "jul.", "aug.", "sep.", "sept.", "okt.", "nov.", "dec.",
];

/// Marks that are words of their own at the edge of another.
const MARKS: [char; 6] = [',', ':', '(', ')', '–', '—'];

/// Marks that only say how a word is set.
const SETTING: [char; 7] = ['"', '”', '“', '»', '«', '*', '_'];

/// The numbers of which others are made, the longest word first where one begins with another.
const NUMERALS: [(&str, u64); 30] = [
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
    ("elva", 11),
    ("tolv", 12),
    ("åtta", 8),
    ("fyra", 4),
    ("fem", 5),
    ("sex", 6),
    ("sju", 7),
    ("nio", 9),
    ("tio", 10),
    ("tre", 3),
    ("två", 2),
    ("ett", 1),
    ("en", 1),
    ("hundra", 100),
    ("tusen", 1_000),
];

/// The sentences of a text, in lower case. A line ends one, unless the next goes on with a small letter or a number:
/// files break their lines where they are full.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices() {
        let end = at + mark.len_utf8();
        let after = text.get(end..).unwrap_or_default();
        let ends = match mark {
            '!' | '?' => true,
            '.' => {
                let word = text.get(start..end).unwrap_or_default().rsplit([' ', '\n', '(']).next();
                let is_short = word.is_some_and(|word| ABBREVIATIONS.contains(&&*word.to_lowercase()));
                !is_short && (after.is_empty() || after.starts_with(char::is_whitespace))
            }
            '\n' => !goes_on(after),
            _ => false,
        };
        if ends {
            sentences.extend(text.get(start..at).map(str::to_lowercase));
            start = end;
        }
    }
    sentences.extend(text.get(start..).map(str::to_lowercase));
    sentences.retain(|sentence| !sentence.trim().is_empty());
    sentences
}

/// Whether a line goes on with the sentence before it: not where it is an item of a list.
fn goes_on(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    let after_number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_item = after_number.starts_with(['.', ')']);
    line.starts_with(char::is_lowercase) || after_number.len() < line.len() && !is_item
}

/// The words of a sentence. A comma, a colon, a bracket and a dash are words of their own; so are the halves of
/// "2024-2026". Full stops at the end of an abbreviation are left out.
pub(super) fn words(sentence: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for chunk in sentence.split_whitespace() {
        let mut start = 0;
        for (at, mark) in chunk.char_indices() {
            let end = at + mark.len_utf8();
            let (before, after) = (chunk.get(..at).unwrap_or_default(), chunk.get(end..).unwrap_or_default());
            // "1,5", "1:a"
            let is_inside = matches!(mark, ',' | ':')
                && before.ends_with(char::is_alphanumeric)
                && after.starts_with(char::is_alphanumeric);
            if is_inside || !(MARKS.contains(&mark) || SETTING.contains(&mark)) {
                continue;
            }
            push(&mut words, chunk.get(start..at));
            words.extend(chunk.get(at..end).filter(|_| MARKS.contains(&mark)));
            start = end;
        }
        push(&mut words, chunk.get(start..));
    }
    words
}

/// Adds a word, or the two days or years with the hyphen between them.
fn push<'a>(words: &mut Vec<&'a str>, word: Option<&'a str>) {
    let word = word.unwrap_or_default().trim_end_matches(['.', ';']);
    let parts = [4, 10].into_iter().find_map(|at| {
        let (first, rest) = (word.get(..at)?, word.get(at..)?.strip_prefix('-')?);
        let is_second = rest.len() == at || rest.contains('/');
        let is_number = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
        (is_second && is_number(first) && is_number(rest)).then_some([first, "–", rest])
    });
    match parts {
        Some(parts) => words.extend(parts),
        None if word.is_empty() => {}
        None => words.push(word),
    }
}

/// A whole number in words, in lower case and written together: "trettiosex", "etthundratusen", "enmiljonetthundratusen".
/// None begins with what others are counted in: "tusen" alone goes with a number before it.
pub(super) fn in_words(word: &str) -> Option<u64> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_people_end_it() {
        assert_eq!(
            sentences(
                "Avtalet gäller t.o.m. 1.1.2026 (jfr ca. 5). Nästa mening!\nTredje\nraden går på\n2024-01-01\n2. Ny punkt"
            ),
            [
                "avtalet gäller t.o.m. 1.1.2026 (jfr ca. 5)",
                " nästa mening",
                "tredje\nraden går på\n2024-01-01",
                "2",
                " ny punkt"
            ]
        );
        assert_eq!(sentences(""), Vec::<String>::new());
        assert_eq!(sentences("..."), [".."]);
    }

    #[test]
    fn marks_are_words_but_not_inside_one() {
        assert_eq!(
            words("i 1,5 år (iop:et), 2024-2026 – 2024-01-01-2026-12-31 och 2024-31/12: **x**–y - t.o.m."),
            [
                "i",
                "1,5",
                "år",
                "(",
                "iop:et",
                ")",
                ",",
                "2024",
                "–",
                "2026",
                "–",
                "2024-01-01",
                "–",
                "2026-12-31",
                "och",
                "2024",
                "–",
                "31/12",
                ":",
                "x",
                "–",
                "y",
                "-",
                "t.o.m"
            ]
        );
        assert_eq!(words("åäöåäö-2024 – 2024-åäö"), ["åäöåäö-2024", "–", "2024-åäö"]);
    }

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
}
