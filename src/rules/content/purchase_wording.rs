//! Words that belong to a purchase.

use std::borrow::Cow;

use crate::agreement::Agreement;
use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::key_path::{KeyPath, Segment};
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

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
    let agreement = scope.agreement;
    let found = texts.iter().filter(|text| !is_defence(agreement, &text.path)).filter_map(|text| {
        let found = purchase_words(&text.text);
        let words = if found.is_empty() { found } else { purchase_words(&without_names(agreement, text)) };
        Some((text, words))
    });
    let mentions = found.flat_map(|(text, words)| {
        words.into_iter().map(|word| Mention {
            place: Place::word(scope.file, text.path.clone(), word.as_str()),
            word: format!("”{word}”"),
        })
    });
    let spread = Spread::new(
        "Behöver prövas: texten använder ord som hör till ett köp, ",
        ". De kan tala för att avtalet är ett tjänstekontrakt (HFD 2020 ref. 15).",
        mentions,
    );
    let finding = Finding::at_each(RULE.code, RULE.gravity.level(agreement), spread);
    let finding = finding.map(|finding| {
        finding
            .source(RULE.source)
            .help("Skriv vad parterna gör tillsammans, till exempel parten, föreningen eller kommunen, eller fråga kommunjuristen.")
    });
    finding.into_iter().collect()
}

/// Whether a text gives the grounds for the partnership: it may well say that nobody is a supplier.
fn is_defence(agreement: &Agreement, path: &KeyPath) -> bool {
    match path.segments() {
        [Segment::Key(table), ..] if table == "ground" || table == "assessment" => true,
        [Segment::Key(table), Segment::Key(key), ..] if table == "clause" => {
            let heading = agreement.clause.get(key).and_then(|clause| clause.heading.as_deref());
            key == "grounds" || heading.is_some_and(|heading| heading.to_lowercase().starts_with("skäl"))
        }
        _ => false,
    }
}

/// A text without the parties' own names, which they cannot help. A name that is nothing but a purchaser's word is a
/// role and no name.
fn without_names<'a>(agreement: &Agreement, text: &'a Text) -> Cow<'a, str> {
    let mut rest = Cow::Borrowed(text.text.as_str());
    for party in agreement.party.values() {
        let older = party.names.iter().map(|dated| &dated.name);
        for name in std::iter::once(&party.name).chain(party.legal_person.known()).chain(older) {
            let words = name.split_whitespace().count();
            if words > purchase_words(name).len() && rest.contains(name.as_str()) {
                rest = Cow::Owned(rest.replace(name.as_str(), " "));
            }
        }
    }
    rest
}

/// The purchase words of a text, in lower case, each once, in the text's order.
fn purchase_words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric() && letter != '-') {
        let word = word.trim_matches('-').to_lowercase();
        if STEMS.iter().any(|stem| is_form_of(stem, &word)) && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// Whether a word is a noun in one of its forms. Nouns in -are lose their last letter in the definite plural:
/// "utförarna".
fn is_form_of(stem: &str, word: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending))
        || stem
            .strip_suffix('e')
            .filter(|short| short.ends_with("ar"))
            .and_then(|short| word.strip_prefix(short))
            .is_some_and(|ending| matches!(ending, "na" | "nas"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

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
        assert_eq!(
            purchase_words("Utförarna, beställarnas, köparna, säljarnas, uppdragstagarna och anbudsgivarnas"),
            ["utförarna", "beställarnas", "köparna", "säljarnas", "uppdragstagarna", "anbudsgivarnas"]
        );
    }

    fn messages(toml: &'static str) -> Vec<String> {
        found(&RULE, &[Example::agreement(&[], toml, "")])
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn the_definite_plural_is_found_in_an_agreement() {
        assert_eq!(messages("clause.background.text = \"UTFÖRARNA möter beställarna.\"").len(), 1);
    }

    #[test]
    fn the_defence_and_names_are_not_held_against_the_agreement() {
        for toml in [
            "assessment.upphandling.conclusion = \"Kommunen är ingen beställare, och föreningen ingen utförare.\"",
            "clause.grounds.text = \"Föreningen är ingen leverantör.\"",
            "clause.skal = { heading = \"Skälen för partnerskapet\", text = \"Vite tas inte ut.\" }",
            "party.forening.name = \"Föreningen Entreprenör i Ådala\"\nclause.background.text = \"Föreningen Entreprenör i Ådala driver ett hus.\"",
        ] {
            assert_eq!(messages(toml), Vec::<String>::new(), "{toml}");
        }
        let said = messages(
            "party.forening.name = \"Föreningen Entreprenör i Ådala\"\nclause.background.text = \"En entreprenör driver ett hus.\"",
        );
        assert!(said[0].contains("”entreprenör”"), "{said:?}");
        assert_eq!(messages("party.kommun.name = \"Beställaren\"").len(), 1);
        assert_eq!(messages("party.kommun.short_name = \"beställaren\"").len(), 1);
    }

    #[test]
    fn one_finding_marks_every_place() {
        let toml = "clause.background.text = \"Vite.\"\nmemo.preparation = \"Anbud och vite.\"";
        let finding = found(&RULE, &[Example::agreement(&[], toml, "")]).remove(0);
        let places: Vec<String> = finding.places().map(|place| place.path.to_string()).collect();
        assert_eq!(places, ["clause.background.text", "memo.preparation", "memo.preparation"]);
        assert!(finding.message.contains("”vite” och ”anbud”"), "{}", finding.message);
        let left = finding.at_places(|place, _| place.path.to_string() == "memo.preparation").unwrap();
        assert_eq!(left.place.path.to_string(), "memo.preparation");
        assert!(left.related.iter().all(|related| related.place.path == left.place.path));
        assert_eq!(left.at_places(|_, _| false), None);
    }
}
