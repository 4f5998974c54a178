//! Findings for people: the fact, the place with its lines, what it rests on and what to do.

use annotate_snippets::{Annotation, AnnotationKind, Element, Level as Style, Origin, Renderer, Snippet};

use super::Report;
use crate::finding::{Finding, Level, Place};
use crate::register::{Register, Source};
use crate::text;

/// All findings and the summary line.
pub(super) fn write(report: &Report<'_>) -> String {
    let renderer = Renderer::styled().term_width(120);
    let mut output = String::new();
    for finding in report.findings {
        output.push_str(&renderer.render(&[group(report.register, finding)]));
        output.push_str("\n\n");
    }
    output.push_str(&summary(report));
    output.push('\n');
    output
}

/// "2 avtal granskade: inga fel, 1 varning, 3 noter."
pub(super) fn summary(report: &Report<'_>) -> String {
    let tally = report.tally();
    let agreements = report.register.agreement_files();
    let verdict = if report.findings.is_empty() {
        "inget att anmärka".to_owned()
    } else {
        let errors =
            if tally.errors == 0 { "inga fel".to_owned() } else { text::count(tally.errors, "fel", "fel") };
        let warnings = text::count(tally.warnings, "varning", "varningar");
        let notes = text::count(tally.notes, "not", "noter");
        format!("{errors}, {warnings}, {notes}")
    };
    format!("{} granskade per {}: {verdict}.", text::count(agreements, "avtal", "avtal"), report.as_of)
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
        .primary_title(finding.message.as_str())
        .id(finding.code)
        .elements(Vec::<Element<'a>>::new());
    let mut related: Vec<_> = finding.related.iter().collect();
    if let Some(source) = register.source(&finding.place.file).filter(|source| !source.text.is_empty()) {
        let mut snippet = Snippet::source(&*source.text).path(&*source.file).annotation(annotation(
            AnnotationKind::Primary,
            source,
            &finding.place,
            label(finding),
        ));
        related.retain(|related| {
            let here = related.place.file == finding.place.file;
            if here {
                let context =
                    annotation(AnnotationKind::Context, source, &related.place, related.message.clone());
                snippet = std::mem::replace(&mut snippet, Snippet::source("")).annotation(context);
            }
            !here
        });
        group = group.element(snippet);
    } else {
        group = group.element(Origin::path(&*finding.place.file));
    }
    for related in related {
        if let Some(source) = register.source(&related.place.file) {
            let context =
                annotation(AnnotationKind::Context, source, &related.place, related.message.clone());
            group = group.element(Snippet::source(&*source.text).path(&*source.file).annotation(context));
        }
    }
    if let Some(source) = finding.source.as_deref().filter(|source| !finding.message.contains(source)) {
        group = group.element(Style::NOTE.with_name("grund").message(source));
    }
    if let Some(help) = &finding.help {
        group = group.element(Style::HELP.with_name("gör så här").message(help.as_str()));
    }
    group
}

/// What stands by the caret: the key path, which the file itself does not show in one piece.
fn label(finding: &Finding) -> String {
    finding.place.path.to_string()
}

fn annotation<'a>(kind: AnnotationKind, source: &Source, place: &Place, label: String) -> Annotation<'a> {
    kind.span(source.locate(place).bytes).label(label)
}
