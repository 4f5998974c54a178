//! Which party of an agreement is the municipality whose register it is.

use super::Register;
use crate::agreement::Agreement;
use crate::vocabulary::Known;

impl Register {
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
