//! The schedule as people and programs read it.

mod calendar;
mod content_lines;
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

/// A date, or what has none.
enum Dated<'a> {
    Date(Box<Deadline<'a>>),
    Gap(Gap, Certainties),
}

/// A date or what has none, with its agreement.
struct Row<'a> {
    id: &'a str,
    entry: &'a Entry<Agreement>,
    dated: Dated<'a>,
}

impl<'a> Row<'a> {
    fn date(&self) -> Option<&Deadline<'a>> {
        match &self.dated {
            Dated::Date(deadline) => Some(deadline),
            Dated::Gap(..) => None,
        }
    }

    fn gap(&self) -> Option<(&Gap, &Certainties)> {
        match &self.dated {
            Dated::Date(_) => None,
            Dated::Gap(gap, certainty) => Some((gap, certainty)),
        }
    }

    /// A cell of what has a date.
    fn cell(&self, cell: impl FnOnce(&Deadline<'a>) -> Cell) -> Cell {
        self.date().map_or(Cell::Empty, cell)
    }
}

/// What is shown of some agreements.
struct Shown<'a, P> {
    /// What a format has made of each date, by day.
    pieces: Vec<P>,
    /// How long each agreement lasts.
    lives: Vec<(&'a str, Life<'a>)>,
    /// What has no date.
    gaps: Vec<Row<'a>>,
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
                let row = |dated| Row { id, entry, dated };
                // Collected, they would keep the room of the dates.
                let mut pieces = Vec::new();
                pieces.extend(shown.filter_map(|deadline| {
                    let day = deadline.when.sorts_at();
                    Some((day, piece(&row(Dated::Date(Box::new(deadline))))?))
                }));
                let gaps = gaps.into_iter().map(|gap| {
                    let certainty = Certainties::of_gap(life.standing, gap.is_unreadable());
                    row(Dated::Gap(gap, certainty))
                });
                let gaps: Vec<Row<'a>> = gaps.collect();
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
        // Who asks for some kinds of dates alone has not asked for what has none, and that a file cannot be read stands above
        // the dates.
        let mut undated = gaps;
        undated.retain(|row| self.kinds.is_empty() && row.gap().is_some_and(|(gap, _)| !gap.is_unreadable()));
        let told = undated.iter().filter_map(|row| Some((row.id, row.gap()?.0)));
        notes.extend(told.map(|(id, gap)| format!("{id}: {} ({})", gap.text, gap.place.path)));
        if overdue_before > 0 {
            let many = text::count(overdue_before, "sak är försenad", "saker är försenade");
            notes.push(format!("{} sedan tidigare: iop followup --overdue.", text::capitalised(&many)));
        }
        let undated = undated.iter().map(|row| SheetRow::of(&columns, row)).collect();
        Sheet::of("Schema", self.heading(), &columns, rows, notes).beside(undated)
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
            Column::<Row<'_>>::new("När", |row| row.cell(words::when)).key(),
            Column::<Row<'_>>::new("Dagar kvar", move |row| row.cell(|date| words::days_left(date, as_of))),
            Column::<Row<'_>>::new("Vad", |row| match &row.dated {
                Dated::Date(date) => Cell::text(&*date.title),
                Dated::Gap(gap, _) => Cell::text(&*gap.text),
            })
            .key()
            .missing(|missing| Cell::text(&*missing.file)),
            Column::<Row<'_>>::new("Avtal", move |row| {
                if is_one { Cell::Empty } else { Cell::text(named(&row.entry.data, row.id)) }
            })
            .only(Audience::People),
            Column::<Row<'_>>::new("Organisation", move |row| Cell::text(organisation(&row.entry.data)))
                .only(if is_one { Audience::Programs } else { Audience::All })
                .yields(2),
            Column::<Row<'_>>::new("Ansvarig", |row| {
                row.cell(|date| Cell::text(words::responsible(date, &row.entry.data)))
            }),
            Column::<Row<'_>>::new("Läge", |row| match row.date() {
                Some(date) => Cell::text(words::state(date)),
                None => Cell::text("kan inte dateras"),
            })
            .missing(|_| Cell::text(Missing::STATE)),
            Column::<Row<'_>>::new("Säkerhet", move |row| match &row.dated {
                Dated::Date(date) => Cell::text(words.certainty(date).label()),
                Dated::Gap(_, certainty) => Cell::text(certainty.label()),
            })
            .yields(1),
            Column::<Row<'_>>::new("Helg", |row| row.cell(|date| Cell::shown(words::day_off(date))))
                .yields(3),
            Column::<Row<'_>>::new("Följer av", move |row| match &row.dated {
                Dated::Date(date) => Cell::text(words.basis(date, &row.entry.data)),
                Dated::Gap(gap, _) => Cell::text(gap.place.path.to_string()),
            })
            .yields(3),
            Column::<Row<'_>>::new("Anmärkning", |row| row.cell(|date| Cell::text(date.notes.join(" "))))
                .yields(3)
                .missing(|missing| Cell::text(missing.why())),
            Column::<Row<'_>>::new("Mottagare", |row| {
                row.cell(|date| Cell::shown(words::receiver(date, &row.entry.data)))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Får veta", move |row| row.cell(|date| Cell::text(told.told(date.kind))))
                .yields(3),
            Column::<Row<'_>>::new("Avtal", |row| Cell::text(row.id))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<Row<'_>>::new("Avtalets status", |row| Cell::text(row.entry.data.status.label()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Tidigast", |row| row.cell(|date| Cell::day(words::first(date))))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Senast", |row| row.cell(|date| Cell::day(date.when.last_day())))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Klart", |row| {
                row.cell(|date| Cell::day(words::done(date).and_then(|done| done.date)))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Handling", |row| {
                row.cell(|date| Cell::shown(words::done(date).and_then(|done| done.reference)))
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Slag", |row| row.cell(|date| Cell::text(date.kind.word())))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Id", |row| row.cell(|date| Cell::text(&*date.id))).yields(3),
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
