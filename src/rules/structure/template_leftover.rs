//! Text that a template asks somebody to replace.

use crate::finding::{Finding, Mention, Place, Spread};
use crate::language::leftovers::{self, leftovers};
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP116",
    slug: "template-leftover",
    title: "Text ur en mall står kvar",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det som undertecknas ska vara färdigt",
    why: "”Klicka här” eller ”20XX” i ett undertecknat avtal lämnar frågan obesvarad, och visar att ingen läste det. Läser uppgifter inom klamrar, X, nollor och streck att fylla i, mönster för datum och uppmaningar till den som skriver. Läser inte rader att skriva under på eller en mening som är färdig men allmän.",
    check: Check::Texts(leftovers::cues, |text| leftover(text).is_some(), check),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Unga saknar en mötesplats. Klicka här för att ange antal.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Se Todos väg, kapitel XXI och *2024*, och [Skrivelsen](https://adala.example).\"",
        "",
    ),
};

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let found = texts.iter().filter_map(|Text { path, text }| {
        let mut left: Vec<&str> = leftovers(text).into_iter().filter_map(|range| text.get(range)).collect();
        left.dedup();
        let mentions = left.into_iter().map(|left| Mention {
            place: Place::word(scope.file, path.clone(), left),
            word: format!("”{left}”"),
        });
        let spread = Spread::new("", " ser ut att stå kvar ur en mall.", mentions);
        let finding = Finding::at_each(RULE.code, RULE.gravity.level(scope.agreement), spread)?;
        Some(finding.source(RULE.source).help("Skriv det som ska stå där, eller ta bort det."))
    });
    found.collect()
}

/// What a template left first in a text, as the text has it.
pub(in crate::rules) fn leftover(text: &str) -> Option<&str> {
    leftovers(text).into_iter().next().and_then(|range| text.get(range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn links_and_chapters_are_not_taken_for_leftovers() {
        for text in [
            "[Skrivelsen](https://x.example)",
            "[Datumplan](x)",
            "[Namnstrategi][1]",
            "[namn]: https://x.example",
            "[Angered]",
            "Kap. XX i balken, del XX",
            "Skriv till <namn@adala.example>.",
            "Se … och så vidare ...",
            "Varför?? Jo.",
            "Hon [föreningens ordförande] och [Föreningens namn](https://x.example)",
            "[Kommunens namn][1] och [organisationer i Ådala]",
            "[okänt datum] och [avtalet]",
            "(se bilaga 1) och (anger beloppet) och (ange skälen i rapporten och skicka den)",
            "Välj ett datum som passar alla.",
            "Föreningen ska ange namn här och där.",
            "Skriften __Öppet hus__ från __2020__ och __ett__-__två__",
        ] {
            assert_eq!(leftover(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_left_is_shown_as_it_stands() {
        for (text, left) in [
            // Whatever comes after it, an agreement asks nobody to state a name.
            ("Ange namn härefter.", "Ange namn"),
            ("KLICKA HÄR för", "KLICKA HÄR"),
            ("Parten [Ange namn på part] ska", "[Ange namn på part]"),
            ("Den [datum] 2024", "[datum]"),
            ("[Fyll i", "[Fyll i"),
            ("[skriv vad som ska stå här", "[skriv vad som"),
            ("Underskrift ................ datum", "................"),
            ("Ort ………", "………"),
            ("Kommunen och <namn> är", "<namn>"),
            ("och <Föreningens namn> är", "<Föreningens namn>"),
            ("Beloppet är ??? kronor", "???"),
            ("Beloppet är XX kronor", "XX"),
            ("År 20XX", "20XX"),
            ("ÅÅÅÅ-MM-DD", "ÅÅÅÅ-MM-DD"),
            ("Klicka eller tryck här för att ange text.", "Klicka eller tryck här"),
            ("Slut: Välj ett datum.", "Välj ett datum"),
            ("VÄLJ ETT OBJEKT", "VÄLJ ETT OBJEKT"),
            ("Infoga text här.", "Infoga text här"),
            ("Mellan [Föreningens namn] och", "[Föreningens namn]"),
            ("Org.nr [organisationsnummer]", "[organisationsnummer]"),
            ("Kommunen bidrar (ange belopp).", "(ange belopp)"),
            ("Bidrag: Ange belopp här", "Ange belopp här"),
            ("Ange namn här.", "Ange namn här"),
            ("Datum: 20__-__-__.", "20__-__-__"),
            ("Den __/__ 2024", "__/__"),
            ("Datum: 20__", "20__"),
            ("Parten {{organisation}} ska", "{{organisation}}"),
            ("Parten {{", "{{"),
            ("Parten {namn} ska", "{namn}"),
            ("Ring [telefonnummer]", "[telefonnummer]"),
            ("[telefonnummer] xx", "[telefonnummer]"),
        ] {
            assert_eq!(leftover(text), Some(left), "{text}");
            let toml = format!("clause.background.text = \"{text}\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            assert!(findings[0].message.starts_with(&format!("”{left}”")), "{text}: {findings:?}");
        }
    }
}
