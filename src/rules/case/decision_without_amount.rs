//! A decision about the agreement names no amount, though the guideline wants one.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::records::DecisionKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP628",
    slug: "decision-without-amount",
    title: "Beslutet anger inget belopp",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "kommunens riktlinjer",
    why: "Ett beslut ska kunna förstås utan bilagor. Säger det inte vad avtalet kostar går det inte att se vad nämnden har godkänt. Prövas där riktlinjerna kräver det (decision_amount), för beslut om att godkänna, förlänga eller ändra belopp. Läser uppgiften amount i beslutet, inte protokollets text.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }",
        "decision.avtal",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01, amount = 1_000_000 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline.filter(|guideline| guideline.case.decision_amount) else {
        return Vec::new();
    };
    let asks = |kind| matches!(kind, DecisionKind::Approval | DecisionKind::Extension | DecisionKind::Amount);
    let mut findings = Vec::new();
    if let Some(records) = scope.records() {
        let decisions = records.data.decision.iter();
        for (key, decision) in decisions.filter(|(_, one)| asks(one.kind) && one.amount.is_none()) {
            let message = format!(
                "Beslutet den {} ({}) anger inget belopp. Riktlinjerna kräver det.",
                decision.date,
                decision.kind.label()
            );
            let place = Place::value(&records.file, path!["decision", key]);
            findings.push(
                Finding::new(RULE.code, Level::Warning, place, message)
                    .source(guideline.citation())
                    .help("Skriv in beloppet som beslutet anger (amount). Anger det inget: pröva om nämnden ska besluta på nytt."),
            );
        }
    }
    findings
}
