//! A delegated decision that the committee has not been told of.

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP608",
    slug: "delegated-decision-unreported",
    title: "Ett delegationsbeslut är inte anmält till nämnden",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 40 § och 7 kap. 8 §",
    why: "Nämnden bestämmer i vilken utsträckning delegationsbeslut ska anmälas. Tiden för att överklaga ett beslut som ska anmälas räknas från det att protokollet med anmälan tillkännages.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialchefen\", date = 2023-12-01, delegated = true }",
        "decision.avtal",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialchefen\", date = 2023-12-01, delegated = true, reported = 2023-12-14 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let decisions = records.data.decision.iter();
    decisions
        .filter(|(_, decision)| {
            decision.delegated && decision.reported.is_none() && decision.date < scope.as_of
        })
        .map(|(key, decision)| {
            let message = format!(
                "{} beslutade på delegation {}, men beslutet är inte anmält till nämnden.",
                crate::text::capitalised(&decision.by),
                decision.date
            );
            let place = Place::value(&records.file, path!["decision", key]);
            Finding::new(RULE.code, Level::Warning, place, message)
                .source(RULE.source)
                .help("Anmäl beslutet vid nästa sammanträde och skriv in datumet: reported = 20ÅÅ-MM-DD.")
        })
        .collect()
}
