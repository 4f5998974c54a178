//! What the commands that compute figures share: a register read without being judged, and the formats.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::destination::Destination;
use super::{Loaded, NoAgreements, Outcome, UsageError, files, load};
use crate::cli::{Common, Output, SheetArgument, Wide};
use crate::finding::Finding;
use crate::money::grouped;
use crate::register::{Register, id_of};
use crate::report;
use crate::report::missing::Missing;
use crate::report::sheet::{self, Sheet, SheetFormat};
use crate::text;

/// A register as it is, and what is wrong with its files.
pub(super) struct Read {
    root: PathBuf,
    pub(super) register: Register,
    pub(super) as_of: NaiveDate,
    findings: Vec<Finding>,
}

/// Reads the register. Files that cannot be read are left out: [`Read::missing`] tells which.
pub(super) fn read(common: &Common) -> anyhow::Result<Read> {
    let Loaded { root, register, findings, as_of } = load(common)?;
    if register.is_empty() {
        return Err(NoAgreements.into());
    }
    Ok(Read { root, register, as_of, findings })
}

impl Read {
    /// Where what is asked for goes.
    pub(super) fn destination(&self, asked: &Output, is_workbook: bool) -> Result<Destination, UsageError> {
        Destination::of(asked, &self.root, is_workbook)
    }

    /// The files that are left out of the figures. Agreements and what belongs to one count where `names` asks for them;
    /// `broken` are the files of those that do and cannot be read.
    pub(super) fn missing(&self, names: &[PathBuf], broken: &[String]) -> Vec<Missing> {
        let asked = asked(names, broken);
        Missing::of(&self.register, &self.findings, |id| names.is_empty() || asked.contains(id))
    }
}

/// The ids of the agreements that are asked for by name, and of those that cannot be read.
pub(super) fn asked<'a>(names: &'a [PathBuf], broken: &'a [String]) -> BTreeSet<&'a str> {
    let ids = names.iter().filter_map(|name| name.file_name()?.to_str());
    ids.chain(broken.iter().map(String::as_str)).map(id_of).collect()
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

/// Gives sheets with what they lack to where they are to go.
pub(super) fn give(
    destination: &Destination,
    sheets: &[Sheet],
    missing: &[Missing],
    format: SheetArgument,
    wide: Wide,
    as_of: NaiveDate,
) -> Result<(), UsageError> {
    let format = match format {
        SheetArgument::Xlsx => return give_workbook(destination, sheets, missing, as_of),
        // JSON has no sheets.
        SheetArgument::Table | SheetArgument::Json => {
            let width = if destination.is_standard_output() { width(wide) } else { given(wide) };
            SheetFormat::Table { width }
        }
        SheetArgument::Csv => SheetFormat::ExcelCsv,
        SheetArgument::CsvPlain => SheetFormat::PlainCsv,
        SheetArgument::Markdown => SheetFormat::Markdown,
    };
    destination.give_pieces(|out| sheet::write(out, sheets, missing, format))
}

fn give_workbook(
    destination: &Destination,
    sheets: &[Sheet],
    missing: &[Missing],
    as_of: NaiveDate,
) -> Result<(), UsageError> {
    if sheet::rows_of_largest(sheets, missing) > sheet::MOST_ROWS {
        return Err(UsageError(format!(
            "Listan är längre än de {} rader som Excel rymmer. Välj --format csv, eller fråga efter färre avtal.",
            grouped(sheet::MOST_ROWS.into())
        )));
    }
    destination.give_bytes(|file| sheet::write_workbook(file, sheets, missing, as_of))
}

/// A field of the code string by what it is called, where figures can be shown by `others` as well.
pub(super) fn code_field(register: &Register, name: &str, others: &[&str]) -> Result<usize, UsageError> {
    report::code_field(register, name).ok_or_else(|| {
        let fields = register.settings.iter().flat_map(|settings| settings.data.code.keys());
        let known: Vec<&str> = others.iter().copied().chain(fields.map(String::as_str)).collect();
        UsageError(format!(
            "--by kan inte vara ”{}”. Välj {}. Kodfält står under [code] i iop.toml.",
            text::visible(name),
            text::either(&known)
        ))
    })
}

/// The width that is asked for, or the terminal's. What goes to a file or another program has no width: `less -S` and
/// `grep` want a row on a line, whatever window the command was given in.
pub(super) fn width(wide: Wide) -> Option<usize> {
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into());
    given(wide).or_else(terminal)
}

fn given(wide: Wide) -> Option<usize> {
    wide.width.map(usize::from)
}
