//! Which meeting of a steering group, held or planned, fills which of the windows in which it is to meet.

use std::sync::Arc;

use chrono::NaiveDate;

use super::context::Context;
use super::recurrence::{MOST, Rhythm, is_cut_short, stretches};
use crate::agreement::{CountedFrom, Meetings};
use crate::date::Period;
use crate::finding::Place;
use crate::path;
use crate::records::Meeting;

/// Days in which one meeting is to be held.
pub(super) struct Window {
    pub(super) label: String,
    pub(super) name: String,
    pub(super) period: Period,
    /// The period of the agreement's own words, which several windows may share.
    shared: Period,
}

/// The days for each meeting, and the periods that are too short to hold one: cut off by the term so that no call of
/// `call_days` finds room in them. Several meetings in a period share it out where its months divide evenly, so that two
/// meetings a year fall in a half-year each.
pub(super) fn windows(term: Period, meetings: &Meetings, call_days: u32) -> (Vec<Window>, Vec<Window>) {
    let from = meetings.counted_from.unwrap_or(CountedFrom::Calendar);
    let whole = stretches(term, Rhythm::from(meetings.per), from);
    let (rhythm, parts, times) = match Rhythm::from(meetings.per) {
        Rhythm::Months(months) if months.is_multiple_of(meetings.times) => {
            let rhythm = Rhythm::Months(months / meetings.times);
            (rhythm, stretches(term, rhythm, from), 1)
        }
        rhythm => (rhythm, whole.clone(), meetings.times),
    };
    let numbered = |number: u32, label: &str, name: &str| match times {
        1 => (label.to_owned(), format!(", {name}")),
        _ => (format!("{label}.{number}"), format!(" {number} av {times}, {name}")),
    };
    let windows = parts.iter().flat_map(|part| {
        let shared = whole.iter().find(|whole| whole.period.contains(&part.period));
        let shared = shared.map_or(part.period, |whole| whole.period);
        (1..=times).map(move |number| {
            let (label, name) = numbered(number, &part.label, &part.name);
            Window { label, name, period: part.period, shared }
        })
    });
    let is_alone = parts.len() == 1;
    windows.take(MOST).partition(|window| is_alone || !is_cut_short(window.period, rhythm, call_days))
}

/// A meeting of a steering group, held or planned.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownMeeting<'a> {
    file: &'a Arc<str>,
    key: &'a str,
    pub(super) date: NaiveDate,
    pub(super) is_held: bool,
    pub(super) registry_number: Option<&'a str>,
}

impl KnownMeeting<'_> {
    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        Place::value(self.file, path!["meeting", self.key])
    }
}

/// For each of the windows in which a group is to meet the meeting that fills it: the one that names it, or else the first
/// one in it, held before planned. A held one that is left over fills another window of the same period: an agreement that
/// says two meetings a year does not say in which half. Each meeting counts once.
pub(super) fn meetings<'a>(
    context: &Context<'a>,
    group: &str,
    windows: &[Window],
) -> Vec<Option<KnownMeeting<'a>>> {
    let mut found = vec![None; windows.len()];
    let Some(records) = context.records else { return found };
    let meetings = records.data.meeting.iter();
    let mut own: Vec<_> = meetings.filter(|(_, meeting)| meeting.steering_group == group).collect();
    let is_held = |meeting: &Meeting| !meeting.planned && meeting.date <= context.as_of;
    own.sort_by_key(|(_, meeting)| (meeting.period.is_none(), !is_held(meeting), meeting.date));
    let within =
        |period: Period, meeting: &Meeting| period.start <= meeting.date && meeting.date <= period.end;
    let mut fill = |fits: &dyn Fn(&Window, &Meeting) -> bool| {
        own.retain(|(key, meeting)| {
            let mut slots = windows.iter().zip(&mut found);
            let slot = slots.find(|(window, slot)| slot.is_none() && fits(window, meeting));
            let Some((_, slot)) = slot else { return true };
            *slot = Some(KnownMeeting {
                file: &records.file,
                key,
                date: meeting.date,
                is_held: is_held(meeting),
                registry_number: meeting.registry_number.as_deref(),
            });
            false
        });
    };
    fill(&|window, meeting| match &meeting.period {
        Some(named) => *named == window.label,
        None => within(window.period, meeting),
    });
    fill(&|window, meeting| meeting.period.is_none() && is_held(meeting) && within(window.shared, meeting));
    found
}
