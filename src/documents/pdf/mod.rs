//! Documents as PDF: accessible (PDF/UA-1), archivable (PDF/A) and the same bytes every time. The text goes from
//! Markdown to Typst's code form, where it stands only inside string literals, so that nothing in it is ever
//! evaluated.

mod built_in;
mod code;
mod drawn;
mod edges;
mod font_file;
mod meta;
mod outline;
mod picture;
mod picture_fault;
mod press;
mod svg;
mod words;
mod world;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Datelike, NaiveDate};
use serde_json::Value as Json;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Document, DocumentKind, Mark};
use crate::agreement::Agreement;
use crate::key_path::KeyPath;
use crate::register::Entry;
use crate::settings::PdfProfile;
use crate::text;
use meta::Meta;

pub use press::Press;

fn standards(profile: PdfProfile) -> &'static [PdfStandard] {
    match profile {
        PdfProfile::A2a => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        PdfProfile::A1a => &[PdfStandard::A_1a],
    }
}

/// The longest text that is set, in characters. A long agreement has some 30 000; without a bound, a table of a hundred
/// thousand rows would take all memory there is.
const LARGEST: usize = 300_000;

/// Why a PDF could not be made: the text, the municipality's own font or picture, or our layout cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfError {
    /// What is wrong, as the end of a Swedish sentence.
    detail: String,
    /// The text where it is wrong.
    near: Option<String>,
    /// Where that text stands in the agreement's file.
    pub path: Option<KeyPath>,
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PDF-filen gick inte att sätta: {}", self.detail)?;
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

impl std::error::Error for PdfError {}

impl Press {
    /// Sets a document as PDF. It carries the date of its data; one without a date of its own carries `as_of`.
    pub fn set(
        &self,
        kind: DocumentKind,
        document: &Document,
        entry: &Entry<Agreement>,
        as_of: NaiveDate,
    ) -> Result<Vec<u8>, PdfError> {
        let result = self.typeset(document, &Meta::of(kind, document, entry, as_of));
        forget_now_and_then();
        result.map_err(|fault| PdfError {
            path: fault.near.as_deref().and_then(|near| path_of(&entry.data, near)),
            ..fault
        })
    }

    fn typeset(&self, document: &Document, meta: &Meta) -> Result<Vec<u8>, PdfError> {
        if document.structured.chars().count() > LARGEST {
            let detail = format!("texten är längre än {} 000 tecken; korta klausulerna", LARGEST / 1000);
            return Err(PdfError { detail, near: None, path: None });
        }
        self.refuse_uncovered(&document.structured)?;
        let world = world::World::new(self, main_file(document, meta)?);
        let compiled = typst::compile::<PagedDocument>(&world);
        let fault = |diagnostics: &[SourceDiagnostic]| fault(&world, diagnostics);
        let pages = compiled.output.map_err(|errors| fault(&errors))?;
        if !compiled.warnings.is_empty() {
            return Err(fault(&compiled.warnings));
        }
        if let Some(text) = edges::outside(&pages) {
            let detail = "text hamnar utanför sidan".to_owned();
            return Err(PdfError { detail, near: Some(text), path: None });
        }
        if let Some(text) = drawn::undrawn(&pages) {
            let detail = "typsnittet ritar inte alla tecken; byt ut det i templates/fonts".to_owned();
            return Err(PdfError { detail, near: Some(text), path: None });
        }
        let standards = PdfStandards::new(standards(self.profile)).map_err(|error| PdfError {
            detail: error.message().to_string(),
            near: None,
            path: None,
        })?;
        let options = PdfOptions {
            ident: Smart::Custom(meta.ident.clone()),
            creator: Smart::Custom(Some("iop".to_owned())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&pages, &options).map_err(|errors| fault(&errors))
    }

    /// Refuses characters that no font has, or that hide what stands beside them.
    fn refuse_uncovered(&self, text: &str) -> Result<(), PdfError> {
        let is_bad =
            |letter: char| !matches!(letter, '\n' | ' ') && (text::hides(letter) || !self.covers(letter));
        let missing: BTreeSet<char> = text.chars().filter(|letter| is_bad(*letter)).collect();
        let Some(first) = missing.first() else { return Ok(()) };
        let numbers: Vec<String> =
            missing.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
        Err(PdfError {
            detail: format!("typsnittet saknar eller får inte visa {}", text::list(&numbers)),
            near: text.split_whitespace().find(|word| word.contains(*first)).map(str::to_owned),
            path: None,
        })
    }
}

/// Typst keeps what it has computed for the next document: without this each one would leave some megabytes. What
/// documents have in common, such as standard clauses, must outlive those that are set at the same time.
fn forget_now_and_then() {
    static DOCUMENTS: AtomicUsize = AtomicUsize::new(1);
    static EVERY: LazyLock<usize> =
        LazyLock::new(|| 4 * std::thread::available_parallelism().map_or(1, usize::from));
    if DOCUMENTS.fetch_add(1, Ordering::Relaxed).is_multiple_of(*EVERY) {
        typst::comemo::evict(2);
    }
}

fn fault(world: &world::World<'_>, diagnostics: &[SourceDiagnostic]) -> PdfError {
    let first = diagnostics.first();
    PdfError {
        detail: first.map_or_else(
            || "okänt fel".to_owned(),
            |first| format!("sättningsprogrammet svarar {}", first.message),
        ),
        near: first.and_then(|first| world.text_near(first.span)).map(str::to_owned),
        path: None,
    }
}

/// The key whose text holds `near`, where there is one.
fn path_of(agreement: &Agreement, near: &str) -> Option<KeyPath> {
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

/// The Typst file of one document: its facts, and its text as code.
fn main_file(document: &Document, meta: &Meta) -> Result<String, PdfError> {
    let date = meta.date;
    let mark = match document.mark {
        None => "none",
        Some(Mark::Utkast) => "\"utkast\"",
        Some(Mark::Forslag) => "\"forslag\"",
    };
    let body =
        code::body(&document.structured).map_err(|detail| PdfError { detail, near: None, path: None })?;
    Ok(format!(
        "#import \"/layout.typ\": *\n\
         #set document(title: {}, author: {}, date: datetime(year: {}, month: {}, day: {}))\n\
         #metadata((head: {}, mark: {mark})) <meta>\n\
         #show: layout-page\n\
         #{{\n{body}}}\n",
        code::literal(&meta.title),
        code::literal(&meta.author),
        date.year(),
        date.month(),
        date.day(),
        code::literal(&meta.head),
    ))
}
