//! A delegated decision that the committee has not been told of.

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP608",
    slug: "delegated-decision-unreported",
    title: "Ett delegationsbeslut är inte anmält till nämnden, eller anmält innan det fattades",
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
    let too_early = records.data.decision.iter().filter_map(|(key, decision)| {
        let reported = decision.reported.filter(|reported| *reported < decision.date)?;
        let message =
            format!("Beslutet är anmält till nämnden {reported}, innan det fattades {}.", decision.date);
        let place = Place::value(&records.file, path!["decision", key, "reported"]);
        let finding = Finding::new(RULE.code, Level::Warning, place, message);
        Some(finding.source(RULE.source).help("Rätta det ena datumet."))
    });
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
        .chain(too_early)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn nothing_is_reported_before_it_is_decided() {
        let places = |reported: &str| {
            let toml = RULE.good.toml.replace("2023-12-14", reported);
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", toml.leak(), "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("2023-11-30"), ["decision.avtal.reported"]);
        assert_eq!(places("2023-12-01"), Vec::<String>::new());
    }
}
