//! Findings as test results, which every CI system shows: a suite for each file, a case for each finding.
//!
//! What makes the run fail is a failure. What is milder is a skipped case: it is seen and counted, and fails nothing.
//! A file with nothing to remark on has one case that passes, so that a green report says what was checked.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::{Report, fingerprint, held_back};
use crate::finding::Finding;
use crate::register::disk::SETTINGS_FILE;
use crate::rules;

/// The report as XML.
pub(super) fn write(report: &Report<'_>) -> String {
    let mut suites: BTreeMap<&str, Vec<TestCase>> =
        report.files.iter().map(|file| (*file, Vec::new())).collect();
    for (finding, fingerprint) in report.findings.iter().zip(fingerprint::of(report.findings)) {
        suites.entry(&finding.place.file).or_default().push(case(report, finding, fingerprint.ordinal));
    }
    if held_back::is_any(report) {
        let mut status = TestCaseStatus::skipped();
        status.set_message(clean(&report.summary()));
        let mut case = TestCase::new("visas inte", status);
        case.set_classname(clean(&report.path(SETTINGS_FILE)));
        suites.entry(SETTINGS_FILE).or_default().push(case);
    }
    let mut document = Document::new(env!("CARGO_PKG_NAME"));
    for (file, mut cases) in suites {
        let path = clean(&report.path(file));
        if cases.is_empty() {
            let mut passed = TestCase::new("granskad", TestCaseStatus::success());
            passed.set_classname(path.as_str());
            cases.push(passed);
        }
        let mut suite = TestSuite::new(path);
        suite.add_test_cases(cases);
        document.add_test_suite(suite);
    }
    // Every text has been cleaned of what XML cannot hold, so there is nothing that could fail.
    document.to_string().unwrap_or_default()
}

fn case(report: &Report<'_>, finding: &Finding, ordinal: usize) -> TestCase {
    let fails = finding.level >= report.failing;
    let mut status =
        if fails { TestCaseStatus::non_success(NonSuccessKind::Failure) } else { TestCaseStatus::skipped() };
    let file = clean(&report.path(&finding.place.file));
    let location = report.register.locate(&finding.place);
    let mut text = clean(&finding.message);
    if let Some(help) = &finding.help {
        text.push_str(&format!("\nGör så här: {}", clean(help)));
    }
    text.push_str(&format!("\n{file}:{}:{}", location.line, location.column));
    status
        // An attribute is one line to every reader.
        .set_message(clean(&finding.message).replace('\n', " "))
        .set_type(finding.level.key())
        .set_description(text);
    let mut case = TestCase::new(name(finding, ordinal), status);
    case.set_classname(file.as_str());
    case.extra.insert("file".into(), file.into());
    case.extra.insert("line".into(), location.line.to_string().into());
    case
}

/// The same for the same finding in every run, so that the CI system can tell an old finding from a new one.
fn name(finding: &Finding, ordinal: usize) -> String {
    let mut name = finding.code.to_owned();
    if let Some(rule) = rules::find(finding.code) {
        name.push_str(&format!(" {}", rule.slug));
    }
    if !finding.place.path.is_root() {
        name.push_str(&format!(" {}", finding.place.path));
    }
    if ordinal > 1 {
        name.push_str(&format!(" ({ordinal})"));
    }
    clean(&name)
}

/// Text as XML 1.0 can hold it and as every reader gives it back: line ends as line feeds, and a replacement character
/// for each control character and each that is none.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' => '\n',
            '\t' => ' ',
            '\u{FFFE}' | '\u{FFFF}' => char::REPLACEMENT_CHARACTER,
            letter if letter.is_control() => char::REPLACEMENT_CHARACTER,
            letter => letter,
        })
        .collect()
}
