//! A character that no font of the documents has, or a hidden one that is named as an HTML entity: it would stand as an
//! empty box, or change how the text is read.

use std::collections::BTreeSet;

use crate::documents::{Stationery, from_entities};
use crate::finding::{Finding, Level};
use crate::rules::{Check, Example, Gravity, Rule, Scope, Text};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP113",
    slug: "letter-without-glyph",
    title: "Tecken som inte kan visas i ett dokument",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "lagen (2018:1937) om tillgänglighet till digital offentlig service",
    why: "Ett tecken som typsnittet saknar blir en tom ruta på papperet och är tyst i uppläsning. Ett dolt tecken kan ändra hur texten läses.",
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
    text.contains('&') || text::uncommon(text).any(|letter| !stationery.can_print(letter))
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let is_bad = |letter: char| !scope.stationery.can_print(letter);
    let mut findings = Vec::new();
    for Text { path, text } in texts {
        let named = from_entities(text).into_iter().filter(|letter| is_bad(*letter) || text::hides(*letter));
        let letters: BTreeSet<char> =
            text::uncommon(text).filter(|letter| is_bad(*letter)).chain(named).collect();
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
}
