//! Tables as rows of a grid: cells that go over several columns and rows stand in each of the rows.

use super::gather::{Found, Gather};
use super::{Cell, Fault, Field};

/// The most columns; more are put together.
const MOST_COLUMNS: u32 = 200;
/// The most rows a cell may go down.
const MOST_ROWS: u32 = 10_000;

/// A cell as a file has it.
#[derive(Debug, Default)]
pub(super) struct RawCell {
    pub(super) text: String,
    /// Over how many columns it goes.
    pub(super) columns: u32,
    /// Over how many rows it goes.
    pub(super) rows: u32,
    /// Whether it goes on a cell of the row above (Word tells it so).
    pub(super) continues: bool,
    /// Whether it is marked as, or looks like, the head of a column.
    pub(super) heads: bool,
}

/// A row as a file has it.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    /// Columns that are left out before the first cell.
    pub(super) before: u32,
    pub(super) cells: Vec<RawCell>,
    /// Whether the file says that it heads the table.
    pub(super) header: bool,
    pub(super) fields: Vec<Field>,
}

/// A cell that goes further down.
struct Open {
    column: u32,
    columns: u32,
    rows: u32,
    text: String,
}

/// Adds a table. One of a single column is a frame around paragraphs.
pub(super) fn add(rows: Vec<RawRow>, gather: &mut Gather) -> Result<(), Fault> {
    if rows.iter().all(|row| row.cells.len() <= 1) {
        for row in rows {
            let mut fields = row.fields;
            for cell in row.cells {
                for line in cell.text.split('\n') {
                    let found = Found {
                        text: line.to_owned(),
                        fields: std::mem::take(&mut fields),
                        ..Found::default()
                    };
                    gather.paragraph(found)?;
                }
            }
        }
        return Ok(());
    }
    let heads = heads(&rows);
    let table = gather.next_table();
    let mut open: Vec<Open> = Vec::new();
    for (row, header) in rows.into_iter().zip(heads) {
        let (cells, next) = placed(row.before, row.cells, open);
        open = next;
        gather.row(table, header, cells, row.fields)?;
    }
    Ok(())
}

/// Which rows head the table: those that say so, else the first ones in which every cell looks like a head; and those that
/// a cell of a head reaches down to.
fn heads(rows: &[RawRow]) -> Vec<bool> {
    let are_marked = rows.iter().any(|row| row.header);
    let mut is_head = true;
    let mut reaches = 0_u32;
    let mut heads = Vec::new();
    for row in rows {
        let mut words =
            row.cells.iter().filter(|cell| !cell.continues && !cell.text.trim().is_empty()).peekable();
        let looks = words.peek().is_some() && words.all(|cell| cell.heads);
        let is_below = reaches > 0 || row.cells.iter().any(|cell| cell.continues);
        is_head &= (is_below && !heads.is_empty()) || if are_marked { row.header } else { looks };
        reaches = reaches.saturating_sub(1);
        if is_head {
            let down = row.cells.iter().map(|cell| cell.rows.saturating_sub(1)).max();
            reaches = reaches.max(down.unwrap_or_default());
        }
        heads.push(is_head);
    }
    // A table that is all heads has none.
    if heads.iter().all(|head| *head) {
        heads.fill(false);
    }
    heads
}

/// The cells of a row in their columns, with those that come down from above, and what goes on down.
fn placed(before: u32, raw: Vec<RawCell>, mut above: Vec<Open>) -> (Vec<Cell>, Vec<Open>) {
    above.sort_by_key(|open| open.column);
    let mut above = above.into_iter().peekable();
    let mut cells: Vec<Cell> = Vec::new();
    let mut next = Vec::new();
    let mut column = before.min(MOST_COLUMNS);
    let mut raw = raw.into_iter().peekable();
    loop {
        let goes_on = raw.peek().is_some_and(|cell| cell.continues);
        while above
            .next_if(|open| open.rows == 0 && (open.column < column || (open.column == column && !goes_on)))
            .is_some()
        {}
        let comes_down = above.peek().is_some_and(|open| open.rows > 0 && open.column <= column);
        if comes_down && !goes_on {
            let Some(open) = above.next() else { break };
            column = column.max(open.column.saturating_add(open.columns));
            cells.push(Cell {
                text: open.text.clone(),
                column: open.column,
                columns: open.columns,
                continued: true,
            });
            next.push(Open { rows: open.rows - 1, ..open });
            continue;
        }
        let Some(cell) = raw.next() else {
            // What comes down to the right of the last cell.
            match above.peek() {
                Some(open) if open.rows > 0 => {
                    column = open.column;
                    continue;
                }
                Some(_) => {
                    above.next();
                    continue;
                }
                None => break,
            }
        };
        let columns = cell.columns.clamp(1, MOST_COLUMNS);
        if column >= MOST_COLUMNS {
            if let Some(last) = cells.last_mut() {
                last.text.push(' ');
                last.text.push_str(&cell.text);
            }
            continue;
        }
        let mut text = cell.text;
        if cell.continues
            && let Some(open) = above.next_if(|open| open.column == column)
        {
            text = open.text;
        }
        // Word says in the row below whether a cell goes on, the others say it in their own row.
        let rows = if cell.continues { 0 } else { cell.rows.clamp(1, MOST_ROWS) - 1 };
        next.push(Open { column, columns, rows, text: text.clone() });
        cells.push(Cell { text, column, columns, continued: cell.continues });
        column = column.saturating_add(columns);
    }
    (cells, next)
}
