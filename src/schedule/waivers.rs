//! The days on which accepted findings come back.

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Responsible, When};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::path;

pub(super) fn add(context: &mut Context<'_>) {
    let Some(records) = context.records else { return };
    for (key, waiver) in &records.data.waiver {
        let Some(until) = waiver.until else { continue };
        let title = format!("Undantaget från {} upphör", waiver.code);
        let place = Place::value(&records.file, path!["waiver", key, "until"]);
        let basis = FollowsFrom { place, clause: None, reckoning: None, assumed: None };
        context.add(Draft {
            of: Some(key.clone()),
            responsible: Responsible { party: waiver.by.as_deref(), function: None },
            notes: waiver.reason.iter().map(|reason| format!("Skäl: {reason}")).collect(),
            ..Draft::new(DeadlineKind::WaiverExpiry, title, When::Day(until), basis)
        });
    }
}
