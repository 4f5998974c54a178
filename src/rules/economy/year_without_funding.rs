//! A calendar year of the term for which nobody has said what is paid.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP301",
    slug: "year-without-funding",
    title: "Ett år av avtalstiden saknar ersättning",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egen avtalstid",
    why: "Saknas ett år går det varken att betala ut eller att räkna in i budgeten, och parterna kan ha olika \
          uppfattning om vad som gäller det året.",
    check: Check::Agreement(check),
    bad: Example { file: "agreements/oppet-hus.toml", remove: &["funding.2025"], toml: "", at: "funding" },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "funding.2024.period.end = 2025-12-31",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(term) = agreement.extended_term() else { return Vec::new() };
    if agreement.funding.is_empty() && !agreement.in_kind.is_empty() {
        return Vec::new();
    }
    let covered: Vec<_> = agreement
        .funding
        .values()
        .filter_map(|funding| payouts::period_of(funding, &agreement.term))
        .collect();
    let missing: Vec<i32> = term
        .years()
        .filter_map(|year| term.in_year(year).map(|part| (year, part)))
        .filter(|(_, part)| !covered.iter().any(|period| period.overlap(part).is_some()))
        .map(|(year, _)| year)
        .collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message =
        format!("Avtalstiden är {term}, men ingen ersättning anges för {}.", crate::text::years(&missing));
    vec![
        scope
            .finding(&RULE, path!["funding"], message)
            .help(format!(
                "Lägg till [funding.{}] med belopp och period, eller ändra avtalstiden.",
                missing.first().copied().unwrap_or_default()
            ))
            .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}")),
    ]
}
