//! A party by a name that is no legal person's.

use crate::agreement::{Party, Role};
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP409",
    slug: "no-legal-person",
    title: "En part är ingen juridisk person",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 3 kap.; avtalsrättens krav på en part som kan bindas",
    why: "Bara en juridisk person kan bli bunden. En förvaltning eller ett projekt kan varken äga, betala eller stämmas.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "party.kommun.name = \"Socialförvaltningen i Ådala\"", "party.kommun.name"),
    good: Example::agreement(&[], "party.kommun.name = \"Ådala kommun, socialförvaltningen\"", ""),
};

/// Parts of a public body, and what each is called in general.
const PARTS: [(&str, &str); 10] = [
    ("styrelsen", "En styrelse"),
    ("utskottet", "Ett utskott"),
    ("förvaltningen", "En förvaltning"),
    ("förvaltning", "En förvaltning"),
    ("kontoret", "Ett kontor"),
    ("nämnden", "En nämnd"),
    ("nämnd", "En nämnd"),
    ("avdelningen", "En avdelning"),
    ("enheten", "En enhet"),
    ("sektorn", "En sektor"),
];

/// What people without a common association call themselves.
const LOOSE: [(&str, &str); 5] = [
    ("nätverket", "Ett nätverk"),
    ("nätverk", "Ett nätverk"),
    ("projektet", "Ett projekt"),
    ("arbetsgruppen", "En arbetsgrupp"),
    ("initiativet", "Ett initiativ"),
];

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let parties = scope.agreement.party.iter();
    parties
        .filter_map(|(key, party)| legal_person(scope, key, party).or_else(|| finding(scope, key, party)))
        .collect()
}

/// What is said to be the legal person of a public party, and is only a part of one.
fn legal_person(scope: &Scope<'_>, key: &str, party: &Party) -> Option<Finding> {
    let person = party.legal_person.known().filter(|_| party.role == Role::Public)?;
    let what = part_of(person, &PARTS).filter(|_| !names_a_body(person))?;
    let message = format!("Den juridiska personen anges som ”{person}”. {what} är inte en juridisk person.");
    let help = "Skriv kommunens eller regionens namn i legal_person, och nämnden i organ.";
    Some(scope.finding(&RULE, path!["party", key, "legal_person"], message).help(help))
}

/// Whether a public body's name stands in a name. "Halmstad" ends as "stad" does, and is no more than a place;
/// "kommunalförbund" is a body.
fn names_a_body(name: &str) -> bool {
    name.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        matches!(word, "kommun" | "region" | "stad" | "staten" | "götalandsregionen")
            || ["myndigheten", "förbund", "förbundet"].iter().any(|body| word.ends_with(body))
    })
}

/// Whether a name says that it is an association's or a foundation's, whatever else it is called.
fn names_an_association(name: &str) -> bool {
    let name = name.to_lowercase();
    ["förening", "stiftelse", "församling", "förbund", "samfund"].iter().any(|kind| name.contains(kind))
}

fn finding(scope: &Scope<'_>, key: &str, party: &Party) -> Option<Finding> {
    let what = match party.role {
        Role::Public => part_of(&party.name, &PARTS).filter(|_| !names_a_body(&party.name))?,
        Role::CivilSociety => {
            let is_somebody = party.form.known().is_some()
                || party.legal_person.known().is_some()
                || party.organisation_number.known().is_some();
            part_of(&party.name, &LOOSE).filter(|_| !is_somebody && !names_an_association(&party.name))?
        }
    };
    let side = if party.role == Role::Public { "Offentlig part" } else { "Idéburen part" };
    let message = format!("{side} är ”{}”. {what} är inte en juridisk person.", party.name);
    let help = match (party.legal_person.known(), party.organ.known()) {
        (Some(person), Some(organ)) => {
            format!("Skriv ”{person} genom {}” och ange vem som får underteckna.", text::uncapitalised(organ))
        }
        (Some(person), None) => format!("Skriv ”{person}” och ange vem som får underteckna."),
        (None, _) if party.role == Role::Public => {
            "Skriv kommunens namn och nämnden, som ”Lunds kommun genom socialnämnden”, och ange vem som får underteckna.".to_owned()
        }
        (None, _) => "Ange den förening eller stiftelse som blir bunden, i legal_person, och vem som får underteckna.".to_owned(),
    };
    Some(scope.finding(&RULE, path!["party", key, "name"], message).help(help))
}

/// What a name is the name of, where one of its words ends as one of `kinds` does.
fn part_of(name: &str, kinds: &[(&str, &'static str)]) -> Option<&'static str> {
    let name = name.to_lowercase();
    name.split(|letter: char| !letter.is_alphanumeric())
        .find_map(|word| kinds.iter().find(|(ending, _)| word.ends_with(ending)).map(|(_, what)| *what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn messages(toml: &str) -> Vec<(String, String, String)> {
        let findings = found(&RULE, &[Example::agreement(&[], toml.to_owned().leak(), "")]);
        let told = |one: Finding| (one.place.path.to_string(), one.message, one.help.unwrap_or_default());
        findings.into_iter().map(told).collect()
    }

    #[test]
    fn the_legal_person_must_be_one_too() {
        let said = messages("party.kommun.legal_person = \"Socialförvaltningen\"");
        let [(path, message, _)] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(path, "party.kommun.legal_person");
        assert_eq!(
            message,
            "Den juridiska personen anges som ”Socialförvaltningen”. En förvaltning är inte en juridisk person."
        );
        assert_eq!(messages("party.kommun.legal_person = \"Ådala kommun\""), []);
        assert_eq!(messages("party.kommun.legal_person = \"Göteborgs Stad, socialförvaltningen\""), []);
    }

    #[test]
    fn people_without_an_association_are_nobody_to_bind() {
        let civil = |toml: &str| messages(&format!("party.grupp = {{ role = \"civil-society\", {toml} }}"));
        let said = civil("name = \"Nätverket mot våld\"");
        let [(path, message, help)] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(path, "party.grupp.name");
        assert_eq!(message, "Idéburen part är ”Nätverket mot våld”. Ett nätverk är inte en juridisk person.");
        assert!(help.starts_with("Ange den förening eller stiftelse"), "{help}");
        for somebody in [
            "name = \"Nätverket mot våld\", form = \"association\"",
            "name = \"Nätverket mot våld\", legal_person = \"Föreningen Nätverket\"",
            "name = \"Nätverket mot våld\", organisation_number = \"802000-1234\"",
            "name = \"Föreningen Nätverket mot våld\"",
            "name = \"Socialförvaltningen\"",
            "name = \"En vanlig grupp\"",
        ] {
            assert_eq!(civil(somebody), [], "{somebody}");
        }
    }

    #[test]
    fn the_advice_is_about_who_can_be_bound() {
        let help = |more: &str| {
            let toml = format!("party.del = {{ role = \"public\", name = \"Socialförvaltningen\"{more} }}");
            let said = messages(&toml);
            let [(_, message, help)] = said.as_slice() else { panic!("{said:?}") };
            assert_eq!(
                message,
                "Offentlig part är ”Socialförvaltningen”. En förvaltning är inte en juridisk person."
            );
            help.clone()
        };
        let person = ", legal_person = \"Ådala kommun\"";
        assert!(
            help(&format!("{person}, organ = \"Socialnämnden\""))
                .starts_with("Skriv ”Ådala kommun genom socialnämnden”")
        );
        assert!(help(person).starts_with("Skriv ”Ådala kommun” och"));
        assert!(help("").starts_with("Skriv kommunens namn och nämnden"));
    }

    #[test]
    fn a_place_whose_name_ends_as_a_body_does_is_not_one() {
        let is_found = |name: &str| {
            let toml = format!("party.kommun.name = \"{name}\"");
            !found(&RULE, &[Example::agreement(&[], toml.leak(), "")]).is_empty()
        };
        for part in [
            "Socialförvaltningen i Halmstad",
            "Socialförvaltningen i Karlstad",
            "Kultur- och fritidsnämnden, Sundbyberg-Solnaregion",
        ] {
            assert!(is_found(part), "{part}");
        }
        for body in [
            "Halmstads kommun, socialförvaltningen",
            "Göteborgs Stad genom socialförvaltningen",
            "Region Skåne, regionstyrelsen",
            "Kulturförvaltningen, Västra Götalandsregionen",
            "Räddningstjänstförbundet Nord, förvaltningen",
        ] {
            assert!(!is_found(body), "{body}");
        }
    }
}
