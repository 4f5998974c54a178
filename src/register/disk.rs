//! Finding a register on disk and reading its files. Only what does not exist is absent: what cannot be read, links that leave
//! the register or lead in a circle, folders with a file's name, files that are no text or too large become findings.

use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::layout::{self, FOLDERS, TEMPLATES, TOP_FILES};
use super::{Content, InputFile, Unreadable};
use crate::line_ends;

pub use super::layout::{SETTINGS_FILE, may_hold_files};

/// The largest text file that is read, in bytes. An agreement is some 20 kB; a file fifty times that is no agreement.
const LARGEST_TEXT: u64 = 1024 * 1024;

/// The largest font or picture that is read, in bytes.
const LARGEST_ASSET: u64 = 8 * 1024 * 1024;

/// The nearest folder from `start` upwards that holds `iop.toml`, or the first in which nobody can tell.
pub fn find_root(start: &Path) -> Result<Option<PathBuf>, (PathBuf, Error)> {
    for folder in start.ancestors() {
        match exists(&folder.join(SETTINGS_FILE)) {
            Ok(true) => return Ok(Some(folder.to_owned())),
            Ok(false) => {}
            Err(error) => return Err((folder.to_owned(), error)),
        }
    }
    Ok(None)
}

/// Whether something stands at a path, if only a link. What cannot be looked at is not absent: that is an error.
pub fn exists(path: &Path) -> Result<bool, Error> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The root of the git work tree that holds `start`. In a work tree of its own and in a submodule `.git` is a file.
#[must_use]
pub fn find_work_tree(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok()).map(Path::to_owned)
}

/// Every data file of the register in `root`, in the order of their paths. Each is read when it is asked for.
#[must_use]
pub fn read(root: &Path) -> impl IndexedParallelIterator<Item = InputFile> {
    let mut search =
        Search { root, home: root.canonicalize().unwrap_or_else(|_| root.to_owned()), found: Vec::new() };
    search.run();
    let mut found = search.found;
    found.par_sort_by(|one, other| one.0.cmp(&other.0));
    found.into_par_iter().map(|(path, problem)| {
        let file = relative(root, &path);
        let content = match problem {
            Some(problem) => Content::Unreadable(problem),
            // Its name alone is told.
            None if layout::passed_over(&file).is_some() => Content::Text(String::new()),
            None => read_file(&path, &file),
        };
        InputFile { file, content, on_disk: Some(path.into()) }
    })
}

/// The text of a file that has been read before; nothing where it is none any more.
pub(super) fn read_again(path: &Path, file: &str) -> Option<String> {
    match read_file(path, file) {
        Content::Text(text) => Some(line_ends::plain(text)),
        Content::Bytes(_) | Content::Unreadable(_) => None,
    }
}

/// The search for the files of a register. Only what does not exist is absent: any other answer than a file is a problem.
struct Search<'a> {
    root: &'a Path,
    /// The same folder with all links followed.
    home: PathBuf,
    /// What has been found, and why it is not to be read.
    found: Vec<(PathBuf, Option<Unreadable>)>,
}

impl Search<'_> {
    fn run(&mut self) {
        for name in TOP_FILES {
            let path = self.root.join(name);
            match exists(&path) {
                Ok(false) => {}
                Ok(true) => {
                    let problem = self.problem_of_link(&path);
                    self.found.push((path, problem));
                }
                Err(error) => self.found.push((path, Some(Unreadable::new(problem_of(Some(&error)))))),
            }
        }
        let has_templates = self.is_folder(&self.root.join(TEMPLATES));
        for (folder, endings) in FOLDERS {
            let path = self.root.join(folder);
            if (has_templates || !folder.starts_with(TEMPLATES)) && self.is_folder(&path) {
                self.walk(&path, endings);
            }
        }
        self.look_beside();
    }

    /// Whether a folder of the register is there and can be asked for its files; what keeps it from that is kept.
    fn is_folder(&mut self, path: &Path) -> bool {
        let problem = match exists(path) {
            Ok(false) => return false,
            Err(error) => Some(Unreadable::folder(problem_of_folder(&error))),
            Ok(true) => {
                self.problem_of_link(path).or_else(|| match path.metadata().map(|found| found.is_dir()) {
                    Ok(true) => std::fs::read_dir(path)
                        .err()
                        .map(|error| Unreadable::folder(problem_of_folder(&error))),
                    Ok(false) => Some(Unreadable::new("Det är en fil, men ska vara en mapp.")),
                    Err(error) => Some(Unreadable::folder(problem_of_folder(&error))),
                })
            }
        };
        let is_there = problem.is_none();
        if let Some(problem) = problem {
            self.found.push((path.to_owned(), Some(problem)));
        }
        is_there
    }

    /// Finds the files below a folder whose names end, or seem to be meant to end, in one of these ways.
    fn walk(&mut self, folder: &Path, endings: &[&str]) {
        for entry in WalkDir::new(folder).min_depth(1) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    // What has gone since its folder was read is absent.
                    if error.io_error().is_none_or(|error| error.kind() != ErrorKind::NotFound) {
                        let path = error.path().unwrap_or(folder).to_owned();
                        let reason = error.io_error().map_or_else(|| "okänt fel".to_owned(), reason);
                        let problem = Unreadable::folder(format!("Mappen går inte att läsa: {reason}."));
                        self.found.push((path, Some(problem)));
                    }
                    continue;
                }
            };
            let name = entry.file_name().to_string_lossy();
            if layout::left_over_of(&name).is_some_and(|of| entry.path().with_file_name(of).is_file()) {
                continue;
            }
            // Deeper down lie all kinds of things.
            let is_meant = if entry.depth() == 1 {
                layout::is_read_or_told(&name, endings)
            } else {
                layout::seems_meant(&name, endings)
            };
            if !entry.file_type().is_symlink() {
                let is_named = entry
                    .path()
                    .extension()
                    .is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)));
                // A folder may be called what it wants, except as a file.
                if is_meant && (is_named || !entry.file_type().is_dir()) {
                    self.found.push((entry.into_path(), None));
                }
                continue;
            }
            let problem = self.problem_of_link(entry.path()).or_else(|| {
                let leads_to_folder = entry.path().is_dir();
                leads_to_folder.then(|| Unreadable::new("Länken leder till en mapp och följs inte."))
            });
            // A link that leads nowhere matters only where a file is meant.
            if is_meant || problem.as_ref().is_some_and(|problem| problem.problem != NOWHERE) {
                self.found.push((entry.into_path(), problem));
            }
        }
    }

    /// What is wrong with a path that is a link; nothing where it is none, or leads to something in the register.
    fn problem_of_link(&self, path: &Path) -> Option<Unreadable> {
        if !path.symlink_metadata().is_ok_and(|found| found.file_type().is_symlink()) {
            return None;
        }
        match path.canonicalize() {
            Ok(target) if target.starts_with(&self.home) => None,
            Ok(_) => Some(Unreadable {
                help: "Lägg filerna själva i registret i stället för en länk till dem.",
                ..Unreadable::new("Länken leder ut ur registret och läses inte.")
            }),
            Err(error) => Some(Unreadable::new(problem_of(Some(&error)))),
        }
    }

    /// Looks at the top of the register for names that seem to be those of its files and folders.
    fn look_beside(&mut self) {
        let entries = match std::fs::read_dir(self.root) {
            Ok(entries) => entries,
            Err(error) => {
                let problem = Unreadable::folder(problem_of_folder(&error));
                return self.found.push((self.root.to_owned(), Some(problem)));
            }
        };
        for entry in entries.filter_map(Result::ok) {
            let (name, path) = (entry.file_name(), entry.path());
            let name = name.to_string_lossy();
            if layout::left_over_of(&name).is_some_and(|of| path.with_file_name(of).is_file()) {
                continue;
            }
            // Where upper and lower case are the same to the disk, it is the file itself.
            let is_itself = |meant: &str| {
                path.canonicalize()
                    .is_ok_and(|path| self.root.join(meant).canonicalize().is_ok_and(|own| own == path))
            };
            if path.is_dir() {
                if let Some(meant) =
                    layout::folder_meant(&name).filter(|meant| !is_itself(meant) && holds_files(&path))
                {
                    let problem = format!("Mappen ”{name}” läses inte: registret läser {meant}.");
                    let problem =
                        Unreadable::misnamed(problem, "Byt namn på mappen, eller ta bort den ur registret.");
                    self.found.push((path, Some(problem)));
                }
            } else if layout::top_file(&name).is_some_and(|meant| name != meant && !is_itself(meant)) {
                self.found.push((path, None));
            } else if !TOP_FILES.contains(&&*name) && is_agreement(&path) {
                let problem =
                    format!("Filen ”{name}” ser ut att vara ett avtal, men läses inte där den ligger.");
                let problem = Unreadable::misnamed(problem, "Flytta filen till mappen agreements.");
                self.found.push((path, Some(problem)));
            }
        }
    }
}

/// Whether a folder has anything that could be meant for a register.
fn holds_files(folder: &Path) -> bool {
    let mut entries = WalkDir::new(folder).min_depth(1).max_depth(2).into_iter().filter_map(Result::ok);
    entries.any(|entry| layout::seems_meant(&entry.file_name().to_string_lossy(), &["toml", "md"]))
}

/// Whether a TOML file says what only an agreement does.
fn is_agreement(path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if !is_toml {
        return false;
    }
    let Content::Text(text) = read_file(path, SETTINGS_FILE) else { return false };
    let table: toml::Table = text.parse().unwrap_or_default();
    ["activity", "party", "term"].iter().all(|key| table.contains_key(*key))
}

/// The path from the register's folder, with `/` on every system.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> Arc<str> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { ".".into() } else { parts.join("/").into() }
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
    let is_asset = layout::is_asset(file);
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

/// What is said of a link whose end does not exist.
const NOWHERE: &str = "Filen finns inte: länken leder ingenstans.";

fn problem_of_folder(error: &Error) -> String {
    format!("Mappen går inte att läsa: {}.", reason(error))
}

fn problem_of(error: Option<&Error>) -> String {
    match error.map(Error::kind) {
        Some(ErrorKind::NotFound) => NOWHERE.to_owned(),
        Some(ErrorKind::IsADirectory) => "Det är en mapp, inte en fil.".to_owned(),
        _ if error.is_some_and(|error| error.to_string().contains("symbolic link")) => {
            "Länken leder tillbaka till sig själv.".to_owned()
        }
        _ => format!("Filen går inte att läsa: {}.", error.map_or_else(|| "okänt fel".to_owned(), reason)),
    }
}

/// Why the system refused, in Swedish where it is something that people can mend.
#[must_use]
pub fn reason(error: &Error) -> String {
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
