//! The number of places that a party undertakes to have is not the number that a rate pays for.

use crate::agreement::{Funding, Places};
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

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
                let (field, message) = match other_number(places, funding) {
                    Ok(None) => continue,
                    Ok(Some(other)) => (
                        "number",
                        format!(
                            "Åtagandet är {} {}, men ersättningen ”{key}” betalar för {other}.",
                            places.bound.told(places.number.get()),
                            places.what
                        ),
                    ),
                    Err(()) => {
                        ("funding", format!("Ersättningen ”{key}” betalar inte för något antal enheter."))
                    }
                };
                let finding = scope.finding(&RULE, path.join(field), message);
                findings.push(
                    finding
                        .help("Rätta antalet där det är fel, eller skriv i bound om det är minst eller högst så många.")
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

/// A number that is paid for and is not one that is undertaken; an error where nothing is counted.
fn other_number(places: &Places, funding: &Funding) -> Result<Option<u32>, ()> {
    let rate = funding.rate.as_ref().filter(|rate| rate.unit.is_some()).ok_or(())?;
    let numbers = rate.number().into_iter().chain(rate.steps().into_values());
    let mut others = numbers.filter(|other| !places.bound.allows(places.number.get(), *other));
    Ok(others.next())
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
                "undertaking.forening.places.dag.number: Åtagandet är högst 8 platser, men ersättningen ”2025” betalar för 9."
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
