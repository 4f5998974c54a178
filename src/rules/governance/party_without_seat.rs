//! A party has no seat in any steering group.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP504",
    slug: "party-without-seat",
    title: "En part har ingen plats i styrgruppen",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: parterna styr tillsammans",
    why: "En part som inte är med när partnerskapet styrs är i praktiken utförare åt den andra.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["steering_group.styrgrupp.seat.ordforande"],
        "",
        "steering_group.styrgrupp.seat",
    ),
    good: Example::agreement(
        &["steering_group.styrgrupp.seat.ordforande"],
        "steering_group.styrgrupp.seat.ledare = { function = \"verksamhetsledare\", party = \"forening\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let mut seated: Vec<&str> = Vec::new();
    for group in agreement.steering_group.values() {
        for seat in group.seat.known().into_iter().flat_map(indexmap::IndexMap::values) {
            match seat.party.known() {
                Some(party) => seated.push(party),
                // A seat whose party is not stated may be anybody's.
                None => return Vec::new(),
            }
        }
    }
    let without: Vec<&str> = agreement
        .party
        .iter()
        .filter(|(key, _)| !seated.contains(&key.as_str()))
        .map(|(_, party)| party.called())
        .collect();
    if seated.is_empty() || without.is_empty() {
        return Vec::new();
    }
    let message = format!("{} har ingen plats i styrgruppen.", text::capitalised(&text::list(&without)));
    let at = match agreement.steering_group.keys().next() {
        Some(only) if agreement.steering_group.len() == 1 => path!["steering_group", only, "seat"],
        _ => path!["steering_group"],
    };
    vec![scope.finding(&RULE, at, message).help("Ge varje part minst en plats, efter funktion.")]
}
