//! One file of the register and where its keys stand: the only layer that turns a key path into line and column. The text
//! of a file on disk is not kept once its data has been taken: all texts of a large register take more room than all that
//! is reckoned from them, and hardly any is looked at again.

use std::collections::{BTreeMap, VecDeque};
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

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
    /// Its text, where it is kept.
    text: Option<Arc<Text>>,
    /// Where it can be read again.
    on_disk: Option<Box<Path>>,
    /// The texts of the register that were read again last.
    recent: Recent,
    /// Set where it was found to have changed on disk in the meantime.
    has_changed: OnceLock<()>,
    digest: [u8; 32],
    /// Where what looks like personal identity numbers stands, as bytes of the text.
    identity_numbers: Box<[Range<u32>]>,
    /// Whether it could be read.
    is_read: bool,
    /// The line and column that could not be read, where they are known.
    stopped_at: Option<(usize, usize)>,
    /// Whether it has keys that can be trusted to stand where they seem to.
    is_toml: bool,
}

/// The text of a file, as `line_ends::plain` gives it, with where its keys and its lines stand: found out first when somebody
/// asks.
#[derive(Debug, Default)]
pub struct Text {
    letters: String,
    spans: OnceLock<Spans>,
    line_starts: OnceLock<Box<[u32]>>,
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.letters
    }
}

/// A text that has been read again, and its file.
type Reread = (Arc<str>, Arc<Text>);

/// What was read again. Who asks for a text asks soon for more of its places, and for some of files nearby; to keep all texts
/// that anybody has asked about would be to keep the register. Of a place only where it stands is kept: findings are put in order
/// by it before they are shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent(Arc<Mutex<Found>>);

#[derive(Debug, Default)]
struct Found {
    /// The texts that were read last.
    texts: VecDeque<Reread>,
    places: BTreeMap<Place, Location>,
}

impl Recent {
    /// So many texts are kept.
    const MOST: usize = 32;

    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, file: &Arc<str>) -> Option<Arc<Text>> {
        let found = self.found();
        found.texts.iter().find(|(other, _)| other == file).map(|(_, text)| Arc::clone(text))
    }

    fn keep(&self, file: &Arc<str>, text: &Arc<Text>) {
        let mut found = self.found();
        if found.texts.len() == Self::MOST {
            found.texts.pop_front();
        }
        found.texts.push_back((Arc::clone(file), Arc::clone(text)));
    }
}

impl Source {
    /// A file with its text as `line_ends::plain` gives it.
    /// Without errors as TOML its keys are where they seem to be.
    pub(super) fn new(file: Arc<str>, text: String, is_toml: bool) -> Self {
        // A file that is read is never so long that this does not fit.
        let short = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
        let numbers = identity_number::in_file(&text).into_iter();
        Self {
            file,
            digest: Sha256::digest(&text).into(),
            identity_numbers: numbers.map(|(start, end)| short(start)..short(end)).collect(),
            text: Some(Arc::new(Text::new(text, is_toml))),
            on_disk: None,
            recent: Recent::default(),
            has_changed: OnceLock::new(),
            is_read: true,
            stopped_at: None,
            is_toml,
        }
    }

    /// A file that could not be read, and where that showed.
    pub(super) fn unreadable(file: Arc<str>, stopped_at: Option<(usize, usize)>) -> Self {
        Self { is_read: false, stopped_at, ..Self::new(file, String::new(), false) }
    }

    /// The same file without its text, which stands at `path` for whoever asks for it, and then for a while in `recent`.
    pub(super) fn left_on_disk(self, path: Box<Path>, recent: &Recent) -> Self {
        Self { text: None, on_disk: Some(path), recent: recent.clone(), ..self }
    }

    /// Its text as `line_ends::plain` gives it; empty where it could not be read, or has changed since it was.
    #[must_use]
    pub fn text(&self) -> Arc<Text> {
        if let Some(text) = self.text.clone().or_else(|| self.recent.find(&self.file)) {
            return text;
        }
        let again = self.on_disk.as_deref().and_then(|path| disk::read_again(path, &self.file));
        let Some(text) = again.filter(|again| self.digest == *Sha256::digest(again)) else {
            _ = self.has_changed.set(());
            return Arc::default();
        };
        let text = Arc::new(Text::new(text, self.is_toml));
        self.recent.keep(&self.file, &text);
        text
    }

    /// Whether it was found to have changed when somebody asked for its text: nobody knows where anything stands in it.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.has_changed.get().is_some()
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

    /// Line and column of a byte of the file.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        self.stopped_at.unwrap_or_else(|| self.text().position(byte))
    }

    /// Where `place` stands. A path that does not exist is shown at the nearest table above it, so that what is
    /// missing is found where it should be written.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        if let Some(known) = self.recent.found().places.get(place) {
            return known.clone();
        }
        let location = self.look_up(place);
        self.recent.found().places.insert(place.clone(), location.clone());
        location
    }

    fn look_up(&self, place: &Place) -> Location {
        let text = self.text();
        let bytes = match &place.part {
            Part::Bytes(start, end) => *start..*end,
            Part::Name => 0..0,
            Part::Key => text.resolve(&place.path).map_or(0..0, |(span, _)| span.key.clone()),
            Part::Value => text.value(&place.path),
            Part::At(path) => text.value(path),
            Part::Word(word) => {
                let value = text.value(&place.path);
                let written = text.get(value.clone()).unwrap_or_default();
                match text::find_word(written, word) {
                    Some(found) => value.start + found.start..value.start + found.end,
                    None => value,
                }
            }
        };
        let bytes = if place.path.is_root() && !matches!(place.part, Part::Bytes(..) | Part::Name) {
            // The first line that holds anything but a comment, as the place of the file as a whole.
            let start = text.spans().first().map_or(0, |span| span.key.start);
            text.clip(start..text.len())
        } else {
            text.clip(bytes)
        };
        let (line, column) = self.stopped_at.unwrap_or_else(|| text.position(bytes.start));
        Location { bytes, line, column }
    }
}

impl Text {
    fn new(text: String, is_toml: bool) -> Self {
        let spans = OnceLock::new();
        if !is_toml {
            _ = spans.set(Spans::default());
        }
        Self { letters: text, spans, line_starts: OnceLock::new() }
    }

    fn spans(&self) -> &Spans {
        self.spans.get_or_init(|| Spans::of(&self.letters))
    }

    /// Where the value at `path` stands; for a table its header.
    fn value(&self, path: &KeyPath) -> Range<usize> {
        self.resolve(path).map_or(0..0, |(span, complete)| {
            let by_key = span.is_table || !complete;
            if by_key && !span.key.is_empty() { span.key.clone() } else { span.value.clone() }
        })
    }

    /// The deepest key on the way to `path` that can be shown, and whether it is the path itself.
    fn resolve(&self, path: &KeyPath) -> Option<(&Span, bool)> {
        let mut below = self.spans();
        let mut shown = None;
        for segment in path.segments() {
            let Some(span) = below.step(self, segment) else {
                return shown.or_else(|| self.spans().first()).map(|span| (span, false));
            };
            below = &span.below;
            shown = Some(span);
        }
        shown.map(|span| (span, true))
    }

    /// Where the lines begin.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let starts =
                std::iter::once(0).chain(self.letters.match_indices('\n').map(|(index, _)| index + 1));
            starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect()
        })
    }

    /// Line and column of a byte, both from 1.
    fn position(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.letters.len());
        let line = self.line_at(byte);
        let column = self.get(self.line_start(line)..byte).map_or(1, |before| before.chars().count() + 1);
        (line, column)
    }

    /// The number of the line, from 1, that a byte stands in.
    fn line_at(&self, byte: usize) -> usize {
        self.line_starts().partition_point(|start| *start as usize <= byte).max(1)
    }

    /// Where a line begins; the end of the text where it has no such line.
    fn line_start(&self, line: usize) -> usize {
        let start = self.line_starts().get(line.saturating_sub(1));
        start.map_or(self.letters.len(), |start| *start as usize)
    }

    /// The lines in which `bytes` stand, with one before them and one after, the number of the first from 1, and the byte at
    /// which it begins.
    #[must_use]
    pub fn excerpt(&self, bytes: Range<usize>) -> (&str, usize, usize) {
        let first = self.line_at(bytes.start).saturating_sub(1).max(1);
        let start = self.line_start(first);
        let end = self.line_start(self.line_at(bytes.end).saturating_add(2));
        (self.get(start..end).unwrap_or_default(), first, start)
    }

    /// Cuts a range to the text and to its first line, on character boundaries.
    fn clip(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.floor(bytes.start);
        let end = self.floor(bytes.end).max(start);
        let text = self.get(start..end).unwrap_or_default();
        let line_end = text.find(['\n', '\r']).map_or(end, |length| start + length);
        start..line_end
    }

    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.len());
        while !self.is_char_boundary(byte) {
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
        assert_eq!(&**asked_before.source("iop.toml").unwrap().text(), toml);
        assert_eq!(asked_before.changed_files().count(), 0);
        assert_eq!(asked_after.locate(&place).line, 1);
        assert_eq!(asked_after.changed_files().collect::<Vec<_>>(), ["iop.toml"]);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a register on disk")]
    fn few_texts_are_kept_and_each_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("indexes")).unwrap();
        let of = |number| format!("indexes/i{number}.toml");
        let all = 2 * Recent::MOST;
        for number in 0..all {
            let text = "\n".repeat(number) + "title = \"x\"\n";
            fs::write(folder.path().join(of(number)), text).unwrap();
        }
        let register = Register::load(disk::read(folder.path())).0;
        for _ in 0..2 {
            for number in 0..all {
                let place = Place::value(&(&*of(number)).into(), path!["title"]);
                assert_eq!(register.locate(&place).line, number + 1);
                assert_eq!(register.source(&of(number)).unwrap().text().lines().count(), number + 1);
            }
        }
        let recent = &register.source(&of(0)).unwrap().recent;
        assert_eq!(recent.found().texts.len(), Recent::MOST);
        assert_eq!(register.changed_files().count(), 0);
    }

    #[test]
    fn an_excerpt_has_the_lines_about_a_place() {
        let text = Text::new("a\nbb\n\nd".into(), false);
        assert_eq!(text.excerpt(0..1), ("a\nbb\n", 1, 0));
        assert_eq!(text.excerpt(2..4), ("a\nbb\n\n", 1, 0));
        assert_eq!(text.excerpt(5..5), ("bb\n\nd", 2, 2));
        assert_eq!(text.excerpt(2..7), ("a\nbb\n\nd", 1, 0));
        assert_eq!(text.excerpt(7..7), ("\nd", 3, 5));
        assert_eq!(Text::default().excerpt(0..0), ("", 1, 0));
    }
}
