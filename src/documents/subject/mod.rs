//! What documents are about: one file for each subject, with its data, what its files are called and what stops a final
//! document about it. The kinds of documents name the subject that they are for.

mod agreement;
mod change;
mod committee_year;
mod dated;
mod topic;

use chrono::NaiveDate;

pub use change::Changed;
pub use committee_year::CommitteeYear;
pub use dated::{Dated, about};
pub(super) use topic::Topic;

use super::kind::{Kind, Need, SubjectKind};
use crate::agreement::{Agreement, Status};
use crate::digest::sha256;
use crate::finding::{Finding, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::register::{Entry, Register, id_of};
use crate::schedule::Deadline;

/// What a document is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An agreement.
    Agreement(&'a Entry<Agreement>),
    /// A change of an agreement, or its end.
    Change(Changed<'a>),
    /// A meeting of a steering group, or a duty and the period that it is for.
    Dated(Dated<'a>),
    /// A committee and a year.
    CommitteeYear(CommitteeYear<'a>),
}

impl<'a> Subject<'a> {
    /// Every subject of a kind that an agreement's own file has, in its order. Meetings and duties have their dates from the
    /// schedule: [`Self::of_deadline`].
    #[must_use]
    pub fn all_of(kind: SubjectKind, entry: &'a Entry<Agreement>) -> Vec<Self> {
        let changes = Changed::all_of(entry).map(Self::Change);
        std::iter::once(Self::Agreement(entry)).chain(changes).filter(|one| one.kind() == kind).collect()
    }

    /// What a date of an agreement's schedule is about: for one that is about a change every change that nobody is bound by yet.
    #[must_use]
    pub fn of_deadline(
        entry: &'a Entry<Agreement>,
        deadline: &'a Deadline<'a>,
        register: &Register,
        day: NaiveDate,
    ) -> Vec<Self> {
        match about(deadline.kind) {
            Some(SubjectKind::Meeting | SubjectKind::Duty) => vec![Self::Dated(Dated { entry, deadline })],
            Some(SubjectKind::Change | SubjectKind::Ending) => {
                let is_open = |change: &Changed<'_>| !change.standing(register, day).1.is_bound();
                Changed::all_of(entry).filter(is_open).map(Self::Change).collect()
            }
            Some(SubjectKind::Agreement) => vec![Self::Agreement(entry)],
            Some(SubjectKind::CommitteeYear) | None => Vec::new(),
        }
    }

    /// What answers for it.
    pub(super) fn topic(&self) -> &dyn Topic<'a> {
        match self {
            Self::Agreement(entry) => entry,
            Self::Change(change) => change,
            Self::Dated(dated) => dated,
            Self::CommitteeYear(year) => year,
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> SubjectKind {
        self.topic().kind()
    }

    /// The agreement that it is about or belongs to; a committee's year belongs to none.
    #[must_use]
    pub fn entry(&self) -> Option<&'a Entry<Agreement>> {
        self.topic().entry()
    }

    /// The folder in which its documents are written.
    #[must_use]
    pub fn folder(&self) -> String {
        self.topic().folder()
    }

    /// The file name of a document of a kind about it, without its ending.
    #[must_use]
    pub fn file_name(&self, kind: &Kind, register: &Register) -> String {
        let name = kind.file_name(register);
        match self.topic().part() {
            Some(part) => format!("{name}-{part}"),
            None => name,
        }
    }

    /// A name that it has in every run.
    pub(super) fn ident(&self) -> String {
        let file = self.entry().map_or_else(|| self.folder(), |entry| entry.file.to_string());
        match self.topic().part() {
            Some(part) => format!("{file}/{part}"),
            None => file,
        }
    }

    /// Whether a finding has to do with a document of this kind about it: everything in the agreement but what only another
    /// paper tells.
    #[must_use]
    pub fn is_concerned_by(&self, finding: &Finding, kind: &Kind) -> bool {
        let Some(entry) = self.entry() else { return true };
        let memo_of = |path: &KeyPath| {
            let changes = Changed::all_of(entry).map(|change| change.memo().1);
            std::iter::once(path!["memo"]).chain(changes).find(|memo| path.is_in(memo))
        };
        // What is paid and reported is nothing that a document of the agreement promises.
        let is_decided = |place: &Place| {
            place.file.strip_prefix("records/") == entry.file.strip_prefix("agreements/")
                && [path!["decision"], path!["signing"]].iter().any(|path| place.path.is_in(path))
        };
        (finding.touches(&entry.file) || is_decided(&finding.place))
            && match memo_of(&finding.place.path) {
                Some(memo) if finding.place.file == entry.file => {
                    kind.needs(Need::Memo) && memo == self.topic().memo().1
                }
                _ => true,
            }
    }

    /// What stops a final document of this kind besides findings and open facts, as Swedish sentences.
    #[must_use]
    pub fn obstacles(&self, kind: &Kind, register: &Register, as_of: NaiveDate) -> Vec<String> {
        let Some(entry) = self.entry() else { return Vec::new() };
        let mut obstacles = Vec::new();
        let (status, standing) = self.topic().standing(register, as_of);
        if status == Status::Draft {
            let what = self.topic().definite();
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
