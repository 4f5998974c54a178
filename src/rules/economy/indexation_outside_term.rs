//! An adjustment is to be made in years for which the agreement pays nothing.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::payouts::YearStart;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP323",
    slug: "indexation-outside-term",
    title: "Justeringen gäller år utanför avtalstiden",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets justeringsklausul",
    why: "Ett år utanför avtalstiden har inget belopp, så den justering som parterna har kommit överens om görs aldrig.",
    check: Check::Life(check),
    bad: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", years = [2026] }",
        "indexation.pris.years",
    ),
    good: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", years = [2026] }\nterm.option.a = { months = 12 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    if agreement.indexation.is_empty() {
        return Vec::new();
    }
    let Some(term) = scope.life().with_proposals() else { return Vec::new() };
    let last = scope.life().reach.unwrap_or(NaiveDate::MAX);
    let indexations = agreement.indexation.iter();
    indexations
        .filter_map(|(key, indexation)| {
            let years: BTreeSet<i32> = indexation.years.iter().copied().collect();
            let begins = YearStart::of(indexation, &agreement.term)?;
            let within = begins.holding(term.start)..=begins.holding(last);
            let outside: Vec<i32> = years.into_iter().filter(|year| !within.contains(year)).collect();
            if outside.is_empty() {
                return None;
            }
            let message = format!(
                "Indexeringen ”{key}” ska göras för {}, men avtalet gäller {term}.",
                text::years(&outside)
            );
            Some(
                scope
                    .finding(&RULE, path!["indexation", key, "years"], message)
                    .help("Rätta åren, eller ta bort dem: då justeras alla år utom det första.")
                    .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}")),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn the_years_that_lie_outside_are_named() {
        let said = |years: &str, more: &str| {
            let toml = format!(
                "indexation.pris = {{ flat = \"2\", amounts = \"before-adjustment\", years = {years} }}\n{more}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        let none: [&str; 0] = [];
        assert_eq!(said("[2024, 2025]", ""), none);
        assert_eq!(said("[]", ""), none);
        assert_eq!(
            said("[2027, 2023, 2025]", ""),
            ["Indexeringen ”pris” ska göras för 2023 och 2027, men avtalet gäller 2024-01-01–2025-12-31."]
        );
        // An agreement year has the name of the year in which it begins: that of 2025 ends with the agreement.
        let term = "term.start = 2024-07-01\nterm.end = 2026-06-30";
        assert_eq!(said("[2025], per = \"agreement-year\"", term), none);
        assert_eq!(said("[2026], per = \"agreement-year\"", term).len(), 1);
        assert_eq!(said("[2026]", "extension.a.until = 2026-06-30"), none);
        assert_eq!(said("[2031]", "term.renewal = { months = 12 }"), none);
        assert_eq!(said("[2027]", "term.renewal = { months = 12, until = 2026-12-31 }").len(), 1);
        assert_eq!(said("[2028]", "term.option.a = { months = 12, times = 2 }").len(), 1);
    }
}
