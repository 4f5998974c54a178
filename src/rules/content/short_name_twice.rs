//! Two parties are called the same in running text.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP417",
    slug: "short-name-twice",
    title: "Två parter kallas samma sak",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "god sed: det ska framgå vem som ska göra vad",
    why: "Åtaganden, belopp och uppsägning nämner parten med kortnamnet. Kallas två parter ”föreningen” vet ingen vem som är bunden av vad.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "party.forening.short_name = \"Kommunen\"", "party.forening.short_name"),
    good: Example::agreement(&[], "party.forening.short_name = \"Öppet hus\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut known: Vec<(String, &String)> = Vec::new();
    let mut findings = Vec::new();
    for (key, party) in &scope.agreement.party {
        let called = party.called().trim().to_lowercase();
        if let Some((_, first)) = known.iter().find(|(other, _)| *other == called) {
            let at = if party.short_name.is_some() { "short_name" } else { "name" };
            let message =
                format!("Både parten ”{first}” och parten ”{key}” kallas ”{}” i avtalet.", party.called());
            let first = Place::value(scope.file, path!["party", *first]);
            findings.push(
                scope
                    .finding(&RULE, path!["party", key, at], message)
                    .related(first, "kallas likadant")
                    .help("Ge parterna olika kortnamn (short_name)."),
            );
        } else {
            known.push((called, key));
        }
    }
    findings
}
