//! What Typst can see while it sets a document: the layout, the marks, the fonts and the document itself. No path
//! leads to the disk or the network, and there is no clock.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};

#[derive(RustEmbed)]
#[folder = "assets/"]
#[include = "fonts/*.otf"]
#[include = "layout/*.typ"]
#[include = "marks/*.svg"]
struct Assets;

/// What is the same for all documents, made once.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    layout: Source,
    pictures: Vec<(FileId, Bytes)>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = Assets::iter()
        .filter(|name| name.starts_with("fonts/"))
        .filter_map(|name| Assets::get(&name))
        .flat_map(|file| Font::iter(Bytes::new(file.data.into_owned())))
        .collect();
    let text = Assets::get("layout/layout.typ").map(|file| file.data.into_owned()).unwrap_or_default();
    let pictures = ["utkast", "forslag"]
        .into_iter()
        .filter_map(|name| {
            let file = Assets::get(&format!("marks/{name}.svg"))?;
            Some((id(&format!("/{name}.svg"))?, Bytes::new(file.data.into_owned())))
        })
        .collect();
    #[expect(clippy::expect_used, reason = "two constant paths without dots or backslashes are valid")]
    let (main, layout) = (id("/main.typ").expect("valid"), id("/layout.typ").expect("valid"));
    Shared {
        library: LazyHash::new(
            Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
        ),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        main,
        layout: Source::new(layout, String::from_utf8(text).unwrap_or_default()),
        pictures,
    }
});

fn id(path: &str) -> Option<FileId> {
    VirtualPath::new(path).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document's world.
pub(super) struct World {
    main: Source,
}

impl World {
    pub(super) fn new(main: String) -> Self {
        Self { main: Source::new(SHARED.main, main) }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHARED.main {
            Ok(self.main.clone())
        } else if id == SHARED.layout.id() {
            Ok(SHARED.layout.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let picture = SHARED.pictures.iter().find(|(picture, _)| *picture == id);
        picture.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The characters of `text` that no font covers or that hide what stands beside them: each once, in order.
pub(super) fn uncovered(text: &str) -> Vec<char> {
    let mut missing: Vec<char> = text
        .chars()
        .filter(|letter| !matches!(letter, '\n' | ' '))
        .filter(|letter| {
            crate::text::hides(*letter)
                || !SHARED.fonts.first().is_some_and(|font| font.info().coverage.contains(u32::from(*letter)))
        })
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}
