//! Nobody reports on the year as a whole.

use crate::agreement::DutyKind;
use crate::finding::Finding;
use crate::path;
use crate::rules::governance::{months_of_short_term, times_a_year};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP505",
    slug: "yearly-report-missing",
    title: "Årlig uppföljningsrapport saknas",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 6 §",
    why: "Nämnden ansvarar för att följa upp det som den betalar för. Utan en rapport om hela året har den inget att följa upp mot. Av ett avtal som varar kortare tid än ett år krävs ingen.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["follow_up.arsrapport", "follow_up.halvarsrapport"], "", "follow_up"),
    good: Example::agreement(
        &["follow_up.arsrapport", "follow_up.halvarsrapport"],
        "follow_up.rapport = { kind = \"activity-report\", every = \"half-year\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    if months_of_short_term(agreement).is_some() {
        return Vec::new();
    }
    let is_short = agreement.term.period().is_some_and(|term| {
        let length = term.length();
        (length.months, length.days) <= (12, 0)
    });
    let reports = agreement.follow_up.values().any(|duty| match duty.kind {
        // A report that comes once does not follow up each year of several.
        DutyKind::YearlyReport => is_short || duty.every.known().is_none_or(|every| times_a_year(*every) > 0),
        DutyKind::ActivityReport => {
            duty.at_least_per_year.known().is_some()
                || duty.every.known().is_some_and(|every| times_a_year(*every) > 0)
        }
        // A term of at most a year is followed up once, at its end.
        DutyKind::FinalEvaluation => is_short,
        _ => false,
    });
    if reports {
        return Vec::new();
    }
    let message = "Avtalet anger ingen rapport om året som helhet.";
    vec![scope.finding(&RULE, path!["follow_up"], message).help(
        "Lägg till [follow_up.arsrapport] med kind = \"yearly-report\", vem som skriver, vem som får den och när.",
    )]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn each_year_is_reported_and_a_term_of_a_year_is_evaluated_at_its_end() {
        let is_told = |end: &str, duty: &str| {
            let toml = format!("term.end = {end}\nfollow_up.x = {{ {duty} }}").leak();
            let remove = &["follow_up.arsrapport", "follow_up.halvarsrapport"];
            !found(&RULE, &[Example::agreement(remove, toml, "")]).is_empty()
        };
        let (a_year, a_day_more) = ("2024-12-31", "2025-01-01");
        for (duty, told_for_a_year, told_for_more) in [
            ("kind = \"yearly-report\"", false, false),
            ("kind = \"yearly-report\", every = \"year\"", false, false),
            ("kind = \"yearly-report\", every = \"once\"", false, true),
            ("kind = \"activity-report\", every = \"year\"", false, false),
            ("kind = \"activity-report\", at_least_per_year = 1", false, false),
            ("kind = \"activity-report\", every = \"once\"", true, true),
            ("kind = \"activity-report\"", true, true),
            ("kind = \"final-evaluation\"", false, true),
            ("kind = \"statistics\", every = \"year\"", true, true),
        ] {
            assert_eq!(is_told(a_year, duty), told_for_a_year, "{duty}");
            assert_eq!(is_told(a_day_more, duty), told_for_more, "{duty}");
            assert!(!is_told("2024-12-30", duty), "{duty}");
        }
    }

    #[test]
    fn a_short_term_that_goes_on_by_itself_is_reported_every_year() {
        let remove = &["follow_up.arsrapport", "follow_up.halvarsrapport"];
        let with = |toml| found(&RULE, &[Example::agreement(remove, toml, "")]).len();
        assert_eq!(with("term.end = 2024-05-31"), 0);
        assert_eq!(with("term.end = 2024-05-31\nterm.renewal = { months = 5 }"), 1);
    }
}
