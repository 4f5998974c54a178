//! Sentences of a paper, each with its place and its words as they stand there.

use std::ops::Range;

use chrono::NaiveDate;

use crate::date::PartialDate;
use crate::language::days::point;
use crate::language::fold::Folded;
use crate::language::headings;
use crate::language::tokens;
use crate::paper::Place;

/// A sentence of a block.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Its words, numbers and marks, folded.
    pub(super) words: Vec<String>,
    /// Where they stand in the block's text.
    at: Vec<Range<usize>>,
    /// The block's text.
    text: String,
    /// Where the block stands.
    pub(super) place: Place,
}

impl Sentence {
    /// Its words for the readers of Swedish.
    pub(super) fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    /// Some of its words as they stand in the paper.
    pub(super) fn original(&self, words: Range<usize>) -> &str {
        let start = self.at.get(words.start).map_or(self.text.len(), |at| at.start);
        let last = words.end.checked_sub(1).and_then(|last| self.at.get(last));
        let end = last.map_or(start, |at| at.end.max(start));
        self.text.get(start..end).unwrap_or_default().trim()
    }

    /// Some of its words as a sentence of their own.
    pub(super) fn part(&self, words: Range<usize>) -> Self {
        let of = |end: usize| end.min(self.words.len());
        let range = of(words.start)..of(words.end).max(of(words.start));
        Self {
            words: self.words.get(range.clone()).unwrap_or_default().to_vec(),
            at: self.at.get(range).unwrap_or_default().to_vec(),
            text: self.text.clone(),
            place: self.place,
        }
    }

    /// What stands from a word to the end of the sentence.
    pub(super) fn rest(&self, from: usize) -> &str {
        self.original(from..self.words.len())
    }

    /// All of it, as it stands in the paper.
    pub(super) fn whole(&self) -> &str {
        self.rest(0)
    }

    /// Where a phrase stands, by number of words; a word with a star has any ending. Several phrases have a bar between them: the
    /// one that stands first.
    pub(super) fn find(&self, phrases: &str) -> Option<usize> {
        find(&self.words(), phrases)
    }

    /// Whether one of the phrases stands there.
    pub(super) fn has(&self, phrases: &str) -> bool {
        self.find(phrases).is_some()
    }

    /// The first day that it names from a word on, by number of its first word.
    pub(super) fn day_from(&self, from: usize) -> Option<(usize, NaiveDate)> {
        let words = self.words();
        (from..words.len()).find_map(|at| match point(words.get(at..)?)?.0.as_start(None)? {
            PartialDate::Day(day) => Some((at, day)),
            _ => None,
        })
    }
}

/// The same for words.
pub(super) fn find(words: &[&str], phrases: &str) -> Option<usize> {
    phrases.split('|').filter_map(|phrase| headings::position(words, phrase.trim())).min()
}

/// The first of several phrases with which words begin, as a number of words.
pub(super) fn begins(words: &[&str], phrases: &str) -> Option<usize> {
    let fitting = phrases.split('|').map(str::trim).filter(|phrase| headings::begins(words, phrase));
    fitting.map(|phrase| phrase.split(' ').count()).max()
}

/// The sentences of a text.
pub(super) fn sentences(text: &str, place: Place) -> Vec<Sentence> {
    let folded = Folded::of(text);
    let tokens = tokens::tokens(&folded);
    let found = tokens::sentences(&folded, &tokens);
    found
        .into_iter()
        .map(|sentence| Sentence {
            at: (0..sentence.words.len()).map(|word| folded.origin(sentence.place(word..word + 1))).collect(),
            words: sentence.words.iter().map(|word| (*word).to_owned()).collect(),
            text: text.to_owned(),
            place,
        })
        .collect()
}

/// Without the marks at its ends that only set it.
pub(super) fn bare(text: &str) -> &str {
    text.trim()
        .trim_matches(['"', '”', '“', '»', '«', '*', '_'])
        .trim()
        .trim_end_matches(['.', ',', ';', ':'])
        .trim()
}
