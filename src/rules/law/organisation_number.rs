//! An organisation number that cannot be one.

use crate::check_digit::organisation_number_fault;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP704",
    slug: "organisation-number",
    title: "Organisationsnumret är fel skrivet",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "lagen (1974:174) om identitetsbeteckning för juridiska personer m.fl.",
    why: "Organisationsnumret avgör vem som är part och vem som får pengarna. Kontrollsiffran visar att en siffra är fel.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "party.forening.organisation_number = \"802000-1234\"",
        "party.forening.organisation_number",
    ),
    good: Example::agreement(&[], "party.kommun.organisation_number = \"212000-1132\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let parties = scope.agreement.party.iter();
    parties
        .filter_map(|(key, party)| {
            let number = party.organisation_number.known()?;
            let fault = organisation_number_fault(number)?;
            let message = format!("Organisationsnumret ”{number}” för {} {fault}.", party.called());
            Some(
                scope
                    .finding(&RULE, path!["party", key, "organisation_number"], message)
                    .help("Jämför med Skatteverkets registreringsbevis eller föreningens stadgar. Formen är 212000-1132."),
            )
        })
        .collect()
}
