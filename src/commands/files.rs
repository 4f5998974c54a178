//! Writing: to the terminal, and to disk without ever leaving half a file.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::UsageError;
use super::interruption::Unfinished;
use crate::line_ends;
use crate::register::{Register, disk};
use crate::text;

/// A path as people read it: a name may hold what would steer the terminal.
pub(super) fn shown(path: &Path) -> String {
    text::visible(&path.to_string_lossy()).into_owned()
}

/// A path as it is written in a command: within quotes where the shell would otherwise take it for something else.
pub(super) fn quoted(path: &str) -> String {
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
    let stream = std::io::stdout().lock();
    let written = if anstream::AutoStream::choice(&stream) == anstream::ColorChoice::Never {
        // Nobody waits for the end of each line.
        write_pieces(BufWriter::with_capacity(BUFFER, stream), true, write)
    } else {
        write_pieces(anstream::AutoStream::auto(stream), false, write)
    };
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(UsageError(format!("Svaret gick inte att skriva ut: {}.", disk::reason(&error))))
        }
        _ => Ok(()),
    }
}

/// So many bytes are given to the system at once.
const BUFFER: usize = 64 * 1024;

/// Gives a stream what `write` gives away piece by piece, with or without its colours.
fn write_pieces<W: Write>(
    stream: W,
    is_plain: bool,
    write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
) -> std::io::Result<()> {
    let mut output = Output { stream, is_plain, failed: None };
    // What has failed is kept beside.
    _ = write(&mut output);
    let Output { mut stream, failed, .. } = output;
    failed.map_or_else(|| stream.flush(), Err)
}

/// A stream as a place for text, with what the system has refused.
struct Output<W> {
    stream: W,
    /// Whether colours are left out.
    is_plain: bool,
    failed: Option<std::io::Error>,
}

impl<W: Write> fmt::Write for Output<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let text = tamed(text);
        // Hardly any piece has a colour, and to look is much quicker than to take the text apart.
        let written = if self.is_plain && text.contains('\u{1b}') {
            write!(self.stream, "{}", anstream::adapter::strip_str(&text))
        } else {
            self.stream.write_all(text.as_bytes())
        };
        written.map_err(|error| {
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
    if is_tame(text) || text.char_indices().all(|(before, letter)| is_ours(before, letter)) {
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

/// Whether a text has nothing that could steer a terminal, as its bytes show, many at once.
fn is_tame(text: &str) -> bool {
    const ROW: usize = 64;
    // What is no line break, tab or letter; and the first byte of what some terminals obey as one letter.
    let may_steer = |byte: u8| matches!(byte, 0..0x09 | 0x0B | 0x0C | 0x0E..0x20 | 0x7F | 0xC2);
    let steers =
        |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_control);
    let rows = text.as_bytes().chunks(ROW).zip((0..).step_by(ROW));
    let suspect = rows.filter(|(row, _)| row.iter().map(|byte| u8::from(may_steer(*byte))).sum::<u8>() > 0);
    let mut suspect = suspect
        .flat_map(|(row, start)| row.iter().zip(start..))
        .filter(|(byte, _)| may_steer(**byte))
        .map(|(_, at)| at);
    let mut returns = text.match_indices('\r').map(|(at, _)| at);
    returns.all(|at| text.as_bytes().get(at + 1) == Some(&b'\n')) && !suspect.any(steers)
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
    let (mut file, _unfinished) = new_file(folder).map_err(fault)?;
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

/// Writes a new file whole or not at all, with the folders above it. What stands there stays, also where it came just now.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), UsageError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = std::fs::create_dir_all(folder).and_then(|()| {
        let (mut file, _unfinished) = new_file(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist_noclobber(path).map(drop).map_err(|error| error.error)
    });
    written.map_err(|error| {
        let reason = disk::reason(&error);
        UsageError(if error.kind() == ErrorKind::AlreadyExists {
            format!("{} finns redan, och inget skrivs över.", shown(path))
        } else {
            format!("{} går inte att skriva: {reason}. Kontrollera att du får skriva i mappen.", shown(path))
        })
    })
}

/// Fills a file with what `write` gives away piece by piece, as [`print_pieces`] prints it to what is no terminal.
pub(super) fn fill_with_pieces(
    file: &mut File,
    write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
) -> std::io::Result<()> {
    write_pieces(BufWriter::with_capacity(BUFFER, file), true, write)
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

/// A file on its way, and what takes it away if somebody ends the program; with the rights of any new file: a temporary one is otherwise its owner's alone.
fn new_file(folder: &Path) -> std::io::Result<(tempfile::NamedTempFile, Unfinished)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".iop-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    let unfinished = Unfinished::new(file.path());
    Ok((file, unfinished))
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
