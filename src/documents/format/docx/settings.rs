//! What Word is told of a document as a whole, and of its letters.

use super::xml::Xml;
use super::{Fault, W};

/// The settings: Swedish, of today's Word, and with words divided only where a style allows it.
pub(super) fn part(has_notes: bool) -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start("w:settings", &[("xmlns:w", W)]);
    xml.raw("<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"1304\"/><w:autoHyphenation/>");
    xml.raw(
        "<w:consecutiveHyphenLimit w:val=\"2\"/><w:hyphenationZone w:val=\"425\"/><w:doNotHyphenateCaps/>",
    );
    xml.raw("<w:characterSpacingControl w:val=\"doNotCompress\"/>");
    if has_notes {
        xml.raw("<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>");
    }
    xml.start("w:compat", &[]);
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ] {
        xml.empty(
            "w:compatSetting",
            &[("w:name", name), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", value)],
        );
    }
    xml.end();
    xml.raw("<w:themeFontLang w:val=\"sv-SE\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/>");
    xml.finish()
}

/// The fonts, with those that look like them where they are not installed.
pub(super) fn fonts() -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start("w:fonts", &[("xmlns:w", W)]);
    for (name, other, family, pitch) in [
        ("Cambria", "Caladea", "roman", "variable"),
        ("Calibri", "Carlito", "swiss", "variable"),
        ("Courier New", "Liberation Mono", "modern", "fixed"),
    ] {
        xml.start("w:font", &[("w:name", name)]);
        xml.value("w:altName", other);
        xml.value("w:charset", "00");
        xml.value("w:family", family);
        xml.value("w:pitch", pitch);
        xml.end();
    }
    xml.finish()
}
