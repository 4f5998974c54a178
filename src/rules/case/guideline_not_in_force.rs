//! The guidelines that an agreement is checked against did not hold when it was decided: others did.

use chrono::NaiveDate;

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::records::DecisionKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP622",
    slug: "guideline-not-in-force",
    title: "Riktlinjerna gällde inte när avtalet beslutades",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "riktlinjernas egna datum",
    why: "Ett avtal prövas mot de riktlinjer som gällde när det beslutades. Prövas det mot andra kan en för lång avtalstid eller ett för stort åtagande se tillåtet ut. Gäller förvalda riktlinjer som är yngre än avtalet är det en not: registret har inga äldre.",
    check: Check::Agreement(check),
    // The clean agreement is dated 2023-11-01.
    bad: Example::file("guidelines/adala-2019.toml", "until = 2023-10-31", "guideline"),
    good: Example::file("guidelines/adala-2019.toml", "until = 2023-11-01", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(entry) = scope.register.guideline_of(agreement) else { return Vec::new() };
    let guideline = &*entry.data;
    let start = agreement.term.start.known().copied();
    let Some(day) = day_of_decision(scope).or(start) else { return Vec::new() };
    let at = |key: &str| Place::value(&entry.file, path![key]);
    let is_default = agreement.guideline.is_none();
    let finding = |message: String, level: Level, key: &str, related: String| {
        let mut finding = scope.finding(&RULE, path!["guideline"], message).related(at(key), related);
        finding.level = level;
        finding.help("Ange i guideline de riktlinjer som gällde när avtalet beslutades, eller rätta datumen.")
    };
    let title = &guideline.title;
    if let Some(until) = guideline.until.filter(|until| *until < day) {
        let message =
            format!("Avtalet är från {day}, men riktlinjerna ”{title}” gällde till och med {until}.");
        return vec![finding(message, Level::Error, "until", format!("till och med {until}"))];
    }
    if let Some(decided) = guideline.decided.filter(|decided| *decided > day.max(start.unwrap_or(day))) {
        // A register may have no older ones than its default; none are decided in time to come.
        let level = if is_default && decided <= scope.as_of { Level::Note } else { Level::Error };
        let message = format!("Avtalet är från {day}, men riktlinjerna ”{title}” beslutades {decided}.");
        return vec![finding(message, level, "decided", format!("beslutade {decided}"))];
    }
    Vec::new()
}

/// When the agreement was decided as far as is known: its approval, or else the day that it bears.
fn day_of_decision(scope: &Scope<'_>) -> Option<NaiveDate> {
    let decisions = scope.records().into_iter().flat_map(|records| records.data.decision.values());
    let approvals = decisions.filter(|decision| decision.kind == DecisionKind::Approval);
    approvals.map(|decision| decision.date).min().or(scope.agreement.dated.known().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn the_day_of_the_decision_tells_which_guidelines_held() {
        let levels = |guideline: &str, agreement: &'static str, records: &'static str| {
            let guideline = Example::file("guidelines/adala-2019.toml", guideline.to_owned().leak(), "");
            let mut changes = vec![guideline, Example::agreement(&[], agreement, "")];
            if !records.is_empty() {
                changes.push(Example::file("records/oppet-hus.toml", records, ""));
            }
            found(&RULE, &changes).into_iter().map(|one| one.level).collect::<Vec<_>>()
        };
        let approved = "decision.a = { kind = \"approval\", by = \"x\", date = 2023-12-01 }";
        let named = "guideline = \"adala-2019\"";
        for agreement in ["", named] {
            assert_eq!(levels("until = 2019-05-19", agreement, ""), [Level::Error]);
            assert_eq!(levels("until = 2023-11-30", agreement, approved), [Level::Error]);
            assert_eq!(levels("until = 2023-12-01", agreement, approved), []);
            // The agreement begins on 1 January 2024; the register is judged on 1 March 2025.
            assert_eq!(levels("decided = 2024-01-01", agreement, ""), []);
            assert_eq!(levels("decided = 2025-03-02", agreement, ""), [Level::Error]);
        }
        assert_eq!(levels("decided = 2024-01-02", named, ""), [Level::Error]);
        assert_eq!(levels("decided = 2024-01-02", "", ""), [Level::Note]);
    }
}
