//! A calendar year of the term for which nobody has said what is paid.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::date::Period;
use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::measure::Measure;
use crate::path;
use crate::payouts::{Uncovered, uncovered};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP301",
    slug: "year-without-funding",
    title: "Ett år av avtalstiden saknar ersättning",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egen avtalstid",
    why: "Saknas ett år går det varken att betala ut eller att räkna in i budgeten, och parterna kan ha olika \
          uppfattning om vad som gäller det året.",
    check: Check::Life(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "",
        at: "funding.2025",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "funding.2024.period.end = 2025-12-31",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    // All that somebody is bound by, and what is proposed beside it; what can still be declined needs no amount yet.
    let missing = uncovered(scope.agreement, scope.statement);
    let (whole, parts): (Vec<_>, Vec<_>) = missing.into_iter().partition(|one| one.is_whole);
    // Of each year the longest, and how many days there are in all.
    let mut longest: BTreeMap<i32, (Period, u32)> = BTreeMap::new();
    for Uncovered { year, days, .. } in parts {
        let (known, all) = longest.entry(year).or_insert((days, 0));
        *all += days.days();
        if known.days() < days.days() {
            *known = days;
        }
    }
    // The agreement can come to hold more of a year of which it holds a part; each such year is told and accepted by itself.
    let is_part = |one: &Uncovered| one.days.length().months < 12;
    let (parts_of_term, whole): (Vec<_>, Vec<_>) = whole.into_iter().partition(is_part);
    let mut findings = Vec::new();
    findings.extend(years_without(scope, &whole));
    findings.extend(parts_of_term.iter().filter_map(|one| {
        let days = Measure::of_days(TimeDelta::days(one.days.days().into()));
        Some(years_without(scope, std::slice::from_ref(one))?.measured(days))
    }));
    findings.extend(longest.into_iter().map(|(year, (days, all))| {
        part_without(scope, year, days).measured(Measure::of_days(TimeDelta::days(all.into())))
    }));
    findings
}

/// The years that no component covers.
fn years_without(scope: &Scope<'_>, without: &[Uncovered]) -> Option<Finding> {
    let first = without.first()?.year;
    let life = scope.life();
    let time = match life.in_force() {
        Some(term) => format!("avtalstiden är {term}"),
        None => format!("avtalet gäller till och med {}", life.last_day()?),
    };
    let mentions = without.iter().map(|one| Mention {
        place: Place::value(scope.file, path!["funding", one.year.to_string()]),
        word: one.year.to_string(),
    });
    let spread =
        Spread::new(format!("{}, men ingen ersättning anges för ", text::capitalised(&time)), ".", mentions);
    let finding = Finding::at_each(RULE.code, RULE.gravity.level(scope.agreement), spread)?;
    let help = format!("Lägg till [funding.{first}] med belopp och period, eller ändra avtalstiden.");
    let term_at = Place::value(scope.file, path!["term"]);
    Some(finding.source(RULE.source).help(help).related(term_at, time))
}

/// Days of a year that no component covers: what the agreement costs then, nobody can say.
fn part_without(scope: &Scope<'_>, year: i32, days: Period) -> Finding {
    let message = format!("Ingen ersättning anges för {days}, som hör till avtalstiden.");
    let mut finding = scope.finding(&RULE, path!["funding", year.to_string()], message);
    finding.level = Level::Warning;
    finding.help(
        "Ändra perioden för en ersättning eller lägg till en, eller ändra avtalstiden. Ska inget betalas då: skriv en ersättning med amount = 0.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn what_the_municipality_gives_in_kind_counts_for_the_years_that_it_covers() {
        let missing = |in_kind: &str| {
            let toml = format!("in_kind.lokal = {{ what = \"lokalen på Storgatan\", {in_kind} }}");
            let example = Example {
                file: "agreements/oppet-hus.toml",
                remove: &["funding.2025"],
                toml: toml.leak(),
                at: "",
            };
            found(&RULE, &[example]).len()
        };
        assert_eq!(missing("party = \"kommun\", value = 200_000"), 0);
        assert_eq!(
            missing("party = \"kommun\", value = 200_000, period = { start = 2025-01-15, end = 2025-12-31 }"),
            0
        );
        assert_eq!(
            missing("party = \"kommun\", value = 200_000, period = { start = 2024-01-01, end = 2024-12-31 }"),
            1
        );
        assert_eq!(missing("party = \"kommun\""), 1);
        // What the organisation gives is no payment to it.
        assert_eq!(missing("party = \"forening\", value = 200_000"), 1);
    }

    fn said(remove: &'static [&'static str], toml: &'static str) -> Vec<(Level, String, String)> {
        found(&RULE, &[Example::agreement(remove, toml, "")])
            .into_iter()
            .map(|one| (one.level, one.place.path.to_string(), one.message))
            .collect()
    }

    #[test]
    fn without_money_somebody_public_must_contribute() {
        let all = &["funding"];
        let nothing = said(all, "");
        assert_eq!(nothing.len(), 1);
        assert!(nothing[0].2.ends_with("ingen ersättning anges för 2024 och 2025."), "{nothing:?}");
        assert_eq!(said(all, "in_kind.lokal = { party = \"kommun\", what = \"lokalen på Storgatan\" }"), []);
    }

    #[test]
    fn a_month_without_funding_is_told_of_and_a_day_is_not() {
        let gaps = |toml| {
            let said = said(&[], toml);
            assert!(said.iter().all(|(level, ..)| *level == Level::Warning), "{said:?}");
            said.into_iter().map(|(_, path, message)| (path, message)).collect::<Vec<_>>()
        };
        let gap = |year: &str, period: &str| {
            vec![(
                format!("funding.{year}"),
                format!("Ingen ersättning anges för {period}, som hör till avtalstiden."),
            )]
        };
        assert_eq!(gaps("funding.2025.period.end = 2025-06-30"), gap("2025", "2025-07-01–2025-12-31"));
        assert_eq!(gaps("funding.2024.period.start = 2024-03-01"), gap("2024", "2024-01-01–2024-02-29"));
        assert_eq!(gaps("funding.2025.period.end = 2025-11-30"), gap("2025", "2025-12-01–2025-12-31"));
        assert_eq!(gaps("funding.2025.period.end = 2025-12-01"), []);
        let halves = "funding.2025.period.end = 2025-03-31\n\
                      funding.host = { payer = \"kommun\", amount = 1, period = { start = 2025-06-01, end = 2025-12-31 } }";
        assert_eq!(gaps(halves), gap("2025", "2025-04-01–2025-05-31"));
        // Components may overlap.
        let both = "funding.2024.period.end = 2025-06-30\nfunding.2025.period.start = 2025-02-01";
        assert_eq!(gaps(both), []);
    }
}
