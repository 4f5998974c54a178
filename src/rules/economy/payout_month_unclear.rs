//! A plan counts a month from the start of the term, and nobody can tell which year's month is meant for a component.

use std::collections::BTreeSet;

use crate::finding::{Finding, Level};
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP324",
    slug: "payout-month-unclear",
    title: "Det framgår inte vilket års månad en utbetalning avser",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets utbetalningsplan",
    why: "En månad räknad från avtalets start finns bara en gång. Gäller planen flera års ersättningar skulle alla betalas redan det första året.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["payout_plan"],
        "payout_plan.delar.part = { forsta = { month_of_term = 1, share = \"50\" }, resten = { month = 12, rest = true } }",
        "payout_plan.delar.part.forsta.month_of_term",
    ),
    good: Example::agreement(
        &["payout_plan"],
        "payout_plan.delar.part = { forsta = { month = 1, share = \"50\" }, resten = { month = 12, rest = true } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let mut findings = Vec::new();
    for (plan, parts) in &agreement.payout_plan {
        for (name, part) in &parts.part {
            let Some(number) = part.month_of_term else { continue };
            let unclear = payouts::unclear_months(agreement, scope.money_time(), plan, part);
            let unclear: Vec<String> = unclear.into_iter().map(|key| format!("”{key}”")).collect();
            if unclear.is_empty() {
                continue;
            }
            let message = format!(
                "Delen ”{name}” betalas i månad {number} av avtalstiden. Den ligger före det år som {} avser, så det framgår inte vilket års månad som menas.",
                crate::text::list(&unclear)
            );
            findings.push(
                scope
                    .finding(&RULE, path!["payout_plan", plan, "part", name, "month_of_term"], message)
                    .help("Skriv month (månad i kalenderåret) om delen betalas varje år, eller en egen plan per ersättning (funding) om den verkligen betalas i förväg."),
            );
        }
    }
    findings.extend(after_their_time(scope));
    findings
}

/// The parts whose month of the year comes after all that their payout is for, each told once.
fn after_their_time(scope: &Scope<'_>) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let late = scope.statement.payouts.iter().filter_map(|payout| {
        let (plan, name) = (payout.origin.plan?, payout.origin.part?);
        let part = scope.agreement.payout_plan.get(plan)?.part.get(name)?;
        part.month.known()?;
        let is_after = payout.when.first_day() > Some(payout.covers.end);
        if !is_after || !told.insert((plan, name, payout.funding)) {
            return None;
        }
        let message = format!(
            "Delen ”{name}” av ”{}” betalas {}, efter den tid som den avser ({}).",
            payout.funding, payout.when, payout.covers
        );
        let path = path!["payout_plan", plan, "part", name, "month"];
        let finding = scope.finding(&RULE, path, message);
        let finding = finding
            .help("Stämmer det behöver inget göras. Annars: en egen plan för den ersättningen (funding).");
        Some(Finding { level: Level::Note, ..finding })
    });
    late.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_plan_for_one_component_says_what_it_means() {
        let plans = "payout_plan.i-forvag = { funding = [\"2025\"], part.allt = { month_of_term = 12, rest = true } }\n\
                     payout_plan.annars = { funding = [\"2024\"], part.allt = { month_of_term = 1, rest = true } }";
        assert_eq!(found(&RULE, &[Example::agreement(&["payout_plan"], plans, "")]).len(), 0);
        let both = "payout_plan.delar.part = { a = { month_of_term = 13, share = \"50\" }, b = { month_of_term = 14, rest = true } }";
        assert_eq!(found(&RULE, &[Example::agreement(&["payout_plan"], both, "")]).len(), 0);
    }

    #[test]
    fn a_month_after_the_time_of_the_money_is_told() {
        let with = |end: &str| {
            let toml = format!(
                "payout_plan.delar.part = {{ a = {{ month = 3, share = \"50\" }}, b = {{ month = 12, rest = true }} }}\n\
                 funding.2024.period = {{ start = 2024-01-01, end = {end} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&["payout_plan"], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(with("2024-06-30"), ["payout_plan.delar.part.b.month"]);
        assert_eq!(with("2024-12-31"), Vec::<String>::new());
    }
}
