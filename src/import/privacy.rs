//! What a file in git must not hold of people: e-mail, telephone, personal numbers, and names unless they are asked for.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::identity_number;
use crate::language::words::NAMES;
use crate::paper::{BlockKind, Paper};

/// What stands in the place of a name.
pub(super) const OMITTED: &str = "(utelämnat namn)";

/// What must not be written.
#[derive(Debug, Default)]
pub(super) struct Privacy {
    /// Names of people, each as its words in small letters.
    names: BTreeSet<Vec<String>>,
    /// Words of them that tell somebody by themselves.
    parts: BTreeSet<String>,
}

impl Privacy {
    /// With these names withheld, and their words by themselves where `is_telling` says that they are nothing else.
    pub(super) fn of(names: &[String], is_telling: impl Fn(&str) -> bool) -> Self {
        let words = |name: &String| words(name).map(|at| name[at].to_lowercase()).collect::<Vec<_>>();
        let names: BTreeSet<Vec<String>> = names.iter().map(words).filter(|name| name.len() > 1).collect();
        let parts = names.iter().flatten().filter(|part| part.chars().count() > 2 && is_telling(part));
        Self { parts: parts.cloned().collect(), names }
    }

    /// A paper of which no part holds what must not be written: nothing that is read from it can.
    pub(super) fn paper(&self, paper: &Paper) -> Paper {
        let mut paper = paper.clone();
        for block in &mut paper.blocks {
            block.text = self.clean(&block.text);
            for field in &mut block.fields {
                field.text = self.clean(&field.text);
            }
            if let BlockKind::TableRow { cells, .. } = &mut block.kind {
                for cell in cells {
                    cell.text = self.clean(&cell.text);
                }
            }
        }
        paper
    }

    /// A text without what must not be written; each is replaced by a word that says what stood there.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut cleaned = self.without_names(text);
        for (start, end) in identity_number::alike(&cleaned).into_iter().rev() {
            if cleaned.is_char_boundary(start) && cleaned.is_char_boundary(end) {
                cleaned.replace_range(start..end, "(utelämnat personnummer)");
            }
        }
        let lines = cleaned.split('\n').map(|line| {
            let words =
                line.split(' ').map(|word| if is_address(word) { covered(word) } else { word.to_owned() });
            without_telephone(&words.collect::<Vec<_>>().join(" "))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What a file is called; nothing of it where that names somebody.
    pub(super) fn file_name(&self, name: &str) -> String {
        let spaced = name.replace(['_', '-', '.'], " ");
        if self.clean(&spaced) == spaced && self.clean(name) == name {
            name.to_owned()
        } else {
            "filen".to_owned()
        }
    }

    fn without_names(&self, text: &str) -> String {
        if self.names.is_empty() {
            return text.to_owned();
        }
        let at: Vec<Range<usize>> = words(text).collect();
        let lower: Vec<String> = at.iter().map(|at| text[at.clone()].to_lowercase()).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut word = 0;
        while let Some(place) = at.get(word) {
            let rest = lower.get(word..).unwrap_or_default();
            let whole = self.names.iter().filter(|name| begins_with(rest, name)).map(Vec::len).max();
            let is_part = || {
                text[place.clone()].starts_with(char::is_uppercase)
                    && rest.first().is_some_and(|own| self.parts.iter().any(|part| is_form(own, part)))
            };
            let Some(count) = whole.or_else(|| is_part().then_some(1)) else {
                word += 1;
                continue;
            };
            let end = at.get(word + count - 1).map_or(place.end, |last| last.end);
            match found.last_mut().filter(|last| text[last.end..place.start].trim().is_empty()) {
                Some(last) => last.end = end,
                None => found.push(place.start..end),
            }
            word += count;
        }
        let mut cleaned = text.to_owned();
        for place in found.into_iter().rev() {
            cleaned.replace_range(place, OMITTED);
        }
        cleaned
    }
}

/// Where the words of a text stand.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |letter: char| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(char::is_alphabetic)?;
        let length = text.get(start..)?.find(|letter| !is_letter(letter)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}

/// Whether words begin with a name, with an s at its end or without.
fn begins_with(words: &[String], name: &[String]) -> bool {
    words.len() >= name.len()
        && words
            .iter()
            .zip(name)
            .enumerate()
            .all(|(at, (word, part))| word == part || at + 1 == name.len() && is_form(word, part))
}

/// Whether a word is a name, or what is somebody's of that name.
fn is_form(word: &str, part: &str) -> bool {
    word.strip_prefix(part).is_some_and(|ending| matches!(ending, "" | "s" | "'s" | "’s"))
}

/// Whether a word has an e-mail address in it.
fn is_address(word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+');
    word.split_once('@').is_some_and(|(before, after)| {
        before.chars().next_back().is_some_and(is_part)
            && after.chars().next().is_some_and(is_part)
            && after.contains('.')
    })
}

/// The same word with the address taken away and the marks around it left.
fn covered(word: &str) -> String {
    let is_mark = |letter: char| matches!(letter, ',' | ';' | '(' | ')' | '<' | '>' | '.' | ':');
    let inner = word.trim_matches(is_mark);
    word.replacen(inner, "(utelämnad e-post)", 1)
}

/// A line without telephone numbers: digits that follow a word for them, or begin with the sign of a country or area and a dash.
fn without_telephone(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit() || letter == '+') {
        let (before, from) = rest.split_at(start);
        let length: usize = from
            .chars()
            .take_while(|letter| {
                letter.is_ascii_digit()
                    || matches!(letter, ' ' | '-' | '–' | '+' | '(' | ')' | '/' | '\u{a0}')
            })
            .map(char::len_utf8)
            .sum();
        let (run, after) = from.split_at(length.max(1));
        let number = run.trim_end_matches([' ', '(', '\u{a0}', '-', '–']);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let head = before.to_lowercase();
        let is_named = ["tel", "telefon", "mobil", "tfn", "tfn.", "tel.", "telnr"]
            .iter()
            .any(|word| head.trim_end_matches([':', ' ', '.', '\u{a0}']).ends_with(word));
        let counted = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let is_area = number.starts_with("+46")
            || number.starts_with('0')
                && !number.contains('/')
                && number.split_once(['-', '–']).is_some_and(|(area, own)| {
                    (2..=4).contains(&area.len())
                        && (5..=8).contains(&counted(own))
                        && !own.contains(['-', '–'])
                });
        // "0-1" is a measure, and an organisation number does not begin with a nought.
        let is_telephone = (7..=13).contains(&digits) && (is_named || is_area) || is_named && digits >= 5;
        out.push_str(before);
        if is_telephone {
            out.push_str("(utelämnat telefonnummer)");
            out.push_str(&run[number.len()..]);
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A text without the marks of what has been left out.
pub(super) fn unmarked(text: &str) -> String {
    let mut rest = text.to_owned();
    while let Some(start) = rest.find("(utelämna")
        && let Some(length) = rest.get(start..).and_then(|mark| mark.find(')'))
    {
        rest.replace_range(start..=start + length, "");
    }
    rest.replace("()", "")
}

/// Whether a text looks like the name of a person, or stands in the place of one: two to four words with capitals and nothing else.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_small = |word: &&str| word.contains(char::is_lowercase);
    let is_part =
        |word: &&str| is_part_of_name(word) && is_small(word) || matches!(*word, "von" | "af" | "de" | "van");
    text.trim() == OMITTED
        || (2..=4).contains(&words.len())
            && words.first().is_some_and(|first| is_part_of_name(first))
            && words.iter().all(is_part)
}

/// Whether a word with a capital can be a part of a name.
pub(super) fn is_part_of_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().count() >= 2
        && letters.all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
}

/// Whether words with capitals name a body or a place and no person.
pub(super) fn is_body(text: &str) -> bool {
    let lower = format!(" {}", text.to_lowercase());
    NAMES.bodies.iter().any(|word| lower.contains(word.as_str()))
}

/// A word without the marks around it.
pub(super) fn core(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphabetic())
}

/// Whether a word says what somebody is.
pub(super) fn is_function(word: &str) -> bool {
    let lower = core(word).to_lowercase();
    NAMES.functions.iter().any(|ending| lower.ends_with(ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_that_must_not_stand_in_git() {
        let privacy = Privacy::of(&["Anna Exempelsson".to_owned()], |_| true);
        for (text, cleaned) in [
            (
                "Anna Exempelsson, ordförande, anna@exempel.se.",
                "(utelämnat namn), ordförande, (utelämnad e-post).",
            ),
            (
                "ANNA EXEMPELSSONS café, Exempelsson; annars",
                "(utelämnat namn) café, (utelämnat namn); annars",
            ),
            ("Född 640823-3235, 19640883-1234", "Född (utelämnat personnummer), (utelämnat personnummer)"),
            (
                "Ring tel. 046-35 50 00 eller 070-123 45 67, i dag.",
                "Ring tel. (utelämnat telefonnummer) eller (utelämnat telefonnummer), i dag.",
            ),
            ("Telefon: 12345", "Telefon: (utelämnat telefonnummer)"),
            ("Född 640823-3234", "Född (utelämnat personnummer)"),
            (
                "2021-02-01 till 2023-12-31 med 900 000 kronor",
                "2021-02-01 till 2023-12-31 med 900 000 kronor",
            ),
            (
                "Org.nr 802400-0005, SO 2022/0229, konto 4711-IOP",
                "Org.nr 802400-0005, SO 2022/0229, konto 4711-IOP",
            ),
        ] {
            assert_eq!(privacy.clean(text), cleaned);
        }
        assert!(
            is_name("Anna Exempelsson")
                && is_name("Jan-Erik Öst")
                && !is_name("Ordförande")
                && !is_name("RSMH Lund")
        );
    }
}
