//! What a finding is known by from one run to the next, whatever lines stand above it in its file.

use std::collections::BTreeMap;

use crate::digest::sha256;
use crate::finding::Finding;

/// A finding's code, file and key path, and which one it is where there are several of the kind at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// The same for the same finding in every run, and for no other finding of a run.
    pub text: String,
    /// From 1: the second of a kind at one place is 2.
    pub ordinal: usize,
}

/// The fingerprints of a run's findings, in their order.
#[must_use]
pub fn of(findings: &[Finding]) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let key = format!("{}\n{}\n{}", finding.code, finding.place.file, finding.place.path);
            let ordinal = *seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(1);
            Fingerprint { text: sha256(format!("{key}\n{ordinal}")), ordinal }
        })
        .collect()
}
