//! Sheets as CSV: for Swedish Excel, and plain for programs.

use super::column::Head;
use super::{Audience, Cell, Column, Missing, Sheet, Table};
use crate::text::picture_of;

/// Whom the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Semicolons, decimal comma, CRLF, and the mark by which Excel knows UTF-8.
    Excel,
    /// Comma, decimal point, LF.
    Plain,
}

/// All sheets in one table, without sums and notes; first the files that could not be read, a row each.
pub(super) fn write(sheets: &[Sheet], missing: &[Missing], dialect: Dialect) -> String {
    let (separator, end) = match dialect {
        Dialect::Excel => (b';', csv::Terminator::CRLF),
        Dialect::Plain => (b',', csv::Terminator::Any(b'\n')),
    };
    let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(end).from_writer(Vec::new());
    // Without a table what is missing is one of its own.
    let own;
    let first = match sheets.first() {
        Some(first) => first,
        None if missing.is_empty() => return String::new(),
        None => {
            own = of_missing();
            &own
        }
    };
    let heads: Vec<&Head> = kept(first).map(|(_, head)| head).collect();
    // Writing to memory cannot fail.
    _ = writer.write_record(heads.iter().map(|head| head.title));
    for one in missing {
        let cell = |head: &&Head| head.missing.map(|cell| field(&cell(one), dialect)).unwrap_or_default();
        _ = writer.write_record(heads.iter().map(cell));
    }
    for sheet in sheets {
        let found = heads.iter().map(|head| kept(sheet).find(|(_, own)| own.title == head.title));
        let positions: Vec<Option<usize>> = found.map(|found| found.map(|(index, _)| index)).collect();
        for row in sheet.rows.iter().filter(|row| !row.is_sum) {
            let cell = |index: &Option<usize>| index.and_then(|index| row.cells.get(index));
            let fields = positions.iter().map(cell);
            _ = writer
                .write_record(fields.map(|cell| cell.map(|cell| field(cell, dialect)).unwrap_or_default()));
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    match dialect {
        Dialect::Excel => format!("\u{feff}{text}"),
        Dialect::Plain => text,
    }
}

/// A table that says nothing but what is missing.
fn of_missing() -> Sheet {
    let column = |title| Column::<()>::new(title, |()| Cell::Empty);
    let columns = vec![
        column("Fil").missing(|missing| Cell::text(&*missing.file)),
        column("Status").missing(|_| Cell::text(Missing::STATE)),
        column("Grund").missing(|missing| Cell::text(missing.why())),
    ];
    Table { heading: String::new(), columns, rows: Vec::new(), notes: Vec::new() }.sheet()
}

/// The columns that are not for people alone, with their positions.
fn kept(sheet: &Sheet) -> impl Iterator<Item = (usize, &Head)> {
    sheet.columns.iter().enumerate().filter(|(_, head)| head.audience != Audience::People)
}

fn field(cell: &Cell, dialect: Dialect) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Marked(text, _) | Cell::Again(text) => harmless(text),
        Cell::Number { number, .. } => {
            let number = number.normalize().to_string();
            if dialect == Dialect::Excel { number.replace('.', ",") } else { number }
        }
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it, and what would steer a terminal becomes the
/// picture of itself.
fn harmless(text: &str) -> String {
    let is_kept = |letter: char| matches!(letter, '\n' | '\t') || !letter.is_control();
    if !text.chars().all(is_kept) {
        let tame = |letter| if is_kept(letter) { letter } else { picture_of(letter) };
        return harmless(&text.chars().map(tame).collect::<String>());
    }
    match text.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '\t') => format!("'{text}"),
        _ if text.starts_with(['\t', '\n']) => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::Line;
    use super::*;

    fn sheet() -> Sheet {
        let row = |text: &'static str, number| (text, number);
        Table {
            heading: "Rubrik".to_owned(),
            columns: vec![
                Column::<(&str, Decimal)>::new("Vad", |row| Cell::text(row.0)),
                Column::<(&str, Decimal)>::new("Belopp", |row| Cell::Number {
                    before: "högst ",
                    number: row.1,
                }),
            ],
            rows: vec![
                Line::Row(row("=1+1", Decimal::new(-12_345_650, 2))),
                Line::Row(row("a;b,\"c\"", Decimal::from(5))),
                Line::Sum(row("Summa", Decimal::ONE)),
            ],
            notes: vec!["not".to_owned()],
        }
        .sheet()
    }

    #[test]
    fn excel_reads_it_and_no_text_becomes_a_formula() {
        assert_eq!(
            write(&[sheet()], &[], Dialect::Excel),
            "\u{feff}Vad;Belopp\r\n'=1+1;-123456,5\r\n\"a;b,\"\"c\"\"\";5\r\n"
        );
        assert_eq!(
            write(&[sheet()], &[], Dialect::Plain),
            "Vad,Belopp\n'=1+1,-123456.5\n\"a;b,\"\"c\"\"\",5\n"
        );
    }

    #[test]
    fn every_beginning_that_a_spreadsheet_computes_is_neutralised() {
        for text in ["=A1", "+1", "-1", "@SUM(A1)", " =A1", "\t=A1", "\n=A1"] {
            assert!(harmless(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(harmless("\r=A1\u{1b}[2J"), "␍=A1␛[2J");
        assert_eq!(harmless("Föreningen – Öppet hus"), "Föreningen – Öppet hus");
    }
}
