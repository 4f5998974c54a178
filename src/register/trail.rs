//! The way to a value while a tree is gone through.

use crate::key_path::{KeyPath, Segment};

/// The way to a value, without a copy of its keys: hardly any value is reported.
pub(super) enum Trail<'a> {
    /// The file as a whole.
    Root,
    /// A key of the table that the trail before it leads to.
    Key(&'a Trail<'a>, &'a str),
    /// A position in the array that the trail before it leads to.
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    /// The way as a path, for a value that is reported.
    pub(super) fn path(&self) -> KeyPath {
        let mut steps = Vec::new();
        let mut trail = self;
        loop {
            let (above, step) = match trail {
                Trail::Root => break,
                Trail::Key(above, key) => (above, Segment::from(*key)),
                Trail::Index(above, index) => (above, Segment::from(*index)),
            };
            steps.push(step);
            trail = above;
        }
        steps.into_iter().rev().collect()
    }
}
