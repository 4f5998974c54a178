//! The decision on the agreement itself, while it is not decided or where the decision is on record.

use chrono::{Days, NaiveDate};

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled, Responsible, When};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::paragraph::Paragraph;
use crate::path;
use crate::records::{Decision, DecisionKind, Records};
use crate::register::Entry;
use crate::settings::Committee;
use crate::text;
use crate::vocabulary::Known;

pub(super) fn add(context: &mut Context<'_>) {
    let Some(start) = context.agreement().term.start.known() else { return };
    let committees = context.register.settings.as_ref().map(|settings| &settings.data.committee);
    let others: Vec<(&str, &Committee)> = context
        .agreement()
        .also_decides
        .iter()
        .filter_map(|(key, other)| Some((key.as_str(), committees?.get(other.committee.as_str())?)))
        .collect();
    // What another committee has decided is not the decision of this one.
    let is_others = |decision: &Decision| others.iter().any(|(_, other)| other.is_called(&decision.by));
    let own = context.records.and_then(|records| decision_by(records, |one| !is_others(one)));
    let responsible = context.committee();
    add_decision(context, *start, None, responsible, own);
    for (key, other) in &others {
        let done = context.records.and_then(|records| decision_by(records, |one| other.is_called(&one.by)));
        let name = other.name_on(context.as_of);
        let responsible =
            name.map_or_else(|| context.public(), |name| Responsible { party: Some(name), function: None });
        add_decision(context, *start, Some(key), responsible, done);
    }
}

/// The decision of one committee, where it has decided or nobody has.
fn add_decision<'a>(
    context: &mut Context<'a>,
    start: NaiveDate,
    of: Option<&str>,
    responsible: Responsible<'a>,
    done: Option<Fulfilled<'a>>,
) {
    let is_open = !context.life.standing.is_bound();
    let done = done.filter(|done| done.date <= Some(context.as_of));
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
        of: of.map(str::to_owned),
        responsible,
        done,
        ..Draft::new(DeadlineKind::Approval, "Beslut om avtalet".to_owned(), When::Day(day), basis)
    });
}

/// The first decision to enter into an agreement, its approval or a task to sign it, of those that `is_its`.
fn decision_by(records: &Entry<Records>, is_its: impl Fn(&Decision) -> bool) -> Option<Fulfilled<'_>> {
    let decisions = records.data.decision.iter();
    let (key, decision) = decisions
        .filter(|(_, one)| {
            matches!(one.kind, DecisionKind::Approval | DecisionKind::Assignment) && is_its(one)
        })
        .min_by_key(|(_, one)| one.date)?;
    Some(Fulfilled {
        date: Some(decision.date),
        reference: decision.registry_number.as_deref().or(decision.paragraph.as_ref().map(Paragraph::as_str)),
        place: Place::value(&records.file, path!["decision", key]),
    })
}
