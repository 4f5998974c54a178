//! Why a paper is not read.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is wrong with a paper: Swedish sentences that say what and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    pub(super) fn new(problem: impl Into<String>, help: &str) -> Self {
        Self { problem: problem.into(), help: help.to_owned() }
    }

    pub(super) fn damaged(what: &str) -> Self {
        Self::new(
            format!("Filen är skadad: {what}."),
            "Hämta den på nytt, eller öppna den i Word eller LibreOffice, som kan laga den, och spara som docx.",
        )
    }

    pub(super) fn too_large() -> Self {
        Self::new(
            format!("Filen är större än {} MB, som är det mesta som läses.", super::LARGEST / 1_000_000),
            "Spara den utan bilder, eller dela den.",
        )
    }

    pub(super) fn pictures_only() -> Self {
        Self::new(
            "Filen är bilder av sidor (skannad) och har ingen text.",
            "Läs in den med textigenkänning (OCR), till exempel i skannern eller i Word, och spara som docx eller pdf.",
        )
    }

    pub(super) fn too_long(what: &str) -> Self {
        Self::new(
            format!("Filen har fler än {what}, som är det mesta som läses."),
            "Dela den, eller spara avtalet för sig.",
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.problem, self.help)
    }
}

impl std::error::Error for Fault {}
