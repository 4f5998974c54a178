//! An agreement as the subject of documents.

use chrono::NaiveDate;

use super::Text;
use crate::agreement::{Agreement, Status};
use crate::documents::context::changes;
use crate::documents::kind::Kind;
use crate::register::{Entry, Register};
use crate::term::{Commitment, standing_on};
use crate::vocabulary::Known;

/// The date of the agreement itself.
pub(super) fn dated(entry: &Entry<Agreement>) -> Option<NaiveDate> {
    entry.data.dated.known().copied()
}

/// How far it has come, and how firmly the parties were bound by it on a day.
pub(super) fn standing(
    register: &Register,
    entry: &Entry<Agreement>,
    day: NaiveDate,
) -> (Status, Commitment) {
    (entry.data.status, standing_on(&entry.data, register.records_of(entry), day))
}

/// A memo proposes what was known when it was written; the agreement reads as it does today.
pub(super) fn text<'a>(
    kind: &Kind,
    register: &Register,
    entry: &'a Entry<Agreement>,
    as_of: NaiveDate,
) -> Text<'a> {
    if kind.is_memo() {
        let day = changes::written(register, entry).unwrap_or(as_of);
        return Text { entry: changes::decided_on(register, entry, day), day };
    }
    Text { entry: changes::agreed_on(register, entry, as_of), day: as_of }
}
