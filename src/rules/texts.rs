//! The texts of an agreement. Most rules about wording look for words that hardly any agreement has, so one pass over
//! its texts tells which of them have anything to look at, and where.

use std::sync::LazyLock;

use super::text_walk::walk;
use super::{Check, RULES};
use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::key_path::KeyPath;
use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// A text of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where it stands.
    pub path: KeyPath,
    /// What it says.
    pub text: String,
}

/// Rules about texts, one bit each, in their order in [`RULES`].
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

/// More rules about texts than bits share the last one: they look in vain, and miss nothing.
fn bit(number: usize) -> u64 {
    1 << number.min(63)
}

/// The words of all rules about wording.
struct WordsOfRules {
    automaton: Option<AhoCorasick>,
    /// For each word: its rule, and whether it must stand at the beginning and at the end of a word.
    of: Vec<(Concerned, bool, bool)>,
}

static WORDS: LazyLock<WordsOfRules> = LazyLock::new(|| {
    let pairs: Vec<(&str, Concerned)> = about_texts()
        .flat_map(|(rule, check)| {
            let words = if let Check::Texts(words, _) = check { words } else { Default::default() };
            words.iter().map(move |word| (*word, rule))
        })
        .collect();
    // Every letter of the register goes through it: a DFA takes more memory, but one look-up for each.
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .build(pairs.iter().map(|(word, _)| word.trim_end_matches('|')));
    let of = pairs
        .iter()
        .map(|(word, rule)| (*rule, word.starts_with(char::is_alphabetic), word.ends_with('|')))
        .collect();
    // Without an automaton, which only too many words could cause, every rule looks for itself.
    WordsOfRules { automaton: automaton.ok(), of }
});

/// The rules about texts, in their order.
fn about_texts() -> impl Iterator<Item = (Concerned, Check)> {
    let checks = RULES.iter().map(|rule| rule.check);
    let about_texts = checks.filter(|check| matches!(check, Check::Texts(..) | Check::Glance(..)));
    about_texts.enumerate().map(|(number, check)| (Concerned(bit(number)), check))
}

/// Whether a rule has anything to look at in a text.
type Glance = fn(&Stationery, &str) -> bool;

/// The glances that rules take at every text.
static GLANCES: LazyLock<Vec<(Concerned, Glance)>> = LazyLock::new(|| {
    let glances = about_texts().filter_map(|(rule, check)| match check {
        Check::Glance(glance, _) => Some((rule, glance)),
        _ => None,
    });
    glances.collect()
});

/// Which rules see something in a text at a glance.
fn seen_in(stationery: &Stationery, text: &str) -> Concerned {
    let seen = GLANCES.iter().filter(|(_, glance)| glance(stationery, text));
    Concerned(seen.fold(0, |all, (rule, _)| all | rule.0))
}

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
        // No Swedish letter begins with the first byte of a no-break space: "kr 500" may have one.
        let goes_on = is_letter(Some(found.end())) && text.as_bytes().get(found.end()) != Some(&0xC2);
        let is_inside = *begins_word && goes_before || *ends_word && goes_on;
        if !is_inside {
            concerned.0 |= rule.0;
        }
    }
    concerned
}

/// Every text of the agreement, in the order of the format.
pub(super) fn all(agreement: &Agreement) -> Vec<Text> {
    let mut texts = Vec::new();
    walk(agreement, &mut |trail, text| texts.push(Text { path: trail.path(), text: text.to_owned() }));
    texts
}

/// The texts that some rule is about, with the rules.
pub(super) fn concerned(agreement: &Agreement, stationery: &Stationery) -> Vec<(Text, Concerned)> {
    let mut texts = Vec::new();
    walk(agreement, &mut |trail, text| {
        let rules = Concerned(rules_of(text).0 | seen_in(stationery, text).0);
        if !rules.is_empty() {
            texts.push((Text { path: trail.path(), text: text.to_owned() }, rules));
        }
    });
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Register;

    fn codes(concerned: Concerned) -> Vec<&'static str> {
        let about_texts =
            RULES.iter().filter(|rule| matches!(rule.check, Check::Texts(..) | Check::Glance(..)));
        about_texts
            .enumerate()
            .filter(|(number, _)| concerned.has(*number))
            .map(|(_, rule)| rule.code)
            .collect()
    }

    #[test]
    fn only_rules_with_a_word_in_the_text_have_work() {
        let rules = |text| codes(rules_of(text));
        assert_eq!(rules("Unga behöver en plats och aktiviteter."), Vec::<&str>::new());
        assert_eq!(rules("LEVERANTÖREN enligt §3"), ["IOP408", "IOP616"]);
        assert_eq!(rules("krav på sekreterare, 5\u{a0}kr"), ["IOP307"]);
        assert_eq!(rules("krav på sekreterare, kr\u{a0}5"), ["IOP307"]);
        assert_eq!(rules("krav på sekreterare, 5 skrikr, krångel"), Vec::<&str>::new());
    }

    #[test]
    fn a_word_is_found_however_the_file_writes_it() {
        let agreement: Agreement = toml::from_str(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\nterm = {}\nparty = {}\n\
             clause.a.text = \"leveran\\u0074ör\"\nclause.b.text = \"\"\"leveran\\\n    tör\"\"\"",
        )
        .unwrap();
        let (stationery, _) = Stationery::load(&Register::default());
        let found = concerned(&agreement, &stationery);
        let at: Vec<String> = found.iter().map(|(text, _)| text.path.to_string()).collect();
        assert_eq!(at, ["clause.a.text", "clause.b.text"]);
        assert!(found.iter().all(|(_, rules)| codes(*rules).contains(&"IOP408")));
    }

    #[test]
    fn every_rule_about_texts_has_a_bit_of_its_own() {
        assert!((1..64).contains(&about_texts().count()));
    }
}
