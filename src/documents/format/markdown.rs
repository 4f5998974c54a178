//! Documents as Markdown: the text as it is.

use crate::documents::Document;

pub(super) fn write(document: &Document) -> Vec<u8> {
    document.markdown.clone().into_bytes()
}
