//! The agreement as a document tells of it, and the day on which it reads so.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::changes;
use crate::agreement::Agreement;
use crate::documents::kind::Kind;
use crate::documents::subject::Subject;
use crate::register::{Entry, Register};

/// What a document tells of an agreement.
pub(super) struct Reading<'a> {
    pub(super) entry: Cow<'a, Entry<Agreement>>,
    pub(super) day: NaiveDate,
}

impl<'a> Reading<'a> {
    /// A memo proposes what was known when it was written; a document about a change starts from what held before it; any other
    /// reads as the agreement does today.
    pub(super) fn of(
        kind: &Kind,
        subject: &Subject<'a>,
        register: &Register,
        as_of: NaiveDate,
    ) -> Option<Self> {
        let entry = subject.entry()?;
        if let Some(change) = subject.topic().change() {
            let day = subject.topic().written(kind, register).unwrap_or(as_of);
            return Some(Self { entry: Cow::Owned(changes::before(register, entry, change, day)), day });
        }
        if kind.is_memo() {
            let day = changes::written(register, entry).unwrap_or(as_of);
            return Some(Self { entry: changes::decided_on(register, entry, day), day });
        }
        Some(Self { entry: changes::agreed_on(register, entry, as_of), day: as_of })
    }
}
