//! A public party pays that is not recognised as the municipality, and that does not say that it is somebody else, or that may
//! be the municipality although it says so.

use crate::agreement::{LegalForm, Party, Role};
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::register::calls_a_municipality;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP326",
    slug: "payer-unrecognised",
    title: "Betalaren känns inte igen som kommunen",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "registrets format: kommunens namn i iop.toml",
    why: "Det som kommunen själv betalar räknas till dess budget. Stavas namnet på ett annat sätt syns det inte vems pengarna är. Den som kan vara kommunen eller hör till den, men anges som någon annan, är en not: dess pengar räknas inte till budgeten.",
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
    let mut findings: Vec<Finding> = payers
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
                .help("Skriv kommunens namn som i iop.toml, eller ange det i legal_person. Betalar någon annan: ange vem i legal_person och vad det är i form, och kommunen som part.")
                .related(
                    Place::value(&settings.file, path!["municipality", "name"]),
                    format!("kommunen heter ”{own}”"),
                )
        })
        .collect();
    let others = agreement.party.iter().filter(|(key, party)| {
        // A municipality of another place is called so.
        let is_nameless =
            party.form.known() == Some(&LegalForm::Municipality) && !calls_a_municipality(party);
        let may_be_it = is_nameless || register.is_named_after_its_place(party) && !is_another(party);
        party.role == Role::Public && may_be_it && !register.bears(agreement, key) && !pays(key).is_empty()
    });
    findings.extend(others.map(|(key, party)| {
        let message = format!(
            "Det som ”{}” betalar räknas inte till kommunens budget: parten är en annan än registrets kommun, ”{own}”.",
            party.name
        );
        let help = "Kontrollera att det är en annan juridisk person som betalar. Betalar kommunen själv: ange kommunens part som betalare (payer).";
        Finding { level: Level::Note, ..scope.finding(&RULE, path!["party", key, "name"], message).help(help) }
    }));
    findings
}

/// Whether it is somebody else by its form, or a region by its name where the form is not known.
fn is_another(party: &Party) -> bool {
    let name = party.name.to_lowercase();
    let is_called_region = || name.split_whitespace().any(|word| word.starts_with("region"));
    match party.form.known() {
        Some(LegalForm::StateAuthority | LegalForm::MunicipalFederation) => true,
        Some(LegalForm::Region) => name.contains("region"),
        Some(_) => false,
        None => is_called_region(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn the_municipality_under_another_name_is_told_beside_itself() {
        let levels = |name: &str, more: &str| {
            let toml = format!(
                "party.k2 = {{ role = \"public\", name = \"{name}\", legal_person = \"{name}\"{more} }}\n\
                 funding.mer = {{ payer = \"k2\", amount = 1_000_000 }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.level).collect::<Vec<_>>()
        };
        let municipality = ", form = \"municipality\"";
        for name in ["Kommunen i Ådala", "Ådala stad", "ÅDALA"] {
            assert_eq!(levels(name, municipality), [Level::Warning], "{name}");
        }
        assert_eq!(levels("Kommunen i Ådala", ""), [Level::Warning]);
        assert_eq!(levels("Kommunen i Ådala", ", form = \"region\""), [Level::Warning]);
        // One that is called nothing that a municipality is, and a company of its own: somebody else, but that is to be seen.
        assert_eq!(levels("Stadshuset", municipality), [Level::Note]);
        assert_eq!(levels("Bergsjö kommun", municipality), []);
        assert_eq!(levels("Ådala kommunala bolag AB", ", form = \"region\""), [Level::Note]);
        assert_eq!(levels("Region Norr", ", form = \"region\""), []);
        assert_eq!(levels("Region Ådala", ", form = \"region\""), []);
    }
}
