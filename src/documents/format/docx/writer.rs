//! Who writes the text of a document, with what has been written so far; what is said of blocks and of paragraphs.

use comrak::nodes::AstNode;

use super::FactPlace;
use super::notes::Notes;
use super::numbering::Lists;
use super::relations::Relations;
use super::style::Style;
use super::styles::StyleIds;
use super::xml::Xml;

/// Writes the text of a document.
pub(super) struct Writer<'a, 'b> {
    pub(super) xml: Xml,
    pub(super) styles: &'b StyleIds,
    pub(super) facts: &'b [FactPlace],
    pub(super) relations: Relations,
    pub(super) notes: Notes<'a>,
    pub(super) lists: Lists,
    /// How wide the text is here, in twentieths of a point.
    pub(super) width: u32,
    /// The last id of a content control or a bookmark.
    pub(super) id: u32,
    /// Whether a table ends here: what follows needs room.
    pub(super) is_after_table: bool,
}

/// What blocks stand in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Within {
    /// The style of paragraphs.
    pub(super) style: Style,
    /// How far they are set in.
    pub(super) indent: u32,
    /// In how many quotes.
    pub(super) quotes: u32,
    /// In how many lists.
    pub(super) depth: usize,
    /// Whether all of it stands with what follows.
    pub(super) keeps: bool,
    /// Whether the list ends with it.
    pub(super) ends_list: bool,
}

/// How a paragraph is set, beside its style.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    pub(super) style: Style,
    pub(super) keeps: bool,
    pub(super) list: Option<(u32, usize)>,
    pub(super) after: Option<u32>,
    pub(super) indent: u32,
    pub(super) side: Option<&'static str>,
    /// Where tabs end, with a line to them.
    pub(super) stops: Vec<u32>,
    /// Whether words are divided at the ends of its lines, where its style would not have it.
    pub(super) divides: bool,
}

impl<'a, 'b> Writer<'a, 'b> {
    pub(super) fn new(
        root: &'a AstNode<'a>,
        styles: &'b StyleIds,
        facts: &'b [FactPlace],
        lists: Lists,
        width: u32,
    ) -> Self {
        Self {
            xml: Xml::default(),
            styles,
            facts,
            relations: Relations::default(),
            notes: Notes::of(root),
            lists,
            width,
            id: 0,
            is_after_table: false,
        }
    }
}
