//! Finding a register on disk and reading its files. Nothing is followed outside what the walk can finish:
//! links in a circle, folders with a file's name, files that are no text or too large become findings.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Content, FONTS, InputFile, PICTURES, Unreadable};
use crate::line_ends;

/// The file that makes a folder a register.
pub const SETTINGS_FILE: &str = "iop.toml";

/// The largest text file that is read, in bytes. An agreement is some 20 kB; a file fifty times that is no agreement.
const LARGEST_TEXT: u64 = 1024 * 1024;

/// The largest font or picture that is read, in bytes.
const LARGEST_ASSET: u64 = 8 * 1024 * 1024;

/// The folders with files of the register, and how their names end.
const FOLDERS: [(&str, &[&str]); 9] = [
    ("agreements", &["toml"]),
    ("guidelines", &["toml"]),
    ("indexes", &["toml"]),
    ("meetings", &["toml"]),
    ("records", &["toml"]),
    ("templates/clauses", &["md"]),
    ("templates/documents", &["md"]),
    (FONTS, &["otf", "ttf"]),
    (PICTURES, &["svg", "png", "jpg", "jpeg"]),
];

/// The nearest folder from `start` upwards that holds `iop.toml`.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(SETTINGS_FILE).symlink_metadata().is_ok()).map(Path::to_owned)
}

/// The root of the git work tree that holds `start`. In a work tree of its own and in a submodule `.git` is a file.
#[must_use]
pub fn find_work_tree(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok()).map(Path::to_owned)
}

/// Reads every data file of the register in `root`, in the order of their paths.
#[must_use]
pub fn read(root: &Path) -> Vec<InputFile> {
    let mut files: Vec<(PathBuf, Option<String>)> = ["iop.toml", "budget.toml"]
        .iter()
        .map(|name| root.join(name))
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| (path, None))
        .collect();
    for (folder, endings) in FOLDERS {
        let walk = WalkDir::new(root.join(folder)).min_depth(1).max_depth(3).follow_links(true);
        for entry in walk {
            match entry {
                Ok(entry) if has_ending(entry.path(), endings) => files.push((entry.into_path(), None)),
                Ok(_) => {}
                Err(error) => {
                    // A register need not have every folder.
                    let Some(path) = error.path().filter(|path| has_ending(path, endings)) else { continue };
                    let problem = if error.loop_ancestor().is_some() {
                        "Länken leder tillbaka till sig själv.".to_owned()
                    } else {
                        problem_of(error.io_error())
                    };
                    files.push((path.to_owned(), Some(problem)));
                }
            }
        }
    }
    files.sort();
    files
        .into_par_iter()
        .map(|(path, problem)| {
            let file = relative(root, &path);
            let content = match problem {
                Some(problem) => Content::Unreadable(Unreadable::new(problem)),
                None => read_file(&path, &file),
            };
            InputFile { file, content }
        })
        .collect()
}

/// Whether a folder is one of those in which the register has files, lies in one, or holds one.
#[must_use]
pub fn may_hold_files(folder: &str) -> bool {
    let is_in = |folder: &str, other: &str| {
        folder
            .strip_prefix(other)
            .is_some_and(|rest| other.is_empty() || rest.is_empty() || rest.starts_with('/'))
    };
    FOLDERS.iter().any(|(known, _)| is_in(folder, known) || is_in(known, folder))
}

/// The path from the register's folder, with `/` on every system.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> Arc<str> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").into()
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let is_one = |extension: &std::ffi::OsStr| endings.iter().any(|one| extension.eq_ignore_ascii_case(one));
    !hidden && path.extension().is_some_and(is_one)
}

/// Reads a file of the register at `file` (its path from the register's folder), or says in Swedish why it cannot
/// be read.
#[must_use]
fn read_file(path: &Path, file: &str) -> Content {
    // Looked at before it is opened: opening a pipe would wait for somebody to write into it.
    let size = match path.metadata() {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        Ok(metadata) if metadata.is_dir() => {
            return Content::Unreadable(Unreadable::new("Det är en mapp, inte en fil."));
        }
        Ok(_) => return Content::Unreadable(Unreadable::new("Det är ingen vanlig fil.")),
        Err(error) => return Content::Unreadable(Unreadable::new(problem_of(Some(&error)))),
    };
    let opened = match std::fs::File::open(path) {
        Ok(opened) => opened,
        Err(error) => return Content::Unreadable(Unreadable::new(problem_of(Some(&error)))),
    };
    let is_asset = super::is_asset(file);
    let largest = if is_asset { LARGEST_ASSET } else { LARGEST_TEXT };
    // One byte more than the file has, so that its end is seen without asking for more room.
    let room = usize::try_from(size.min(largest)).unwrap_or_default() + 1;
    let mut bytes = Vec::with_capacity(room);
    if let Err(error) = opened.take(largest + 1).read_to_end(&mut bytes) {
        return Content::Unreadable(Unreadable::new(problem_of(Some(&error))));
    }
    if bytes.len() as u64 > largest {
        return Content::Unreadable(Unreadable::new(format!(
            "Filen är större än {} MB och läses inte.",
            largest / 1024 / 1024
        )));
    }
    if is_asset { Content::Bytes(bytes.into()) } else { text(bytes) }
}

fn text(bytes: Vec<u8>) -> Content {
    String::from_utf8(bytes).map_or_else(
        |error| {
            let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let good = line_ends::plain(String::from_utf8_lossy(good).into_owned());
            let line = good.matches('\n').count() + 1;
            let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            // So Windows begins what it calls Unicode.
            let is_wide = matches!(error.as_bytes(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
            let problem = if is_wide {
                "Filen är sparad som UTF-16, inte som UTF-8.".to_owned()
            } else {
                format!("Filen är inte sparad som UTF-8: det första otillåtna tecknet står på rad {line}.")
            };
            Content::Unreadable(Unreadable::encoding(problem, line, column))
        },
        Content::Text,
    )
}

fn problem_of(error: Option<&std::io::Error>) -> String {
    match error.map(std::io::Error::kind) {
        Some(ErrorKind::NotFound) => "Filen finns inte: länken leder ingenstans.".to_owned(),
        Some(ErrorKind::IsADirectory) => "Det är en mapp, inte en fil.".to_owned(),
        _ if error.is_some_and(|error| error.to_string().contains("symbolic link")) => {
            "Länken leder tillbaka till sig själv.".to_owned()
        }
        _ => format!("Filen går inte att läsa: {}.", error.map_or_else(|| "okänt fel".to_owned(), reason)),
    }
}

/// Why the system refused, in Swedish where it is something that people can mend.
#[must_use]
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => "behörighet saknas".to_owned(),
        ErrorKind::NotADirectory => "en del av sökvägen är en fil, inte en mapp".to_owned(),
        ErrorKind::IsADirectory => "det är en mapp".to_owned(),
        ErrorKind::NotFound => "den finns inte".to_owned(),
        ErrorKind::AlreadyExists => "det finns redan en fil med det namnet".to_owned(),
        ErrorKind::StorageFull => "disken är full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "disken går bara att läsa från".to_owned(),
        _ => error.to_string(),
    }
}
