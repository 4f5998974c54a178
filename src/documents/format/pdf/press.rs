//! What is the same for all PDF files of a register: its fonts, its logotype and the archive profile.

use std::sync::OnceLock;

use typst::foundations::{Bytes, Smart};
use typst::syntax::Source;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use super::built_in::{self, BUILT_IN};
use super::code::literal;
use super::font_file;
use super::letters::Faces;
use crate::documents::logotype::Logotype;
use crate::documents::picture::{self, Kind};
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::register::{Entry, FONTS, Register, codes};
use crate::settings::{PdfProfile, Settings};
use crate::text;

/// The family that is bundled. It also has the letters that a municipality's own font lacks.
const BUNDLED: &str = "Libertinus Serif";

/// The fonts of a register, its own before the bundled ones.
#[derive(Debug)]
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) all: Vec<Font>,
    /// How wide the text is, in twentieths of a point: as many letters of the font as read well.
    pub(super) line: u32,
}

/// The size of the text, in points.
const SIZE: f32 = 11.0;

/// So many letters stand beside each other in a full line.
const LETTERS_IN_A_LINE: f32 = 75.0;

/// The text is never narrower or wider, in points: a sheet of paper has room for so much.
const LINES: std::ops::RangeInclusive<f32> = 330.0..=430.0;

/// Sets the PDF files of one register.
#[derive(Debug)]
pub struct Press {
    own: Vec<Font>,
    families: Vec<String>,
    fonts: OnceLock<Fonts>,
    /// The logotype, as the layout takes it.
    drawing: String,
    house: OnceLock<Source>,
    pub(super) logotype: Option<Bytes>,
    pub(super) profile: PdfProfile,
}

impl Press {
    /// Loads the register's own font. What is missing or cannot be used, the logotype included, is a finding.
    pub(in crate::documents) fn load(
        register: &Register,
        logotype: Option<&Logotype>,
    ) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let settings = register.settings.as_ref();
        let pdf = settings.map(|entry| &entry.data.pdf);
        let own = own_fonts(register, &mut findings);
        let mut families = vec![BUNDLED];
        if let (Some(entry), Some(family)) = (settings, pdf.and_then(|pdf| pdf.font.as_deref())) {
            if own.iter().any(|font| font.info().family == family) {
                families.insert(0, family);
            } else if family != BUNDLED && findings.is_empty() {
                // A file that is damaged has been told already, and may well be the one.
                findings.push(unknown_family(entry, family, &own));
            }
        }
        let logotype = logotype.filter(|logotype| {
            let is_decoded = is_decoded(logotype);
            if let (false, Some(entry)) = (is_decoded, settings) {
                let problem = "Logotypen går inte att läsa som bild.";
                let place = Place::value(&entry.file, path!["pdf", "logotype", "file"]);
                findings
                    .push(Finding::new(codes::STATIONERY, Level::Error, place, problem).help(picture::WHOLE));
            }
            is_decoded
        });
        let families: Vec<String> = families.into_iter().map(str::to_owned).collect();
        let press = Self {
            own,
            families,
            fonts: OnceLock::new(),
            drawing: logotype.map_or_else(|| "none".to_owned(), drawing),
            house: OnceLock::new(),
            logotype: logotype.map(|logotype| Bytes::new(logotype.bytes.clone())),
            profile: pdf.map_or(PdfProfile::A2a, |pdf| pdf.profile),
        };
        (press, findings)
    }

    /// Whether any font has this character.
    #[must_use]
    pub fn covers(&self, letter: char) -> bool {
        // The letters, digits and marks of Swedish are in every bundled font; a test looks.
        matches!(letter, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='ÿ' | '–' | '”' | '’' | '\n' | '\t')
            || self.fonts().all.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
    }

    /// The faces that text is set in.
    pub(super) fn faces(&self) -> Faces<'_> {
        let Fonts { book, all, .. } = self.fonts();
        Faces::of(book, all, &self.families)
    }

    pub(super) fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| {
            let all: Vec<Font> = self.own.iter().chain(&BUILT_IN.fonts).cloned().collect();
            let fonts = Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all, line: 0 };
            let letters = Faces::of(&fonts.book, &fonts.all, &self.families).average() * SIZE;
            let line = (letters * LETTERS_IN_A_LINE).clamp(*LINES.start(), *LINES.end()) * 20.0;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it has just been bounded"
            )]
            let line = line as u32;
            Fonts { line, ..fonts }
        })
    }

    /// The municipality's part of the layout, as a file of its own, so that the layout is the same for everybody.
    pub(super) fn house(&self) -> &Source {
        self.house.get_or_init(|| {
            let families: Vec<String> = self.families.iter().map(|family| literal(family)).collect();
            let line = f64::from(self.fonts().line) / 20.0;
            built_in::house(&format!(
                "#let family = ({},)\n#let size = {SIZE}pt\n#let line-width = {line}pt\n#let logotype = {}\n",
                families.join(", "),
                self.drawing
            ))
        })
    }
}

/// A logotype, as the layout takes it.
fn drawing(logotype: &Logotype) -> String {
    format!(
        "(file: {}, text: {}, height: {}mm)",
        literal(built_in::logotype(logotype.kind)),
        literal(&logotype.text),
        logotype.height_mm
    )
}

fn own_fonts(register: &Register, findings: &mut Vec<Finding>) -> Vec<Font> {
    let mut fonts = Vec::new();
    for (file, bytes) in register.assets(FONTS) {
        let mut tell = |level, message: String| {
            let help =
                "Hämta typsnittet på nytt och lägg dit en hel otf- eller ttf-fil, eller ta bort filen.";
            findings.push(Finding::new(codes::STATIONERY, level, Place::file(file), message).help(help));
        };
        match font_file::check(bytes) {
            Ok(checked) => {
                if !checked.changed.is_empty() {
                    let tables = text::list(&checked.changed);
                    tell(
                        Level::Warning,
                        format!("Typsnittet kan vara skadat: kontrollsumman stämmer inte för {tables}."),
                    );
                }
                match Font::new(Bytes::new(checked.bytes), 0) {
                    Some(font) => fonts.push(font),
                    None => tell(Level::Error, font_file::NO_FONT.to_owned()),
                }
            }
            Err(problem) => tell(Level::Error, problem),
        }
    }
    fonts
}

fn unknown_family(entry: &Entry<Settings>, family: &str, own: &[Font]) -> Finding {
    let mut families: Vec<&str> = own.iter().map(|font| font.info().family.as_str()).collect();
    families.dedup();
    let help = if families.is_empty() {
        "Lägg typsnittets otf- eller ttf-filer i templates/fonts/, eller ta bort raden.".to_owned()
    } else {
        text::instead_of(family, &families)
    };
    let message = format!("Typsnittet ”{family}” finns inte i {FONTS}/.");
    let place = Place::value(&entry.file, path!["pdf", "font"]);
    Finding::new(codes::STATIONERY, Level::Error, place, message).help(help)
}

/// Whether the typesetter can read a logotype that has been looked through.
fn is_decoded(logotype: &Logotype) -> bool {
    let bytes = Bytes::new(logotype.bytes.clone());
    match logotype.kind {
        Kind::Svg => SvgImage::new(bytes).is_ok(),
        Kind::Png => RasterImage::new(bytes, ExchangeFormat::Png, Smart::Auto).is_ok(),
        Kind::Jpeg => RasterImage::new(bytes, ExchangeFormat::Jpg, Smart::Auto).is_ok(),
    }
}
