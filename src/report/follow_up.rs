//! What has been done, what is due and what is overdue, per agreement and responsible.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::evidence::Evidence;
use super::schedule::{Item, Words, item, meeting_plans, shows, words};
use super::sheet::{Cell, Column, Row, Sheet};
use crate::documents::Templates;
use crate::register::Register;
use crate::schedule::{Deadline, Schedule, State};
use crate::text;

/// Which duties are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// What is done, due or overdue.
    Now,
    /// What is overdue.
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
}

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    summary: Tally,
    agreements: Vec<AgreementItem<'a>>,
}

#[derive(Serialize)]
struct AgreementItem<'a> {
    id: &'a str,
    title: &'a str,
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

const COLUMNS: [Column; 12] = [
    Column::detail("Avtal"),
    Column::new("Ansvarig"),
    Column::new("Vad"),
    Column::new("När"),
    Column::new("Läge"),
    Column::new("Dagar kvar"),
    Column::new("Klart"),
    Column::new("Handling"),
    Column::new("Följer av"),
    Column::new("Anmärkning"),
    Column::detail("Slag"),
    Column::new("Id"),
];

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
            Selection::Overdue => deadline.state == State::Overdue,
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
        let mut sheets: Vec<Sheet> = self
            .schedules
            .iter()
            .map(|schedule| self.sheet(schedule))
            .filter(|sheet| !sheet.rows.is_empty())
            .collect();
        sheets.push(self.totals());
        sheets
    }

    fn sheet(&self, schedule: &'a Schedule<'a>) -> Sheet {
        let words = Words { register: self.register, templates: self.templates };
        let agreement = &schedule.entry.data;
        let mut shown: Vec<(String, &Deadline<'_>)> = self
            .duties(schedule)
            .filter(|deadline| self.selects(deadline))
            .map(|deadline| (words::responsible(deadline, agreement), deadline))
            .collect();
        // Stable: each responsible has her own in the order of time.
        shown.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut before: Option<String> = None;
        let mut rows = Vec::new();
        for (responsible, deadline) in shown {
            let name = if before.as_ref() == Some(&responsible) {
                Cell::Again(responsible.clone())
            } else {
                Cell::text(responsible.clone())
            };
            before = Some(responsible);
            let done = match &deadline.state {
                State::Done(done) => Some(done),
                _ => None,
            };
            let left = deadline.days_left(self.as_of).filter(|_| done.is_none());
            let day = done.and_then(|done| done.date).map(|day| day.to_string());
            rows.push(Row {
                cells: vec![
                    Cell::text(schedule.id),
                    name,
                    Cell::text(deadline.title.clone()),
                    Cell::text(deadline.when.to_string()),
                    Cell::text(if deadline.is_late() { "klart, för sent" } else { deadline.state.label() }),
                    left.map_or(Cell::Empty, |days| Cell::Number { before: "", number: days.into() }),
                    Cell::text(day.unwrap_or_default()),
                    Cell::text(done.and_then(|done| done.reference).unwrap_or_default()),
                    Cell::text(words.basis(deadline, agreement)),
                    Cell::text(deadline.notes.join(" ")),
                    Cell::text(deadline.kind.word()),
                    Cell::text(deadline.id.clone()),
                ],
                is_sum: false,
            });
        }
        let heading = format!(
            "{} · {} · {}",
            schedule.id,
            text::capitalised(&agreement.title),
            agreement.status.label()
        );
        Sheet { heading, columns: COLUMNS.to_vec(), rows, notes: Vec::new() }
    }

    /// How many have come how far, by agreement and responsible.
    fn totals(&self) -> Sheet {
        let mut rows = Vec::new();
        for schedule in self.schedules {
            let mut by_name: BTreeMap<String, Tally> = BTreeMap::new();
            for deadline in self.duties(schedule) {
                let name = words::responsible(deadline, &schedule.entry.data);
                by_name.entry(name).or_default().count(&deadline.state);
            }
            let mut is_first = true;
            for (name, tally) in by_name {
                let id = if is_first { Cell::text(schedule.id) } else { Cell::Again(schedule.id.to_owned()) };
                is_first = false;
                rows.push(count_row(id, Cell::text(name), tally));
            }
        }
        if rows.len() > 1 {
            rows.push(count_row(Cell::text("Summa"), Cell::Empty, self.tally()));
        }
        // Counts are no duties: CSV has none of them.
        for row in &mut rows {
            row.is_sum = true;
        }
        let columns =
            ["Avtal", "Ansvarig", "Klart", "Försenat", "Aktuellt", "Kommande"].map(Column::new).to_vec();
        let heading = format!("Uppföljning per {}", self.as_of);
        let notes =
            if rows.is_empty() { vec!["Det finns inget att följa upp.".to_owned()] } else { Vec::new() };
        Sheet { heading, columns, rows, notes }
    }

    /// The duties as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let words = Words { register: self.register, templates: self.templates };
        let entries = self.schedules.iter().map(|schedule| schedule.entry);
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &meeting_plans(self.register), self.as_of),
            summary: self.tally(),
            agreements: self
                .schedules
                .iter()
                .map(|schedule| AgreementItem {
                    id: schedule.id,
                    title: &schedule.entry.data.title,
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

fn count_row(id: Cell, name: Cell, tally: Tally) -> Row {
    let number = |count: usize| match count {
        0 => Cell::Empty,
        count => Cell::Number { before: "", number: count.into() },
    };
    Row {
        cells: vec![
            id,
            name,
            number(tally.done),
            number(tally.overdue),
            number(tally.due),
            number(tally.coming),
        ],
        is_sum: true,
    }
}
