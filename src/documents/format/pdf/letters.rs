//! How wide the letters of a register's font are.

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use typst::text::{Font, FontBook, FontStretch, FontStyle, FontVariant, FontWeight};

use crate::documents::page::columns::Letters;

/// The faces that text is set in, each family before the one that has what it lacks.
pub(super) struct Faces<'a> {
    plain: Vec<Face<'a>>,
    strong: Vec<Face<'a>>,
}

struct Face<'a> {
    letters: Charmap<'a>,
    widths: GlyphMetrics<'a>,
    units: f32,
}

/// The text of tables, in points.
const SIZE: f32 = 10.0;

impl<'a> Faces<'a> {
    /// Those of the families, the first before the others.
    pub(super) fn of(book: &FontBook, fonts: &'a [Font], families: &[String]) -> Self {
        let faces = |weight| {
            let variant = FontVariant::new(FontStyle::Normal, weight, FontStretch::NORMAL);
            let numbers = families.iter().filter_map(|family| book.select(&family.to_lowercase(), variant));
            numbers.filter_map(|number| Face::of(fonts.get(number)?)).collect()
        };
        Self { plain: faces(FontWeight::REGULAR), strong: faces(FontWeight::BOLD) }
    }

    /// How wide a letter is on the average, in parts of the size.
    pub(super) fn average(&self) -> f32 {
        const USUAL: &str = "Parterna ska följa upp verksamheten tillsammans och bestämma vad som behöver ändras under \
                             det kommande året. Kommunen betalar ersättningen i förskott varje kvartal.";
        let widths: f32 = USUAL.chars().map(|letter| width(&self.plain, letter)).sum();
        widths / f32::from(u16::try_from(USUAL.chars().count()).unwrap_or(u16::MAX))
    }
}

impl<'a> Face<'a> {
    fn of(font: &'a Font) -> Option<Self> {
        let font = FontRef::from_index(font.data(), font.index()).ok()?;
        Some(Self {
            letters: font.charmap(),
            widths: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f32::from(font.head().ok()?.units_per_em().max(1)),
        })
    }

    fn width(&self, letter: char) -> Option<f32> {
        Some(self.widths.advance_width(self.letters.map(letter)?)? / self.units)
    }
}

/// How wide a letter is, in parts of the size; as wide as a capital where no face has it.
fn width(faces: &[Face<'_>], letter: char) -> f32 {
    faces.iter().find_map(|face| face.width(letter)).unwrap_or(0.7)
}

impl Letters for Faces<'_> {
    fn width(&self, letter: char, is_strong: bool) -> u32 {
        // Digits of tables are as wide as each other.
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        let width = width(if is_strong { &self.strong } else { &self.plain }, letter) * SIZE * 20.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of some points")]
        let width = width.round().clamp(0.0, 10_000.0) as u32;
        width
    }
}
