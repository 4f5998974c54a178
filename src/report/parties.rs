//! What the parties of an agreement are called in figures.

use crate::agreement::{Agreement, Role};
use crate::text;
use crate::vocabulary::Known;

/// The legal person behind a party's key, or the name that the document has, or the key itself.
pub(super) fn called(agreement: &Agreement, key: &str) -> String {
    let party = agreement.party.get(key);
    party.map_or(key, |party| party.legal_person.known().map_or(&*party.name, String::as_str)).to_owned()
}

/// The organisations that the municipality has the agreement with.
pub(super) fn organisation(agreement: &Agreement) -> String {
    let keys = agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety);
    keys.map(|(key, _)| called(agreement, key)).collect::<Vec<_>>().join(", ")
}

/// Who receive a payout: one, or several together, of which the agreement does not say how they divide it; nothing where it
/// names nobody.
pub(super) fn receivers(agreement: &Agreement, keys: &[&str]) -> Option<String> {
    let names: Vec<String> = keys.iter().map(|key| called(agreement, key)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("gemensamt för {}, fördelningen är inte angiven", text::list(several))),
    }
}
