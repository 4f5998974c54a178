//! Documents as Word files (DOCX). The text stands only as text of XML: nothing in it is ever a field, a command or a
//! piece of the file's structure. The same document gives the same bytes.
//!
//! A document without a template gets our page and styles ([`plain`]). On a municipality's own template it gets the
//! template's: its styles, its header and footer with their fields filled, and our text where the template says.

mod body;
mod facts;
mod fault;
mod head;
mod inline;
mod note;
mod notes;
mod numbering;
mod package;
mod picture;
mod piece;
mod plain;
mod properties;
mod relations;
mod settings;
mod signatures;
mod style;
mod styles;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod watermark;
mod writer;
mod xml;

use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue};

use crate::documents::markdown::parsed;
use crate::documents::page::Directive;
use crate::documents::{FactPlace, Mark, Meta};

#[allow(unused_imports, reason = "for those who read Word files back")]
pub(crate) use facts::tag;
pub(crate) use fault::Fault;
pub(crate) use picture::Logotype;
pub(crate) use template::Template;

/// The namespace of Word's text.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of what parts lead to.
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The longest text that is written, in bytes. A long agreement has some 60 000.
const LARGEST: usize = 5_000_000;

/// What is the same for all Word files of a register.
#[derive(Debug, Default)]
pub(crate) struct House<'a> {
    /// The logotype, for documents without a template.
    pub(crate) logotype: Option<Logotype<'a>>,
    /// The municipality's own template.
    pub(crate) template: Option<&'a Template>,
}

/// Writes a finished document as a Word file.
pub(crate) fn write(
    structured: &str,
    facts: &[FactPlace],
    meta: &Meta,
    house: &House<'_>,
) -> Result<Vec<u8>, Fault> {
    if structured.len() > LARGEST {
        return Err(Fault::new(
            "Texten är för lång för en Word-fil.",
            format!("Korta klausulerna till högst {} miljoner tecken.", LARGEST / 1_000_000),
        ));
    }
    let arena = Arena::new();
    let root = parsed(&arena, structured).ok_or_else(|| {
        Fault::new(
            "Texten har citat, listor eller betoningar i för många led inuti varandra.",
            "Skriv om klausulen med högst tre led.",
        )
    })?;
    let columns = |node: &'_ AstNode<'_>| match &node.data().value {
        NodeValue::Table(table) => table.alignments.len(),
        _ => 0,
    };
    let widest = root.descendants().map(columns).max().unwrap_or_default();
    if widest > table::MOST_COLUMNS {
        return Err(Fault::new(
            format!("En tabell har {widest} kolumner, och Word klarar {}.", table::MOST_COLUMNS),
            "Dela tabellen i flera.",
        ));
    }
    match house.template {
        Some(template) => template.package(root, facts, meta)?.pack(),
        None => plain::package(root, facts, meta, house)?.pack(),
    }
}
