//! Which party of an agreement is the municipality whose register it is.

use super::Register;
use crate::agreement::{Agreement, LegalForm, Party, Role};
use crate::vocabulary::Known;

impl Register {
    /// Whether the municipality bears what a party, by key, pays. So that no money is left out of its sums, a public payer
    /// is taken for it unless the party says that it is somebody else: by a legal person, beside a party that is recognised
    /// as the municipality. One whose name begins as the municipality's, or calls it a municipality in other words, is always
    /// taken for it.
    #[must_use]
    pub fn bears(&self, agreement: &Agreement, payer: &str) -> bool {
        if self.pays_itself(agreement, payer) {
            return true;
        }
        let is_recognised = || agreement.party.keys().any(|key| self.pays_itself(agreement, key));
        let party = agreement.party.get(payer).filter(|party| party.role == Role::Public);
        party.is_some_and(|party| {
            let is_somebody_else = party.legal_person.known().is_some();
            !is_somebody_else
                || self.begins_as_its_name(&party.name)
                || self.is_called_otherwise(party)
                || !is_recognised()
        })
    }

    /// Whether a party's names hold the place that the municipality is named after: "Kommunen i Ådala", "Ådala stads bolag".
    #[must_use]
    pub fn is_named_after_its_place(&self, party: &Party) -> bool {
        let Some(own) = self.settings.as_ref().map(|settings| settings.data.municipality.name.as_str())
        else {
            return false;
        };
        let place: Vec<String> = words(own).filter(|word| !is_municipality(word)).collect();
        let holds = |name: &str| {
            let all: Vec<String> = words(name).collect();
            place.iter().all(|word| all.contains(word))
        };
        !place.is_empty() && names(party).any(holds)
    }

    /// Whether it is the municipality of the same place under another name: "Kommunen i Ådala", "Ådala stad".
    fn is_called_otherwise(&self, party: &Party) -> bool {
        let is_municipality = match party.form.known() {
            Some(LegalForm::Municipality) => true,
            Some(LegalForm::Region) | None => calls_a_municipality(party),
            Some(_) => false,
        };
        is_municipality && self.is_named_after_its_place(party)
    }

    /// Whether a name is the municipality's with more words after it: "Ådala kommun, kulturförvaltningen".
    fn begins_as_its_name(&self, name: &str) -> bool {
        let own = self.settings.as_ref().map(|settings| settings.data.municipality.name.as_str());
        let more = own.and_then(|own| name.strip_prefix(own));
        more.is_some_and(|more| more.starts_with(|next: char| !next.is_alphanumeric()))
    }

    /// Whether a party, by key, is the municipality whose register it is, under its own name or one of its committees'.
    #[must_use]
    pub fn pays_itself(&self, agreement: &Agreement, payer: &str) -> bool {
        let municipality = self.settings.as_ref().map(|settings| settings.data.municipality.name.as_str());
        agreement.party.get(payer).is_some_and(|party| {
            Some(party.name.as_str()) == municipality
                || party.legal_person.known().map(String::as_str) == municipality
        })
    }
}

/// Whether a party's names say that it is a municipality, whichever: "Provs kommun", "Provs stad".
#[must_use]
pub fn calls_a_municipality(party: &Party) -> bool {
    names(party).any(|name| words(name).any(|word| is_municipality(&word)))
}

/// What a party is called.
fn names(party: &Party) -> impl Iterator<Item = &str> {
    std::iter::once(party.name.as_str()).chain(party.legal_person.known().map(String::as_str))
}

/// The words of a name in small letters, without the ending of a genitive.
fn words(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| {
        let word = word.to_lowercase();
        word.strip_suffix('s').filter(|rest| rest.chars().count() > 2).map(str::to_owned).unwrap_or(word)
    })
}

/// Whether a word of a name says that it is a municipality.
fn is_municipality(word: &str) -> bool {
    ["kommun", "kommunen", "stad", "staden"].contains(&word)
}
