//! A state grant is stated for a year that the amount is not for, or pays more than the year costs.

use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP338",
    slug: "state-grant-unclear",
    title: "Statsbidraget stämmer inte med ersättningen",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets belopp",
    why: "Statsbidraget dras av från det som nämnden själv betalar, år för år. Ett statsbidrag för ett år som ersättningen inte avser dras aldrig av, och ett som är större än årets kostnad räknas bara upp till den.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "funding.2025.state_grant = { 2025 = 600_000 }",
        "funding.2025.state_grant.2025",
    ),
    good: Example::agreement(&[], "funding.2025.state_grant = { 2025 = 100_000 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for component in &scope.statement.components {
        let Some(years) = component.funding.state_grant.known() else { continue };
        let path = component.path.join("state_grant");
        for (year, grant) in years {
            let of_year = component.years.iter().find(|one| one.year.to_string() == *year);
            let Some(of_year) = of_year else {
                // What has no time at all has a finding of its own, and what goes on has years that are not here yet.
                let goes_on =
                    scope.agreement.term.open_ended().is_some() && component.funding.period.is_none();
                let last = component.years.last().map(|one| one.year.to_string());
                let is_to_come = goes_on && last.as_ref().is_some_and(|last| year > last);
                if last.is_some() && !is_to_come {
                    let message = format!(
                        "Ersättningen ”{}” avser ingen tid {year}, men har ett statsbidrag för det året.",
                        component.key
                    );
                    findings.push(
                        scope
                            .finding(&RULE, path.join(year), message)
                            .help("Skriv statsbidraget under det kalenderår som det betalar för."),
                    );
                }
                continue;
            };
            let over = of_year.payable.and_then(|cost| grant.checked_sub(cost));
            if let (Some(over), Some(cost)) =
                (over.filter(|over| *over > crate::money::Money::ZERO), of_year.payable)
            {
                let message = format!(
                    "Statsbidraget {year} är {grant}, men ersättningen ”{}” är {cost} det året.",
                    component.key
                );
                findings.push(
                    scope
                        .finding(&RULE, path.join(year), message)
                        .help("Rätta statsbidraget: det som är mer än kostnaden hör till något annat.")
                        .measured(Measure::of_kronor(over)),
                );
            }
        }
        // For years after an early end nothing is paid.
        let comes = |year: &&payouts::YearAmount<'_>| {
            scope.life().ended().is_none_or(|last| year.period.start <= last)
        };
        let missing: Vec<i32> = component
            .years
            .iter()
            .filter(comes)
            .map(|one| one.year)
            .filter(|year| payouts::granted(component.funding, *year) == payouts::Granted::Open)
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "Statsbidraget till ersättningen ”{}” är inte angivet för {}, och nettot är då inte känt.",
                component.key,
                crate::text::list(&missing.iter().map(i32::to_string).collect::<Vec<_>>())
            );
            findings.push(scope.finding(&RULE, path.clone(), message).help(
                "Skriv statsbidraget för varje år som ersättningen avser, 0 för ett år utan, eller \"not-stated\".",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;
    use crate::text;

    #[test]
    fn a_grant_is_for_the_years_of_its_amount_and_no_more_than_they_cost() {
        let said = |grant: &str| {
            let toml = format!("funding.2025.state_grant = {grant}");
            let found = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            found.into_iter().map(|one| one.message.replace(text::NBSP, " ")).collect::<Vec<_>>()
        };
        let nothing: [&str; 0] = [];
        assert_eq!(said("{ 2025 = 500_000 }"), nothing);
        assert_eq!(said("\"not-stated\""), nothing);
        assert_eq!(
            said("{ 2025 = 500_001 }"),
            ["Statsbidraget 2025 är 500 001 kronor, men ersättningen ”2025” är 500 000 kronor det året."]
        );
        assert_eq!(
            said("{ 2026 = 1 }"),
            [
                "Statsbidraget till ersättningen ”2025” är inte angivet för 2025, och nettot är då inte känt.",
                "Ersättningen ”2025” avser ingen tid 2026, men har ett statsbidrag för det året."
            ]
        );
    }
}
