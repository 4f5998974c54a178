//! What stands where something is to come: zeros, names of fields in capitals, marks, and sentences that nobody has ended.

use std::ops::Range;

use super::leftovers::Reader;
use super::tokens::begins_with_word;
use super::words::LEFTOVERS;
use crate::text::is_letter;

impl Reader<'_> {
    /// A sentence that nobody has ended: "stödja verksamheten genom att ...".
    pub(super) fn unended(&self) -> Option<Range<usize>> {
        let text = self.text.trim_end();
        let mark = ["...", "…"].into_iter().find(|mark| text.ends_with(mark))?;
        let before = text.strip_suffix(mark)?.trim_end();
        let joints = [" att", " genom", " är", " och", " till", " av", " med", " för", " som", ":"];
        joints.iter().any(|joint| before.ends_with(joint)).then(|| text.len() - mark.len()..text.len())
    }

    /// Zeros that stand for a number that is to come: "0 000 000 kr", "den 00 månad", "§ 00".
    pub(super) fn zeros(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = self.after(at).find('0').map(|start| at + start) {
            let rest = self.after(start);
            let length = rest.find(|letter: char| !matches!(letter, '0' | ' ')).unwrap_or(rest.len());
            let zeros = rest.get(..length).unwrap_or_default().trim_end();
            at = start + length.max(1);
            let count = zeros.bytes().filter(|byte| *byte == b'0').count();
            let before = self.before(start);
            let after = self.after(start + zeros.len());
            let is_apart =
                !before.ends_with(|letter: char| {
                    letter.is_alphanumeric() || matches!(letter, ',' | '.' | ':' | '-' | '/')
                }) && !before.trim_end().ends_with(|letter: char| letter.is_ascii_digit() || letter == '+')
                    && !after.starts_with(|letter: char| {
                        letter.is_alphanumeric() || matches!(letter, ',' | '.' | ':' | '-' | '/')
                    });
            let counts = LEFTOVERS
                .counted
                .iter()
                .chain(&LEFTOVERS.fields)
                .any(|unit| begins_with_word(after.trim_start(), unit));
            let of_beginning = before.trim_end().ends_with('§') || before.trim_end().ends_with("nr");
            if is_apart && (count >= 2 && (counts || of_beginning) || count > 5) {
                found.push(start..start + zeros.len());
            }
        }
        found
    }

    /// Names of fields in capitals in the middle of a sentence that is not, and any word between marks of a program:
    /// "Föreningen NAMN har sitt säte", "%PARTNERNAMN%".
    pub(super) fn capitals(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut before_is_small = false;
        for word in self.text.split(|letter: char| !letter.is_alphanumeric() && letter != '_') {
            let range = at..at + word.len();
            at = range.end + self.after(range.end).chars().next().map_or(0, char::len_utf8);
            let are_capitals =
                || word.chars().count() > 2 && self.is_in_capitals(range.clone()) && word.contains(is_letter);
            if word.is_empty() {
                continue;
            }
            let mark = self
                .before(range.start)
                .chars()
                .next_back()
                .filter(|mark| matches!(mark, '%' | '$' | '#' | '@'));
            let is_marked = mark.is_some_and(|mark| self.after(range.end).starts_with(mark));
            let next = || {
                let after = self.after(range.end);
                let next = after.trim_start();
                let letters = next.find(|letter: char| !is_letter(letter)).unwrap_or(next.len());
                let at = range.end + after.len() - next.len();
                let is_small = next.get(..letters).is_some_and(|next| next.chars().count() > 1)
                    && !self.is_in_capitals(at..at + letters);
                is_small || next.is_empty() || after.starts_with(['.', ','])
            };
            let is_field = LEFTOVERS.in_capitals.iter().any(|field| field == word);
            if is_field && before_is_small && are_capitals() && next() {
                found.push(range.clone());
            } else if is_marked && word.chars().all(|letter| letter.is_alphabetic() || letter == '_') {
                found.push(range.start - 1..range.end + 1);
            }
            before_is_small =
                !self.is_in_capitals(range.clone()) && !self.before(at).ends_with(['.', ':', '\n']);
        }
        found
    }

    /// Marks that stand for a number that is to come: "… kronor", "? kr", ": ?".
    pub(super) fn missing_numbers(&self) -> Vec<Range<usize>> {
        let marks = ["…", "...", "?/?", "?"].into_iter().flat_map(|mark| self.text.match_indices(mark));
        let found = marks.filter(|(at, mark)| {
            let (before, after) = (self.before(*at), self.after(at + mark.len()).trim_start());
            let is_apart = before.ends_with([' ', ':', '\n']) || before.is_empty();
            let is_counted = LEFTOVERS.counted.iter().any(|unit| begins_with_word(after, unit));
            is_apart
                && (is_counted
                    || *mark == "?/?"
                    || before.trim_end().ends_with(':') && (after.is_empty() || after.starts_with('.')))
        });
        found.map(|(at, mark)| at..at + mark.len()).collect()
    }
}
