//! The schedule as people and programs read it.

mod calendar;
mod json;
pub(super) mod words;

use chrono::NaiveDate;

use super::missing::Missing;
use super::parties::organisation;
use super::sheet::{Audience, Cell, Column, Line, Sheet, Table};
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
    /// What could not be read.
    pub missing: &'a [Missing],
}

/// A date with its agreement.
type Row<'a> = (&'a Schedule<'a>, &'a Deadline<'a>);

impl<'a> ScheduleReport<'a> {
    /// What is shown, by day.
    fn shown(&self) -> Vec<Row<'a>> {
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
        let rows: Vec<Line<Row<'_>>> = self.shown().into_iter().map(Line::Row).collect();
        let mut notes = Vec::new();
        if rows.is_empty() {
            notes.push("Inget infaller under den tiden.".to_owned());
        }
        // Who asks for some kinds of dates alone has not asked for what has none.
        if self.kinds.is_empty() {
            notes.extend(self.gaps());
        }
        notes.extend(self.overdue_before());
        Table { heading: self.heading(), columns: self.columns(), rows, notes }.sheet()
    }

    fn heading(&self) -> String {
        let span = match (self.from, self.until) {
            (Some(from), Some(until)) => format!("{from}–{until}"),
            (Some(from), None) => format!("från {from}"),
            (None, Some(until)) => format!("till {until}"),
            (None, None) => "hela tiden".to_owned(),
        };
        let what = match self.schedules {
            [only] => {
                let agreement = &only.entry.data;
                let (title, with) = (text::capitalised(&agreement.title), organisation(agreement));
                format!("{} · {title} · {with} · {}", only.id, agreement.status.label())
            }
            several => text::count(several.len(), "avtal", "avtal"),
        };
        format!("Schema · {what} · {span} · räknat per {}", self.as_of)
    }

    fn columns(&self) -> Vec<Column<'_, Row<'a>>> {
        let words = Words { register: self.register, templates: self.templates };
        let told = words;
        let as_of = self.as_of;
        let is_one = self.schedules.len() == 1;
        vec![
            Column::<Row<'_>>::new("När", |(_, deadline)| Cell::shown(Some(&deadline.when))).key(),
            Column::<Row<'_>>::new("Dagar kvar", move |(_, deadline)| words::days_left(deadline, as_of)),
            Column::<Row<'_>>::new("Vad", |(_, deadline)| Cell::text(&*deadline.title))
                .key()
                .missing(|missing| Cell::text(&*missing.file)),
            Column::<Row<'_>>::new(
                "Avtal",
                move |(schedule, _)| {
                    if is_one { Cell::Empty } else { Cell::text(named(schedule)) }
                },
            )
            .only(Audience::People),
            Column::<Row<'_>>::new("Organisation", move |(schedule, _)| {
                Cell::text(organisation(&schedule.entry.data))
            })
            .only(if is_one { Audience::Programs } else { Audience::All })
            .yields(2),
            Column::<Row<'_>>::new("Ansvarig", |(schedule, deadline)| {
                Cell::text(words::responsible(deadline, &schedule.entry.data))
            }),
            Column::<Row<'_>>::new("Läge", |(_, deadline)| Cell::text(words::state(deadline)))
                .missing(|_| Cell::text(Missing::STATE)),
            Column::<Row<'_>>::new("Säkerhet", move |(_, deadline)| {
                Cell::text(words.certainty(deadline).label())
            })
            .yields(1),
            Column::<Row<'_>>::new("Helg", |(_, deadline)| Cell::shown(words::day_off(deadline))).yields(3),
            Column::<Row<'_>>::new("Följer av", move |(schedule, deadline)| {
                Cell::text(words.basis(deadline, &schedule.entry.data))
            })
            .yields(3),
            Column::<Row<'_>>::new("Anmärkning", |(_, deadline)| Cell::text(deadline.notes.join(" ")))
                .yields(3)
                .missing(|missing| Cell::text(missing.why())),
            Column::<Row<'_>>::new("Mottagare", |(schedule, deadline)| {
                Cell::shown(words::receiver(deadline, &schedule.entry.data))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Får veta", move |(_, deadline)| Cell::text(told.told(deadline.kind)))
                .yields(3),
            Column::<Row<'_>>::new("Avtal", |(_, deadline)| Cell::text(deadline.agreement))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<Row<'_>>::new("Avtalets status", |(schedule, _)| {
                Cell::text(schedule.entry.data.status.label())
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Tidigast", |(_, deadline)| Cell::shown(words::first(deadline)))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Senast", |(_, deadline)| Cell::shown(deadline.when.last_day()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Klart", |(_, deadline)| {
                Cell::shown(words::done(deadline).and_then(|done| done.date))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Handling", |(_, deadline)| {
                Cell::shown(words::done(deadline).and_then(|done| done.reference))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Slag", |(_, deadline)| Cell::text(deadline.kind.word()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Id", |(_, deadline)| Cell::text(&*deadline.id)).yields(3),
        ]
    }

    /// What has no date, told after the dates.
    fn gaps(&self) -> Vec<String> {
        let of = |schedule: &Schedule<'_>| {
            let gaps = schedule.gaps.iter();
            // That a file cannot be read stands above the dates.
            gaps.filter(|gap| !gap.is_unreadable())
                .map(|gap| format!("{}: {} ({})", schedule.id, gap.text, gap.place.path))
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
