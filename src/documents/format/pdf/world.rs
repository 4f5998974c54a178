//! What Typst can see while it sets a document: the layout, the marks, the fonts and the document itself. No path
//! leads to the disk or the network, and there is no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, WorldExt};

use super::built_in::BUILT_IN;
use super::press::{Fonts, Press};

/// One document's world.
pub(super) struct World<'a> {
    press: &'a Press,
    fonts: &'a Fonts,
    main: Source,
}

impl<'a> World<'a> {
    pub(super) fn new(press: &'a Press, main: String) -> Self {
        Self { press, fonts: press.fonts(), main: Source::new(BUILT_IN.main, main) }
    }

    /// The document's text nearest to what a diagnostic points at.
    pub(super) fn text_near(&self, span: DiagSpan) -> Option<&str> {
        let (DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. }) = span.get() else {
            return None;
        };
        let start = self.range(span).filter(|_| id == BUILT_IN.main)?.start;
        let (_, rest) = self.main.text().get(start..)?.split_once('"')?;
        rest.split_once('"').map(|(text, _)| text)
    }
}

impl typst::World for World<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &BUILT_IN.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        BUILT_IN.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == BUILT_IN.main {
            Ok(self.main.clone())
        } else if id == BUILT_IN.layout.id() {
            Ok(BUILT_IN.layout.clone())
        } else if id == BUILT_IN.house {
            Ok(self.press.house().clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if BUILT_IN.logotypes.contains(&id) {
            return self.press.logotype.clone().ok_or(FileError::AccessDenied);
        }
        let mark = BUILT_IN.marks.iter().find(|(mark, _)| *mark == id);
        mark.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
