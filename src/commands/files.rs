//! Writing: to the terminal, and to disk without ever leaving half a file.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::UsageError;
use crate::register::disk;

/// The folder in which the person stands.
#[expect(clippy::disallowed_methods, reason = "this is the command layer")]
pub(super) fn current_folder() -> Result<PathBuf, UsageError> {
    std::env::current_dir()
        .map_err(|error| UsageError(format!("Den här mappen går inte att läsa: {}.", disk::reason(&error))))
}

/// Prints to standard output; styles are kept only where it is a terminal. A reader that has closed its end (such
/// as `head`) is no error.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut output = anstream::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
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
    let mut file = tempfile::Builder::new().prefix(".iop-").tempfile_in(folder).map_err(fault)?;
    file.write_all(content).map_err(fault)?;
    open_to_readers(file.as_file()).map_err(fault)?;
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; a document is read by others too.
#[cfg(unix)]
fn open_to_readers(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
