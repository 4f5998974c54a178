//! The last day is the anniversary of the first: one day more than whole years.

use chrono::NaiveDate;

use crate::date::Period;
use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP206",
    slug: "end-on-anniversary",
    title: "Avtalet eller en förlängning slutar på årsdagen, en dag för sent",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets egna datum; sista dagen ingår i avtalstiden",
    why: "Sista dagen ingår. Ett avtal från den 1 januari till den 1 januari har en dag för mycket, och den dagen saknar ofta ersättning.",
    check: Check::Life(check),
    bad: Example::agreement(&[], "term.end = 2026-01-01", "term.end"),
    good: Example::agreement(&[], "term.end = 2025-12-31", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(period) = agreement.term.period() else { return Vec::new() };
    let mut findings = Vec::new();
    findings.extend(whole_years_and_a_day(period).map(|years| {
        let message = format!(
            "Avtalet slutar {} och är därmed en dag längre än {years}. Sista dagen ingår i avtalstiden.",
            period.end
        );
        finding(scope, path!["term", "end"], period.end, message)
    }));
    let mut changes = scope.last_days();
    changes.sort_by_key(|change| change.until);
    let mut last_day = period.end;
    for change in changes {
        let until = change.until;
        let own = last_day.succ_opt().map(|start| Period { start, end: until });
        last_day = last_day.max(until);
        let own = own.and_then(whole_years_and_a_day).map(|years| format!("är en dag längre än {years}"));
        let whole = || {
            let years = whole_years_and_a_day(Period { start: period.start, end: until })?;
            Some(format!("gör avtalet en dag längre än {years}"))
        };
        // A term that is a day too long itself is told above: what is counted from its start is not its extension's fault.
        let Some(fault) = own.or_else(|| if findings.is_empty() { whole() } else { None }) else { continue };
        let message =
            format!("{} slutar {until} och {fault}. Sista dagen ingår i avtalstiden.", change.change.named());
        findings.push(finding(scope, change.change.until_path(), until, message));
    }
    findings
}

/// How many years a period has, where it has a day more.
fn whole_years_and_a_day(period: Period) -> Option<String> {
    let length = period.length();
    let is_so = length.days == 1 && length.months > 0 && length.months.is_multiple_of(12);
    is_so.then(|| text::years_or_months(length.months))
}

fn finding(scope: &Scope<'_>, path: KeyPath, end: NaiveDate, message: String) -> Finding {
    let meant = end.pred_opt().unwrap_or(end);
    scope.finding(&RULE, path, message).help(format!("Är {meant} avsett, ändra till det."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn an_extension_can_be_a_day_too_long_as_well() {
        let said = |toml: &'static str| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            let said = findings.iter().map(|finding| format!("{} {}", finding.place.path, finding.message));
            said.collect::<Vec<_>>()
        };
        assert_eq!(
            said("extension.a.until = 2027-01-01"),
            [
                "extension.a.until Förlängningen ”a” slutar 2027-01-01 och är en dag längre än ett år. Sista dagen ingår i avtalstiden."
            ]
        );
        assert_eq!(
            said("extension.a.until = 2026-06-30\nextension.b.until = 2027-01-01"),
            [
                "extension.b.until Förlängningen ”b” slutar 2027-01-01 och gör avtalet en dag längre än tre år. Sista dagen ingår i avtalstiden."
            ]
        );
        assert_eq!(
            said("extension.a.until = 2026-12-31\nextension.b.until = 2027-06-30"),
            Vec::<String>::new()
        );
        assert_eq!(said("term.end = 2026-01-01\nextension.a.until = 2026-12-31").len(), 1);
    }

    #[test]
    fn only_whole_years_and_a_day_end_on_the_anniversary() {
        let is_told = |end: &str| {
            let toml = format!("term.end = {end}").leak();
            !found(&RULE, &[Example::agreement(&[], toml, "")]).is_empty()
        };
        // From 2024-01-01: one day is not a day more than no years.
        for passes in ["2024-01-01", "2024-07-01", "2024-12-31", "2025-01-02"] {
            assert!(!is_told(passes), "{passes}");
        }
        assert!(is_told("2025-01-01"));
    }
}
