//! Which party of an agreement is the municipality whose register it is.

use super::Register;
use crate::agreement::{Agreement, Role};
use crate::vocabulary::Known;

impl Register {
    /// Whether the municipality bears what a party, by key, pays. So that no money is left out of its sums, a public payer
    /// is taken for it unless the party says that it is somebody else: by a legal person, beside a party that is recognised
    /// as the municipality. One whose name begins as the municipality's is always taken for it.
    #[must_use]
    pub fn bears(&self, agreement: &Agreement, payer: &str) -> bool {
        if self.pays_itself(agreement, payer) {
            return true;
        }
        let is_recognised = || agreement.party.keys().any(|key| self.pays_itself(agreement, key));
        let party = agreement.party.get(payer).filter(|party| party.role == Role::Public);
        party.is_some_and(|party| {
            let is_somebody_else = party.legal_person.known().is_some();
            !is_somebody_else || self.begins_as_its_name(&party.name) || !is_recognised()
        })
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
