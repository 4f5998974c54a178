//! A change of an agreement as the subject of documents: an extension, a supplement or an ending.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::topic::Topic;
use crate::agreement::{Agreement, AlsoDecidesChange, Ending, Extension, Memo, Status, Supplement};
use crate::date;
use crate::documents::kind::{Kind, SubjectKind};
use crate::key_path::KeyPath;
use crate::keyed::Keyed;
use crate::path;
use crate::records::{Decision, Records};
use crate::register::{Entry, Register};
use crate::term::{Commitment, change_on};
use crate::vocabulary::Known;

/// A change of an agreement.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// The change's key in the agreement's file.
    pub key: &'a str,
    /// The change.
    pub what: What<'a>,
}

/// What changes an agreement.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// A longer term.
    Extension(&'a Extension),
    /// A numbered supplement.
    Supplement(&'a Supplement),
    /// An end before its time.
    Ending(&'a Ending),
}

/// A memo that tells nothing.
pub(super) fn no_memo() -> &'static Memo {
    &NO_MEMO
}

static NO_MEMO: LazyLock<Memo> = LazyLock::new(Memo::default);

impl<'a> Change<'a> {
    /// Every change of an agreement, in the order of its file.
    pub fn all_of(entry: &'a Entry<Agreement>) -> impl Iterator<Item = Self> {
        let extensions = entry.data.extension.iter().map(|(key, one)| (key.as_str(), What::Extension(one)));
        let supplements =
            entry.data.supplement.iter().map(|(key, one)| (key.as_str(), What::Supplement(one)));
        let ending = entry.data.ending.iter().map(|one| ("ending", What::Ending(one)));
        extensions.chain(supplements).chain(ending).map(move |(key, what)| Self { entry, key, what })
    }

    /// What it is, as it stands after the agreement's own title.
    pub(in crate::documents) fn named(&self) -> String {
        match self.what {
            What::Extension(one) => format!("förlängning till och med den {}", date::long(one.until)),
            What::Supplement(one) => format!("tillägg nr {}", one.number),
            What::Ending(one) => format!("avslut den {}", date::long(one.until)),
        }
    }

    /// The same as it stands in running text.
    pub(in crate::documents) fn definite_name(&self) -> String {
        match self.what {
            What::Extension(one) => format!("förlängningen till och med den {}", date::long(one.until)),
            What::Supplement(_) | What::Ending(_) => self.named(),
        }
    }

    /// How firmly the parties were bound by it on `day`.
    pub(in crate::documents) fn commitment(&self, records: Option<&Records>, day: NaiveDate) -> Commitment {
        match self.what {
            What::Extension(one) => change_on(one, records, day),
            What::Supplement(one) => change_on(one, records, day),
            What::Ending(one) => change_on(one, records, day),
        }
    }

    /// Its number among the supplements, where it has one.
    pub(in crate::documents) fn number(&self) -> Option<u32> {
        match self.what {
            What::Supplement(one) => Some(one.number),
            What::Extension(_) | What::Ending(_) => None,
        }
    }

    /// The new last day, where it brings one.
    pub(in crate::documents) fn until(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => Some(one.until),
            What::Supplement(one) => one.end,
            What::Ending(one) => Some(one.until),
        }
    }

    /// The decisions behind it, in the order of the committees; none where not all that decide have.
    pub(in crate::documents) fn decisions(&self, records: Option<&'a Records>) -> Vec<&'a Decision> {
        let keys: Vec<Option<&String>> = match self.what {
            What::Extension(one) => one.decisions().collect(),
            What::Supplement(one) => one.decisions().collect(),
            What::Ending(one) => vec![one.decision.known()],
        };
        let all: Option<Vec<_>> = keys.into_iter().map(|key| records?.decision.get(key?)).collect();
        all.unwrap_or_default()
    }

    /// The other committees that decide on it too; nothing where they are those that decide on the agreement.
    pub(in crate::documents) fn also_decides(&self) -> Option<&'a Keyed<AlsoDecidesChange>> {
        match self.what {
            What::Extension(one) => Some(&one.also_decides),
            What::Supplement(one) => Some(&one.also_decides),
            What::Ending(_) => None,
        }
    }

    /// Where it stands in the agreement's file.
    pub(in crate::documents) fn path(&self) -> KeyPath {
        match self.what {
            What::Extension(_) => path!["extension", self.key],
            What::Supplement(_) => path!["supplement", self.key],
            What::Ending(_) => path!["ending"],
        }
    }

    /// The day on which a document about it was written, or one by which it must have been: its own date, the change's, or the
    /// decision on it. Notice counts on the day on which it is decided: what was known before it was known the day before.
    pub(in crate::documents) fn written(&self, kind: &Kind, register: &Register) -> Option<NaiveDate> {
        let records = register.records_of(self.entry);
        let own = self.memo().0.dated.known().copied().filter(|_| kind.is_memo());
        let decided = || self.decisions(records).iter().map(|one| one.date).max();
        own.or_else(|| match self.what {
            What::Ending(_) => decided()?.pred_opt(),
            _ if kind.is_memo() => decided().or(self.dated()),
            _ => self.dated().or_else(decided),
        })
    }
}

impl<'a> Topic<'a> for Change<'a> {
    fn kind(&self) -> SubjectKind {
        match self.what {
            What::Extension(_) | What::Supplement(_) => SubjectKind::Change,
            What::Ending(_) => SubjectKind::Ending,
        }
    }

    fn entry(&self) -> Option<&'a Entry<Agreement>> {
        Some(self.entry)
    }

    fn title(&self, _: &Register) -> String {
        format!("{} ({})", self.entry.data.title, self.named())
    }

    fn part(&self) -> Option<String> {
        let word = match self.what {
            What::Extension(_) => "forlangning",
            What::Supplement(_) => "tillagg",
            // An agreement ends once.
            What::Ending(_) => return None,
        };
        Some(format!("{word}-{}", super::in_file_name(self.key)))
    }

    fn definite(&self) -> &'static str {
        match self.what {
            What::Extension(_) => "Förlängningen",
            What::Supplement(_) => "Tillägget",
            What::Ending(_) => "Avslutet",
        }
    }

    fn dated(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => one.dated.known().copied(),
            What::Supplement(one) => one.dated.known().copied(),
            What::Ending(_) => None,
        }
    }

    fn memo(&self) -> (&'a Memo, KeyPath) {
        let memo = match self.what {
            What::Extension(one) => one.memo.as_deref(),
            What::Supplement(one) => one.memo.as_deref(),
            What::Ending(one) => one.memo.as_deref(),
        };
        (memo.unwrap_or_else(|| no_memo()), self.path().join("memo"))
    }

    fn standing(&self, register: &Register, day: NaiveDate) -> (Status, Commitment) {
        let status = match self.what {
            What::Extension(one) => one.status,
            What::Supplement(one) => one.status,
            What::Ending(_) => Some(Status::Proposed),
        };
        let commitment = self.commitment(register.records_of(self.entry), day);
        (status.unwrap_or(Status::Signed), commitment)
    }

    fn change(&self) -> Option<&Change<'a>> {
        Some(self)
    }
}
