//! The base term is longer than the guideline allows.

use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP201",
    slug: "term-limit",
    title: "Avtalstiden är längre än riktlinjerna tillåter",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Riktlinjerna begränsar hur länge ett partnerskap får gälla, så att kommunen prövar det på nytt och \
          inte binder kommande budgetar längre än nämnden har bestämt.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "term.end = 2027-01-01",
        at: "term.end",
    },
    good: Example { file: "agreements/oppet-hus.toml", remove: &[], toml: "term.end = 2026-12-31", at: "" },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let (Some(most), Some(period)) = (guideline.limits.base_term_months, scope.agreement.term.period())
    else {
        return Vec::new();
    };
    let Some(last_day) = period.last_day_within(most).filter(|last_day| *last_day < period.end) else {
        return Vec::new();
    };
    let allowed = text::years_or_months(most);
    let message = format!(
        "Avtalstiden är {} ({period}). Riktlinjerna tillåter högst {allowed} ({}).",
        period.length(),
        guideline.citation()
    );
    vec![
        scope
            .guideline_finding(&RULE, path!["term", "end"], message)
            .measured(Measure::of_length(period.length()))
            .help(format!("Ändra slutdatum till senast {last_day} eller hänvisa till beslutet om undantag.")),
    ]
}
