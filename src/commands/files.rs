//! Writing: to the terminal, and to disk without ever leaving half a file.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::UsageError;
use crate::line_ends;
use crate::register::{Register, disk};
use crate::text;

/// A path as people read it: a name may hold what would steer the terminal.
pub(super) fn shown(path: &Path) -> String {
    text::visible(&path.to_string_lossy()).into_owned()
}

/// That something on disk cannot be read.
pub(super) fn cannot_read(path: &Path, error: &std::io::Error) -> UsageError {
    UsageError(format!("{} går inte att läsa: {}.", shown(path), disk::reason(error)))
}

/// Whether something stands at a path. What cannot be looked at is not absent.
pub(super) fn exists(path: &Path) -> Result<bool, UsageError> {
    disk::exists(path).map_err(|error| cannot_read(path, &error))
}

/// The folder in which the person stands.
#[expect(clippy::disallowed_methods, reason = "this is the command layer")]
pub(super) fn current_folder() -> Result<PathBuf, UsageError> {
    std::env::current_dir()
        .map_err(|error| UsageError(format!("Den här mappen går inte att läsa: {}.", disk::reason(&error))))
}

/// Prints to standard output; styles are kept only where it is a terminal. A reader that has closed its end (such
/// as `head`) is no error.
pub(super) fn print(text: &str) -> Result<(), UsageError> {
    print_pieces(|out| out.write_str(text))
}

/// Prints what `write` gives away piece by piece; none ends within a line end or a colour.
pub(super) fn print_pieces(write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Result<(), UsageError> {
    let mut output = Output { stream: anstream::stdout().lock(), failed: None };
    // What has failed is kept beside.
    _ = write(&mut output);
    let Output { mut stream, failed } = output;
    match failed.or_else(|| stream.flush().err()) {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(UsageError(format!("Svaret gick inte att skriva ut: {}.", disk::reason(&error))))
        }
        _ => Ok(()),
    }
}

/// A stream as a place for text, with what the system has refused.
struct Output<W> {
    stream: W,
    failed: Option<std::io::Error>,
}

impl<W: Write> fmt::Write for Output<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.stream.write_all(tamed(text).as_bytes()).map_err(|error| {
            self.failed = Some(error);
            fmt::Error
        })
    }
}

/// Says something on standard error.
pub(super) fn say(message: &str) {
    // Standard error is the last resort: if it fails, no one can be told.
    _ = writeln!(anstream::stderr(), "{}", tamed(message.trim_end()));
}

/// Says which files have changed since they were read: what has been told of them is what they said, but not where.
pub(super) fn tell_of_changed(register: &Register) {
    for file in register.changed_files() {
        say(&format!(
            "{} ändrades under tiden: raderna i den stämmer inte. Kör kommandot igen.",
            text::visible(file)
        ));
    }
}

/// A text in which nothing steers the terminal but our own colours. Every text is made harmless where it is put together;
/// this is the last gate, for what a library shows of a file.
fn tamed(text: &str) -> Cow<'_, str> {
    let is_ours = |before: usize, letter: char| match letter {
        '\n' | '\t' => true,
        '\r' => text[before..].starts_with("\r\n"),
        '\u{1b}' => is_colour(&text[before..]),
        _ => !letter.is_control(),
    };
    if text.char_indices().all(|(before, letter)| is_ours(before, letter)) {
        return Cow::Borrowed(text);
    }
    let letters = text.char_indices();
    let tame = letters.map(
        |(before, letter)| {
            if is_ours(before, letter) { letter } else { text::picture_of(letter) }
        },
    );
    Cow::Owned(tame.collect())
}

/// Whether a text begins with a sequence that sets colours and nothing else.
fn is_colour(text: &str) -> bool {
    text.strip_prefix("\u{1b}[").is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ';').starts_with('m')
    })
}

/// Writes a file whole or not at all, with the folders above it.
pub(super) fn write_atomically(path: &Path, content: &[u8]) -> Result<(), UsageError> {
    write_whole(path, |file| file.write_all(content))
}

/// Writes a file whole or not at all, with the folders above it: nothing stands at `path` until `write` has been through.
pub(super) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut File) -> std::io::Result<()>,
) -> Result<(), UsageError> {
    let fault = |error: std::io::Error| {
        let reason = disk::reason(&error);
        UsageError(format!(
            "{} går inte att skriva: {reason}. Kontrollera att du får skriva i mappen.",
            shown(path)
        ))
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fault)?;
    let mut file = new_file(folder).map_err(fault)?;
    write(file.as_file_mut()).map_err(fault)?;
    // A file that stands there keeps its rights, and its owner and group where the system lets it; one that is protected is
    // not replaced.
    if let Ok(known) = path.metadata() {
        if known.permissions().readonly() {
            return Err(UsageError(format!("{} är skrivskyddad. Inget har skrivits.", shown(path))));
        }
        keep_owner(file.as_file(), &known);
        file.as_file().set_permissions(known.permissions()).map_err(fault)?;
    }
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

/// Fills a file with what `write` gives away piece by piece, as [`print_pieces`] prints it to what is no terminal.
pub(super) fn fill_with_pieces(
    file: &mut File,
    write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
) -> std::io::Result<()> {
    let stream = BufWriter::new(anstream::StripStream::new(file));
    let mut output = Output { stream, failed: None };
    // What has failed is kept beside.
    _ = write(&mut output);
    let Output { mut stream, failed } = output;
    failed.map_or_else(|| stream.flush(), Err)
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

/// Gives a new file the owner and the group of the one that it replaces, as far as the system allows. Anybody may give
/// a file to a group of her own, but only the system's administrator to another owner.
#[cfg(unix)]
fn keep_owner(file: &File, known: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(file, Some(known.uid()), Some(known.gid())).is_err() {
        _ = fchown(file, None, Some(known.gid()));
    }
}

/// Elsewhere a file gets its owner and rights from its folder.
#[cfg(not(unix))]
fn keep_owner(_file: &File, _known: &std::fs::Metadata) {}

/// Whether a file still has the plain text that was read; nothing stands for a file that was not there.
pub(super) fn is_unchanged(path: &Path, text: Option<&str>) -> bool {
    match (stored(path), text) {
        (Ok(now), Some(text)) => line_ends::plain(now) == text,
        (Err(error), None) => error.kind() == ErrorKind::NotFound,
        _ => false,
    }
}
