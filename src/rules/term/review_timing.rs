//! The review falls outside the term, or so late that nothing can be decided on it.

use chrono::Months;

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP207",
    slug: "review-timing",
    title: "Översynen ligger utanför avtalstiden eller för sent",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: beslut om fortsättning fattas minst fyra månader före avtalstidens slut",
    why: "Den som prövar frågan om en fortsättning för sent har inget val: organisationen har redan sagt upp sina lokaler, eller kommunen förlänger av tidsnöd.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "term.review_by = 2025-11-30", "term.review_by"),
    good: Example::agreement(&[], "term.review_by = 2025-03-31", ""),
};

/// So long before the end a decision is needed, in months.
const TO_ACT: u32 = 4;

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let term = &scope.agreement.term;
    let (Some(period), Some(review)) = (scope.agreement.extended_term(), term.review_by.known()) else {
        return Vec::new();
    };
    let last_day = period.end.checked_sub_months(Months::new(TO_ACT));
    let fault = if *review < period.start || *review > period.end {
        format!("Översynen ska vara klar {review}, men avtalet gäller {period}.")
    } else if last_day.is_some_and(|last_day| last_day > period.start && *review > last_day) {
        format!(
            "Översynen ska vara klar {review}, så nära slutet {} att ett beslut om fortsättning inte hinner fattas och genomföras.",
            period.end
        )
    } else {
        return Vec::new();
    };
    let help = match last_day.filter(|last_day| *last_day > period.start) {
        Some(last_day) => format!("Lägg översynen senast {last_day}, fyra månader före slutet."),
        None => "Lägg översynen inom avtalstiden.".to_owned(),
    };
    vec![
        scope
            .finding(&RULE, path!["term", "review_by"], fault)
            .help(help)
            .related(Place::value(scope.file, path!["term", "end"]), "avtalstidens slut"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// What is said of a review in the term from 2024-01-01 to 2025-12-31, or another one.
    fn said(toml: &str) -> Option<String> {
        let findings = found(&RULE, &[Example::agreement(&[], toml.to_owned().leak(), "")]);
        findings.into_iter().next().map(|finding| finding.message)
    }

    #[test]
    fn a_review_may_lie_on_the_first_day_and_four_months_before_the_last() {
        let says = |day: &str, text: &str| said(&format!("term.review_by = {day}")).unwrap().contains(text);
        assert!(says("2023-12-31", "men avtalet gäller"));
        assert_eq!(said("term.review_by = 2024-01-01"), None);
        assert_eq!(said("term.review_by = 2025-08-31"), None);
        assert!(says("2025-09-01", "så nära slutet"));
        assert!(says("2025-12-31", "så nära slutet"));
        assert!(says("2026-01-01", "men avtalet gäller"));
    }

    #[test]
    fn a_term_too_short_for_a_decision_may_be_reviewed_to_its_last_day() {
        assert_eq!(said("term = { start = 2025-09-01, review_by = 2025-12-31 }"), None);
        assert!(said("term = { start = 2025-09-01, review_by = 2026-01-01 }").is_some());
    }
}
