//! The texts of an agreement. Most rules about wording look for words that hardly any agreement has, so one pass over
//! the file tells which of them have anything to look at.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use super::{Check, RULES};
use crate::agreement::Agreement;
use crate::key_path::KeyPath;

/// A text of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where it stands.
    pub path: KeyPath,
    /// What it says.
    pub text: String,
}

/// Every text of the agreement, in the order of the format.
pub(super) fn of(agreement: &Agreement) -> Vec<Text> {
    let mut texts = Vec::new();
    // The types of an agreement hold nothing that JSON cannot.
    collect(serde_json::to_value(agreement).unwrap_or_default(), &KeyPath::root(), &mut texts);
    texts
}

fn collect(value: Value, path: &KeyPath, texts: &mut Vec<Text>) {
    match value {
        Value::String(text) => texts.push(Text { path: path.clone(), text }),
        Value::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                collect(item, &path.join(index), texts);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                // Whole numbers, truths and gaps are most of what there is, and need no path.
                if matches!(value, Value::String(_) | Value::Array(_) | Value::Object(_)) {
                    collect(value, &path.join(key), texts);
                }
            }
        }
        _ => {}
    }
}

/// The words of all rules about wording, and for each word the position of its rule in [`RULES`].
struct Words {
    automaton: Option<AhoCorasick>,
    rules: Vec<usize>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let pairs: Vec<(&str, usize)> = RULES
        .iter()
        .enumerate()
        .filter_map(|(position, rule)| match rule.check {
            Check::Texts(words, _) => Some(words.iter().map(move |word| (*word, position))),
            _ => None,
        })
        .flatten()
        .collect();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .build(pairs.iter().map(|(word, _)| word));
    // Without an automaton, which only too many words could cause, every rule looks for itself.
    Words { automaton: automaton.ok(), rules: pairs.into_iter().map(|(_, position)| position).collect() }
});

/// Which rules, by their position in [`RULES`], have a word in the file with this text.
pub(super) fn concerned(source: &str) -> Vec<bool> {
    let mut concerned = vec![false; RULES.len()];
    match &WORDS.automaton {
        // A character written as a code, or a word that goes on after a line's end, can hide a word from the pass.
        Some(automaton) if !hides_words(source) => {
            for found in automaton.find_overlapping_iter(source) {
                if let Some(rule) = WORDS
                    .rules
                    .get(found.pattern().as_usize())
                    .and_then(|position| concerned.get_mut(*position))
                {
                    *rule = true;
                }
            }
        }
        _ => concerned.fill(true),
    }
    concerned
}

/// Whether the file writes a character as a code (`\u00e5`), or breaks a line inside a word.
fn hides_words(source: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rules_with_words(source: &str) -> Vec<&'static str> {
        let concerned = concerned(source);
        RULES.iter().zip(concerned).filter(|(_, concerned)| *concerned).map(|(rule, _)| rule.code).collect()
    }

    #[test]
    fn only_rules_with_a_word_in_the_file_have_work() {
        assert_eq!(rules_with_words("text = \"Unga behöver en plats.\""), Vec::<&str>::new());
        assert_eq!(rules_with_words("text = \"LEVERANTÖREN enligt §3\""), ["IOP408", "IOP616"]);
        assert_eq!(
            rules_with_words("text = \"\"\"En lång \\\n  rad\\nmed \\\"citat\\\" §\"\"\""),
            ["IOP616"]
        );
    }

    #[test]
    fn a_word_that_the_file_hides_is_looked_for_in_the_texts() {
        let all = rules_with_words("text = \"leveran\\u0074ör\"");
        assert!(all.contains(&"IOP408") && all.contains(&"IOP404"));
        assert!(rules_with_words("text = \"\"\"leveran\\\n    tör\"\"\"").contains(&"IOP408"));
    }
}
