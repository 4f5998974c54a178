//! Dates for programs: one object, dates as ISO, each with the key path that it follows from and an id that stays the same
//! in every run and format.

use std::fmt::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::words::{self, Words};
use super::{Row, ScheduleReport, meeting_plans};
use crate::agreement::Agreement;
use crate::finding::Place;
use crate::holiday::DayOff;
use crate::register::Register;
use crate::report::evidence::Evidence;
use crate::report::json;
use crate::report::missing::Missing;
use crate::report::parties::organisation;
use crate::report::term::TermItem;
use crate::schedule::{Deadline, State, When};

/// The version of this format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    missing: &'a [Missing],
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    agreements: Vec<AgreementItem<'a>>,
    /// Put in afterwards: made into text one by one they take less room.
    deadlines: [Item<'a>; 0],
    gaps: Vec<GapItem<'a>>,
}

/// How long an agreement lasts.
#[derive(Serialize)]
struct AgreementItem<'a> {
    id: &'a str,
    term: TermItem,
}

/// One date.
#[derive(Serialize)]
pub(in crate::report) struct Item<'a> {
    id: &'a str,
    agreement: &'a str,
    agreement_status: &'static str,
    commitment: &'static str,
    organisation: String,
    kind: &'static str,
    of: Option<&'a str>,
    period: Option<&'a str>,
    covers_from: Option<NaiveDate>,
    covers_to: Option<NaiveDate>,
    title: &'a str,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    no_date_because: Option<&'static str>,
    moved_from: Option<NaiveDate>,
    day_off: Option<&'static str>,
    days_left: Option<i64>,
    state: &'static str,
    certainty: Vec<&'static str>,
    late: bool,
    responsible: ResponsibleItem<'a>,
    receiver: Option<String>,
    told: &'a [String],
    basis: BasisItem<'a>,
    done: Option<DoneItem<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct ResponsibleItem<'a> {
    party: Option<&'a str>,
    function: Option<&'a str>,
    name: Option<String>,
}

#[derive(Serialize)]
struct BasisItem<'a> {
    file: &'a str,
    path: String,
    line: usize,
    clause: Option<&'static str>,
    heading: Option<String>,
    reckoning: Option<&'a str>,
    assumed: Option<&'static str>,
}

#[derive(Serialize)]
struct DoneItem<'a> {
    date: Option<NaiveDate>,
    reference: Option<&'a str>,
    file: &'a str,
    path: String,
}

#[derive(Serialize)]
struct GapItem<'a> {
    agreement: &'a str,
    file: &'a str,
    path: String,
    text: &'a str,
    agreement_status: &'static str,
    organisation: String,
    certainty: Vec<&'static str>,
}

impl ScheduleReport<'_> {
    /// The dates as JSON, piece by piece.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn json(&self, out: &mut dyn Write) -> fmt::Result {
        let words = Words { register: self.register, templates: self.templates };
        // Where each stands is looked up in its file: the files share no work.
        let shown =
            self.shown(|row| Some(json::element(&item(&words, &row.entry.data, row.date()?, self.as_of))));
        let entries = self.agreements.iter().map(|(_, entry)| *entry);
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &meeting_plans(self.register), self.as_of),
            missing: self.missing,
            from: self.from,
            until: self.until,
            agreements: shown
                .lives
                .iter()
                .map(|(id, life)| AgreementItem { id, term: TermItem::of(life) })
                .collect(),
            deadlines: [],
            gaps: shown.gaps.iter().filter_map(gap_item).collect(),
        };
        json::write_with(out, &json::pretty(&output), "deadlines", &shown.pieces)
    }
}

fn gap_item<'a>(row: &'a Row<'_>) -> Option<GapItem<'a>> {
    let (gap, certainty) = row.gap()?;
    Some(GapItem {
        agreement: row.id,
        file: &gap.place.file,
        path: gap.place.path.to_string(),
        text: &gap.text,
        agreement_status: row.entry.data.status.word(),
        organisation: organisation(&row.entry.data),
        certainty: certainty.words(),
    })
}

/// A date for programs.
pub(in crate::report) fn item<'a>(
    words: &Words<'a>,
    agreement: &Agreement,
    deadline: &'a Deadline<'_>,
    as_of: NaiveDate,
) -> Item<'a> {
    let done = match &deadline.state {
        State::Done(done) => Some(DoneItem {
            date: done.date,
            reference: done.reference,
            file: &done.place.file,
            path: done.place.path.to_string(),
        }),
        _ => None,
    };
    Item {
        id: &deadline.id,
        agreement: deadline.agreement,
        agreement_status: agreement.status.word(),
        commitment: deadline.commitment.word(),
        organisation: organisation(agreement),
        kind: deadline.kind.word(),
        of: deadline.of.as_deref(),
        period: deadline.period.as_deref(),
        covers_from: deadline.covers.map(|covers| covers.start),
        covers_to: deadline.covers.map(|covers| covers.end),
        title: &deadline.title,
        first_day: words::first(deadline),
        last_day: deadline.when.last_day(),
        no_date_because: match deadline.when {
            When::Unknown { reason, .. } => Some(reason),
            When::Day(_) | When::Window(_) => None,
        },
        moved_from: deadline.moved.map(|moved| moved.from),
        day_off: deadline.moved.map(|moved| moved.day_off).or(deadline.day_off).map(DayOff::label),
        days_left: deadline.days_left(as_of),
        state: deadline.state.word(),
        certainty: words.certainty(deadline).words(),
        late: deadline.is_late(),
        responsible: ResponsibleItem {
            party: deadline.responsible.party.filter(|key| agreement.party.contains_key(*key)),
            function: deadline.responsible.function,
            name: deadline.responsible.text(agreement),
        },
        receiver: words::receiver(deadline, agreement),
        told: told(words.register, deadline),
        basis: BasisItem {
            file: &deadline.basis.place.file,
            path: deadline.basis.place.path.to_string(),
            line: line(words.register, &deadline.basis.place),
            clause: deadline.basis.clause,
            heading: words.clause(deadline, agreement),
            reckoning: deadline.basis.reckoning.as_deref(),
            assumed: deadline.basis.assumed,
        },
        done,
        notes: &deadline.notes,
    }
}

fn told<'a>(register: &'a Register, deadline: &Deadline<'_>) -> &'a [String] {
    register.settings.as_ref().map_or(&[], |settings| settings.data.schedule.told(deadline.kind))
}

fn line(register: &Register, place: &Place) -> usize {
    register.locate(place).line
}
