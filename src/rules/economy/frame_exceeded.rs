//! The partnerships of a budget line cost more in a year than its frame.

use std::sync::Arc;

use crate::budget::{Budget, FrameStatus};
use crate::finding::{Finding, Level, Place};
use crate::money::Money;
use crate::path;
use crate::payouts::{self, BudgetYear};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP303",
    slug: "frame-exceeded",
    title: "Åtagandena är större än budgetramen",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer: överenskommelser ska rymmas i befintlig budgetram",
    why: "En nämnd får inte lova mer än den har. Summan räknas över hela registret, år för år. Fastställd uppräkning ingår; en brist som bara beror på preliminär uppräkning är en not.",
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

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let register = scope.register;
    let Some(budget) = &register.budget else { return Vec::new() };
    let all = i32::MIN..=i32::MAX;
    let years = payouts::budget_years(register, &all, &scope.statements, scope.as_of);
    years.iter().filter_map(|year| finding(&budget.file, &budget.data, year)).collect()
}

fn finding(file: &Arc<str>, budget: &Budget, year: &BudgetYear<'_>) -> Option<Finding> {
    let (key, frame) = (year.line?, year.frame?);
    let line = budget.line.get(key)?;
    let whole = year.sum(|share| share.forecast)?;
    let adjusted = year.sum(|share| share.preliminary_adjustment)?;
    let undecided = year.sum(|share| share.undecided)?;
    let firm = whole.checked_sub(adjusted)?.checked_sub(undecided)?.rounded();
    let whole = whole.rounded();
    let is_adjusted = year.sum(|share| share.adjustment)? != adjusted;
    let beyond = |sum: Money| sum.checked_sub(frame.amount).filter(|missing| *missing > Money::ZERO);
    // What rests on a value that can change is a note, whatever the frame.
    let (sum, missing, level, how) = match (beyond(firm), beyond(whole)) {
        (Some(missing), _) => (
            firm,
            missing,
            firmness(frame.status).0,
            if is_adjusted { "med fastställd uppräkning" } else { "före uppräkning" },
        ),
        (None, Some(missing)) if undecided != Money::ZERO => {
            (whole, missing, Level::Note, "om det som inte är beslutat räknas med")
        }
        (None, Some(missing)) => (whole, missing, Level::Note, "med preliminär uppräkning"),
        (None, None) => return None,
    };
    let message = format!(
        "Åtagandena {} är {sum}. Ramen för ”{}” är {} ({}; {}). Det fattas {missing} {how}.",
        year.year,
        line.title,
        frame.amount,
        firmness(frame.status).1,
        frame.source
    );
    let place = Place::value(file, path!["line", key, "year", year.year.to_string(), "amount"]);
    let mut finding = Finding::new(RULE.code, level, place, message)
        .source(RULE.source)
        .help("Kontrollera ramen med ekonomen före manusstopp, eller ändra beloppen.");
    for share in &year.shares {
        let place = Place::value(&share.file, path!["funding", &share.funding]);
        let how = if share.by_days { " (fördelat efter dagar)" } else { "" };
        let most = if share.ceiling { "högst " } else { "" };
        finding = finding
            .related(place, format!("bidrar med {most}{} år {}{how}", share.forecast.rounded(), year.year));
    }
    Some(finding)
}

/// How grave a lack is and what the frame is called.
fn firmness(status: FrameStatus) -> (Level, &'static str) {
    match status {
        FrameStatus::Decided => (Level::Error, "beslutad"),
        FrameStatus::Plan => (Level::Warning, "enligt plan"),
        FrameStatus::Assumed => (Level::Note, "antaget värde, inte beslutat"),
    }
}
