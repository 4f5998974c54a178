//! A calendar year of the term for which nobody has said what is paid.

use crate::agreement::Role;
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP301",
    slug: "year-without-funding",
    title: "Ett år av avtalstiden saknar ersättning",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets egen avtalstid",
    why: "Saknas ett år går det varken att betala ut eller att räkna in i budgeten, och parterna kan ha olika \
          uppfattning om vad som gäller det året.",
    check: Check::Agreement(check),
    bad: Example { file: "agreements/oppet-hus.toml", remove: &["funding.2025"], toml: "", at: "funding" },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025"],
        toml: "funding.2024.period.end = 2025-12-31",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(term) = agreement.extended_term() else { return Vec::new() };
    if agreement.funding.is_empty() && !agreement.in_kind.is_empty() {
        return Vec::new();
    }
    // What a public party contributes in kind stands in the place of money where the parties have said what it is worth.
    let is_public = |key: &String| agreement.party.get(key).is_some_and(|party| party.role == Role::Public);
    let in_kind = agreement
        .in_kind
        .values()
        .filter(|contribution| is_public(&contribution.party) && contribution.value.known().is_some())
        .map(|contribution| contribution.period.unwrap_or(term));
    let covered: Vec<Period> = agreement
        .funding
        .values()
        .filter_map(|funding| payouts::period_of(funding, &agreement.term))
        .chain(in_kind)
        .collect();
    let missing: Vec<i32> = term
        .years()
        .filter_map(|year| term.in_year(year).map(|part| (year, part)))
        .filter(|(_, part)| !covered.iter().any(|period| period.overlap(part).is_some()))
        .map(|(year, _)| year)
        .collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message =
        format!("Avtalstiden är {term}, men ingen ersättning anges för {}.", crate::text::years(&missing));
    vec![
        scope
            .finding(&RULE, path!["funding"], message)
            .help(format!(
                "Lägg till [funding.{}] med belopp och period, eller ändra avtalstiden.",
                missing.first().copied().unwrap_or_default()
            ))
            .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}")),
    ]
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
            missing("party = \"kommun\", value = 200_000, period = { start = 2025-02-01, end = 2025-12-31 }"),
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
}
