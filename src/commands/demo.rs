//! `iop demo`: an invented register in a folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Outcome, UsageError, files};
use crate::cli::DemoArguments;
use crate::demo::{AS_OF, Commitments, Demo, DemoFile, Planted};
use crate::register::{FileKind, disk};
use crate::text;

/// The list of the faults that the register has been given.
const MANIFEST: &str = "manifest.json";

/// So many agreements are made before they are written: enough for all cores, and little memory.
const BATCH: usize = 256;

pub(super) fn run(arguments: &DemoArguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let is_new = !exists(folder)?;
    // Where nobody can be told of an interruption, it ends the program as it always does.
    _ = ctrlc::set_handler(|| IS_INTERRUPTED.store(true, Ordering::Relaxed));
    let faults = write_whole(folder, is_new, &Demo::new(arguments.agreements, arguments.seed))?;
    let given = quoted(&folder.display().to_string());
    let shown = files::shown(folder);
    let summary = format!(
        "{} i den påhittade Granviks kommun skrevs i {}.\n{} och står i {}.\n\nPröva nu:\n  iop validate --register {given} --as-of {AS_OF}\n  iop render --register {given} --as-of {AS_OF}\n",
        text::count(usize::try_from(arguments.agreements).unwrap_or_default(), "avtal", "avtal"),
        shown,
        text::count(faults, "avsiktligt fel är planterat", "avsiktliga fel är planterade"),
        files::shown(&folder.join(MANIFEST)),
    );
    files::print(&summary)?;
    Ok(Outcome::Clean)
}

/// Whether somebody has asked the program to end: it then takes away what it has written.
static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

fn go_on() -> Result<(), UsageError> {
    if IS_INTERRUPTED.load(Ordering::Relaxed) {
        return Err(UsageError("Avbrutet. Inget har skrivits.".to_owned()));
    }
    Ok(())
}

/// A path as it is written in a command: within quotes where the shell would otherwise take it for something else.
fn quoted(path: &str) -> String {
    let is_plain =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_' | ':' | '\\');
    let is_kept =
        |letter: char| !matches!(letter, '"' | '$' | '`' | '!') && (cfg!(windows) || letter != '\\');
    if path.chars().all(|letter| is_plain(letter) && is_kept(letter)) {
        path.to_owned()
    } else if path.chars().all(is_kept) {
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// Whether the folder is there. It must be empty then.
fn exists(folder: &Path) -> Result<bool, UsageError> {
    match std::fs::read_dir(folder).map(Iterator::count) {
        Ok(0) => Ok(true),
        Ok(_) => Err(UsageError(format!(
            "Mappen {} är inte tom. Ange en ny eller tom mapp: där skrivs ett helt register.",
            files::shown(folder)
        ))),
        Err(_) if !files::exists(folder)? => Ok(false),
        Err(error) => Err(cannot_write(folder, &error)),
    }
}

/// Writes the register in a folder of its own and moves it to its place when it is whole. Says how many faults there are.
fn write_whole(folder: &Path, is_new: bool, demo: &Demo) -> anyhow::Result<usize> {
    let fault = |error: std::io::Error| cannot_write(folder, &error);
    let beside = if is_new { nearest(folder) } else { folder.to_owned() };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".iop-demo-");
    #[cfg(unix)]
    {
        // As any new folder: a temporary one is otherwise its owner's alone.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    let whole = builder.tempdir_in(beside).map_err(fault)?;
    let faults = fill(whole.path(), demo, folder)?;
    go_on()?;
    if is_new {
        std::fs::create_dir_all(folder.parent().unwrap_or(Path::new(""))).map_err(fault)?;
        std::fs::rename(whole.path(), folder).map_err(fault)?;
        return Ok(faults);
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(whole.path()).map_err(fault)? {
        names.push(entry.map_err(fault)?.file_name());
    }
    // What is left of a run that fails is never taken for a register.
    names.sort_by_key(|name| name == disk::SETTINGS_FILE);
    for name in names {
        std::fs::rename(whole.path().join(&name), folder.join(&name)).map_err(fault)?;
    }
    Ok(faults)
}

/// The nearest folder above a new one that is there: on the same disk as it will be.
fn nearest(folder: &Path) -> PathBuf {
    let above = folder.ancestors().skip(1).find(|above| disk::exists(above).unwrap_or(true));
    above.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Writes all files of the register into an empty folder, which is to become `folder`.
fn fill(whole: &Path, demo: &Demo, folder: &Path) -> anyhow::Result<usize> {
    let fault = |error: std::io::Error| cannot_write(folder, &error);
    for name in ["agreements", "records", "guidelines", "indexes", "meetings", "schema"] {
        std::fs::create_dir(whole.join(name)).map_err(fault)?;
    }
    let mut planted = Vec::new();
    let mut commitments = Commitments::default();
    for first in (0..demo.agreements()).step_by(BATCH) {
        let batch = first..demo.agreements().min(first + BATCH);
        let made: Result<Vec<(Commitments, Vec<Planted>)>, UsageError> = batch
            .into_par_iter()
            .map(|index| {
                go_on()?;
                let made = demo.make(index);
                for file in &made.files {
                    write(whole, file).map_err(|error| cannot_write(folder, &error))?;
                }
                Ok((made.commitments, made.planted))
            })
            .collect();
        for (promised, found) in made? {
            commitments = commitments.and(promised);
            planted.extend(found);
        }
    }
    let (shared, in_budget) = demo.shared(&commitments);
    planted.extend(in_budget);
    let faults = planted.len();
    let manifest = DemoFile { path: MANIFEST.to_owned(), text: demo.manifest(planted) };
    for file in shared.iter().chain([&manifest]) {
        write(whole, file).map_err(fault)?;
    }
    for kind in FileKind::ALL {
        let text = serde_json::to_string_pretty(kind.schema().document())?;
        let path = format!("schema/{}.v1.json", kind.name());
        write(whole, &DemoFile { path, text: text + "\n" }).map_err(fault)?;
    }
    Ok(faults)
}

fn write(folder: &Path, file: &DemoFile) -> std::io::Result<()> {
    std::fs::File::create_new(folder.join(&file.path))?.write_all(file.text.as_bytes())
}

fn cannot_write(folder: &Path, error: &std::io::Error) -> UsageError {
    UsageError(format!("{} går inte att skriva i: {}.", files::shown(folder), disk::reason(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_command_to_copy_stays_one_word() {
        assert_eq!(quoted("demo/å-1.x_y"), "demo/å-1.x_y");
        assert_eq!(quoted("d ö/a b"), "\"d ö/a b\"");
        assert_eq!(quoted("it's & more"), "\"it's & more\"");
        assert_eq!(quoted("$HOME's"), "'$HOME'\\''s'");
    }
}
