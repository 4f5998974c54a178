//! Amounts that stand below each other: öre, and words such as "(preliminärt)", stand to the right of whole kronor.

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

use crate::documents::page::columns::Letters;

/// How wide what stands after the whole numbers of a table is, in twentieths of a point.
pub(super) struct Tails {
    /// The widest of each column.
    widest: Vec<u32>,
    /// The widest whole number of each column, together with the widest that stands after one.
    pub(super) needs: Vec<u32>,
}

/// A cell with an amount.
struct Amount {
    /// How wide its whole number is.
    whole: u32,
    /// How wide what stands after it is.
    tail: u32,
}

/// What is longer than this, in letters, is no addition to an amount.
const LONGEST: usize = 16;

impl Tails {
    pub(super) fn of<'a>(
        table: &'a AstNode<'a>,
        alignments: &[TableAlignment],
        letters: &impl Letters,
    ) -> Self {
        let mut wholes = vec![0; alignments.len()];
        let mut widest = vec![0; alignments.len()];
        for row in table.children().filter(|row| matches!(row.data().value, NodeValue::TableRow(false))) {
            for (place, cell) in row.children().enumerate() {
                let is_right = alignments.get(place) == Some(&TableAlignment::Right);
                if let Some(amount) = amount(cell, letters).filter(|_| is_right) {
                    wholes[place] = amount.whole.max(wholes[place]);
                    widest[place] = amount.tail.max(widest[place]);
                }
            }
        }
        let needs = wholes.iter().zip(&widest).map(|(whole, tail)| whole + tail).collect();
        Self { widest, needs }
    }

    /// The room that a cell of this column needs after its amount.
    pub(super) fn room_after<'a>(&self, cell: &'a AstNode<'a>, place: usize, letters: &impl Letters) -> u32 {
        let widest = self.widest.get(place).copied().unwrap_or_default();
        if widest == 0 {
            return 0;
        }
        amount(cell, letters).map_or(0, |amount| widest.saturating_sub(amount.tail))
    }
}

/// The amount that a cell begins with.
fn amount<'a>(cell: &'a AstNode<'a>, letters: &impl Letters) -> Option<Amount> {
    let (mut whole, mut tail, mut length) = (0, 0, 0);
    let (mut is_tail, mut has_digit) = (false, false);
    for node in cell.descendants() {
        let NodeValue::Text(text) = &node.data().value else { continue };
        let is_strong = node.ancestors().any(|node| matches!(node.data().value, NodeValue::Strong));
        for letter in text.chars() {
            let is_of_whole =
                letter.is_ascii_digit() || letter == crate::text::NBSP || matches!(letter, '-' | '−' | ' ');
            is_tail |= !is_of_whole || (letter == ' ' && has_digit);
            has_digit |= letter.is_ascii_digit();
            if is_tail {
                // The same words are as wide in a bold sum: all end at the edge.
                tail += letters.width(letter, false);
                length += 1;
            } else {
                whole += letters.width(letter, is_strong);
            }
        }
    }
    (has_digit && whole > 0 && length <= LONGEST).then_some(Amount { whole, tail })
}
