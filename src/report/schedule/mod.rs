//! The schedule as people and programs read it.

mod calendar;
mod json;
pub(super) mod words;

use chrono::NaiveDate;

use super::sheet::{Cell, Column, Row, Sheet};
use crate::agreement::Status;
use crate::deadline_kind::DeadlineKind;
use crate::documents::Templates;
use crate::register::Register;
use crate::schedule::{Deadline, Schedule, State};
use crate::text;

pub(super) use json::{Item, item};
pub(super) use words::Words;

/// The dates of some agreements.
#[derive(Debug)]
pub struct ScheduleReport<'a> {
    /// The register that they are computed from.
    pub register: &'a Register,
    /// Its templates, whose headings name the clauses.
    pub templates: &'a Templates,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The first day that is shown; all where nothing is said.
    pub from: Option<NaiveDate>,
    /// The last day that is shown.
    pub until: Option<NaiveDate>,
    /// The kinds that are shown; those of the register's settings where it is empty.
    pub kinds: &'a [DeadlineKind],
    /// The agreements, in the order of their ids.
    pub schedules: &'a [Schedule<'a>],
}

/// The cells of a row, in the order of [`COLUMNS`].
struct Line {
    id: Cell,
    agreement: Cell,
    named: Cell,
    last: Cell,
    kind: Cell,
    first: Cell,
    when: Cell,
    left: Cell,
    day_off: Cell,
    title: Cell,
    responsible: Cell,
    receiver: Cell,
    told: Cell,
    state: Cell,
    done: Cell,
    reference: Cell,
    basis: Cell,
    notes: Cell,
}

impl Line {
    fn row(self) -> Row {
        let cells = vec![
            self.when,
            self.left,
            self.title,
            self.named,
            self.responsible,
            self.state,
            self.day_off,
            self.basis,
            self.notes,
            self.receiver,
            self.told,
            self.agreement,
            self.first,
            self.last,
            self.done,
            self.reference,
            self.kind,
            self.id,
        ];
        Row { cells, is_sum: false }
    }
}

const COLUMNS: [Column; 18] = [
    Column::new("När"),
    Column::new("Dagar kvar"),
    Column::new("Vad"),
    Column::people("Avtal"),
    Column::new("Ansvarig"),
    Column::new("Läge"),
    Column::new("Helg"),
    Column::new("Följer av"),
    Column::new("Anmärkning"),
    Column::detail("Mottagare"),
    Column::new("Får veta"),
    Column::detail("Avtal"),
    Column::detail("Tidigast"),
    Column::detail("Senast"),
    Column::detail("Klart"),
    Column::detail("Handling"),
    Column::detail("Slag"),
    Column::new("Id"),
];

impl<'a> ScheduleReport<'a> {
    /// What is shown, by day.
    fn shown(&self) -> Vec<(&'a Schedule<'a>, &'a Deadline<'a>)> {
        let all = self.schedules.iter();
        let mut shown: Vec<_> = all
            .flat_map(|schedule| schedule.deadlines.iter().map(move |deadline| (schedule, deadline)))
            .filter(|(_, deadline)| self.shows(deadline))
            .collect();
        // Stable: on the same day the agreements stay in order.
        shown.sort_by_key(|(_, deadline)| deadline.when.sorts_at());
        shown
    }

    fn shows(&self, deadline: &Deadline<'_>) -> bool {
        // A window that is open on any of the days is shown: what can be done then can be done now.
        let last = deadline.when.sorts_at();
        let first = words::first(deadline).unwrap_or(last);
        self.is_wanted(deadline.kind)
            && self.from.is_none_or(|from| from <= last)
            && self.until.is_none_or(|until| first <= until)
    }

    fn is_wanted(&self, kind: DeadlineKind) -> bool {
        if self.kinds.is_empty() { shows(self.register, kind) } else { self.kinds.contains(&kind) }
    }

    /// One sheet for all agreements, by day.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let words = Words { register: self.register, templates: self.templates };
        let rows: Vec<Row> = self
            .shown()
            .into_iter()
            .map(|(schedule, deadline)| self.line(&words, schedule, deadline).row())
            .collect();
        let mut notes = Vec::new();
        if rows.is_empty() {
            notes.push("Inget infaller under den tiden.".to_owned());
        }
        // Who asks for some kinds of dates alone has not asked for what has none.
        if self.kinds.is_empty() {
            notes.extend(self.gaps());
        }
        notes.extend(self.overdue_before());
        Sheet { heading: self.heading(), columns: COLUMNS.to_vec(), rows, notes }
    }

    fn heading(&self) -> String {
        let span = match (self.from, self.until) {
            (Some(from), Some(until)) => format!("{from}–{until}"),
            (Some(from), None) => format!("från {from}"),
            (None, Some(until)) => format!("till {until}"),
            (None, None) => "hela tiden".to_owned(),
        };
        let what = match self.schedules {
            [only] => format!("{} · {}", named(only), text::capitalised(&only.entry.data.title)),
            several => text::count(several.len(), "avtal", "avtal"),
        };
        format!("Schema · {what} · {span} · räknat per {}", self.as_of)
    }

    fn line(&self, words: &Words<'_>, schedule: &Schedule<'_>, deadline: &Deadline<'_>) -> Line {
        let agreement = &schedule.entry.data;
        let done = match &deadline.state {
            State::Done(done) => Some(done),
            _ => None,
        };
        let state = words::state(deadline);
        let left = deadline.days_left(self.as_of).filter(|_| done.is_none());
        Line {
            id: Cell::text(deadline.id.clone()),
            agreement: Cell::text(deadline.agreement),
            named: Cell::text(if self.schedules.len() > 1 { named(schedule) } else { String::new() }),
            last: Cell::text(deadline.when.last_day().map(|last| last.to_string()).unwrap_or_default()),
            kind: Cell::text(deadline.kind.word()),
            first: Cell::text(words::first(deadline).map(|first| first.to_string()).unwrap_or_default()),
            when: Cell::text(deadline.when.to_string()),
            left: left.map_or(Cell::Empty, |days| Cell::Number { before: "", number: days.into() }),
            day_off: Cell::text(words::day_off(deadline).unwrap_or_default()),
            title: Cell::text(deadline.title.clone()),
            responsible: Cell::text(words::responsible(deadline, agreement)),
            receiver: Cell::text(words::receiver(deadline, agreement).unwrap_or_default()),
            told: Cell::text(words.told(deadline.kind)),
            state: Cell::text(state),
            done: Cell::text(
                done.and_then(|done| done.date).map(|date| date.to_string()).unwrap_or_default(),
            ),
            reference: Cell::text(done.and_then(|done| done.reference).unwrap_or_default()),
            basis: Cell::text(words.basis(deadline, agreement)),
            notes: Cell::text(deadline.notes.join(" ")),
        }
    }

    /// What has no date, told after the dates.
    fn gaps(&self) -> Vec<String> {
        let of = |schedule: &Schedule<'_>| {
            let gaps = schedule.gaps.iter();
            gaps.map(|gap| {
                let path = if gap.is_unreadable() { String::new() } else { format!(" ({})", gap.place.path) };
                format!("{}: {}{path}", schedule.id, gap.text)
            })
            .collect::<Vec<_>>()
        };
        self.schedules.iter().flat_map(of).collect()
    }

    /// That there are overdue dates earlier than what is shown.
    fn overdue_before(&self) -> Option<String> {
        let from = self.from?;
        let overdue = self
            .schedules
            .iter()
            .flat_map(|schedule| &schedule.deadlines)
            .filter(|deadline| deadline.state == State::Overdue && deadline.when.sorts_at() < from)
            .filter(|deadline| self.is_wanted(deadline.kind))
            .count();
        (overdue > 0).then(|| {
            let many = text::count(overdue, "sak är försenad", "saker är försenade");
            format!("{} sedan tidigare: iop followup --overdue.", text::capitalised(&many))
        })
    }
}

/// An agreement's id, with its status where it is not decided.
fn named(schedule: &Schedule<'_>) -> String {
    let status = schedule.entry.data.status;
    match status {
        Status::Draft | Status::Proposed => format!("{} ({})", schedule.id, status.label()),
        Status::Decided | Status::Signed | Status::Ended => schedule.id.to_owned(),
    }
}

/// Whether a register shows dates of this kind.
pub(super) fn shows(register: &Register, kind: DeadlineKind) -> bool {
    register.settings.as_ref().is_none_or(|settings| settings.data.schedule.shows(kind))
}

/// The files that the dates of agreements can follow from, besides those that sums rest on.
pub(super) fn meeting_plans(register: &Register) -> Vec<&str> {
    register.meeting_plans.values().map(|plan| &*plan.file).collect()
}
