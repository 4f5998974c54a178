//! Tables: heads that come again on each page, whole rows, and columns as wide as what they hold.

use std::cmp::Reverse;

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

use super::inline;
use super::piece::{Inline, Piece};
use super::style::Style;
use super::styles::Percent;
use super::writer::{Shape, Within, Writer};

/// Word has no tables with more columns.
pub(super) const MOST_COLUMNS: usize = 63;

/// Tables up to this height, in lines of text, are not torn apart where a page can hold them.
const MOST_KEPT: usize = 40;

/// The room at both sides of a cell's text, in twentieths of a point, and a little for letters that are wider than ours.
const SIDES: u32 = 2 * 85 + 30;

/// What a column needs, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Need {
    /// So that no word is broken.
    pub(super) least: u32,
    /// So that no line is broken.
    pub(super) most: u32,
}

struct Row {
    is_head: bool,
    cells: Vec<Vec<Inline>>,
}

impl<'a> Writer<'a, '_> {
    /// A table of facts.
    pub(super) fn table(&mut self, node: &'a AstNode<'a>, alignments: &[TableAlignment], within: Within) {
        self.gap();
        let rows: Vec<Row> = node
            .children()
            .map(|row| Row {
                is_head: matches!(row.data().value, NodeValue::TableRow(true)),
                cells: row.children().map(|cell| self.pieces(cell)).collect(),
            })
            .collect();
        let needs = needs(&rows, alignments.len(), self.styles.letters);
        let total = self.width.saturating_sub(within.indent);
        let widths = widths(&needs, total);
        let is_small = height(&rows, &widths) <= MOST_KEPT;
        self.start_table(&widths, within.indent, Some(Style::Table));
        let last = rows.len().saturating_sub(1);
        for (place, row) in rows.iter().enumerate() {
            self.start_row(row.is_head);
            for ((cell, width), alignment) in row.cells.iter().zip(&widths).zip(alignments) {
                self.start_cell(*width);
                let shape = Shape {
                    style: if row.is_head { Style::TableHead } else { Style::TableText },
                    keeps: place < last && (is_small || place < 2),
                    side: side(*alignment),
                    ..Shape::default()
                };
                self.paragraph(&shape, cell);
                self.xml.end();
            }
            self.xml.end();
        }
        self.end_table();
    }

    /// Begins a table with columns of these widths. One without a style is there for the layout alone.
    pub(super) fn start_table(&mut self, widths: &[u32], indent: u32, style: Option<Style>) {
        self.is_after_table = false;
        self.xml.start("w:tbl", &[]);
        self.xml.start("w:tblPr", &[]);
        if let Some(style) = style {
            self.xml.value("w:tblStyle", self.styles.id(style));
        }
        self.xml.empty("w:tblW", &[("w:w", &widths.iter().sum::<u32>().to_string()), ("w:type", "dxa")]);
        if style.is_none() || indent > 0 {
            self.xml.empty("w:tblInd", &[("w:w", &indent.to_string()), ("w:type", "dxa")]);
        }
        self.xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        if style.is_some() {
            self.xml.raw("<w:tblLook w:val=\"06A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>");
        } else {
            self.xml.raw("<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>");
            self.xml.raw("<w:tblLook w:val=\"0600\" w:firstRow=\"0\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>");
        }
        self.xml.end();
        self.xml.start("w:tblGrid", &[]);
        for width in widths {
            self.xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
        self.xml.end();
    }

    /// Begins a row, which stays on one page.
    pub(super) fn start_row(&mut self, is_head: bool) {
        self.xml.start("w:tr", &[]);
        self.xml.start("w:trPr", &[]);
        self.xml.empty("w:cantSplit", &[]);
        if is_head {
            self.xml.empty("w:tblHeader", &[]);
        }
        self.xml.end();
    }

    pub(super) fn start_cell(&mut self, width: u32) {
        self.is_after_table = false;
        self.xml.start("w:tc", &[]);
        self.xml.start("w:tcPr", &[]);
        self.xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        self.xml.end();
    }

    pub(super) fn end_table(&mut self) {
        self.xml.end();
        self.is_after_table = true;
    }
}

fn side(alignment: TableAlignment) -> Option<&'static str> {
    match alignment {
        TableAlignment::Right => Some("right"),
        TableAlignment::Center => Some("center"),
        TableAlignment::Left | TableAlignment::None => None,
    }
}

fn needs(rows: &[Row], columns: usize, letters: Percent) -> Vec<Need> {
    let mut needs = vec![Need { least: SIDES + 400, most: SIDES + 400 }; columns];
    for row in rows {
        for (need, cell) in needs.iter_mut().zip(&row.cells) {
            let of = need_of(cell, row.is_head);
            let room = |width: u32| (width.saturating_mul(letters.0) / 100).saturating_add(SIDES);
            need.least = need.least.max(room(of.least));
            need.most = need.most.max(room(of.most));
        }
    }
    needs
}

/// How wide the longest word of a cell is, and its longest line.
fn need_of(cell: &[Inline], is_head: bool) -> Need {
    let mut need = Need::default();
    let (mut word, mut line) = (0_u32, 0_u32);
    for inline in cell {
        let Piece::Text(text) = &inline.piece else {
            word = 0;
            line = if inline.piece == Piece::Break { 0 } else { line + 80 };
            continue;
        };
        for letter in text.chars() {
            let width = width(letter);
            let width = if is_head || inline.look.is_strong { width + width / 12 } else { width };
            word = if letter == ' ' { 0 } else { word.saturating_add(width) };
            line = line.saturating_add(width);
            need.least = need.least.max(word);
            need.most = need.most.max(line);
            // A word may be broken after a hyphen and a dash.
            if matches!(letter, '-' | '–' | '/') {
                word = 0;
            }
        }
    }
    need
}

/// How wide a letter is, in twentieths of a point, in text of ten points.
fn width(letter: char) -> u32 {
    match letter {
        ' ' | '\u{A0}' => 45,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '(' | ')' | '[' | ']' => 62,
        'f' | 't' | 'r' | '-' | '/' => 75,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '—' => 180,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' => 132,
        letter if letter.is_ascii() || letter < '\u{2E80}' => 112,
        _ => 210,
    }
}

/// Divides a width among columns: what each needs so that no word is broken, and the rest so that the fewest lines are
/// broken.
pub(super) fn widths(needs: &[Need], total: u32) -> Vec<u32> {
    let least: u64 = needs.iter().map(|need| u64::from(need.least)).sum();
    let mut widths: Vec<u32> = if least > u64::from(total) {
        let part = |need: &Need| u64::from(total) * u64::from(need.least) / least;
        needs.iter().map(|need| u32::try_from(part(need)).unwrap_or(total).max(1)).collect()
    } else {
        needs.iter().map(|need| need.least).collect()
    };
    let mut rest = total.saturating_sub(widths.iter().sum());
    // The column with the most lines to its highest cell gets the next piece.
    while rest > 0 {
        let piece = rest.min(PIECE);
        let lines = |place: usize| needs[place].most.div_ceil(widths[place].max(1));
        // Among those with as many, the one that lacks least.
        let key = |place: &usize| (lines(*place), Reverse(needs[*place].most.saturating_sub(widths[*place])));
        let next = (0..needs.len()).max_by_key(key).filter(|place| lines(*place) > 1);
        let Some(place) = next else { break };
        widths[place] += piece;
        rest -= piece;
    }
    let all: u64 = widths.iter().map(|width| u64::from(*width)).sum();
    for width in &mut widths {
        *width += u32::try_from(u64::from(rest) * u64::from(*width) / all.max(1)).unwrap_or_default();
    }
    // What is left over by whole numbers.
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total.saturating_sub(used);
    }
    widths
}

/// So much of a width is given at a time.
const PIECE: u32 = 100;

/// About so many lines a table fills.
fn height(rows: &[Row], widths: &[u32]) -> usize {
    let lines = |cell: &Vec<Inline>, width: &u32| {
        let fits = usize::try_from((width / 100).max(1)).unwrap_or(1);
        inline::letters(cell).div_ceil(fits)
    };
    rows.iter()
        .map(|row| {
            1 + row.cells.iter().zip(widths).map(|(cell, width)| lines(cell, width)).max().unwrap_or(0)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_column_of_figures_takes_no_room_from_one_of_words() {
        let wide = [Need { least: 900, most: 20_000 }, Need { least: 1200, most: 1200 }];
        assert_eq!(widths(&wide, 9000), [7800, 1200]);
    }

    proptest! {
        #[test]
        fn columns_fill_the_width_and_none_is_lost(
            needs in proptest::collection::vec((1_u32..30_000, 0_u32..3_000_000), 1..20),
            total in 2_000_u32..20_000,
        ) {
            let needs: Vec<Need> = needs.into_iter().map(|(least, more)| Need { least, most: least + more }).collect();
            let widths = widths(&needs, total);
            prop_assert_eq!(widths.iter().sum::<u32>(), total);
            prop_assert!(widths.iter().all(|width| *width > 0));
        }
    }
}
