//! A new agreement in the register: written only where nothing stands, and where the register can be read with it.

use std::path::Path;

use rayon::prelude::*;

use super::{Outcome, UsageError, files};
use crate::finding::Level;
use crate::register::{FileKind, InputFile, Register, disk};
use crate::report::one_agreement::open_facts;
use crate::text;

/// A new agreement's file.
pub(super) struct NewFile<'a> {
    pub(super) root: &'a Path,
    /// The agreement's id.
    pub(super) id: &'a str,
    /// What is to stand in the file.
    pub(super) text: &'a str,
}

impl NewFile<'_> {
    /// Writes it, and says what is open in it, with `points` that are to be seen to.
    pub(super) fn write(&self, points: Vec<String>) -> anyhow::Result<Outcome> {
        let Self { root, id, text: toml } = self;
        let file = format!("agreements/{id}.toml");
        let path = root.join(&file);
        // A name with a way in it would lead elsewhere.
        let is_name = !id.contains(['/', '\\']);
        if is_name && files::exists(&path)? {
            return Err(UsageError(format!(
                "{} finns redan, och inget skrivs över. Ange ett annat namn: iop new NAMN.",
                text::visible(&file)
            ))
            .into());
        }
        let added = InputFile::text(&file, toml);
        let (register, findings) = Register::load(disk::read(root).chain(rayon::iter::once(added)));
        let fault = findings.iter().find(|one| one.level == Level::Error && *one.place.file == *file);
        if let Some(fault) = fault {
            let help = fault.help.as_deref().unwrap_or("Ändra uppgifterna och försök igen.");
            return Err(UsageError(format!("Inget har skrivits. {} {help}", fault.message)).into());
        }
        files::write_new(&path, toml)?;
        let sections = sections(&register, &file, "", points);
        files::print(&format!(
            "Avtalet är upplagt i {file}, som utkast.\n{sections}\nSkriv in det när det är bestämt. Sedan:\n  iop validate {file}\n  iop show {id}\n  iop render {id} --format docx\n"
        ))?;
        Ok(Outcome::Clean)
    }
}

/// What is to be seen to, and what is open in a file or, where it is named, in one of its tables.
pub(super) fn sections(register: &Register, file: &str, table: &str, points: Vec<String>) -> String {
    let mut told = String::new();
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            told.push_str(&format!("\n{title}\n"));
            for line in lines {
                told.push_str(&format!("  {line}\n"));
            }
        }
    };
    section("Se efter:", points);
    section("Inte bestämt ännu:", open_facts(register, FileKind::Agreement, file, table));
    told
}
