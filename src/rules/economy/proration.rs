//! An amount for a part of a year is not that part of the amount for a whole year. What is agreed stands; the
//! difference is only shown.

use crate::agreement::Funding;
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
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
    why: "Skillnaden kan vara avsedd, till exempel för startkostnader, eller ett räknefel. Beloppet är avtalat och räknas aldrig om.",
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
            let period = payouts::period_of(funding, &agreement.term)?;
            Some((key, funding, period, payouts::amount_of(funding, &agreement.term)?))
        })
        .collect();
    let mut findings = Vec::new();
    for (key, funding, period, amount) in &components {
        let length = period.length();
        let (1..=11, 0) = (length.months, length.days) else { continue };
        // The whole year that comes next, or else the one before, is what people compare with.
        let is_alike = |other: &Funding| {
            (&other.payer, &other.payee, &other.title) == (&funding.payer, &funding.payee, &funding.title)
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
            "{amount} för {} är {difference} än {}/12 av {whole}, som gäller {year} ({part}). Beloppet är avtalat och räknas inte om.",
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
                .help("Är skillnaden avsedd behövs inget. Annars: stäm av med parten.")
                .related(
                    Place::value(scope.file, path!["funding", *whole_key, "amount"]),
                    format!("helåret: {whole}"),
                ),
        );
    }
    findings
}
