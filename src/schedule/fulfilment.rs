//! What the records say has been done.

use std::sync::Arc;

use chrono::NaiveDate;

use super::context::Context;
use super::deadline::Fulfilled;
use super::steering::Window;
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::path;
use crate::records::{Done, Meeting};

/// Says that nobody can tell what has been done, where the records cannot be read.
pub(super) fn add_unreadable(context: &mut Context<'_>) {
    let file = format!("records/{}.toml", context.id);
    if context.records.is_none() && context.register.has(&file) {
        let text = format!("{file} har fel och går inte att läsa: vad som är klart är inte känt.");
        context.gap_at(Place::value(&file.into(), KeyPath::root()), text);
    }
}

impl<'a> Context<'a> {
    /// The record of something done by the day that counts as today. A record that names no owner or no period fits
    /// what has none of them.
    pub(super) fn done(
        &self,
        kind: DeadlineKind,
        of: Option<&str>,
        period: Option<&str>,
    ) -> Option<Fulfilled<'a>> {
        let records = self.records?;
        let fits = |done: &Done| {
            done.kind == kind
                && done.date <= self.as_of
                && done.of.as_deref() == of
                && done.period.as_deref() == period
        };
        let (key, done) =
            records.data.done.iter().filter(|(_, done)| fits(done)).min_by_key(|(_, done)| done.date)?;
        Some(Fulfilled {
            date: Some(done.date),
            reference: done.reference.as_deref(),
            place: Place::value(&records.file, path!["done", key]),
        })
    }

    /// For each of a duty's periods the first report on it. A report belongs to the period that ends on its last day,
    /// or else to the one that shares most days with it.
    pub(super) fn reports(&self, duty: &str, periods: &[Period]) -> Vec<Option<Fulfilled<'a>>> {
        let mut found: Vec<Option<Fulfilled<'a>>> = vec![None; periods.len()];
        let Some(records) = self.records else { return found };
        let reports = records.data.report.iter();
        let mut known: Vec<_> =
            reports.filter(|(_, report)| report.duty == duty && report.date <= self.as_of).collect();
        known.sort_by_key(|(_, report)| report.date);
        for (key, report) in known {
            let Some(slot) = period_of(periods, report.period).and_then(|index| found.get_mut(index)) else {
                continue;
            };
            slot.get_or_insert_with(|| Fulfilled {
                date: Some(report.date),
                reference: report.reference.as_deref(),
                place: Place::value(&records.file, path!["report", key]),
            });
        }
        found
    }
}

/// Which of a duty's periods a report's own period means; nothing where it shares no day with any of them.
#[must_use]
pub fn period_of(periods: &[Period], reported: Period) -> Option<usize> {
    let by_end = periods.iter().position(|period| period.end == reported.end);
    by_end.or_else(|| {
        let shared = |period: &Period| period.overlap(&reported).map_or(0, |shared| shared.days());
        let best = periods.iter().enumerate().max_by_key(|(index, period)| {
            // Of several alike, the earliest.
            (shared(period), std::cmp::Reverse(*index))
        });
        best.filter(|(_, period)| shared(period) > 0).map(|(index, _)| index)
    })
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

impl<'a> Context<'a> {
    /// For each of the windows in which a group is to meet the meeting that fills it: the one that names it, or else the
    /// first one in it, held before planned. A held one that is left over fills another window of the same period: an agreement that
    /// says two meetings a year does not say in which half. Each meeting counts once.
    pub(super) fn meetings(&self, group: &str, windows: &[Window]) -> Vec<Option<KnownMeeting<'a>>> {
        let mut found = vec![None; windows.len()];
        let Some(records) = self.records else { return found };
        let meetings = records.data.meeting.iter();
        let mut own: Vec<_> = meetings.filter(|(_, meeting)| meeting.steering_group == group).collect();
        let is_held = |meeting: &Meeting| !meeting.planned && meeting.date <= self.as_of;
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
        fill(&|window, meeting| {
            meeting.period.is_none() && is_held(meeting) && within(window.shared, meeting)
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_belongs_to_the_period_that_it_ends_with_or_mostly_covers() {
        let period =
            |start: &str, end: &str| Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        let periods = [period("2021-02-01", "2021-06-30"), period("2021-02-01", "2021-12-31")];
        assert_eq!(period_of(&periods, period("2021-01-01", "2021-06-30")), Some(0));
        // The second half-year alone ends where the year ends.
        assert_eq!(period_of(&periods, period("2021-07-01", "2021-12-31")), Some(1));
        assert_eq!(period_of(&periods, period("2021-07-01", "2021-09-30")), Some(1));
        assert_eq!(period_of(&periods, period("2022-01-01", "2022-06-30")), None);
    }
}
