//! A delegated decision that the committee has not been told of.

use crate::agreement::Role;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::path;
use crate::records::{DecisionKind, Records};
use crate::register::Entry;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP608",
    slug: "delegated-decision-unreported",
    title: "Ett delegationsbeslut är inte anmält till nämnden, eller anmält innan det fattades, eller inte angivet som delegerat",
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
        .chain(undelegated(scope, records))
        .collect()
}

/// What the titles of employees hold. An employee decides by delegation or not at all.
const FUNCTIONS: [&str; 14] = [
    "chef",
    "direktör",
    "sekreterare",
    "handläggare",
    "strateg",
    "samordnare",
    "rektor",
    "jurist",
    "ekonom",
    "controller",
    "utredare",
    "föreståndare",
    "planerare",
    "upphandlare",
];

/// What the names of those hold who decide in their own right.
const ORGANS: [&str; 9] = [
    "nämnd",
    "styrelse",
    "utskott",
    "fullmäktige",
    "beredning",
    "kommitté",
    "förbund",
    "direktion",
    "presidi",
];

/// Decisions by an employee that are not said to be delegated.
fn undelegated(scope: &Scope<'_>, records: &Entry<Records>) -> Vec<Finding> {
    let committees = scope.register.settings.iter().flat_map(|settings| settings.data.committee.values());
    let committees = committees.flat_map(|committee| &committee.names).map(|name| name.name.to_lowercase());
    // The other side's decisions are its own affair.
    let others = scope.agreement.party.values().filter(|party| party.role == Role::CivilSociety);
    let others = others.flat_map(|party| {
        let names = [Some(&party.name), party.short_name.as_ref(), party.legal_person.known()];
        names.into_iter().flatten().map(|name| name.trim().to_lowercase())
    });
    let deciding: Vec<String> = committees.chain(others).filter(|name| !name.is_empty()).collect();
    let is_employee = |by: &str| {
        let by = by.to_lowercase();
        FUNCTIONS.iter().any(|function| by.contains(function))
            && !ORGANS.iter().any(|organ| by.contains(organ))
            && !deciding.iter().any(|name| by.contains(name.as_str()))
    };
    let decisions = records.data.decision.iter();
    decisions
        .filter(|(_, decision)| {
            !decision.delegated && decision.kind != DecisionKind::Other && is_employee(&decision.by)
        })
        .map(|(key, decision)| {
            let message = format!(
                "{} är ingen nämnd och kan bara besluta på delegation, men beslutet {} anges inte vara delegerat och anmält till nämnden.",
                crate::text::capitalised(&decision.by),
                decision.date
            );
            let place = Place::value(&records.file, path!["decision", key, "by"]);
            Finding::new(RULE.code, Level::Warning, place, message)
                .source(RULE.source)
                .help("Skriv delegated = true, och när beslutet är anmält till nämnden reported = 20ÅÅ-MM-DD. Har en nämnd beslutat ska den stå i by.")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn an_employee_decides_by_delegation_or_not_at_all() {
        let places = |by: &str, kind: &str| {
            let toml = format!("decision.avtal = {{ kind = \"{kind}\", by = \"{by}\", date = 2023-12-01 }}");
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", toml.leak(), "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        for by in ["socialchefen", "Enhetschef Vuxen", "socialdirektören", "kommunjuristen"] {
            assert_eq!(places(by, "approval"), ["decision.avtal.by"], "{by}");
        }
        for by in [
            "socialnämnden",
            "kommunstyrelsen",
            "arbetsutskottet",
            "kommunfullmäktige",
            "Ådala kommun",
            "ordföranden",
            "socialnämnden, på förslag av socialchefen",
        ] {
            assert_eq!(places(by, "approval"), Vec::<String>::new(), "{by}");
        }
        assert_eq!(places("socialchefen", "other"), Vec::<String>::new());
    }

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
