//! What a run found, as people or programs read it: one file per format, text out, written elsewhere.

mod human;
mod json;
pub mod rules;

use chrono::NaiveDate;

use crate::finding::{Finding, Tally};
use crate::register::Register;

/// The findings of one run.
#[derive(Debug)]
pub struct Report<'a> {
    /// The register that they point into.
    pub register: &'a Register,
    /// The findings, in reading order.
    pub findings: &'a [Finding],
    /// The day that counts as today.
    pub as_of: NaiveDate,
}

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Swedish text with excerpts.
    Human,
    /// One JSON object.
    Json,
}

impl Report<'_> {
    /// The report as text. Human text holds terminal styles, for the writer to keep or strip.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Human => human::write(self),
            Format::Json => json::write(self),
        }
    }

    /// The line that sums up a run: "2 avtal granskade: 0 fel, 1 varning, 3 noter."
    #[must_use]
    pub fn summary(&self) -> String {
        human::summary(self)
    }

    fn tally(&self) -> Tally {
        Tally::of(self.findings)
    }
}
