//! What a file in git must not hold of people: e-mail, telephone, home addresses, personal numbers, and names unless they are asked for.

use std::collections::BTreeSet;
use std::ops::Range;

use super::addresses::{emails, homes, without_telephone};
use super::name_form::OMITTED;
use crate::identity_number;
use crate::paper::{BlockKind, Paper};
use crate::text;

/// The longest line that can be the address of somebody named above it.
const LONGEST_LINE: usize = 90;

/// What must not be written.
#[derive(Debug, Default)]
pub(super) struct Privacy {
    /// Names of people, each as its words in small letters.
    names: BTreeSet<Vec<String>>,
    /// Words of them that tell somebody by themselves.
    parts: BTreeSet<String>,
    /// What organisations are called, whose addresses are no homes.
    organisations: Vec<String>,
    /// Whether names are written.
    keeps_names: bool,
}

impl Privacy {
    /// With these names withheld, and their words by themselves where `is_telling` says that they are nothing else.
    pub(super) fn of(
        names: &[String],
        organisations: Vec<String>,
        is_telling: impl Fn(&str) -> bool,
    ) -> Self {
        let words = |name: &String| words(name).map(|at| name[at].to_lowercase()).collect::<Vec<_>>();
        let names: BTreeSet<Vec<String>> = names.iter().map(words).filter(|name| name.len() > 1).collect();
        let parts = names.iter().flatten().filter(|part| part.chars().count() > 2 && is_telling(part));
        Self { parts: parts.cloned().collect(), names, organisations, keeps_names: false }
    }

    /// The same with names written: what else must not stand there is still withheld.
    pub(super) fn with_names(self) -> Self {
        Self { keeps_names: true, ..self }
    }

    /// A paper of which no part holds what must not be written: nothing that is read from it can.
    pub(super) fn paper(&self, paper: &Paper) -> Paper {
        let mut paper = paper.clone();
        let mut is_near = false;
        for block in &mut paper.blocks {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                is_near = false;
            }
            if let BlockKind::TableRow { cells, .. } = &mut block.kind {
                // Whose address it is stands in the same row.
                let is_persons = self.names_somebody(&block.text);
                for cell in cells {
                    cell.text = self.cleaned(&cell.text, &mut is_persons.clone());
                }
                block.text = self.cleaned(&block.text, &mut is_persons.clone());
                is_near = false;
            } else {
                block.text = self.cleaned(&block.text, &mut is_near);
            }
            for field in &mut block.fields {
                field.text = self.clean(&field.text);
            }
        }
        paper
    }

    /// A text without what must not be written; each is replaced by a word that says what stood there.
    pub(super) fn clean(&self, text: &str) -> String {
        self.cleaned(text, &mut false)
    }

    /// The same below lines that name somebody or not, which is told to the next.
    fn cleaned(&self, text: &str, is_near: &mut bool) -> String {
        let lines = text.split('\n').map(|line| self.line(line, is_near));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn line(&self, line: &str, is_near: &mut bool) -> String {
        let names = self.people(line);
        let is_line = line.chars().count() <= LONGEST_LINE && !line.trim_end().ends_with('.');
        let goes_on = *is_near && is_line;
        let is_persons = |home: &Range<usize>| {
            let before = names.iter().rev().find(|name| name.end <= home.start);
            let between = line.get(before.map_or(0, |name| name.end)..home.start).unwrap_or_default();
            !self.names_organisation(between) && (before.is_some() || goes_on)
                || !names.is_empty() && !self.names_organisation(line)
        };
        let homes: Vec<Range<usize>> = homes(line)
            .into_iter()
            .filter(|home| home.is_sure || is_persons(&home.at))
            .map(|home| home.at)
            .collect();
        *is_near = if names.is_empty() && !has_number(line) {
            goes_on && !self.names_organisation(line)
        } else {
            !self.names_organisation(line.get(names.last().map_or(0, |name| name.end)..).unwrap_or_default())
        };
        let mut found: Vec<(Range<usize>, &str)> =
            homes.into_iter().map(|home| (home, "(utelämnad adress)")).collect();
        if !self.keeps_names {
            found.extend(names.into_iter().map(|name| (name, OMITTED)));
        }
        found.sort_by_key(|(at, _)| at.start);
        let cleaned = replaced(line, found);
        let numbers = identity_number::alike(&cleaned).into_iter();
        let cleaned =
            replaced(&cleaned, numbers.map(|(start, end)| (start..end, "(utelämnat personnummer)")));
        let cleaned = replaced(&cleaned, emails(&cleaned).into_iter().map(|at| (at, "(utelämnad e-post)")));
        without_telephone(&cleaned)
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

    fn names_somebody(&self, text: &str) -> bool {
        !self.people(text).is_empty() || has_number(text)
    }

    fn names_organisation(&self, text: &str) -> bool {
        self.organisations.iter().any(|name| text::find_word(text, name).is_some())
    }

    /// Where a text names people.
    fn people(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        let at: Vec<Range<usize>> = words(text).collect();
        let lower: Vec<String> = at.iter().map(|at| text[at.clone()].to_lowercase()).collect();
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
            // An initial goes with the name behind it.
            let mut start = place.start;
            for before in at.get(..word).unwrap_or_default().iter().rev() {
                let is_initial = text[before.clone()].chars().count() == 1
                    && text[before.clone()].starts_with(char::is_uppercase)
                    && matches!(text.get(before.end..start).map(str::trim), Some("." | ""));
                if !is_initial || found.last().is_some_and(|last| last.end > before.start) {
                    break;
                }
                start = before.start;
            }
            match found.last_mut().filter(|last| text[last.end..start].trim().is_empty()) {
                Some(last) => last.end = end,
                None => found.push(start..end),
            }
            word += count;
        }
        found
    }
}

/// A text with others in the place of parts of it, which stand in order: one that reaches into the one before goes with it.
fn replaced<'a>(text: &str, parts: impl IntoIterator<Item = (Range<usize>, &'a str)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = 0;
    for (at, instead) in parts {
        if at.start >= last
            && let Some(between) = text.get(last..at.start)
            && text.is_char_boundary(at.end)
        {
            out.push_str(between);
            out.push_str(instead);
            last = at.end;
        }
    }
    out.push_str(text.get(last..).unwrap_or_default());
    out
}

/// Whether a text has the number of a person, or the mark of what has been left out.
fn has_number(text: &str) -> bool {
    text.contains("(utelämna") || !identity_number::alike(text).is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_that_must_not_stand_in_git() {
        let privacy =
            Privacy::of(&["Anna Exempelsson".to_owned()], vec!["Föreningen Tak".to_owned()], |_| true);
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
            (
                "T. Exempelsson\nStorgatan 4\n123 45 Vretby",
                "(utelämnat namn)\n(utelämnad adress)\n(utelämnad adress)",
            ),
            (
                "Föreningen Tak, Storgatan 4, 123 45 Vretby, genom Anna Exempelsson",
                "Föreningen Tak, Storgatan 4, 123 45 Vretby, genom (utelämnat namn)",
            ),
            (
                "Anna Exempelsson svarar.\nTräffpunkten ligger på Storgatan 4.",
                "(utelämnat namn) svarar.\nTräffpunkten ligger på Storgatan 4.",
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
    }
}
