//! An entry in the records of an agreement: written only where the register, read again with it, says what it is to say.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Outcome, UsageError, files};
use crate::finding::Level;
use crate::register::{InputFile, Register, disk, edit};

/// The records of an agreement, to which something is added.
pub(super) struct Records<'a> {
    pub(super) root: &'a Path,
    pub(super) register: &'a Register,
    /// The agreement.
    pub(super) id: &'a str,
    /// Their file.
    pub(super) file: String,
    pub(super) as_of: NaiveDate,
}

impl Records<'_> {
    /// What stands in the file; of one that does not exist, its first line.
    pub(super) fn text(&self) -> String {
        self.register.source(&self.file).map_or_else(
            || {
                let has_schema = self.root.join("schema/records.v1.json").is_file();
                if has_schema { "#:schema ../schema/records.v1.json\n".to_owned() } else { String::new() }
            },
            |source| source.text().to_string(),
        )
    }

    /// Writes an entry where the file can be read with it and `confirm` has nothing against the register as it then is;
    /// that says in words what has been done.
    pub(super) fn write(
        &self,
        change: &edit::Entry,
        confirm: impl FnOnce(&Register) -> anyhow::Result<String>,
    ) -> anyhow::Result<Outcome> {
        let Self { root, register, file, .. } = self;
        let old = self.text();
        let new = edit::with(&old, change).map_err(|error| {
            UsageError(format!(
                "{file} går inte att ändra: {error}. Skriv in det själv under [{}].",
                change.table
            ))
        })?;
        let changed = InputFile::text(file, &new);
        let others = disk::read(root).filter(|input| *input.file != **file);
        let (after, findings) = Register::load(others.chain(rayon::iter::once(changed)));
        let is_fault = |level: Level, of: &str| level == Level::Error && of == file;
        let fault = findings.iter().find(|finding| is_fault(finding.level, &finding.place.file));
        if let Some(fault) = fault {
            return Err(UsageError(format!(
                "Inget har skrivits: {file} skulle få ett fel. {} Ändra uppgifterna och försök igen.",
                fault.message
            ))
            .into());
        }
        let said = confirm(&after)?;
        // A link stays a link: what it leads to is written.
        let path = root.join(file);
        let path = path.canonicalize().unwrap_or(path);
        if !files::is_unchanged(&path, register.source(file).map(|_| &*old)) {
            return Err(
                UsageError(format!("{file} ändrades under tiden. Inget har skrivits; försök igen.")).into()
            );
        }
        files::write_text(&path, &new)?;
        files::print(&format!("{said} ({file}, {}.{}).\n", change.table, change.key))?;
        Ok(Outcome::Clean)
    }
}
