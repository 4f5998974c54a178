//! Dates for programs: one object, dates as ISO, each with the key path that it follows from and an id that stays the same
//! in every run and format.

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use super::words::{self, Words};
use super::{ScheduleReport, meeting_plans};
use crate::agreement::Agreement;
use crate::finding::Place;
use crate::holiday::DayOff;
use crate::register::Register;
use crate::report::evidence::Evidence;
use crate::report::missing::Missing;
use crate::report::parties::organisation;
use crate::report::term::TermItem;
use crate::schedule::{Deadline, Schedule, State, When};

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
    deadlines: Vec<Item<'a>>,
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
}

impl ScheduleReport<'_> {
    /// The dates as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let words = Words { register: self.register, templates: self.templates };
        let entries = self.schedules.iter().map(|schedule| schedule.entry);
        let shown = self.shown();
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &meeting_plans(self.register), self.as_of),
            missing: self.missing,
            from: self.from,
            until: self.until,
            // Where each stands is looked up in its file: the files share no work.
            deadlines: shown
                .par_iter()
                .map(|(schedule, deadline)| item(&words, &schedule.entry.data, deadline, self.as_of))
                .collect(),
            agreements: self
                .schedules
                .iter()
                .map(|schedule| AgreementItem { id: schedule.id, term: TermItem::of(&schedule.life) })
                .collect(),
            gaps: self.schedules.iter().flat_map(gaps).collect(),
        };
        crate::report::json::pretty(&output)
    }
}

fn gaps<'a>(schedule: &'a Schedule<'_>) -> Vec<GapItem<'a>> {
    let gaps = schedule.gaps.iter();
    gaps.map(|gap| GapItem {
        agreement: schedule.id,
        file: &gap.place.file,
        path: gap.place.path.to_string(),
        text: &gap.text,
    })
    .collect()
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
