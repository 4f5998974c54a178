//! Dates as a calendar to subscribe to (RFC 5545): all-day events that take up no time, with reminders.
//!
//! The same input and day give the same bytes. What is subscribed to is read again and again: an event keeps its UID as
//! long as the obligation lives, and its SEQUENCE grows with the day on which the calendar was made, so that a changed date
//! replaces the old one.

use std::fmt::{self, Write};

use chrono::{Days, Duration, NaiveDate, NaiveTime};
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Trigger};

use super::words::{self, Words};
use super::{Row, ScheduleReport, exact};
use crate::agreement::{Agreement, Party, Role, Status};
use crate::report::missing::Missing;
use crate::schedule::{Deadline, State, When};
use crate::settings::ScheduleSettings;
use crate::text;

/// How a calendar ends, after its events.
const END: &str = "END:VCALENDAR";

/// The hour of the day at which reminders come.
const HOUR: i64 = 9;

impl ScheduleReport<'_> {
    /// The dates as a calendar, piece by piece. What has no date stands in none.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn calendar(&self, out: &mut dyn Write) -> fmt::Result {
        let words = Words { register: self.register, templates: self.templates };
        let usual = ScheduleSettings::default();
        let settings = self.register.settings.as_ref();
        let owner = settings.map_or("", |settings| settings.data.municipality.name.as_str());
        let name = format!("Idéburna partnerskap – {owner}");
        let mut calendar = Calendar::empty();
        calendar
            .append_property(Property::new("VERSION", "2.0"))
            .append_property(Property::new(
                "PRODID",
                concat!("-//iop//iop ", env!("CARGO_PKG_VERSION"), "//SV"),
            ))
            .append_property(Property::new("CALSCALE", "GREGORIAN"))
            .append_property(Property::new("METHOD", "PUBLISH"))
            .append_property(text_value("NAME", &name))
            .append_property(text_value("X-WR-CALNAME", &name))
            .ttl(&Duration::days(1));
        if !self.missing.is_empty() {
            let told: Vec<String> = self.missing.iter().map(Missing::told).collect();
            calendar.description(&told.join(" "));
        }
        let feed = Feed {
            words: &words,
            settings: settings.map_or(&usual, |settings| &settings.data.schedule),
            owner: Some(text::slug(owner))
                .filter(|owner| !owner.is_empty())
                .unwrap_or_else(|| "register".to_owned()),
            as_of: self.as_of,
        };
        // An event as the library holds it takes many times the room of its text.
        let event = |row: &Row<'_>| feed.event(&row.entry.data, row.date()?);
        let shown = self.shown(|row| Some(exact(&folded(&event(row)?.to_string()))));
        let frame = folded(&calendar.to_string());
        let (head, foot) = frame.split_at(frame.find(END).unwrap_or(frame.len()));
        out.write_str(head)?;
        shown.pieces.iter().try_for_each(|event| out.write_str(event))?;
        out.write_str(foot)
    }
}

/// What all events share.
struct Feed<'a> {
    words: &'a Words<'a>,
    settings: &'a ScheduleSettings,
    owner: String,
    as_of: NaiveDate,
}

impl Feed<'_> {
    fn event(&self, agreement: &Agreement, deadline: &Deadline<'_>) -> Option<Event> {
        let day = deadline.when.last_day()?;
        let stamp = self.as_of.and_time(NaiveTime::MIN).and_utc();
        let mut event = Event::new();
        event
            .uid(&format!("{}@{}.iop", deadline.id, self.owner))
            .timestamp(stamp)
            .sequence(sequence(self.as_of))
            .class(Class::Public)
            .starts(day)
            .ends(day.checked_add_days(Days::new(1))?)
            .summary(&summary(agreement, deadline))
            .description(&self.description(agreement, deadline))
            .append_property(swedish("CATEGORIES", &text::capitalised(deadline.kind.label())))
            .add_property("TRANSP", "TRANSPARENT");
        // What is done or has passed reminds nobody.
        let is_ahead = matches!(deadline.state, State::Coming | State::Due);
        if is_ahead && agreement.status != Status::Draft {
            for days in self.settings.alarm_days(deadline.kind) {
                event.alarm(alarm(days, &summary(agreement, deadline), &deadline.id, stamp));
            }
        }
        Some(event.done())
    }

    /// What one needs to act on the date, line by line.
    fn description(&self, agreement: &Agreement, deadline: &Deadline<'_>) -> String {
        let line = |title: &str, text: Option<String>| text.map(|text| format!("{title}: {text}"));
        let done = match &deadline.state {
            State::Done(done) => {
                let day = done.date.map(|day| day.to_string());
                Some([day.as_deref(), done.reference].into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
            _ => None,
        };
        let certainty = Some(self.words.certainty(deadline)).filter(|certainty| !certainty.is_definite());
        let told = Some(self.words.told(deadline.kind)).filter(|told| !told.is_empty());
        let lines = [
            Some(format!("Avtal: {} ({})", deadline.agreement, agreement.title)),
            match deadline.when {
                When::Window(period) => Some(format!("Någon gång {period}, senast den sista dagen")),
                When::Day(_) | When::Unknown { .. } => None,
            },
            line("Helg", words::day_off(deadline)),
            Some(format!("Ansvarig: {}", words::responsible(deadline, agreement))),
            line("Mottagare", words::receiver(deadline, agreement)),
            line("Får veta", told),
            Some(format!("Följer av: {}", self.words.basis(deadline, agreement))),
            line("Säkerhet", certainty.map(|certainty| certainty.label())),
            line("Klart", done.filter(|done| !done.is_empty())),
        ];
        let notes = deadline.notes.iter().cloned();
        lines.into_iter().flatten().chain(notes).collect::<Vec<_>>().join("\n")
    }
}

/// "Senast: möte med styrgrupp, första halvåret 2021 (RSMH Lund)", "Klart: …".
fn summary(agreement: &Agreement, deadline: &Deadline<'_>) -> String {
    let with = counterpart(agreement, deadline).unwrap_or(deadline.agreement);
    let before = match (&deadline.state, &deadline.when) {
        (State::Done(_), _) => "Klart: ",
        (State::Overdue, _) => "Försenat: ",
        (_, When::Window(_)) => "Senast: ",
        _ => "",
    };
    // What is not decided must not pass for an agreement in force.
    let status = match agreement.status {
        Status::Draft | Status::Proposed => format!(", {}", agreement.status.label()),
        Status::Decided | Status::Signed | Status::Ended => String::new(),
    };
    format!("{before}{} ({with}{status})", deadline.title)
}

/// The organisation that a date concerns: its receiver, the one that sees to it, or the only one there is.
fn counterpart<'a>(agreement: &'a Agreement, deadline: &Deadline<'a>) -> Option<&'a str> {
    let is_civil =
        |key: &&str| agreement.party.get(*key).is_some_and(|party| party.role == Role::CivilSociety);
    let named = [deadline.receiver, deadline.responsible.party].into_iter().flatten().find(is_civil);
    if let Some(party) = named.and_then(|key| agreement.party.get(key)) {
        return Some(party.called());
    }
    let mut all = agreement.parties(Role::CivilSociety);
    all.next().filter(|_| all.next().is_none()).map(Party::called)
}

/// A reminder so many days before, in the morning.
fn alarm(days: u32, summary: &str, id: &str, stamp: chrono::DateTime<chrono::Utc>) -> Alarm {
    let before = Duration::days(days.into()) - Duration::hours(HOUR);
    let trigger =
        if before > Duration::zero() { Trigger::before_start(before) } else { Trigger::after_start(-before) };
    let text = match days {
        0 => format!("I dag: {summary}"),
        1 => format!("I morgon: {summary}"),
        _ => format!("Om {days} dagar: {summary}"),
    };
    let mut alarm = Alarm::display(&text, trigger);
    // The library would otherwise fill in the clock and a random number.
    alarm
        .add_property("UID", format!("{id}/{days}"))
        .add_property("DTSTAMP", stamp.format("%Y%m%dT%H%M%SZ").to_string());
    alarm.done()
}

/// A text in a property that the library does not know to hold one, and would write as it stands.
fn text_value(name: &str, text: &str) -> Property {
    Property::new(name, text).add_parameter("VALUE", "TEXT").done()
}

/// A text that says that it is Swedish.
fn swedish(name: &str, text: &str) -> Property {
    Property::new(name, text).add_parameter("LANGUAGE", "sv").done()
}

/// The most bytes of a line, RFC 5545 section 3.1.
const LINE: usize = 75;

/// Folds lines that are still too long: what the library leaves at the end of a folded line may be a byte over. What would
/// break or steer a line becomes the picture of itself.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.split_inclusive("\r\n") {
        let line = text::visible(line.trim_end_matches("\r\n")) + "\r\n";
        let mut rest = &*line;
        while rest.trim_end_matches("\r\n").len() > LINE {
            let end = (1..=LINE).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
            let (now, later) = rest.split_at(end);
            folded.push_str(now);
            folded.push_str("\r\n");
            rest = later;
            // Of a line that goes on, the first byte is a blank: it has room for one less.
            folded.push(' ');
        }
        folded.push_str(rest);
    }
    folded
}

/// Days since the year 2000: it grows from day to day and never falls.
fn sequence(as_of: NaiveDate) -> u32 {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    u32::try_from((as_of - first).num_days()).unwrap_or(0)
}
