//! The partnerships of a budget line cost more in a year than its frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::agreement::Status;
use crate::budget::FrameStatus;
use crate::finding::{Finding, Level, Place};
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::register::Register;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP303",
    slug: "frame-exceeded",
    title: "Åtagandena är större än budgetramen",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer: överenskommelser ska rymmas i befintlig budgetram",
    why: "En nämnd får inte lova mer än den har. Summan räknas över hela registret, år för år, före uppräkning.",
    check: Check::Register(check),
    bad: Example {
        file: "budget.toml",
        remove: &[],
        toml: "line.social.year.2025.amount = 499_999",
        at: "line.social.year.2025.amount",
    },
    good: Example {
        file: "budget.toml",
        remove: &[],
        toml: "line.social.year.2025.amount = 500_000",
        at: "",
    },
};

/// One component's part of a year.
struct Part {
    file: Arc<str>,
    key: String,
    amount: Money,
    by_days: bool,
}

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let register = scope.register;
    let Some(budget) = &register.budget else { return Vec::new() };
    let commitments = commitments(register);
    let mut findings = Vec::new();
    for (line_key, line) in &budget.data.line {
        for (year, frame) in &line.year {
            let Some(parts) = year.parse().ok().and_then(|year| commitments.get(&(line_key.as_str(), year)))
            else {
                continue;
            };
            let place = Place::value(&budget.file, path!["line", line_key, "year", year, "amount"]);
            let sum = parts.iter().try_fold(Money::ZERO, |sum, part| sum.checked_add(part.amount));
            let Some(sum) = sum.map(Money::rounded) else { continue };
            let Some(missing) = sum.checked_sub(frame.amount).filter(|missing| *missing > Money::ZERO) else {
                continue;
            };
            let (level, firmness) = match frame.status {
                FrameStatus::Decided => (Level::Error, "beslutad"),
                FrameStatus::Plan => (Level::Warning, "enligt plan"),
                FrameStatus::Assumed => (Level::Note, "antaget värde, inte beslutat"),
            };
            let message = format!(
                "Åtagandena {year} är {sum}. Ramen för ”{}” är {} ({firmness}; {}). Det fattas {missing} före uppräkning.",
                line.title, frame.amount, frame.source
            );
            let mut finding = Finding::new(RULE.code, level, place, message)
                .source(RULE.source)
                .help("Kontrollera ramen med ekonomen före manusstopp, eller ändra beloppen.");
            for part in parts {
                let place = Place::value(&part.file, path!["funding", &part.key]);
                let how = if part.by_days { " (fördelat efter dagar)" } else { "" };
                finding =
                    finding.related(place, format!("bidrar med {} år {year}{how}", part.amount.rounded()));
            }
            findings.push(finding);
        }
    }
    findings
}

/// What the register's agreements promise, by budget line and year.
fn commitments(register: &Register) -> BTreeMap<(&str, i32), Vec<Part>> {
    let mut commitments: BTreeMap<(&str, i32), Vec<Part>> = BTreeMap::new();
    // A draft promises nobody anything yet.
    for entry in register.agreements.values().filter(|entry| entry.data.status != Status::Draft) {
        for (key, funding) in &entry.data.funding {
            let Some(line) = &funding.budget_line else { continue };
            for share in payouts::by_year(funding, &entry.data.term).unwrap_or_default() {
                let part = Part {
                    file: Arc::clone(&entry.file),
                    key: key.clone(),
                    amount: share.amount,
                    by_days: share.by_days,
                };
                commitments.entry((line, share.year)).or_default().push(part);
            }
        }
    }
    commitments
}
