//! The last day is the anniversary of the first: one day more than whole years.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP206",
    slug: "end-on-anniversary",
    title: "Avtalet slutar på årsdagen, en dag för sent",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets egna datum; sista dagen ingår i avtalstiden",
    why: "Sista dagen ingår. Ett avtal från den 1 januari till den 1 januari har en dag för mycket, och den dagen saknar ofta ersättning.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "term.end = 2026-01-01", "term.end"),
    good: Example::agreement(&[], "term.end = 2025-12-31", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(period) = scope.agreement.term.period() else { return Vec::new() };
    let length = period.length();
    let Some(last_day) = period.end.pred_opt() else { return Vec::new() };
    if length.days != 1 || length.months == 0 || !length.months.is_multiple_of(12) {
        return Vec::new();
    }
    let message = format!(
        "Avtalet slutar {} och är därmed en dag längre än {}. Sista dagen ingår i avtalstiden.",
        period.end,
        text::years_or_months(length.months)
    );
    vec![
        scope
            .finding(&RULE, path!["term", "end"], message)
            .help(format!("Är {last_day} avsett, ändra till det.")),
    ]
}
