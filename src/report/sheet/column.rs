//! Columns as pairs of title and function, and the tables that they make of rows.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::{AT_A_TIME, Cell, Sheet, SheetRow};
use crate::report::missing::Missing;

/// Who reads a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    All,
    /// People in tables: programs find the same in other columns.
    People,
    /// Programs and spreadsheets: in CSV alone.
    Programs,
}

/// Where a column goes in a terminal that is too narrow for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// It stays.
    Key,
    /// It stays while there is room. The higher the number, the sooner it goes below its row.
    Yields(u8),
}

/// A column's title: ours, or what a municipality calls a field of its own.
pub type Title = Cow<'static, str>;

/// What a column is, whatever stands in it.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) title: Title,
    pub(super) audience: Audience,
    pub(super) place: Placement,
    /// Whether its texts fold between words.
    pub(super) folds: bool,
    /// Whether its cells are of several kinds, and numbers among them stand as words do.
    pub(super) is_mixed: bool,
    /// What it says of a file that could not be read.
    pub(super) missing: Option<fn(&Missing) -> Cell>,
}

/// A column: its title, and what it says of a row.
pub struct Column<'a, R> {
    head: Head,
    cell: Box<dyn Fn(&R) -> Cell + Sync + 'a>,
}

impl<'a, R> Column<'a, R> {
    /// A column that everybody sees.
    #[must_use]
    pub fn new(title: impl Into<Title>, cell: impl Fn(&R) -> Cell + Sync + 'a) -> Self {
        let head = Head {
            title: title.into(),
            audience: Audience::All,
            place: Placement::Yields(0),
            folds: true,
            is_mixed: false,
            missing: None,
        };
        Self { head, cell: Box::new(cell) }
    }

    /// For these readers alone.
    #[must_use]
    pub fn only(mut self, audience: Audience) -> Self {
        self.head.audience = audience;
        self
    }

    /// What tells the row from others: it never goes below. An id has no spaces, so it is never folded either.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.head.place = Placement::Key;
        self
    }

    /// Its texts are never folded: ids and days.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.head.folds = false;
        self
    }

    /// Its cells are of several kinds: numbers among them are not set to the right.
    #[must_use]
    pub fn mixed(mut self) -> Self {
        self.head.is_mixed = true;
        self
    }

    /// The reader can do without it beside the others: the higher the number, the sooner it goes below its row where
    /// there is no room.
    #[must_use]
    pub fn yields(mut self, order: u8) -> Self {
        self.head.place = Placement::Yields(order);
        self
    }

    /// What it says of a file that could not be read, in the row of CSV that tells of it.
    #[must_use]
    pub fn missing(mut self, cell: fn(&Missing) -> Cell) -> Self {
        self.head.missing = Some(cell);
        self
    }
}

/// A row with what it is for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line<R> {
    /// One of what the table lists.
    Row(R),
    /// One that sums up others, in the columns that are those of a list. CSV has none of these: there, people sum for
    /// themselves.
    Sum(R, Option<SumOf>),
    /// One that sums up others and is as much a row of the table as they are.
    Head(R, SumOf),
}

/// The rows that a sum is of: those of a list that say the same in some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumOf {
    /// The name of their tables.
    pub list: &'static str,
    /// The columns' titles, with what the rows say there.
    pub same: Vec<(Title, Cell)>,
}

/// A table of rows of one kind.
pub struct Table<'a, R> {
    /// What a workbook calls the sheet that it stands on, with all tables of the same name and columns.
    pub name: &'static str,
    /// What it shows.
    pub heading: String,
    /// The columns. People do not see one that is empty in every row.
    pub columns: Vec<Column<'a, R>>,
    /// The rows.
    pub rows: Vec<Line<R>>,
    /// What the reader must know to read the figures.
    pub notes: Vec<String>,
}

impl<R: Sync> Table<'_, R> {
    /// Each column's function asked of each row.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let row = |line: &Line<R>| {
            let (row, of) = match line {
                Line::Row(row) => (row, None),
                Line::Sum(row, of) => (row, of.clone()),
                Line::Head(row, of) => (row, Some(of.clone())),
            };
            let is_sum = matches!(line, Line::Sum(..));
            SheetRow { is_sum, of: of.map(Box::new), ..SheetRow::of(&self.columns, row) }
        };
        let shared = |lines: &[Line<R>]| {
            let mut rows: Vec<SheetRow> = Vec::with_capacity(lines.len());
            for line in lines {
                let mut row = row(line);
                if let Some(above) = rows.last() {
                    row.share(above);
                }
                rows.push(row);
            }
            rows
        };
        let rows = self.rows.par_chunks(AT_A_TIME).flat_map_iter(shared).collect();
        Sheet::of(self.name, self.heading.clone(), &self.columns, rows, self.notes.clone())
    }
}

impl SheetRow {
    /// Keeps the words that stand in the row above too once for both.
    fn share(&mut self, above: &Self) {
        for (cell, above) in self.cells.iter_mut().zip(&above.cells) {
            if let (Cell::Text(own), Cell::Text(other)) = (cell, above)
                && own == other
            {
                *own = Arc::clone(other);
            }
        }
    }

    /// Each column's function asked of a row, of which nothing else needs to be kept.
    #[must_use]
    pub fn of<R>(columns: &[Column<'_, R>], row: &R) -> Self {
        Self { cells: columns.iter().map(|column| (column.cell)(row)).collect(), is_sum: false, of: None }
    }
}

impl Sheet {
    /// A table of rows that those columns have been asked of.
    #[must_use]
    pub fn of<R>(
        name: &'static str,
        heading: String,
        columns: &[Column<'_, R>],
        rows: Vec<SheetRow>,
        notes: Vec<String>,
    ) -> Self {
        let columns = columns.iter().map(|column| column.head.clone()).collect();
        Self { name, heading, columns, rows, beside: Vec::new(), notes }
    }

    /// The same with rows that only programs see, after the others: people read what they say in the notes.
    #[must_use]
    pub fn beside(self, rows: Vec<SheetRow>) -> Self {
        Self { beside: rows, ..self }
    }
}
