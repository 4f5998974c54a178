//! An amount for a part of a year is not that part of the amount for a whole year. What is agreed stands; the
//! difference is only shown.

use crate::agreement::Funding;
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP311",
    slug: "proration",
    title: "Ett belopp för en del av ett år är inte den delen av årsbeloppet",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "avtalets egna belopp",
    why: "Skillnaden kan vara avsedd, till exempel för startkostnader, eller ett räknefel. Beloppet är angivet och räknas aldrig om.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "term.start = 2024-02-01\nfunding.2024 = { amount = 450_000, period = { start = 2024-02-01, end = 2024-12-31 } }",
        "funding.2024.amount",
    ),
    good: Example::agreement(
        &[],
        "term.start = 2024-07-01\nfunding.2024 = { amount = 250_000, period = { start = 2024-07-01, end = 2024-12-31 } }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let components: Vec<(&String, &Funding, Period, Money)> = agreement
        .funding
        .iter()
        .filter(|(_, funding)| funding.rate.is_none() && !funding.ceiling)
        .filter_map(|(key, funding)| {
            let period = payouts::period_of(funding, scope.money_time())?;
            Some((key, funding, period, payouts::amount_of(funding, scope.money_time())?))
        })
        .collect();
    let mut findings = Vec::new();
    for (key, funding, period, amount) in &components {
        let length = period.length();
        let (1..=11, 0) = (length.months, length.days) else { continue };
        // The whole year that comes next, or else the one before, is what people compare with.
        let is_alike = |other: &Funding| {
            (&other.payer, &other.payee, &other.title) == (&funding.payer, &funding.payee, &funding.title)
                && other.payees.keys().eq(funding.payees.keys())
        };
        let whole_years = || {
            components.iter().filter(|(_, other, year, _)| {
                let length = year.length();
                is_alike(other) && (length.months, length.days) == (12, 0)
            })
        };
        let next = whole_years()
            .filter(|(_, _, year, _)| year.start > period.end)
            .min_by_key(|(_, _, year, _)| year.start);
        let Some((whole_key, _, year, whole)) =
            next.or_else(|| whole_years().max_by_key(|(_, _, year, _)| year.start))
        else {
            continue;
        };
        let Some(part) = whole.checked_part(length.months, 12).map(Money::rounded_to_ore) else { continue };
        let (Some(more), Some(less)) = (amount.checked_sub(part), part.checked_sub(*amount)) else {
            continue;
        };
        if more.rounded() == Money::ZERO {
            continue;
        }
        let difference = if more > Money::ZERO { format!("{more} mer") } else { format!("{less} mindre") };
        let message = format!(
            "{amount} för {} är {difference} än {}/12 av {whole}, som gäller {year} ({part}). Beloppet är angivet och räknas inte om.",
            if length.months == 1 {
                "en månad".to_owned()
            } else {
                format!("{} månader", text::numeral(length.months))
            },
            length.months
        );
        findings.push(
            scope
                .finding(&RULE, path!["funding", *key, "amount"], message)
                .measured(Measure::of_kronor(more))
                .help("Är skillnaden avsedd behövs inget. Annars: stäm av med parten.")
                .related(
                    Place::value(scope.file, path!["funding", *whole_key, "amount"]),
                    format!("helåret: {whole}"),
                ),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// What is said with these components, each with its name, first and last day, kronor, and more about it.
    fn said(components: &[(&str, &str, &str, u32, &str)]) -> Vec<String> {
        let mut toml = "term = { start = 2020-01-01, end = 2029-12-31 }\n".to_owned();
        for (name, start, end, amount, more) in components {
            toml += &format!(
                "funding.{name} = {{ payer = \"kommun\", amount = {amount}, period = {{ start = {start}, end = {end} }}{more} }}\n"
            );
        }
        let remove = &["funding.2024", "funding.2025"];
        let findings = found(&RULE, &[Example::agreement(remove, toml.leak(), "")]);
        let said = |one: &Finding| {
            let told = one.message.replace('\u{a0}', " ");
            let told = told.split_once(" Beloppet är angivet").map_or("", |(told, _)| told);
            format!("{} mot {}: {told}", one.place.path, one.related[0].place.path)
        };
        findings.iter().map(said).collect()
    }

    #[test]
    fn a_part_of_a_year_is_held_against_the_next_whole_year_of_the_same_kind() {
        let half = |amount| ("halv", "2024-07-01", "2024-12-31", amount, "");
        let before = ("fore", "2023-01-01", "2023-12-31", 300_000, "");
        let next = ("nasta", "2025-01-01", "2025-12-31", 500_000, "");
        let later = ("sedan", "2026-01-01", "2026-12-31", 700_000, "");
        let against_next = |amount: u32| said(&[before, half(amount), next, later]);
        assert_eq!(against_next(250_000), Vec::<String>::new());
        assert_eq!(
            against_next(250_001),
            [
                "funding.halv.amount mot funding.nasta.amount: 250 001 kronor för sex månader är 1 krona mer än 6/12 av 500 000 kronor, som gäller 2025-01-01–2025-12-31 (250 000 kronor)."
            ]
        );
        assert_eq!(
            against_next(249_999),
            [
                "funding.halv.amount mot funding.nasta.amount: 249 999 kronor för sex månader är 1 krona mindre än 6/12 av 500 000 kronor, som gäller 2025-01-01–2025-12-31 (250 000 kronor)."
            ]
        );
        // Without a later year, the latest before it.
        let earlier = ("annu", "2022-01-01", "2022-12-31", 100_000, "");
        assert_eq!(said(&[earlier, before, half(150_000)]), Vec::<String>::new());
        // What is paid for something else is nothing to compare with, and neither is a part of a year.
        let other = ("lokal", "2025-01-01", "2025-12-31", 100_000, ", title = \"Lokal\"");
        assert_eq!(said(&[half(350_000), other, later]), Vec::<String>::new());
        let part = ("del", "2025-01-01", "2025-01-15", 1_000, "");
        assert_eq!(said(&[half(350_000), part, later]), Vec::<String>::new());
        // A year that begins on the last day of the part comes with it, not after it.
        let shared = ("delad", "2024-12-31", "2025-12-30", 500_000, "");
        assert_eq!(said(&[half(350_000), shared, later]), Vec::<String>::new());
    }
}
