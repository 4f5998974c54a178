//! What is asked of every subject, and what holds where it says nothing of its own.

use chrono::NaiveDate;
use minijinja::Value;

use crate::agreement::{Agreement, Change, Memo, Status};
use crate::documents::kind::{Kind, SubjectKind};
use crate::key_path::KeyPath;
use crate::path;
use crate::register::{Entry, Register, id_of};
use crate::term::{Commitment, standing_on};

/// What a document can be about.
pub(in crate::documents) trait Topic<'a> {
    /// Its kind.
    fn kind(&self) -> SubjectKind;

    /// The agreement that it is about or belongs to.
    fn entry(&self) -> Option<&'a Entry<Agreement>>;

    /// What it is about, as it stands in a title.
    fn title(&self, register: &Register) -> String;

    /// The folder in which its documents are written.
    fn folder(&self) -> String {
        self.entry().map_or("", |entry| id_of(&entry.file)).to_owned()
    }

    /// What tells it from others of its kind in the same agreement, as part of a file's name.
    fn part(&self) -> Option<String> {
        None
    }

    /// What it is, at the beginning of a sentence.
    fn definite(&self) -> &'static str {
        "Avtalet"
    }

    /// The date of a document between the parties about it.
    fn dated(&self) -> Option<NaiveDate> {
        None
    }

    /// What only the memo about it tells, and where that stands in the agreement's file.
    fn memo(&self) -> (Option<&'a Memo>, KeyPath) {
        (self.entry().map(|entry| &entry.data.memo), path!["memo"])
    }

    /// The day on which a document about a change of an agreement was written, or one by which it must have been.
    fn written(&self, _: &Kind, _: &Register) -> Option<NaiveDate> {
        None
    }

    /// How far it has come by itself, and how firmly the parties were bound by it on a day. What is not agreed on has come as far
    /// as the agreement that it belongs to.
    fn standing(&self, register: &Register, day: NaiveDate) -> (Status, Commitment) {
        match self.entry() {
            Some(entry) => (entry.data.status, standing_on(&entry.data, register.records_of(entry), day)),
            None => (Status::Signed, Commitment::Agreed),
        }
    }

    /// The change that it is.
    fn change(&self) -> Option<Change<'a>> {
        None
    }

    /// What templates see of it beside the agreement, by name.
    fn context(&self, _register: &Register, _as_of: NaiveDate) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}
