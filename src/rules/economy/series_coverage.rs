//! A percentage that does not say what it covers.

use crate::finding::{Finding, Level, Place};
use crate::index::SeriesKind;
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP320",
    slug: "series-coverage",
    title: "En prisserie anger inte vad procentsatsen avser",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: en procentsats ska gå att jämföra",
    why: "En kompensation för endast priser, för priser och löner, eller netto efter effektiviseringskrav är olika tal. Förväxlas de betalas fel belopp.",
    check: Check::Register(check),
    bad: Example { file: "indexes/priser.toml", remove: &["coverage"], toml: "", at: "coverage" },
    good: Example::file("indexes/priser.toml", "coverage = \"prices-and-wages\"", ""),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let entries = scope.register.indexes.values();
    entries
        // A series without values is one that nobody has begun to use.
        .filter(|entry| !entry.data.value.is_empty())
        .filter(|entry| entry.data.kind == SeriesKind::YearlyChange && entry.data.coverage.is_none())
        .map(|entry| {
            let message = format!("Serien ”{}” anger inte om procentsatsen avser endast priser, priser och löner, eller netto efter effektiviseringskrav.", entry.data.title);
            Finding::new(RULE.code, Level::Note, Place::value(&entry.file, path!["coverage"]), message)
                .source(RULE.source)
                .help("Lägg till coverage: prices, prices-and-wages eller net-of-efficiency-cut.")
        })
        .collect()
}
