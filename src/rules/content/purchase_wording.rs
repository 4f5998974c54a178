//! Words that belong to a purchase.

use std::ops::Range;

use crate::agreement::{Agreement, Instrument};
use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::key_path::{KeyPath, Segment};
use crate::language::cues::Cue;
use crate::language::purchase;
use crate::path;
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
    why: "Ord som ”beställare” och ”vite” hör till ett köp. En domstol kan läsa dem som att kommunen köper en tjänst, och då gäller upphandlingslagen. Läser roller, priser och påföljder vid köp, och vad som köps av föreningen eller säljs till kommunen. Läser inte det som texten nekar, det som hade kunnat bli eller det som köps av andra.",
    check: Check::Texts(cues, speaks_of_purchase, check),
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

/// The instrument as the file writes it.
const INSTRUMENT: &str = "purchase";

/// The words of a purchase, and the instrument.
fn cues() -> Vec<Cue> {
    let mut cues = purchase::cues();
    cues.push(Cue::whole(INSTRUMENT));
    cues
}

fn speaks_of_purchase(text: &str) -> bool {
    text == INSTRUMENT || !purchase::words(text).is_empty()
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let agreement = scope.agreement;
    let open = texts.iter().filter(|text| !is_defence(agreement, &text.path));
    let mentions = open.flat_map(|text| {
        let found = purchase::words(&text.text);
        let names = if found.is_empty() { Vec::new() } else { names_in(agreement, &text.text) };
        let mut words: Vec<String> = Vec::new();
        for found in found {
            let is_name =
                names.iter().any(|name| name.start <= found.range.start && found.range.end <= name.end);
            if !is_name && !words.contains(&found.word) {
                words.push(found.word);
            }
        }
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
    finding.into_iter().chain(declared(scope, texts)).collect()
}

/// A finding where the agreement itself calls the money payment for a service.
fn declared(scope: &Scope<'_>, texts: &[&Text]) -> Option<Finding> {
    let instrument = scope.agreement.economy.instrument.known();
    let at = path!["economy", "instrument"];
    let is_purchase = instrument == Some(&Instrument::Purchase) && texts.iter().any(|text| text.path == at);
    is_purchase.then(|| {
        let message = "Behöver prövas: avtalet anger att ersättningen är ett köp. Det talar för att avtalet är ett \
                       tjänstekontrakt (HFD 2020 ref. 15).";
        scope
            .finding(&RULE, at, message)
            .help("Ange instrument = \"grant\" om ersättningen är ett bidrag, eller fråga kommunjuristen.")
    })
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

/// Where the parties' own names stand, which they cannot help. A name that is nothing but a purchaser's word is a role and no
/// name.
fn names_in(agreement: &Agreement, text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for party in agreement.party.values() {
        let older = party.names.iter().map(|dated| &dated.name);
        for name in std::iter::once(&party.name).chain(party.legal_person.known()).chain(older) {
            if name.split_whitespace().count() > purchase::words(name).len() {
                found.extend(text.match_indices(name.as_str()).map(|(at, _)| at..at + name.len()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn purchase_words(text: &str) -> Vec<String> {
        purchase::words(text).into_iter().map(|found| found.word).collect()
    }

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
    fn purchases_by_other_names_are_found_in_an_agreement() {
        for (text, word) in [
            ("Föreningen får timersättning.", "timersättning"),
            ("Ett STYCKPRIS gäller.", "styckpris"),
            ("Dygnspriset är fast.", "dygnspriset"),
            ("Kommunen är upphandlande myndighet.", "upphandlande myndighet"),
            ("Den UPPHANDLANDE MYNDIGHETEN svarar.", "upphandlande myndigheten"),
            ("Det är ett TJÄNSTEKÖP.", "tjänsteköp"),
            ("Kontraktssumman betalas.", "kontraktssumman"),
            ("Kontraktssummorna betalas.", "kontraktssummorna"),
            ("Enligt en beställar-utförarmodell.", "beställar-utförarmodell"),
            ("Kommunen köper tjänsten av föreningen.", "köper tjänsten"),
            ("Kommunen ska KÖPA TJÄNSTER av föreningen.", "köpa tjänster"),
            ("Kommunen köper\\ntjänster av parten.", "köper tjänster"),
        ] {
            let toml = format!("clause.background.text = \"{text}\"");
            let said = messages(toml.leak());
            assert!(said.len() == 1 && said[0].contains(&format!("”{word}”")), "{text}: {said:?}");
        }
        for text in [
            "Föreningen köper tjänster av en redovisningsbyrå.",
            "Kommunen köper inte tjänster och köper tjejlagets tröjor.",
            "Tjänstekvaliteten är god och upphandlande enheter berörs inte.",
        ] {
            assert_eq!(purchase_words(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn who_says_that_it_is_no_purchase_has_not_called_it_one() {
        for text in [
            "Föreningen är inte leverantör.",
            "Kommunen är ingen beställare, och inte någon köpare.",
            "Parterna är varken beställare eller utförare.",
            "Föreningen är inte en leverantör och kommunen är inte upphandlande myndighet.",
            "Inget vite tas ut.",
        ] {
            assert_eq!(purchase_words(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(purchase_words("Om inte leverantören kommer utgår vite."), ["leverantören", "vite"]);
        assert_eq!(purchase_words("Ingen beställare. Utförare och köpare."), ["utförare", "köpare"]);
    }

    #[test]
    fn the_declared_instrument_is_a_finding_of_its_own() {
        let found = found(&RULE, &[Example::agreement(&[], "economy.instrument = \"purchase\"", "")]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.path.to_string(), "economy.instrument");
        assert!(found[0].message.contains("är ett köp"), "{}", found[0].message);
        for toml in ["economy.instrument = \"grant\"", "clause.background.text = \"Purchase.\""] {
            assert_eq!(messages(toml), Vec::<String>::new(), "{toml}");
        }
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
