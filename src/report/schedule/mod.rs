//! The schedule as people and programs read it.

mod calendar;
mod json;
pub(super) mod words;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::certainty::Certainties;
use super::missing::Missing;
use super::parties::organisation;
use super::sheet::{Audience, Cell, Column, Sheet, SheetRow};
use crate::agreement::{Agreement, Status};
use crate::deadline_kind::DeadlineKind;
use crate::documents::Templates;
use crate::register::{Entry, Register};
use crate::schedule::{Deadline, Gap, Schedule, Scheduler, State};
use crate::term::Life;
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
    /// Computes their dates.
    pub scheduler: Scheduler<'a>,
    /// The agreements by id, in the order of their ids.
    pub agreements: &'a [(&'a str, &'a Entry<Agreement>)],
    /// What could not be read.
    pub missing: &'a [Missing],
}

/// A date with its agreement.
struct Row<'a> {
    entry: &'a Entry<Agreement>,
    deadline: Deadline<'a>,
}

/// What has no date, with its agreement.
struct GapRow<'a> {
    id: &'a str,
    entry: &'a Entry<Agreement>,
    gap: Gap,
    certainty: Certainties,
}

/// What is shown of some agreements.
struct Shown<'a, P> {
    /// What a format has made of each date, by day.
    pieces: Vec<P>,
    /// How long each agreement lasts.
    lives: Vec<(&'a str, Life<'a>)>,
    /// What has no date.
    gaps: Vec<GapRow<'a>>,
    /// How many dates that are not shown lie before the others and are overdue.
    overdue_before: usize,
}

impl<'a> ScheduleReport<'a> {
    /// What is shown, as `piece` makes it. All dates of a large register would take more room than all else, so each
    /// agreement's are gone before the next one's are computed.
    fn shown<P: Send>(&self, piece: impl Fn(&Row<'a>) -> Option<P> + Sync) -> Shown<'a, P> {
        let of_each: Vec<_> = self
            .agreements
            .par_iter()
            .map(|(id, entry)| {
                let Schedule { life, deadlines, gaps, .. } = self.scheduler.schedule(id, entry);
                let overdue = deadlines.iter().filter(|deadline| self.is_overdue_before(deadline)).count();
                let shown = deadlines.into_iter().filter(|deadline| self.shows(deadline));
                // Collected, they would keep the room of the dates.
                let mut pieces = Vec::new();
                pieces.extend(shown.filter_map(|deadline| {
                    let day = deadline.when.sorts_at();
                    Some((day, piece(&Row { entry, deadline })?))
                }));
                let gaps = gaps.into_iter().map(|gap| {
                    let certainty = Certainties::of_gap(life.standing, gap.is_unreadable());
                    GapRow { id, entry, gap, certainty }
                });
                let gaps: Vec<GapRow<'a>> = gaps.collect();
                (pieces, (*id, life), gaps, overdue)
            })
            .collect();
        let mut pieces = Vec::with_capacity(of_each.iter().map(|(pieces, ..)| pieces.len()).sum());
        let mut shown = Shown { pieces: Vec::new(), lives: Vec::new(), gaps: Vec::new(), overdue_before: 0 };
        for (own, life, gaps, overdue) in of_each {
            pieces.extend(own);
            shown.gaps.extend(gaps);
            shown.lives.push(life);
            shown.overdue_before += overdue;
        }
        // Stable: on the same day the agreements stay in order.
        pieces.sort_by_key(|(day, _)| *day);
        shown.pieces = pieces.into_iter().map(|(_, piece)| piece).collect();
        shown
    }

    fn is_overdue_before(&self, deadline: &Deadline<'_>) -> bool {
        deadline.state == State::Overdue
            && self.from.is_some_and(|from| deadline.when.sorts_at() < from)
            && self.is_wanted(deadline.kind)
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
        let columns = self.columns();
        let Shown { pieces: rows, gaps, overdue_before, .. } =
            self.shown(|row| Some(SheetRow::of(&columns, row)));
        let mut notes = Vec::new();
        if rows.is_empty() {
            notes.push("Inget infaller under den tiden.".to_owned());
        }
        // Who asks for some kinds of dates alone has not asked for what has none.
        if self.kinds.is_empty() {
            // That a file cannot be read stands above the dates.
            let told = gaps.iter().filter(|row| !row.gap.is_unreadable());
            notes.extend(
                told.map(|GapRow { id, gap, .. }| format!("{id}: {} ({})", gap.text, gap.place.path)),
            );
        }
        if overdue_before > 0 {
            let many = text::count(overdue_before, "sak är försenad", "saker är försenade");
            notes.push(format!("{} sedan tidigare: iop followup --overdue.", text::capitalised(&many)));
        }
        Sheet::of(self.heading(), &columns, rows, notes)
    }

    fn heading(&self) -> String {
        let span = match (self.from, self.until) {
            (Some(from), Some(until)) => format!("{from}–{until}"),
            (Some(from), None) => format!("från {from}"),
            (None, Some(until)) => format!("till {until}"),
            (None, None) => "hela tiden".to_owned(),
        };
        let what = match self.agreements {
            [(id, entry)] => {
                let agreement = &entry.data;
                let (title, with) = (text::capitalised(&agreement.title), organisation(agreement));
                format!("{id} · {title} · {with} · {}", agreement.status.label())
            }
            several => text::count(several.len(), "avtal", "avtal"),
        };
        format!("Schema · {what} · {span} · räknat per {}", self.as_of)
    }

    fn columns(&self) -> Vec<Column<'_, Row<'a>>> {
        let words = Words { register: self.register, templates: self.templates };
        let told = words;
        let as_of = self.as_of;
        let is_one = self.agreements.len() == 1;
        vec![
            Column::<Row<'_>>::new("När", |row| Cell::shown(Some(&row.deadline.when))).key(),
            Column::<Row<'_>>::new("Dagar kvar", move |row| words::days_left(&row.deadline, as_of)),
            Column::<Row<'_>>::new("Vad", |row| Cell::text(&*row.deadline.title))
                .key()
                .missing(|missing| Cell::text(&*missing.file)),
            Column::<Row<'_>>::new("Avtal", move |row| {
                if is_one { Cell::Empty } else { Cell::text(named(&row.entry.data, row.deadline.agreement)) }
            })
            .only(Audience::People),
            Column::<Row<'_>>::new("Organisation", move |row| Cell::text(organisation(&row.entry.data)))
                .only(if is_one { Audience::Programs } else { Audience::All })
                .yields(2),
            Column::<Row<'_>>::new("Ansvarig", |row| {
                Cell::text(words::responsible(&row.deadline, &row.entry.data))
            }),
            Column::<Row<'_>>::new("Läge", |row| Cell::text(words::state(&row.deadline)))
                .missing(|_| Cell::text(Missing::STATE)),
            Column::<Row<'_>>::new("Säkerhet", move |row| {
                Cell::text(words.certainty(&row.deadline).label())
            })
            .yields(1),
            Column::<Row<'_>>::new("Helg", |row| Cell::shown(words::day_off(&row.deadline))).yields(3),
            Column::<Row<'_>>::new("Följer av", move |row| {
                Cell::text(words.basis(&row.deadline, &row.entry.data))
            })
            .yields(3),
            Column::<Row<'_>>::new("Anmärkning", |row| Cell::text(row.deadline.notes.join(" ")))
                .yields(3)
                .missing(|missing| Cell::text(missing.why())),
            Column::<Row<'_>>::new("Mottagare", |row| {
                Cell::shown(words::receiver(&row.deadline, &row.entry.data))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Får veta", move |row| Cell::text(told.told(row.deadline.kind))).yields(3),
            Column::<Row<'_>>::new("Avtal", |row| Cell::text(row.deadline.agreement))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<Row<'_>>::new("Avtalets status", |row| Cell::text(row.entry.data.status.label()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Tidigast", |row| Cell::shown(words::first(&row.deadline)))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Senast", |row| Cell::shown(row.deadline.when.last_day()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Klart", |row| {
                Cell::shown(words::done(&row.deadline).and_then(|done| done.date))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Handling", |row| {
                Cell::shown(words::done(&row.deadline).and_then(|done| done.reference))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Slag", |row| Cell::text(row.deadline.kind.word()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Id", |row| Cell::text(&*row.deadline.id)).yields(3),
        ]
    }
}

/// A text in no more room than it has: one that has been put together has up to twice of it, and there are many.
fn exact(text: &str) -> Box<str> {
    text.into()
}

/// An agreement's id, with its status where it is not decided.
fn named(agreement: &Agreement, id: &str) -> String {
    match agreement.status {
        status @ (Status::Draft | Status::Proposed) => format!("{id} ({})", status.label()),
        Status::Decided | Status::Signed | Status::Ended => id.to_owned(),
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
