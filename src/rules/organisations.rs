//! Which parties of the register are the same organisation: some agreements have its number and others only its name.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Known;

use crate::agreement::{Agreement, Party};
use crate::register::Entry;
use crate::vocabulary::Known as _;

/// The organisations of a register.
#[derive(Debug, Default)]
pub struct Organisations {
    /// The number of those with a number, by each name that they bear; nothing where two numbers share a name.
    numbers: BTreeMap<String, Option<String>>,
}

impl Organisations {
    /// Those of all agreements.
    #[must_use]
    pub fn of<'a>(agreements: impl IntoIterator<Item = &'a Entry<Agreement>>) -> Self {
        let mut numbers: BTreeMap<String, Option<String>> = BTreeMap::new();
        for party in agreements.into_iter().flat_map(|entry| entry.data.party.values()) {
            let Some(number) = number(party) else { continue };
            for name in names(party) {
                match numbers.entry(normalised(name)) {
                    Known::Vacant(free) => _ = free.insert(Some(number.clone())),
                    Known::Occupied(mut taken) if taken.get().as_ref() != Some(&number) => {
                        taken.insert(None);
                    }
                    Known::Occupied(_) => {}
                }
            }
        }
        Self { numbers }
    }

    /// What tells a party's organisation from all others: the digits of its number, which may stand in another
    /// agreement, or else its name. A name that organisations with different numbers share tells only of those without.
    #[must_use]
    pub fn identity(&self, party: &Party) -> String {
        let known = || names(party).find_map(|name| self.numbers.get(&normalised(name)).cloned().flatten());
        number(party).or_else(known).or_else(|| names(party).next().map(normalised)).unwrap_or_default()
    }
}

/// The names that a party may be known by, the legal person's first.
fn names(party: &Party) -> impl Iterator<Item = &str> {
    party.legal_person.known().into_iter().chain([&party.name]).map(String::as_str)
}

/// The ten digits of a number; the two that may go before them say what kind of number it is.
fn number(party: &Party) -> Option<String> {
    let digits: String = party.organisation_number.known()?.chars().filter(char::is_ascii_digit).collect();
    let ten = if digits.len() == 12 { digits.get(2..)?.to_owned() } else { digits };
    (!ten.is_empty()).then_some(ten)
}

fn normalised(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(toml: &str) -> Party {
        toml::from_str(&format!("role = \"civil-society\"\n{toml}")).unwrap()
    }

    fn agreement(parties: &[&str]) -> Entry<Agreement> {
        let parties: Vec<String> = parties
            .iter()
            .enumerate()
            .map(|(number, party)| format!("[party.p{number}]\nrole = \"civil-society\"\n{party}\n"))
            .collect();
        let text =
            format!("title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\nterm = {{}}\n{}", parties.concat());
        Entry { file: "agreements/a.toml".into(), data: Box::new(toml::from_str(&text).unwrap()) }
    }

    #[test]
    fn a_number_in_one_agreement_tells_who_bears_the_name_in_another() {
        let entries = [agreement(&["name = \"Föreningen Växa\"\norganisation_number = \"212000-1132\""])];
        let known = Organisations::of(&entries);
        let number = "2120001132";
        for same in [
            "name = \"x\"\norganisation_number = \"212000-1132\"",
            "name = \"x\"\norganisation_number = \"2120001132\"",
            "name = \"x\"\norganisation_number = \"16212000-1132\"",
            "name = \"föreningen  VÄXA \"",
            "name = \"Växa\"\nlegal_person = \"Föreningen Växa\"",
            "name = \"Föreningen Växa\"\norganisation_number = \"not-stated\"",
        ] {
            assert_eq!(known.identity(&party(same)), number, "{same}");
        }
        assert_eq!(known.identity(&party("name = \"Föreningen Växer\"")), "föreningen växer");
        assert_ne!(
            known.identity(&party("name = \"Föreningen Växa\"\norganisation_number = \"212000-1140\"")),
            number
        );
    }

    #[test]
    fn a_name_that_two_numbers_share_is_nobodys_number() {
        let entries = [agreement(&[
            "name = \"Växa\"\norganisation_number = \"212000-1132\"",
            "name = \"Växa\"\norganisation_number = \"212000-1140\"",
        ])];
        let known = Organisations::of(&entries);
        assert_eq!(known.identity(&party("name = \"VÄXA\"")), "växa");
    }

    #[test]
    fn a_number_that_several_agreements_have_is_still_that_of_the_name() {
        let one = "name = \"Växa\"\norganisation_number = \"212000-1132\"";
        let entries = [agreement(&[one]), agreement(&[one])];
        assert_eq!(Organisations::of(&entries).identity(&party("name = \"Växa\"")), "2120001132");
    }
}
