//! The file formats of documents: one writer each, over the same text and the same facts about it.

pub(super) mod docx;
mod html;
mod markdown;
#[cfg(feature = "pdf")]
pub(super) mod pdf;

use std::fmt;

use serde_json::Value as Json;

use super::{Document, Stationery};
use crate::agreement::Agreement;
use crate::key_path::KeyPath;
use crate::text;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables.
    Markdown,
    /// A page for the web.
    Html,
    /// A Word file.
    Docx,
    /// PDF.
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Format {
    /// Those that this program can write.
    pub const ALL: &'static [Self] = &[
        Self::Markdown,
        Self::Html,
        Self::Docx,
        #[cfg(feature = "pdf")]
        Self::Pdf,
    ];

    /// Those that are written where nobody asks for another.
    pub const USUAL: &'static [Self] = &[
        Self::Markdown,
        #[cfg(feature = "pdf")]
        Self::Pdf,
    ];

    /// How a file of this format ends, which is its name on the command line too.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
        }
    }

    /// Whether it has a place for where each fact stands in the agreement's file.
    #[must_use]
    pub fn tells_facts(self) -> bool {
        self == Self::Docx
    }

    /// The format of files that end so.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.ending() == ending)
    }

    /// The document as a file of this format.
    pub fn write(self, document: &Document, house: &Stationery) -> Result<Vec<u8>, FormatError> {
        match self {
            Self::Markdown => Ok(markdown::write(document)),
            Self::Html => html::write(document, house.logotype.as_ref()),
            Self::Docx => {
                let logotype = house.logotype.as_ref().map(|logotype| docx::Logotype {
                    bytes: &logotype.bytes,
                    kind: logotype.kind,
                    stand_in: logotype.stand_in(),
                    text: &logotype.text,
                    width_mm: logotype.width_mm(),
                    height_mm: u16::try_from(logotype.height_mm).unwrap_or(u16::MAX),
                });
                let own = docx::House { logotype, template: house.word.as_ref() };
                docx::write(&document.structured, &document.facts, &document.meta, &own)
                    .map_err(FormatError::from)
            }
            #[cfg(feature = "pdf")]
            Self::Pdf => house.press.set(document),
        }
    }
}

/// Why a file could not be made: the text, the municipality's own font, picture or template, or our layout cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// What is wrong, as the end of a Swedish sentence.
    pub(super) detail: String,
    /// The text where it is wrong.
    pub near: Option<String>,
    /// Where that text stands in the agreement's file.
    pub path: Option<KeyPath>,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "filen gick inte att skriva: {}", self.detail)?;
        if let Some(near) = &self.near {
            let start: String = near.chars().filter(|letter| !text::hides(*letter)).take(60).collect();
            let more = if start.len() < near.len() { " …" } else { "" };
            write!(f, ", vid ”{start}{more}”")?;
        }
        if let Some(path) = &self.path {
            write!(f, " ({path})")?;
        }
        f.write_str(".")
    }
}

impl From<docx::Fault> for FormatError {
    fn from(fault: docx::Fault) -> Self {
        let detail = format!("{} {}", fault.problem, fault.help.trim_end_matches('.'));
        Self { detail, near: None, path: None }
    }
}

impl FormatError {
    pub(super) fn too_deep() -> Self {
        let detail = "texten har citat, listor eller betoningar i för många led inuti varandra".to_owned();
        Self { detail, near: None, path: None }
    }

    /// The same with the key of the agreement whose text it is about, where there is one.
    #[must_use]
    pub fn in_text_of(self, agreement: &Agreement) -> Self {
        let path = self.near.as_deref().and_then(|near| key_of(agreement, near));
        Self { path, ..self }
    }
}

/// The key whose text holds `near`, where there is one.
fn key_of(agreement: &Agreement, near: &str) -> Option<KeyPath> {
    fn search(json: &Json, near: &str, path: &KeyPath) -> Option<KeyPath> {
        match json {
            Json::String(text) => text.replace(text::NBSP, " ").contains(near).then(|| path.clone()),
            Json::Array(items) => {
                items.iter().enumerate().find_map(|(index, item)| search(item, near, &path.join(index)))
            }
            Json::Object(map) => map.iter().find_map(|(key, value)| search(value, near, &path.join(key))),
            _ => None,
        }
    }
    let near = near.replace(text::NBSP, " ");
    search(&serde_json::to_value(agreement).ok()?, near.trim(), &KeyPath::root())
}

impl std::error::Error for FormatError {}
