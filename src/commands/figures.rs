//! What the commands that compute figures share: a register read without being judged, and the formats.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Loaded, NoAgreements, Outcome, files, load};
use crate::cli::{Common, SheetArgument};
use crate::finding::{Finding, Level};
use crate::register::Register;
use crate::report::sheet::SheetFormat;
use crate::text;

/// A register as it is, and what is wrong with its files.
pub(super) struct Read {
    pub(super) register: Register,
    pub(super) as_of: NaiveDate,
    findings: Vec<Finding>,
}

/// Reads the register. Files that cannot be read are left out, and [`Read::outcome`] says so.
pub(super) fn read(common: &Common) -> anyhow::Result<Read> {
    let Loaded { register, findings, as_of, .. } = load(common)?;
    if register.agreement_files() == 0 {
        return Err(NoAgreements.into());
    }
    Ok(Read { register, as_of, findings })
}

/// So many files are named; the others are counted.
const NAMED: usize = 5;

impl Read {
    /// Says which files are left out of the figures: those asked about, and those that figures may rest on.
    pub(super) fn outcome(&self, broken: &[String]) -> Outcome {
        let mut left_out: BTreeSet<&str> = broken.iter().map(String::as_str).collect();
        let errors = self.findings.iter().filter(|finding| finding.level == Level::Error);
        left_out.extend(
            errors.map(|finding| &*finding.place.file).filter(|file| !file.starts_with("agreements/")),
        );
        if left_out.is_empty() {
            return Outcome::Clean;
        }
        let mut files: Vec<String> =
            left_out.iter().take(NAMED).map(|file| text::visible(file).into_owned()).collect();
        if let Some(more) = left_out.len().checked_sub(NAMED).filter(|more| *more > 0) {
            files.push(text::count(more, "fil till", "filer till"));
        }
        files::say(&format!(
            "{} har fel och ingår inte. Se vad som är fel med iop validate.",
            text::list(&files)
        ));
        Outcome::Findings
    }
}

/// The format of sheets; JSON has none.
pub(super) fn format(argument: SheetArgument) -> SheetFormat {
    match argument {
        SheetArgument::Table | SheetArgument::Json => SheetFormat::Table,
        SheetArgument::Csv => SheetFormat::ExcelCsv,
        SheetArgument::CsvPlain => SheetFormat::PlainCsv,
        SheetArgument::Markdown => SheetFormat::Markdown,
    }
}
