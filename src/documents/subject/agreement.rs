//! An agreement as the subject of documents.

use chrono::NaiveDate;

use super::topic::Topic;
use crate::agreement::Agreement;
use crate::documents::kind::SubjectKind;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

impl<'a> Topic<'a> for &'a Entry<Agreement> {
    fn kind(&self) -> SubjectKind {
        SubjectKind::Agreement
    }

    fn entry(&self) -> Option<&'a Entry<Agreement>> {
        Some(self)
    }

    fn title(&self, _: &Register) -> String {
        self.data.title.clone()
    }

    fn dated(&self) -> Option<NaiveDate> {
        self.data.dated.known().copied()
    }
}
