//! The decision on the agreement itself, while it is not decided or where the decision is on record.

use chrono::Days;

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled, When};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::paragraph::Paragraph;
use crate::path;
use crate::records::{DecisionKind, Records};
use crate::register::Entry;
use crate::text;
use crate::vocabulary::Known;

pub(super) fn add(context: &mut Context<'_>) {
    let Some(start) = context.agreement().term.start.known() else { return };
    let is_open = !context.life.standing.is_bound();
    let done = context.records.and_then(decision).filter(|done| done.date <= Some(context.as_of));
    if done.is_none() && !is_open {
        return;
    }
    let days = context.settings.legal_force_days.get();
    let Some(day) = start.checked_sub_days(Days::new(days.into())) else { return };
    let basis = FollowsFrom {
        place: context.place(path!["term", "start"]),
        clause: None,
        reckoning: Some(format!("{} före start, för överklagandetiden", text::days(days))),
        assumed: Some("schedule.legal_force_days"),
    };
    context.add(Draft {
        responsible: context.committee(),
        done,
        ..Draft::new(DeadlineKind::Approval, "Beslut om avtalet".to_owned(), When::Day(day), basis)
    });
}

/// The first decision to enter into an agreement: its approval, or a task to sign it.
pub(super) fn decision(records: &Entry<Records>) -> Option<Fulfilled<'_>> {
    let decisions = records.data.decision.iter();
    let (key, decision) = decisions
        .filter(|(_, one)| matches!(one.kind, DecisionKind::Approval | DecisionKind::Assignment))
        .min_by_key(|(_, one)| one.date)?;
    Some(Fulfilled {
        date: Some(decision.date),
        reference: decision.registry_number.as_deref().or(decision.paragraph.as_ref().map(Paragraph::as_str)),
        place: Place::value(&records.file, path!["decision", key]),
    })
}
