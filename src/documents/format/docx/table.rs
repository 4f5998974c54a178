//! Tables: heads that come again on each page, whole rows, and columns as wide as what they hold.

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

use super::piece::Inline;
use super::style::Style;
use super::styles::Percent;
use super::writer::{Shape, Within, Writer};
use crate::documents::page::columns::{self, Letters};

/// Word has no tables with more columns.
pub(super) const MOST_COLUMNS: usize = 63;

/// Tables up to this height, in lines of text, are not torn apart where a page can hold them.
const MOST_KEPT: usize = 40;

/// The room at both sides of a cell's text, in twentieths of a point, and a little for letters that are wider than ours.
const SIDES: u32 = 2 * 85 + 30;

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
        let needs = columns::needs(node, alignments.len(), SIDES, &Estimate(self.styles.letters));
        let total = self.width.saturating_sub(within.indent);
        let widths = columns::widths(&needs, total);
        let is_small = columns::height(node, &widths) <= MOST_KEPT;
        self.start_table(&widths, within.indent, Some(Style::Table));
        let last = rows.len().saturating_sub(1);
        for (place, row) in rows.iter().enumerate() {
            self.start_row(row.is_head);
            for (((cell, width), need), alignment) in
                row.cells.iter().zip(&widths).zip(&needs).zip(alignments)
            {
                self.start_cell(*width);
                let shape = Shape {
                    style: if row.is_head { Style::TableHead } else { Style::TableText },
                    keeps: within.keeps || (place < last && (is_small || place < 2)),
                    side: side(*alignment),
                    divides: *width < need.whole,
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

    /// A cell that takes the room of several.
    pub(super) fn start_wide_cell(&mut self, width: u32, columns: usize) {
        self.is_after_table = false;
        self.xml.start("w:tc", &[]);
        self.xml.start("w:tcPr", &[]);
        self.xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        self.xml.value("w:gridSpan", &columns.to_string());
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

/// The letters of a template, or ours.
struct Estimate(Percent);

impl Letters for Estimate {
    fn width(&self, letter: char, is_strong: bool) -> u32 {
        let width = width(letter) * self.0.0 / 100;
        if is_strong { width + width / 12 } else { width }
    }
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
