//! What the commands that compute figures share: a register read without being judged, and the formats.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{Loaded, NoAgreements, Outcome, UsageError, files, load};
use crate::cli::{Common, SheetArgument, Wide};
use crate::finding::Finding;
use crate::register::{Register, id_of};
use crate::report::missing::Missing;
use crate::report::sheet::{self, Sheet, SheetFormat};
use crate::text;

/// A register as it is, and what is wrong with its files.
pub(super) struct Read {
    pub(super) register: Register,
    pub(super) as_of: NaiveDate,
    findings: Vec<Finding>,
}

/// Reads the register. Files that cannot be read are left out: [`Read::missing`] tells which.
pub(super) fn read(common: &Common) -> anyhow::Result<Read> {
    let Loaded { register, findings, as_of, .. } = load(common)?;
    if register.is_empty() {
        return Err(NoAgreements.into());
    }
    Ok(Read { register, as_of, findings })
}

impl Read {
    /// The files that are left out of the figures. Agreements and what belongs to one count where `names` asks for them;
    /// `broken` are the files of those that do and cannot be read.
    pub(super) fn missing(&self, names: &[PathBuf], broken: &[String]) -> Vec<Missing> {
        let asked: BTreeSet<&str> = names
            .iter()
            .filter_map(|name| name.file_name()?.to_str())
            .chain(broken.iter().map(String::as_str))
            .map(id_of)
            .collect();
        Missing::of(&self.register, &self.findings, |id| names.is_empty() || asked.contains(id))
    }
}

/// So many files are named; the others are counted.
const NAMED: usize = 5;

/// Says which files are left out of the figures, and which have changed.
pub(super) fn outcome(register: &Register, missing: &[Missing]) -> Outcome {
    files::tell_of_changed(register);
    if missing.is_empty() {
        return Outcome::Clean;
    }
    let mut files: Vec<String> =
        missing.iter().take(NAMED).map(|one| text::visible(&one.file).into_owned()).collect();
    if let Some(more) = missing.len().checked_sub(NAMED).filter(|more| *more > 0) {
        files.push(text::count(more, "fil till", "filer till"));
    }
    files::say(&format!(
        "{} kan inte läsas och ingår inte. Se vad som är fel med iop validate.",
        text::list(&files)
    ));
    Outcome::Findings
}

/// Prints sheets with what they lack.
pub(super) fn print(
    sheets: &[Sheet],
    missing: &[Missing],
    format: SheetArgument,
    wide: Wide,
) -> Result<(), UsageError> {
    // JSON has no sheets.
    let format = match format {
        SheetArgument::Table | SheetArgument::Json => SheetFormat::Table { width: width(wide) },
        SheetArgument::Csv => SheetFormat::ExcelCsv,
        SheetArgument::CsvPlain => SheetFormat::PlainCsv,
        SheetArgument::Markdown => SheetFormat::Markdown,
    };
    files::print_pieces(|out| sheet::write(out, sheets, missing, format))
}

/// The width that is asked for, or the terminal's. What goes to a file or another program has no width: `less -S` and
/// `grep` want a row on a line, whatever window the command was given in.
pub(super) fn width(wide: Wide) -> Option<usize> {
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
    wide.width.or_else(terminal).map(usize::from)
}
