//! A date in the life of a partnership.

use std::fmt;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::holiday::DayOff;
use crate::path;
use crate::payouts::Doubt;
use crate::term::Commitment;

/// When something is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// On a day, or by it.
    Day(NaiveDate),
    /// Some time in these days, at the latest on the last of them.
    Window(Period),
    /// Nobody can tell, for the reason given in Swedish; it would be near this day.
    Unknown {
        /// Where it sorts.
        near: NaiveDate,
        /// Why.
        reason: &'static str,
    },
}

impl When {
    /// The last day; nothing where nobody can tell.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Window(period) => Some(period.end),
            Self::Unknown { .. } => None,
        }
    }

    /// The day by which it stands in a list.
    #[must_use]
    pub fn sorts_at(&self) -> NaiveDate {
        match self {
            Self::Day(day) => *day,
            Self::Window(period) => period.end,
            Self::Unknown { near, .. } => *near,
        }
    }
}

/// "2022-03-31", "2021-02-01–2021-06-30", "mötesplan saknas".
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Window(period) => period.fmt(f),
            Self::Unknown { reason, .. } => f.write_str(reason),
        }
    }
}

/// A date that a rule about days off has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The day before it was moved.
    pub from: NaiveDate,
    /// Why nobody works on that day.
    pub day_off: DayOff,
}

/// Who sees to it, as far as the agreement says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Responsible<'a> {
    /// The party, by key; or a function or an organ in words.
    pub party: Option<&'a str>,
    /// The function within it.
    pub function: Option<&'a str>,
}

impl Responsible<'_> {
    /// "Socialförvaltningen, utvecklingschef". Nothing where nobody is named.
    #[must_use]
    pub fn text(&self, agreement: &Agreement) -> Option<String> {
        let party = self.party.map(|key| called(agreement, key));
        match (party, self.function) {
            (Some(party), Some(function)) => Some(format!("{party}, {function}")),
            (Some(name), None) | (None, Some(name)) => Some(name.to_owned()),
            (None, None) => None,
        }
    }
}

/// The name of a party by its key; any other text as it stands.
pub(super) fn called<'a>(agreement: &'a Agreement, key: &'a str) -> &'a str {
    agreement.party.get(key).map_or(key, |party| party.called())
}

/// What a date follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowsFrom {
    /// The key path in the agreement, its records or another file.
    pub place: Place,
    /// The standard clause that tells of it in the document, by key.
    pub clause: Option<&'static str>,
    /// How the day comes from there, in Swedish: "14 dagar före mötet". Nothing where the file states the day itself.
    pub reckoning: Option<String>,
    /// The setting in `iop.toml` that fills what the agreement leaves open, by key path from its root.
    pub assumed: Option<&'static str>,
}

/// That something has been done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fulfilled<'a> {
    /// When; not always known.
    pub date: Option<NaiveDate>,
    /// Registry number, file or voucher.
    pub reference: Option<&'a str>,
    /// What says so.
    pub place: Place,
}

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State<'a> {
    /// It has been done.
    Done(Fulfilled<'a>),
    /// Its last day has passed, and nothing says that it has been done.
    Overdue,
    /// Its last day has passed, and what would say whether it has been done cannot be read.
    Unknown,
    /// Its last day is near.
    Due,
    /// Its last day lies ahead.
    Coming,
    /// Its day has passed and asks nothing of anybody: a right, a time that has run out, an agreement that is only a
    /// draft, or a day before the register began to keep account.
    Passed,
}

impl State<'_> {
    /// The word in machine-readable reports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Overdue => "overdue",
            Self::Unknown => "unknown",
            Self::Due => "due",
            Self::Coming => "coming",
            Self::Passed => "passed",
        }
    }

    /// The Swedish word.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Done(_) => "klart",
            Self::Overdue => "försenat",
            Self::Unknown => "inte känt",
            Self::Due => "aktuellt",
            Self::Coming => "kommande",
            Self::Passed => "passerat",
        }
    }
}

/// What says how firm the sum of a payout is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutSum<'a> {
    /// Whether it has been paid, and not only in part.
    pub is_settled: bool,
    /// Whether it is the most that can be paid.
    pub is_ceiling: bool,
    /// Why it is not definite.
    pub doubts: Vec<Doubt<'a>>,
}

impl PayoutSum<'_> {
    /// Whether it is the most that can be paid, and nobody knows yet how much is called on.
    pub(super) fn is_open_ceiling(&self) -> bool {
        self.is_ceiling && !self.is_settled
    }
}

/// Something that falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline<'a> {
    /// What it is called in every run and format: agreement, kind, what it belongs to, and period, with `/` between.
    pub id: String,
    /// The agreement's id.
    pub agreement: &'a str,
    /// What it is.
    pub kind: DeadlineKind,
    /// The steering group, duty, option, payout or series that it belongs to, by key.
    pub of: Option<String>,
    /// Its period or number among its like: "2021H1".
    pub period: Option<String>,
    /// The days that it concerns.
    pub covers: Option<Period>,
    /// What people call it.
    pub title: String,
    /// When.
    pub when: When,
    /// Where it would be, had no rule about days off moved it.
    pub moved: Option<Moved>,
    /// Why nobody works on its last day, where it has stayed.
    pub day_off: Option<DayOff>,
    /// Who sees to it.
    pub responsible: Responsible<'a>,
    /// Who receives it, by party key or function.
    pub receiver: Option<&'a str>,
    /// What it follows from.
    pub basis: FollowsFrom,
    /// How firmly the parties are bound by it: by the agreement, and by the time that it belongs to.
    pub commitment: Commitment,
    /// Whether it can change without anybody agreeing on something else: the time that it belongs to is less firm than the
    /// agreement, or it is counted from a last day that an option or a renewal can still move.
    pub is_preliminary: bool,
    /// Since when they are bound by it, and by what, as it follows "då"; nothing where no file says.
    pub(super) since: Option<(NaiveDate, &'static str)>,
    /// The sum, of a payout.
    pub sum: Option<PayoutSum<'a>>,
    /// How far it has come.
    pub state: State<'a>,
    /// The planned meeting that is to fill it.
    pub booked: Option<Place>,
    /// What else the reader must know.
    pub notes: Vec<String>,
}

impl Deadline<'_> {
    /// Whether it was done after its last day. A meeting is late when it lies after the days in which it was to be held; nobody
    /// is late with a ceiling, which nobody has to call on.
    #[must_use]
    pub fn is_late(&self) -> bool {
        let State::Done(done) = &self.state else { return false };
        if self.sum.as_ref().is_some_and(|sum| sum.is_ceiling) {
            return false;
        }
        let last = match (self.kind, self.covers) {
            (DeadlineKind::SteeringMeeting, Some(window)) => Some(window.end),
            _ => self.when.last_day(),
        };
        done.date.zip(last).is_some_and(|(date, last)| date > last)
    }

    /// Days from `as_of` to its last day; negative once it has passed.
    #[must_use]
    pub fn days_left(&self, as_of: NaiveDate) -> Option<i64> {
        Some((self.when.last_day()? - as_of).num_days())
    }
}

/// What the agreement leaves so open that no date follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The open fact.
    pub place: Place,
    /// What cannot be dated, as a Swedish sentence.
    pub text: String,
}

impl Gap {
    /// Whether it is a whole file that cannot be read.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.place.path.is_root()
    }

    /// Whether the agreement's status hides what the parties have entered into.
    #[must_use]
    pub fn is_about_status(&self) -> bool {
        self.place.path == path!["status"]
    }
}
