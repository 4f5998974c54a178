//! One file of the register and where its keys stand: the only layer that turns a key path into line and column. The text
//! of a file on disk is not kept once its data has been taken: all texts of a large register take more room than all that
//! is reckoned from them, and hardly any is looked at again.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::disk;
use super::spans::{Span, Spans};
use crate::finding::{Part, Place};
use crate::identity_number;
use crate::key_path::KeyPath;
use crate::text;

/// A place as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Bytes from the beginning of the file's text.
    pub bytes: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// One file of the register.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path from the register's folder, with `/`.
    pub file: Arc<str>,
    /// Its text, where it is kept or has been asked for; nothing where it has changed on disk in the meantime.
    text: OnceLock<Option<String>>,
    /// Where it can be read again.
    on_disk: Option<Box<Path>>,
    digest: [u8; 32],
    /// Where what looks like personal identity numbers stands, as bytes of the text.
    identity_numbers: Box<[Range<u32>]>,
    /// Whether it could be read.
    is_read: bool,
    /// The line and column that could not be read, where they are known.
    stopped_at: Option<(usize, usize)>,
    /// Where its keys stand; nothing where it has none that can be trusted.
    spans: Spans,
    line_starts: OnceLock<Box<[u32]>>,
}

impl Source {
    /// A file with its text as `line_ends::plain` gives it.
    pub(super) fn new(file: Arc<str>, text: String, spans: Spans) -> Self {
        // A file that is read is never so long that this does not fit.
        let short = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
        let numbers = identity_number::in_file(&text).into_iter();
        Self {
            file,
            digest: Sha256::digest(&text).into(),
            identity_numbers: numbers.map(|(start, end)| short(start)..short(end)).collect(),
            text: OnceLock::from(Some(text)),
            on_disk: None,
            is_read: true,
            stopped_at: None,
            spans,
            line_starts: OnceLock::new(),
        }
    }

    /// A file that could not be read, and where that showed.
    pub(super) fn unreadable(file: Arc<str>, stopped_at: Option<(usize, usize)>) -> Self {
        Self { is_read: false, stopped_at, ..Self::new(file, String::new(), Spans::default()) }
    }

    /// The same file without its text, which stands at `path` for whoever asks for it.
    pub(super) fn left_on_disk(self, path: Box<Path>) -> Self {
        Self { text: OnceLock::new(), on_disk: Some(path), ..self }
    }

    /// Its text as `line_ends::plain` gives it; empty where it could not be read, or has changed since it was.
    #[must_use]
    pub fn text(&self) -> &str {
        let text = self.text.get_or_init(|| {
            let again = disk::read_again(self.on_disk.as_deref()?, &self.file)?;
            (self.digest == *Sha256::digest(&again)).then_some(again)
        });
        text.as_deref().unwrap_or_default()
    }

    /// Whether it was found to have changed when somebody asked for its text: nobody knows where anything stands in it.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.text.get().is_some_and(Option::is_none)
    }

    /// The SHA-256 of its text's UTF-8.
    #[must_use]
    pub fn digest(&self) -> &[u8] {
        &self.digest
    }

    /// Where what looks like personal identity numbers stands, as bytes of the text.
    pub fn identity_numbers(&self) -> impl Iterator<Item = Range<usize>> {
        self.identity_numbers.iter().map(|at| at.start as usize..at.end as usize)
    }

    /// Whether it could be read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.is_read
    }

    /// The line and column that could not be read, where they are known.
    #[must_use]
    pub fn stopped_at(&self) -> Option<(usize, usize)> {
        self.stopped_at
    }

    /// Where the lines begin. Most files have nothing to point at, so this is found out first when somebody asks.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let starts =
                std::iter::once(0).chain(self.text().match_indices('\n').map(|(index, _)| index + 1));
            starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect()
        })
    }

    /// Line and column of a byte of the file.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        if let Some(place) = self.stopped_at {
            return place;
        }
        let byte = byte.min(self.text().len());
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= byte).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text().get(start as usize..byte).map_or(1, |before| before.chars().count() + 1);
        (line, column)
    }

    /// Where `place` stands. A path that does not exist is shown at the nearest table above it, so that what is
    /// missing is found where it should be written.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        let bytes = match &place.part {
            Part::Bytes(start, end) => *start..*end,
            Part::Name => 0..0,
            Part::Key => self.resolve(&place.path).map_or(0..0, |(span, _)| span.key),
            Part::Value => self.value(&place.path),
            Part::At(path) => self.value(path),
            Part::Word(word) => {
                let value = self.value(&place.path);
                let written = self.text().get(value.clone()).unwrap_or_default();
                match text::find_word(written, word) {
                    Some(found) => value.start + found.start..value.start + found.end,
                    None => value,
                }
            }
        };
        let bytes = if place.path.is_root() && !matches!(place.part, Part::Bytes(..) | Part::Name) {
            self.first_line()
        } else {
            self.clip(bytes)
        };
        let (line, column) = self.position(bytes.start);
        Location { bytes, line, column }
    }

    /// Where the value at `path` stands; for a table its header.
    fn value(&self, path: &KeyPath) -> Range<usize> {
        self.resolve(path).map_or(0..0, |(span, complete)| {
            let by_key = span.is_table || !complete;
            if by_key && !span.key.is_empty() { span.key } else { span.value }
        })
    }

    /// The deepest key on the way to `path` that can be shown, and whether it is the path itself.
    fn resolve(&self, path: &KeyPath) -> Option<(Span<'_>, bool)> {
        let mut below = self.spans.top();
        let mut shown = None;
        for segment in path.segments() {
            let Some(span) = below.step(self.text(), segment) else {
                return shown.or_else(|| self.first_key()).map(|span| (span, false));
            };
            below = span.below.clone();
            shown = Some(span);
        }
        shown.map(|span| (span, true))
    }

    fn first_key(&self) -> Option<Span<'_>> {
        self.spans.top().next()
    }

    /// The first line that holds anything but a comment, as the place of the file as a whole.
    fn first_line(&self) -> Range<usize> {
        let start = self.first_key().map_or(0, |span| span.key.start);
        self.clip(start..self.text().len())
    }

    /// Cuts a range to the file and to its first line, on character boundaries.
    fn clip(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.floor(bytes.start);
        let end = self.floor(bytes.end).max(start);
        let text = self.text().get(start..end).unwrap_or_default();
        let line_end = text.find(['\n', '\r']).map_or(end, |length| start + length);
        start..line_end
    }

    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text().len());
        while !self.text().is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::path;
    use crate::register::Register;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "somebody else changes the file")]
    fn a_text_is_read_again_and_one_that_has_changed_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("iop.toml");
        let toml = "[municipality]\nname = \"Ådala\"\n";
        fs::write(&file, toml).unwrap();
        let read = || Register::load(disk::read(folder.path())).0;
        let (asked_before, asked_after) = (read(), read());
        let place = Place::value(&"iop.toml".into(), path!["municipality", "name"]);
        assert_eq!(asked_before.locate(&place).line, 2);
        fs::write(&file, format!("# ny\n{toml}")).unwrap();
        assert_eq!(asked_before.locate(&place).line, 2);
        assert_eq!(asked_before.source("iop.toml").map(Source::text), Some(toml));
        assert_eq!(asked_before.changed_files().count(), 0);
        assert_eq!(asked_after.locate(&place).line, 1);
        assert_eq!(asked_after.changed_files().collect::<Vec<_>>(), ["iop.toml"]);
    }
}
