//! The letters of each page with their places.

use std::collections::BTreeMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape, Vec2};

use super::super::Fault;

/// The most lines drawn on a page that are looked at.
const MOST_RULES: usize = 500;

/// A letter on a page. Lengths are in points, down from the top of the page.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) text: BfString,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Its baseline.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
    /// What part of the page's structure it belongs to.
    pub(super) part: Option<i32>,
    /// Whether the file says that it belongs to the page, not to the text.
    pub(super) artifact: bool,
    /// Whether it is turned.
    pub(super) turned: bool,
}

impl Letter {
    /// Whether it is a space.
    pub(super) fn is_space(&self) -> bool {
        match &self.text {
            BfString::Char(letter) => letter.is_whitespace(),
            BfString::String(text) => text.trim().is_empty(),
        }
    }

    /// Adds it to a text.
    pub(super) fn write(&self, text: &mut String) {
        match &self.text {
            BfString::Char(letter) => text.push(*letter),
            BfString::String(letters) => text.push_str(letters),
        }
    }
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) letters: Vec<Letter>,
    /// Lines drawn across: height, left and right end.
    pub(super) rules: Vec<(f64, f64, f64)>,
    /// Lines drawn upright: distance from the left, upper and lower end.
    pub(super) uprights: Vec<(f64, f64, f64)>,
    pub(super) height: f64,
    pub(super) has_pictures: bool,
}

/// The letters of all pages.
pub(super) fn read(pdf: &Pdf, most: usize) -> Result<Vec<Page>, Fault> {
    let cache = InterpreterCache::new();
    let mut bold = BTreeMap::new();
    let mut left = most;
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
        let transform = page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), settings);
        for font in page.resources().fonts.keys() {
            if let Some(font) = page.resources().fonts.get::<Dict<'_>>(font)
                && let Some(name) = font.get::<Name<'_>>("BaseFont")
            {
                bold.entry(font.cache_key()).or_insert_with(|| is_bold(name.as_str()));
            }
        }
        let mut eye =
            Eye { page: Page { height, ..Page::default() }, parts: Vec::new(), bold: &mut bold, most: left };
        interpret_page(page, &mut context, &mut eye);
        let seen = eye.page;
        left = left.saturating_sub(seen.letters.len());
        if left == 0 {
            return Err(Fault::too_long("tre miljoner tecken"));
        }
        pages.push(seen);
    }
    Ok(pages)
}

fn is_bold(name: &str) -> bool {
    let name = name.to_lowercase();
    ["bold", "black", "heavy", "semibd", "demi", "fet"].iter().any(|word| name.contains(word))
}

/// What looks at a page while it is drawn.
struct Eye<'b> {
    page: Page,
    /// The parts that are open: their number, whether they belong to the page alone, and whether they are a span.
    parts: Vec<(Option<i32>, bool, bool)>,
    bold: &'b mut BTreeMap<u128, bool>,
    most: usize,
}

impl<'a> Device<'a> for Eye<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        if self.page.letters.len() >= self.most {
            return;
        }
        let mut text = glyph.as_unicode().unwrap_or(BfString::Char(char::REPLACEMENT_CHARACTER));
        // Soft and hard hyphens are drawn as the same letter, which stands for one of them; a span of its own tells where
        // it is the other.
        if let BfString::Char(letter @ ('-' | '\u{AD}')) = text
            && matches!(self.parts.as_slice(), [.., (Some(_), ..), (None, _, true)])
        {
            text = BfString::Char(if letter == '-' { '\u{AD}' } else { '-' });
        }
        let placed = transform * glyph_transform;
        let (advance, bold) = match glyph {
            Glyph::Outline(outline) => {
                let known = self.bold.entry(outline.font_cache_key());
                let bold = *known.or_insert_with(|| {
                    outline.font_data().is_some_and(|font| {
                        font.weight.is_some_and(|weight| (600..1000).contains(&weight))
                            || font.postscript_name.is_some_and(|name| is_bold(&name))
                    })
                });
                (outline.advance_width().unwrap_or(500.0), bold)
            }
            Glyph::Type3(_) => (500.0, false),
        };
        let start = placed * Point::ZERO;
        let end = placed * Point::new(f64::from(advance), 0.0);
        let up = placed * Point::new(0.0, 1000.0) - start;
        let along: Vec2 = end - start;
        let size = up.hypot();
        let fits = |value: f64| value.is_finite() && value.abs() < 1e6;
        if ![start.x, start.y, end.x, end.y, size].into_iter().all(fits) || size < 0.1 {
            return;
        }
        let letter = Letter {
            text,
            left: start.x.min(end.x),
            right: start.x.max(end.x),
            y: start.y,
            size,
            bold,
            part: self.parts.iter().rev().find_map(|(part, ..)| *part),
            artifact: self.parts.iter().any(|(_, artifact, _)| *artifact),
            turned: along.y.abs() > along.x.abs() * 0.2 + 0.01,
        };
        // One that is filled and stroked is drawn twice.
        let is_again = self.page.letters.last().is_some_and(|last| {
            last.text == letter.text
                && (last.left - letter.left).abs() < 0.05 * size
                && (last.y - letter.y).abs() < 0.05 * size
        });
        if !is_again {
            self.page.letters.push(letter);
        }
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        let bounds = (transform * path.bounding_box().to_path(0.1)).bounding_box();
        let is_wide = bounds.width() > 20.0;
        // The frame of a cell has four sides; a thin one is one line.
        let across: &[f64] = match bounds.height() {
            thin if thin < 2.0 && is_wide => &[bounds.center().y],
            high if high > 8.0 && is_wide => &[bounds.y0, bounds.y1],
            _ => &[],
        };
        let upright: &[f64] = match bounds.width() {
            thin if thin < 2.0 && bounds.height() > 8.0 => &[bounds.center().x],
            _ if bounds.height() > 8.0 && is_wide => &[bounds.x0, bounds.x1],
            _ => &[],
        };
        let page = &mut self.page;
        page.rules.extend(across.iter().map(|y| (*y, bounds.x0, bounds.x1)));
        page.uprights.extend(upright.iter().map(|x| (*x, bounds.y0, bounds.y1)));
        page.rules.truncate(MOST_RULES);
        page.uprights.truncate(MOST_RULES);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.page.has_pictures = true;
    }

    fn begin_marked_content(&mut self, tag: &[u8], part: Option<i32>) {
        // A stack that nobody closes.
        if self.parts.len() < 1_000 {
            self.parts.push((part, tag == b"Artifact", tag == b"Span"));
        }
    }

    fn end_marked_content(&mut self) {
        self.parts.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
