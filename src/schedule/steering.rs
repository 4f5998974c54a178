//! Meetings of the steering groups, with the call before and the notes after.

use chrono::{Days, NaiveDate};

use super::context::{Context, Draft};
use super::deadline::{FollowsFrom, Fulfilled, Responsible, When};
use super::meetings::{KnownMeeting, Window, meetings, windows};
use crate::agreement::{Bound, SteeringGroup};
use crate::deadline_kind::DeadlineKind;
use crate::keyed::Keyed;
use crate::path;
use crate::text;
use crate::vocabulary::Known;

pub(super) fn add(context: &mut Context<'_>) {
    let agreement = context.agreement();
    for (key, group) in &agreement.steering_group {
        let Some(meetings) = group.meetings.known() else {
            let gap = format!("Hur ofta gruppen ”{}” ska sammanträda är inte angivet.", group.title);
            context.gap(path!["steering_group", key, "meetings"], gap);
            continue;
        };
        if meetings.bound == Bound::AtMost {
            let gap = format!(
                "Gruppen ”{}” behöver inte sammanträda: avtalet säger bara hur många gånger det högst är.",
                group.title
            );
            context.gap(path!["steering_group", key, "meetings"], gap);
            continue;
        }
        let Some(term) = context.term else { continue };
        let (windows, too_short) = windows(term, meetings, context.settings.call_days.get());
        for window in too_short {
            let gap = format!(
                "Gruppen ”{}” behöver inte sammanträda under {}: avtalet gäller bara {} av den, och en kallelse hinner inte skickas.",
                group.title,
                window.name.trim_start_matches(", "),
                window.period.in_words()
            );
            context.gap(path!["steering_group", key, "meetings"], gap);
        }
        add_group(context, key, group, &windows);
    }
}

fn add_group<'a>(context: &mut Context<'a>, key: &'a str, group: &'a SteeringGroup, windows: &[Window]) {
    let known = meetings(context, key, windows);
    for (window, meeting) in windows.iter().zip(known) {
        Sitting { key, group, window, meeting }.add(context);
    }
}

/// One meeting that is to be held, with the one that has been held or planned for it.
struct Sitting<'a, 'b> {
    key: &'a str,
    group: &'a SteeringGroup,
    window: &'b Window,
    meeting: Option<KnownMeeting<'a>>,
}

impl<'a> Sitting<'a, '_> {
    fn add(&self, context: &mut Context<'a>) {
        self.add_meeting(context);
        let call = context.settings.call_days.get();
        let day = self.meeting.map_or(self.window.period.end, |meeting| meeting.date);
        let by = if self.meeting.is_some() { "mötet" } else { "periodens sista dag" };
        let calls = before(day, call);
        self.add_beside(
            context,
            (DeadlineKind::SteeringCall, "Kallelse till"),
            calls,
            (format!("{} före {by}", text::days(call)), "schedule.call_days"),
        );
        // Papers and notes belong to a day that somebody has set.
        let Some(meeting) = self.meeting else { return };
        let papers = context.settings.papers_days.get();
        self.add_beside(
            context,
            (DeadlineKind::SteeringPapers, "Handlingar till"),
            before(meeting.date, papers),
            (format!("{} före mötet", text::days(papers)), "schedule.papers_days"),
        );
        let notes = context.settings.notes_days.get();
        self.add_beside(
            context,
            (DeadlineKind::SteeringNotes, "Minnesanteckningar från"),
            meeting.date.checked_add_days(Days::new(notes.into())),
            (format!("{} efter mötet", text::days(notes)), "schedule.notes_days"),
        );
    }

    /// What the meeting is called: "styrgruppsmöte, första halvåret 2021", with the group where there are several.
    fn name(&self, context: &Context<'a>) -> String {
        let groups = context.agreement().steering_group.values();
        let group = match groups.filter(|group| group.meetings.known().is_some()).count() {
            0 | 1 => String::new(),
            _ => format!(" ({})", self.group.title),
        };
        format!("styrgruppsmöte{group}{}", self.window.name)
    }

    fn add_meeting(&self, context: &mut Context<'a>) {
        let mut notes = Vec::new();
        let (when, done) = match self.meeting {
            Some(meeting) if meeting.is_held => {
                let done = Fulfilled {
                    date: Some(meeting.date),
                    reference: meeting.registry_number,
                    place: meeting.place(),
                };
                (When::Day(meeting.date), Some(done))
            }
            Some(meeting) => {
                notes.push(format!("Bokat. Ska hållas {}.", self.window.period));
                (When::Day(meeting.date), None)
            }
            None => (When::Window(self.window.period), None),
        };
        let draft = self.draft(
            context,
            DeadlineKind::SteeringMeeting,
            text::capitalised(&self.name(context)),
            when,
            None,
            done,
        );
        let booked = self.meeting.filter(|meeting| !meeting.is_held).map(|meeting| meeting.place());
        context.add(Draft { booked, notes, ..draft });
    }

    /// The call, the papers or the notes.
    fn add_beside(
        &self,
        context: &mut Context<'a>,
        (kind, words): (DeadlineKind, &str),
        day: Option<NaiveDate>,
        (reckoning, setting): (String, &'static str),
    ) {
        let Some(day) = day else { return };
        let recorded = context.done(kind, Some(self.key), Some(&self.window.label));
        let done = recorded.or_else(|| {
            // A meeting that has been held was called; its notes are filed when they have a number.
            let held = self.meeting.filter(|meeting| meeting.is_held)?;
            let is_done = kind != DeadlineKind::SteeringNotes || held.registry_number.is_some();
            is_done.then(|| Fulfilled {
                date: None,
                reference: held.registry_number.filter(|_| kind == DeadlineKind::SteeringNotes),
                place: held.place(),
            })
        });
        let title = format!("{words} {}", self.name(context));
        let draft = self.draft(context, kind, title, When::Day(day), Some(reckoning), done);
        let basis = FollowsFrom { assumed: Some(setting), ..draft.basis };
        // A meeting whose day has passed needs neither call nor papers.
        let meets = self.meeting.map_or(self.window.period.end, |meeting| meeting.date);
        let useful_until = (kind != DeadlineKind::SteeringNotes).then_some(meets);
        context.add(Draft { basis, useful_until, ..draft });
    }

    fn draft(
        &self,
        context: &Context<'a>,
        kind: DeadlineKind,
        title: String,
        when: When,
        reckoning: Option<String>,
        done: Option<Fulfilled<'a>>,
    ) -> Draft<'a> {
        let basis = FollowsFrom {
            place: context.place(path!["steering_group", self.key, "meetings"]),
            clause: Some("steering"),
            reckoning,
            assumed: None,
        };
        Draft {
            of: Some(self.key.to_owned()),
            period: Some(self.window.label.clone()),
            covers: Some(self.window.period),
            responsible: self.responsible(kind),
            done,
            ..Draft::new(kind, title, when, basis)
        }
    }

    /// Who calls the group, or keeps its notes, with the function of the one who convenes it.
    fn responsible(&self, kind: DeadlineKind) -> Responsible<'a> {
        let seats = || self.group.seat.known().into_iter().flat_map(Keyed::values);
        let convener = seats().find(|seat| seat.convener);
        let of_convener = convener.and_then(|seat| seat.party.known());
        let stated = match kind {
            DeadlineKind::SteeringNotes => self.group.minutes_by.known(),
            _ => self.group.called_by.known().or(of_convener),
        };
        let function = convener.filter(|_| stated == of_convener).map(|seat| seat.function.as_str());
        Responsible { party: stated.map(String::as_str), function }
    }
}

fn before(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(days.into()))
}
