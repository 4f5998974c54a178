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
    parties.filter_map(|(key, party)| finding(scope, key, party)).collect()
}

fn finding(scope: &Scope<'_>, key: &str, party: &Party) -> Option<Finding> {
    let what = match party.role {
        Role::Public => {
            let name = party.name.to_lowercase();
            // "Halmstad" ends as "stad" does, and is no more than a place; "kommunalförbund" is a body.
            let names_the_body = name.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
                matches!(word, "kommun" | "region" | "stad" | "staten" | "götalandsregionen")
                    || ["myndigheten", "förbund", "förbundet"].iter().any(|body| word.ends_with(body))
            });
            part_of(&party.name, &PARTS).filter(|_| !names_the_body)?
        }
        Role::CivilSociety => {
            let is_somebody = party.form.known().is_some()
                || party.legal_person.known().is_some()
                || party.organisation_number.known().is_some();
            part_of(&party.name, &LOOSE).filter(|_| !is_somebody)?
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
