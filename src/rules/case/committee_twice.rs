//! A committee that is to decide on the agreement is named twice.

use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP626",
    slug: "committee-twice",
    title: "Samma nämnd ska besluta två gånger",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalets egna uppgifter",
    why: "Står en nämnd två gånger är det troligen en annan som ska besluta, och den får då aldrig ärendet.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "committee = \"social\"\nalso_decides.igen = { committee = \"social\", registry_number = \"SN 2023/0101\" }",
        "also_decides.igen.committee",
    ),
    good: Example::agreement(&[], "committee = \"social\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let own = agreement.committee.as_ref().map(|own| (own, path!["committee"]));
    let mut known: Vec<(&String, KeyPath, KeyPath)> = Vec::new();
    let mut findings = Vec::new();
    for (at, committee) in agreement.also_deciding() {
        let path = at.join("committee");
        let mut table = at;
        table.pop();
        let own = own.clone().filter(|(own, _)| *own == committee).map(|(_, path)| path);
        let before = known.iter().find(|(other, _, beside)| *other == committee && *beside == table);
        match own.or_else(|| before.map(|(_, path, _)| path.clone())) {
            Some(first) => {
                let first = Place::value(scope.file, first);
                let what = if table == path!["also_decides"] { "avtalet" } else { "ändringen" };
                let message = format!("Nämnden ”{committee}” ska redan besluta om {what}.");
                let help = "Ange den andra nämnden, eller ta bort den som står två gånger.";
                findings.push(scope.finding(&RULE, path, message).related(first, "samma nämnd").help(help));
            }
            None => known.push((committee, path, table)),
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn one_committee_under_two_keys_is_told_at_the_second() {
        let toml = "also_decides.a = { committee = \"kultur\", registry_number = \"KN 1\" }\n\
                    also_decides.b = { committee = \"kultur\", registry_number = \"KN 2\" }";
        let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
        let places: Vec<String> = findings.into_iter().map(|one| one.place.path.to_string()).collect();
        assert_eq!(places, ["also_decides.b.committee"]);
    }

    #[test]
    fn each_change_is_decided_once_by_each() {
        let toml = "committee = \"social\"\n\
                    also_decides.a = { committee = \"kultur\", registry_number = \"KN 1\" }\n\
                    extension.x = { until = 2026-12-31, also_decides.a = { committee = \"kultur\" } }\n\
                    extension.y = { until = 2027-12-31, also_decides.a = { committee = \"social\" } }";
        let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
        let said: Vec<String> =
            findings.into_iter().map(|one| format!("{} {}", one.place.path, one.message)).collect();
        assert_eq!(
            said,
            ["extension.y.also_decides.a.committee Nämnden ”social” ska redan besluta om ändringen."]
        );
    }
}
