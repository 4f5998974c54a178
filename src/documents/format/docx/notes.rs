//! Footnotes, real ones: a part of their own, each note written where it is first referred to.

use std::collections::BTreeMap;

use comrak::nodes::{AstNode, NodeValue};

use super::relations::Relations;
use super::xml::Xml;
use super::{Fault, R, W};

/// The notes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    pub(super) definitions: BTreeMap<String, &'a AstNode<'a>>,
    /// How often each is referred to.
    pub(super) references: BTreeMap<String, usize>,
    /// The numbers of those that have been written.
    pub(super) written: BTreeMap<String, usize>,
    /// The written ones.
    pub(super) xml: Xml,
    /// What they lead to.
    pub(super) relations: Relations,
    /// The last id of a template's own notes.
    pub(super) taken: usize,
    /// Whether a note is being written.
    pub(super) is_inside: bool,
}

impl<'a> Notes<'a> {
    pub(super) fn of(root: &'a AstNode<'a>) -> Self {
        let mut references = BTreeMap::new();
        for node in root.descendants() {
            if let NodeValue::FootnoteReference(reference) = &node.data().value {
                *references.entry(reference.name.clone()).or_default() += 1;
            }
        }
        Self { definitions: notes_of(root), references, ..Self::default() }
    }

    /// Whether there are any.
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

/// The lines above notes, which Word wants in every part of them.
const LINES: &str = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>\
<w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";

/// The part of a package, with these notes.
pub(super) fn part(notes: &str) -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start("w:footnotes", &[("xmlns:w", W), ("xmlns:r", R)]);
    xml.raw(LINES);
    xml.raw(notes);
    xml.finish()
}

/// The notes of a tree, by name.
fn notes_of<'a>(root: &'a AstNode<'a>) -> BTreeMap<String, &'a AstNode<'a>> {
    let name = |node: &'a AstNode<'a>| match &node.data().value {
        NodeValue::FootnoteDefinition(definition) => Some((definition.name.clone(), node)),
        _ => None,
    };
    root.descendants().filter_map(name).collect()
}
