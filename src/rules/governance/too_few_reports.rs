//! The organisation reports less often than the guideline demands.

use crate::agreement::{Agreement, Duty, DutyKind, Role};
use crate::finding::Finding;
use crate::measure::Measure;
use crate::path;
use crate::rules::governance::{months_of_short_term, times_a_year};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP502",
    slug: "too-few-reports",
    title: "Organisationen rapporterar mer sällan än riktlinjerna kräver",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Utan rapporter vet kommunen inte vad pengarna blev, och nämnden kan inte följa upp sitt beslut.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["follow_up.halvarsrapport"], "", "follow_up"),
    good: Example::agreement(
        &["follow_up.halvarsrapport"],
        "follow_up.statistik = { kind = \"statistics\", every = \"year\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some((guideline, least)) =
        scope.guideline.and_then(|guideline| Some((guideline, guideline.governance.reports_per_year?.get())))
    else {
        return Vec::new();
    };
    let agreement = scope.agreement;
    let duties = agreement.follow_up.values().filter(|duty| !is_from_public_party(agreement, duty));
    let short = months_of_short_term(agreement);
    let reports = duties.map(reports_a_year).fold(0, u32::saturating_add);
    // Of a term of some months so many are asked as fit in it, and a report that comes once is one of them.
    let of_term = |a_year: u32| short.map_or(a_year, |months| a_year.saturating_mul(months) / 12);
    let once = agreement.follow_up.values().filter(|duty| short.is_some() && comes_once(duty)).count();
    if reports >= least || u32::try_from(once).is_ok_and(|once| of_term(reports) + once >= of_term(least)) {
        return Vec::new();
    }
    let number = match reports {
        0 => "ingen rapport varje år".to_owned(),
        1 => "en rapport om året".to_owned(),
        reports => format!("{} rapporter om året", text::numeral(reports)),
    };
    let message = format!(
        "Avtalet anger {number} från organisationen. Riktlinjerna kräver minst {} ({}).",
        text::numeral(least),
        guideline.citation()
    );
    vec![
        scope
            .guideline_finding(&RULE, path!["follow_up"], message)
            .measured(Measure::of_count(least.saturating_sub(reports)))
            .help("Lägg till rapporter i [follow_up.NAMN], med kind och every."),
    ]
}

/// Whether the municipality writes it itself: that is not a report from the organisation.
fn is_from_public_party(agreement: &Agreement, duty: &Duty) -> bool {
    let Some(author) = duty.author.known() else { return false };
    let is_named = |name: &str| name.to_lowercase() == author.trim().to_lowercase();
    agreement.party.iter().any(|(key, party)| {
        party.role == Role::Public && (is_named(key) || is_named(&party.name) || is_named(party.called()))
    })
}

fn comes_once(duty: &Duty) -> bool {
    let is_told = is_report(duty) || duty.kind == DutyKind::FinalEvaluation;
    is_told && reports_a_year(duty) == 0
}

fn is_report(duty: &Duty) -> bool {
    matches!(duty.kind, DutyKind::ActivityReport | DutyKind::YearlyReport | DutyKind::Statistics)
}

fn reports_a_year(duty: &Duty) -> u32 {
    let least = duty.at_least_per_year.known().map_or(0, |times| times.get());
    let every = duty.every.known().map_or(0, |every| times_a_year(*every));
    if is_report(duty) { least.max(every) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn what_the_municipality_writes_is_no_report_from_the_organisation() {
        let number = |author: &str| {
            let toml = format!("follow_up.halvarsrapport.author = \"{author}\"");
            found(&RULE, &[Example::agreement(&[], toml.leak(), "")]).len()
        };
        for own in ["kommun", "Kommunen", "Ådala kommun"] {
            assert_eq!(number(own), 1, "{own}");
        }
        assert_eq!(number("forening"), 0);
        assert_eq!(number("verksamhetsledaren"), 0);
    }

    #[test]
    fn of_some_months_so_many_are_asked_as_fit_in_them() {
        let number = |end: &str, duty: &str| {
            let remove = &["follow_up.arsrapport", "follow_up.halvarsrapport"];
            let toml = format!("term.end = {end}\n{duty}");
            found(&RULE, &[Example::agreement(remove, toml.leak(), "")]).len()
        };
        assert_eq!(number("2024-05-31", ""), 0);
        assert_eq!(number("2024-06-30", ""), 1);
        assert_eq!(number("2024-06-30", "follow_up.slut = { kind = \"final-evaluation\" }"), 0);
        assert_eq!(number("2024-12-31", "follow_up.slut = { kind = \"final-evaluation\" }"), 1);
    }

    #[test]
    fn reports_count_by_the_year_and_other_duties_not_at_all() {
        for (duty, times) in [
            ("kind = \"activity-report\"\nevery = \"quarter\"", 4),
            ("kind = \"yearly-report\"\nevery = \"year\"", 1),
            ("kind = \"yearly-report\"", 0),
            ("kind = \"statistics\"\nevery = \"once\"", 0),
            ("kind = \"statistics\"\nat_least_per_year = 3", 3),
            ("kind = \"statistics\"\nat_least_per_year = 3\nevery = \"month\"", 12),
            ("kind = \"statistics\"\nat_least_per_year = 3\nevery = \"year\"", 3),
            ("kind = \"workshop\"\nevery = \"quarter\"", 0),
        ] {
            assert_eq!(reports_a_year(&toml::from_str(duty).unwrap()), times, "{duty}");
        }
    }
}
