//! Tables: columns as wide as what they hold, whole rows, and amounts that stand below each other.

use comrak::nodes::{AstNode, NodeValue, TableAlignment};

use super::amounts::Tails;
use super::code::Writer;
use crate::documents::page::columns::{self, Need};
use crate::documents::page::names_rows;

/// Tables up to this height, in lines of text, are not torn apart.
const MOST_KEPT: usize = 20;

/// Rows up to this height are not. A page has some fifty lines: what is kept whole must always fit, since what is higher
/// than its page loses its end without a word.
const HIGHEST_ROW: usize = 40;

/// The room at both sides of a cell's text, in twentieths of a point, and a little for letters that stand apart.
const SIDES: u32 = 2 * 90 + 20;

impl<'a> Writer<'a, '_> {
    pub(super) fn table(&mut self, node: &'a AstNode<'a>, alignments: &[TableAlignment]) {
        let count = alignments.len().max(1);
        let tails = Tails::of(node, alignments, self.letters);
        let mut needs = columns::needs(node, count, SIDES, self.letters);
        for (need, amounts) in needs.iter_mut().zip(&tails.needs) {
            let widen = |of: u32| of.max(amounts.saturating_add(SIDES));
            *need = Need { divided: widen(need.divided), whole: widen(need.whole), line: widen(need.line) };
        }
        // Columns that need no more than there is are as wide as their lines.
        let lines = needs.iter().fold(0_u32, |sum, need| sum.saturating_add(need.line));
        let fits = lines <= self.width;
        let widths = if fits {
            needs.iter().map(|need| need.line).collect()
        } else {
            columns::widths(&needs, self.width)
        };
        let is_small = columns::height(node, &widths) < MOST_KEPT;
        if is_small {
            self.push("kept(");
        }
        let columns: Vec<String> =
            widths.iter().map(|width| if fits { "auto".to_owned() } else { format!("{width}fr") }).collect();
        let sides: Vec<&str> = alignments.iter().map(|alignment| side(*alignment)).collect();
        self.push(&format!("table(columns: ({},), align: ({},), ", columns.join(", "), sides.join(", ")));
        // A checker takes a table with more heads than facts for one that is torn.
        let rows = node.children().count().saturating_sub(1);
        let names_rows = names_rows(alignments) && rows + count <= rows * (count - 1);
        for row in node.children() {
            let is_header = matches!(row.data().value, NodeValue::TableRow(true));
            let is_whole = columns::row_height(row, &widths) < HIGHEST_ROW;
            if is_header {
                self.push("table.header(");
            }
            for (place, (cell, width)) in row.children().zip(&widths).enumerate() {
                // An empty cell names nothing.
                let is_name = place == 0 && names_rows && !is_header && cell.first_child().is_some();
                self.push(if is_name { "pdf.header-cell(scope: \"row\", " } else { "(" });
                self.push(&format!("table.cell(breakable: {}, ", !is_whole));
                let room = if fits { u32::MAX } else { width.saturating_sub(SIDES) };
                let after = if is_header { 0 } else { tails.room_after(cell, place, self.letters) };
                self.in_cell(room, is_header, |writer| writer.cell(cell, after));
                self.push(")), ");
            }
            if is_header {
                self.push("), ");
            }
        }
        self.push(")");
        if is_small {
            self.push(")");
        }
    }

    /// The text of a cell, with room after it.
    fn cell(&mut self, node: &'a AstNode<'a>, after: u32) {
        self.push("par({\n");
        self.inlines(node);
        if after > 0 {
            self.push(&format!("h({}pt)\n", f64::from(after) / 20.0));
        }
        self.push("})");
    }
}

fn side(alignment: TableAlignment) -> &'static str {
    match alignment {
        TableAlignment::Right => "right",
        TableAlignment::Center => "center",
        TableAlignment::Left | TableAlignment::None => "left",
    }
}
