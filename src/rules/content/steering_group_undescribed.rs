//! A steering group by name alone.

use crate::agreement::SteeringGroup;
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP412",
    slug: "steering-group-undescribed",
    title: "En styrgrupp är nämnd men inte beskriven",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: styrningen ska framgå",
    why: "En styrgrupp utan ledamöter och möten styr inget.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "steering_group.projekt = { title = \"Projektgrupp\" }",
        "steering_group.projekt",
    ),
    good: Example::agreement(
        &[],
        "steering_group.projekt = { title = \"Projektgrupp\", meetings = { times = 1, per = \"year\" }, called_by = \"kommun\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let groups = scope.agreement.steering_group.iter();
    groups
        .filter(|(_, group)| is_undescribed(group))
        .map(|(key, group)| {
            let message = format!("”{}” är nämnd, men det framgår inte vilka som ingår eller när den träffas.", group.title);
            scope
                .finding(&RULE, path!["steering_group", key], message)
                .help("Ange platser (seat), möten (meetings) och sammankallande, eller ta bort gruppen om den inte ska finnas.")
        })
        .collect()
}

/// Whether neither members nor meetings are known.
pub(in crate::rules) fn is_undescribed(group: &SteeringGroup) -> bool {
    group.seat.known().is_none_or(crate::keyed::Keyed::is_empty) && group.meetings.known().is_none()
}
