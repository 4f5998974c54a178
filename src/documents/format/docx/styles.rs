//! The part of a package that defines the styles.

use std::collections::{BTreeMap, BTreeSet};

use super::style::{Definition, Kind, MEASURE, SANS, Style};
use super::xml::Xml;
use super::{Fault, W};

/// What a style is called in the file that is written.
#[derive(Debug, Clone, Default)]
pub(super) struct StyleIds {
    of_template: BTreeMap<Style, String>,
    without_number: BTreeSet<Style>,
    /// How wide letters of tables are beside ours, in percent.
    pub(super) letters: Percent,
}

/// A part of a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Percent(pub(super) u32);

impl Default for Percent {
    fn default() -> Self {
        Self(100)
    }
}

impl StyleIds {
    /// Gives a style the id that a template has for it.
    pub(super) fn set(&mut self, style: Style, id: &str) {
        self.of_template.insert(style, id.to_owned());
    }

    /// Notes that a template's style of a list has no signs of its own.
    pub(super) fn set_without_number(&mut self, style: Style) {
        self.without_number.insert(style);
    }

    /// Whether paragraphs of a list must say themselves that they are numbered.
    pub(super) fn is_without_number(&self, style: Style) -> bool {
        self.without_number.contains(&style)
    }

    /// Its id.
    pub(super) fn id(&self, style: Style) -> &str {
        self.of_template.get(&style).map_or_else(|| style.definition().id, String::as_str)
    }

    /// Whether there is a template.
    fn has_template(&self) -> bool {
        !self.of_template.is_empty()
    }

    /// Whether a template has it.
    pub(super) fn is_of_template(&self, style: Style) -> bool {
        self.of_template.contains_key(&style)
    }
}

/// What every file of Word begins with: its letters, its language, and what it takes for granted.
const DEFAULTS: &str = "<w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii=\"Cambria\" w:hAnsi=\"Cambria\" w:eastAsia=\"Cambria\" w:cs=\"Times New Roman\"/>\
<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"sv-SE\" w:eastAsia=\"sv-SE\" w:bidi=\"ar-SA\"/>\
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"Standardstycketeckensnitt\">\
<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>\
<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"Normaltabell\"><w:name w:val=\"Normal Table\"/>\
<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"Ingenlista\"><w:name w:val=\"No List\"/>\
<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>";

/// How tables of facts look: lines above and below, a stronger one under the head.
const TABLE: &str = "<w:tblPr><w:tblBorders>\
<w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>\
<w:insideH w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8C8C8C\"/></w:tblBorders>\
<w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>\
<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:tcBorders></w:tcPr></w:tblStylePr>";

/// The styles of a document that has no template.
pub(super) fn part() -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start("w:styles", &[("xmlns:w", W)]);
    xml.raw(DEFAULTS);
    for style in Style::ALL {
        define(&mut xml, style, style.definition(), &StyleIds::default());
    }
    xml.finish()
}

/// One style that a template lacks: in the template's own letters and as wide as its text, with lists after its own.
pub(super) fn define_in_template(xml: &mut Xml, style: Style, ids: &StyleIds, lists: u32) {
    let definition = style.definition();
    let paragraph = definition.paragraph.replace(MEASURE, "");
    let number = |list: u32| format!("<w:numId w:val=\"{list}\"/>");
    let kind = if paragraph.contains(&number(1)) { 1 } else { 2 };
    let paragraph = paragraph.replace(&number(kind), &number(lists + kind));
    let letters = definition.letters.replace(SANS, "");
    // A heading of a level that the template has not looks as the one above it.
    let above = (1..6).rev().map(Style::heading).filter(|above| *above < style && ids.is_of_template(*above));
    let based_on = above.take(usize::from(definition.is_heading())).next().or(definition.based_on);
    define(xml, style, Definition { paragraph: &paragraph, letters: &letters, based_on, ..definition }, ids);
}

/// One style.
fn define(xml: &mut Xml, style: Style, definition: Definition<'_>, ids: &StyleIds) {
    let kind = match definition.kind {
        Kind::Paragraph => "paragraph",
        Kind::Character => "character",
        Kind::Table => "table",
    };
    let mut attributes = vec![("w:type", kind), ("w:styleId", ids.id(style))];
    if style == Style::Normal {
        attributes.insert(1, ("w:default", "1"));
    }
    if !is_built_in(&definition) {
        attributes.push(("w:customStyle", "1"));
    }
    xml.start("w:style", &attributes);
    xml.value("w:name", definition.name);
    if let Some(above) = definition.based_on {
        xml.value("w:basedOn", ids.id(above));
    }
    if let Some(next) = definition.next {
        xml.value("w:next", ids.id(next));
    }
    xml.empty("w:qFormat", &[]);
    // Long words of a heading are not divided, and a heading stands with what it heads.
    let (keep, sans) = if definition.is_heading() {
        ("<w:keepNext/><w:keepLines/>", if ids.has_template() { "" } else { SANS })
    } else {
        ("", "")
    };
    within(xml, "w:pPr", keep, definition.paragraph);
    within(xml, "w:rPr", sans, definition.letters);
    if definition.kind == Kind::Table {
        xml.raw(TABLE);
    }
    xml.end();
}

fn within(xml: &mut Xml, name: &'static str, first: &str, rest: &str) {
    if !first.is_empty() || !rest.is_empty() {
        xml.start(name, &[]);
        xml.raw(first);
        xml.raw(rest);
        xml.end();
    }
}

/// Word has the style itself: those have another name in the file than on the screen.
fn is_built_in(definition: &Definition<'_>) -> bool {
    !definition.also.is_empty() || definition.name == "Normal"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_has_its_own_id_and_name_and_stands_after_what_it_is_based_on() {
        let mut ids = BTreeSet::new();
        let mut names = BTreeSet::new();
        for (place, style) in Style::ALL.into_iter().enumerate() {
            let definition = style.definition();
            assert!(ids.insert(definition.id) && names.insert(definition.name), "{}", definition.id);
            if let Some(above) = definition.based_on {
                assert!(Style::ALL[..place].contains(&above), "{}", definition.id);
            }
        }
    }
}
