//! A party has no seat in any steering group.

use crate::keyed::Keyed;

use crate::agreement::SteeringGroup;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::content::steering_group_undescribed::is_undescribed;
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
    let groups = &agreement.steering_group;
    let is_without =
        |group: &SteeringGroup| !group.seat.is_open() && group.seat.known().is_none_or(Keyed::is_empty);
    if groups.values().all(is_without) {
        // A group that is nothing but a name is told of as such.
        let described = groups.iter().find(|(_, group)| !is_undescribed(group));
        let finding = described.map(|(key, group)| {
            let message = format!("Det framgår inte vilka som ingår i ”{}”.", group.title);
            scope.finding(&RULE, path!["steering_group", key], message).help(
                "Skriv platserna efter funktion och part: seat.NAMN = { function = \"…\", party = \"…\" }.",
            )
        });
        return finding.into_iter().collect();
    }
    let mut seated: Vec<&str> = Vec::new();
    for group in groups.values() {
        for seat in group.seat.known().into_iter().flat_map(Keyed::values) {
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
    let at = match groups.keys().next() {
        Some(only) if groups.len() == 1 => path!["steering_group", only, "seat"],
        _ => path!["steering_group"],
    };
    vec![scope.finding(&RULE, at, message).help("Ge varje part minst en plats, efter funktion.")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_group_that_meets_without_members_is_told_of() {
        let places = |remove, toml| {
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let seats = &["steering_group.styrgrupp.seat"];
        assert_eq!(places(seats, ""), ["steering_group.styrgrupp"]);
        // Members that are declared open, a group that is only named, and no group at all are the matters of others.
        assert_eq!(places(seats, "steering_group.styrgrupp.seat = \"not-stated\""), Vec::<String>::new());
        let group = &["steering_group"];
        assert_eq!(places(group, "steering_group.a.title = \"Styrgrupp\""), Vec::<String>::new());
        assert_eq!(places(group, ""), Vec::<String>::new());
    }

    #[test]
    fn a_seat_that_may_be_anybodys_says_nothing_of_who_is_without() {
        let remove = &["steering_group.styrgrupp.seat.ordforande"];
        let open = "steering_group.styrgrupp.seat.x = { function = \"ledamot\", party = \"not-stated\" }";
        assert_eq!(found(&RULE, &[Example::agreement(remove, open, "")]), []);
    }

    #[test]
    fn a_party_without_a_seat_is_told_at_the_only_group_or_at_all_of_them() {
        let said = |toml| {
            let remove = &["steering_group.styrgrupp.seat.ordforande"];
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            findings.into_iter().map(|one| format!("{}: {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        let without = "Föreningen har ingen plats i styrgruppen.";
        assert_eq!(said(""), [format!("steering_group.styrgrupp.seat: {without}")]);
        let other = |party: &str| {
            format!("steering_group.b = {{ title = \"Råd\", seat.x = {{ function = \"ledamot\", party = \"{party}\" }} }}").leak()
        };
        assert_eq!(said(other("kommun")), [format!("steering_group: {without}")]);
        // A seat in one of the groups is enough.
        assert_eq!(said(other("forening")), Vec::<String>::new());
    }
}
