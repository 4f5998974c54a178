//! Figures in rows and columns, and the formats that show them: the terminal, Markdown, CSV, and workbooks of Excel.

mod column;
mod csv;
mod layout;
mod list;
mod markdown;
mod table;
mod workbook;

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use column::{Audience, Column, Line, Placement, SumOf, Table, Title};
pub use workbook::{MOST_ROWS, rows_of_largest, write as write_workbook};

use super::missing::Missing;
use crate::money::{Money, grouped};
use crate::text::picture_of;
use column::Head;

/// How a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// A table for a terminal that is so many columns wide; without a width no line is folded.
    Table {
        /// The width.
        width: Option<usize>,
    },
    /// A table in Markdown.
    Markdown,
    /// What Swedish Excel opens: semicolons, decimal comma, UTF-8 with a byte order mark.
    ExcelCsv,
    /// Comma, decimal point, UTF-8 without a mark.
    PlainCsv,
}

/// A [`Table`] whatever its rows are: all that the formats need.
#[derive(Debug, Clone)]
pub struct Sheet {
    name: &'static str,
    heading: String,
    columns: Vec<Head>,
    rows: Vec<SheetRow>,
    /// Rows that programs see after those: people read what they say in the notes.
    beside: Vec<SheetRow>,
    notes: Vec<String>,
}

/// One cell for each column.
#[derive(Debug, Clone)]
pub struct SheetRow {
    cells: Vec<Cell>,
    is_sum: bool,
    /// The rows that it sums up, where it does; of one that is told apart from others as a sum, not always known.
    of: Option<Box<SumOf>>,
}

/// What stands in a cell. There are as many as the largest sheet has: each is as small as it can be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, which rows below share.
    Text(Arc<str>),
    /// Words with marks of notes below the sheet, which CSV does not have.
    Marked(Box<Marked>),
    /// The same words as in the row above: people see them there.
    Again(Arc<str>),
    /// A day.
    Day(NaiveDate),
    /// A year.
    Year(i32),
    /// A month of a year (1–12).
    Month(i32, u32),
    /// A number.
    Number {
        /// Whether it is the most that it can be.
        is_most: bool,
        /// The number, as exact as it is to be shown.
        number: Decimal,
    },
}

/// Words with marks of notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    text: Box<str>,
    marks: Box<str>,
}

/// What people read before a number that is the most that it can be.
const AT_MOST: &str = "högst ";

impl Cell {
    /// Words, or nothing where there are none.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    /// A day, or nothing.
    #[must_use]
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A year, or nothing.
    #[must_use]
    pub fn year(year: Option<i32>) -> Self {
        year.map_or(Self::Empty, Self::Year)
    }

    /// What stands there as it is shown, or nothing: an id, a period.
    #[must_use]
    pub fn shown(what: Option<impl ToString>) -> Self {
        what.map_or(Self::Empty, |what| Self::text(what.to_string()))
    }

    /// A number without anything before it.
    #[must_use]
    pub fn number(number: impl Into<Decimal>) -> Self {
        Self::Number { is_most: false, number: number.into() }
    }

    /// The most that an amount in kronor can be.
    #[must_use]
    pub fn most(amount: Money) -> Self {
        Self::Number { is_most: true, number: amount.decimal() }
    }

    /// Words with marks of notes below the sheet.
    #[must_use]
    pub fn marked(text: &str, marks: &str) -> Self {
        Self::Marked(Box::new(Marked { text: text.into(), marks: marks.into() }))
    }

    /// Its words, without marks.
    fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Again(text) => Some(text),
            Self::Marked(marked) => Some(&marked.text),
            Self::Empty | Self::Day(_) | Self::Year(_) | Self::Month(..) | Self::Number { .. } => None,
        }
    }

    /// An amount in kronor; nothing where it is not known.
    #[must_use]
    pub fn amount(amount: Option<Money>) -> Self {
        amount.map_or(Self::Empty, |amount| Self::number(amount.decimal()))
    }

    /// An amount that says nothing where it is 0.
    #[must_use]
    pub fn amount_or_nothing(amount: Option<Money>) -> Self {
        Self::amount(amount.filter(|amount| *amount != Money::ZERO))
    }

    /// What people read.
    fn read(&self) -> String {
        match self {
            Self::Empty | Self::Again(_) => String::new(),
            Self::Text(text) => text.to_string(),
            Self::Marked(marked) if marked.marks.is_empty() => marked.text.to_string(),
            Self::Marked(marked) => format!("{} {}", marked.text, marked.marks),
            Self::Day(day) => day.to_string(),
            Self::Year(year) => year.to_string(),
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Number { is_most, number } => {
                format!("{}{}", if *is_most { AT_MOST } else { "" }, grouped(*number))
            }
        }
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }
}

/// A column that people see.
#[derive(Debug, Clone, Copy)]
struct Shown<'a> {
    /// Its position in the rows.
    index: usize,
    head: &'a Head,
    /// Whether it holds numbers, and is set to the right.
    is_numeric: bool,
}

impl Sheet {
    /// Whether people have nothing to read in it: only CSV then shows that it has columns.
    fn is_blank(&self) -> bool {
        self.heading.is_empty() && self.rows.is_empty() && self.notes.is_empty()
    }

    /// The columns that are not for people alone.
    fn for_programs(&self) -> impl Iterator<Item = (usize, &Head)> {
        self.columns.iter().enumerate().filter(|(_, head)| head.audience != Audience::People)
    }

    /// Where columns of these titles stand in its rows: what several sheets share is told by its title.
    fn positions(&self, heads: &[&Head]) -> Vec<Option<usize>> {
        let at = |head: &&Head| self.for_programs().find(|(_, own)| own.title == head.title);
        heads.iter().map(|head| at(head).map(|(index, _)| index)).collect()
    }

    /// The columns that people see.
    fn shown(&self) -> Vec<Shown<'_>> {
        let mut filled = vec![false; self.columns.len()];
        let mut numeric = vec![false; self.columns.len()];
        for row in &self.rows {
            for ((cell, filled), numeric) in row.cells.iter().zip(&mut filled).zip(&mut numeric) {
                *filled |= *cell != Cell::Empty;
                *numeric |= cell.is_number();
            }
        }
        let flags = filled.into_iter().zip(numeric);
        let columns = self.columns.iter().enumerate().zip(flags);
        columns
            .filter(|((_, head), (is_filled, _))| *is_filled && head.audience != Audience::Programs)
            .map(|((index, head), (_, is_numeric))| Shown {
                index,
                head,
                is_numeric: is_numeric && !head.is_mixed,
            })
            .collect()
    }
}

/// So many rows are made into text at a time.
const AT_A_TIME: usize = 1024;

/// Several sheets as one text, with what they lack first. In CSV they share the columns of the first. The text is given
/// away piece by piece: that of a large register takes more room than the sheets.
///
/// # Errors
///
/// Those of `out`.
pub fn write(out: &mut dyn Write, sheets: &[Sheet], missing: &[Missing], format: SheetFormat) -> fmt::Result {
    match format {
        SheetFormat::Table { width } => table::write(out, sheets, missing, width),
        SheetFormat::Markdown => markdown::write(out, sheets, missing),
        SheetFormat::ExcelCsv => csv::write(out, sheets, missing, csv::Dialect::Excel),
        SheetFormat::PlainCsv => csv::write(out, sheets, missing, csv::Dialect::Plain),
    }
}

/// A text with what would steer a terminal or a program as the picture of itself.
fn tamed(text: &str) -> Cow<'_, str> {
    let is_kept = |letter: char| matches!(letter, '\n' | '\t') || !letter.is_control();
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|letter| if is_kept(letter) { letter } else { picture_of(letter) }).collect()
}

/// A table that says nothing but what is missing.
fn of_missing() -> Sheet {
    let column = |title| Column::<()>::new(title, |()| Cell::Empty);
    let columns = vec![
        column("Fil").missing(|missing| Cell::text(&*missing.file)),
        column("Status").missing(|_| Cell::text(Missing::STATE)),
        column("Grund").missing(|missing| Cell::text(missing.why())),
    ];
    Table { name: "Saknas", heading: String::new(), columns, rows: Vec::new(), notes: Vec::new() }.sheet()
}

/// How a text begins that lacks something.
fn incomplete(missing: &[Missing]) -> String {
    let files = crate::text::count(missing.len(), "fil", "filer");
    format!("Ofullständigt: {files} {}.", Missing::STATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_little_room() {
        // A hundred thousand rows of 26 cells: sixty megabytes.
        assert_eq!(size_of::<Cell>(), 24);
    }
}
