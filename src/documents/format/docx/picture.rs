//! The logotype as a picture of Word.

use super::relations::Relations;
use super::xml::Xml;
use crate::documents::picture::Kind;

/// A municipality's logotype.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Logotype<'a> {
    /// The picture's file, which has been checked.
    pub(crate) bytes: &'a [u8],
    pub(crate) kind: Kind,
    /// What older programs show in place of a drawing.
    pub(crate) stand_in: Option<&'a [u8]>,
    /// What it shows, for those who do not see it.
    pub(crate) text: &'a str,
    pub(crate) width_mm: u16,
    pub(crate) height_mm: u16,
}

/// The same where nothing is drawn: a picture of one clear point.
const CLEAR: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1F, 0x15, 0xC4, 0x89, 0x00,
    0x00, 0x00, 0x0B, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60, 0x00, 0x02, 0x00, 0x00, 0x05, 0x00,
    0x01, 0x7A, 0x5E, 0xAB, 0x3F, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

/// The namespace of pictures.
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// So many of Word's units are a millimetre.
const UNITS: u64 = 36_000;

/// The widest logotype, in millimetres: beside it stand the facts of the document.
const WIDEST: u64 = 90;

/// Writes the picture into a paragraph's run, and tells its files.
pub(super) fn draw(
    xml: &mut Xml,
    logotype: &Logotype<'_>,
    relations: &mut Relations,
) -> Vec<(&'static str, Vec<u8>)> {
    let mut add = |target: &str| relations.part("image", target);
    let (shown, drawing, files) = match logotype.kind {
        Kind::Png => (add("media/logotyp.png"), None, vec![("word/media/logotyp.png", logotype.bytes)]),
        Kind::Jpeg => (add("media/logotyp.jpg"), None, vec![("word/media/logotyp.jpg", logotype.bytes)]),
        Kind::Svg => (
            add("media/logotyp.png"),
            Some(add("media/logotyp.svg")),
            vec![
                ("word/media/logotyp.png", logotype.stand_in.unwrap_or(CLEAR)),
                ("word/media/logotyp.svg", logotype.bytes),
            ],
        ),
    };
    let (width, height) = (u64::from(logotype.width_mm.max(1)), u64::from(logotype.height_mm.max(1)));
    let (width, height) = if width > WIDEST {
        (WIDEST * UNITS, height * UNITS * WIDEST / width)
    } else {
        (width * UNITS, height * UNITS)
    };
    let size = [("cx", width.to_string()), ("cy", height.to_string())];
    let size: Vec<(&str, &str)> = size.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let of_picture = [("id", "1"), ("name", "Logotyp"), ("descr", logotype.text)];
    xml.raw("<w:r><w:drawing>");
    xml.start(
        "wp:inline",
        &[
            ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("distT", "0"),
            ("distB", "0"),
            ("distL", "0"),
            ("distR", "0"),
        ],
    );
    xml.empty("wp:extent", &size);
    xml.empty("wp:docPr", &of_picture);
    xml.start("a:graphic", &[("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")]);
    xml.start("a:graphicData", &[("uri", PICTURE)]);
    xml.start("pic:pic", &[("xmlns:pic", PICTURE)]);
    xml.start("pic:nvPicPr", &[]);
    xml.empty("pic:cNvPr", &of_picture);
    xml.raw("<pic:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></pic:cNvPicPr>");
    xml.end();
    xml.start("pic:blipFill", &[]);
    xml.start("a:blip", &[("r:embed", &shown)]);
    if let Some(drawing) = &drawing {
        xml.start("a:extLst", &[]);
        xml.start("a:ext", &[("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
        xml.empty(
            "asvg:svgBlip",
            &[
                ("xmlns:asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
                ("r:embed", drawing),
            ],
        );
        xml.end();
        xml.end();
    }
    xml.end();
    xml.raw("<a:stretch><a:fillRect/></a:stretch>");
    xml.end();
    xml.start("pic:spPr", &[]);
    xml.start("a:xfrm", &[]);
    xml.raw("<a:off x=\"0\" y=\"0\"/>");
    xml.empty("a:ext", &size);
    xml.end();
    xml.raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    for _ in 0..5 {
        xml.end();
    }
    xml.raw("</w:drawing></w:r>");
    files.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect()
}
