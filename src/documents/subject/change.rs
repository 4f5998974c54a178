//! A change of an agreement as the subject of documents: an extension, a supplement or an ending.

use chrono::NaiveDate;

use super::topic::Topic;
use crate::agreement::{Agreement, Change, Memo, Status, What};
use crate::date;
use crate::documents::kind::{Kind, SubjectKind};
use crate::key_path::KeyPath;
use crate::register::{Entry, Register};
use crate::term::{Commitment, change_decided_on, change_on};
use crate::vocabulary::Known;

/// An agreement with one of its changes.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// The change.
    pub change: Change<'a>,
}

impl<'a> Changed<'a> {
    /// With every change of an agreement, in the order of its file.
    pub fn all_of(entry: &'a Entry<Agreement>) -> impl Iterator<Item = Self> {
        entry.data.changes().map(move |change| Self { entry, change })
    }
}

/// What a change is, as it stands after the agreement's own title.
fn after_title(change: Change<'_>) -> String {
    match change.what {
        What::Extension(one) => format!("förlängning till och med den {}", date::long(one.until)),
        What::Supplement(one) => format!("tillägg nr {}", one.number),
        What::Ending(one) => format!("avslut den {}", date::long(one.until)),
    }
}

impl<'a> Topic<'a> for Changed<'a> {
    fn kind(&self) -> SubjectKind {
        match self.change.what {
            What::Extension(_) | What::Supplement(_) => SubjectKind::Change,
            What::Ending(_) => SubjectKind::Ending,
        }
    }

    fn entry(&self) -> Option<&'a Entry<Agreement>> {
        Some(self.entry)
    }

    fn title(&self, _: &Register) -> String {
        format!("{} ({})", self.entry.data.title, after_title(self.change))
    }

    fn part(&self) -> Option<String> {
        let word = match self.change.what {
            What::Extension(_) => "forlangning",
            What::Supplement(_) => "tillagg",
            // An agreement ends once.
            What::Ending(_) => return None,
        };
        Some(format!("{word}-{}", super::in_file_name(self.change.key)))
    }

    fn definite(&self) -> &'static str {
        self.change.definite()
    }

    fn dated(&self) -> Option<NaiveDate> {
        self.change.dated()
    }

    fn memo(&self) -> (Option<&'a Memo>, KeyPath) {
        (self.change.memo(), self.change.path().join("memo"))
    }

    /// Its own date, the change's, or the decision on it. Notice counts on the day on which it is decided: what was known before it
    /// was known the day before.
    fn written(&self, kind: &Kind, register: &Register) -> Option<NaiveDate> {
        let own = self.memo().0.and_then(|memo| memo.dated.known().copied()).filter(|_| kind.is_memo());
        let decided = || change_decided_on(self.change, register.records_of(self.entry));
        own.or_else(|| match self.change.what {
            What::Ending(_) => decided()?.pred_opt(),
            _ if kind.is_memo() => decided().or(self.dated()),
            _ => self.dated().or_else(decided),
        })
    }

    fn standing(&self, register: &Register, day: NaiveDate) -> (Status, Commitment) {
        let commitment = change_on(self.change, register.records_of(self.entry), day);
        (self.change.status().unwrap_or(Status::Signed), commitment)
    }

    fn change(&self) -> Option<Change<'a>> {
        Some(self.change)
    }
}
