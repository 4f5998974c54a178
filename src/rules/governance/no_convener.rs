//! Nobody calls the steering group.

use crate::finding::Finding;
use crate::path;
use crate::rules::content::steering_group_undescribed::is_undescribed;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP503",
    slug: "no-convener",
    title: "Ingen sammankallar styrgruppen",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: ett möte som ingen kallar till blir inte av",
    why: "Är det ingens sak att kalla blir mötena inte av, och det märks först när avtalet ska följas upp.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["steering_group.styrgrupp.called_by", "steering_group.styrgrupp.seat.enhetschef.convener"],
        "",
        "steering_group.styrgrupp.called_by",
    ),
    good: Example::agreement(&["steering_group.styrgrupp.called_by"], "", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let groups = scope.agreement.steering_group.iter();
    groups
        .filter(|(_, group)| {
            let convenes = group.seat.known().is_some_and(|seats| seats.values().any(|seat| seat.convener));
            !is_undescribed(group) && group.called_by.known().is_none() && !convenes
        })
        .map(|(key, group)| {
            let message = format!("Det framgår inte vem som kallar till möte i ”{}”.", group.title);
            let help = "Ange parten i called_by, eller skriv convener = true på en av platserna.";
            scope.finding(&RULE, path!["steering_group", key, "called_by"], message).help(help)
        })
        .collect()
}
