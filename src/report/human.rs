//! Findings for people: the fact, the place with its lines, what it rests on and what to do.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level as Style, Origin, Renderer, Snippet};
use rayon::prelude::*;

use super::{Report, held_back};
use crate::finding::{Finding, Level, Part, Place, Tally};
use crate::register::{Register, Source};
use crate::text;

/// So many findings are put into words before the next: those of the same files, whose texts are then at hand.
const AT_ONCE: usize = 256;

/// All findings and the summary line.
pub(super) fn write(report: &Report<'_>) -> String {
    let renderer = Renderer::styled().term_width(120);
    let shown = report.findings.iter().filter(|finding| finding.level >= report.shown_from);
    let seen = as_people_see_them(shown);
    let mut output = String::new();
    for some in seen.chunks(AT_ONCE) {
        let shown: Vec<String> = some
            .par_iter()
            .map(|findings| {
                let group = match findings.as_slice() {
                    [only] => group(report.register, only),
                    several => together(report.register, several),
                };
                // The library shows what most control characters are, but not those that some terminals obey as one letter.
                renderer
                    .render(&[group])
                    .replace(|letter| ('\u{80}'..='\u{9f}').contains(&letter), "\u{FFFD}")
            })
            .collect();
        for one in shown {
            output.push_str(&one);
            output.push_str("\n\n");
        }
    }
    output.push_str(&summary(report));
    output.push_str(&not_shown(report));
    output.push('\n');
    output
}

/// Findings of one kind in one file become one, at the place of the first.
fn as_people_see_them<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Vec<&'a Finding>> {
    let mut seen: Vec<Vec<&Finding>> = Vec::new();
    let mut kinds = BTreeMap::new();
    for finding in findings {
        let Some(name) = finding.together else {
            seen.push(vec![finding]);
            continue;
        };
        let kind = (name, finding.code, finding.level, &finding.place.file, &finding.help);
        let position = *kinds.entry(kind).or_insert(seen.len());
        match seen.get_mut(position) {
            Some(others) => others.push(finding),
            None => seen.push(vec![finding]),
        }
    }
    seen
}

/// "2 avtal granskade: inga fel, 1 varning, 3 noter."
pub(super) fn summary(report: &Report<'_>) -> String {
    let tally = report.tally();
    let agreements = report.register.agreement_files();
    let verdict = if report.findings.is_empty() && held_back::is_any(report) {
        "inget annat att anmärka".to_owned()
    } else if report.findings.is_empty() {
        "inget att anmärka".to_owned()
    } else {
        counted(&tally)
    };
    // Who asks about a part must not take the verdict for one on the whole.
    let (here, elsewhere) = match &report.elsewhere {
        None => ("", String::new()),
        Some(tally) if *tally == Tally::default() => {
            (" i de filer som visas", " Inget att anmärka i övriga filer.".to_owned())
        }
        Some(tally) => (" i de filer som visas", format!(" I övriga filer: {}.", counted(tally))),
    };
    // Without settings nothing is judged, whatever could be read.
    let read = report.register.settings.as_ref().map_or(0, |_| report.register.agreements.len());
    let share = if read < agreements { format!("{read} av ") } else { String::new() };
    let checked = if agreements == 1 { "granskat" } else { "granskade" };
    let more = held_back::in_words(report);
    let agreements = text::count(agreements, "avtal", "avtal");
    format!("{share}{agreements} {checked} per {}: {verdict}{more}{here}.{elsewhere}", report.as_of)
}

/// " Noter visas inte.", where only the graver are asked for and there are others.
fn not_shown(report: &Report<'_>) -> String {
    let tally = report.tally();
    let hides = |level, count| count > 0 && level < report.shown_from;
    let hidden = match (hides(Level::Warning, tally.warnings), hides(Level::Note, tally.notes)) {
        (true, true) => "Varningar och noter",
        (true, false) => "Varningar",
        (false, true) => "Noter",
        (false, false) => return String::new(),
    };
    format!(" {hidden} visas inte.")
}

fn counted(tally: &Tally) -> String {
    let errors =
        if tally.errors == 0 { "inga fel".to_owned() } else { text::count(tally.errors, "fel", "fel") };
    let warnings = text::count(tally.warnings, "varning", "varningar");
    let notes = text::count(tally.notes, "not", "noter");
    format!("{errors}, {warnings}, {notes}")
}

fn style(level: Level) -> Style<'static> {
    let style = match level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Note => Style::NOTE,
    };
    style.with_name(level.label())
}

fn group<'a>(register: &'a Register, finding: &'a Finding) -> annotate_snippets::Group<'a> {
    let mut group = style(finding.level)
        .primary_title(text::visible(&finding.message))
        .id(finding.code)
        .elements(Vec::<Element<'a>>::new());
    let mut related: Vec<_> = finding.related.iter().collect();
    let source = register.source(&finding.place.file);
    if let Some(source) =
        source.filter(|source| !source.text().is_empty() && finding.place.part != Part::Name)
    {
        let mut marks = vec![mark(AnnotationKind::Primary, source, &finding.place, &label(finding))];
        related.retain(|related| {
            let here = related.place.file == finding.place.file;
            if here {
                marks.push(mark(AnnotationKind::Context, source, &related.place, &related.message));
            }
            !here
        });
        group = group.element(snippet(source, marks));
    } else {
        let origin = Origin::path(text::visible(&finding.place.file));
        group = group.element(match source.and_then(Source::stopped_at) {
            Some((line, column)) => origin.line(line).char_column(column),
            None => origin,
        });
    }
    for related in related {
        if let Some(source) = register.source(&related.place.file) {
            let context = mark(AnnotationKind::Context, source, &related.place, &related.message);
            group = group.element(snippet(source, vec![context]));
        }
    }
    advice(group, finding)
}

/// Several findings of one kind: a title that counts them, and each by its line.
fn together<'a>(register: &'a Register, findings: &[&'a Finding]) -> annotate_snippets::Group<'a> {
    let Some(first) = findings.first() else { return annotate_snippets::Group::with_level(Style::NOTE) };
    let number = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    let name = first.together.unwrap_or_default();
    let title = format!("{} {name}.", text::capitalised(&text::numeral(number)));
    let mut group =
        style(first.level).primary_title(title).id(first.code).elements(Vec::<Element<'a>>::new());
    if let Some(source) = register.source(&first.place.file) {
        let marks = findings.iter().map(|finding| {
            let label = format!("{}: {}", label(finding), finding.message);
            mark(AnnotationKind::Primary, source, &finding.place, &label)
        });
        group = group.element(snippet(source, marks.collect()));
    }
    advice(group, first)
}

/// Adds what the finding rests on and what to do.
fn advice<'a>(mut group: annotate_snippets::Group<'a>, finding: &'a Finding) -> annotate_snippets::Group<'a> {
    if let Some(source) = finding.source.as_deref().filter(|source| !finding.message.contains(source)) {
        group = group.element(Style::NOTE.with_name("grund").message(text::visible(source)));
    }
    if let Some(measure) = &finding.measure {
        let told = format!("{measure}; ett undantag som godtar det har up_to = {}", measure.toml());
        group = group.element(Style::NOTE.with_name("mått").message(told));
    }
    if let Some(help) = &finding.help {
        group = group.element(Style::HELP.with_name("gör så här").message(text::visible(help)));
    }
    group
}

/// What stands by the caret: the key path, which the file itself does not show in one piece.
fn label(finding: &Finding) -> String {
    finding.place.path.to_string()
}

/// What is marked in a file's lines, and what is said of it.
struct Mark {
    kind: AnnotationKind,
    bytes: Range<usize>,
    label: String,
}

fn mark(kind: AnnotationKind, source: &Source, place: &Place, label: &str) -> Mark {
    Mark { kind, bytes: source.locate(place).bytes, label: text::visible(label).into_owned() }
}

/// A file's lines with their marks, under its name. The library goes through all the text that it is given, so it is given no
/// more than it shows.
fn snippet(source: &Source, marks: Vec<Mark>) -> Snippet<'_, Annotation<'_>> {
    let from = marks.iter().map(|mark| mark.bytes.start).min().unwrap_or_default();
    let to = marks.iter().map(|mark| mark.bytes.end).max().unwrap_or_default();
    let text = source.text();
    let (lines, first, start) = text.excerpt(from..to);
    // Of a file that has just changed there is no text.
    let within = |byte: usize| byte.saturating_sub(start).min(lines.len());
    let annotations = marks
        .into_iter()
        .map(|Mark { kind, bytes, label }| kind.span(within(bytes.start)..within(bytes.end)).label(label));
    Snippet::source(lines.to_owned())
        .line_start(first)
        .path(text::visible(&source.file))
        .annotations(annotations)
}
