//! A decision names another sum or other days than the agreement has.

use std::cmp::Ordering;

use crate::agreement::Funding;
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::records::{Decision, DecisionKind};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP623",
    slug: "decision-differs",
    title: "Beslutet anger ett annat belopp eller en annan tid än avtalet",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "kommunallagen (2017:725) 6 kap. 3 och 4 §§",
    why: "Den som undertecknar får bara binda kommunen till det som nämnden har beslutat: det beloppet och den tiden, inte mer.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, period = { start = 2024-01-01, end = 2024-12-31 } }",
        "decision.avtal.period",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, period = { start = 2024-01-01, end = 2025-12-31 } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let place = |key: &str, field: &str| Place::value(&records.file, path!["decision", key, field]);
    let mut findings = Vec::new();
    for (key, decision) in &records.data.decision {
        if let Some((decided, sum)) = decision.amount.zip(sum(scope, key, decision)) {
            findings.extend(amount(decided, sum, place(key, "amount")));
        }
        if let Some((decided, agreed)) = decision.period.zip(days(scope, key, decision)) {
            findings.extend(period(decided, agreed, place(key, "period")));
        }
    }
    findings
}

/// What the agreement pays by a decision: by its approval all that no other decision is named for, else the components that
/// name it. Only what the municipality itself pays: a committee decides on no other money.
fn sum(scope: &Scope<'_>, key: &str, decision: &Decision) -> Option<Money> {
    let agreement = scope.agreement;
    let by_it = |funding: &&Funding| match (decision.kind, funding.decision.known()) {
        (_, Some(named)) => named == key,
        (kind, None) => kind == DecisionKind::Approval,
    };
    let is_own = |funding: &&Funding| scope.register.pays_itself(agreement, &funding.payer);
    let components = agreement.stated_funding().map(|(.., funding)| funding).filter(by_it).filter(is_own);
    payouts::total_of(components, scope.money_time())
}

/// The days that the agreement lasts by a decision: by its approval the stated term, else up to the last day of the changes
/// that name it.
fn days(scope: &Scope<'_>, key: &str, decision: &Decision) -> Option<Period> {
    let agreement = scope.agreement;
    if decision.kind == DecisionKind::Approval {
        return agreement.term.period().filter(|_| agreement.term.open_ended().is_none());
    }
    let names = |named: Option<&String>| named.is_some_and(|named| named == key);
    let extensions = agreement.extension.values().filter(|one| names(one.decision.known()));
    let supplements = agreement.supplement.values().filter(|one| names(one.decision.known()));
    let last = extensions.map(|one| one.until).chain(supplements.filter_map(|one| one.end)).max()?;
    // A change says until when; from when follows from what held.
    Some(Period { start: decision.period?.start, end: last })
}

fn amount(decided: Money, sum: Money, place: Place) -> Option<Finding> {
    let over = sum.checked_sub(decided)?;
    let (level, message, measure) = match over.cmp(&Money::ZERO) {
        Ordering::Equal => return None,
        Ordering::Greater => (
            Level::Error,
            format!("Beslutet gäller {decided}, men avtalet ger {sum}: {over} mer än vad som är beslutat."),
            over,
        ),
        Ordering::Less => {
            let less = decided.checked_sub(sum)?;
            let message = format!("Beslutet gäller {decided}, men avtalet ger {sum}: {less} mindre.");
            (Level::Warning, message, less)
        }
    };
    let finding = Finding::new(RULE.code, level, place, message).source(RULE.source);
    let help = "Rätta det ena beloppet, eller fatta ett nytt beslut (decision i [funding.NAMN]) om det som inte är beslutat.";
    Some(finding.measured(Measure::of_kronor(measure)).help(help))
}

fn period(decided: Period, agreed: Period, place: Place) -> Option<Finding> {
    if decided == agreed {
        return None;
    }
    let beyond = if decided.contains(&agreed) { Level::Warning } else { Level::Error };
    let message = format!("Beslutet gäller {decided}, men avtalet {agreed}.");
    let finding = Finding::new(RULE.code, beyond, place, message).source(RULE.source);
    Some(finding.help("Rätta den ena tiden, eller fatta ett nytt beslut om den tid som inte är beslutad."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// The level and place of what is found. The agreement lasts 2024-01-01–2025-12-31 and gives 900 000 kronor a year.
    fn said(records: &str, agreement: &'static str) -> Vec<String> {
        let records = Example::file("records/oppet-hus.toml", records.to_owned().leak(), "");
        let findings = found(&RULE, &[records, Example::agreement(&[], agreement, "")]);
        findings.iter().map(|one| format!("{:?} {} {}", one.level, one.place.path, one.message)).collect()
    }

    fn approval(more: &str) -> String {
        format!(
            "decision.avtal = {{ kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01, {more} }}"
        )
    }

    #[test]
    fn more_than_was_decided_is_an_error_and_less_a_warning() {
        let sum = found_sum();
        let with = |amount: i64| said(&approval(&format!("amount = {amount}")), "");
        assert_eq!(with(sum), Vec::<String>::new());
        assert!(with(sum - 1)[0].starts_with("Error decision.avtal.amount"), "{:?}", with(sum - 1));
        assert!(with(sum + 1)[0].starts_with("Warning decision.avtal.amount"), "{:?}", with(sum + 1));
    }

    /// What the example pays, from the message of a decision on one krona.
    fn found_sum() -> i64 {
        let found = said(&approval("amount = 1"), "");
        let text = found[0].replace('\u{a0}', "");
        let after = text.split("avtalet ger").nth(1).unwrap();
        let digits: String =
            after.chars().take_while(|one| *one != ':').filter(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    }

    #[test]
    fn an_extension_keeps_to_the_days_of_its_decision() {
        let decision = "decision.mer = { kind = \"extension\", by = \"Socialnämnden\", date = 2025-09-01, period = { start = 2026-01-01, end = 2026-06-30 } }";
        let with = |until: &str| {
            said(decision, format!("extension.a = {{ until = {until}, decision = \"mer\" }}").leak())
        };
        assert_eq!(with("2026-06-30"), Vec::<String>::new());
        assert!(with("2026-07-31")[0].starts_with("Error decision.mer.period"));
        assert!(with("2026-05-31")[0].starts_with("Warning decision.mer.period"));
    }
}
