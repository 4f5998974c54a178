//! What the records say once something of the schedule has been done.

use chrono::{Days, Months, NaiveDate};

use super::Schedule;
use super::deadline::Deadline;
use crate::deadline_kind::DeadlineKind;
use crate::key_path::Segment;
use crate::records::Records;
use crate::register::edit::{self, Entry};
use crate::text;
use crate::vocabulary::Known;

/// That something has been done: when, and where that is to be seen.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// When.
    pub date: NaiveDate,
    /// Registry number or file.
    pub reference: Option<&'a str>,
}

/// Why an event is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// It would have been before the days that it tells of, or long before the agreement.
    #[error("{date} är för tidigt: {what} kan vara klart tidigast {first}. Kontrollera datum och period")]
    TooEarly {
        /// The day.
        date: NaiveDate,
        /// What was done.
        what: String,
        /// The first day that is possible.
        first: NaiveDate,
    },
    /// The meeting that is booked has another registry number.
    #[error("mötet ”{key}” har redan diarienummer {known}. Ändra det i filen om det är fel")]
    OtherReference {
        /// The meeting's key.
        key: String,
        /// Its number.
        known: String,
    },
}

/// The first day on which something can have been done: that of the days that it tells of, or a year before the agreement.
#[must_use]
pub fn first_possible_day(schedule: &Schedule<'_>, deadline: &Deadline<'_>) -> Option<NaiveDate> {
    let a_year_before = || schedule.entry.data.term.start.known()?.checked_sub_months(Months::new(12));
    match deadline.kind {
        // A call, and the papers with it, go out before the days of the meeting.
        DeadlineKind::SteeringCall | DeadlineKind::SteeringPapers => a_year_before(),
        _ => deadline.covers.map_or_else(a_year_before, |covers| Some(covers.start)),
    }
}

/// A meeting may be moved forward so much and still be the one that was booked.
const FORWARD: Days = Days::new(14);

/// The entry that tells of an event, for a file that has `text`.
pub fn record_entry(
    schedule: &Schedule<'_>,
    deadline: &Deadline<'_>,
    (records, text): (Option<&Records>, &str),
    event: Event<'_>,
) -> Result<Entry, RecordError> {
    if let Some(first) = first_possible_day(schedule, deadline).filter(|first| event.date < *first) {
        let what = format!("”{}”", deadline.title);
        return Err(RecordError::TooEarly { date: event.date, what, first });
    }
    if deadline.kind == DeadlineKind::SteeringMeeting {
        return meeting(schedule, deadline, (records, text), event);
    }
    let follow_up = &schedule.entry.data.follow_up;
    Ok(match (deadline.of.as_deref().filter(|of| follow_up.contains_key(*of)), deadline.covers) {
        (Some(duty), Some(covers)) => {
            let name = name(&[Some(duty), deadline.period.as_deref()]);
            let values = vec![("duty", duty.into()), ("period", edit::period(covers))];
            completed("report", edit::free_key(text, "report", &name), values, event)
        }
        _ => ticked_off(deadline, text, event),
    })
}

/// The meeting that was booked for it, now held; or one more.
fn meeting(
    schedule: &Schedule<'_>,
    deadline: &Deadline<'_>,
    (records, text): (Option<&Records>, &str),
    event: Event<'_>,
) -> Result<Entry, RecordError> {
    let group = deadline.of.as_deref().unwrap_or_default();
    let period = deadline.period.as_deref();
    // A booking that lies weeks ahead is for another meeting.
    let booked_for = deadline.when.last_day();
    let is_near =
        booked_for.zip(event.date.checked_add_days(FORWARD)).is_none_or(|(day, latest)| day <= latest);
    let booked = deadline.booked.as_ref().filter(|_| is_near).and_then(|place| match place.path.segments() {
        [_, Segment::Key(key)] => Some(key.clone()),
        _ => None,
    });
    let known = booked.as_ref().and_then(|key| records?.meeting.get(key)?.registry_number.clone());
    if let (Some(key), Some(known), Some(given)) = (&booked, known, event.reference)
        && known != given
    {
        return Err(RecordError::OtherReference { key: key.clone(), known });
    }
    // The day alone tells which meeting it was, unless it lies outside or others share its days.
    let is_outside = deadline.covers.is_some_and(|days| event.date < days.start || days.end < event.date);
    let shares = |one: &&Deadline<'_>| {
        one.kind == deadline.kind && one.of == deadline.of && one.covers == deadline.covers
    };
    let is_shared = schedule.deadlines.iter().filter(shares).count() > 1;
    let mut values = vec![("steering_group", group.into()), ("date", edit::date(event.date))];
    values.extend(period.filter(|_| is_outside || is_shared).map(|period| ("period", period.into())));
    values.extend(booked.as_ref().map(|_| ("planned", false.into())));
    values.extend(event.reference.map(|reference| ("registry_number", reference.into())));
    let key = booked.unwrap_or_else(|| edit::free_key(text, "meeting", &name(&[Some(group), period])));
    Ok(Entry { table: "meeting", key, values })
}

fn ticked_off(deadline: &Deadline<'_>, text: &str, event: Event<'_>) -> Entry {
    let word = deadline.kind.word();
    let (of, period) = (deadline.of.as_deref(), deadline.period.as_deref());
    let mut values = vec![("kind", word.into())];
    values.extend(of.map(|of| ("of", of.into())));
    values.extend(period.map(|period| ("period", period.into())));
    completed("done", edit::free_key(text, "done", &name(&[Some(word), of, period])), values, event)
}

fn completed(
    table: &'static str,
    key: String,
    mut values: Vec<(&'static str, edit::Value)>,
    event: Event<'_>,
) -> Entry {
    values.push(("date", edit::date(event.date)));
    values.extend(event.reference.map(|reference| ("reference", reference.into())));
    Entry { table, key, values }
}

/// A key of what is known: "arsrapport-2024".
fn name(parts: &[Option<&str>]) -> String {
    text::slug(&parts.iter().copied().flatten().collect::<Vec<_>>().join("-"))
}
