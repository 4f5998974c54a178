//! What the records hold of the parties having entered into an agreement, whatever its status says.

use chrono::NaiveDate;

use crate::agreement::{Agreement, Role};
use crate::key_path::KeyPath;
use crate::path;
use crate::records::{DecisionKind, Records};
use crate::vocabulary::Known;

/// Approvals and the municipality's signings by a day, each with its key path in the records and in Swedish as it follows
/// "avtalet är". The organisation may sign before the committee decides; the municipality may not.
#[must_use]
pub fn entered(agreement: &Agreement, records: &Records, as_of: NaiveDate) -> Vec<(KeyPath, String)> {
    let approvals = records
        .decision
        .iter()
        .filter(|(_, decision)| decision.kind == DecisionKind::Approval && decision.date <= as_of)
        .map(|(key, decision)| (path!["decision", key], format!("godkänt {}", decision.date)));
    let is_public =
        |party: &String| agreement.party.get(party).is_some_and(|party| party.role == Role::Public);
    let signings = records.signing.iter().filter_map(|(key, signing)| {
        let day = signing.date.known();
        let has_signed = is_public(&signing.party) && day.is_none_or(|day| *day <= as_of);
        let when = day.map(|day| format!(" {day}")).unwrap_or_default();
        has_signed.then(|| (path!["signing", key], format!("undertecknat för kommunen{when}")))
    });
    approvals.chain(signings).collect()
}
