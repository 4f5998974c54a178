//! What people read of a date.

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::deadline_kind::DeadlineKind;
use crate::documents::{Templates, clause_heading};
use crate::register::Register;
use crate::report::certainty::Certainties;
use crate::report::sheet::Cell;
use crate::schedule::{Deadline, Fulfilled, State, When};

/// What words are taken from.
#[derive(Clone, Copy)]
pub(in crate::report) struct Words<'a> {
    pub(in crate::report) register: &'a Register,
    pub(in crate::report) templates: &'a Templates,
}

impl Words<'_> {
    /// The heading of the clause that tells of a date, where one does.
    pub(in crate::report) fn clause(&self, deadline: &Deadline<'_>, agreement: &Agreement) -> Option<String> {
        clause_heading(self.register, self.templates, agreement, deadline.basis.clause?)
    }

    /// "Styrning (`steering_group.styrgrupp.meetings`), 14 dagar före mötet, förval: `schedule.call_days`".
    pub(in crate::report) fn basis(&self, deadline: &Deadline<'_>, agreement: &Agreement) -> String {
        let basis = &deadline.basis;
        let is_own = basis.place.file.starts_with("agreements/");
        let path = if is_own {
            basis.place.path.to_string()
        } else {
            format!("{}: {}", basis.place.file, basis.place.path)
        };
        let place = match self.clause(deadline, agreement) {
            Some(clause) => format!("{clause} ({path})"),
            None => path,
        };
        let assumed = basis.assumed.map(|setting| format!("förval: {setting}"));
        let parts = [Some(place), basis.reckoning.clone(), assumed];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// How firm it is.
    pub(in crate::report) fn certainty(&self, deadline: &Deadline<'_>) -> Certainties {
        let is_blind = self.register.has_unread_records(deadline.agreement);
        Certainties::of_deadline(deadline, is_blind)
    }

    /// The functions that are told of a kind of date.
    pub(in crate::report) fn told(&self, kind: DeadlineKind) -> String {
        let settings = self.register.settings.as_ref();
        settings.map(|settings| settings.data.schedule.told(kind).join(", ")).unwrap_or_default()
    }
}

/// When it is: a day, or in words.
pub(in crate::report) fn when(deadline: &Deadline<'_>) -> Cell {
    match &deadline.when {
        When::Day(day) => Cell::Day(*day),
        when @ (When::Window(_) | When::Unknown { .. }) => Cell::shown(Some(when)),
    }
}

/// The first day of a window.
pub(in crate::report) fn first(deadline: &Deadline<'_>) -> Option<NaiveDate> {
    match &deadline.when {
        When::Window(period) => Some(period.start),
        When::Day(_) | When::Unknown { .. } => None,
    }
}

/// That nobody works on the last day, or that it has been moved from such a day.
pub(in crate::report) fn day_off(deadline: &Deadline<'_>) -> Option<String> {
    if let Some(moved) = deadline.moved {
        return Some(format!("flyttat från {} ({})", moved.from, moved.day_off.label()));
    }
    deadline.day_off.map(|day_off| day_off.label().to_owned())
}

/// Who sees to it.
pub(in crate::report) fn responsible(deadline: &Deadline<'_>, agreement: &Agreement) -> String {
    deadline.responsible.text(agreement).unwrap_or_else(|| "ej angivet".to_owned())
}

/// Who receives it.
pub(in crate::report) fn receiver(deadline: &Deadline<'_>, agreement: &Agreement) -> Option<String> {
    let receiver = deadline.receiver?;
    Some(agreement.party.get(receiver).map_or(receiver, |party| party.called()).to_owned())
}

/// How far it has come: "klart 2024-02-10, för sent".
pub(in crate::report) fn state(deadline: &Deadline<'_>) -> String {
    let label = deadline.state.label();
    let State::Done(done) = &deadline.state else { return label.to_owned() };
    let Some(date) = done.date else { return label.to_owned() };
    let late = if deadline.is_late() { ", för sent" } else { "" };
    format!("{label} {date}{late}")
}

/// What has been done, where it has.
pub(in crate::report) fn done<'a>(deadline: &'a Deadline<'_>) -> Option<&'a Fulfilled<'a>> {
    match &deadline.state {
        State::Done(done) => Some(done),
        _ => None,
    }
}

/// Days to its last day, for what is not done.
pub(in crate::report) fn days_left(deadline: &Deadline<'_>, as_of: NaiveDate) -> Cell {
    let left = deadline.days_left(as_of).filter(|_| done(deadline).is_none());
    left.map_or(Cell::Empty, Cell::number)
}
