//! Several files that belong together: written beside their place, and put there when all of them are whole. Nothing that
//! stands there is written over.

use std::ffi::OsString;
use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{UsageError, files};
use crate::register::disk;

/// Lets `fill` write into an empty folder, and then puts all of it into `folder`, which is made where it is not there: all of
/// it, or nothing.
pub(super) fn write<T>(
    folder: &Path,
    prefix: &str,
    fill: impl FnOnce(&Path) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let fault = |error: Error| cannot_write(folder, &error);
    let is_new = !files::exists(folder)?;
    let beside = if is_new { nearest(folder) } else { folder.to_owned() };
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        // As any new folder: a temporary one is otherwise its owner's alone.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let whole = builder.tempdir_in(beside).map_err(fault)?;
    let filled = fill(whole.path())?;
    if is_new {
        fs::create_dir_all(folder.parent().unwrap_or(Path::new(""))).map_err(fault)?;
        // Somebody else may have made it meanwhile; a folder that holds something is not replaced.
        fs::rename(whole.path(), folder).map_err(fault)?;
        return Ok(filled);
    }
    let mut put = Put::default();
    match put.all(whole.path(), folder) {
        Ok(()) => Ok(filled),
        Err(error) => {
            put.take_back();
            Err(fault(error).into())
        }
    }
}

/// A file in an empty folder that is being filled, with the folders above it.
pub(super) fn add(whole: &Path, path: &str, text: &str) -> std::io::Result<()> {
    let file = whole.join(path);
    fs::create_dir_all(file.parent().unwrap_or(whole))?;
    fs::File::create_new(file)?.write_all(text.as_bytes())
}

/// That nothing can be written in a folder.
pub(super) fn cannot_write(folder: &Path, error: &Error) -> UsageError {
    let what = files::shown(folder);
    UsageError(match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => {
            format!("{what} har fått andra filer under tiden. Inget har skrivits.")
        }
        _ => format!("{what} går inte att skriva i: {}.", disk::reason(error)),
    })
}

/// The nearest folder above a new one that is there: on the same disk as it will be.
fn nearest(folder: &Path) -> PathBuf {
    let above = folder.ancestors().skip(1).find(|above| disk::exists(above).unwrap_or(true));
    let above = above.filter(|above| !above.as_os_str().is_empty());
    above.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// What has been put in its place.
#[derive(Default)]
struct Put {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Put {
    /// Moves what lies in `from` into `to`.
    fn all(&mut self, from: &Path, to: &Path) -> std::io::Result<()> {
        let mut names: Vec<OsString> = Vec::new();
        for entry in fs::read_dir(from)? {
            names.push(entry?.file_name());
        }
        // What is left of a run that is ended in the middle is never taken for a register.
        names.sort_by_key(|name| (name == disk::SETTINGS_FILE, name.clone()));
        for name in names {
            let (source, target) = (from.join(&name), to.join(&name));
            if source.is_dir() {
                match fs::create_dir(&target) {
                    Ok(()) => self.folders.push(target.clone()),
                    Err(_) if target.is_dir() => {}
                    Err(error) => return Err(error),
                }
                self.all(&source, &target)?;
            } else {
                place(&source, &target)?;
                self.files.push(target);
            }
        }
        Ok(())
    }

    /// Takes away what has been put there, as far as the system lets it.
    fn take_back(&self) {
        for file in &self.files {
            _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            _ = fs::remove_dir(folder);
        }
    }
}

/// Gives a file its place where nothing stands. Some disks know no second name for a file: there it is copied.
fn place(source: &Path, target: &Path) -> std::io::Result<()> {
    match fs::hard_link(source, target) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            let mut new = fs::File::create_new(target)?;
            let copied = fs::File::open(source).and_then(|mut old| std::io::copy(&mut old, &mut new));
            if copied.is_err() {
                _ = fs::remove_file(target);
            }
            copied.map(drop)
        }
        placed => placed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|one| one.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn fill(whole: &Path) -> anyhow::Result<()> {
        for path in ["iop.toml", "a/b/c.toml", "z.md"] {
            add(whole, path, "x")?;
        }
        Ok(())
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "somebody else's files")]
    fn all_files_come_into_a_folder_with_others_or_none_do() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path();
        fs::create_dir(to.join("a")).unwrap();
        fs::write(to.join("a/own"), "o").unwrap();
        write(to, ".iop-", fill).unwrap();
        assert_eq!(names(to), ["a", "iop.toml", "z.md"]);
        assert_eq!(
            (names(&to.join("a")), names(&to.join("a/b"))),
            (vec!["b".into(), "own".into()], vec!["c.toml".into()])
        );

        let folder = tempfile::tempdir().unwrap();
        let to = folder.path();
        fs::write(to.join("z.md"), "mine").unwrap();
        let refused = write(to, ".iop-", fill).unwrap_err().to_string();
        assert!(refused.contains("Inget har skrivits"), "{refused}");
        assert_eq!(
            (names(to), fs::read_to_string(to.join("z.md")).unwrap()),
            (vec!["z.md".to_owned()], "mine".to_owned())
        );
    }

    #[test]
    fn a_new_folder_is_made_whole_and_nothing_is_left_of_one_that_fails() {
        let above = tempfile::tempdir().unwrap();
        write(&above.path().join("ny mapp/å"), ".iop-", fill).unwrap();
        assert_eq!(names(&above.path().join("ny mapp/å")), ["a", "iop.toml", "z.md"]);
        let failed = write(&above.path().join("b"), ".iop-", |whole| -> anyhow::Result<()> {
            fill(whole)?;
            anyhow::bail!("slut")
        });
        assert!(failed.is_err() && names(above.path()) == ["ny mapp"]);
    }
}
