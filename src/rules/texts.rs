//! The texts of an agreement. Most rules about wording look for words that hardly any agreement has, so one pass over
//! the file tells which of them have anything to look at, and one over its texts tells where.

use std::sync::LazyLock;

use super::text_walk::walk;
use super::{Check, RULES};
use crate::agreement::Agreement;
use crate::key_path::KeyPath;
use aho_corasick::AhoCorasick;

/// A text of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where it stands.
    pub path: KeyPath,
    /// What it says.
    pub text: String,
}

/// Rules about wording, one bit each, in their order in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Concerned(u64);

impl Concerned {
    const ALL: Self = Self(u64::MAX);

    /// Whether the rule with this place among those about wording is concerned.
    pub(super) fn has(self, number: usize) -> bool {
        self.0 & bit(number) != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// More rules about wording than bits share the last one: they look in vain, and miss nothing.
fn bit(number: usize) -> u64 {
    1 << number.min(63)
}

/// The words of all rules about wording.
struct Words {
    automaton: Option<AhoCorasick>,
    /// For each word: its rule, and whether it must stand at the beginning and at the end of a word.
    of: Vec<(Concerned, bool, bool)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists = RULES.iter().filter_map(|rule| match rule.check {
        Check::Texts(words, _) => Some(words),
        _ => None,
    });
    let pairs: Vec<(&str, Concerned)> = lists
        .enumerate()
        .flat_map(|(number, words)| words.iter().map(move |word| (*word, Concerned(bit(number)))))
        .collect();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(pairs.iter().map(|(word, _)| word.trim_end_matches('|')));
    let of = pairs
        .iter()
        .map(|(word, rule)| (*rule, word.starts_with(char::is_alphabetic), word.ends_with('|')))
        .collect();
    // Without an automaton, which only too many words could cause, every rule looks for itself.
    Words { automaton: automaton.ok(), of }
});

/// Which rules have a word in a text.
fn rules_of(text: &str) -> Concerned {
    let Some(automaton) = &WORDS.automaton else { return Concerned::ALL };
    let mut concerned = Concerned::default();
    for found in automaton.find_overlapping_iter(text) {
        let Some((rule, begins_word, ends_word)) = WORDS.of.get(found.pattern().as_usize()) else { continue };
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| text.as_bytes().get(at))
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
        };
        // A no-break space goes before many a unit; its second byte is like that of no Swedish letter.
        let after_space = found.start() > 1 && text.as_bytes().get(found.start() - 1) == Some(&0xA0);
        let goes_before = !after_space && is_letter(found.start().checked_sub(1));
        let goes_on = is_letter(Some(found.end()));
        let is_inside = *begins_word && goes_before || *ends_word && goes_on;
        if !is_inside {
            concerned.0 |= rule.0;
        }
    }
    concerned
}

/// Which rules have a word in the file with this text.
pub(super) fn concerned(source: &str) -> Concerned {
    // A character written as a code, or a word that goes on after a line's end, can hide a word from the pass.
    if hides_words(source) { Concerned::ALL } else { rules_of(source) }
}

/// Whether the file writes a character as a code (`\u00e5`), or breaks a line inside a word.
pub(super) fn hides_words(source: &str) -> bool {
    let bytes = source.as_bytes();
    source.match_indices('\\').any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        match bytes.get(at + 1) {
            // Quotes, backslashes and new lines end a word anyway.
            Some(b'"' | b'\\' | b'n') => false,
            // So does a line's end that a blank goes before.
            Some(b'\n' | b'\r' | b' ' | b'\t') => !matches!(before, Some(b' ' | b'\n' | b'\t')),
            _ => true,
        }
    })
}

/// Every text of the agreement, in the order of the format.
pub(super) fn all(agreement: &Agreement) -> Vec<Text> {
    let mut texts = Vec::new();
    walk(agreement, &mut |trail, text| texts.push(Text { path: trail.path(), text: text.to_owned() }));
    texts
}

/// The texts in which a word of some rule stands, with the rules.
pub(super) fn with_words(agreement: &Agreement) -> Vec<(Text, Concerned)> {
    let mut texts = Vec::new();
    walk(agreement, &mut |trail, text| {
        let rules = rules_of(text);
        if !rules.is_empty() {
            texts.push((Text { path: trail.path(), text: text.to_owned() }, rules));
        }
    });
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules_with_words(source: &str) -> Vec<&'static str> {
        let concerned = concerned(source);
        let about_wording = RULES.iter().filter(|rule| matches!(rule.check, Check::Texts(..)));
        about_wording
            .enumerate()
            .filter(|(number, _)| concerned.has(*number))
            .map(|(_, rule)| rule.code)
            .collect()
    }

    #[test]
    fn only_rules_with_a_word_in_the_file_have_work() {
        assert_eq!(rules_with_words("text = \"Unga behöver en plats och aktiviteter.\""), Vec::<&str>::new());
        assert_eq!(rules_with_words("text = \"LEVERANTÖREN enligt §3\""), ["IOP408", "IOP616"]);
        assert_eq!(rules_with_words("text = \"krav på sekreterare, 5\u{a0}kr\""), ["IOP307"]);
        assert_eq!(rules_with_words("text = \"krav på sekreterare, 5 skrikr\""), Vec::<&str>::new());
        assert_eq!(
            rules_with_words("text = \"\"\"En lång \\\n  rad\\nmed \\\"citat\\\" §7\"\"\""),
            ["IOP616"]
        );
    }

    #[test]
    fn a_word_that_the_file_hides_is_looked_for_in_the_texts() {
        let all = rules_with_words("text = \"leveran\\u0074ör\"");
        assert!(all.contains(&"IOP408") && all.contains(&"IOP404"));
        assert!(rules_with_words("text = \"\"\"leveran\\\n    tör\"\"\"").contains(&"IOP408"));
    }

    #[test]
    fn every_rule_about_wording_has_a_bit_of_its_own() {
        let number = RULES.iter().filter(|rule| matches!(rule.check, Check::Texts(..))).count();
        assert!((1..64).contains(&number));
    }
}
