//! A plan counts a month from the start of the term, and nobody can tell which year's month is meant for a component.

use crate::finding::{Finding, Level};
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

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
    findings
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
}
