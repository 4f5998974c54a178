//! The number of what a rate counts changes on a day that is not its own.

use crate::agreement::Places;
use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;
use crate::{path, payouts};

pub(super) const RULE: Rule = Rule {
    code: "IOP332",
    slug: "rate-steps",
    title: "Antalet ändras en dag då ersättningen inte gäller, eller två gånger samma dag",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets belopp",
    why: "Ett antal som ändras utanför ersättningens tid räknas aldrig, eller gäller från början. Två antal från samma dag säger inte hur många det är.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["funding.2025.amount"],
        "funding.2025.rate = { amount = 12_500, unit = \"plats\", count = 6, per = \"month\", step = { fler = { from = 2026-07-01, count = 9 } } }",
        "funding.2025.rate.step.fler.from",
    ),
    good: Example::agreement(
        &["funding.2025.amount"],
        "funding.2025.rate = { amount = 12_500, unit = \"plats\", count = 6, per = \"month\", step = { fler = { from = 2025-07-01, count = 9 } } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, key, funding) in scope.agreement.stated_funding() {
        let Some(rate) = funding.rate.as_ref().filter(|_| funding.amount.known().is_none()) else { continue };
        let period = payouts::period_of(funding, scope.money_time());
        for (number, (name, step)) in rate.step.iter().enumerate() {
            let path = at.join("rate").join("step").join(name);
            let (field, message, help) = if rate.unit.is_none() {
                let message =
                    format!("Ersättningen ”{key}” räknar inga enheter, men antalet ändras {}.", step.from);
                ("count", message, "Skriv vad som räknas i unit och hur många i count, eller ta bort step.")
            } else if period.is_some_and(|period| step.from <= period.start || step.from > period.end) {
                let period = period.map(|period| period.to_string()).unwrap_or_default();
                let message =
                    format!("Antalet ändras {}, men ersättningen ”{key}” avser {period}.", step.from);
                (
                    "from",
                    message,
                    "Rätta dagen, eller ersättningens period. Antalet från början står i count.",
                )
            } else if rate.step.values().take(number).any(|other| other.from == step.from) {
                let message = format!("Två antal gäller från {}. Det sista räknas.", step.from);
                ("from", message, "Behåll det antal som gäller.")
            } else {
                continue;
            };
            findings.push(scope.finding(&RULE, path.join(field), message).help(help));
        }
    }
    for (of, undertaking) in &scope.agreement.undertaking {
        for (name, places) in &undertaking.places {
            findings.extend(of_places(scope, &path!["undertaking", of, "places", name], places));
        }
    }
    findings
}

/// The same of the places that a party undertakes to have.
fn of_places(scope: &Scope<'_>, at: &KeyPath, places: &Places) -> Vec<Finding> {
    let term = scope.agreement.term.start.known();
    let mut findings = Vec::new();
    for (number, (name, step)) in places.step.iter().enumerate() {
        let (message, help) = if term.is_some_and(|start| step.from <= *start) {
            let message = format!("Antalet platser ändras {}, men avtalet börjar inte före det.", step.from);
            (message, "Rätta dagen. Antalet från början står i number.")
        } else if places.step.values().take(number).any(|other| other.from == step.from) {
            (
                format!("Två antal gäller från {}. Det sista räknas.", step.from),
                "Behåll det antal som gäller.",
            )
        } else {
            continue;
        };
        findings.push(scope.finding(&RULE, at.join("step").join(name).join("from"), message).help(help));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_number_changes_within_the_time_and_once_a_day() {
        let said = |rate: &str| {
            let toml = format!("funding.2025.rate = {{ amount = 1000, per = \"month\", {rate} }}").leak();
            let changes = [Example::agreement(&["funding.2025.amount"], toml, "")];
            found(&RULE, &changes)
                .into_iter()
                .map(|one| format!("{}: {}", one.place.path, one.message))
                .collect::<Vec<_>>()
        };
        let step = |from: &str| {
            said(&format!("unit = \"plats\", count = 6, step = {{ a = {{ from = {from}, count = 9 }} }}"))
        };
        let nothing: [&str; 0] = [];
        assert_eq!(step("2025-01-02"), nothing);
        assert_eq!(step("2025-12-31"), nothing);
        assert_eq!(
            step("2025-01-01"),
            [
                "funding.2025.rate.step.a.from: Antalet ändras 2025-01-01, men ersättningen ”2025” avser 2025-01-01–2025-12-31."
            ]
        );
        assert_eq!(
            said(
                "unit = \"plats\", count = 6, step = { a = { from = 2025-07-01, count = 9 }, b = { from = 2025-07-01, count = 8 } }"
            ),
            ["funding.2025.rate.step.b.from: Två antal gäller från 2025-07-01. Det sista räknas."]
        );
        assert_eq!(
            said("step = { a = { from = 2025-07-01, count = 9 } }"),
            [
                "funding.2025.rate.step.a.count: Ersättningen ”2025” räknar inga enheter, men antalet ändras 2025-07-01."
            ]
        );
        let places = "undertaking.forening.places.dag = { number = 6, what = \"platser\", step.a = { from = 2024-01-01, count = 8 } }";
        let told = found(&RULE, &[Example::agreement(&[], places, "")]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].place.path.to_string(), "undertaking.forening.places.dag.step.a.from");
    }
}
