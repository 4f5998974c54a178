//! The number of places that a party undertakes to have is not the number that a rate pays for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::agreement::{Funding, Places};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::MoneyTime;
use crate::{path, payouts};

pub(super) const RULE: Rule = Rule {
    code: "IOP340",
    slug: "places-differ",
    title: "Antalet platser är ett annat än det som betalas",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets åtaganden och belopp",
    why: "Säger ett åtagande hur många platser som finns, och ersättningen att ett annat antal betalas, vet ingen av parterna vilket som gäller.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["funding.2025.amount"],
        "funding.2025.rate = { amount = 12_500, unit = \"plats\", units = \"platser\", count = 6, per = \"month\" }\nundertaking.forening.places.dag = { number = 8, what = \"platser\" }",
        "undertaking.forening.places.dag.number",
    ),
    good: Example::agreement(
        &["funding.2025.amount"],
        "funding.2025.rate = { amount = 12_500, unit = \"plats\", units = \"platser\", count = 6, per = \"month\" }\nundertaking.forening.places.dag = { number = 6, bound = \"at-least\", what = \"platser\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (of, undertaking) in &scope.agreement.undertaking {
        for (name, places) in &undertaking.places {
            let path = path!["undertaking", of, "places", name];
            let all = scope.agreement.stated_funding();
            for (at, key, funding) in all.filter(|(_, key, funding)| pays(places, key, funding)) {
                let (field, message, apart) = match other_number(
                    places,
                    funding,
                    scope.money_time(),
                    scope.life().ended(),
                ) {
                    Ok(None) => continue,
                    Ok(Some(Other { from, undertaken, paid })) => {
                        let apart = Measure::of_count(undertaken.abs_diff(paid));
                        let from = from.map_or_else(String::new, |day| format!(" från och med {day}"));
                        let undertaken = format!("{} {}", places.bound.told(undertaken), places.what);
                        let message = format!(
                            "Åtagandet är{from} {undertaken}, men ersättningen ”{key}” betalar för {paid}."
                        );
                        ("number", message, Some(apart))
                    }
                    Err(()) => {
                        let message = format!("Ersättningen ”{key}” betalar inte för något antal enheter.");
                        ("funding", message, None)
                    }
                };
                let finding = Finding { measure: apart, ..scope.finding(&RULE, path.join(field), message) };
                findings.push(
                    finding
                        .help("Rätta antalet där det är fel, skriv i bound om det är minst eller högst så många, eller i step från vilken dag de blir fler eller färre.")
                        .related(Place::value(scope.file, at), "så många betalas"),
                );
            }
        }
    }
    findings
}

/// Whether a component pays for the places: it is named, or counts what they are.
fn pays(places: &Places, key: &str, funding: &Funding) -> bool {
    if let Some(named) = &places.funding {
        return named == key;
    }
    let units = funding.rate.as_ref().and_then(|rate| rate.units.as_deref());
    units.is_some_and(|units| units.trim().to_lowercase() == places.what.trim().to_lowercase())
}

/// A number that is paid for and is not the one that is undertaken then.
struct Other {
    /// The first day, where that is not the first of the component.
    from: Option<NaiveDate>,
    undertaken: u32,
    paid: u32,
}

/// The first such number; an error where nothing is counted. What is undertaken once and for all is held against every number.
fn other_number(
    places: &Places,
    funding: &Funding,
    time: MoneyTime,
    ended: Option<NaiveDate>,
) -> Result<Option<Other>, ()> {
    let rate = funding.rate.as_ref().filter(|rate| rate.unit.is_some()).ok_or(())?;
    let Some(mut paid) = rate.number() else { return Ok(None) };
    let covered = payouts::period_of(funding, time);
    let first = covered.map(|period| period.start);
    let paid_from = rate.steps();
    let days: BTreeSet<NaiveDate> =
        places.step.values().map(|step| step.from).chain(paid_from.keys().copied()).collect();
    let is_later = |day: &NaiveDate| {
        covered.is_none_or(|all| *day > all.start && *day <= all.end) && ended.is_none_or(|last| *day <= last)
    };
    let later = days.into_iter().filter(is_later).map(Some);
    for from in std::iter::once(None).chain(later) {
        let day = from.or(first);
        paid = day.and_then(|day| paid_from.range(..=day).next_back()).map_or(paid, |(_, count)| *count);
        let undertaken = day.map_or(places.number.get(), |day| places.number_on(day));
        if !places.bound.allows(undertaken, paid) {
            return Ok(Some(Other { from, undertaken, paid }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn what_is_undertaken_is_what_is_paid_for() {
        let said = |places: &str| {
            let toml = format!(
                "funding.2025.rate = {{ amount = 1000, unit = \"plats\", units = \"platser\", count = 6, per = \"month\", step.fler = {{ from = 2025-07-01, count = 9 }} }}\n\
                 undertaking.forening.places.dag = {{ {places} }}"
            );
            let changes = [Example::agreement(&["funding.2025.amount"], toml.leak(), "")];
            let found = found(&RULE, &changes).into_iter();
            found.map(|one| format!("{}: {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        let nothing: [&str; 0] = [];
        assert_eq!(said("number = 6, bound = \"at-least\", what = \"Platser\""), nothing);
        assert_eq!(said("number = 9, bound = \"at-most\", what = \"platser\""), nothing);
        assert_eq!(said("number = 12, what = \"platser i dagverksamhet\""), nothing);
        assert_eq!(
            said("number = 8, bound = \"at-most\", what = \"platser\""),
            [
                "undertaking.forening.places.dag.number: Åtagandet är från och med 2025-07-01 högst 8 platser, men ersättningen ”2025” betalar för 9."
            ]
        );
        let grows = "step.fler = { from = 2025-07-01, count = 9 }";
        assert_eq!(said(&format!("number = 6, what = \"platser\", {grows}")), nothing);
        assert_eq!(
            said(&format!("number = 6, what = \"platser\", {}", grows.replace("07", "10"))),
            [
                "undertaking.forening.places.dag.number: Åtagandet är från och med 2025-07-01 6 platser, men ersättningen ”2025” betalar för 9."
            ]
        );
        assert_eq!(
            said("number = 12, what = \"platser i dagverksamhet\", funding = \"2024\""),
            [
                "undertaking.forening.places.dag.funding: Ersättningen ”2024” betalar inte för något antal enheter."
            ]
        );
    }
}
