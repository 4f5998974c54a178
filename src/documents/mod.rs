//! The Swedish documents. A kind of document is a template with a head (`kind`); what it is about is a subject (`subject`),
//! whose data (`context`) the template shows; the text becomes a file by one of the writers (`format`).

mod blanks;
mod context;
mod facts;
mod filters;
pub mod format;
pub mod headings;
mod kind;
mod logotype;
mod markdown;
mod meta;
mod page;
mod picture;
mod private;
mod stationery;
pub mod subject;
mod template_limits;
mod template_work;
mod templates;

use std::fmt;

use chrono::NaiveDate;

use crate::agreement::Status;
use crate::key_path::KeyPath;
use crate::register::Register;
use crate::term::Commitment;

pub use facts::FactPlace;
pub use format::{Format, FormatError};
pub use headings::clause_heading;
pub use kind::{Kind, Need, SubjectKind, Word};
pub use markdown::{from_entities, is_too_deep, may_be_too_deep};
pub use meta::Meta;
pub use stationery::Stationery;
pub use subject::{Changed, CommitteeYear, Subject, about};
pub use templates::{ClauseTemplate, Templates};

/// The word across a document that is not the final one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A draft.
    Utkast,
    /// A proposal, as the committee reads it before it decides.
    Forslag,
}

impl Mark {
    /// The mark of a document of an agreement by which the parties are bound so firmly on the day. A final memo is the
    /// committee's own copy and carries none; a final agreement keeps FÖRSLAG until it is decided.
    #[must_use]
    pub fn of(kind: &Kind, status: Status, standing: Commitment, is_final: bool) -> Option<Self> {
        match status {
            Status::Draft => Some(Self::Utkast),
            _ if standing.is_bound() => None,
            _ if is_final && kind.is_memo() => None,
            _ => Some(Self::Forslag),
        }
    }

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Utkast => "UTKAST",
            Self::Forslag => "FÖRSLAG",
        }
    }
}

/// A fact that stands as a marked blank in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blank {
    /// Where the fact belongs in the agreement's file.
    pub path: KeyPath,
    /// Its Swedish name.
    pub title: String,
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The Markdown with the directives that tell what a part of the page is.
    structured: String,
    /// CommonMark with tables.
    pub markdown: String,
    /// The marked blanks, in the order in which they stand.
    pub blanks: Vec<Blank>,
    /// The facts between the marks of the structured text, where they were asked for.
    facts: Vec<FactPlace>,
    /// What it says of itself beside its text; its status is the mark that it carries.
    pub meta: Meta,
}

/// A template that could not be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The template's path from the register's folder.
    pub template: String,
    /// The line in it, from 1, where it is known.
    pub line: Option<usize>,
    /// The agreement's file, where one was being rendered.
    pub agreement: Option<String>,
    /// What is wrong, in Swedish.
    pub detail: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mallen {}", self.template)?;
        if let Some(line) = self.line {
            write!(f, ", rad {line}")?;
        }
        if let Some(agreement) = &self.agreement {
            write!(f, ", för {agreement}")?;
        }
        write!(f, ": {}", self.detail)
    }
}

impl std::error::Error for TemplateError {}

/// How documents are to be rendered.
#[derive(Debug, Clone, Copy)]
pub struct RenderOptions {
    /// Whether the document is to leave the house: the memo loses its mark.
    pub is_final: bool,
    /// The day that counts as today: names have the form of that day where a document has no date of its own.
    pub as_of: NaiveDate,
    /// Whether the document is to tell where each fact that it shows stands in the agreement's file: what
    /// [`Format::tells_facts`] says of the format.
    pub tells_facts: bool,
}

/// Renders one document about one subject.
pub fn render(
    kind: &Kind,
    subject: &Subject<'_>,
    register: &Register,
    stationery: &Stationery,
    options: RenderOptions,
) -> Result<Document, TemplateError> {
    let templates = &stationery.templates;
    let (status, standing) = subject.topic().standing(register, options.as_of);
    let mark = Mark::of(kind, status, standing, options.is_final);
    let file = || subject.entry().map(|entry| entry.file.to_string());
    let fault = |error: minijinja::Error| TemplateError { agreement: file(), ..templates::error(&error) };
    let (context, blanks) =
        context::build(kind, subject, register, templates, mark, options).map_err(fault)?;
    let text = templates.render(&kind.template(), context).map_err(fault)?;
    let tidy = markdown::tidy(&text).map_err(|unfit| fault(filters::unfit_text(unfit)))?;
    let (markdown, shown) = blanks.fill(&tidy.markdown);
    let (structured, facts) = if options.tells_facts {
        blanks.fill_marked(&tidy.structured)
    } else {
        (blanks.fill(&tidy.structured).0, Vec::new())
    };
    let (structured, markdown) = match mark.map(Mark::word) {
        // A template of the municipality's own may say it in another way, or not at all.
        Some(word) if !tidy.marks.iter().any(|shown| shown == word) => {
            (format!(":::mark\n\n**{word}**\n\n:::\n\n{structured}"), format!("**{word}**\n\n{markdown}"))
        }
        _ => (structured, markdown),
    };
    let untrue =
        [Mark::Utkast, Mark::Forslag].into_iter().filter(|other| Some(*other) != mark).map(Mark::word);
    if let Some(other) = tidy.marks.iter().find_map(|shown| untrue.clone().find(|word| shown == word)) {
        let detail =
            format!("dokumentet får märket {other} fast det inte är sant. Skriv {{{{ mark }}}} i mallen.");
        let template = format!("templates/{}", kind.template());
        return Err(TemplateError { template, line: None, agreement: file(), detail });
    }
    let meta = Meta::of(kind, subject, register, mark, standing, options.as_of);
    Ok(Document { structured, markdown, blanks: shown, facts, meta })
}
