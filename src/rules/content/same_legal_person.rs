//! Two parties are one legal person, which cannot make an agreement with itself.

use std::collections::BTreeMap;

use crate::agreement::Agreement;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::register::Entry;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP416",
    slug: "same-legal-person",
    title: "Två parter är samma juridiska person",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "avtalsrättens krav på minst två parter",
    why: "Ingen kan ingå avtal med sig själv. Två nämnder i en kommun är samma juridiska person, och två parter med samma organisationsnummer är det också, eller så är ett av numren fel. Parterna jämförs efter organisationsnummer, och annars efter juridisk person eller namn.",
    check: Check::Register(check),
    bad: Example::agreement(
        &[],
        "party.kommun.organisation_number = \"212000-1132\"\nparty.forening.organisation_number = \"212000-1132\"",
        "party.forening.organisation_number",
    ),
    good: Example::agreement(&[], "party.kommun.organisation_number = \"212000-1132\"", ""),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    scope.statements.iter().flat_map(|one| of_agreement(scope, one.entry)).collect()
}

fn of_agreement(scope: &RegisterScope<'_>, entry: &Entry<Agreement>) -> Vec<Finding> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (key, party) in &entry.data.party {
        let identity = scope.organisations.identity(party);
        let Some(first) = known.get(&identity) else {
            known.insert(identity, key);
            continue;
        };
        let at = if party.organisation_number.known().is_some() {
            "organisation_number"
        } else if party.legal_person.known().is_some() {
            "legal_person"
        } else {
            "name"
        };
        let message = format!("Parterna ”{first}” och ”{key}” är samma juridiska person.");
        let finding = scope.finding_in(entry, &RULE, path!["party", key, at], message);
        findings.push(
            finding
                .related(Place::value(&entry.file, path!["party", *first]), "samma juridiska person")
                .help("Rätta numret eller namnet. Är det två nämnder i samma kommun: låt kommunen vara en part, och ange den andra nämnden i [also_decides.NAMN]."),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn two_committees_of_a_municipality_are_one() {
        let places = |toml| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let other =
            "party.kultur = { role = \"public\", name = \"Kulturnämnden\", legal_person = \"Ådala kommun\" }";
        assert_eq!(places(other), ["party.kultur.legal_person"]);
        let region = "party.region = { role = \"public\", name = \"Region Ådala\" }";
        assert_eq!(places(region), [""; 0]);
    }
}
