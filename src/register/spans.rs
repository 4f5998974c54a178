//! Where the keys and values of a TOML file stand.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::key_path::Segment;

/// Where a key and its value stand, as bytes of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct SpanNode {
    /// The key; empty at the root and for elements of arrays.
    pub(super) key: Range<usize>,
    /// The value; for a table its header or braces.
    pub(super) value: Range<usize>,
    /// Whether the value is a table, which is shown by its key.
    pub(super) is_table: bool,
    /// What lies below, in the file's order.
    pub(super) children: Vec<(Segment, SpanNode)>,
}

impl SpanNode {
    /// What a step down leads to.
    pub(super) fn child(&self, segment: &Segment) -> Option<&Self> {
        if let Segment::Index(index) = segment {
            return self.children.get(*index).map(|(_, node)| node);
        }
        self.children.iter().find(|(key, _)| key == segment).map(|(_, node)| node)
    }
}

/// The spans of a file; none where its syntax is broken, since its recovered tree is not to be trusted.
pub(super) fn read(text: &str) -> SpanNode {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return SpanNode::default();
    }
    let mut node = SpanNode { is_table: true, value: root.span(), ..SpanNode::default() };
    table(root.get_ref(), &mut node);
    node
}

fn table(table: &DeTable<'_>, above: &mut SpanNode) {
    above.children.reserve(table.len());
    for (key, item) in table {
        let mut node = SpanNode { key: key.span(), value: item.span(), ..SpanNode::default() };
        value(item.get_ref(), &mut node);
        above.children.push((Segment::from(key.get_ref().as_ref()), node));
    }
}

fn value(item: &DeValue<'_>, node: &mut SpanNode) {
    match item {
        DeValue::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                let mut below = SpanNode { value: element.span(), ..SpanNode::default() };
                value(element.get_ref(), &mut below);
                node.children.push((Segment::Index(index), below));
            }
        }
        DeValue::Table(inner) => {
            node.is_table = true;
            table(inner, node);
        }
        _ => {}
    }
}
