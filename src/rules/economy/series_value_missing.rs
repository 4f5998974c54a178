//! An index value that an agreement needs is not in the register, though its year has begun.

use chrono::Datelike;

use crate::agreement::AdjustmentBase;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::payouts;
use crate::rules::economy::series_use::{self, Need};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP313",
    slug: "series-value-missing",
    title: "Ett indexvärde som behövs saknas",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets justeringsklausul",
    why: "Utan värdet går årets belopp inte att räkna ut, och den som ska betala gör det på känn.",
    check: Check::Register(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", lag_years = 3 }",
        at: "value.2022",
    },
    good: Example::agreement(
        &[],
        "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\" }",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut findings = without_series(scope);
    for ((series, key), needs) in series_use::needed(scope) {
        let Some(entry) = scope.register.indexes.get(series) else { continue };
        let is_there = entry.data.value.contains_key(&key);
        // Whether the day has come when the value must be there, and it is not.
        let (needs, month) = if is_there {
            let missed = |need: &Need| {
                let is_over = need.notice.published_in().is_some_and(|month| month.end < scope.as_of);
                is_over && need.notice.find(&entry.data, &key, scope.as_of).is_none()
            };
            let needs: Vec<Need> = needs.into_iter().filter(missed).collect();
            let month = needs.iter().find_map(|need| need.notice.published_in());
            (needs, month)
        } else if needs.iter().all(|need| need.year > scope.as_of.year()) {
            continue;
        } else {
            (needs, None)
        };
        if needs.is_empty() {
            continue;
        }
        let title = &entry.data.title;
        let (message, help) = match month.map(payouts::in_month) {
            None => (
                format!("Serien ”{title}” saknar värde för {key}."),
                format!("Skriv in värdet under [value] med status, källa och datum: \"{key}\" = [{{ … }}]."),
            ),
            Some(month) => (
                format!(
                    "Serien ”{title}” har inget besked för {key} som blev känt i {month}, och det är det som räknas."
                ),
                "Skriv in beskedet med dagen då det publicerades i known_from. Senare besked ändrar inget."
                    .to_owned(),
            ),
        };
        let mut finding =
            Finding::new(RULE.code, Level::Warning, Place::value(&entry.file, path!["value", &key]), message)
                .source(RULE.source)
                .help(help);
        for need in needs {
            finding = finding.related(need.place, format!("behövs för {}", need.year));
        }
        findings.push(finding);
    }
    findings
}

/// Indexations that follow what is no series of the register: no value of it will ever be missed, or counted.
fn without_series(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let entries = scope.register.agreements.values();
    let indexations = entries.flat_map(|entry| entry.data.indexation.iter().map(move |one| (entry, one)));
    indexations
        .filter_map(|(entry, (key, indexation))| {
            let follows = indexation.follows.as_deref()?;
            let is_counted = indexation.series.is_some()
                || !indexation.composite.is_empty()
                || indexation.flat.is_some()
                || indexation.amounts.known() == Some(&AdjustmentBase::AfterAdjustment);
            if is_counted {
                return None;
            }
            let message = format!(
                "Beloppen ska följa ”{}”, men registret har ingen serie för det. De visas utan uppräkning.",
                text::visible(follows)
            );
            let path = path!["indexation", key, "series"];
            Some(scope.finding_in(entry, &RULE, path, message).help(
                "Lägg till serien i indexes/ och skriv dess namn i series. Är beloppen redan justerade: skriv after-adjustment för amounts.",
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_value_is_missed_from_the_year_whose_amount_it_adjusts() {
        // The clean register is judged in March 2025.
        let no_values = Example { file: "indexes/priser.toml", remove: &["value"], toml: "[value]", at: "" };
        let missed = |years: &str| -> Vec<String> {
            let toml = format!(
                "indexation.pris = {{ series = \"priser\", amounts = \"before-adjustment\", years = {years} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), ""), no_values]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect()
        };
        assert_eq!(missed("[2024, 2025, 2026]"), ["value.2024", "value.2025"]);
        assert_eq!(missed("[2026]"), Vec::<String>::new());
    }

    #[test]
    fn the_notice_of_the_month_that_counts_is_missed_when_the_month_is_over() {
        let told = |published: &str, known_from: &str| {
            let toml = format!(
                "indexation.pris = {{ series = \"priser\", amounts = \"before-adjustment\", years = [2025], published = {published} }}"
            );
            let value = format!(
                "value.2025 = [{{ number = \"2\", status = \"provisional\", source = \"SKR\"{known_from} }}]"
            );
            let series = Example::file("indexes/priser.toml", value.leak(), "");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), ""), series]);
            findings.into_iter().map(|one| format!("{}: {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        let october = "{ month = 10, years_before = 1 }";
        let missed = "value.2025: Serien ”Ådalas priskompensation” har inget besked för 2025 som blev känt i oktober 2024, och det är det som räknas.";
        let nowhere: [&str; 0] = [];
        assert_eq!(told(october, ", known_from = 2024-10-07"), nowhere);
        assert_eq!(told(october, ", known_from = 2024-09-30"), [missed]);
        assert_eq!(told(october, ", known_from = 2024-11-01"), [missed]);
        assert_eq!(told(october, ""), [missed]);
        // The day is the first of March 2025: the month is not over.
        assert_eq!(told("{ month = 3, years_before = 0 }", ""), nowhere);
    }

    #[test]
    fn what_is_followed_has_a_series() {
        let told = |indexation: &str| {
            let toml = format!("indexation.lon = {{ follows = \"löneutvecklingen\", {indexation} }}");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        assert_eq!(told("amounts = \"before-adjustment\", floor = \"80\""), ["indexation.lon.series"]);
        assert_eq!(told("amounts = \"not-stated\""), ["indexation.lon.series"]);
        for counted in ["series = \"priser\"", "flat = \"2\"", "composite = { priser = \"100\" }"] {
            assert_eq!(told(&format!("amounts = \"before-adjustment\", {counted}")), nowhere, "{counted}");
        }
        assert_eq!(told("amounts = \"after-adjustment\""), nowhere);
    }
}
