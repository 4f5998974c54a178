//! What is built in: the layout, the marks and the fonts, the same for all documents of all registers.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::Font;
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};

use crate::documents::picture::Kind;

#[derive(RustEmbed)]
#[folder = "assets/"]
#[include = "fonts/*.otf"]
#[include = "layout/*.typ"]
#[include = "marks/*.svg"]
struct Assets;

/// The name under which the layout finds the municipality's logotype. Its ending says what it is: the typesetter would
/// otherwise guess.
pub(super) fn logotype(kind: Kind) -> &'static str {
    match kind {
        Kind::Svg => "/logotype.svg",
        Kind::Png => "/logotype.png",
        Kind::Jpeg => "/logotype.jpg",
    }
}

/// All of it, made once.
pub(super) struct BuiltIn {
    pub(super) library: LazyHash<Library>,
    pub(super) fonts: Vec<Font>,
    pub(super) main: FileId,
    pub(super) house: FileId,
    pub(super) logotypes: [FileId; 3],
    pub(super) layout: Source,
    pub(super) marks: Vec<(FileId, Bytes)>,
}

pub(super) static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let text = Assets::get("layout/layout.typ").map(|file| file.data.into_owned()).unwrap_or_default();
    let marks = ["utkast", "forslag"]
        .into_iter()
        .filter_map(|name| Some((id(&format!("/{name}.svg")), bytes(&format!("marks/{name}.svg"))?)))
        .collect();
    BuiltIn {
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
        logotypes: [Kind::Svg, Kind::Png, Kind::Jpeg].map(|kind| id(logotype(kind))),
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

/// The file with what is the municipality's own in the layout.
pub(super) fn house(text: &str) -> Source {
    Source::new(BUILT_IN.house, text.to_owned())
}
