//! A document without a template of the municipality's own: our page, our styles, our running heads.

use super::numbering::Lists;
use super::package::{Package, kinds};
use super::relations::Relations;
use super::style::Style;
use super::styles::{self, StyleIds};
use super::writer::{Within, Writer};
use super::xml::Xml;
use super::{AstNode, FactPlace, Fault, House, Meta, R, W, head, notes, properties, settings};

/// A4 in twentieths of a point, and margins of 25 millimetres.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1_417;
/// How wide the text is.
const WIDTH: u32 = PAGE.0 - 2 * MARGIN;

/// The relation of a package to its properties.
pub(super) const CORE: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// The whole package.
pub(super) fn package<'a>(
    root: &'a AstNode<'a>,
    facts: &[FactPlace],
    meta: &Meta,
    house: &House<'_>,
) -> Result<Package, Fault> {
    let ids = StyleIds::default();
    let mut writer = Writer::new(root, &ids, facts, Lists::default(), WIDTH);
    writer.blocks(root, Within { style: Style::Body, ..Within::default() });
    writer.gap();
    let Writer { xml: text, mut relations, notes, lists, .. } = writer;

    let mut package = Package::default();
    relations.part("styles", "styles.xml");
    relations.part("settings", "settings.xml");
    relations.part("numbering", "numbering.xml");
    relations.part("fontTable", "fontTable.xml");
    package.add("word/styles.xml", kinds::STYLES, styles::part()?);
    package.add("word/settings.xml", kinds::SETTINGS, settings::part(!notes.is_empty())?);
    package.add("word/numbering.xml", kinds::NUMBERING, lists.part(&ids)?);
    package.add("word/fontTable.xml", kinds::FONTS, settings::fonts()?);
    if !notes.is_empty() {
        relations.part("footnotes", "footnotes.xml");
        package.add("word/footnotes.xml", kinds::NOTES, notes::part(&notes.xml.finish()?)?);
        package.relations("word/footnotes.xml", &notes.relations)?;
    }

    let mut document = Xml::part();
    document.start("w:document", &[("xmlns:w", W), ("xmlns:r", R)]);
    document.start("w:body", &[]);
    document.raw(&text.finish()?);
    document.start("w:sectPr", &[]);
    for (number, kind) in (1..).zip(head::KINDS) {
        let head = head::part(kind, number, meta, house.logotype.as_ref(), WIDTH)?;
        let name = format!("header{number}.xml");
        let id = relations.part("header", &name);
        document.empty("w:headerReference", &[("w:type", kind), ("r:id", &id)]);
        let name = format!("word/{name}");
        package.add(&name, kinds::HEADER, head.xml);
        package.relations(&name, &head.relations)?;
        head.files.into_iter().for_each(|(name, bytes)| package.file(name, bytes));
    }
    document.empty("w:pgSz", &[("w:w", &PAGE.0.to_string()), ("w:h", &PAGE.1.to_string())]);
    let margin = MARGIN.to_string();
    document.empty(
        "w:pgMar",
        &[
            ("w:top", &margin),
            ("w:right", &margin),
            ("w:bottom", &margin),
            ("w:left", &margin),
            ("w:header", "709"),
            ("w:footer", "709"),
            ("w:gutter", "0"),
        ],
    );
    document.raw("<w:cols w:space=\"708\"/><w:titlePg/>");
    package.add("word/document.xml", kinds::DOCUMENT, document.finish()?);
    package.relations("word/document.xml", &relations)?;

    let mut of_package = Relations::default();
    of_package.part("officeDocument", "word/document.xml");
    of_package.part(CORE, "docProps/core.xml");
    of_package.part("extended-properties", "docProps/app.xml");
    of_package.part("custom-properties", "docProps/custom.xml");
    package.relations("", &of_package)?;
    package.add("docProps/core.xml", kinds::CORE, properties::core(meta)?);
    package.add("docProps/app.xml", kinds::APP, properties::app()?);
    package.add("docProps/custom.xml", kinds::CUSTOM, properties::custom(meta, "", 2)?);
    package.tell_types()?;
    Ok(package)
}
