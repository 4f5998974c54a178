//! Words that belong to a purchase.

use std::collections::BTreeSet;

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::Segment;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP408",
    slug: "purchase-wording",
    title: "Texten använder köpets ord",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "HFD 2020 ref. 15: avtalets innehåll avgör, inte dess namn",
    why: "Ord som ”beställare” och ”vite” hör till ett köp. En domstol kan läsa dem som att kommunen köper en tjänst, och då gäller upphandlingslagen.",
    check: Check::Texts(
        &[
            "beställar",
            "bestÄllar",
            "utförar",
            "utfÖrar",
            "uppdragsgivar",
            "uppdragstagar",
            "leverant",
            "underlever",
            "entrepren",
            "underentrepren",
            "anbud",
            "vite",
            "timpris",
            "timtaxa",
            "timpeng",
            "à-pris",
            "À-pris",
            "köpare",
            "kÖpare",
            "säljare",
            "sÄljare",
            "avrop",
        ],
        check,
    ),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Beställaren kan ta ut vite. Unga saknar en mötesplats.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Fler aktiviteter och förutföranden.\"\nground.initiative.reason = \"Föreningen är ingen leverantör.\"",
        "",
    ),
};

/// The stems, in lower case.
const STEMS: [&str; 19] = [
    "beställare",
    "utförare",
    "uppdragsgivare",
    "uppdragstagare",
    "leverantör",
    "underleverantör",
    "entreprenör",
    "underentreprenör",
    "anbud",
    "anbudsgivare",
    "vite",
    "vitesbelopp",
    "timpris",
    "timtaxa",
    "timpeng",
    "à-pris",
    "köpare",
    "säljare",
    "avrop",
];

/// What Swedish adds to a noun, the empty ending included.
const ENDINGS: [&str; 21] = [
    "", "n", "en", "et", "t", "s", "ns", "ens", "ets", "er", "erna", "ers", "ernas", "na", "nas", "ar",
    "arna", "an", "ans", "or", "orna",
];

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let mut words = BTreeSet::new();
    let mut places = Vec::new();
    for Text { path, text } in texts {
        // A ground may well say that nobody is a supplier.
        if matches!(path.segments().first(), Some(Segment::Key(key)) if key == "ground") {
            continue;
        }
        let found = purchase_words(text);
        if !found.is_empty() {
            places.push((path.clone(), found.clone()));
            words.extend(found);
        }
    }
    let Some((first, _)) = places.first() else { return Vec::new() };
    let quoted: Vec<String> = words.iter().map(|word| format!("”{word}”")).collect();
    let message = format!(
        "Behöver prövas: texten använder ord som hör till ett köp, {}. De kan tala för att avtalet är ett tjänstekontrakt (HFD 2020 ref. 15).",
        text::list(&quoted)
    );
    let mut finding = scope
        .finding(&RULE, first.clone(), message)
        .help("Skriv vad parterna gör tillsammans, till exempel parten, föreningen eller kommunen, eller fråga kommunjuristen.");
    for (path, found) in places.iter().skip(1) {
        finding = finding.related(Place::value(scope.file, path.clone()), text::list(found));
    }
    vec![finding]
}

/// The purchase words of a text, in lower case, each once, in the text's order.
fn purchase_words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric() && letter != '-') {
        let word = word.trim_matches('-').to_lowercase();
        let is_purchase =
            STEMS.iter().any(|stem| word.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending)));
        if is_purchase && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_in_all_their_forms() {
        assert_eq!(
            purchase_words("Uppdragsgivaren, UTFÖRARENS anbud; à-priset (vitet) och leverantörerna"),
            ["uppdragsgivaren", "utförarens", "anbud", "à-priset", "vitet", "leverantörerna"]
        );
        assert_eq!(
            purchase_words("aktiviteter, invitera, anbudsområdet, leverantörsreskontran, vitsord"),
            Vec::<String>::new()
        );
    }
}
