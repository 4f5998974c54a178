//! The last day to hand in a memo for a decision or an account, computed backwards from a real meeting of the committee.

use chrono::{Days, NaiveDate};

use super::approval::{self, Question};
use super::context::{Context, Draft};
use super::deadline::{Deadline, FollowsFrom, Fulfilled, Responsible, State, When};
use super::footing::Footing;
use crate::agreement::{Memo, Role};
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::meeting_plan::CommitteeMeeting;
use crate::path;
use crate::register::Entry;
use crate::text;
use crate::vocabulary::Known;

/// A meeting that lies longer before the needed day than this, in days, is hardly the last one in time: the plan does not
/// hold the ones after it. Committees meet about once a month.
const REACH: u64 = 62;

/// Unless the plan shows that the next meeting comes within so many days: there is a pause in summer.
const PAUSE: u64 = 100;

const NO_MEETING_IN_TIME: &str = "inget sammanträde i tid i mötesplanen";

/// A meeting with its place in the plan.
struct Planned<'a> {
    file: &'a std::sync::Arc<str>,
    key: &'a str,
    meeting: &'a CommitteeMeeting,
}

pub(super) fn add(context: &mut Context<'_>) {
    let questions = approval::questions(context);
    let decisions: Vec<Target<'_>> = context
        .found()
        .iter()
        .filter(|deadline| decides(context, deadline))
        .filter_map(|deadline| {
            let earliest = match deadline.kind {
                DeadlineKind::Approval | DeadlineKind::Continuation | DeadlineKind::Option => None,
                DeadlineKind::CommitteeAccount => deadline.covers.map(|covers| covers.end),
                _ => return None,
            };
            let is_its = |question: &&Question<'_>| {
                deadline.kind == DeadlineKind::Approval && question.of == deadline.of
            };
            let question = questions.iter().find(is_its);
            Some(Target {
                committee: question.and_then(|question| question.committee),
                memo: question.and_then(|question| question.memo),
                is_asked: question.is_some_and(|question| question.is_asked),
                ..Target::of(deadline, earliest)
            })
        })
        .collect();
    if decisions.is_empty() {
        return;
    }
    let own = meetings(context, context.register.committee_key_of(context.agreement()));
    for target in decisions {
        match target.committee {
            Some(other) => add_memo(context, &meetings(context, Some(other)), target),
            None => add_memo(context, &own, target),
        }
    }
}

/// Whether the public side decides. The use of an option that is the organisation's is none of the committee's.
fn decides(context: &Context<'_>, deadline: &Deadline<'_>) -> bool {
    let party = deadline.responsible.party.and_then(|key| context.agreement().party.get(key));
    deadline.kind != DeadlineKind::Option || party.is_none_or(|party| party.role == Role::Public)
}

/// What the committee is to decide or hear.
struct Target<'a> {
    kind: DeadlineKind,
    of: Option<String>,
    /// Who decides, where that is not the agreement's own committee.
    committee: Option<&'a str>,
    /// The memo about a change, where the file has one.
    memo: Option<&'a Memo>,
    /// Whether somebody has asked for the decision.
    is_asked: bool,
    period: Option<String>,
    title: String,
    /// Not before this day: a year is accounted for once it is over.
    earliest: Option<NaiveDate>,
    latest: NaiveDate,
    place: Place,
    done: Option<Fulfilled<'a>>,
    footing: Footing,
}

impl<'a> Target<'a> {
    fn of(deadline: &Deadline<'a>, earliest: Option<NaiveDate>) -> Self {
        Self {
            kind: deadline.kind,
            of: deadline.of.clone(),
            committee: None,
            memo: None,
            is_asked: false,
            period: deadline.period.clone(),
            title: match deadline.kind {
                DeadlineKind::Option => "beslut om förlängning".to_owned(),
                _ => text::uncapitalised(&deadline.title),
            },
            earliest,
            latest: deadline.when.sorts_at(),
            place: deadline.basis.place.clone(),
            done: match &deadline.state {
                State::Done(done) => Some(done.clone()),
                _ => None,
            },
            footing: Footing { commitment: deadline.commitment, since: deadline.since },
        }
    }

    /// "committee-account.redovisning".
    fn key(&self) -> String {
        match &self.of {
            Some(of) => format!("{}.{of}", self.kind.word()),
            None => self.kind.word().to_owned(),
        }
    }
}

fn add_memo<'a>(context: &mut Context<'a>, meetings: &[Planned<'a>], target: Target<'a>) {
    let key = target.key();
    let own = context.done(DeadlineKind::Memo, Some(&key), target.period.as_deref());
    // A decision shows that there was a memo, and not when it was handed in.
    let done = own.or_else(|| target.done.clone().map(|decided| Fulfilled { date: None, ..decided }));
    let chosen =
        last_in_time(meetings, target.earliest, target.latest).map_err(|reason| told(context, reason));
    let found = chosen.map_or_else(
        |reason| Submission {
            when: When::Unknown { near: target.latest, reason },
            place: target.place.clone(),
            reckoning: None,
            steps: None,
        },
        Submission::of,
    );
    // The memo about a change says only what the agreement's own does not.
    let memos = || target.memo.into_iter().chain([&context.agreement().memo]);
    let handler = memos().find_map(|memo| memo.handler.known()?.title.known());
    let administration = memos().find_map(|memo| memo.administration.known());
    let committees = context.register.settings.as_ref().map(|settings| &settings.data.committee);
    let decides = target.committee.or_else(|| context.register.committee_key_of(context.agreement()));
    let committee = committees.zip(decides).and_then(|(committees, key)| committees.get(key));
    let title = format!("Lämna in skrivelse: {}", target.title);
    let basis = FollowsFrom { place: found.place, clause: None, reckoning: found.reckoning, assumed: None };
    context.add(Draft {
        of: Some(key),
        period: target.period,
        responsible: Responsible {
            party: administration.map(String::as_str),
            function: handler.map(String::as_str),
        },
        receiver: committee.and_then(|committee| committee.name_on(context.as_of)),
        done,
        // Later on it is the decision itself that is late.
        useful_until: Some(target.latest),
        footing: Some(target.footing),
        is_asked: target.is_asked,
        notes: found.steps.into_iter().collect(),
        ..Draft::new(DeadlineKind::Memo, title, found.when, basis)
    });
}

/// When a memo is handed in.
struct Submission {
    when: When,
    place: Place,
    reckoning: Option<String>,
    /// The days that follow, in Swedish.
    steps: Option<String>,
}

impl Submission {
    /// For a meeting of the plan.
    fn of(planned: &Planned<'_>) -> Self {
        let meeting = planned.meeting;
        let step = |name: &str, day: Option<&NaiveDate>| day.map(|day| format!("{name} {day}"));
        let steps = [
            step("beredning", meeting.preparation.known()),
            step("utskick", meeting.dispatch.known()),
            step("sammanträde", Some(&meeting.date)),
        ];
        let steps: Vec<String> = steps.into_iter().flatten().collect();
        let unknown = When::Unknown { near: meeting.date, reason: "manusstopp saknas i mötesplanen" };
        Self {
            when: meeting.manuscript_stop.known().map_or(unknown, |day| When::Day(*day)),
            place: Place::value(planned.file, path!["meeting", planned.key, "manuscript_stop"]),
            reckoning: Some(format!("manusstopp för sammanträdet {}", meeting.date)),
            steps: Some(format!("{}.", text::capitalised(&steps.join(", ")))),
        }
    }
}

/// The last meeting of the committee that can decide something by a day.
pub(super) struct LastMeeting {
    pub(super) date: NaiveDate,
    /// Its day in the plan.
    pub(super) place: Place,
    /// The last day to hand in a memo for it, where the plan says it.
    stop: Option<NaiveDate>,
}

impl LastMeeting {
    /// The days before it, in Swedish.
    pub(super) fn steps(&self, as_of: NaiveDate) -> Vec<String> {
        let passed = |day: NaiveDate| if day < as_of { " har passerat" } else { "" };
        self.stop.map(|day| format!("Manusstopp {day}{}.", passed(day))).into_iter().collect()
    }
}

/// The last meeting by `latest`, or why there is none, in Swedish.
pub(super) fn last_meeting(context: &Context<'_>, latest: NaiveDate) -> Result<LastMeeting, &'static str> {
    let meetings = meetings(context, context.register.committee_key_of(context.agreement()));
    let planned = last_in_time(&meetings, None, latest).map_err(|reason| told(context, reason))?;
    Ok(LastMeeting {
        date: planned.meeting.date,
        place: Place::value(planned.file, path!["meeting", planned.key, "date"]),
        stop: planned.meeting.manuscript_stop.known().copied(),
    })
}

/// What is missing may stand in the plan that cannot be read.
fn told(context: &Context<'_>, reason: &'static str) -> &'static str {
    let is_missing = reason != NO_MEETING_IN_TIME;
    if is_missing && context.register.has_broken_meeting_plan() { "mötesplanen har fel" } else { reason }
}

/// The meetings of a committee, in order.
fn meetings<'a>(context: &Context<'a>, committee: Option<&str>) -> Vec<Planned<'a>> {
    let plans = context.register.meeting_plans.values();
    let own = plans.filter(|plan| Some(plan.data.committee.as_str()) == committee);
    let mut meetings: Vec<Planned<'a>> = own
        .flat_map(|Entry { file, data }| {
            data.meeting.iter().map(move |(key, meeting)| Planned { file, key, meeting })
        })
        .collect();
    meetings.sort_by_key(|planned| planned.meeting.date);
    meetings
}

/// The last meeting that is early enough, or why there is none, in Swedish.
fn last_in_time<'a, 'b>(
    meetings: &'b [Planned<'a>],
    earliest: Option<NaiveDate>,
    latest: NaiveDate,
) -> Result<&'b Planned<'a>, &'static str> {
    if meetings.is_empty() {
        return Err("mötesplan saknas");
    }
    let after = meetings.partition_point(|planned| planned.meeting.date <= latest);
    let next = meetings.get(after).map(|planned| planned.meeting.date);
    let Some(in_time) = after.checked_sub(1).and_then(|before| meetings.get(before)) else {
        return Err("mötesplan saknas för den tiden");
    };
    let until = |days| in_time.meeting.date.checked_add_days(Days::new(days));
    let is_near = until(REACH).is_none_or(|until| latest <= until);
    let is_followed = next.is_some_and(|next| until(PAUSE).is_none_or(|until| next <= until));
    if !is_near && !is_followed {
        return Err("mötesplan saknas för den tiden");
    }
    // What tells of a period is written once it is over.
    let written = in_time.meeting.manuscript_stop.known().copied().unwrap_or(in_time.meeting.date);
    if earliest.is_some_and(|earliest| written <= earliest) {
        return Err(NO_MEETING_IN_TIME);
    }
    Ok(in_time)
}
