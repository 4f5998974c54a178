//! A plain amount for each year, or half-year, of a time that is not a whole number of them.

use crate::date::Length;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP339",
    slug: "rate-part-of-time",
    title: "Ett belopp per år gäller en tid som inte är hela år",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.2.0",
    source: "avtalets belopp",
    why: "Ett belopp per år i arton månader kan vara två år eller ett och ett halvt. Här räknas varje påbörjat år eller halvår helt, och den som undertecknar ska veta det.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "funding.lokal = { title = \"Lokal\", payer = \"kommun\", budget_line = \"social\", rate = { amount = 1_200, per = \"year\" }, period = { start = 2024-01-01, end = 2025-06-30 } }",
        "funding.lokal.rate",
    ),
    good: Example::agreement(
        &[],
        "funding.lokal = { title = \"Lokal\", payer = \"kommun\", budget_line = \"social\", amount = 1_800, period = { start = 2024-01-01, end = 2025-06-30 } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let time = scope.money_time();
    let components = scope.agreement.stated_funding();
    components
        .filter_map(|(path, key, funding)| {
            let rate = funding.rate.as_ref().filter(|rate| rate.unit.is_none() && rate.step.is_empty())?;
            let size = rate.per.months().filter(|months| *months > 1)?;
            let is_endless = funding.period.is_none() && !time.has_end();
            if funding.amount.known().is_some() || is_endless {
                return None;
            }
            let months = || time.months().filter(|_| funding.period.is_none());
            let length = match payouts::period_of(funding, time) {
                Some(period) => period.length(),
                None => Length { months: months()?, days: 0 },
            };
            if length.months.is_multiple_of(size) && length.days == 0 {
                return None;
            }
            let whole = payouts::amount_of(funding, time)?;
            let of_months = || payouts::per_stretch(funding)?.0.checked_times(length.months)?.checked_divided(size.into());
            let by_months = payouts::amount_by_months(funding, time).or_else(of_months)?.rounded_to_ore();
            let message = format!(
                "Ersättningen ”{key}” är {} per {} i {length}. Varje påbörjad sådan tid räknas helt: {whole}, och inte {by_months} efter månader.",
                rate.amount,
                rate.per.label()
            );
            let help = "Menar avtalet något annat: skriv beloppet för hela tiden som amount i stället.";
            let over = whole.checked_sub(by_months)?;
            Some(scope.finding(&RULE, path.join("rate"), message).measured(Measure::of_kronor(over)).help(help))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;
    use crate::text;

    #[test]
    fn both_readings_are_told() {
        let said = |rate: &str| {
            let toml = format!(
                "funding.lokal = {{ title = \"Lokal\", payer = \"kommun\", budget_line = \"social\", {rate} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.message.replace(text::NBSP, " ")).collect::<Vec<_>>()
        };
        let yearly = |end: &str| {
            said(&format!(
                "rate = {{ amount = 120_000, per = \"year\" }}, period = {{ start = 2024-01-01, end = {end} }}"
            ))
        };
        assert_eq!(
            yearly("2025-06-30"),
            [
                "Ersättningen ”lokal” är 120 000 kronor per år i 18 månader. Varje påbörjad sådan tid räknas helt: 240 000 kronor, och inte 180 000 kronor efter månader."
            ]
        );
        assert_eq!(yearly("2025-12-31").len(), 0);
        assert_eq!(said("rate = { amount = 120_000, per = \"year\" }").len(), 0);
    }
}
