//! Text that a template asks somebody to replace.

use crate::finding::Finding;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP116",
    slug: "template-leftover",
    title: "Text ur en mall står kvar",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det som undertecknas ska vara färdigt",
    why: "”Klicka här” eller ”20XX” i ett undertecknat avtal lämnar frågan obesvarad, och visar att ingen läste det.",
    check: Check::Texts(
        &[
            "klicka h",
            "klicka eller",
            "åååå",
            "ÅÅÅÅ",
            "[ange",
            "[fyll",
            "[skriv",
            "skriv text",
            "tbd",
            "xx",
            "20xx",
            "todo",
            "fixme",
            "___",
            "lorem ipsum",
            "[namn",
            "[datum",
            "[belopp",
            "fyll i h",
            "skriv h",
        ],
        check,
    ),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Unga saknar en mötesplats. Klicka här för att ange antal.\"",
        "clause.background.text",
    ),
    good: Example::agreement(&[], "clause.background.text = \"Se Todos väg, kapitel XXI och *2024*.\"", ""),
};

/// What templates write, in lower case.
const PHRASES: [&str; 14] = [
    "klicka här",
    "klicka eller tryck här",
    "fyll i här",
    "skriv här",
    "skriv text här",
    "lorem ipsum",
    "åååå-mm-dd",
    "[namn",
    "[datum",
    "[belopp",
    "[ange",
    "[fyll i",
    "[skriv",
    "___",
];

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    texts
        .iter()
        .filter_map(|Text { path, text }| {
            let left = leftover(text)?;
            let message = format!("”{left}” ser ut att stå kvar ur en mall.");
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Skriv det som ska stå där, eller ta bort det."),
            )
        })
        .collect()
}

fn leftover(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    if let Some(phrase) = PHRASES.iter().find(|phrase| lower.contains(**phrase)) {
        return Some(phrase);
    }
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.into_iter().find(|word| {
        let is_filler = word.len() >= 2 && word.bytes().all(|byte| byte == b'X');
        let is_year =
            word.len() == 4 && word.strip_prefix("20").is_some_and(|rest| rest == "XX" || rest == "xx");
        is_filler || is_year || matches!(*word, "TODO" | "FIXME" | "TBD")
    })
}
