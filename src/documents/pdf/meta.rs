//! What a PDF says of itself beside its text.

use chrono::NaiveDate;

use crate::agreement::{Agreement, Role};
use crate::documents::{Document, DocumentKind};
use crate::register::Entry;
use crate::text;
use crate::vocabulary::Known;

/// The facts of one document, from the data alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meta {
    /// The document's title.
    pub(super) title: String,
    /// Who has written it.
    pub(super) author: String,
    /// Its date; `as_of` where it has none of its own.
    pub(super) date: NaiveDate,
    /// The text of the running head: date and registry number.
    pub(super) head: String,
    /// A name that the same document has every time.
    pub(super) ident: String,
}

impl Meta {
    pub(super) fn of(
        kind: DocumentKind,
        document: &Document,
        entry: &Entry<Agreement>,
        as_of: NaiveDate,
    ) -> Self {
        let agreement = &entry.data;
        let dated = match kind {
            DocumentKind::Avtal => agreement.dated.known(),
            DocumentKind::Tjansteskrivelse => agreement.memo.dated.known(),
        };
        let public: Vec<&str> = agreement.parties(Role::Public).map(|party| party.name.as_str()).collect();
        let author = match (kind, agreement.memo.administration.known()) {
            (DocumentKind::Tjansteskrivelse, Some(administration)) => administration.clone(),
            _ => text::list(&public),
        };
        let number = agreement.case.registry_number.known();
        let head: Vec<String> = dated.map(ToString::to_string).into_iter().chain(number.cloned()).collect();
        Self {
            title: format!("{}: {}", text::capitalised(document.word), agreement.title),
            author,
            date: dated.copied().unwrap_or(as_of),
            head: one_line(&head.join("   ")),
            ident: format!("{}/{}", entry.file, kind.name()),
        }
    }
}

/// The running head has one line. All of it stands as text on the first page.
fn one_line(head: &str) -> String {
    const MOST: usize = 70;
    if head.chars().count() <= MOST {
        return head.to_owned();
    }
    head.chars().take(MOST).chain(['…']).collect()
}
