//! Which party of an agreement is the municipality whose register it is.

use super::Register;
use crate::agreement::{Agreement, Role};
use crate::vocabulary::Known;

impl Register {
    /// Whether the municipality bears what a party, by key, pays: where no party of the agreement is recognised as the
    /// municipality, a public payer is taken for it, so that no money is left out of its sums.
    #[must_use]
    pub fn bears(&self, agreement: &Agreement, payer: &str) -> bool {
        let is_public = || agreement.party.get(payer).is_some_and(|party| party.role == Role::Public);
        self.pays_itself(agreement, payer) || (is_public() && !self.is_recognised(agreement))
    }

    /// Whether a party of the agreement is recognised as the municipality.
    #[must_use]
    pub fn is_recognised(&self, agreement: &Agreement) -> bool {
        agreement.party.keys().any(|key| self.pays_itself(agreement, key))
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
