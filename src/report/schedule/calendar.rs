//! Dates as a calendar to subscribe to (RFC 5545): all-day events that take up no time, with reminders.
//!
//! The same input and day give the same bytes. What is subscribed to is read again and again: an event keeps its UID as
//! long as the obligation lives, and its SEQUENCE grows with the day on which the calendar was made, so that a changed date
//! replaces the old one.

use std::fmt::{self, Write};

use chrono::{Days, Duration, NaiveDate};

use super::content_lines::ContentLines;
use super::words::{self, Words};
use super::{ScheduleReport, exact};
use crate::agreement::{Agreement, Party, Role, Status};
use crate::report::missing::Missing;
use crate::schedule::{Deadline, State, When};
use crate::settings::ScheduleSettings;
use crate::text;

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
        let mut head = ContentLines::default();
        head.add("BEGIN", "VCALENDAR");
        head.add("VERSION", "2.0");
        head.add("PRODID", concat!("-//iop//iop ", env!("CARGO_PKG_VERSION"), "//SV"));
        head.add("CALSCALE", "GREGORIAN");
        head.add("METHOD", "PUBLISH");
        head.add_text("NAME;VALUE=TEXT", &name);
        head.add_text("X-WR-CALNAME;VALUE=TEXT", &name);
        let daily = Duration::days(1).to_string();
        head.add("REFRESH-INTERVAL;VALUE=DURATION", &daily);
        head.add("X-PUBLISHED-TTL", &daily);
        if !self.missing.is_empty() {
            let told: Vec<String> = self.missing.iter().map(Missing::told).collect();
            let told = told.join(" ");
            head.add_text("DESCRIPTION", &told);
            head.add_text("X-WR-CALDESC", &told);
        }
        let feed = Feed {
            words: &words,
            settings: settings.map_or(&usual, |settings| &settings.data.schedule),
            owner: Some(text::slug(owner))
                .filter(|owner| !owner.is_empty())
                .unwrap_or_else(|| "register".to_owned()),
            stamp: format!("{}T000000Z", day(self.as_of)),
            sequence: sequence(self.as_of).to_string(),
        };
        let shown = self.shown(|row| Some(exact(&feed.event(&row.entry.data, row.date()?)?)));
        out.write_str(&head.into_text())?;
        shown.pieces.iter().try_for_each(|event| out.write_str(event))?;
        out.write_str("END:VCALENDAR\r\n")
    }
}

/// What all events share.
struct Feed<'a> {
    words: &'a Words<'a>,
    settings: &'a ScheduleSettings,
    owner: String,
    /// When the calendar was made, as its events have it.
    stamp: String,
    /// Their number.
    sequence: String,
}

impl Feed<'_> {
    fn event(&self, agreement: &Agreement, deadline: &Deadline<'_>) -> Option<String> {
        let last = deadline.when.last_day()?;
        let summary = summary(agreement, deadline);
        let mut event = ContentLines::default();
        event.add("BEGIN", "VEVENT");
        event.add("CATEGORIES;LANGUAGE=sv", &text::capitalised(deadline.kind.label()));
        event.add("CLASS", "PUBLIC");
        event.add_text("DESCRIPTION", &self.description(agreement, deadline));
        event.add("DTEND;VALUE=DATE", &day(last.checked_add_days(Days::new(1))?));
        event.add("DTSTAMP", &self.stamp);
        event.add("DTSTART;VALUE=DATE", &day(last));
        event.add("SEQUENCE", &self.sequence);
        event.add_text("SUMMARY", &summary);
        event.add("TRANSP", "TRANSPARENT");
        event.add_text("UID", &format!("{}@{}.iop", deadline.id, self.owner));
        // What is done or has passed reminds nobody.
        let is_ahead = matches!(deadline.state, State::Coming | State::Due);
        if is_ahead && agreement.status != Status::Draft {
            for days in self.settings.alarm_days(deadline.kind) {
                self.alarm(&mut event, days, &summary, &deadline.id);
            }
        }
        event.add("END", "VEVENT");
        Some(event.into_text())
    }

    /// A reminder so many days before, in the morning.
    fn alarm(&self, event: &mut ContentLines, days: u32, summary: &str, id: &str) {
        let from_start = Duration::hours(HOUR) - Duration::days(days.into());
        let text = match days {
            0 => format!("I dag: {summary}"),
            1 => format!("I morgon: {summary}"),
            _ => format!("Om {days} dagar: {summary}"),
        };
        event.add("BEGIN", "VALARM");
        event.add("ACTION", "DISPLAY");
        event.add_text("DESCRIPTION", &text);
        event.add("DTSTAMP", &self.stamp);
        event.add("TRIGGER;RELATED=START", &from_start.to_string());
        event.add_text("UID", &format!("{id}/{days}"));
        event.add("END", "VALARM");
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

/// A day as a calendar writes it.
fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// Days since the year 2000: it grows from day to day and never falls.
fn sequence(as_of: NaiveDate) -> u32 {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    u32::try_from((as_of - first).num_days()).unwrap_or(0)
}
