//! Findings as SARIF 2.1.0, which GitHub's code scanning, Azure DevOps and editors read.
//!
//! GitHub takes at most 25 000 results and shows the gravest 5 000. No finding is left out here to stay below that: a
//! report that says less than the others would be worse than an upload that is refused with a clear reason.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, LogicalLocation, Message, MultiformatMessageString, Notification,
    PhysicalLocation, PropertyBag, Region, ReportingConfiguration, ReportingDescriptor,
    Result as SarifResult, ResultColumnKind, ResultLevel, Run, SCHEMA_URL, Sarif, Tool, ToolComponent,
    Version,
};

use super::{Report, fingerprint, held_back, rules as pages};
use crate::finding::{Finding, Level, Place};
use crate::rules::{Family, RULES, Rule};

/// What stays as it is in a path; a colon would otherwise make a scheme of what stands before it.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The folder that paths start from, as the consumers call the root of the repository.
const BASE: &str = "%SRCROOT%";

/// The report as one JSON object.
pub(super) fn write(report: &Report<'_>) -> String {
    let fingerprints = fingerprint::of(report.findings);
    let results: Vec<SarifResult> = report
        .findings
        .iter()
        .zip(fingerprints)
        .map(|(finding, fingerprint)| result(report, finding, fingerprint.text))
        .collect();
    let driver = ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .language("sv")
        .rules(RULES.iter().copied().map(descriptor).collect::<Vec<_>>())
        .build();
    let mut run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .language("sv")
        .column_kind(ResultColumnKind::UnicodeCodePoints.to_string())
        .results(results)
        .build();
    if held_back::is_any(report) {
        let summary = Notification::builder()
            .level(sarif_level(Level::Note).to_string())
            .message(message(&report.summary()))
            .build();
        let invocation = Invocation::builder()
            .execution_successful(true)
            .tool_configuration_notifications(vec![summary])
            .build();
        run.invocations = Some(vec![invocation]);
    }
    let log =
        Sarif::builder().schema(SCHEMA_URL).version(Version::V2_1_0.to_string()).runs(vec![run]).build();
    super::json::pretty(&log)
}

/// A rule as its page explains it.
fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let level = rule.gravity.mildest();
    let help = MultiformatMessageString::builder()
        .text(format!("{}\nGrund: {}", rule.why, rule.source))
        .markdown(pages::page(rule));
    ReportingDescriptor::builder()
        .id(rule.code)
        .name(rule.slug)
        .short_description(MultiformatMessageString::builder().text(rule.title).build())
        .full_description(MultiformatMessageString::builder().text(rule.why).build())
        .help(help.build())
        .default_configuration(
            ReportingConfiguration::builder().level(sarif_level(level).to_string()).build(),
        )
        .properties(bag([("family", Family::of(rule).label()), ("source", rule.source)]))
        .build()
}

fn result(report: &Report<'_>, finding: &Finding, fingerprint: String) -> SarifResult {
    let mut result = SarifResult::builder()
        .rule_id(finding.code)
        .level(sarif_level(finding.level))
        .message(message(&Report::told(finding)))
        .locations(vec![location(report, &finding.place)])
        .partial_fingerprints(BTreeMap::from([("iop/v1".to_owned(), fingerprint)]))
        .build();
    // Every code is a rule's; a reader that finds no index goes by the code.
    result.rule_index = RULES
        .iter()
        .position(|rule| rule.code == finding.code)
        .and_then(|position| i64::try_from(position).ok());
    if let Some(source) = &finding.source {
        result.properties = Some(bag([("source", source.as_str())]));
    }
    if !finding.related.is_empty() {
        let related = (1..).zip(&finding.related).map(|(id, related)| {
            let mut location = location(report, &related.place);
            location.id = Some(id);
            location.message = Some(message(&related.message));
            location
        });
        result.related_locations = Some(related.collect());
    }
    result
}

fn location(report: &Report<'_>, place: &Place) -> Location {
    let file = ArtifactLocation::builder()
        .uri(utf8_percent_encode(&report.path(&place.file), &KEPT).to_string())
        .uri_base_id(BASE)
        .build();
    let physical = PhysicalLocation::builder().artifact_location(file).region(region(report, place)).build();
    let mut location = Location::builder().physical_location(physical).build();
    if !place.path.is_root() {
        let key =
            LogicalLocation::builder().fully_qualified_name(place.path.to_string()).kind("member").build();
        location.logical_locations = Some(vec![key]);
    }
    location
}

fn region(report: &Report<'_>, place: &Place) -> Region {
    let start = report.register.locate(place);
    let end = report.register.source(&place.file).map(|source| source.position(start.bytes.end));
    let (end_line, end_column) = end.unwrap_or((start.line, start.column));
    Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end_line))
        .end_column(number(end_column))
        .build()
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Plain text. Where a reader would take a part of it for a link, brackets are escaped, since what an agreement says
/// never becomes one.
fn message(text: &str) -> Message {
    if !text.contains("](") {
        return Message::builder().text(text).build();
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if matches!(letter, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    Message::builder().text(escaped).build()
}

fn sarif_level(level: Level) -> ResultLevel {
    match level {
        Level::Error => ResultLevel::Error,
        Level::Warning => ResultLevel::Warning,
        Level::Note => ResultLevel::Note,
    }
}

fn bag<const N: usize>(properties: [(&str, &str); N]) -> PropertyBag {
    let properties: BTreeMap<String, Value> =
        properties.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    PropertyBag::builder().additional_properties(properties).build()
}
