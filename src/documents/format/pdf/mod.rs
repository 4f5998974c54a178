//! Documents as PDF: accessible (PDF/UA-1), archivable (PDF/A) and the same bytes every time. The text goes from
//! Markdown to Typst's code form, where it stands only inside string literals, so that nothing in it is ever
//! evaluated.

mod amounts;
mod built_in;
mod code;
mod drawn;
mod edges;
mod font_file;
mod letters;
mod outline;
mod press;
mod signatures;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod world;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Datelike;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::FormatError;
use crate::documents::{Document, Mark, Meta};
use crate::settings::PdfProfile;
use crate::text;

pub(in crate::documents) use press::Press;

fn standards(profile: PdfProfile) -> &'static [PdfStandard] {
    match profile {
        PdfProfile::A2a => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        PdfProfile::A1a => &[PdfStandard::A_1a],
    }
}

/// The longest text that is set, in characters. A long agreement has some 30 000; without a bound, a table of a hundred
/// thousand rows would take all memory there is.
const LARGEST: usize = 300_000;

impl Press {
    /// Sets a document as PDF, with the date that it says of itself.
    pub fn set(&self, document: &Document) -> Result<Vec<u8>, FormatError> {
        let result = self.typeset(document);
        forget_now_and_then();
        result
    }

    fn typeset(&self, document: &Document) -> Result<Vec<u8>, FormatError> {
        if document.structured.chars().count() > LARGEST {
            let detail = format!("texten är längre än {} 000 tecken; korta klausulerna", LARGEST / 1000);
            return Err(FormatError { detail, near: None, path: None });
        }
        self.refuse_uncovered(&document.structured)?;
        let world = world::World::new(self, self.main_file(document)?);
        let compiled = typst::compile::<PagedDocument>(&world);
        let fault = |diagnostics: &[SourceDiagnostic]| fault(&world, diagnostics);
        let pages = compiled.output.map_err(|errors| fault(&errors))?;
        if !compiled.warnings.is_empty() {
            return Err(fault(&compiled.warnings));
        }
        if let Some(text) = edges::outside(&pages) {
            let detail = "text hamnar utanför sidan".to_owned();
            return Err(FormatError { detail, near: Some(text), path: None });
        }
        if let Some(text) = drawn::undrawn(&pages) {
            let detail = "typsnittet ritar inte alla tecken; byt ut det i templates/fonts".to_owned();
            return Err(FormatError { detail, near: Some(text), path: None });
        }
        let standards = PdfStandards::new(standards(self.profile)).map_err(|error| FormatError {
            detail: error.message().to_string(),
            near: None,
            path: None,
        })?;
        let options = PdfOptions {
            ident: Smart::Custom(document.meta.ident.clone()),
            creator: Smart::Custom(Some("iop".to_owned())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&pages, &options).map_err(|errors| fault(&errors))
    }

    /// The Typst file of one document: its facts, and its text as code.
    fn main_file(&self, document: &Document) -> Result<String, FormatError> {
        let meta = &document.meta;
        let Meta { date, status, .. } = meta;
        let mark = match status {
            None => "none",
            Some(Mark::Utkast) => "\"utkast\"",
            Some(Mark::Forslag) => "\"forslag\"",
        };
        let body = code::body(&document.structured, &self.faces(), self.fonts().line);
        let body = body.map_err(|detail| FormatError { detail, near: None, path: None })?;
        let number = meta.registry_number.iter().map(|number| format!("Diarienummer {number}"));
        let standing = meta.standing.iter().map(|standing| format!("Status: {standing}"));
        let facts: Vec<String> = std::iter::once(meta.word.clone()).chain(number).chain(standing).collect();
        let keywords: Vec<String> = facts.iter().map(|fact| code::literal(fact)).collect();
        let head = meta.head();
        let number = head.registry_number.map(|number| format!("Dnr {number}"));
        let case: Vec<String> = number.into_iter().chain(head.dated).collect();
        Ok(format!(
            "#import \"/layout.typ\": *\n\
             #set document(title: {}, author: {}, description: {}, keywords: ({},), \
             date: datetime(year: {}, month: {}, day: {}))\n\
             #metadata((word: {}, whose: {}, case: {}, mark: {mark})) <meta>\n\
             #show: layout-page\n\
             #{{\n{body}}}\n",
            code::literal(&meta.title),
            code::literal(&meta.author),
            code::literal(&facts.join(". ")),
            keywords.join(", "),
            date.year(),
            date.month(),
            date.day(),
            code::literal(&head.word),
            code::literal(&head.whose),
            code::literal(&case.join("   ")),
        ))
    }

    /// Refuses characters that no font has, or that hide what stands beside them.
    fn refuse_uncovered(&self, text: &str) -> Result<(), FormatError> {
        let is_bad =
            |letter: char| !matches!(letter, '\n' | ' ') && (text::hides(letter) || !self.covers(letter));
        let missing: BTreeSet<char> = text.chars().filter(|letter| is_bad(*letter)).collect();
        let Some(first) = missing.first() else { return Ok(()) };
        let numbers: Vec<String> =
            missing.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
        Err(FormatError {
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

fn fault(world: &world::World<'_>, diagnostics: &[SourceDiagnostic]) -> FormatError {
    let first = diagnostics.first();
    FormatError {
        detail: first.map_or_else(
            || "okänt fel".to_owned(),
            |first| format!("sättningsprogrammet svarar {}", first.message),
        ),
        near: first.and_then(|first| world.text_near(first.span)).map(str::to_owned),
        path: None,
    }
}
