//! Lists: the levels that the styles share, and a number of its own for every numbered list, so that each counts anew.

use comrak::nodes::ListDelimType;

use super::style::Style;
use super::styles::StyleIds;
use super::xml::Xml;
use super::{Fault, W};

/// How many steps down lists have signs of their own.
const LEVELS: usize = 9;
/// How far each step is set in, in twentieths of a point.
pub(super) const STEP: u32 = 397;

/// A numbered list of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbered {
    /// How many lists it stands in.
    pub(super) depth: usize,
    pub(super) start: usize,
    pub(super) delimiter: ListDelimType,
}

/// Where a template's own numbers end: ours begin after them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken {
    pub(super) kinds: u32,
    pub(super) lists: u32,
    /// The template's own levels of numbered lists.
    pub(super) numbers: Option<u32>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    taken: Taken,
    numbered: Vec<Numbered>,
}

impl Lists {
    /// Lists after those of a template.
    pub(super) fn after(taken: Taken) -> Self {
        Self { taken, numbered: Vec::new() }
    }

    /// A further numbered list; its number in the file.
    pub(super) fn add(&mut self, list: Numbered) -> u32 {
        self.numbered.push(list);
        self.taken.lists + 2 + u32::try_from(self.numbered.len()).unwrap_or(u32::MAX)
    }

    /// The number of bulleted lists.
    pub(super) fn bullets(&self) -> u32 {
        self.taken.lists + 1
    }

    /// The part of a package.
    pub(super) fn part(&self, styles: &StyleIds) -> Result<String, Fault> {
        let mut xml = Xml::part();
        xml.start("w:numbering", &[("xmlns:w", W)]);
        xml.raw(&self.kinds(styles)?);
        xml.raw(&self.lists()?);
        xml.finish()
    }

    /// The kinds of lists, which stand first in the part.
    pub(super) fn kinds(&self, styles: &StyleIds) -> Result<String, Fault> {
        let mut xml = Xml::default();
        for (place, sign) in ["–", "%.", "%)"].into_iter().enumerate() {
            let id = self.taken.kinds + 1 + u32::try_from(place).unwrap_or_default();
            xml.start("w:abstractNum", &[("w:abstractNumId", &id.to_string())]);
            xml.value("w:multiLevelType", "multilevel");
            for level in 0..LEVELS {
                let is_ordered = sign.starts_with('%');
                xml.start("w:lvl", &[("w:ilvl", &level.to_string())]);
                xml.value("w:start", "1");
                xml.value("w:numFmt", if is_ordered { "decimal" } else { "bullet" });
                let style = Style::item(is_ordered, level);
                if level < 3 && place < 2 && !styles.is_of_template(style) {
                    xml.value("w:pStyle", styles.id(style));
                }
                xml.value("w:lvlText", &sign.replace('%', &format!("%{}", level + 1)));
                xml.value("w:lvlJc", "left");
                xml.start("w:pPr", &[]);
                let left = u32::try_from(level + 1).unwrap_or(1) * STEP;
                xml.empty("w:ind", &[("w:left", &left.to_string()), ("w:hanging", &STEP.to_string())]);
                xml.end();
                xml.end();
            }
            xml.end();
        }
        xml.finish()
    }

    /// The lists themselves.
    pub(super) fn lists(&self) -> Result<String, Fault> {
        let mut xml = Xml::default();
        let kind = |xml: &mut Xml, kind: u32| xml.value("w:abstractNumId", &kind.to_string());
        for place in [1, 2] {
            xml.start("w:num", &[("w:numId", &(self.taken.lists + place).to_string())]);
            kind(&mut xml, self.taken.kinds + place);
            xml.end();
        }
        for (number, list) in (self.taken.lists + 3..).zip(&self.numbered) {
            xml.start("w:num", &[("w:numId", &number.to_string())]);
            match (list.delimiter, self.taken.numbers) {
                (ListDelimType::Period, Some(own)) => kind(&mut xml, own),
                (ListDelimType::Period, None) => kind(&mut xml, self.taken.kinds + 2),
                (ListDelimType::Paren, _) => kind(&mut xml, self.taken.kinds + 3),
            }
            xml.start("w:lvlOverride", &[("w:ilvl", &list.depth.min(LEVELS - 1).to_string())]);
            // Word counts to 32 767 at most.
            xml.value("w:startOverride", &list.start.min(32_767).to_string());
            xml.end();
            xml.end();
        }
        xml.finish()
    }
}
