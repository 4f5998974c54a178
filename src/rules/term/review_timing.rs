//! The review falls outside the term, or so late that nothing can be decided on it.

use chrono::{Months, NaiveDate};

use crate::agreement::Agreement;
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::notice_day;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP207",
    slug: "review-timing",
    title: "Översynen ligger utanför avtalstiden eller för sent",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: beslut om fortsättning fattas minst fyra månader före avtalstidens slut",
    why: "Den som prövar frågan om en fortsättning för sent har inget val: organisationen har redan sagt upp sina lokaler, eller kommunen förlänger av tidsnöd.",
    check: Check::Life(check),
    bad: Example::agreement(&[], "term.review_by = 2025-11-30", "term.review_by"),
    good: Example::agreement(&[], "term.review_by = 2025-03-31", ""),
};

/// So long before the end a decision is needed, in months.
const TO_ACT: u32 = 4;

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let term = &scope.agreement.term;
    // What goes on until somebody gives notice has no end that a review must come before.
    if term.open_ended().is_some() && scope.life().ended().is_none() {
        return Vec::new();
    }
    // The review comes before the end that the parties have agreed, and not before those of renewals.
    let agreed = scope.life().as_agreed.iter().filter(|one| !one.rests_on.comes_by_itself());
    let end = agreed.filter_map(|one| one.to).next_back();
    let (Some(start), Some(end), Some(review)) = (term.start.known(), end, term.review_by.known()) else {
        return Vec::new();
    };
    let period = Period { start: *start, end };
    let to_speak = last_day_to_speak(scope.agreement, period);
    if let Some((key, last_day)) = to_speak.filter(|(_, last_day)| review > last_day && *review <= period.end)
    {
        let message =
            format!("Översynen ska vara klar {review}, men sista dagen att säga till är {last_day}.");
        let finding = scope.finding(&RULE, path!["term", "review_by"], message);
        let finding = finding.help(format!("Lägg översynen i god tid före {last_day}."));
        return vec![finding.related(
            Place::value(scope.file, path!["term", key]),
            format!("beskedet lämnas senast {last_day}"),
        )];
    }
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
    vec![scope.finding(&RULE, path!["term", "review_by"], fault).help(help).related(
        Place::value(scope.file, path!["term", scope.agreement.term.end_key()]),
        "avtalstidens slut",
    )]
}

/// The last day on which a party can say whether the agreement goes on, where an option or notice against a renewal sets
/// one, and the key under `term` that it follows from.
fn last_day_to_speak(agreement: &Agreement, period: Period) -> Option<(&'static str, NaiveDate)> {
    let options = agreement.term.option.values().filter_map(|option| option.notice_by.known().copied());
    // What an agreement was prolonged by says nothing of the options that are left.
    let is_unchanged =
        agreement.extension.is_empty() && agreement.supplement.values().all(|one| one.end.is_none());
    let is_open = |day: &NaiveDate| is_unchanged && *day <= period.end;
    let options = options.filter(is_open).map(|day| ("option", day));
    let notice = agreement
        .term
        .going_on()
        .filter(|terms| terms.has_notice_day)
        .and_then(|terms| Some((terms.key, notice_day(period.end, terms.notice_months?)?)));
    options.chain(notice).min_by_key(|(_, day)| *day)
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
    fn a_review_after_the_last_day_to_speak_is_too_late() {
        let with = |day: &str, more: &str| said(&format!("term.review_by = {day}\n{more}"));
        let option = "term.option.a = { months = 12, notice_by = 2025-03-31 }";
        assert_eq!(with("2025-03-31", option), None);
        assert!(
            with("2025-04-01", option).unwrap().ends_with("men sista dagen att säga till är 2025-03-31.")
        );
        // Half a year before the end of 2025.
        let renewal = "term.renewal = { months = 12, notice_months = 6, until = 2026-12-31 }";
        assert_eq!(with("2025-06-30", renewal), None);
        assert!(with("2025-07-01", renewal).unwrap().ends_with("sista dagen att säga till är 2025-06-30."));
        // The first of several days counts, and one after the end is no day to speak on.
        let both = format!("{option}\n{renewal}");
        assert!(with("2025-04-01", &both).unwrap().ends_with("2025-03-31."));
        assert_eq!(with("2025-03-31", "term.option.a = { months = 12, notice_by = 2026-03-31 }"), None);
    }

    #[test]
    fn a_term_too_short_for_a_decision_may_be_reviewed_to_its_last_day() {
        assert_eq!(said("term = { start = 2025-09-01, review_by = 2025-12-31 }"), None);
        assert!(said("term = { start = 2025-09-01, review_by = 2026-01-01 }").is_some());
    }

    #[test]
    fn four_months_before_the_end_count_only_where_the_term_has_begun_by_then() {
        let with = |end: &str, review: &str| {
            let toml = format!("term = {{ start = 2025-09-01, end = {end}, review_by = {review} }}");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().next().map(|one| (one.message.contains("så nära slutet"), one.help.unwrap()))
        };
        let within = "Lägg översynen inom avtalstiden.";
        let by = "Lägg översynen senast 2025-09-02, fyra månader före slutet.";
        assert_eq!(with("2026-01-01", "2025-12-01"), None);
        assert_eq!(with("2026-01-01", "2025-08-31"), Some((false, within.to_owned())));
        assert_eq!(with("2026-01-02", "2025-09-02"), None);
        assert_eq!(with("2026-01-02", "2025-09-03"), Some((true, by.to_owned())));
        assert_eq!(with("2026-01-02", "2025-08-31"), Some((false, by.to_owned())));
    }
}
