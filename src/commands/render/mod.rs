//! `iop render`: the documents of all agreements, or of those named.

mod asked;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::wanted::wanted;
use super::written::Written;
use super::{Checked, Outcome, UsageError, check, files, load};
use crate::cli::RenderArguments;
use crate::documents::{self, Document, Format, Kind, RenderOptions, Stationery, Subject, Templates};
use crate::finding::{Finding, Level, Tally};
use crate::register::{codes, id_of};
use crate::report::Report;
use crate::report::missing::Missing;
use crate::rules;
use crate::text;

pub(super) fn run(arguments: &RenderArguments) -> anyhow::Result<Outcome> {
    if arguments.list {
        // What can be written does not depend on the agreements, or on there being any.
        let (stationery, _) = Stationery::load(&load(&arguments.common)?.register);
        files::print(&listed(&stationery.templates))?;
        return Ok(Outcome::Clean);
    }
    let mut checked = check(&arguments.common, &arguments.judging, false, None)?;
    let templates = &checked.stationery.templates;
    let kinds = chosen(templates, &arguments.document)?;
    let (others, names): (Vec<_>, Vec<_>) =
        arguments.asked.agreements.iter().cloned().partition(|name| asked::is_dated(&checked.register, name));
    let dates = asked::dates(&checked.register, checked.as_of, &others)?;
    let mut pieces = Vec::new();
    for (name, date) in &dates {
        pieces.push(date.piece(&checked.register, checked.as_of, name, templates, &kinds)?);
    }
    if !names.is_empty() || dates.is_empty() {
        let wanted = wanted(&checked.register, &names)?;
        pieces.extend(
            wanted.into_iter().map(|(id, wanted)| asked::of_agreement(id, &wanted, templates, &kinds)),
        );
    }
    // What is wrong with others than those named is no verdict on these.
    let elsewhere = (!arguments.asked.agreements.is_empty()).then(|| {
        let register = &checked.register;
        let is_of_these =
            |finding: &Finding| pieces.iter().any(|piece| piece.is_concerned_by(register, finding));
        let others = Tally::of(checked.judgement.findings.iter().filter(|finding| !is_of_these(finding)));
        checked.judgement.retain(is_of_these);
        checked.missing.retain(|one| pieces.iter().any(|piece| piece.rests_on(register, &one.file)));
        others
    });
    let formats = if arguments.format.is_empty() { Format::USUAL } else { &arguments.format };
    let out = arguments.out.clone().unwrap_or_else(|| checked.root.join("build"));
    let options = RenderOptions { is_final: arguments.is_final, as_of: checked.as_of, tells_facts: false };

    let by_file = by_file(&checked.judgement.findings);
    let mut outcome = Outcome::Clean;
    let mut lines = String::new();
    let mut written = Written::read(&out, templates);
    let mut now = BTreeSet::new();
    let progress = progress(pieces.len());
    // A batch bounds what is held in memory before it is written.
    for batch in pieces.chunks(BATCH) {
        let finished = in_parallel(batch, |piece| {
            let documents = piece.documents.iter();
            let finished: Vec<Attempt> =
                documents.map(|(kind, subject)| finish(&checked, subject, kind, formats, options)).collect();
            progress.inc(1);
            finished
        });
        for (piece, finished) in batch.iter().zip(finished) {
            if let Some(file) = &piece.file {
                let findings = by_file.get(&**file).map(Vec::as_slice).unwrap_or_default();
                lines.push_str(&heading(file, findings));
            } else {
                lines.push_str(&format!("{}:\n", text::visible(&piece.folder)));
            }
            if piece.is_broken {
                lines.push_str("  går inte att läsa: inga dokument skrevs\n");
                outcome = Outcome::Findings;
            } else if finished.is_empty() {
                lines.push_str("  har inget att skriva dokumentet om\n");
            }
            for Attempt { name, result } in finished {
                let result = match result {
                    Ok(finished) => {
                        write((&out, &piece.folder), (&name, &finished), (&mut written, &mut now), &mut lines)
                    }
                    Err(reasons) => {
                        outcome = Outcome::Findings;
                        lines.push_str(&format!("  {name} skrevs inte:\n"));
                        for reason in reasons {
                            lines.push_str(&format!("    – {}\n", text::visible(&reason)));
                        }
                        Ok(())
                    }
                };
                if let Err(error) = result {
                    // What has been written already is told before the fault.
                    files::print(&lines)?;
                    written.keep(&out)?;
                    return Err(error.into());
                }
            }
        }
    }
    progress.finish_and_clear();
    // What was written before of these agreements, or of one that the register no longer has.
    let is_gone = |id: &str| !checked.register.has(&format!("agreements/{id}.toml"));
    let is_asked = |id: &str| pieces.iter().any(|piece| piece.is_whole && piece.folder == id);
    let stale = written.lying(&out, |id, name| {
        (is_gone(id) || is_asked(id)) && !now.contains(&(id.to_owned(), name.to_owned()))
    });
    if arguments.clean {
        for file in &stale {
            written.remove(&out, file)?;
            lines.push_str(&format!("  {} togs bort\n", shown(&out.join(file))));
        }
    } else if !stale.is_empty() {
        lines.push_str(&left_behind(&out, &stale));
    }
    written.keep(&out)?;
    if !checked.missing.is_empty() {
        outcome = Outcome::Findings;
        lines.push('\n');
        for one in &checked.missing {
            lines.push_str(&format!("{}\n", text::visible(&one.told())));
        }
    }
    let report = Report { elsewhere, ..Report::of(&checked.register, &checked.judgement, checked.as_of) };
    lines.push_str(&format!("\n{}\n", report.summary()));
    if !checked.judgement.findings.is_empty() {
        lines.push_str("Läs dem med kommandot iop validate.\n");
    }
    if checked.judgement.findings.iter().any(|finding| finding.level == Level::Error) {
        outcome = Outcome::Findings;
    }
    files::print(&lines)?;
    Ok(outcome)
}

/// Does `work` on every item, on all cores, and returns the results in the items' order. Each item is finished by
/// the thread that began it: the typesetter divides its own work too, and a shared pool would begin many documents
/// before it ends any, and hold them all in memory.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let next = AtomicUsize::new(0);
    let run = || {
        // Where no pool of its own can be had, the shared one does the same, with more memory.
        let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
        std::iter::from_fn(|| {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, work(item)))
        })
        .collect::<Vec<(usize, R)>>()
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            .collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// So many agreements are rendered before their documents are written.
const BATCH: usize = 50;

/// A bar on standard error where it is a terminal and there is something to wait for.
fn progress(agreements: usize) -> ProgressBar {
    if agreements < 20 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(agreements as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} av {len} avtal") {
        bar.set_style(style);
    }
    bar
}

/// So many documents that were not written this time are named; the others are counted.
const NAMED: usize = 5;

/// Tells of documents of an earlier run that lie beside those of this one.
fn left_behind(out: &Path, stale: &[String]) -> String {
    let mut told = "\nÄldre dokument ligger kvar, som inte skrevs den här gången:\n".to_owned();
    for file in stale.iter().take(NAMED) {
        told.push_str(&format!("  {}\n", shown(&out.join(file))));
    }
    if let Some(more) = stale.len().checked_sub(NAMED).filter(|more| *more > 0) {
        told.push_str(&format!("  och {}\n", text::count(more, "till", "till")));
    }
    told + "Ta bort dem med --clean, om de inte ska användas.\n"
}

/// The kinds of documents of these names.
fn chosen<'a>(templates: &'a Templates, names: &[String]) -> Result<Vec<&'a Kind>, UsageError> {
    let known: Vec<&str> = templates.kinds().map(|kind| kind.name.as_str()).collect();
    let of_name = |name: &String| {
        templates.kind(name).ok_or_else(|| {
            let hint = text::instead_of(name, &known);
            UsageError(format!("Det finns inget dokument som heter ”{}”. {hint}", text::visible(name)))
        })
    };
    names.iter().map(of_name).collect()
}

/// Every kind of document with what it is for.
fn listed(templates: &Templates) -> String {
    let widest = templates.kinds().map(|kind| kind.name.chars().count()).max().unwrap_or_default();
    let line = |kind: &Kind| {
        let about = kind.subject.label();
        let told = format!("{}: {} Handlar om {about}.", kind.title, kind.purpose.trim());
        format!("{:widest$}  {}\n", kind.name, text::visible(&told))
    };
    templates.kinds().map(line).collect()
}

/// Writes a document's files into the agreement's folder and says so.
fn write(
    (out, id): (&Path, &str),
    (name, finished): (&str, &Finished),
    (written, now): (&mut Written, &mut BTreeSet<(String, String)>),
    lines: &mut String,
) -> Result<(), UsageError> {
    for (ending, bytes) in &finished.files {
        let name = format!("{name}.{ending}");
        let path = out.join(id).join(&name);
        files::write_atomically(&path, bytes)?;
        written.add(id, &name, bytes);
        now.insert((id.to_owned(), name));
        lines.push_str(&format!("  {}{}\n", shown(&path), state(&finished.document)));
    }
    Ok(())
}

/// A document with its files, by ending.
struct Finished {
    document: Document,
    files: Vec<(&'static str, Vec<u8>)>,
}

/// A finished document, or the reasons why it cannot be written.
struct Attempt {
    /// Its file's name, without an ending.
    name: String,
    result: Result<Finished, Vec<String>>,
}

/// Renders one document in all formats, or says why it cannot be written.
fn finish(
    checked: &Checked,
    subject: &Subject<'_>,
    kind: &Kind,
    formats: &[Format],
    options: RenderOptions,
) -> Attempt {
    let name = subject.file_name(kind, &checked.register);
    Attempt { name, result: finished(checked, subject, kind, formats, options) }
}

fn finished(
    checked: &Checked,
    subject: &Subject<'_>,
    kind: &Kind,
    formats: &[Format],
    options: RenderOptions,
) -> Result<Finished, Vec<String>> {
    // What stands in for something that cannot be read would pass for the municipality's own.
    let entry = subject.entry();
    // A committee's year has sums of all its agreements.
    let is_behind = |one: &&Missing| {
        entry.is_none_or(|entry| {
            one.is_behind_documents_of(&checked.register, id_of(&entry.file), &entry.data)
        })
    };
    let unread: Vec<String> = checked.missing.iter().filter(is_behind).map(Missing::told).collect();
    if !unread.is_empty() {
        return Err(unread);
    }
    let render = |tells_facts| {
        let options = RenderOptions { tells_facts, ..options };
        documents::render(kind, subject, &checked.register, &checked.stationery, options)
            .map_err(|error| vec![error.to_string()])
    };
    let document = render(false)?;
    let obstacles = if options.is_final { obstacles(checked, subject, kind, &document) } else { Vec::new() };
    if !obstacles.is_empty() {
        return Err(obstacles);
    }
    let mut files = Vec::with_capacity(formats.len());
    for format in formats {
        let telling = if format.tells_facts() { Some(render(true)?) } else { None };
        let bytes = format.write(telling.as_ref().unwrap_or(&document), &checked.stationery);
        let bytes = bytes.map_err(|fault| {
            let fault = match entry {
                Some(entry) => fault.in_text_of(&entry.data),
                None => fault,
            };
            vec![format!("{}: {fault}", format.ending())]
        })?;
        files.push((format.ending(), bytes));
    }
    Ok(Finished { document, files })
}

/// A path as people read it: from the folder in which they stand, where it lies below that.
fn shown(path: &Path) -> String {
    let here = files::current_folder().ok();
    files::shown(here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path))
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
        "{}: {}, {}, {}\n",
        text::visible(file),
        text::count(tally.errors, "fel", "fel"),
        text::count(tally.warnings, "varning", "varningar"),
        text::count(tally.notes, "not", "noter")
    )
}

/// What the reader should know of a written document: its mark and how many facts it lacks.
fn state(document: &Document) -> String {
    let mut parts = Vec::new();
    if let Some(mark) = document.meta.status {
        parts.push(mark.word().to_owned());
    }
    if !document.blanks.is_empty() {
        parts.push(text::count(document.blanks.len(), "öppen uppgift", "öppna uppgifter"));
    }
    if parts.is_empty() { String::new() } else { format!("  ({})", parts.join(", ")) }
}

/// Why a document may not be final: what its subject lacks, errors in the agreement or in a sum that it is part of, what is
/// missing, and facts that are open.
fn obstacles(checked: &Checked, subject: &Subject<'_>, kind: &Kind, document: &Document) -> Vec<String> {
    let mut obstacles = subject.obstacles(kind, &checked.register, checked.as_of);
    let findings = &checked.judgement.findings;
    let guideline = subject.entry().and_then(|entry| checked.register.guideline_of(&entry.data));
    let is_missed = |code: &str| {
        let is_never_held =
            guideline.is_some_and(|one| one.data.never_held.iter().any(|known| known == code));
        rules::is_incompleteness(code) && !is_never_held
    };
    obstacles.extend(
        findings
            .iter()
            .filter(|finding| subject.is_concerned_by(finding, kind))
            .filter(|finding| finding.level == Level::Error || is_missed(finding.code))
            .map(|finding| format!("{} ({}, {})", finding.message, finding.code, finding.place.path)),
    );
    // What the municipality's own font or logotype lacks shows in every document.
    let stationery = findings.iter().filter(|finding| finding.code == codes::STATIONERY);
    obstacles.extend(stationery.map(|finding| format!("{} ({})", finding.message, finding.code)));
    let is_own = |file: &str| subject.entry().is_some_and(|entry| *entry.file == *file);
    let is_told = |blank: &&documents::Blank| {
        let mut places = findings.iter().flat_map(Finding::places);
        places.any(|place| is_own(&place.file) && place.path == blank.path)
    };
    let untold = document.blanks.iter().filter(|blank| !is_told(blank));
    obstacles.extend(untold.map(|blank| format!("{} saknas ({})", blank.title, blank.path)));
    obstacles
}
