//! Nobody in the agreement is recognised as the municipality, though a public party pays.

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
        &["party.kommun.legal_person", "funding.2025.budget_line"],
        "party.kommun.name = \"Ådala kommun, socialförvaltningen\"",
        "party.kommun.name",
    ),
    good: Example::agreement(
        &["funding.2025.budget_line"],
        "party.kommun.name = \"Socialförvaltningen\"\nparty.kommun.legal_person = \"Ådala kommun\"",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let (register, agreement) = (scope.register, scope.agreement);
    let Some(settings) = &register.settings else { return Vec::new() };
    let own = &settings.data.municipality.name;
    let pays = |key: &str| {
        let mut components = agreement.stated_funding();
        components.any(|(.., funding)| funding.payer == key && funding.budget_line.is_none())
    };
    let is_taken_for_it = |key: &str| register.bears(agreement, key) && !register.pays_itself(agreement, key);
    let payers = agreement.party.iter().filter(|(key, _)| is_taken_for_it(key) && pays(key));
    payers
        .map(|(key, party)| {
            let message = format!(
                "Betalaren ”{}” är inte registrets kommun, ”{own}”, och ersättningen har ingen budgetrad. Den räknas tills vidare som kommunens, på raden Utan budgetrad.",
                party.name
            );
            scope
                .finding(&RULE, path!["party", key, "name"], message)
                .help("Skriv kommunens namn som i iop.toml, eller ange det i legal_person. Betalar någon annan: lägg till kommunen som part.")
                .related(
                    Place::value(&settings.file, path!["municipality", "name"]),
                    format!("kommunen heter ”{own}”"),
                )
        })
        .collect()
}
