//! Whether a font draws a letter. A glyph may be put together of others, and they of others again, or call the same strokes
//! over and over: what it costs to draw is counted before it is drawn.

use std::cell::Cell;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::blend::BlendState;
use skrifa::raw::ps::cff::index::Index;
use skrifa::raw::ps::cs::{self, CharstringContext, CharstringKind};
use skrifa::raw::ps::error::Error;
use skrifa::raw::tables::glyf::{Glyf, Glyph};
use skrifa::raw::tables::loca::Loca;
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// What a glyph is when it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    /// It has lines.
    Drawn,
    /// It is blank, as a space is.
    Blank,
    /// It is damaged, or has more strokes than a letter needs.
    Broken,
}

/// So many glyphs may be put together to one.
const MOST_PARTS: usize = 100;

/// So many bytes of drawing commands may be run for one glyph. A Chinese character has some hundred.
const MOST_COMMANDS: usize = 100_000;

/// Draws a glyph, and tells what it is.
pub(super) fn outline(font: &FontRef<'_>, glyph: GlyphId) -> Outline {
    let drawn = if font.glyf().is_ok() { by_points(font, glyph) } else { by_commands(font, glyph) };
    match drawn {
        Some(true) => Outline::Drawn,
        Some(false) => Outline::Blank,
        None => Outline::Broken,
    }
}

/// A glyph of a TrueType font.
fn by_points(font: &FontRef<'_>, glyph: GlyphId) -> Option<bool> {
    let (glyf, loca) = (font.glyf().ok()?, font.loca(None).ok()?);
    let mut left = MOST_PARTS;
    take_parts(&glyf, &loca, glyph, &mut left)?;
    let mut pen = Pen(false);
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(glyph)?.draw(settings, &mut pen).ok()?;
    Some(pen.0)
}

/// Counts the parts of a glyph; each costs one, so that a circle ends too.
fn take_parts(glyf: &Glyf<'_>, loca: &Loca<'_>, glyph: GlyphId, left: &mut usize) -> Option<()> {
    *left = left.checked_sub(1)?;
    if let Some(Glyph::Composite(whole)) = loca.get_glyf(glyph, glyf).ok()? {
        for (part, _) in whole.component_glyphs_and_flags() {
            take_parts(glyf, loca, part.into(), left)?;
        }
    }
    Some(())
}

/// A glyph of a font with PostScript outlines.
fn by_commands(font: &FontRef<'_>, glyph: GlyphId) -> Option<bool> {
    let (data, cff) = if let Ok(table) = font.cff() {
        let data = table.offset_data().as_bytes();
        (data, CffFontRef::new_cff(data, 0, None).ok()?)
    } else {
        let data = font.cff2().ok()?.offset_data().as_bytes();
        (data, CffFontRef::new_cff2(data, None).ok()?)
    };
    let subfont = cff.subfont(cff.subfont_index(glyph)?, &[]).ok()?;
    let own = match usize::try_from(subfont.subrs_offset()).ok()? {
        0 => Index::Empty,
        offset => Index::new(data.get(offset..)?, cff.version() == 2).ok()?,
    };
    let commands = cff.charstrings().get(usize::try_from(glyph.to_u32()).ok()?).ok()?;
    let called = Called { common: cff.global_subrs(), own: &own, left: Cell::new(MOST_COMMANDS) };
    called.count(commands).ok()?;
    let blend =
        cff.var_store().and_then(|store| BlendState::new(store.clone(), &[], subfont.vs_index()).ok());
    let mut pen = Pen(false);
    cs::evaluate(&called, blend, commands, &mut pen).ok()?;
    Some(pen.0)
}

/// The strokes that glyphs share, each counted when it is called.
struct Called<'a> {
    common: &'a Index<'a>,
    own: &'a Index<'a>,
    left: Cell<usize>,
}

impl Called<'_> {
    fn count<'b>(&self, commands: &'b [u8]) -> Result<&'b [u8], Error> {
        let left = self.left.get().checked_sub(commands.len() + 1);
        self.left.set(left.ok_or(Error::CharstringNestingDepthLimitExceeded)?);
        Ok(commands)
    }
}

/// The place of a shared stroke in its list.
fn place(index: &Index<'_>, number: i32) -> Result<usize, Error> {
    let number = number.checked_add(index.subr_bias()).and_then(|number| usize::try_from(number).ok());
    number.ok_or(Error::MissingSubroutines)
}

impl CharstringContext for Called<'_> {
    fn kind(&self) -> CharstringKind {
        CharstringKind::Type2
    }

    /// An old way to put an accent on a letter, which the typesetter cannot embed.
    fn seac_components(&self, base_code: i32, _: i32) -> Result<[&[u8]; 2], Error> {
        Err(Error::InvalidSeacCode(base_code))
    }

    fn global_subr(&self, number: i32) -> Result<&[u8], Error> {
        self.count(self.common.get(place(self.common, number)?)?)
    }

    fn subr(&self, number: i32) -> Result<&[u8], Error> {
        self.count(self.own.get(place(self.own, number)?)?)
    }
}

/// Sees whether anything is drawn.
struct Pen(bool);

impl OutlinePen for Pen {
    fn move_to(&mut self, _: f32, _: f32) {}

    fn line_to(&mut self, _: f32, _: f32) {
        self.0 = true;
    }

    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }

    fn close(&mut self) {}
}
