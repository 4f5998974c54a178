//! What falls due as the subject of documents: a meeting of a steering group, or a duty and the period that it is for.

use chrono::NaiveDate;
use minijinja::Value;

use super::topic::Topic;
use crate::agreement::Agreement;
use crate::deadline_kind::DeadlineKind;
use crate::documents::kind::SubjectKind;
use crate::register::{Entry, Register};
use crate::schedule::{Deadline, State, When};

/// A date of an agreement's schedule.
#[derive(Debug, Clone, Copy)]
pub struct Dated<'a> {
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// The date.
    pub deadline: &'a Deadline<'a>,
}

/// What a document about a date of this kind is about: the meeting that calls, papers and notes belong to, the duty, or what the
/// committee decides on. Nothing for a date that is nobody's paper.
#[must_use]
pub fn about(kind: DeadlineKind) -> Option<SubjectKind> {
    Some(match kind {
        DeadlineKind::SteeringMeeting
        | DeadlineKind::SteeringCall
        | DeadlineKind::SteeringPapers
        | DeadlineKind::SteeringNotes => SubjectKind::Meeting,
        DeadlineKind::ActivityReport
        | DeadlineKind::YearlyReport
        | DeadlineKind::CommitteeAccount
        | DeadlineKind::AnnualAccounts
        | DeadlineKind::Statistics
        | DeadlineKind::Workshop
        | DeadlineKind::MidTermReview
        | DeadlineKind::FinalEvaluation
        | DeadlineKind::FollowUp => SubjectKind::Duty,
        DeadlineKind::Approval | DeadlineKind::Memo => SubjectKind::Agreement,
        DeadlineKind::Review
        | DeadlineKind::Continuation
        | DeadlineKind::Option
        | DeadlineKind::Notice
        | DeadlineKind::NoticeDecision
        | DeadlineKind::TermEnd => SubjectKind::Change,
        DeadlineKind::Payout | DeadlineKind::IndexValue | DeadlineKind::WaiverExpiry => return None,
    })
}

impl<'a> Topic<'a> for Dated<'a> {
    fn kind(&self) -> SubjectKind {
        about(self.deadline.kind).unwrap_or(SubjectKind::Duty)
    }

    fn entry(&self) -> Option<&'a Entry<Agreement>> {
        Some(self.entry)
    }

    fn title(&self, _: &Register) -> String {
        let Deadline { title, period, .. } = self.deadline;
        let period = period.as_ref().map(|period| format!(", {period}")).unwrap_or_default();
        format!("{title}{period}, {}", self.entry.data.title)
    }

    fn part(&self) -> Option<String> {
        let Deadline { of, period, kind, .. } = self.deadline;
        let parts = [of.as_deref().or(Some(kind.word())), period.as_deref()];
        Some(parts.into_iter().flatten().map(super::in_file_name).collect::<Vec<_>>().join("-"))
    }

    fn context(&self, _: &Register, _: NaiveDate) -> Vec<(&'static str, Value)> {
        let name = if self.kind() == SubjectKind::Meeting { "meeting" } else { "duty" };
        vec![(name, self.shown())]
    }
}

impl Dated<'_> {
    /// What templates see of it.
    fn shown(&self) -> Value {
        let deadline = self.deadline;
        let agreement = &self.entry.data;
        let (first, last) = match &deadline.when {
            When::Day(day) => (Some(*day), Some(*day)),
            When::Window(period) => (Some(period.start), Some(period.end)),
            When::Unknown { .. } => (None, None),
        };
        let text = |text: Option<&str>| Value::from(text);
        let called = |key: &str| agreement.party.get(key).map_or(key, |party| party.called()).to_owned();
        Value::from_pairs([
            ("id", Value::from(deadline.id.as_str())),
            ("kind", Value::from(deadline.kind.label())),
            ("title", Value::from(deadline.title.as_str())),
            ("of", text(deadline.of.as_deref())),
            ("period", text(deadline.period.as_deref())),
            (
                "covers",
                Value::from(deadline.covers.map(|covers| {
                    Value::from_pairs([("first", covers.start.to_string()), ("last", covers.end.to_string())])
                })),
            ),
            ("first", Value::from(first.map(|day| day.to_string()))),
            ("last", Value::from(last.map(|day| day.to_string()))),
            ("when", Value::from(deadline.when.to_string())),
            ("responsible", Value::from(deadline.responsible.text(agreement))),
            ("receiver", Value::from(deadline.receiver.map(called))),
            ("is_done", Value::from(matches!(deadline.state, State::Done(_)))),
        ])
    }
}
