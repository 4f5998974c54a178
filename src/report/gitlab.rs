//! Findings as GitLab's code quality report, which is shown in merge requests of every tier.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Report;
use crate::finding::{Finding, Level};

/// The report as one JSON list.
pub(super) fn write(report: &Report<'_>) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let items: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let key = key(finding);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            json!({
                "description": finding.message,
                "check_name": finding.code,
                "fingerprint": fingerprint(&key, *count),
                "severity": match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Note => "info",
                },
                "location": {
                    "path": report.path(&finding.place.file),
                    "lines": { "begin": report.register.locate(&finding.place).line },
                },
            })
        })
        .collect();
    format!("{:#}\n", Value::from(items))
}

/// What a finding is known by, whatever stands above it in its file.
fn key(finding: &Finding) -> String {
    format!("{}\n{}\n{}", finding.code, finding.place.file, finding.place.path)
}

/// The same for the same finding in every run; the second of a kind at one place has its own.
fn fingerprint(key: &str, count: usize) -> String {
    let hash = Sha256::digest(format!("{key}\n{count}"));
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}
