//! What documents are about: one file for each subject, with its data, what its files are called and what stops a final
//! document about it. The kinds of documents name the subject that they are for.

mod agreement;
pub mod change;

use std::borrow::Cow;

use chrono::NaiveDate;

pub use change::Change;

use super::kind::{Kind, Need, SubjectKind};
use crate::agreement::{Agreement, Memo, Status};
use crate::finding::Finding;
use crate::key_path::KeyPath;
use crate::path;
use crate::register::{Entry, Register, id_of};
use crate::sha256::sha256;
use crate::term::Commitment;

/// What a document is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An agreement.
    Agreement(&'a Entry<Agreement>),
    /// A change of an agreement.
    Change(Change<'a>),
}

/// What a document tells of an agreement: the agreement as it is to be read, and the day on which it is.
pub(super) struct Text<'a> {
    pub(super) entry: Cow<'a, Entry<Agreement>>,
    pub(super) day: NaiveDate,
}

impl<'a> Subject<'a> {
    /// Every subject of a kind that an agreement has, in the order of its file.
    #[must_use]
    pub fn all_of(kind: SubjectKind, entry: &'a Entry<Agreement>) -> Vec<Self> {
        match kind {
            SubjectKind::Agreement => vec![Self::Agreement(entry)],
            SubjectKind::Change => Change::all_of(entry).map(Self::Change).collect(),
            SubjectKind::Meeting | SubjectKind::Duty | SubjectKind::CommitteeYear => Vec::new(),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> SubjectKind {
        match self {
            Self::Agreement(_) => SubjectKind::Agreement,
            Self::Change(_) => SubjectKind::Change,
        }
    }

    /// The agreement that it is about or belongs to.
    #[must_use]
    pub fn entry(&self) -> &'a Entry<Agreement> {
        match self {
            Self::Agreement(entry) => entry,
            Self::Change(change) => change.entry,
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
            Self::Agreement(_) => None,
            Self::Change(change) => Some(format!("{}-{}", change.word(), in_file_name(change.key))),
        }
    }

    /// A name that it has in every run.
    pub(super) fn ident(&self) -> String {
        match self.part() {
            Some(part) => format!("{}/{part}", self.entry().file),
            None => self.entry().file.to_string(),
        }
    }

    /// What it is about, as it stands in a title.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Agreement(entry) => entry.data.title.clone(),
            Self::Change(change) => format!("{} ({})", change.entry.data.title, change.named()),
        }
    }

    /// The date of a document between the parties about it.
    pub(super) fn dated(&self) -> Option<NaiveDate> {
        match self {
            Self::Agreement(entry) => agreement::dated(entry),
            Self::Change(change) => change.dated(),
        }
    }

    /// What only the memo about it tells, and where that stands in the agreement's file.
    pub(super) fn memo(&self) -> (&'a Memo, KeyPath) {
        match self {
            Self::Agreement(entry) => (&entry.data.memo, path!["memo"]),
            Self::Change(change) => change.memo(),
        }
    }

    /// How far it has come by itself, and how firmly the parties were bound by it on a day.
    pub(super) fn standing(&self, register: &Register, day: NaiveDate) -> (Status, Commitment) {
        match self {
            Self::Agreement(entry) => agreement::standing(register, entry, day),
            Self::Change(change) => change.standing(register, day),
        }
    }

    /// The agreement as a document of this kind tells of it.
    pub(super) fn text(&self, kind: &Kind, register: &Register, as_of: NaiveDate) -> Text<'a> {
        match self {
            Self::Agreement(entry) => agreement::text(kind, register, entry, as_of),
            Self::Change(change) => change.text(kind, register, as_of),
        }
    }

    /// Whether a finding has to do with a document of this kind about it: everything in the agreement but what only another
    /// paper tells.
    #[must_use]
    pub fn is_concerned_by(&self, finding: &Finding, kind: &Kind) -> bool {
        let entry = self.entry();
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
        let mut obstacles = Vec::new();
        let (status, standing) = self.standing(register, as_of);
        if status == Status::Draft {
            let what = match self {
                Self::Agreement(_) => "Avtalet".to_owned(),
                Self::Change(change) => change.definite().to_owned(),
            };
            obstacles.push(format!("{what} är ett utkast: ändra status när det är färdigt."));
        }
        if kind.needs(Need::Signatories) {
            let unsigned = self.entry().data.party.iter().filter(|(_, party)| party.signatory.is_none());
            obstacles.extend(unsigned.map(|(key, party)| {
                format!("{} saknar undertecknare (party.{key}.signatory)", party.name)
            }));
        }
        if kind.needs(Need::Decision) && !standing.is_bound() {
            let file = format!("records/{}.toml", id_of(&self.entry().file));
            obstacles.push(format!("Beslutet finns inte i {file}."));
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
