//! What is the same for all PDF files of a register: its fonts, its logotype and the archive profile.

use std::sync::{Arc, OnceLock};

use typst::foundations::{Bytes, Smart};
use typst::syntax::Source;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use super::built_in::{self, BUILT_IN, LOGOTYPE};
use super::code::literal;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::register::{Entry, FONTS, PICTURES, Register, codes};
use crate::settings::{Logotype, PdfProfile, Settings};
use crate::text;

/// The family that is bundled. It also has the letters that a municipality's own font lacks.
const BUNDLED: &str = "Libertinus Serif";

/// The fonts of a register, its own before the bundled ones.
#[derive(Debug)]
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
}

/// Sets the PDF files of one register.
#[derive(Debug)]
pub struct Press {
    own: Vec<Font>,
    fonts: OnceLock<Fonts>,
    pub(super) house: Source,
    pub(super) logotype: Option<Bytes>,
    pub(super) profile: PdfProfile,
}

impl Press {
    /// Loads the register's own font and logotype. What is missing or cannot be used is a finding.
    #[must_use]
    pub fn load(register: &Register) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let settings = register.settings.as_ref();
        let pdf = settings.map(|entry| &entry.data.pdf);
        let own = own_fonts(register, &mut findings);
        let mut families = vec![BUNDLED];
        if let (Some(entry), Some(family)) = (settings, pdf.and_then(|pdf| pdf.font.as_deref())) {
            if own.iter().any(|font| font.info().family == family) {
                families.insert(0, family);
            } else if family != BUNDLED {
                findings.push(unknown_family(entry, family, &own));
            }
        }
        let mut logotype = None;
        if let (Some(entry), Some(wanted)) = (settings, pdf.and_then(|pdf| pdf.logotype.as_ref())) {
            match picture(register, wanted) {
                Ok(bytes) => logotype = Some((wanted, bytes)),
                Err(problem) => findings.push(fault(entry, path!["pdf", "logotype", "file"], problem)),
            }
        }
        let press = Self {
            own,
            fonts: OnceLock::new(),
            house: built_in::house(&house(&families, logotype.as_ref().map(|(wanted, _)| *wanted))),
            logotype: logotype.map(|(_, bytes)| bytes),
            profile: pdf.map_or(PdfProfile::A2a, |pdf| pdf.profile),
        };
        (press, findings)
    }

    /// Whether any font has this character.
    #[must_use]
    pub fn covers(&self, letter: char) -> bool {
        // The letters, digits and marks of Swedish are in every bundled font; a test looks.
        matches!(letter, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='ÿ' | '–' | '”' | '’' | '\n' | '\t')
            || self.fonts().fonts.iter().any(|font| font.info().coverage.contains(u32::from(letter)))
    }

    pub(super) fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| {
            let fonts: Vec<Font> = self.own.iter().chain(&BUILT_IN.fonts).cloned().collect();
            Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
        })
    }
}

/// The municipality's part of the layout, as a file of its own, so that the layout is the same for everybody.
fn house(families: &[&str], logotype: Option<&Logotype>) -> String {
    let families: Vec<String> = families.iter().map(|family| literal(family)).collect();
    let logotype = logotype.map_or_else(
        || "none".to_owned(),
        |logotype| {
            format!(
                "(file: {}, text: {}, height: {}mm)",
                literal(LOGOTYPE),
                literal(&logotype.text),
                logotype.height_mm()
            )
        },
    );
    format!("#let family = ({},)\n#let logotype = {logotype}\n", families.join(", "))
}

fn own_fonts(register: &Register, findings: &mut Vec<Finding>) -> Vec<Font> {
    let mut fonts = Vec::new();
    for (file, bytes) in register.assets(FONTS) {
        let before = fonts.len();
        fonts.extend(Font::iter(Bytes::new(Arc::clone(bytes))));
        if fonts.len() == before {
            let message = "Filen går inte att läsa som typsnitt.";
            findings.push(
                Finding::new(codes::STATIONERY, Level::Error, Place::file(file), message)
                    .help("Lägg dit en hel otf- eller ttf-fil, eller ta bort filen."),
            );
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
    fault(entry, path!["pdf", "font"], message).help(help)
}

/// The logotype's file, once it has been seen that it is a picture.
fn picture(register: &Register, logotype: &Logotype) -> Result<Bytes, String> {
    let file = format!("{PICTURES}/{}", logotype.file);
    let bytes = register.assets(PICTURES).find(|(path, _)| ***path == *file).map(|(_, bytes)| bytes);
    let bytes = Bytes::new(Arc::clone(bytes.ok_or_else(|| format!("Logotypen {file} finns inte."))?));
    let is_picture = match ExchangeFormat::detect(&bytes) {
        Some(format) => RasterImage::new(bytes.clone(), format, Smart::Auto).is_ok(),
        None => SvgImage::new(bytes.clone()).is_ok(),
    };
    if is_picture { Ok(bytes) } else { Err(format!("Filen {file} går inte att läsa som bild.")) }
}

fn fault(entry: &Entry<Settings>, path: crate::key_path::KeyPath, message: String) -> Finding {
    Finding::new(codes::STATIONERY, Level::Error, Place::value(&entry.file, path), message)
        .help("Lägg en svg-, png- eller jpg-fil i templates/pictures/, eller ta bort inställningen logotype.")
}
