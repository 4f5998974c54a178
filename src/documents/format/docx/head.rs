//! The running heads: which document it is, its case, its day, and which page of how many.

use super::picture::{self, Logotype};
use super::relations::Relations;
use super::style::Style;
use super::styles::StyleIds;
use super::xml::Xml;
use super::{Fault, Meta, R, W, watermark};

/// The heads of a document, as Word has them: of the first page, of all others, and of even ones, which are the same.
pub(super) const KINDS: [&str; 3] = ["first", "default", "even"];

/// A part of a package with all that it needs.
pub(super) struct Head {
    pub(super) xml: String,
    pub(super) relations: Relations,
    pub(super) files: Vec<(&'static str, Vec<u8>)>,
}

/// The head of the first page, with the logotype, or of the others.
pub(super) fn part(
    kind: &str,
    number: usize,
    meta: &Meta,
    logotype: Option<&Logotype<'_>>,
    width: u32,
) -> Result<Head, Fault> {
    let styles = StyleIds::default();
    let mut xml = Xml::part();
    let mut relations = Relations::default();
    let mut files = Vec::new();
    xml.start("w:hdr", &[("xmlns:w", W), ("xmlns:r", R)]);
    let mark = meta.status.map(|mark| watermark::run(mark, number)).unwrap_or_default();
    let logotype = logotype.filter(|_| kind == "first");
    if let Some(logotype) = logotype {
        let right = width * 2 / 5;
        xml.raw(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/>\
             <w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{0}\"/>\
             <w:gridCol w:w=\"{right}\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"{0}\" w:type=\"dxa\"/></w:tcPr>",
            width - right
        ));
        start(&mut xml, &styles, None);
        files = picture::draw(&mut xml, logotype, &mut relations);
        xml.end();
        xml.raw(&format!("</w:tc><w:tc><w:tcPr><w:tcW w:w=\"{right}\" w:type=\"dxa\"/></w:tcPr>"));
        start(&mut xml, &styles, Some("right"));
        page(&mut xml);
        xml.end();
        xml.raw("</w:tc></w:tr></w:tbl>");
        // Word wants a paragraph below a table, and the room is needed.
        start(&mut xml, &styles, None);
        xml.raw(&mark);
        xml.end();
    } else {
        // Which document it is and whose, and below that its case and day: the first page says it in its text.
        let facts = if kind == "first" { Vec::new() } else { facts(meta) };
        let (document, case) = facts.split_at(facts.len().min(2));
        for (line, facts) in [document, case].into_iter().enumerate() {
            start(&mut xml, &styles, None);
            if line == 0 {
                xml.raw(&mark);
            }
            for (place, fact) in facts.iter().enumerate() {
                if place > 0 {
                    run(&mut xml, "\u{2003}", false);
                }
                run(&mut xml, fact, line + place == 0);
            }
            if line == 0 {
                xml.raw("<w:r><w:tab/></w:r>");
                page(&mut xml);
            }
            xml.end();
        }
    }
    Ok(Head { xml: xml.finish()?, relations, files })
}

/// What a head says.
fn facts(meta: &Meta) -> Vec<String> {
    let head = meta.head();
    let number = head.registry_number.map(|number| format!("Dnr {number}"));
    [Some(head.word), Some(head.whose), number, head.dated]
        .into_iter()
        .flatten()
        .filter(|fact| !fact.is_empty())
        .collect()
}

fn start(xml: &mut Xml, styles: &StyleIds, side: Option<&str>) {
    xml.start("w:p", &[]);
    xml.start("w:pPr", &[]);
    xml.value("w:pStyle", styles.id(Style::Header));
    if let Some(side) = side {
        xml.value("w:jc", side);
    }
    xml.end();
}

fn run(xml: &mut Xml, text: &str, is_strong: bool) {
    xml.start("w:r", &[]);
    if is_strong {
        xml.raw("<w:rPr><w:b/><w:bCs/></w:rPr>");
    }
    xml.leaf("w:t", &[("xml:space", "preserve")], text);
    xml.end();
}

/// "sida 2 (5)", which Word counts.
fn page(xml: &mut Xml) {
    run(xml, "sida ", false);
    field(xml, " PAGE ");
    run(xml, " (", false);
    field(xml, " NUMPAGES ");
    run(xml, ")", false);
}

fn field(xml: &mut Xml, instruction: &str) {
    xml.start("w:fldSimple", &[("w:instr", instruction)]);
    xml.raw("<w:r><w:rPr><w:noProof/></w:rPr><w:t>1</w:t></w:r>");
    xml.end();
}
