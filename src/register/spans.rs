//! Where the keys and values of a TOML file stand, in some bytes for each: a register holds millions of them, and few are
//! ever asked for.

use std::ops::Range;

use integer_encoding::VarInt;
use toml::de::{DeTable, DeValue};

use crate::key_path::Segment;

/// Where all that a file holds stands. Each key and each element of a list is written as its distance from what lies
/// above it, the lengths of its parts, and what lies below it with the length of that.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Box<[u8]>);

/// Where a key and its value stand, as bytes of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Span<'a> {
    /// The key; empty for elements of lists.
    pub(super) key: Range<usize>,
    /// The value; for a table its header or braces.
    pub(super) value: Range<usize>,
    /// Whether the value is a table, which is shown by its key.
    pub(super) is_table: bool,
    /// What lies below, in the file's order.
    pub(super) below: Below<'a>,
}

/// What lies below a table or list, read as it is gone through.
#[derive(Debug, Clone, Default)]
pub(super) struct Below<'a> {
    rest: &'a [u8],
    /// Where what lies above stands.
    from: usize,
}

impl Spans {
    /// The spans of a parsed file.
    pub(super) fn of(root: &DeTable<'_>) -> Self {
        let mut written = Vec::new();
        write_table(root, 0, &mut written);
        Self(written.into())
    }

    /// What lies at the top of the file.
    pub(super) fn top(&self) -> Below<'_> {
        Below { rest: &self.0, from: 0 }
    }
}

impl<'a> Below<'a> {
    /// What a step down leads to in a file with this text.
    pub(super) fn step(mut self, text: &str, segment: &Segment) -> Option<Span<'a>> {
        match segment {
            Segment::Index(index) => self.nth(*index),
            Segment::Key(key) => {
                self.find(|span| is_key(text.get(span.key.clone()).unwrap_or_default(), key))
            }
        }
    }
}

impl<'a> Iterator for Below<'a> {
    type Item = Span<'a>;

    fn next(&mut self) -> Option<Span<'a>> {
        let key = self.from.checked_add_signed(self.read()?)?;
        let key = key..key + self.read::<usize>()?;
        let value = key.start.checked_add_signed(self.read()?)?;
        let value = value..value + self.read::<usize>()?;
        let is_table = self.read::<u8>()? == 1;
        let length = self.read()?;
        let (below, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        let below = Below { rest: below, from: key.start };
        Some(Span { key, value, is_table, below })
    }
}

impl Below<'_> {
    fn read<T: VarInt>(&mut self) -> Option<T> {
        let (number, length) = T::decode_var(self.rest)?;
        self.rest = self.rest.get(length..)?;
        Some(number)
    }
}

/// Whether a key as the file has it is `key`: most are bare, and only quoted ones may be written otherwise than they read.
fn is_key(written: &str, key: &str) -> bool {
    written == key
        || written.starts_with(['"', '\''])
            && DeTable::parse(&format!("{written} = 0"))
                .is_ok_and(|table| table.get_ref().keys().any(|read| read.get_ref() == key))
}

fn write_table(table: &DeTable<'_>, from: usize, written: &mut Vec<u8>) {
    for (key, item) in table {
        write(key.span(), item.span(), item.get_ref(), from, written);
    }
}

fn write(key: Range<usize>, at: Range<usize>, value: &DeValue<'_>, from: usize, written: &mut Vec<u8>) {
    // An element of a list stands where its value does.
    let start = if key.is_empty() { at.start } else { key.start };
    number(distance(from, start), written);
    number(key.len(), written);
    number(distance(start, at.start), written);
    number(at.len(), written);
    number(u8::from(value.is_table()), written);
    let mut below = Vec::new();
    match value {
        DeValue::Array(array) => {
            for element in array {
                write(0..0, element.span(), element.get_ref(), start, &mut below);
            }
        }
        DeValue::Table(inner) => write_table(inner, start, &mut below),
        _ => {}
    }
    number(below.len(), written);
    written.append(&mut below);
}

/// From one byte of a file to another; a file is never so long that this does not fit.
fn distance(from: usize, to: usize) -> isize {
    to.wrapping_sub(from).cast_signed()
}

fn number(number: impl VarInt, written: &mut Vec<u8>) {
    let mut bytes = [0; 10];
    let length = number.encode_var(&mut bytes);
    written.extend(bytes.iter().take(length));
}
