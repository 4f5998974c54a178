//! Documents as PDF: accessible (PDF/UA-1), archivable (PDF/A) and the same bytes every time. The text goes from
//! Markdown to Typst's code form, where it stands only inside string literals, so that nothing in it is ever
//! evaluated.

mod code;
mod world;

use std::fmt;

use chrono::{Datelike, NaiveDate};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Document, DocumentKind, Mark};
use crate::agreement::{Agreement, Role};
use crate::register::Entry;
use crate::settings::PdfProfile;
use crate::text;
use crate::vocabulary::Known;

fn standards(profile: PdfProfile) -> &'static [PdfStandard] {
    match profile {
        PdfProfile::A2a => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        PdfProfile::A1a => &[PdfStandard::A_1a],
    }
}

/// What a PDF says of itself beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfMeta {
    /// The document's title.
    pub title: String,
    /// Who has written it.
    pub author: String,
    /// Its date, from the data.
    pub date: NaiveDate,
    /// The text of the running head: date and registry number.
    pub head: String,
    /// A name that the same document has every time.
    pub ident: String,
}

impl PdfMeta {
    /// The facts of one document, from the data alone; a document without a date of its own carries `as_of`.
    #[must_use]
    pub fn of(kind: DocumentKind, entry: &Entry<Agreement>, as_of: NaiveDate) -> Self {
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
            title: format!("{}: {}", text::capitalised(kind.title()), agreement.title),
            author,
            date: dated.copied().unwrap_or(as_of),
            head: head.join("   "),
            ident: format!("{}/{}", entry.file, kind.name()),
        }
    }
}

/// Why a PDF could not be made: our own layout or the text cannot be set as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfError(String);

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PDF-filen gick inte att sätta: {}.", self.0)
    }
}

impl std::error::Error for PdfError {}

/// Sets a document as PDF.
pub fn pdf(document: &Document, meta: &PdfMeta, profile: PdfProfile) -> Result<Vec<u8>, PdfError> {
    let missing = world::uncovered(&document.structured);
    if !missing.is_empty() {
        let shown: Vec<String> =
            missing.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
        return Err(PdfError(format!("typsnittet saknar eller får inte visa {}", text::list(&shown))));
    }
    let result = typeset(document, meta, profile);
    // Typst keeps what it has computed for the next document; without this each one would leave some megabytes.
    typst::comemo::evict(2);
    result
}

fn typeset(document: &Document, meta: &PdfMeta, profile: PdfProfile) -> Result<Vec<u8>, PdfError> {
    let world = world::World::new(main_file(document, meta));
    let compiled = typst::compile::<PagedDocument>(&world);
    let pages = compiled.output.map_err(|errors| fault(&errors))?;
    if !compiled.warnings.is_empty() {
        return Err(fault(&compiled.warnings));
    }
    let standards =
        PdfStandards::new(standards(profile)).map_err(|error| PdfError(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(meta.ident.clone()),
        creator: Smart::Custom(Some("iop".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| fault(&errors))
}

fn fault(diagnostics: &[SourceDiagnostic]) -> PdfError {
    PdfError(
        diagnostics
            .first()
            .map_or_else(|| "okänt fel".to_owned(), |diagnostic| diagnostic.message.to_string()),
    )
}

/// The Typst file of one document: its facts, and its text as code.
fn main_file(document: &Document, meta: &PdfMeta) -> String {
    let date = meta.date;
    let mark = match document.mark {
        None => "none",
        Some(Mark::Utkast) => "\"utkast\"",
        Some(Mark::Forslag) => "\"forslag\"",
    };
    format!(
        "#import \"/layout.typ\": *\n\
         #set document(title: {}, author: {}, date: datetime(year: {}, month: {}, day: {}))\n\
         #metadata((head: {}, mark: {mark})) <meta>\n\
         #show: layout-page\n\
         #{{\n{}}}\n",
        code::literal(&meta.title),
        code::literal(&meta.author),
        date.year(),
        date.month(),
        date.day(),
        code::literal(&meta.head),
        code::body(&document.structured),
    )
}
