//! What Typst can see while it sets a document: the layout, the marks, the fonts and the document itself. No path
//! leads to the disk or the network, and there is no clock.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, WorldExt};

use super::press::{Fonts, Press};

#[derive(RustEmbed)]
#[folder = "assets/"]
#[include = "fonts/*.otf"]
#[include = "layout/*.typ"]
#[include = "marks/*.svg"]
struct Assets;

/// The name under which the layout finds the municipality's logotype. The format shows in the file itself.
pub(super) const LOGOTYPE: &str = "/logotype";

/// What is the same for all documents of all registers, made once.
struct Shared {
    library: LazyHash<Library>,
    fonts: Vec<Font>,
    main: FileId,
    house: FileId,
    logotype: FileId,
    layout: Source,
    marks: Vec<(FileId, Bytes)>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let text = Assets::get("layout/layout.typ").map(|file| file.data.into_owned()).unwrap_or_default();
    let marks = ["utkast", "forslag"]
        .into_iter()
        .filter_map(|name| Some((id(&format!("/{name}.svg")), bytes(&format!("marks/{name}.svg"))?)))
        .collect();
    Shared {
        library: LazyHash::new(
            Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
        ),
        fonts: Assets::iter()
            .filter(|name| name.starts_with("fonts/"))
            .filter_map(|name| bytes(&name))
            .flat_map(Font::iter)
            .collect(),
        main: id("/main.typ"),
        house: id("/house.typ"),
        logotype: id(LOGOTYPE),
        layout: Source::new(id("/layout.typ"), String::from_utf8(text).unwrap_or_default()),
        marks,
    }
});

fn bytes(name: &str) -> Option<Bytes> {
    Some(match Assets::get(name)?.data {
        Cow::Borrowed(bytes) => Bytes::new(bytes),
        Cow::Owned(bytes) => Bytes::new(bytes),
    })
}

fn id(path: &str) -> FileId {
    #[expect(clippy::expect_used, reason = "only constant paths without dots or backslashes come here")]
    let path = VirtualPath::new(path).expect("a valid path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The fonts that are built in.
pub(super) fn bundled_fonts() -> &'static [Font] {
    &SHARED.fonts
}

/// The file with what is the municipality's own in the layout.
pub(super) fn house(text: &str) -> Source {
    Source::new(SHARED.house, text.to_owned())
}

/// One document's world.
pub(super) struct World<'a> {
    press: &'a Press,
    fonts: &'a Fonts,
    main: Source,
}

impl<'a> World<'a> {
    pub(super) fn new(press: &'a Press, main: String) -> Self {
        Self { press, fonts: press.fonts(), main: Source::new(SHARED.main, main) }
    }

    /// The document's text nearest to what a diagnostic points at.
    pub(super) fn text_near(&self, span: DiagSpan) -> Option<&str> {
        let (DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. }) = span.get() else {
            return None;
        };
        let start = self.range(span).filter(|_| id == SHARED.main)?.start;
        let (_, rest) = self.main.text().get(start..)?.split_once('"')?;
        rest.split_once('"').map(|(text, _)| text)
    }
}

impl typst::World for World<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        SHARED.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHARED.main {
            Ok(self.main.clone())
        } else if id == SHARED.layout.id() {
            Ok(SHARED.layout.clone())
        } else if id == SHARED.house {
            Ok(self.press.house.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHARED.logotype {
            return self.press.logotype.clone().ok_or(FileError::AccessDenied);
        }
        let mark = SHARED.marks.iter().find(|(mark, _)| *mark == id);
        mark.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
