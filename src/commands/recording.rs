//! A change of a file: written only where the register, read again with it, says what it is to say.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Outcome, UsageError, files, rewriting};
use crate::finding::Level;
use crate::register::{FileKind, InputFile, Register, disk, edit};

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
                let has_schema = self.root.join(FileKind::Records.schema_file()).is_file();
                if has_schema { FileKind::Records.schema_line() } else { String::new() }
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
        let known = register.source(file).map(|_| &*old);
        let said = Changed { root, file, old: known, new: &new }.write(confirm)?;
        files::print(&format!("{said} ({file}, {}.{}).\n", change.table, change.key))?;
        Ok(Outcome::Clean)
    }
}

/// A file of the register with another text than it had.
pub(super) struct Changed<'a> {
    pub(super) root: &'a Path,
    pub(super) file: &'a str,
    /// What stood in it when the register was read; nothing where it was not there.
    pub(super) old: Option<&'a str>,
    /// What is to stand in it.
    pub(super) new: &'a str,
}

impl Changed<'_> {
    /// Writes the file where it can be read and `confirm` has nothing against the register as it then is.
    pub(super) fn write<T>(&self, confirm: impl FnOnce(&Register) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let Self { root, file, old, new } = self;
        let changed = InputFile::text(file, new);
        let others = disk::read(root).filter(|input| *input.file != **file);
        let (after, findings) = Register::load(others.chain(rayon::iter::once(changed)));
        let is_fault = |level: Level, of: &str| level == Level::Error && of == *file;
        let fault = findings.iter().find(|finding| is_fault(finding.level, &finding.place.file));
        if let Some(fault) = fault {
            return Err(UsageError(format!(
                "Inget har skrivits: {file} skulle få ett fel. {} Ändra uppgifterna och försök igen.",
                fault.message
            ))
            .into());
        }
        let said = confirm(&after)?;
        rewriting::put(root, file, *old, new)?;
        Ok(said)
    }
}
