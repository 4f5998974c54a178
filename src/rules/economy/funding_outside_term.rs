//! Money for days on which the agreement does not hold.

use chrono::{NaiveDate, TimeDelta};

use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP302",
    slug: "funding-outside-term",
    title: "Ersättningen gäller tid utanför avtalstiden",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egen avtalstid",
    why: "Pengar för tid då avtalet inte gäller saknar grund, och antingen perioden eller avtalstiden är fel.",
    check: Check::Life(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "funding.2025.period.end = 2026-01-31",
        at: "funding.2025.period",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "extension.forsta.until = 2026-01-31\nfunding.2025.period.end = 2026-01-31",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let life = scope.life();
    let Some(term) = life.with_proposals() else { return Vec::new() };
    // Money may be agreed for what can still come, an option or a renewal, and for what an early end has taken away.
    let whole = Period { end: life.reach.unwrap_or(NaiveDate::MAX), ..term };
    let gaps = life.gaps();
    let over_gap = scope.statement.in_force_or_proposed().filter_map(|component| {
        let period = component.funding.period.filter(|period| whole.contains(period))?;
        let over: Vec<Period> = gaps.iter().filter_map(|gap| gap.overlap(&period)).collect();
        if over.is_empty() {
            return None;
        }
        let days = over.iter().map(|gap| i64::from(gap.days())).sum();
        let over: Vec<String> = over.iter().map(Period::to_string).collect();
        let message = format!(
            "Ersättningen ”{}” gäller {period}, men {} gäller avtalet inte.",
            component.key,
            text::list(&over)
        );
        let finding = scope.finding(&RULE, component.path.join("period"), message);
        let finding = finding.measured(Measure::of_days(TimeDelta::days(days)));
        Some(finding.help("Ändra perioden så att den ryms i den tid då avtalet gäller, eller ändra förlängningens första dag (from)."))
    });
    let components = scope.statement.in_force_or_proposed();
    let outside = components
        .filter_map(|component| component.funding.period.map(|period| (component, period)))
        .filter(|(_, period)| !period.is_reversed() && !whole.contains(period))
        .map(|(component, period)| {
            let message =
                format!("Ersättningen ”{}” gäller {period}, men avtalet gäller {term}.", component.key);
            let outside: i64 = period.without(&[whole]).iter().map(|part| i64::from(part.days())).sum();
            scope
                .finding(&RULE, component.path.join("period"), message)
                .measured(Measure::of_days(TimeDelta::days(outside)))
                .help("Ändra perioden så att den ryms i avtalstiden, eller ändra avtalstiden.")
                .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}"))
        });
    let from = scope.statement.in_force_or_proposed().filter_map(|component| {
        let from = component.funding.from?;
        let (message, help) = if component.funding.period.is_some() {
            let message = format!(
                "Ersättningen ”{}” har både en period och en första dag ({from}). Perioden räknas.",
                component.key
            );
            (message, "Ta bort period eller from.")
        } else if from <= term.start || from > whole.end {
            let message =
                format!("Ersättningen ”{}” börjar {from}, men avtalet gäller {term}.", component.key);
            (message, "Rätta dagen, eller ta bort from om ersättningen gäller hela avtalstiden.")
        } else {
            return None;
        };
        Some(scope.finding(&RULE, component.path.join("from"), message).help(help))
    });
    outside.chain(over_gap).chain(from).collect()
}
