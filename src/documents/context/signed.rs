//! When and by which functions an agreement was signed: it is never shown as an original that waits for signatures.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::parties::bound;
use super::words::object;
use crate::agreement::{Agreement, Signatory, Status};
use crate::date;
use crate::records::Records;
use crate::term::{Commitment, Life};
use crate::vocabulary::Known;

/// Who signed for whom and when, where all parties have.
pub(super) fn signed(agreement: &Agreement, records: Option<&Records>, life: &Life<'_>) -> Value {
    let is_signed = matches!(agreement.status, Status::Signed | Status::Ended);
    if !is_signed || life.standing != Commitment::Agreed {
        return Value::from(());
    }
    let parties = agreement.party.iter().map(|(key, party)| {
        let signatories = party.signatory.known().into_iter().flat_map(|all| all.iter());
        let signatories: Value = signatories
            .map(|(signatory_key, signatory)| {
                let on_record = signed_on(records, key, signatory_key).map(date::long);
                signatory_in_words(signatory, on_record)
            })
            .collect();
        object(IndexMap::from([("party", Value::from(bound(party))), ("signatories", signatories)]))
    });
    parties.collect()
}

fn signed_on(records: Option<&Records>, party: &str, signatory: &str) -> Option<NaiveDate> {
    let mut signings = records?.signing.values();
    signings.find(|one| one.party == party && one.signatory == signatory)?.date.known().copied()
}

fn signatory_in_words(signatory: &Signatory, on_record: Option<String>) -> Value {
    let stated = || signatory.date.known().map(|date| date.long());
    let told = |fact: Option<&String>| Value::from(fact.map(String::as_str));
    object(IndexMap::from([
        ("name", told(signatory.name.known())),
        ("title", told(signatory.title.known())),
        ("place", told(signatory.place.known())),
        ("evidence", told(signatory.evidence.known())),
        ("date", Value::from(on_record.or_else(stated))),
    ]))
}
