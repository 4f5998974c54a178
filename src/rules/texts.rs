//! The texts of an agreement. Most rules about wording look for words that hardly any agreement has, so one pass over
//! its texts tells which of them have anything to look at, and where.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, PoisonError, RwLock};

use super::text_walk::walk;
use super::{Check, RULES};
use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::key_path::KeyPath;
use crate::language::cues::{Cue, holds_word};
use crate::language::fold::{Folded, needs_folding};
use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use indexmap::IndexMap;

/// A text of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where it stands.
    pub path: KeyPath,
    /// What it says.
    pub text: String,
}

/// Rules about texts, one bit each, in their order in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
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
    automaton: Option<DFA>,
    /// For each word its rule, and how it must stand.
    of: Vec<(Concerned, Cue)>,
}

static WORDS: LazyLock<WordsOfRules> = LazyLock::new(|| {
    let cues = about_texts().flat_map(|(rule, check)| {
        let cues = if let Check::Texts(cues, ..) = check { cues() } else { Vec::new() };
        cues.into_iter().map(move |cue| (cue, rule))
    });
    let written: Vec<(String, (Concerned, Cue))> = cues
        .flat_map(|(cue, rule)| cue.written().into_iter().map(move |word| (word, (rule, cue.clone()))))
        .collect();
    // Every letter of the register goes through it: a DFA takes more memory, but one look-up for each.
    let automaton = DFA::builder().ascii_case_insensitive(true).build(written.iter().map(|(word, _)| word));
    // Without an automaton, which only too many words could cause, every rule looks for itself.
    WordsOfRules { automaton: automaton.ok(), of: written.into_iter().map(|(_, of)| of).collect() }
});

/// The rules about texts, in their order.
fn about_texts() -> impl Iterator<Item = (Concerned, Check)> {
    let checks = RULES.iter().map(|rule| rule.check);
    let about_texts = checks.filter(|check| matches!(check, Check::Texts(..) | Check::Glance(..)));
    about_texts.enumerate().map(|(number, check)| (Concerned(bit(number)), check))
}

/// Whether a text says something that a rule is about.
type Says = fn(&str) -> bool;

/// What the rules that name words ask a text in which one stands.
static SAYS: LazyLock<Vec<(Concerned, Says)>> = LazyLock::new(|| {
    let says = about_texts().filter_map(|(rule, check)| match check {
        Check::Texts(_, says, _) => Some((rule, says)),
        _ => None,
    });
    says.collect()
});

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
    // Hardly a text has letters that its words could hide behind.
    if needs_folding(text) { rules_in(Folded::of(text).text()) } else { rules_in(text) }
}

fn rules_in(text: &str) -> Concerned {
    let WordsOfRules { automaton: Some(automaton), of } = &*WORDS else { return Concerned::ALL };
    let Ok(start) = automaton.start_state(Anchored::No) else { return Concerned::ALL };
    let mut concerned = Concerned::default();
    // What stands there for a rule if the text has another word as well: that is looked for once, and only if nothing else does.
    let mut with_others: Vec<(Concerned, &str)> = Vec::new();
    let mut look = |state, end: usize| {
        for word in (0..automaton.match_len(state)).map(|number| automaton.match_pattern(state, number)) {
            let Some((rule, cue)) = of.get(word.as_usize()) else { continue };
            if concerned.0 & rule.0 != 0 || !cue.stands(text, end - automaton.pattern_len(word)..end) {
                continue;
            }
            match &cue.with {
                None => concerned.0 |= rule.0,
                Some(with) => with_others.push((*rule, with)),
            }
        }
    };
    // Step by step, since most words found are of a rule that has one already, or not as they must stand. A step waits for the one
    // before it, so both halves of a text are gone through at once; a word over the middle is in the second.
    let longest = automaton.max_pattern_len();
    let middle = if text.len() > 4 * longest { text.len() / 2 } else { 0 };
    let from = middle.saturating_sub(longest);
    let mut first_half = text.bytes().take(middle);
    let (mut first, mut second) = (start, start);
    for (at, byte) in text.bytes().skip(from).enumerate() {
        second = automaton.next_state(Anchored::No, second, byte);
        if automaton.is_match(second) {
            look(second, from + at + 1);
        }
        if let Some(byte) = first_half.next() {
            first = automaton.next_state(Anchored::No, first, byte);
            if automaton.is_match(first) {
                look(first, at + 1);
            }
        }
    }
    with_others.sort_unstable();
    with_others.dedup();
    for (rule, with) in with_others {
        if concerned.0 & rule.0 == 0 && holds_word(text, with) {
            concerned.0 |= rule.0;
        }
    }
    concerned
}

/// Which rules a text concerns.
fn rules_about(stationery: &Stationery, text: &str) -> Concerned {
    let named = rules_of(text);
    let silent = SAYS.iter().filter(|(rule, says)| named.0 & rule.0 != 0 && !says(text));
    let named = silent.fold(named.0, |all, (rule, _)| all & !rule.0);
    Concerned(named | seen_in(stationery, text).0)
}

/// What has been heard in the texts of the agreements of one register so far. Agreements have most of their longer texts in
/// common, and what a text says does not depend on who says it.
#[derive(Default)]
pub(super) struct Heard {
    /// By length, so that threads seldom wait for each other.
    of: [RwLock<IndexMap<Box<str>, Concerned>>; 32],
    bytes: AtomicUsize,
}

impl Heard {
    /// Shorter texts are heard as fast as they are looked up.
    const SHORTEST: usize = 32;
    /// So many bytes of texts are kept. What a municipality's agreements have in common is less.
    const MOST: usize = 16 << 20;

    /// The texts of an agreement that some rule is about, with the rules.
    pub(super) fn concerned(&self, agreement: &Agreement, stationery: &Stationery) -> Vec<(Text, Concerned)> {
        let mut texts = Vec::new();
        walk(agreement, &mut |trail, text| {
            let rules = self.rules_about(stationery, text);
            if !rules.is_empty() {
                texts.push((Text { path: trail.path(), text: text.to_owned() }, rules));
            }
        });
        texts
    }

    fn rules_about(&self, stationery: &Stationery, text: &str) -> Concerned {
        let alike = self.of.get(text.len() % self.of.len()).filter(|_| text.len() >= Self::SHORTEST);
        let Some(alike) = alike else { return rules_about(stationery, text) };
        // Nothing is left half done in it, whatever happens to a thread.
        let known = alike.read().unwrap_or_else(PoisonError::into_inner).get(text).copied();
        known.unwrap_or_else(|| {
            let rules = rules_about(stationery, text);
            if self.bytes.fetch_add(text.len(), Ordering::Relaxed) < Self::MOST {
                alike.write().unwrap_or_else(PoisonError::into_inner).insert(text.into(), rules);
            }
            rules
        })
    }
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
    fn a_word_is_found_wherever_it_stands_in_a_long_text() {
        for before in 0..400 {
            let text = format!("{} leverantör {}", "ä".repeat(before), "ö".repeat(400 - before));
            assert_eq!(codes(rules_of(&text)), ["IOP408"], "{before}");
        }
        assert_eq!(codes(rules_of(&"ä".repeat(412))), Vec::<&str>::new());
    }

    #[test]
    fn a_word_is_found_however_the_file_writes_it() {
        let agreement: Agreement = toml::from_str(
            "title = \"Hus\"\nactivity = \"hus\"\nstatus = \"draft\"\nterm = {}\nparty = {}\n\
             clause.a.text = \"leveran\\u0074ör\"\nclause.b.text = \"\"\"leveran\\\n    tör\"\"\"",
        )
        .unwrap();
        let (stationery, _) = Stationery::load(&Register::default());
        let found = Heard::default().concerned(&agreement, &stationery);
        let at: Vec<String> = found.iter().map(|(text, _)| text.path.to_string()).collect();
        assert_eq!(at, ["clause.a.text", "clause.b.text"]);
        assert!(found.iter().all(|(_, rules)| codes(*rules).contains(&"IOP408")));
    }

    #[test]
    fn every_word_of_a_rule_lets_its_texts_through() {
        for (rule, check) in about_texts() {
            let Check::Texts(cues, ..) = check else { continue };
            for cue in cues() {
                let apart: String = cue.word.chars().flat_map(|letter| [letter, '\u{AD}']).collect();
                let decomposed =
                    cue.word.replace('å', "a\u{30A}").replace('ä', "a\u{308}").replace('ö', "o\u{308}");
                for word in [&cue.word, &cue.word.to_uppercase(), &apart, &decomposed] {
                    let with = cue.with.as_deref().unwrap_or_default();
                    let lead = if cue.leads { "" } else { "Om\u{a0}" };
                    let text = format!("{lead}{word}\u{a0}{with}\u{a0}5");
                    let text = if cue.begins { text } else { format!("a{word} {with}") };
                    assert!(rules_of(&text).0 & rule.0 != 0, "{text}");
                }
            }
        }
    }

    #[test]
    fn every_rule_about_texts_has_a_bit_of_its_own() {
        assert!((1..64).contains(&about_texts().count()));
    }
}
