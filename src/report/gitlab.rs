//! Findings as GitLab's code quality report, which is shown in merge requests of every tier.

use serde_json::{Value, json};

use super::{Report, fingerprint};
use crate::finding::Level;

/// The report as one JSON list.
pub(super) fn write(report: &Report<'_>) -> String {
    let fingerprints = fingerprint::of(report.findings);
    let items: Vec<Value> = report
        .findings
        .iter()
        .zip(fingerprints)
        .map(|(finding, fingerprint)| {
            json!({
                "description": Report::told(finding),
                "check_name": finding.code,
                "fingerprint": fingerprint.text,
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
