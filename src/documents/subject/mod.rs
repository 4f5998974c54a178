//! What documents are about: one file for each subject, with its data, what its files are called and what stops a final
//! document about it. The kinds of documents name the subject that they are for.

mod agreement;
pub mod change;
mod committee_year;
mod dated;

use std::borrow::Cow;

use chrono::NaiveDate;

pub use change::Change;
pub use committee_year::CommitteeYear;
pub use dated::{Dated, about};

use super::kind::{Kind, Need, SubjectKind};
use crate::agreement::{Agreement, Memo, Status};
use crate::digest::sha256;
use crate::finding::Finding;
use crate::key_path::KeyPath;
use crate::path;
use crate::register::{Entry, Register, id_of};
use crate::schedule::Deadline;
use crate::term::Commitment;

/// What a document is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An agreement.
    Agreement(&'a Entry<Agreement>),
    /// A change of an agreement.
    Change(Change<'a>),
    /// A meeting of a steering group.
    Meeting(Dated<'a>),
    /// A duty and the period that it is for.
    Duty(Dated<'a>),
    /// A committee and a year.
    CommitteeYear(CommitteeYear<'a>),
}

/// What a document tells of an agreement: the agreement as it is to be read, and the day on which it is.
pub(super) struct Text<'a> {
    pub(super) entry: Cow<'a, Entry<Agreement>>,
    pub(super) day: NaiveDate,
}

impl<'a> Subject<'a> {
    /// Every subject of a kind that an agreement's own file has, in its order. Meetings and duties have their dates from the
    /// schedule: [`Self::of_deadline`].
    #[must_use]
    pub fn all_of(kind: SubjectKind, entry: &'a Entry<Agreement>) -> Vec<Self> {
        match kind {
            SubjectKind::Agreement => vec![Self::Agreement(entry)],
            SubjectKind::Change => Change::all_of(entry).map(Self::Change).collect(),
            SubjectKind::Meeting | SubjectKind::Duty | SubjectKind::CommitteeYear => Vec::new(),
        }
    }

    /// What a date of an agreement's schedule is about: for one that is about a change every change that nobody is bound by yet.
    #[must_use]
    pub fn of_deadline(
        entry: &'a Entry<Agreement>,
        deadline: &'a Deadline<'a>,
        register: &Register,
        day: NaiveDate,
    ) -> Vec<Self> {
        let dated = Dated { entry, deadline };
        match about(deadline.kind) {
            Some(SubjectKind::Meeting) => vec![Self::Meeting(dated)],
            Some(SubjectKind::Duty) => vec![Self::Duty(dated)],
            Some(SubjectKind::Change) => {
                let is_open = |change: &Change<'_>| !change.standing(register, day).1.is_bound();
                Change::all_of(entry).filter(is_open).map(Self::Change).collect()
            }
            Some(SubjectKind::Agreement) => vec![Self::Agreement(entry)],
            Some(SubjectKind::CommitteeYear) | None => Vec::new(),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> SubjectKind {
        match self {
            Self::Agreement(_) => SubjectKind::Agreement,
            Self::Change(_) => SubjectKind::Change,
            Self::Meeting(_) => SubjectKind::Meeting,
            Self::Duty(_) => SubjectKind::Duty,
            Self::CommitteeYear(_) => SubjectKind::CommitteeYear,
        }
    }

    /// The agreement that it is about or belongs to; a committee's year belongs to none.
    #[must_use]
    pub fn entry(&self) -> Option<&'a Entry<Agreement>> {
        match self {
            Self::Agreement(entry) => Some(entry),
            Self::Change(change) => Some(change.entry),
            Self::Meeting(dated) | Self::Duty(dated) => Some(dated.entry),
            Self::CommitteeYear(_) => None,
        }
    }

    /// The folder in which its documents are written.
    #[must_use]
    pub fn folder(&self) -> String {
        match (self, self.entry()) {
            (Self::CommitteeYear(one), _) => format!("{}-{}", in_file_name(one.committee), one.year),
            (_, entry) => entry.map_or("", |entry| id_of(&entry.file)).to_owned(),
        }
    }

    /// The file name of a document of a kind about it, without its ending.
    #[must_use]
    pub fn file_name(&self, kind: &Kind, register: &Register) -> String {
        let name = kind.file_name(register);
        match self.part() {
            Some(part) => format!("{name}-{part}"),
            None => name,
        }
    }

    /// What tells it from others of its kind in the same agreement, as part of a file's name.
    fn part(&self) -> Option<String> {
        match self {
            Self::Agreement(_) | Self::CommitteeYear(_) => None,
            Self::Change(change) => Some(format!("{}-{}", change.word(), in_file_name(change.key))),
            Self::Meeting(dated) | Self::Duty(dated) => Some(dated.part()),
        }
    }

    /// A name that it has in every run.
    pub(super) fn ident(&self) -> String {
        let file = self.entry().map_or_else(|| self.folder(), |entry| entry.file.to_string());
        match self.part() {
            Some(part) => format!("{file}/{part}"),
            None => file,
        }
    }

    /// What it is about, as it stands in a title.
    pub(super) fn title(&self, register: &Register) -> String {
        match self {
            Self::Agreement(entry) => entry.data.title.clone(),
            Self::Change(change) => format!("{} ({})", change.entry.data.title, change.named()),
            Self::Meeting(dated) | Self::Duty(dated) => {
                format!("{}, {}", dated.named(), dated.entry.data.title)
            }
            Self::CommitteeYear(one) => one.named(register),
        }
    }

    /// The date of a document between the parties about it.
    pub(super) fn dated(&self) -> Option<NaiveDate> {
        match self {
            Self::Agreement(entry) => agreement::dated(entry),
            Self::Change(change) => change.dated(),
            Self::Meeting(_) | Self::Duty(_) | Self::CommitteeYear(_) => None,
        }
    }

    /// What only the memo about it tells, and where that stands in the agreement's file.
    pub(super) fn memo(&self) -> (&'a Memo, KeyPath) {
        match self {
            Self::Change(change) => change.memo(),
            _ => (self.entry().map_or_else(|| change::no_memo(), |entry| &entry.data.memo), path!["memo"]),
        }
    }

    /// How far it has come by itself, and how firmly the parties were bound by it on a day. What is not agreed on has come as far
    /// as the agreement that it belongs to.
    pub(super) fn standing(&self, register: &Register, day: NaiveDate) -> (Status, Commitment) {
        match (self, self.entry()) {
            (Self::Change(change), _) => change.standing(register, day),
            (_, Some(entry)) => agreement::standing(register, entry, day),
            (_, None) => (Status::Signed, Commitment::Agreed),
        }
    }

    /// The agreement as a document of this kind tells of it.
    pub(super) fn text(&self, kind: &Kind, register: &Register, as_of: NaiveDate) -> Option<Text<'a>> {
        match self {
            Self::Change(change) => Some(change.text(kind, register, as_of)),
            _ => Some(agreement::text(kind, register, self.entry()?, as_of)),
        }
    }

    /// Whether a finding has to do with a document of this kind about it: everything in the agreement but what only another
    /// paper tells.
    #[must_use]
    pub fn is_concerned_by(&self, finding: &Finding, kind: &Kind) -> bool {
        let Some(entry) = self.entry() else { return true };
        let memo_of = |path: &KeyPath| {
            let changes = Change::all_of(entry).map(|change| change.memo().1);
            std::iter::once(path!["memo"]).chain(changes).find(|memo| path.is_in(memo))
        };
        finding.touches(&entry.file)
            && match memo_of(&finding.place.path) {
                Some(memo) if finding.place.file == entry.file => {
                    kind.needs(Need::Memo) && memo == self.memo().1
                }
                _ => true,
            }
    }

    /// What stops a final document of this kind besides findings and open facts, as Swedish sentences.
    #[must_use]
    pub fn obstacles(&self, kind: &Kind, register: &Register, as_of: NaiveDate) -> Vec<String> {
        let Some(entry) = self.entry() else { return Vec::new() };
        let mut obstacles = Vec::new();
        let (status, standing) = self.standing(register, as_of);
        if status == Status::Draft {
            let what = match self {
                Self::Change(change) => change.definite(),
                _ => "Avtalet",
            };
            obstacles.push(format!("{what} är ett utkast: ändra status när det är färdigt."));
        }
        if kind.needs(Need::Signatories) {
            let unsigned = entry.data.party.iter().filter(|(_, party)| party.signatory.is_none());
            obstacles.extend(
                unsigned.map(|(key, party)| {
                    format!("{} saknar undertecknare (party.{key}.signatory)", party.name)
                }),
            );
        }
        if kind.needs(Need::Decision) && !standing.is_bound() {
            obstacles.push(format!("Beslutet finns inte i records/{}.toml.", id_of(&entry.file)));
        }
        obstacles
    }
}

/// A key as part of a file's name: letters and figures as they are. A key that has others gets an ending of its own, so that no
/// two share a name.
fn in_file_name(key: &str) -> String {
    let plain: String =
        key.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let is_plain = key.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    if is_plain { plain } else { format!("{plain}-{}", &sha256(key)[..6]) }
}
