//! A name that points at something the register does not have.

use std::sync::Arc;

use crate::agreement::AlsoDecidesChange;
use crate::codes::Codes;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::keyed::Keyed;
use crate::path;
use crate::register::id_of;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::settings::Settings;
use crate::text;
use crate::vocabulary::{Fact, Known};

pub(super) const RULE: Rule = Rule {
    code: "IOP108",
    slug: "reference",
    title: "Hänvisningen leder ingenstans",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "registrets format",
    why: "Ett namn som inte finns gör att en kontroll tyst uteblir eller att en uppgift saknas i dokumentet.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "funding.2024.payer = \"komun\"",
        at: "funding.2024.payer",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "funding.2024.payee = \"forening\"",
        at: "",
    },
};

struct References<'a, 'b> {
    scope: &'a Scope<'b>,
    findings: Vec<Finding>,
}

impl References<'_, '_> {
    fn report(&mut self, path: KeyPath, fact: String, name: &str, known: &[&str]) {
        let help = text::instead_of(name, known);
        self.findings.push(self.scope.finding(&RULE, path, fact).help(help));
    }

    /// A file of the register, which may exist and be unreadable.
    fn file(&mut self, folder: &str, name: &str, path: KeyPath, what: &str) {
        let register = self.scope.register;
        if register.has(&format!("{folder}/{name}.toml")) {
            return;
        }
        let prefix = format!("{folder}/");
        let known: Vec<&str> =
            register.files().filter_map(|file| file.strip_prefix(&prefix)?.strip_suffix(".toml")).collect();
        self.report(path, format!("{what} ”{name}” finns inte: {folder}/{name}.toml saknas."), name, &known);
    }

    /// Codes of the fields that the municipality declares.
    fn codes(&mut self, codes: &Codes, path: &KeyPath) {
        let Some(settings) = &self.scope.register.settings else { return };
        self.findings.extend(wrong_codes(self.scope.file, codes, path, &settings.data));
    }

    /// A decision in the agreement's records.
    fn decisions(&mut self, others: &Keyed<AlsoDecidesChange>, path: &KeyPath) {
        for (key, other) in others {
            self.decision(&other.decision, || path.join(key).join("decision"));
        }
    }

    fn decision(&mut self, name: &Fact<String>, path: impl FnOnce() -> KeyPath) {
        let Some(name) = name.known() else { return };
        let id = id_of(self.scope.file);
        let records = self.scope.register.records.get(id);
        if self.scope.has_unread_records() {
            return;
        }
        let known: Vec<&str> =
            records.iter().flat_map(|entry| entry.data.decision.keys()).map(String::as_str).collect();
        if !known.contains(&name.as_str()) {
            self.report(path(), format!("Beslutet ”{name}” finns inte i records/{id}.toml."), name, &known);
        }
    }

    /// A key of one of the agreement's own tables.
    fn key(&mut self, name: &str, known: &[&str], path: impl FnOnce() -> KeyPath, what: &str) {
        if !known.contains(&name) {
            self.report(path(), format!("{what} ”{name}” finns inte i avtalet."), name, known);
        }
    }
}

/// Codes that stand at `path` in a file, of fields that the municipality does not have, or such as the fields cannot hold.
pub(super) fn wrong_codes(
    file: &Arc<str>,
    codes: &Codes,
    path: &KeyPath,
    settings: &Settings,
) -> Vec<Finding> {
    let wrong = codes.iter().filter_map(|(key, code)| {
        let (fact, help) = if let Some(field) = settings.code.get(key) {
            field.fault(code)?
        } else {
            let known: Vec<&str> = settings.code.keys().map(String::as_str).collect();
            (format!("Kodfältet ”{key}” finns inte i iop.toml."), text::instead_of(key, &known))
        };
        let place = Place::value(file, path.join(key));
        Some(Finding::new(RULE.code, Level::Error, place, fact).source(RULE.source).help(help))
    });
    wrong.collect()
}

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let mut references = References { scope, findings: Vec::new() };
    let parties: Vec<&str> = agreement.party.keys().map(String::as_str).collect();
    let added = agreement.supplement.values().flat_map(|supplement| supplement.funding.keys());
    let fundings: Vec<&str> = agreement.funding.keys().chain(added).map(String::as_str).collect();

    if let Some(name) = &agreement.guideline {
        references.file("guidelines", name, path!["guideline"], "Riktlinjerna");
    }
    if let Some(name) = &agreement.continues {
        references.file("agreements", name, path!["continues"], "Avtalet");
    }
    if let (Some(name), Some(settings)) = (&agreement.committee, &scope.register.settings) {
        let known: Vec<&str> = settings.data.committee.keys().map(String::as_str).collect();
        if !known.contains(&name.as_str()) {
            let fact = format!("Nämnden ”{name}” finns inte i iop.toml.");
            references.report(path!["committee"], fact, name, &known);
        }
    }
    if let Some(settings) = &scope.register.settings {
        let known: Vec<&str> = settings.data.committee.keys().map(String::as_str).collect();
        for (at, committee) in
            agreement.also_deciding().filter(|(_, committee)| !known.contains(&committee.as_str()))
        {
            let fact = format!("Nämnden ”{committee}” finns inte i iop.toml.");
            references.report(at.join("committee"), fact, committee, &known);
        }
    }
    references.codes(&agreement.code, &path!["code"]);
    for (at, _, funding) in agreement.stated_funding() {
        references.codes(&funding.code, &at.join("code"));
        references.key(&funding.payer, &parties, || at.join("payer"), "Parten");
        if let Some(payee) = &funding.payee {
            references.key(payee, &parties, || at.join("payee"), "Parten");
        }
        for payee in funding.payees.keys() {
            references.key(payee, &parties, || at.join("payees").join(payee), "Parten");
        }
        references.decision(&funding.decision, || at.join("decision"));
        if let (Some(line), Some(budget)) = (&funding.budget_line, &scope.register.budget) {
            let known: Vec<&str> = budget.data.line.keys().map(String::as_str).collect();
            if !known.contains(&line.as_str()) {
                let fact = format!("Budgetraden ”{line}” finns inte i budget.toml.");
                references.report(at.join("budget_line"), fact, line, &known);
            }
        }
    }
    for (at, exit) in agreement.stated_exits() {
        for (number, party) in exit.open_to.iter().enumerate() {
            references.key(party, &parties, || at.join("open_to").join(number), "Parten");
        }
    }
    for (key, in_kind) in &agreement.in_kind {
        references.key(&in_kind.party, &parties, || path!["in_kind", key, "party"], "Parten");
    }
    for (key, undertaking) in &agreement.undertaking {
        references.key(&undertaking.party, &parties, || path!["undertaking", key, "party"], "Parten");
        for (name, places) in &undertaking.places {
            if let Some(funding) = &places.funding {
                let at = || path!["undertaking", key, "places", name, "funding"];
                references.key(funding, &fundings, at, "Ersättningen");
            }
        }
    }
    for (key, option) in &agreement.term.option {
        if let Some(party) = option.by.known() {
            references.key(party, &parties, || path!["term", "option", key, "by"], "Parten");
        }
    }
    let options: Vec<&str> = agreement.term.option.keys().map(String::as_str).collect();
    for change in agreement.changes() {
        references.decision(change.decision(), || change.path().join("decision"));
        references.decisions(change.also_decides(), &change.path().join("also_decides"));
    }
    for (key, extension) in &agreement.extension {
        if let Some(option) = &extension.option {
            references.key(option, &options, || path!["extension", key, "option"], "Optionen");
        }
    }
    if let Some(ending) = &agreement.ending {
        if let Some(party) = &ending.by {
            references.key(party, &parties, || path!["ending", "by"], "Parten");
        }
        if let Some(exit) = &ending.exit {
            let exits: Vec<&str> = agreement.exit.keys().map(String::as_str).collect();
            references.key(exit, &exits, || path!["ending", "exit"], "Punkten");
        }
    }
    if let (Some(answers), Some(guideline)) = (agreement.ground.known(), scope.guideline) {
        let known: Vec<&str> = guideline.ground.keys().map(String::as_str).collect();
        for name in answers.keys().filter(|name| !known.contains(&name.as_str())) {
            let fact = format!("Skälet ”{name}” finns inte i riktlinjerna.");
            references.report(path!["ground", name], fact, name, &known);
        }
    }
    for (key, plan) in &agreement.payout_plan {
        for (index, name) in plan.funding.iter().enumerate() {
            references.key(name, &fundings, || path!["payout_plan", key, "funding", index], "Ersättningen");
        }
    }
    for (key, indexation) in &agreement.indexation {
        for (index, name) in indexation.funding.iter().enumerate() {
            references.key(name, &fundings, || path!["indexation", key, "funding", index], "Ersättningen");
        }
        if let Some(series) = &indexation.series {
            references.file("indexes", series, path!["indexation", key, "series"], "Serien");
        }
        for series in indexation.composite.keys() {
            references.file("indexes", series, path!["indexation", key, "composite", series], "Serien");
        }
    }
    for (key, group) in &agreement.steering_group {
        for (field, party) in [("called_by", &group.called_by), ("minutes_by", &group.minutes_by)] {
            if let Some(party) = party.known() {
                references.key(party, &parties, || path!["steering_group", key, field], "Parten");
            }
        }
        for (seat_key, seat) in group.seat.known().into_iter().flatten() {
            if let Some(party) = seat.party.known() {
                references.key(
                    party,
                    &parties,
                    || path!["steering_group", key, "seat", seat_key, "party"],
                    "Parten",
                );
            }
        }
    }
    references.findings.extend(signings(scope));
    references.findings.extend(events(scope).into_iter().chain(credits(scope)));
    references.findings
}

/// Credit notes of invoices that the file does not have.
fn credits(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let known: Vec<&str> = records.data.invoice.keys().map(String::as_str).collect();
    let named = records.data.invoice.iter().filter_map(|(key, one)| Some((key, one.credits.as_ref()?)));
    named
        .filter(|(_, name)| !known.contains(&name.as_str()))
        .map(|(key, name)| {
            let place = Place::value(&records.file, path!["invoice", key, "credits"]);
            let message = format!("Fakturan ”{name}” finns inte i samma fil.");
            Finding::new(RULE.code, Level::Error, place, message)
                .source(RULE.source)
                .help(text::instead_of(name, &known))
        })
        .collect()
}

/// Meetings of groups, and reports on duties, that the agreement does not have.
fn events(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let groups: Vec<&str> = scope.agreement.steering_group.keys().map(String::as_str).collect();
    let duties: Vec<&str> = scope.agreement.follow_up.keys().map(String::as_str).collect();
    let meetings = records.data.meeting.iter().map(|(key, meeting)| {
        (path!["meeting", key, "steering_group"], "Styrgruppen", &meeting.steering_group, &groups)
    });
    let reports = records
        .data
        .report
        .iter()
        .map(|(key, report)| (path!["report", key, "duty"], "Uppföljningen", &report.duty, &duties));
    let parties: Vec<&str> = scope.agreement.party.keys().map(String::as_str).collect();
    let payments = records.data.payment.iter().map(|(key, one)| ("payment", key, one.payee.as_ref()));
    let invoices = records.data.invoice.iter().map(|(key, one)| ("invoice", key, one.payee.as_ref()));
    let payees = payments.chain(invoices);
    let payees = payees
        .filter_map(|(table, key, payee)| Some((path![table, key, "payee"], "Parten", payee?, &parties)));
    meetings
        .chain(reports)
        .chain(payees)
        .filter(|(_, _, name, known)| !known.contains(&name.as_str()))
        .map(|(path, what, name, known)| {
            let place = Place::value(&records.file, path);
            Finding::new(RULE.code, Level::Error, place, format!("{what} ”{name}” finns inte i avtalet."))
                .source(RULE.source)
                .help(text::instead_of(name, known))
        })
        .collect()
}

/// Signings that name nobody who signs.
fn signings(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let parties = &scope.agreement.party;
    let mut findings = Vec::new();
    for (key, signing) in &records.data.signing {
        let (at, name, known, what): (_, _, Vec<&str>, _) = match parties.get(&signing.party) {
            None => ("party", &signing.party, parties.keys().map(String::as_str).collect(), "Parten"),
            Some(party) => {
                let known =
                    party.signatory.known().into_iter().flat_map(|people| people.keys().map(String::as_str));
                ("signatory", &signing.signatory, known.collect(), "Undertecknaren")
            }
        };
        if known.contains(&name.as_str()) {
            continue;
        }
        let place = Place::value(&records.file, path!["signing", key, at]);
        let finding =
            Finding::new(RULE.code, Level::Error, place, format!("{what} ”{name}” finns inte i avtalet."));
        findings.push(finding.source(RULE.source).help(text::instead_of(name, &known)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// What leads nowhere: where it stands, and what is said of it.
    fn said(changes: &[Example]) -> Vec<(String, String)> {
        let findings = found(&RULE, changes).into_iter();
        findings.map(|one| (format!("{} {}", one.place.file, one.place.path), one.message)).collect()
    }

    #[test]
    fn a_name_in_the_agreement_must_be_known() {
        let missing = |folder: &str, name: &str| format!("”{name}” finns inte: {folder}/{name}.toml saknas.");
        for (toml, path, message) in [
            ("guideline = \"x\"", "guideline", format!("Riktlinjerna {}", missing("guidelines", "x"))),
            ("continues = \"x\"", "continues", format!("Avtalet {}", missing("agreements", "x"))),
            ("committee = \"x\"", "committee", "Nämnden ”x” finns inte i iop.toml.".to_owned()),
            (
                "indexation.a.series = \"x\"",
                "indexation.a.series",
                format!("Serien {}", missing("indexes", "x")),
            ),
            (
                "indexation.a.composite.x = \"50\"",
                "indexation.a.composite.x",
                format!("Serien {}", missing("indexes", "x")),
            ),
            (
                "funding.2025.budget_line = \"x\"",
                "funding.2025.budget_line",
                "Budgetraden ”x” finns inte i budget.toml.".to_owned(),
            ),
            (
                "payout_plan.halvar.funding = [\"2024\", \"2025\", \"x\"]",
                "payout_plan.halvar.funding[2]",
                "Ersättningen ”x” finns inte i avtalet.".to_owned(),
            ),
            ("ground.x.answer = \"yes\"", "ground.x", "Skälet ”x” finns inte i riktlinjerna.".to_owned()),
        ] {
            let place = format!("agreements/oppet-hus.toml {path}");
            assert_eq!(said(&[Example::agreement(&[], toml, "")]), [(place, message)], "{toml}");
        }
        for known in [
            "guideline = \"adala-2019\"",
            "committee = \"social\"",
            "indexation.a.series = \"priser\"",
            "indexation.a.composite.priser = \"50\"",
            "payout_plan.halvar.funding = [\"2024\", \"2025\"]",
        ] {
            assert_eq!(said(&[Example::agreement(&[], known, "")]), [], "{known}");
        }
    }

    #[test]
    fn a_code_must_be_of_a_field_that_the_municipality_has() {
        let settings = Example::file(
            "iop.toml",
            "[code.ansvar]\ntitle = \"Ansvar\"\nform = [\"0000\"]\n[code.konto]\ntitle = \"Konto\"\nvalues = { 4510 = \"Bidrag\" }\n",
            "",
        );
        for (toml, path, message) in [
            ("code.avdelning = \"1\"", "code.avdelning", "Kodfältet ”avdelning” finns inte i iop.toml."),
            (
                "code.ansvar = \"12\"",
                "code.ansvar",
                "Ansvar ”12” har inte formen ”0000”, där 0 är en siffra.",
            ),
            (
                "funding.2025.code.konto = \"4511\"",
                "funding.2025.code.konto",
                "Konto ”4511” finns inte i iop.toml.",
            ),
        ] {
            let found = (format!("agreements/oppet-hus.toml {path}"), message.to_owned());
            assert_eq!(said(&[settings, Example::agreement(&[], toml, "")]), [found], "{toml}");
        }
        let right = "code.ansvar = \"1234\"\nfunding.2025.code.konto = \"4510\"";
        assert_eq!(said(&[settings, Example::agreement(&[], right, "")]), []);
        // It is the same on a line of the budget, and the advice is about what is wrong.
        for (code, message, help) in [
            (
                "ansvar = \"12\"",
                "Ansvar ”12” har inte formen ”0000”, där 0 är en siffra.",
                "Rätta koden, eller kodfältets form i iop.toml.",
            ),
            ("konto = \"4511\"", "Konto ”4511” finns inte i iop.toml.", "Menade du ”4510”?"),
            ("kto = \"4510\"", "Kodfältet ”kto” finns inte i iop.toml.", "De som finns är ansvar och konto."),
        ] {
            let line = Example::file("budget.toml", format!("line.social.code.{code}").leak(), "");
            let found = found(&RULE, &[settings, line]);
            let [finding] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((finding.message.as_str(), finding.help.as_deref()), (message, Some(help)));
            assert_eq!(&*finding.place.file, "budget.toml");
        }
    }

    #[test]
    fn a_decision_must_stand_in_the_records() {
        let decisions = [
            ("funding.2025.decision = \"a\"", "funding.2025.decision"),
            (
                "supplement.x = { number = 1, changes = \"Tiden.\", decision = \"a\" }",
                "supplement.x.decision",
            ),
            ("extension.x = { until = 2026-12-31, decision = \"a\" }", "extension.x.decision"),
            (
                "extension.x = { until = 2026-12-31, also_decides.y = { committee = \"social\", decision = \"a\" } }",
                "extension.x.also_decides.y.decision",
            ),
        ];
        let records = |key: &str| {
            let toml =
                format!("[decision.{key}]\nkind = \"approval\"\nby = \"nämnden\"\ndate = 2024-01-10\n");
            Example::file("records/oppet-hus.toml", toml.leak(), "")
        };
        let unreadable = Example::file("records/oppet-hus.toml", "", "");
        for (toml, path) in decisions {
            let agreement = Example::agreement(&[], toml, "");
            let missing = [(
                format!("agreements/oppet-hus.toml {path}"),
                "Beslutet ”a” finns inte i records/oppet-hus.toml.".to_owned(),
            )];
            assert_eq!(said(&[agreement]), missing, "{toml}");
            assert_eq!(said(&[agreement, records("b")]), missing, "{toml}");
            assert_eq!(said(&[agreement, records("a")]), [], "{toml}");
            // Nobody knows what a file says that cannot be read.
            assert_eq!(said(&[agreement, unreadable]), [], "{toml}");
        }
    }

    #[test]
    fn events_name_groups_duties_and_people_of_the_agreement() {
        let at = |records: &str| {
            let toml = records.to_owned().leak();
            said(&[Example::file("records/oppet-hus.toml", toml, "")])
        };
        let period = "period = { start = 2024-01-01, end = 2024-12-31 }\ndate = 2025-02-01\n";
        let signing = |party: &str, who: &str| {
            format!("[signing.a]\nparty = \"{party}\"\nsignatory = \"{who}\"\ndate = 2023-12-01\n")
        };
        for (records, path, message) in [
            (
                "[meeting.a]\nsteering_group = \"x\"\ndate = 2024-03-01\n".to_owned(),
                "meeting.a.steering_group",
                "Styrgruppen",
            ),
            (format!("[report.a]\nduty = \"x\"\n{period}"), "report.a.duty", "Uppföljningen"),
            (signing("x", "ordforande"), "signing.a.party", "Parten"),
            (signing("kommun", "x"), "signing.a.signatory", "Undertecknaren"),
        ] {
            let found =
                (format!("records/oppet-hus.toml {path}"), format!("{message} ”x” finns inte i avtalet."));
            assert_eq!(at(&records), [found], "{records}");
        }
        assert_eq!(at("[meeting.a]\nsteering_group = \"styrgrupp\"\ndate = 2024-03-01\n"), []);
        assert_eq!(at(&format!("[report.a]\nduty = \"arsrapport\"\n{period}")), []);
        assert_eq!(at(&signing("kommun", "ordforande")), []);
    }
}
