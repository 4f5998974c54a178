//! Findings as GitLab's code quality report, which is shown in merge requests of every tier.

use serde_json::{Value, json};

use super::{Report, fingerprint, held_back};
use crate::digest::sha256;
use crate::finding::Level;
use crate::register::disk::SETTINGS_FILE;

/// The report as one JSON list. It has no summary, so what is not shown is an item for information at the settings.
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
        .chain(held_back::is_any(report).then(|| {
            json!({
                "description": report.summary(),
                "check_name": "iop",
                "fingerprint": sha256("held back"),
                "severity": "info",
                "location": { "path": report.path(SETTINGS_FILE), "lines": { "begin": 1 } },
            })
        }))
        .collect();
    format!("{:#}\n", Value::from(items))
}
