//! A public party pays that is not recognised as the municipality, and that does not say that it is somebody else.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP326",
    slug: "payer-unrecognised",
    title: "Betalaren känns inte igen som kommunen",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "registrets format: kommunens namn i iop.toml",
    why: "Det som kommunen själv betalar räknas till dess budget. Stavas namnet på ett annat sätt syns det inte vems pengarna är.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["party.kommun.legal_person"],
        "party.kommun.name = \"Ådala kommun, socialförvaltningen\"",
        "party.kommun.name",
    ),
    good: Example::agreement(
        &[],
        "party.kommun.name = \"Socialförvaltningen\"\nparty.kommun.legal_person = \"Ådala kommun\"",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let (register, agreement) = (scope.register, scope.agreement);
    let Some(settings) = &register.settings else { return Vec::new() };
    let own = &settings.data.municipality.name;
    let pays = |key: &str| {
        let components = agreement.stated_funding().map(|(.., funding)| funding);
        components.filter(|funding| funding.payer == key).collect::<Vec<_>>()
    };
    let is_taken_for_it = |key: &str| register.bears(agreement, key) && !register.pays_itself(agreement, key);
    let payers = agreement.party.iter().filter(|(key, _)| is_taken_for_it(key) && !pays(key).is_empty());
    payers
        .map(|(key, party)| {
            let where_it_stands = if pays(key).iter().all(|funding| funding.budget_line.is_some()) {
                "på den budgetrad som anges"
            } else {
                "och det som inte har någon budgetrad står på raden Utan budgetrad"
            };
            let message = format!(
                "Betalaren ”{}” känns inte igen som registrets kommun, ”{own}”. Det som den betalar räknas tills vidare som kommunens, {where_it_stands}.",
                party.name
            );
            scope
                .finding(&RULE, path!["party", key, "name"], message)
                .help("Skriv kommunens namn som i iop.toml, eller ange det i legal_person. Betalar någon annan: ange vem i legal_person, och kommunen som part.")
                .related(
                    Place::value(&settings.file, path!["municipality", "name"]),
                    format!("kommunen heter ”{own}”"),
                )
        })
        .collect()
}
