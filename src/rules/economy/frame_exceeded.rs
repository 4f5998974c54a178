//! The partnerships of a budget line cost more in a year than its frame.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::budget::{Budget, FrameStatus};
use crate::finding::{Finding, Level, Place};
use crate::money::Money;
use crate::path;
use crate::payouts::{self, BudgetYear};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP303",
    slug: "frame-exceeded",
    title: "Åtagandena är större än budgetramen",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer: överenskommelser ska rymmas i befintlig budgetram",
    why: "En nämnd får inte lova mer än den har. Summan räknas över hela registret, år för år. Fastställd uppräkning ingår; en brist som bara beror på preliminär uppräkning, eller på hur en summa för flera år fördelas, är en not.",
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
    years.iter().filter_map(|year| finding(&budget.file, &budget.data, year, &years)).collect()
}

/// What a year costs, without what can still change.
fn firm(year: &BudgetYear<'_>) -> Option<Money> {
    let sum =
        year.sum(|share| share.forecast)?.checked_sub(year.sum(|share| share.preliminary_adjustment)?)?;
    Some(sum.checked_sub(year.sum(|share| share.undecided)?)?.rounded())
}

/// The years of a line over which a sum is divided by days, where their frames together hold what they cost. The
/// agreement does not say how much each of them costs, so a lack in one of them may be nothing but the division.
fn divided_within_frames<'a>(
    year: &BudgetYear<'_>,
    all: &'a [BudgetYear<'a>],
) -> Option<Vec<&'a BudgetYear<'a>>> {
    let divided: BTreeSet<(&str, &str)> = year
        .shares
        .iter()
        .filter(|share| share.is_divided)
        .map(|share| (&*share.agreement, &*share.funding))
        .collect();
    let holds = |other: &&BudgetYear<'_>| {
        let mut shares = other.shares.iter();
        other.line == year.line && shares.any(|share| divided.contains(&(&*share.agreement, &*share.funding)))
    };
    let concerned: Vec<&BudgetYear<'_>> = all.iter().filter(holds).collect();
    let left = concerned.iter().try_fold(Money::ZERO, |sum, other| {
        sum.checked_add(other.frame?.amount.checked_sub(firm(other)?)?)
    })?;
    (concerned.len() > 1 && left >= Money::ZERO).then_some(concerned)
}

fn finding(
    file: &Arc<str>,
    budget: &Budget,
    year: &BudgetYear<'_>,
    all: &[BudgetYear<'_>],
) -> Option<Finding> {
    let (key, frame) = (year.line?, year.frame?);
    let line = budget.line.get(key)?;
    let whole = year.sum(|share| share.forecast)?;
    let adjusted = year.sum(|share| share.preliminary_adjustment)?;
    let undecided = year.sum(|share| share.undecided)?;
    let firm = firm(year)?;
    let whole = whole.rounded();
    let is_adjusted = year.sum(|share| share.adjustment)? != adjusted;
    let beyond = |sum: Money| sum.checked_sub(frame.amount).filter(|missing| *missing > Money::ZERO);
    // What rests on a value that can change, or on how a sum for several years is divided, is a note, whatever the frame.
    let divided = beyond(firm).and_then(|_| divided_within_frames(year, all));
    let (sum, missing, level, how) = match (beyond(firm), beyond(whole)) {
        (Some(missing), _) if divided.is_some() => {
            (firm, missing, Level::Note, "när det som gäller flera år fördelas efter månader")
        }
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
    let together = divided.map_or_else(String::new, |years| {
        let years: Vec<String> = years.iter().map(|year| year.year.to_string()).collect();
        format!(" Ramarna för {} räcker tillsammans.", text::list(&years))
    });
    let message = format!(
        "Åtagandena {} är {sum}. Ramen för ”{}” är {} ({}; {}). Det fattas {missing} {how}.{together}",
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
        let how = if share.is_divided { " (fördelat efter månader)" } else { "" };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// One component for both years in the place of one for each, of the frames 500 000 kronor a year.
    fn said(amount: &str) -> Vec<(Level, String)> {
        let toml = format!(
            "funding.b = {{ payer = \"kommun\", budget_line = \"social\", {amount}, \
             period = {{ start = 2024-01-01, end = 2025-12-16 }} }}"
        );
        let remove = &["funding.2024", "funding.2025"];
        let findings = found(&RULE, &[Example::agreement(remove, toml.leak(), "")]);
        findings.into_iter().map(|one| (one.level, one.message.replace('\u{a0}', " "))).collect()
    }

    #[test]
    fn how_a_sum_for_several_years_is_divided_is_no_lack() {
        // 2024 has 12 of 23 and 16/31 months: 1 000 000 × 372 ÷ 729 = 510 288,07.
        let divided = said("amount = 1_000_000");
        assert_eq!(divided.len(), 1, "{divided:?}");
        assert_eq!(divided[0].0, Level::Note);
        assert!(
            divided[0].1.ends_with(
                "Det fattas 10 288 kronor när det som gäller flera år fördelas efter månader. Ramarna för 2024 och 2025 räcker tillsammans."
            ),
            "{divided:?}"
        );
        let lacking = said("amount = 1_000_001");
        assert!(lacking.iter().any(|(level, _)| *level == Level::Error), "{lacking:?}");
        assert_eq!(said("rate = { amount = 41_666, unit = \"plats\", count = 1, per = \"month\" }"), []);
    }

    /// What is said of 2025 with this frame and this change to the agreement, which costs 500 000 kronor that year.
    fn lack(frame: u32, toml: &'static str) -> Vec<(Level, String)> {
        let frame =
            Example::file("budget.toml", format!("line.social.year.2025.amount = {frame}").leak(), "");
        let findings = found(&RULE, &[frame, Example::agreement(&[], toml, "")]);
        let said = |message: &str| {
            let plain = message.replace('\u{a0}', " ");
            plain.split_once("Det fattas ").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
        };
        findings.iter().map(|one| (one.level, said(&one.message))).collect()
    }

    #[test]
    fn a_lack_says_whether_adjustment_or_what_is_undecided_is_counted() {
        let firm = "indexation.fast = { flat = \"2\", amounts = \"before-adjustment\", years = [2025] }";
        let provisional =
            "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", years = [2025] }";
        let undecided = "funding.2025.decision = \"tillskott\"";
        for (frame, toml, level, said) in [
            (499_999, "", Level::Error, "1 krona före uppräkning."),
            (509_999, firm, Level::Error, "1 krona med fastställd uppräkning."),
            // 2,1 per cent of 500 000 kronor that may change.
            (510_499, provisional, Level::Note, "1 krona med preliminär uppräkning."),
            (499_999, provisional, Level::Error, "1 krona före uppräkning."),
            (499_999, undecided, Level::Note, "1 krona om det som inte är beslutat räknas med."),
        ] {
            assert_eq!(lack(frame, toml), [(level, said.to_owned())], "{frame} {toml}");
            // Where the lack is a krona, a krona more is enough.
            if said.starts_with("1 krona") && (frame, toml) != (499_999, provisional) {
                assert_eq!(lack(frame + 1, toml), [], "{frame} {toml}");
            }
        }
    }
}
