//! Two payout plans pay the same component.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP319",
    slug: "payout-plans-overlap",
    title: "Två utbetalningsplaner gäller samma ersättning",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets utbetalningsplan",
    why: "Det går inte att veta när pengarna ska betalas, och den som läser båda kan betala två gånger.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "payout_plan.kvartal = { times_per_year = 4, timing = \"advance\" }",
        "payout_plan.kvartal",
    ),
    good: Example::agreement(
        &[],
        "payout_plan.kvartal = { funding = [\"2025\"], times_per_year = 4, timing = \"advance\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let plans = &scope.agreement.payout_plan;
    let mut findings = Vec::new();
    for (position, (key, plan)) in plans.iter().enumerate() {
        let clash = plans.iter().take(position).find_map(|(other, earlier)| {
            if plan.funding.is_empty() && earlier.funding.is_empty() {
                return Some((other, None));
            }
            let shared = plan.funding.iter().find(|named| earlier.funding.contains(named))?;
            Some((other, Some(shared)))
        });
        let Some((other, shared)) = clash else { continue };
        let what = match shared {
            Some(component) => format!("gäller båda ersättningen ”{component}”"),
            None => "gäller båda alla ersättningar".to_owned(),
        };
        let message = format!("Utbetalningsplanerna ”{other}” och ”{key}” {what}.");
        findings.push(
            scope
                .finding(&RULE, path!["payout_plan", key], message)
                .help("Räkna upp i funding vilka ersättningar som var och en betalar, så att ingen nämns två gånger.")
                .related(Place::value(scope.file, path!["payout_plan", other]), "den andra planen"),
        );
    }
    findings
}
