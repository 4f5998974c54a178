//! `iop render`: the documents of all agreements, or of those named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Checked, Outcome, UsageError, check, files};
use crate::agreement::Agreement;
use crate::cli::{FileFormat, RenderArguments};
#[cfg(feature = "pdf")]
use crate::documents::pdf;
use crate::documents::{self, Document, DocumentKind, RenderOptions};
use crate::finding::{Finding, Level, Tally};
use crate::register::{Entry, id_of};
use crate::report::Report;
use crate::rules;
use crate::text;

pub(super) fn run(arguments: &RenderArguments) -> anyhow::Result<Outcome> {
    let checked = check(&arguments.common)?;
    let wanted = wanted(&checked, &arguments.agreements)?;
    let kinds: Vec<DocumentKind> =
        arguments.document.map_or(DocumentKind::ALL.to_vec(), |kind| vec![kind.into()]);
    let formats = arguments.format.map_or_else(FileFormat::all, |format| vec![format]);
    let out = arguments.out.clone().unwrap_or_else(|| checked.root.join("build"));
    let options = RenderOptions { is_final: arguments.is_final, as_of: checked.as_of };

    let by_file = by_file(&checked.findings);
    let mut outcome = Outcome::Clean;
    let mut lines = String::new();
    for (id, wanted) in &wanted {
        let findings = by_file.get(&**wanted.file()).map(Vec::as_slice).unwrap_or_default();
        lines.push_str(&heading(wanted.file(), findings));
        let Wanted::Readable(entry) = wanted else {
            lines.push_str("  går inte att läsa: inga dokument skrevs\n");
            outcome = Outcome::Findings;
            continue;
        };
        let results: Vec<(DocumentKind, Result<Finished, Vec<String>>)> = kinds
            .par_iter()
            .map(|kind| (*kind, finish(&checked, entry, *kind, findings, &formats, options)))
            .collect();
        for (kind, result) in results {
            match result {
                Ok(finished) => {
                    for (ending, bytes) in &finished.files {
                        let path = out.join(id).join(format!("{}.{ending}", kind.name()));
                        files::write_atomically(&path, bytes)?;
                        lines.push_str(&format!("  {}{}\n", shown(&path), state(&finished.document)));
                    }
                }
                Err(reasons) => {
                    outcome = Outcome::Findings;
                    lines.push_str(&format!("  {} skrevs inte:\n", kind.name()));
                    for reason in reasons {
                        lines.push_str(&format!("    – {reason}\n"));
                    }
                }
            }
        }
    }
    let report = Report { register: &checked.register, findings: &checked.findings, as_of: checked.as_of };
    lines.push_str(&format!("\n{}\n", report.summary()));
    if !checked.findings.is_empty() {
        lines.push_str("Läs dem med kommandot iop validate.\n");
    }
    if checked.findings.iter().any(|finding| finding.level == Level::Error) {
        outcome = Outcome::Findings;
    }
    files::print(&lines)?;
    Ok(outcome)
}

/// A document with its files, by ending.
struct Finished {
    document: Document,
    files: Vec<(&'static str, Vec<u8>)>,
}

/// Renders one document in all formats, or says why it cannot be written.
fn finish(
    checked: &Checked,
    entry: &Entry<Agreement>,
    kind: DocumentKind,
    findings: &[&Finding],
    formats: &[FileFormat],
    options: RenderOptions,
) -> Result<Finished, Vec<String>> {
    let document = documents::render(kind, &checked.register, entry, &checked.templates, options)
        .map_err(|error| vec![error.to_string()])?;
    let obstacles = if options.is_final { obstacles(findings, &document) } else { Vec::new() };
    if !obstacles.is_empty() {
        return Err(obstacles);
    }
    let mut files = Vec::with_capacity(formats.len());
    for format in formats {
        files.push(match format {
            FileFormat::Md => ("md", document.markdown.clone().into_bytes()),
            #[cfg(feature = "pdf")]
            FileFormat::Pdf => {
                let meta = pdf::PdfMeta::of(kind, entry, options.as_of);
                let bytes = pdf::pdf(&document, &meta, pdf::PdfProfile::default())
                    .map_err(|error| vec![error.to_string()])?;
                ("pdf", bytes)
            }
        });
    }
    Ok(Finished { document, files })
}

/// A path as people read it: from the folder in which they stand, where it lies below that.
fn shown(path: &Path) -> String {
    let here = files::current_folder().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).display().to_string()
}

enum Wanted<'a> {
    Readable(&'a Entry<Agreement>),
    Broken(std::sync::Arc<str>),
}

impl Wanted<'_> {
    fn file(&self) -> &std::sync::Arc<str> {
        match self {
            Self::Readable(entry) => &entry.file,
            Self::Broken(file) => file,
        }
    }
}

/// The agreements named, or all, in the order of their ids. An agreement is named by its id or its file's path.
fn wanted<'a>(checked: &'a Checked, names: &[PathBuf]) -> Result<BTreeMap<String, Wanted<'a>>, UsageError> {
    let all: BTreeMap<String, Wanted<'a>> = checked
        .register
        .files()
        .filter(|file| file.starts_with("agreements/"))
        .map(|file| {
            let id = id_of(file).to_owned();
            let wanted = checked
                .register
                .agreements
                .get(&id)
                .map_or_else(|| Wanted::Broken(file.into()), Wanted::Readable);
            (id, wanted)
        })
        .collect();
    if names.is_empty() {
        return Ok(all);
    }
    let mut chosen = BTreeMap::new();
    let mut all = all;
    for name in names {
        let id = id_of(&name.to_string_lossy().replace('\\', "/")).to_owned();
        if chosen.contains_key(&id) {
            continue;
        }
        let Some((id, entry)) = all.remove_entry(&id) else {
            let known = all.keys().map(String::as_str);
            let hint = text::nearest(&id, known).map_or_else(
                || format!("De avtal som finns är {}.", text::list(&all.keys().collect::<Vec<_>>())),
                |near| format!("Menade du ”{near}”?"),
            );
            return Err(UsageError(format!("Det finns inget avtal som heter ”{id}”. {hint}")));
        };
        chosen.insert(id, entry);
    }
    Ok(chosen)
}

/// The findings that stand in each file.
fn by_file(findings: &[Finding]) -> BTreeMap<&str, Vec<&Finding>> {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_file.entry(&finding.place.file).or_default().push(finding);
    }
    by_file
}

fn heading(file: &str, findings: &[&Finding]) -> String {
    let tally = Tally::of(findings.iter().copied());
    format!(
        "{file}: {}, {}, {}\n",
        text::count(tally.errors, "fel", "fel"),
        text::count(tally.warnings, "varning", "varningar"),
        text::count(tally.notes, "not", "noter")
    )
}

/// What the reader should know of a written document: its mark and how many facts it lacks.
fn state(document: &Document) -> String {
    let mut parts = Vec::new();
    if let Some(mark) = document.mark {
        parts.push(mark.word().to_owned());
    }
    if !document.blanks.is_empty() {
        parts.push(text::count(document.blanks.len(), "öppen uppgift", "öppna uppgifter"));
    }
    if parts.is_empty() { String::new() } else { format!("  ({})", parts.join(", ")) }
}

/// Why a document may not be final: errors, what is missing, and blanks in its text.
fn obstacles(findings: &[&Finding], document: &Document) -> Vec<String> {
    let mut obstacles: Vec<String> = findings
        .iter()
        .filter(|finding| finding.level == Level::Error || rules::is_incompleteness(finding.code))
        .filter(|finding| !document.blanks.iter().any(|blank| blank.path == finding.place.path))
        .filter(|finding| finding.code != rules::OPEN_FACT)
        .map(|finding| format!("{} ({})", finding.message, finding.code))
        .collect();
    obstacles.extend(document.blanks.iter().map(|blank| format!("{} är öppen: {}", blank.title, blank.path)));
    obstacles
}
