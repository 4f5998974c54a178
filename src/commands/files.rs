//! Writing: to the terminal, and to disk without ever leaving half a file.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::UsageError;
use crate::line_ends;
use crate::register::disk;

/// The folder in which the person stands.
#[expect(clippy::disallowed_methods, reason = "this is the command layer")]
pub(super) fn current_folder() -> Result<PathBuf, UsageError> {
    std::env::current_dir()
        .map_err(|error| UsageError(format!("Den här mappen går inte att läsa: {}.", disk::reason(&error))))
}

/// Prints to standard output; styles are kept only where it is a terminal. A reader that has closed its end (such
/// as `head`) is no error.
pub(super) fn print(text: &str) -> Result<(), UsageError> {
    let mut output = anstream::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(UsageError(format!("Svaret gick inte att skriva ut: {}.", disk::reason(&error))))
        }
        _ => Ok(()),
    }
}

/// Says something on standard error.
pub(super) fn say(message: &str) {
    // Standard error is the last resort: if it fails, no one can be told.
    _ = writeln!(anstream::stderr(), "{}", message.trim_end());
}

/// Writes a file whole or not at all, with the folders above it.
pub(super) fn write_atomically(path: &Path, content: &[u8]) -> Result<(), UsageError> {
    let fault = |error: std::io::Error| {
        let reason = disk::reason(&error);
        UsageError(format!(
            "{} går inte att skriva: {reason}. Kontrollera att du får skriva i mappen.",
            path.display()
        ))
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fault)?;
    let mut file = new_file(folder).map_err(fault)?;
    file.write_all(content).map_err(fault)?;
    // A file that stands there keeps its rights; one that is protected is not replaced.
    if let Ok(known) = path.metadata() {
        if known.permissions().readonly() {
            return Err(UsageError(format!("{} är skrivskyddad. Inget har skrivits.", path.display())));
        }
        file.as_file().set_permissions(known.permissions()).map_err(fault)?;
    }
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

/// Writes a text as `write_atomically` does. A file that stands there keeps its line ends and the mark of its encoding.
pub(super) fn write_text(path: &Path, text: &str) -> Result<(), UsageError> {
    // A pipe would wait for somebody to write into it.
    let old = if path.is_file() { stored(path).unwrap_or_default() } else { String::new() };
    write_atomically(path, line_ends::like(&old, text).as_bytes())
}

/// The text of a file as it lies there.
fn stored(path: &Path) -> std::io::Result<String> {
    String::from_utf8(std::fs::read(path)?).map_err(|_| ErrorKind::InvalidData.into())
}

/// A file on its way, with the rights of any new file: a temporary one is otherwise its owner's alone.
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".iop-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Waits until nobody else changes the register, and keeps others waiting until the answer is dropped. Nothing where the
/// disk cannot lock, as some in networks cannot: that is no reason to stop.
pub(super) fn take_turns(root: &Path) -> Option<File> {
    let file = File::open(root.join(disk::SETTINGS_FILE)).ok()?;
    file.lock().is_ok().then_some(file)
}

/// Whether a file still has the plain text that was read; nothing stands for a file that was not there.
pub(super) fn is_unchanged(path: &Path, text: Option<&str>) -> bool {
    match (stored(path), text) {
        (Ok(now), Some(text)) => line_ends::plain(now) == text,
        (Err(error), None) => error.kind() == ErrorKind::NotFound,
        _ => false,
    }
}
