//! Findings as SARIF 2.1.0, which GitHub's code scanning, Azure DevOps and editors read.
//!
//! GitHub takes at most 25 000 results and shows the gravest 5 000. No finding is left out here to stay below that: a
//! report that says less than the others would be worse than an upload that is refused with a clear reason.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{Report, fingerprint, held_back, rules as pages};
use crate::finding::{Finding, Level, Place};
use crate::rules::{Family, RULES, Rule};

/// What stays as it is in a path; a colon would otherwise make a scheme of what stands before it.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The folder that paths start from, as the consumers call the root of the repository.
const BASE: &str = "%SRCROOT%";

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Of the format what we use, with its own names.
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    invocations: Option<[Invocation; 1]>,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Message<'static>,
    full_description: Message<'static>,
    help: Message<'static>,
    default_configuration: Configuration,
    properties: Properties<'static>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'static str>,
    source: &'a str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_configuration_notifications: [Notification; 1],
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message<'static>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'static str,
    /// Every code is a rule's; a reader that finds no index goes by the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'static>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "iop/v1")]
    first: String,
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
    #[serde(rename = "physicalLocation")]
    physical: Physical,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Option::is_none")]
    logical: Option<[Logical; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
    kind: &'static str,
}

/// The report as one JSON object.
pub(super) fn write(report: &Report<'_>) -> String {
    let fingerprints = fingerprint::of(report.findings);
    let results = report.findings.iter().zip(fingerprints);
    let invocation = held_back::is_any(report).then(|| Invocation {
        execution_successful: true,
        tool_configuration_notifications: [Notification {
            level: level(Level::Note),
            message: message(&report.summary()),
        }],
    });
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                language: "sv",
                rules: RULES.iter().copied().map(descriptor).collect(),
            },
        },
        language: "sv",
        column_kind: "unicodeCodePoints",
        invocations: invocation.map(|one| [one]),
        results: results.map(|(finding, fingerprint)| found(report, finding, fingerprint.text)).collect(),
    };
    super::json::pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

/// A rule as its page explains it.
fn descriptor(rule: &Rule) -> Descriptor {
    let help = format!("{}\nGrund: {}", rule.why, rule.source);
    Descriptor {
        id: rule.code,
        name: rule.slug,
        short_description: Message { text: rule.title.into(), markdown: None },
        full_description: Message { text: rule.why.into(), markdown: None },
        help: Message { text: help.into(), markdown: Some(pages::page(rule)) },
        default_configuration: Configuration { level: level(rule.gravity.mildest()) },
        properties: Properties { family: Some(Family::of(rule).label()), source: rule.source },
    }
}

fn found<'a>(report: &Report<'_>, finding: &'a Finding, fingerprint: String) -> Found<'a> {
    let related = (1..).zip(&finding.related).map(|(id, related)| Location {
        id: Some(id),
        message: Some(message(&related.message)),
        ..location(report, &related.place)
    });
    Found {
        rule_id: finding.code,
        rule_index: RULES.iter().position(|rule| rule.code == finding.code),
        level: level(finding.level),
        message: message(&Report::told(finding)),
        locations: [location(report, &finding.place)],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { first: fingerprint },
        properties: finding.source.as_deref().map(|source| Properties { family: None, source }),
    }
}

fn location<'a>(report: &Report<'_>, place: &Place) -> Location<'a> {
    let uri = utf8_percent_encode(&report.path(&place.file), &KEPT).to_string();
    let key = || Logical { fully_qualified_name: place.path.to_string(), kind: "member" };
    Location {
        id: None,
        message: None,
        physical: Physical {
            artifact_location: Artifact { uri, uri_base_id: BASE },
            region: region(report, place),
        },
        logical: (!place.path.is_root()).then(|| [key()]),
    }
}

fn region(report: &Report<'_>, place: &Place) -> Region {
    let start = report.register.locate(place);
    let end = report.register.source(&place.file).map(|source| source.position(start.bytes.end));
    let (end_line, end_column) = end.unwrap_or((start.line, start.column));
    Region { start_line: start.line, start_column: start.column, end_line, end_column }
}

/// Plain text. Where a reader would take a part of it for a link, brackets are escaped, since what an agreement says
/// never becomes one.
fn message(text: &str) -> Message<'static> {
    let mut escaped = String::with_capacity(text.len() + 8);
    let is_link = text.contains("](");
    for letter in text.chars() {
        if is_link && matches!(letter, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    Message { text: escaped.into(), markdown: None }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}
