//! What has been done, what is due and what is overdue, per agreement and responsible.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use super::evidence::Evidence;
use super::missing::{Missing, sum_title};
use super::parties::organisation;
use super::schedule::{Item, Words, item, meeting_plans, shows, words};
use super::sheet::{Audience, Cell, Column, Line, Sheet, Table};
use crate::agreement::Agreement;
use crate::documents::Templates;
use crate::register::{Entry, Register};
use crate::schedule::{Deadline, Schedule, Scheduler, State};
use crate::text;

/// Which duties are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// What is due or overdue.
    Now,
    /// What is done as well.
    Done,
    /// What is overdue, or may be.
    Overdue,
    /// All of it, with what lies further ahead.
    All,
}

/// The duties of some agreements.
#[derive(Debug)]
pub struct FollowUpReport<'a> {
    /// The register that they are computed from.
    pub register: &'a Register,
    /// Its templates, whose headings name the clauses.
    pub templates: &'a Templates,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// Which of them are shown.
    pub selection: Selection,
    /// What computes the duties of an agreement.
    pub scheduler: Scheduler<'a>,
    /// The agreements with their ids, in the order of these.
    pub agreements: &'a [(&'a str, &'a Entry<Agreement>)],
    /// What could not be read.
    pub missing: &'a [Missing],
}

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    missing: &'a [Missing],
    summary: Tally,
    /// Put in afterwards: made into text one by one they take less room.
    agreements: [AgreementItem<'a>; 0],
}

#[derive(Serialize)]
struct AgreementItem<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    organisation: String,
    summary: Tally,
    duties: Vec<Item<'a>>,
}

/// How many duties have come how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Done.
    pub done: usize,
    /// Overdue.
    pub overdue: usize,
    /// Past their last day, and nobody can tell whether they have been done.
    pub unknown: usize,
    /// Due.
    pub due: usize,
    /// Ahead.
    pub coming: usize,
}

impl Tally {
    fn count(&mut self, state: &State<'_>) {
        match state {
            State::Done(_) => self.done += 1,
            State::Overdue => self.overdue += 1,
            State::Unknown => self.unknown += 1,
            State::Due => self.due += 1,
            State::Coming => self.coming += 1,
            State::Passed => {}
        }
    }

    fn of<'a>(deadlines: impl Iterator<Item = &'a Deadline<'a>>) -> Self {
        let mut tally = Self::default();
        deadlines.for_each(|deadline| tally.count(&deadline.state));
        tally
    }

    fn and(self, other: Self) -> Self {
        Self {
            done: self.done + other.done,
            overdue: self.overdue + other.overdue,
            unknown: self.unknown + other.unknown,
            due: self.due + other.due,
            coming: self.coming + other.coming,
        }
    }
}

/// A duty with its agreement and who sees to it.
struct Row<'a, 'b> {
    schedule: &'b Schedule<'a>,
    deadline: &'b Deadline<'a>,
    responsible: String,
    /// Whether the row above has the same responsible.
    is_again: bool,
}

/// How far the duties of one responsible have come.
struct Count<'a> {
    id: &'a str,
    status: &'static str,
    organisation: String,
    name: String,
    /// Whether the row above is of the same agreement.
    is_again: bool,
    tally: Tally,
}

impl<'a> FollowUpReport<'a> {
    /// How far all duties have come, whatever is shown, and what `piece` makes of each agreement's. All duties of a large
    /// register would take more room than all else, so each agreement's are gone before the next one's are computed.
    fn of_each<P: Send>(&self, piece: impl Fn(&Schedule<'a>, Tally) -> P + Sync) -> (Tally, Vec<P>) {
        let of_each = self.agreements.par_iter().map(|(id, entry)| {
            let schedule = self.scheduler.schedule(id, entry);
            let tally = Tally::of(self.duties(&schedule));
            (tally, piece(&schedule, tally))
        });
        let (tallies, pieces): (Vec<Tally>, Vec<P>) = of_each.unzip();
        (tallies.into_iter().fold(Tally::default(), Tally::and), pieces)
    }

    /// All that somebody must do, whether shown or not.
    fn duties<'b>(&self, schedule: &'b Schedule<'a>) -> impl Iterator<Item = &'b Deadline<'a>> {
        let register = self.register;
        schedule
            .deadlines
            .iter()
            .filter(move |deadline| deadline.kind.nature().is_duty && shows(register, deadline.kind))
            .filter(|deadline| deadline.state != State::Passed)
    }

    fn selects(&self, deadline: &Deadline<'_>) -> bool {
        match self.selection {
            Selection::All => true,
            Selection::Done => deadline.state != State::Coming,
            Selection::Now => !matches!(deadline.state, State::Coming | State::Done(_)),
            // What may be overdue is not left out.
            Selection::Overdue => matches!(deadline.state, State::Overdue | State::Unknown),
        }
    }

    /// A sheet for each agreement that has something to show, and one that counts; with how far all duties have come,
    /// whatever is shown.
    #[must_use]
    pub fn sheets(&self) -> (Vec<Sheet>, Tally) {
        let (tally, of_each) =
            self.of_each(|schedule, _| (self.sheet(schedule), self.counts(schedule), hidden(schedule)));
        let (mut sheets, mut counts, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for (sheet, own, hidden) in of_each {
            sheets.extend(sheet);
            counts.extend(own);
            notes.extend(hidden);
        }
        if sheets.is_empty() {
            // A file without rows still has its columns, and what it lacks.
            sheets.push(self.table(String::new(), Vec::new()));
        }
        sheets.push(self.totals(counts, notes, tally));
        (sheets, tally)
    }

    fn sheet(&self, schedule: &Schedule<'a>) -> Option<Sheet> {
        let agreement = &*schedule.entry.data;
        let mut rows: Vec<Row<'a, '_>> = self
            .duties(schedule)
            .filter(|deadline| self.selects(deadline))
            .map(|deadline| Row {
                schedule,
                deadline,
                responsible: words::responsible(deadline, agreement),
                is_again: false,
            })
            .collect();
        // Stable: each responsible has her own in the order of time.
        rows.sort_by(|one, other| one.responsible.cmp(&other.responsible));
        let mut before = String::new();
        for row in &mut rows {
            row.is_again = row.responsible == before;
            before.clone_from(&row.responsible);
        }
        let heading = format!(
            "{} · {} · {} · {}",
            schedule.id,
            text::capitalised(&agreement.title),
            organisation(agreement),
            agreement.status.label()
        );
        (!rows.is_empty()).then(|| self.table(heading, rows))
    }

    fn table(&self, heading: String, rows: Vec<Row<'a, '_>>) -> Sheet {
        let words = Words { register: self.register, templates: self.templates };
        let as_of = self.as_of;
        let columns = vec![
            Column::<Row<'a, '_>>::new("Avtal", |row| Cell::text(row.schedule.id))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<Row<'a, '_>>::new("Avtalets status", |row| {
                Cell::text(row.schedule.entry.data.status.label())
            })
            .only(Audience::Programs),
            Column::<Row<'a, '_>>::new("Organisation", |row| {
                Cell::text(organisation(&row.schedule.entry.data))
            })
            .only(Audience::Programs),
            Column::<Row<'a, '_>>::new("Ansvarig", |row| {
                let name = row.responsible.clone();
                if row.is_again { Cell::Again(name.into()) } else { Cell::text(name) }
            }),
            Column::<Row<'a, '_>>::new("Vad", |row| Cell::text(&*row.deadline.title))
                .key()
                .missing(|missing| Cell::text(&*missing.file)),
            Column::<Row<'a, '_>>::new("När", |row| words::when(row.deadline)),
            Column::<Row<'a, '_>>::new("Läge", |row| {
                let is_late = row.deadline.is_late();
                Cell::text(if is_late { "klart, för sent" } else { row.deadline.state.label() })
            })
            .missing(|_| Cell::text(Missing::STATE)),
            Column::<Row<'a, '_>>::new("Dagar kvar", move |row| words::days_left(row.deadline, as_of)),
            Column::<Row<'a, '_>>::new("Säkerhet", move |row| {
                Cell::text(words.certainty(row.deadline).label())
            })
            .yields(1),
            Column::<Row<'a, '_>>::new("Klart", |row| {
                Cell::day(words::done(row.deadline).and_then(|done| done.date))
            })
            .whole(),
            Column::<Row<'a, '_>>::new("Handling", |row| {
                Cell::shown(words::done(row.deadline).and_then(|done| done.reference))
            })
            .yields(2),
            Column::<Row<'a, '_>>::new("Följer av", move |row| {
                Cell::text(words.basis(row.deadline, &row.schedule.entry.data))
            })
            .yields(3),
            Column::<Row<'a, '_>>::new("Anmärkning", |row| Cell::text(row.deadline.notes.join(" ")))
                .yields(3)
                .missing(|missing| Cell::text(missing.why())),
            Column::<Row<'a, '_>>::new("Slag", |row| Cell::text(row.deadline.kind.word()))
                .only(Audience::Programs),
            Column::<Row<'a, '_>>::new("Id", |row| Cell::text(&*row.deadline.id)).yields(3),
        ];
        Table {
            name: "Uppföljning",
            heading,
            columns,
            rows: rows.into_iter().map(Line::Row).collect(),
            notes: Vec::new(),
        }
        .sheet()
    }

    /// How many of an agreement's duties have come how far, by responsible.
    fn counts(&self, schedule: &Schedule<'a>) -> Vec<Count<'a>> {
        let agreement = &*schedule.entry.data;
        let mut by_name: BTreeMap<String, Tally> = BTreeMap::new();
        for deadline in self.duties(schedule) {
            let name = words::responsible(deadline, agreement);
            by_name.entry(name).or_default().count(&deadline.state);
        }
        let counts = by_name.into_iter().enumerate().map(|(position, (name, tally))| Count {
            id: schedule.id,
            status: agreement.status.label(),
            organisation: organisation(agreement),
            name,
            is_again: position > 0,
            tally,
        });
        counts.collect()
    }

    /// How many have come how far, by agreement and responsible.
    fn totals(&self, counts: Vec<Count<'_>>, hidden: Vec<String>, tally: Tally) -> Sheet {
        let sum = sum_title(self.missing);
        let mut counts: Vec<Count<'_>> = counts;
        if counts.len() > 1 {
            counts.push(Count {
                id: &sum,
                status: "",
                organisation: String::new(),
                name: String::new(),
                is_again: false,
                tally,
            });
        }
        let once = |count: &Count<'_>, text: &str| {
            if count.is_again { Cell::Again(text.into()) } else { Cell::text(text) }
        };
        let number = |count: usize| if count == 0 { Cell::Empty } else { Cell::number(count) };
        let mut notes =
            if counts.is_empty() { vec!["Det finns inget att följa upp.".to_owned()] } else { Vec::new() };
        if self.selection == Selection::Now && tally.done > 0 {
            notes.push("Det som är klart visas med --done.".to_owned());
        }
        notes.extend(hidden);
        Table {
            name: "Sammanställning",
            heading: format!("Uppföljning per {}", self.as_of),
            columns: vec![
                Column::<Count<'_>>::new("Avtal", |count| once(count, count.id)).key(),
                Column::<Count<'_>>::new("Status", |count| once(count, count.status)),
                Column::<Count<'_>>::new("Organisation", |count| once(count, &count.organisation)).yields(3),
                Column::<Count<'_>>::new("Ansvarig", |count| Cell::text(&*count.name)),
                Column::<Count<'_>>::new("Klart", |count| number(count.tally.done)),
                Column::<Count<'_>>::new("Försenat", |count| number(count.tally.overdue)),
                Column::<Count<'_>>::new("Inte känt", |count| number(count.tally.unknown)),
                Column::<Count<'_>>::new("Aktuellt", |count| number(count.tally.due)),
                Column::<Count<'_>>::new("Kommande", |count| number(count.tally.coming)),
            ],
            // Counts are no duties: CSV has none of them.
            rows: counts.into_iter().map(|count| Line::Sum(count, None)).collect(),
            notes,
        }
        .sheet()
    }

    /// The duties as JSON, piece by piece; how far all have come, whatever is shown.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn json(&self, out: &mut dyn Write) -> Result<Tally, fmt::Error> {
        let words = Words { register: self.register, templates: self.templates };
        let (tally, pieces) = self.of_each(|schedule, summary| {
            let duties = self.duties(schedule).filter(|deadline| self.selects(deadline));
            super::json::element(&AgreementItem {
                id: schedule.id,
                title: &schedule.entry.data.title,
                status: schedule.entry.data.status.word(),
                organisation: organisation(&schedule.entry.data),
                summary,
                duties: duties
                    .map(|deadline| item(&words, &schedule.entry.data, deadline, self.as_of))
                    .collect(),
            })
        });
        let entries = self.agreements.iter().map(|(_, entry)| *entry);
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &meeting_plans(self.register), self.as_of),
            missing: self.missing,
            summary: tally,
            agreements: [],
        };
        super::json::write_with(out, &super::json::pretty(&output), "agreements", &pieces)?;
        Ok(tally)
    }
}

/// What an agreement's duties lack because of its status, each as a line.
fn hidden(schedule: &Schedule<'_>) -> Vec<String> {
    let hidden = schedule.gaps.iter().filter(|gap| gap.is_about_status());
    hidden.map(|gap| format!("{}: {}", schedule.id, gap.text)).collect()
}
