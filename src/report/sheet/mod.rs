//! Figures in rows and columns, and the formats that show them: the terminal, Excel, Markdown.

mod csv;
mod markdown;
mod table;

use rust_decimal::Decimal;

use crate::money::{Money, grouped};

/// How a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// A table for the terminal.
    Table,
    /// A table in Markdown.
    Markdown,
    /// What Swedish Excel opens: semicolons, decimal comma, UTF-8 with a byte order mark.
    ExcelCsv,
    /// Comma, decimal point, UTF-8 without a mark.
    PlainCsv,
}

/// Rows and columns with a heading above and notes below.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What it shows.
    pub heading: String,
    /// The columns. People do not see one that is empty in every row.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What the reader must know to read the figures.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its title.
    pub title: &'static str,
    /// Who reads it.
    pub audience: Audience,
}

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

impl Column {
    /// A column that everybody sees.
    #[must_use]
    pub const fn new(title: &'static str) -> Self {
        Self { title, audience: Audience::All }
    }

    /// A column for tables alone.
    #[must_use]
    pub const fn people(title: &'static str) -> Self {
        Self { title, audience: Audience::People }
    }

    /// A column for CSV alone.
    #[must_use]
    pub const fn detail(title: &'static str) -> Self {
        Self { title, audience: Audience::Programs }
    }
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Whether it sums up rows above it. CSV has none of these: there, people sum for themselves.
    pub is_sum: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// Words with marks of notes below the sheet, which CSV does not have.
    Marked(String, String),
    /// The same words as in the row above: people see them there.
    Again(String),
    /// A number, with what people read before it.
    Number {
        /// "högst " or nothing.
        before: &'static str,
        /// The number, as exact as it is to be shown.
        number: Decimal,
    },
}

impl Cell {
    /// Words, or nothing where there are none.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// An amount in kronor; nothing where it is not known.
    #[must_use]
    pub fn amount(amount: Option<Money>) -> Self {
        amount.map_or(Self::Empty, |amount| Self::Number { before: "", number: amount.decimal() })
    }

    /// An amount that says nothing where it is 0.
    #[must_use]
    pub fn amount_or_nothing(amount: Option<Money>) -> Self {
        Self::amount(amount.filter(|amount| *amount != Money::ZERO))
    }

    /// What people read.
    fn shown(&self) -> String {
        match self {
            Self::Empty | Self::Again(_) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Marked(text, marks) if marks.is_empty() => text.clone(),
            Self::Marked(text, marks) => format!("{text} {marks}"),
            Self::Number { before, number } => format!("{before}{}", grouped(*number)),
        }
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }
}

impl Sheet {
    /// The positions of the columns that people see.
    fn shown_columns(&self) -> Vec<usize> {
        let is_filled = |index: usize| {
            self.rows.iter().any(|row| row.cells.get(index).is_some_and(|cell| *cell != Cell::Empty))
        };
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(index, column)| column.audience != Audience::Programs && is_filled(*index))
            .map(|(index, _)| index)
            .collect()
    }

    /// Whether a column holds numbers, and is set to the right.
    fn is_numeric(&self, index: usize) -> bool {
        self.rows.iter().filter_map(|row| row.cells.get(index)).any(Cell::is_number)
    }
}

/// Several sheets as one text. In CSV they share the columns of the first.
#[must_use]
pub fn write(sheets: &[Sheet], format: SheetFormat) -> String {
    match format {
        SheetFormat::Table => sheets.iter().map(table::write).collect::<Vec<_>>().join("\n"),
        SheetFormat::Markdown => sheets.iter().map(markdown::write).collect::<Vec<_>>().join("\n"),
        SheetFormat::ExcelCsv => csv::write(sheets, csv::Dialect::Excel),
        SheetFormat::PlainCsv => csv::write(sheets, csv::Dialect::Plain),
    }
}
