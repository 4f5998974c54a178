//! Words without which a question has nothing to find in a text: they decide which texts are read at all. Each question makes
//! them of the words that it looks for itself.

use super::word_list::WordList;
use crate::text::is_letter;
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
    /// Whether it must stand where a sentence can begin, or a part of one after a mark.
    pub leads: bool,
    /// Another word, whole, that the text must hold as well.
    pub with: Option<String>,
}

impl Cue {
    /// A word that stands as it is.
    #[must_use]
    pub fn whole(word: &str) -> Self {
        Self { ends: true, ..Self::stem(word) }
    }

    /// A word with which a sentence begins, or a part of one after a mark.
    #[must_use]
    pub fn leading(word: &str) -> Self {
        Self { leads: true, ..Self::whole(word) }
    }

    /// The beginning of a word, or marks.
    #[must_use]
    pub fn stem(word: &str) -> Self {
        Self { begins: word.starts_with(char::is_alphanumeric), ..Self::part(word) }
    }

    /// A part of a word.
    #[must_use]
    pub fn part(word: &str) -> Self {
        Self { word: word.to_owned(), begins: false, ends: false, leads: false, with: None }
    }

    /// The two rarest words of several, each whole: white space between words can be any, and other words can come between them.
    #[must_use]
    pub fn of_phrase(phrase: &str) -> Self {
        let word = rarest_word(phrase);
        let others: Vec<&str> = phrase.split(' ').filter(|other| *other != word).collect();
        let others = others.join(" ");
        let with = Some(rarest_word(&others)).filter(|with| !with.is_empty() && !with.contains(' '));
        Self { ends: word.ends_with(char::is_alphabetic), with: with.map(str::to_owned), ..Self::stem(word) }
    }

    /// Whether a folded text holds it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        text.match_indices(&self.word).any(|(at, _)| self.stands(text, at..at + self.word.len()))
            && self.with.as_ref().is_none_or(|with| holds_word(text, with))
    }

    /// Whether it stands as it must where a text writes it, but for the other word. "5kr" has the unit at the beginning of a word.
    #[must_use]
    pub fn stands(&self, text: &str, at: Range<usize>) -> bool {
        let before = text.get(..at.start).unwrap_or_default();
        let after = text.get(at.end..).and_then(|after| after.chars().next());
        // Whatever is no letter can end a sentence, or a line of it.
        let follows = || before.trim_end_matches([' ', '\u{a0}']).chars().next_back().is_some_and(is_letter);
        !(self.begins && before.chars().next_back().is_some_and(is_letter)
            || self.ends && after.is_some_and(char::is_alphanumeric)
            || self.leads && follows())
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

/// Whether a text holds a word in whatever case.
#[must_use]
pub fn holds_word(text: &str, word: &str) -> bool {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = strip_in_any_case(rest, word)
            && !(word.ends_with(is_letter) && after.starts_with(is_letter))
        {
            return true;
        }
        // On to the next word, or the next mark.
        let skipped = if letter.is_alphanumeric() {
            rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            letter.len_utf8()
        };
        rest = rest.get(skipped..).unwrap_or_default();
    }
    false
}

/// What follows a folded word with which a text begins, in whatever case.
fn strip_in_any_case<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut letters = text.chars();
    for wanted in word.chars() {
        let letter = letters.next()?;
        let is_same = match letter {
            _ if letter == wanted => true,
            _ if letter.is_ascii() => letter.to_ascii_lowercase() == wanted,
            _ => letter.to_lowercase().eq([wanted]),
        };
        if !is_same {
            return None;
        }
    }
    Some(letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_found_in_capitals_too() {
        assert_eq!(Cue::stem("löpå").written(), ["löpå", "löpÅ", "lÖpå", "lÖpÅ"]);
        let cue = Cue::of_phrase("klicka eller tryck här");
        assert_eq!((cue.word.as_str(), cue.with.as_deref()), ("klicka", Some("tryck")));
        assert!(
            cue.is_in("klicka eller TRYCK här")
                && !cue.is_in("klicka, så trycks det")
                && !cue.is_in("klickar, tryck")
        );
        assert!(
            Cue::of_phrase("obs! ändra").is_in("obs! ändra")
                && !Cue::of_phrase("obs! ändra").is_in("att ändra")
        );
    }
}
