//! What an agreement says of its adjustment cannot be computed: it contradicts itself.

use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts::{self, Doubt, NoFactor};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP318",
    slug: "indexation-contradictory",
    title: "Justeringen motsäger sig själv och går inte att räkna",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets justeringsklausul",
    why: "Två sätt att räkna på samma belopp ger två summor. Programmet väljer inget av dem, och beloppet visas utan uppräkning.",
    check: Check::Register(check),
    bad: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", series = \"priser\", amounts = \"before-adjustment\", years = [2025] }",
        "indexation.pris",
    ),
    good: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", years = [2025] }",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in &scope.statements {
        let mut say = |path: KeyPath, message: String| {
            let place = Place::value(&one.entry.file, path);
            findings.push(
                Finding::new(RULE.code, Level::Error, place, message)
                    .source(RULE.source)
                    .help("Läs justeringsklausulen igen och rätta [indexation] så att bara ett sätt att räkna återstår."),
            );
        };
        for (key, indexation) in &one.entry.data.indexation {
            if let Some(fault) = payouts::contradiction(indexation) {
                say(path!["indexation", key], format!("Indexeringen ”{key}” {fault}."));
            }
        }
        for component in &one.statement.components {
            let doubts = component
                .years
                .iter()
                .flat_map(|year| year.doubts.iter().map(move |doubt| (year.year, doubt)));
            let told = doubts.into_iter().find_map(|(year, doubt)| {
                let what = match doubt {
                    Doubt::SeveralIndexations => "flera indexeringar gäller det".to_owned(),
                    Doubt::TooLarge => "det blir för stort för att räknas".to_owned(),
                    Doubt::NoFactor {
                        reason: reason @ (NoFactor::TooLarge | NoFactor::NoLevel(_) | NoFactor::Negative),
                        ..
                    } => reason.to_string(),
                    _ => return None,
                };
                Some(format!("Ersättningen ”{}” går inte att räkna upp för {year}: {what}.", component.key))
            });
            if let Some(message) = told {
                say(path!["funding", component.key], message);
            }
        }
    }
    findings
}
