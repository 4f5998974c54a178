//! The decisions on the agreement itself and on its extensions and supplements, while they are not decided or where the decision
//! is on record.

use chrono::{Days, NaiveDate};

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled, Responsible, When};
use super::footing::Footing;
use crate::agreement::{Change, Memo, Status, What};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::paragraph::Paragraph;
use crate::path;
use crate::records::{Decision, DecisionKind, Records};
use crate::register::Entry;
use crate::settings::Committee;
use crate::term::{Commitment, Stretch, change_on};
use crate::text;
use crate::vocabulary::Known;

/// What one committee is to decide.
pub(super) struct Question<'a> {
    /// Which decision: nothing for the agreement's own committee on the agreement itself.
    pub(super) of: Option<String>,
    /// The committee, by key, where that is not the agreement's own.
    pub(super) committee: Option<&'a str>,
    /// What the memo about a change tells.
    pub(super) memo: Option<&'a Memo>,
    /// Whether it has been laid before the committee, so that decision and memo are owed before anybody is bound by it.
    pub(super) is_asked: bool,
    title: String,
    /// The first day for which it matters, and where that is told.
    first: NaiveDate,
    path: KeyPath,
    /// How that day is named.
    named: String,
    is_open: bool,
    footing: Footing,
    done: Option<Fulfilled<'a>>,
}

pub(super) fn add(context: &mut Context<'_>) {
    for question in questions(context) {
        add_decision(context, question);
    }
    for change in context.agreement().supplements() {
        let is_open = is_open(context, change_on(change, records(context), context.as_of));
        if is_open && first_day(context, change).is_none() {
            let text = format!(
                "{} är ett förslag, men det framgår inte från vilken dag det ska gälla: beslutet om det har ingen dag.",
                change.named()
            );
            context.gap(change.path(), text);
        }
    }
}

/// All that committees are to decide or have decided, each committee for itself.
pub(super) fn questions<'a>(context: &Context<'a>) -> Vec<Question<'a>> {
    let changes = context.agreement().changes().flat_map(|change| of_change(context, change));
    of_agreement(context).into_iter().chain(changes).collect()
}

fn records<'a>(context: &Context<'a>) -> Option<&'a Records> {
    context.records.map(|records| &*records.data)
}

/// Whether a change still waits for its decision. One of an agreement that is over comes to nothing.
fn is_open(context: &Context<'_>, commitment: Commitment) -> bool {
    !commitment.is_bound() && context.agreement().status != Status::Ended
}

fn committee_by_key<'a>(context: &Context<'a>, key: &str) -> Option<&'a Committee> {
    context.register.settings.as_ref()?.data.committee.get(key)
}

fn of_agreement<'a>(context: &Context<'a>) -> Vec<Question<'a>> {
    let agreement = context.agreement();
    let Some(first) = agreement.term.start.known() else { return Vec::new() };
    let others: Vec<(&str, &str, &Committee)> = agreement
        .also_decides
        .iter()
        .filter_map(|(key, other)| {
            Some((key.as_str(), other.committee.as_str(), committee_by_key(context, &other.committee)?))
        })
        .collect();
    let question = |of: Option<&str>, committee, done| Question {
        of: of.map(str::to_owned),
        committee,
        memo: None,
        is_asked: agreement.status != Status::Draft,
        title: "Beslut om avtalet".to_owned(),
        first: *first,
        path: path!["term", "start"],
        named: "start".to_owned(),
        is_open: !context.life.standing.is_bound(),
        footing: context.ground().whole(),
        done,
    };
    // What another committee has decided is not the decision of this one.
    let is_others = |decision: &Decision| others.iter().any(|(.., other)| other.is_called(&decision.by));
    let own = context.records.and_then(|records| decision_by(records, |one| !is_others(one)));
    let mut all = vec![question(None, None, own)];
    for (key, committee, other) in &others {
        let done = context.records.and_then(|records| decision_by(records, |one| other.is_called(&one.by)));
        all.push(question(Some(key), Some(committee), done));
    }
    all
}

/// Whether nobody has said when it ends.
fn has_no_end(context: &Context<'_>) -> bool {
    context.life.as_agreed.is_empty() && context.agreement().term.last_day().is_none()
}

/// What those who decide on a change are to decide: nothing where it is not known for which day it matters.
fn of_change<'a>(context: &Context<'a>, change: Change<'a>) -> Vec<Question<'a>> {
    let Some(first) = first_day(context, change) else { return Vec::new() };
    let (title, path) = match change.what {
        What::Extension(one) => {
            (format!("Beslut om förlängningen till och med {}", one.until), change.until_path())
        }
        What::Supplement(one) => (format!("Beslut om tillägg nr {}", one.number), change.path()),
        // When an ending must be decided follows from the day for notice.
        What::Ending(_) => return Vec::new(),
    };
    let agreement = context.agreement();
    let commitment = change_on(change, records(context), context.as_of);
    let word = if matches!(change.what, What::Supplement(_)) { "supplement" } else { "extension" };
    let of = format!("{word}.{}", change.key);
    let deciders = change.deciders().into_iter();
    let known =
        deciders.filter(|one| one.committee.is_none_or(|key| committee_by_key(context, key).is_some()));
    known
        .map(|one| Question {
            of: Some(one.key.map_or_else(|| of.clone(), |key| format!("{of}.{key}"))),
            committee: one.committee,
            memo: change.memo(),
            is_asked: change.status() != Some(Status::Draft) && agreement.status != Status::Draft,
            title: title.clone(),
            first,
            path: path.clone(),
            named: first.to_string(),
            is_open: is_open(context, commitment),
            footing: Footing { commitment: commitment.max(context.life.standing), since: None },
            done: one.decision.and_then(|key| named_decision(context.records?, key)),
        })
        .collect()
}

/// Whether somebody is to decide on an extension that reaches beyond an end: that is the decision whether to go on after it.
pub(super) fn is_asked_beyond(context: &Context<'_>, end: NaiveDate) -> bool {
    let is_proposed = |one: &Change<'_>| {
        matches!(one.status(), Some(Status::Draft | Status::Proposed)) && one.until() > Some(end)
    };
    let mut further = context.agreement().extensions().filter(is_proposed);
    let waits = |one: &Question<'_>| {
        one.is_open && one.done.as_ref().is_none_or(|done| done.date > Some(context.as_of))
    };
    further.any(|change| of_change(context, change).iter().any(waits))
}

/// The first day for which a change matters: that of the time or the money that it brings, or the one after the last day that
/// it sets earlier.
fn first_day(context: &Context<'_>, change: Change<'_>) -> Option<NaiveDate> {
    let brings = |stretch: &&Stretch| {
        stretch.rests_on.change(context.agreement()).is_some_and(|one| one.path() == change.path())
    };
    let begins = context.life.stretches.iter().find(brings).and_then(|stretch| stretch.from);
    let after = || change.until()?.succ_opt();
    match change.what {
        // An extension says how long an agreement lasts that has no end.
        What::Extension(_) => begins.or_else(|| after().filter(|_| has_no_end(context))),
        What::Supplement(supplement) => {
            let last = context.life.as_agreed.last().and_then(|stretch| stretch.to);
            let is_earlier = |end: NaiveDate| last.map_or_else(|| has_no_end(context), |last| end < last);
            let time = begins.or_else(|| change.until().filter(|end| is_earlier(*end)).and_then(|_| after()));
            let money = supplement.funding.values().filter_map(|funding| Some(funding.period?.start)).min();
            time.into_iter().chain(money).min()
        }
        What::Ending(_) => None,
    }
}

/// The decision of one committee, where it has decided or nobody has.
fn add_decision<'a>(context: &mut Context<'a>, question: Question<'a>) {
    let done = question.done.filter(|done| done.date <= Some(context.as_of));
    if done.is_none() && !question.is_open {
        return;
    }
    let responsible = match question.committee {
        None => context.committee(),
        Some(key) => {
            let name = committee_by_key(context, key).and_then(|committee| committee.name_on(context.as_of));
            name.map_or_else(|| context.public(), |name| Responsible { party: Some(name), function: None })
        }
    };
    let days = context.settings.legal_force_days.get();
    let Some(day) = question.first.checked_sub_days(Days::new(days.into())) else { return };
    let basis = FollowsFrom {
        place: context.place(question.path),
        clause: None,
        reckoning: Some(format!("{} före {}, för överklagandetiden", text::days(days), question.named)),
        assumed: Some("schedule.legal_force_days"),
    };
    context.add(Draft {
        of: question.of,
        responsible,
        done,
        footing: Some(question.footing),
        is_asked: question.is_asked,
        ..Draft::new(DeadlineKind::Approval, question.title, When::Day(day), basis)
    });
}

/// The first decision to enter into an agreement, its approval or a task to sign it, of those that `is_its`.
fn decision_by(records: &Entry<Records>, is_its: impl Fn(&Decision) -> bool) -> Option<Fulfilled<'_>> {
    let decisions = records.data.decision.iter();
    let (key, _) = decisions
        .filter(|(_, one)| {
            matches!(one.kind, DecisionKind::Approval | DecisionKind::Assignment) && is_its(one)
        })
        .min_by_key(|(_, one)| one.date)?;
    named_decision(records, key)
}

/// The decision of this key.
fn named_decision<'a>(records: &'a Entry<Records>, key: &str) -> Option<Fulfilled<'a>> {
    let decision = records.data.decision.get(key)?;
    Some(Fulfilled {
        date: Some(decision.date),
        reference: decision.registry_number.as_deref().or(decision.paragraph.as_ref().map(Paragraph::as_str)),
        place: Place::value(&records.file, path!["decision", key]),
    })
}
