//! What the sources of dates share: the agreement with its records and settings, and how a date is completed.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};

use super::deadline::{Deadline, FollowsFrom, Fulfilled, Gap, Moved, PayoutSum, Responsible, State, When};
use super::footing::{Footing, Ground};
use crate::agreement::{Agreement, Party, Role};
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::holiday::{self, OnHoliday};
use crate::key_path::KeyPath;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::settings::ScheduleSettings;
use crate::term::Life;
use crate::vocabulary::Known;

/// A date on its way: what the sources know of it.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) kind: DeadlineKind,
    pub(super) of: Option<String>,
    pub(super) period: Option<String>,
    pub(super) covers: Option<Period>,
    pub(super) title: String,
    pub(super) when: When,
    pub(super) responsible: Responsible<'a>,
    pub(super) receiver: Option<&'a str>,
    pub(super) basis: FollowsFrom,
    pub(super) done: Option<Fulfilled<'a>>,
    /// The last day on which it is of use: later on it only has passed. A meeting that has been missed needs no call.
    pub(super) useful_until: Option<NaiveDate>,
    /// The planned meeting that is to fill it.
    pub(super) booked: Option<Place>,
    /// What it stands on, where that is neither the days that it covers nor the agreement itself.
    pub(super) footing: Option<Footing>,
    /// Whether it is counted from a last day that can still move.
    pub(super) can_move: bool,
    /// Whether it belongs to a decision that somebody has asked for: owed before the parties are bound.
    pub(super) is_asked: bool,
    /// The sum, of a payout.
    pub(super) sum: Option<PayoutSum<'a>>,
    pub(super) notes: Vec<String>,
}

impl Draft<'_> {
    /// A date with nothing more known of it.
    pub(super) fn new(kind: DeadlineKind, title: String, when: When, basis: FollowsFrom) -> Self {
        Self {
            kind,
            of: None,
            period: None,
            covers: None,
            title,
            when,
            responsible: Responsible::default(),
            receiver: None,
            basis,
            done: None,
            useful_until: None,
            booked: None,
            footing: None,
            can_move: false,
            is_asked: false,
            sum: None,
            notes: Vec::new(),
        }
    }
}

/// One agreement on one day, and the dates found so far.
pub(super) struct Context<'a> {
    pub(super) register: &'a Register,
    pub(super) id: &'a str,
    pub(super) entry: &'a Entry<Agreement>,
    pub(super) records: Option<&'a Entry<Records>>,
    pub(super) settings: &'a ScheduleSettings,
    pub(super) as_of: NaiveDate,
    /// The agreements that continue this one and that somebody was bound by on the day.
    pub(super) successors: Vec<&'a Entry<Agreement>>,
    /// The agreement's life as it was known on the day.
    pub(super) life: Life<'a>,
    /// The term in force; nothing where the agreement states none in order.
    pub(super) term: Option<Period>,
    deadlines: Vec<Deadline<'a>>,
    gaps: Vec<Gap>,
}

static USUAL: LazyLock<ScheduleSettings> = LazyLock::new(ScheduleSettings::default);

impl<'a> Context<'a> {
    pub(super) fn new(
        register: &'a Register,
        id: &'a str,
        entry: &'a Entry<Agreement>,
        successors: Vec<&'a Entry<Agreement>>,
        as_of: NaiveDate,
    ) -> Self {
        let records = register.records.get(id);
        let life = Life::known_on(&entry.data, records.map(|entry| &*entry.data), as_of);
        Self {
            register,
            id,
            entry,
            records,
            settings: register.settings.as_ref().map_or(&*USUAL, |settings| &settings.data.schedule),
            as_of,
            successors,
            term: life.in_force(),
            life,
            deadlines: Vec::new(),
            gaps: Vec::new(),
        }
    }

    pub(super) fn agreement(&self) -> &'a Agreement {
        &self.entry.data
    }

    /// What dates stand on.
    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            agreement: self.agreement(),
            records: self.records.map(|records| &*records.data),
            life: &self.life,
            as_of: self.as_of,
        }
    }

    /// Whether an option or an automatic renewal can still move the last day.
    pub(super) fn last_day_can_move(&self) -> bool {
        self.life.possible().next().is_some()
    }

    /// A place in the agreement.
    pub(super) fn place(&self, path: KeyPath) -> Place {
        Place::value(&self.entry.file, path)
    }

    /// The public party that keeps the register, or else the first public one.
    pub(super) fn public_party(&self) -> Option<(&'a str, &'a Party)> {
        let agreement = self.agreement();
        let parties = || agreement.party.iter().filter(|(_, party)| party.role == Role::Public);
        parties()
            .find(|(key, _)| self.register.pays_itself(agreement, key))
            .or_else(|| parties().next())
            .map(|(key, party)| (key.as_str(), party))
    }

    /// The public party with the function of its first contact.
    pub(super) fn public(&self) -> Responsible<'a> {
        self.public_party().map_or_else(Responsible::default, |(key, party)| Responsible {
            party: Some(key),
            function: first_contact(party),
        })
    }

    /// The committee that decides, by the name it has today.
    pub(super) fn committee(&self) -> Responsible<'a> {
        let committee = self.register.committee_of(self.agreement());
        let name = committee.and_then(|committee| committee.name_on(self.as_of));
        name.map_or_else(|| self.public(), |name| Responsible { party: Some(name), function: None })
    }

    /// A date that belongs to the term as a whole.
    pub(super) fn of_term(
        &self,
        kind: DeadlineKind,
        title: &str,
        day: NaiveDate,
        path: KeyPath,
    ) -> Draft<'a> {
        let basis =
            FollowsFrom { place: self.place(path), clause: Some("term"), reckoning: None, assumed: None };
        Draft { responsible: self.public(), ..Draft::new(kind, title.to_owned(), When::Day(day), basis) }
    }

    /// A party or a function, with the function of the party's first contact.
    pub(super) fn named(&self, name: Option<&'a String>) -> Responsible<'a> {
        let Some(name) = name else { return Responsible::default() };
        let function = self.agreement().party.get(name.as_str()).and_then(first_contact);
        Responsible { party: Some(name), function }
    }

    /// Says that something cannot be dated.
    pub(super) fn gap(&mut self, path: KeyPath, text: impl Into<String>) {
        self.gap_at(self.place(path), text);
    }

    /// The same, for what stands in another file than the agreement's.
    pub(super) fn gap_at(&mut self, place: Place, text: impl Into<String>) {
        self.gaps.push(Gap { place, text: text.into() });
    }

    /// The dates found so far.
    pub(super) fn found(&self) -> &[Deadline<'a>] {
        &self.deadlines
    }

    /// Completes a date and keeps it.
    pub(super) fn add(&mut self, draft: Draft<'a>) {
        let mut when = draft.when;
        // No file and no calendar holds a later year.
        if when.sorts_at().year() > 9999 {
            return;
        }
        let is_in_gap = |days: Period| self.life.gaps().iter().any(|gap| gap.contains(&days));
        // For days without an agreement nobody owes anything but what is to be paid.
        let is_nobodys = draft.kind != DeadlineKind::Payout && draft.done.is_none();
        if is_nobodys && draft.covers.is_some_and(is_in_gap) {
            return;
        }
        let mut moved = None;
        let rule = self.agreement().on_holiday.unwrap_or(self.settings.on_holiday);
        if let (true, When::Day(day)) = (draft.kind.nature().can_move && rule != OnHoliday::Keep, &when) {
            moved = holiday::day_off(*day).map(|day_off| Moved { from: *day, day_off });
            when = When::Day(holiday::moved(*day, rule));
        }
        // Within a window there are other days to choose.
        let day_off = match &when {
            When::Day(day) => holiday::day_off(*day),
            When::Window(_) | When::Unknown { .. } => None,
        };
        // An index value is done once its series holds it; all else the records tell.
        let is_blind = draft.kind != DeadlineKind::IndexValue && self.register.has_unread_records(self.id);
        let footing = draft
            .footing
            .or_else(|| Some(self.ground().in_days(draft.covers?)))
            .unwrap_or_else(|| self.ground().whole());
        let is_owed = footing.commitment.is_bound() || draft.is_asked;
        let is_done = draft.done.is_some();
        let mut notes = draft.notes;
        let state = match self.state(draft.kind, &when, draft.useful_until, draft.done) {
            State::Overdue if !is_owed => State::Passed,
            // Nobody owes a ceiling that nobody has called on.
            State::Overdue if draft.sum.as_ref().is_some_and(PayoutSum::is_open_ceiling) => State::Passed,
            State::Overdue => match Self::owed_before(draft.kind, &when, &footing) {
                Some(note) => {
                    notes.push(note);
                    State::Passed
                }
                None if is_blind => State::Unknown,
                None => State::Overdue,
            },
            state => state,
        };
        let days = draft.covers.unwrap_or_else(|| Period { start: when.sorts_at(), end: when.sorts_at() });
        let open_end = self.open_end(days);
        // A payout tells it of its sum, and the last day of itself.
        let tells = !matches!(draft.kind, DeadlineKind::Payout | DeadlineKind::TermEnd) && !is_done;
        let may_move = draft.can_move || open_end.is_some();
        notes.extend(open_end.filter(|_| tells));
        let parts = [Some(self.id), Some(draft.kind.word()), draft.of.as_deref(), draft.period.as_deref()];
        let id = parts.into_iter().flatten().collect::<Vec<_>>().join("/");
        self.deadlines.push(Deadline {
            id,
            agreement: self.id,
            kind: draft.kind,
            of: draft.of,
            period: draft.period,
            covers: draft.covers,
            title: draft.title,
            when,
            moved,
            day_off,
            responsible: draft.responsible,
            receiver: draft.receiver,
            basis: draft.basis,
            commitment: footing.commitment,
            is_preliminary: may_move || footing.commitment > self.life.standing,
            since: footing.since,
            sum: draft.sum,
            state,
            booked: draft.booked,
            notes,
        });
    }

    /// Why it is open whether days come, or when what is counted from the end does, as a Swedish sentence: notice says no last
    /// day, or the last day rests on what is only decided.
    fn open_end(&self, days: Period) -> Option<String> {
        let untold = self.life.may_not_come(days);
        let untold =
            untold.map(|given| format!("Avtalet är uppsagt ({given}), men det framgår inte när det upphör."));
        untold.or_else(|| {
            let early = self.life.early_end.as_ref().filter(|early| early.day <= days.end)?;
            let how = early.how(self.life.standing)?;
            Some(format!("Avtalet slutar i förtid, {} {how}.", early.day))
        })
    }

    /// Why nobody is late with what was due before the parties were bound by it, as a Swedish sentence; nothing where
    /// somebody is. What is to be paid then is due later instead, and an index value is needed all the same.
    fn owed_before(kind: DeadlineKind, when: &When, footing: &Footing) -> Option<String> {
        if matches!(kind, DeadlineKind::Payout | DeadlineKind::IndexValue) {
            return None;
        }
        let (since, by) = footing.since?;
        let last = when.last_day().filter(|last| *last < since)?;
        Some(format!("Krävs inte: dagen {last} låg före {since}, då {by}."))
    }

    fn state(
        &self,
        kind: DeadlineKind,
        when: &When,
        useful_until: Option<NaiveDate>,
        done: Option<Fulfilled<'a>>,
    ) -> State<'a> {
        if let Some(done) = done {
            return State::Done(done);
        }
        let Some(last) = when.last_day() else {
            return if when.sorts_at() < self.as_of { State::Passed } else { State::Coming };
        };
        if last >= self.as_of {
            let near = self.as_of.checked_add_days(Days::new(self.settings.due_within_days.get().into()));
            return if near.is_none_or(|near| last <= near) { State::Due } else { State::Coming };
        }
        let is_followed = self.settings.followed_from.is_none_or(|from| from <= last);
        let is_of_use = useful_until.is_none_or(|until| self.as_of <= until);
        if kind.nature().is_duty && is_of_use && is_followed { State::Overdue } else { State::Passed }
    }

    pub(super) fn finish(self) -> (Life<'a>, Vec<Deadline<'a>>, Vec<Gap>) {
        (self.life, self.deadlines, self.gaps)
    }
}

/// The function of a party's first contact.
fn first_contact(party: &Party) -> Option<&str> {
    let contacts = party.contact.known()?;
    contacts.values().find_map(|contact| contact.function.known()).map(String::as_str)
}
