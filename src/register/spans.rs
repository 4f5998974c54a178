//! Where the keys and values of a TOML file stand. Few files are ever asked for that, and of those that are the text is read
//! again, so it is found out then.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::key_path::Segment;

/// Where all that lies at the top of a file, or below a table or list, stands, in the file's order.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Box<[Span]>);

/// Where a key and its value stand, as bytes of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Span {
    /// The key; empty for elements of lists.
    pub(super) key: Range<usize>,
    /// The value; for a table its header or braces.
    pub(super) value: Range<usize>,
    /// Whether the value is a table, which is shown by its key.
    pub(super) is_table: bool,
    /// What lies below.
    pub(super) below: Spans,
}

impl Spans {
    /// The spans of a file that has been found to be TOML.
    pub(super) fn of(toml: &str) -> Self {
        let (root, _) = DeTable::parse_recoverable(toml);
        Self::of_table(root.get_ref())
    }

    fn of_table(table: &DeTable<'_>) -> Self {
        Self(table.iter().map(|(key, item)| Span::of(key.span(), item.span(), item.get_ref())).collect())
    }

    /// What a step down leads to in a file with this text.
    pub(super) fn step(&self, text: &str, segment: &Segment) -> Option<&Span> {
        match segment {
            Segment::Index(index) => self.0.get(*index),
            Segment::Key(key) => {
                self.0.iter().find(|span| is_key(text.get(span.key.clone()).unwrap_or_default(), key))
            }
        }
    }

    /// The first of them.
    pub(super) fn first(&self) -> Option<&Span> {
        self.0.first()
    }
}

impl Span {
    fn of(key: Range<usize>, value: Range<usize>, item: &DeValue<'_>) -> Self {
        let below = match item {
            DeValue::Table(table) => Spans::of_table(table),
            DeValue::Array(array) => {
                Spans(array.iter().map(|element| Self::of(0..0, element.span(), element.get_ref())).collect())
            }
            _ => Spans::default(),
        };
        Self { key, value, is_table: item.is_table(), below }
    }
}

/// Whether a key as the file has it is `key`: most are bare, and only quoted ones may be written otherwise than they read.
fn is_key(written: &str, key: &str) -> bool {
    written == key
        || written.starts_with(['"', '\''])
            && DeTable::parse(&format!("{written} = 0"))
                .is_ok_and(|table| table.get_ref().keys().any(|read| read.get_ref() == key))
}
