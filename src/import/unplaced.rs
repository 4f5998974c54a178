//! What of a paper stands neither in a clause nor in a fact: nothing of its text is lost.

use super::clauses;
use super::draft::{Draft, State};
use super::privacy::unmarked;
use super::prose::sentences;
use super::sections::Sections;
use crate::paper::{Block, BlockKind, Place};

/// So many blocks are compared with what has been found; of more all are told.
const COMPARED: usize = 2000;
/// A line about a signature that says more than whose it is has so many words.
const TELLING: usize = 6;

/// The sentences that have no place, with where they stand.
pub(super) fn of(sections: &Sections<'_>, draft: &Draft) -> Vec<(String, Place)> {
    let found = draft.facts.iter().filter(|fact| fact.state == State::Found);
    let known = found
        .clone()
        .flat_map(|fact| &fact.values)
        .map(|value| letters(value))
        .collect::<Vec<_>>()
        .join("\n");
    let is_read = |block: &Block| draft.facts.iter().any(|fact| fact.places.contains(&block.place));
    let front = sections.front.iter().copied().map(|block| (block, false));
    let loose = sections.all.iter().filter(|section| !clauses::is_kept(section));
    let loose = loose.flat_map(|section| {
        let is_signed = section.subject == Some("signatures");
        let heading = section.heading.into_iter().filter(move |_| !is_signed);
        heading.chain(section.blocks.iter().copied()).map(move |block| (block, is_signed))
    });
    // What stands on every page is told once.
    let repeated = sections.repeated.iter().copied().map(|block| (block, false));
    let candidates: Vec<(&Block, bool)> = front.chain(loose).chain(repeated).collect();
    let mut told: Vec<(String, Place)> = Vec::new();
    for (number, (block, is_signed)) in candidates.into_iter().enumerate() {
        let said = sentences(&block.text, block.place);
        // A title, a day or a number that has been read.
        if is_read(block)
            && (matches!(block.kind, BlockKind::Heading { .. })
                || said.len() == 1 && !block.text.ends_with('.'))
        {
            continue;
        }
        for sentence in said {
            let text = sentence.whole().split_whitespace().collect::<Vec<_>>().join(" ");
            let own = letters(&unmarked(&text));
            // Town and day are told, where no signature has them.
            let has_number = text.contains(|letter: char| letter.is_ascii_digit());
            let is_label = is_signed
                && !has_number
                && (text.split(' ').count() < TELLING || is_read(block) && !block.text.ends_with('.'));
            let is_word_known = |word: &str| known.contains(&letters(word));
            let is_known = number < COMPARED
                && (known.contains(&own) || is_signed && text.split(' ').all(is_word_known));
            if !own.is_empty()
                && !is_label
                && !is_known
                && !told.iter().rev().take(100).any(|(one, _)| *one == text)
            {
                told.push((text, block.place));
            }
        }
    }
    told
}

/// The letters and digits of a text, by which it is known again however it is set.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
