//! A change of an agreement as the subject of documents: an extension or a supplement.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::Text;
use crate::agreement::{Agreement, AlsoDecidesChange, Extension, Memo, Status, Supplement};
use crate::date;
use crate::documents::context::changes;
use crate::documents::kind::Kind;
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
}

/// A memo that tells nothing.
pub(super) fn no_memo() -> &'static Memo {
    &NO_MEMO
}

static NO_MEMO: LazyLock<Memo> = LazyLock::new(Memo::default);

impl<'a> Change<'a> {
    /// Every change of an agreement, in the order of its file.
    pub fn all_of(entry: &'a Entry<Agreement>) -> impl Iterator<Item = Self> {
        let extensions = entry.data.extension.iter().map(|(key, one)| (key, What::Extension(one)));
        let supplements = entry.data.supplement.iter().map(|(key, one)| (key, What::Supplement(one)));
        extensions.chain(supplements).map(move |(key, what)| Self { entry, key, what })
    }

    /// The Swedish word for it, as part of a file's name.
    pub(super) fn word(&self) -> &'static str {
        match self.what {
            What::Extension(_) => "forlangning",
            What::Supplement(_) => "tillagg",
        }
    }

    /// The same at the beginning of a sentence.
    pub(super) fn definite(&self) -> &'static str {
        match self.what {
            What::Extension(_) => "Förlängningen",
            What::Supplement(_) => "Tillägget",
        }
    }

    /// What it is, as it stands after the agreement's own title.
    pub(in crate::documents) fn named(&self) -> String {
        match self.what {
            What::Extension(one) => format!("förlängning till och med den {}", date::long(one.until)),
            What::Supplement(one) => format!("tillägg nr {}", one.number),
        }
    }

    /// Its number among the supplements, where it has one.
    pub(in crate::documents) fn number(&self) -> Option<u32> {
        match self.what {
            What::Extension(_) => None,
            What::Supplement(one) => Some(one.number),
        }
    }

    /// Its date.
    pub(in crate::documents) fn dated(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => one.dated.known().copied(),
            What::Supplement(one) => one.dated.known().copied(),
        }
    }

    /// The new last day, where it brings one.
    pub(in crate::documents) fn until(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => Some(one.until),
            What::Supplement(one) => one.end,
        }
    }

    /// The decisions behind it, in the order of the committees; none where not all that decide have.
    pub(in crate::documents) fn decisions(&self, records: Option<&'a Records>) -> Vec<&'a Decision> {
        let keys: Vec<Option<&String>> = match self.what {
            What::Extension(one) => one.decisions().collect(),
            What::Supplement(one) => one.decisions().collect(),
        };
        let all: Option<Vec<_>> = keys.into_iter().map(|key| records?.decision.get(key?)).collect();
        all.unwrap_or_default()
    }

    /// The other committees that decide on it too.
    pub(in crate::documents) fn also_decides(&self) -> &'a Keyed<AlsoDecidesChange> {
        match self.what {
            What::Extension(one) => &one.also_decides,
            What::Supplement(one) => &one.also_decides,
        }
    }

    /// Where it stands in the agreement's file.
    pub(in crate::documents) fn path(&self) -> KeyPath {
        match self.what {
            What::Extension(_) => path!["extension", self.key],
            What::Supplement(_) => path!["supplement", self.key],
        }
    }

    /// What only the memo about it tells, and where.
    pub(super) fn memo(&self) -> (&'a Memo, KeyPath) {
        let memo = match self.what {
            What::Extension(one) => one.memo.as_deref(),
            What::Supplement(one) => one.memo.as_deref(),
        };
        (memo.unwrap_or_else(|| no_memo()), self.path().join("memo"))
    }

    /// How far it has come, and how firmly the parties were bound by it on a day.
    pub(super) fn standing(&self, register: &Register, day: NaiveDate) -> (Status, Commitment) {
        let records = register.records_of(self.entry);
        let (status, commitment) = match self.what {
            What::Extension(one) => (one.status, change_on(one, records, day)),
            What::Supplement(one) => (one.status, change_on(one, records, day)),
        };
        (status.unwrap_or(Status::Signed), commitment)
    }

    /// The agreement as it was before the change, on the day on which the document about it was written.
    pub(super) fn text(&self, kind: &Kind, register: &Register, as_of: NaiveDate) -> Text<'a> {
        let day = self.written(kind, register).unwrap_or(as_of);
        Text { entry: Cow::Owned(changes::before(register, self, day)), day }
    }

    /// The day on which a document about it was written, or one by which it must have been: its own date, the change's, or the
    /// decision on it.
    fn written(&self, kind: &Kind, register: &Register) -> Option<NaiveDate> {
        let records = register.records_of(self.entry);
        let own = self.memo().0.dated.known().copied().filter(|_| kind.is_memo());
        let decided = || self.decisions(records).iter().map(|one| one.date).max();
        own.or_else(
            || if kind.is_memo() { decided().or(self.dated()) } else { self.dated().or_else(decided) },
        )
    }
}
