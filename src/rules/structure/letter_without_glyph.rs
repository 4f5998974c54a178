//! A character that no font of the documents has, a hidden one that is named as an HTML entity, or one that looks like another: it
//! would stand as an empty box, or change how the text is read.

use std::collections::BTreeSet;

use crate::documents::{Stationery, from_entities};
use crate::finding::{Finding, Level};
use crate::language::fold::Folded;
use crate::rules::{Check, Example, Gravity, Rule, Scope, Text};
use crate::text;
use unicode_normalization::UnicodeNormalization;
use unicode_security::MixedScript;

pub(super) const RULE: Rule = Rule {
    code: "IOP113",
    slug: "letter-without-glyph",
    title: "Tecken som inte kan visas i ett dokument, eller ser ut som andra",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "lagen (2018:1937) om tillgänglighet till digital offentlig service",
    why: "Ett tecken som typsnittet saknar blir en tom ruta på papperet och är tyst i uppläsning. Ett dolt tecken kan ändra hur texten läses. En kyrillisk bokstav i ett svenskt ord, eller en siffra ur en annan skrift, ser ut som en vanlig men är en annan: reglerna, sökning och uppläsning läser då något annat än ögat.",
    check: Check::Glance(may_have, check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "in_kind.ledare.what = \"tio ideella ledare 漢\"",
        at: "in_kind.ledare.what",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "in_kind.ledare.what = \"tio ideella ledare från Łódź\"",
        at: "",
    },
};

/// Every font of the documents has the common letters; a test of the fonts looks. Hardly any text has another.
fn may_have(stationery: &Stationery, text: &str) -> bool {
    text.contains('&')
        || text::uncommon(text).any(|letter| !stationery.can_print(letter) || may_look_like_another(letter))
}

/// Whether a character may be taken for a letter or a digit of ours, by itself or in a word.
fn may_look_like_another(letter: char) -> bool {
    letter > '\u{24F}' && letter.is_alphanumeric()
}

/// Whether a number is a sign of its own, as in CO₂: raised or lowered, a fraction, a Roman numeral or one in a ring.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{2070}'..='\u{209F}' | '\u{2150}'..='\u{218F}' | '\u{2460}'..='\u{24FF}')
}

/// The words of a text whose letters are of several alphabets, or that have a digit or letter in place of a plain one; as they are
/// shown.
fn disguised(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_ascii());
    let is_in_place = |letter: char| {
        let mut same = std::iter::once(letter).nfkc();
        let is_one_of_ours = same.next().is_some_and(|plain| plain.is_ascii_alphanumeric());
        (letter.is_numeric() || is_one_of_ours) && !is_sign(letter)
    };
    let is_disguised = |word: &&str| {
        !word.is_single_script() || word.chars().any(|letter| letter > '\u{24F}' && is_in_place(letter))
    };
    let mut found: Vec<&str> = words.filter(is_disguised).collect();
    found.dedup();
    found
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let is_bad = |letter: char| !scope.stationery.can_print(letter);
    let mut findings = Vec::new();
    for Text { path, text } in texts {
        let named = from_entities(text).into_iter().filter(|letter| is_bad(*letter) || text::hides(*letter));
        let letters: BTreeSet<char> =
            text::uncommon(text).filter(|letter| is_bad(*letter)).chain(named).collect();
        // A letter may be named as an entity.
        let folded = text.contains('&').then(|| Folded::of(text));
        let words = disguised(folded.as_ref().map_or(text, Folded::text));
        if !words.is_empty() {
            let shown: Vec<String> = words.iter().take(5).map(|word| format!("”{word}”")).collect();
            let message = format!("Texten har tecken som ser ut som andra, i {}.", text::list(&shown));
            findings.push(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Skriv ordet på nytt, med vanliga bokstäver och siffror (a–ö, 0–9)."),
            );
        }
        if letters.is_empty() {
            continue;
        }
        let shown: Vec<String> =
            letters.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
        let message = format!("Texten har tecken som inte kan visas i ett dokument: {}.", text::list(&shown));
        findings.push(scope.finding(&RULE, path.clone(), message).help(
            "Skriv med tecken som syns. Saknas de i typsnittet kan ni lägga ett annat i templates/fonts/.",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_hidden_character_is_found_by_its_entity_and_a_visible_one_passes() {
        let of = |toml| found(&RULE, &[Example::agreement(&[], toml, "")]);
        for named in ["&#8203;", "&ZeroWidthSpace;", "&#x200b;"] {
            let findings = of(format!("in_kind.ledare.what = \"tio{named} ideella ledare\"").leak());
            let [finding] = findings.as_slice() else { panic!("{named}: {findings:?}") };
            assert_eq!(finding.place.path.to_string(), "in_kind.ledare.what");
            assert!(finding.message.ends_with("i ett dokument: U+200B."), "{}", finding.message);
        }
        assert_eq!(of("in_kind.ledare.what = \"tio &aring;r &amp; mer\""), []);
    }

    #[test]
    fn a_letter_or_digit_of_another_script_in_a_word_is_told() {
        // A Cyrillic and a Greek o, one by its number, full width, mathematical and Arabic digits.
        for (text, word) in [
            ("i ti\u{43E} år", "ti\u{43E}"),
            ("i ti\u{3BF} år", "ti\u{3BF}"),
            ("i ti&#1086; år", "ti\u{43E}"),
            ("i １０ år", "１０"),
            ("i 𝟏𝟎 år", "𝟏𝟎"),
            ("till ٢٠٣٥", "٢٠٣٥"),
        ] {
            assert_eq!(disguised(Folded::of(text).text()), [word], "{text}");
        }
        for text in [
            "tio år",
            "CO₂ och B₁₂, etapp Ⅲ, ①",
            "två m² för ½ år, 5 °C, 1ª",
            "från Łódź och Đorđe",
            "Ольга",
            "αβ",
        ] {
            assert_eq!(disguised(text), Vec::<&str>::new(), "{text}");
        }
    }
}
