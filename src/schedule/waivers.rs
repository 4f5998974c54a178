//! The days on which accepted findings come back.

use super::context::{Context, Draft};
use super::deadline::{Basis, Responsible, When};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::path;

pub(super) fn add(context: &mut Context<'_>) {
    let Some(records) = context.records else { return };
    for (key, waiver) in &records.data.waiver {
        let Some(until) = waiver.until else { continue };
        context.add(Draft {
            kind: DeadlineKind::WaiverExpiry,
            of: Some(key.clone()),
            period: None,
            covers: None,
            title: format!("Undantaget från {} upphör", waiver.code),
            when: When::Day(until),
            responsible: Responsible { party: waiver.by.as_deref(), function: None },
            receiver: None,
            basis: Basis {
                place: Place::value(&records.file, path!["waiver", key, "until"]),
                clause: None,
                reckoning: None,
                assumed: None,
            },
            done: None,
            notes: waiver.reason.iter().map(|reason| format!("Skäl: {reason}")).collect(),
        });
    }
}
