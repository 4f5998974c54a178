//! What has been done, what is due and what is overdue, per agreement and responsible.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::evidence::Evidence;
use super::missing::{Missing, sum_title};
use super::parties::organisation;
use super::schedule::{Item, Words, item, meeting_plans, shows, words};
use super::sheet::{Audience, Cell, Column, Line, Sheet, Table};
use crate::documents::Templates;
use crate::register::Register;
use crate::schedule::{Deadline, Schedule, State};
use crate::text;

/// Which duties are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// What is done, due or overdue.
    Now,
    /// What is overdue, or may be.
    Overdue,
    /// What lies further ahead as well.
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
    /// The agreements, in the order of their ids.
    pub schedules: &'a [Schedule<'a>],
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
    agreements: Vec<AgreementItem<'a>>,
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
}

/// A duty with its agreement and who sees to it.
struct Row<'a> {
    schedule: &'a Schedule<'a>,
    deadline: &'a Deadline<'a>,
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
    /// All that somebody must do, whether shown or not.
    fn duties(&self, schedule: &'a Schedule<'a>) -> impl Iterator<Item = &'a Deadline<'a>> {
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
            Selection::Now => deadline.state != State::Coming,
            // What may be overdue is not left out.
            Selection::Overdue => matches!(deadline.state, State::Overdue | State::Unknown),
        }
    }

    /// How far all duties have come, whatever is shown.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self.schedules.iter().flat_map(|schedule| self.duties(schedule)))
    }

    /// A sheet for each agreement that has something to show, and one that counts.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> =
            self.schedules.iter().filter_map(|schedule| self.sheet(schedule)).collect();
        if sheets.is_empty() {
            // A file without rows still has its columns, and what it lacks.
            sheets.push(self.table(String::new(), Vec::new()));
        }
        sheets.push(self.totals());
        sheets
    }

    fn sheet(&self, schedule: &'a Schedule<'a>) -> Option<Sheet> {
        let agreement = &*schedule.entry.data;
        let mut rows: Vec<Row<'_>> = self
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

    fn table(&self, heading: String, rows: Vec<Row<'_>>) -> Sheet {
        let words = Words { register: self.register, templates: self.templates };
        let as_of = self.as_of;
        let columns = vec![
            Column::<Row<'_>>::new("Avtal", |row| Cell::text(row.schedule.id))
                .only(Audience::Programs)
                .missing(|missing| Cell::shown(missing.agreement.as_deref())),
            Column::<Row<'_>>::new("Avtalets status", |row| {
                Cell::text(row.schedule.entry.data.status.label())
            })
            .only(Audience::Programs),
            Column::<Row<'_>>::new("Organisation", |row| Cell::text(organisation(&row.schedule.entry.data)))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Ansvarig", |row| {
                let name = row.responsible.clone();
                if row.is_again { Cell::Again(name.into()) } else { Cell::text(name) }
            }),
            Column::<Row<'_>>::new("Vad", |row| Cell::text(&*row.deadline.title))
                .key()
                .missing(|missing| Cell::text(&*missing.file)),
            Column::<Row<'_>>::new("När", |row| words::when(row.deadline)),
            Column::<Row<'_>>::new("Läge", |row| {
                let is_late = row.deadline.is_late();
                Cell::text(if is_late { "klart, för sent" } else { row.deadline.state.label() })
            })
            .missing(|_| Cell::text(Missing::STATE)),
            Column::<Row<'_>>::new("Dagar kvar", move |row| words::days_left(row.deadline, as_of)),
            Column::<Row<'_>>::new("Säkerhet", move |row| Cell::text(words.certainty(row.deadline).label()))
                .yields(1),
            Column::<Row<'_>>::new("Klart", |row| {
                Cell::day(words::done(row.deadline).and_then(|done| done.date))
            })
            .whole(),
            Column::<Row<'_>>::new("Handling", |row| {
                Cell::shown(words::done(row.deadline).and_then(|done| done.reference))
            })
            .yields(2),
            Column::<Row<'_>>::new("Följer av", move |row| {
                Cell::text(words.basis(row.deadline, &row.schedule.entry.data))
            })
            .yields(3),
            Column::<Row<'_>>::new("Anmärkning", |row| Cell::text(row.deadline.notes.join(" ")))
                .yields(3)
                .missing(|missing| Cell::text(missing.why())),
            Column::<Row<'_>>::new("Slag", |row| Cell::text(row.deadline.kind.word()))
                .only(Audience::Programs),
            Column::<Row<'_>>::new("Id", |row| Cell::text(&*row.deadline.id)).yields(3),
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

    /// How many have come how far, by agreement and responsible.
    fn totals(&self) -> Sheet {
        let mut counts = Vec::new();
        for schedule in self.schedules {
            let agreement = &*schedule.entry.data;
            let mut by_name: BTreeMap<String, Tally> = BTreeMap::new();
            for deadline in self.duties(schedule) {
                let name = words::responsible(deadline, agreement);
                by_name.entry(name).or_default().count(&deadline.state);
            }
            counts.extend(by_name.into_iter().enumerate().map(|(position, (name, tally))| Count {
                id: schedule.id,
                status: agreement.status.label(),
                organisation: organisation(agreement),
                name,
                is_again: position > 0,
                tally,
            }));
        }
        let sum = sum_title(self.missing);
        if counts.len() > 1 {
            counts.push(Count {
                id: &sum,
                status: "",
                organisation: String::new(),
                name: String::new(),
                is_again: false,
                tally: self.tally(),
            });
        }
        let once = |count: &Count<'_>, text: &str| {
            if count.is_again { Cell::Again(text.into()) } else { Cell::text(text) }
        };
        let number = |count: usize| if count == 0 { Cell::Empty } else { Cell::number(count) };
        let mut notes =
            if counts.is_empty() { vec!["Det finns inget att följa upp.".to_owned()] } else { Vec::new() };
        for schedule in self.schedules {
            let hidden = schedule.gaps.iter().filter(|gap| gap.is_about_status());
            notes.extend(hidden.map(|gap| format!("{}: {}", schedule.id, gap.text)));
        }
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

    /// The duties as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let words = Words { register: self.register, templates: self.templates };
        let entries = self.schedules.iter().map(|schedule| schedule.entry);
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &meeting_plans(self.register), self.as_of),
            missing: self.missing,
            summary: self.tally(),
            agreements: self
                .schedules
                .iter()
                .map(|schedule| AgreementItem {
                    id: schedule.id,
                    title: &schedule.entry.data.title,
                    status: schedule.entry.data.status.word(),
                    organisation: organisation(&schedule.entry.data),
                    summary: Tally::of(self.duties(schedule)),
                    duties: self
                        .duties(schedule)
                        .filter(|deadline| self.selects(deadline))
                        .map(|deadline| item(&words, &schedule.entry.data, deadline, self.as_of))
                        .collect(),
                })
                .collect(),
        };
        super::json::pretty(&output)
    }
}
