//! Words without which a question has nothing to find in a text: they decide which texts are read at all. Each question makes
//! them of the words that it looks for itself.

use super::word_list::WordList;
use std::ops::Range;

/// Words that every other text has.
static COMMON: WordList = WordList::new(
    "parterna den denna detta det innan före här ska inte kommunen kommunens föreningen nämnden som plats platser tjänst tjänster \
    tjänsten verksamhet insats dygn timme",
);

/// A word, folded, that a text must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cue {
    /// The word.
    pub word: String,
    /// Whether it must stand at the beginning of a word.
    pub begins: bool,
    /// Whether it must stand at the end of one.
    pub ends: bool,
}

impl Cue {
    /// A word that stands as it is.
    #[must_use]
    pub fn whole(word: &str) -> Self {
        Self { word: word.to_owned(), begins: begins_word(word), ends: true }
    }

    /// The beginning of a word, or marks.
    #[must_use]
    pub fn stem(word: &str) -> Self {
        Self { word: word.to_owned(), begins: begins_word(word), ends: false }
    }

    /// A part of a word.
    #[must_use]
    pub fn part(word: &str) -> Self {
        Self { word: word.to_owned(), begins: false, ends: false }
    }

    /// The longest word of several that not every text has: white space between words can be any, so only one of them is looked
    /// for.
    #[must_use]
    pub fn of_phrase(phrase: &str) -> Self {
        Self::stem(rarest_word(phrase))
    }

    /// Whether a folded text holds it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        text.match_indices(&self.word).any(|(at, _)| self.fits(text, at..at + self.word.len()))
    }

    /// Whether it stands as it must where a text writes it. "5kr" has the unit at the beginning of a word.
    #[must_use]
    pub fn fits(&self, text: &str, at: Range<usize>) -> bool {
        let before = text.get(..at.start).and_then(|before| before.chars().next_back());
        let after = text.get(at.end..).and_then(|after| after.chars().next());
        !(self.begins && before.is_some_and(char::is_alphabetic)
            || self.ends && after.is_some_and(char::is_alphanumeric))
    }

    /// Every way in which a text can write it, but for the case of the letters of ASCII.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        let mut written = vec![String::new()];
        for letter in self.word.chars() {
            let upper =
                Some(letter).filter(|letter| !letter.is_ascii()).into_iter().flat_map(char::to_uppercase);
            let ways: Vec<char> =
                std::iter::once(letter).chain(upper.filter(|upper| *upper != letter)).collect();
            written = written
                .iter()
                .flat_map(|start| ways.iter().map(move |way| format!("{start}{way}")))
                .collect();
        }
        written
    }
}

/// The word of a phrase that the fewest texts have: the longest, as far as anybody knows.
pub(super) fn rarest_word(phrase: &str) -> &str {
    let rare = phrase.split(' ').filter(|word| !COMMON.has(word));
    rare.max_by_key(|word| word.chars().count()).unwrap_or(phrase)
}

fn begins_word(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_found_in_capitals_too() {
        assert_eq!(Cue::stem("löpå").written(), ["löpå", "löpÅ", "lÖpå", "lÖpÅ"]);
        assert_eq!(Cue::of_phrase("klicka eller tryck här").word, "klicka");
    }
}
