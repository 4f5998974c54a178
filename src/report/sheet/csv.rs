//! Sheets as CSV: for Swedish Excel, and plain for programs.

use std::fmt::{self, Write};

use super::column::Head;
use super::{AT_A_TIME, Cell, Missing, Sheet, SheetRow, of_missing, tamed};

/// Whom the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Semicolons, decimal comma, CRLF, and the mark by which Excel knows UTF-8.
    Excel,
    /// Comma, decimal point, LF.
    Plain,
}

/// All sheets in one table, without sums and notes; first the files that could not be read, a row each.
pub(super) fn write(
    out: &mut dyn Write,
    sheets: &[Sheet],
    missing: &[Missing],
    dialect: Dialect,
) -> fmt::Result {
    // Without a table what is missing is one of its own.
    let own;
    let first = match sheets.first() {
        Some(first) => first,
        None if missing.is_empty() => return Ok(()),
        None => {
            own = of_missing();
            &own
        }
    };
    if dialect == Dialect::Excel {
        out.write_char('\u{feff}')?;
    }
    let heads: Vec<&Head> = first.for_programs().map(|(_, head)| head).collect();
    let titles = heads.iter().map(|head| head.title.to_string()).collect();
    let of_missing = |one: &Missing| {
        let cell = |head: &&Head| head.missing.map(|cell| field(&cell(one), dialect)).unwrap_or_default();
        heads.iter().map(cell).collect::<Vec<_>>()
    };
    out.write_str(&records(std::iter::once(titles).chain(missing.iter().map(of_missing)), dialect))?;
    for sheet in sheets {
        let positions = sheet.positions(&heads);
        let of_row = |row: &SheetRow| {
            let cell = |index: &Option<usize>| index.and_then(|index| row.cells.get(index));
            let field = |index| cell(index).map(|cell| field(cell, dialect)).unwrap_or_default();
            positions.iter().map(field).collect::<Vec<_>>()
        };
        for rows in sheet.rows.chunks(AT_A_TIME).chain(sheet.beside.chunks(AT_A_TIME)) {
            out.write_str(&records(rows.iter().filter(|row| !row.is_sum).map(of_row), dialect))?;
        }
    }
    Ok(())
}

/// Lines of fields.
fn records(records: impl Iterator<Item = Vec<String>>, dialect: Dialect) -> String {
    let (separator, end) = match dialect {
        Dialect::Excel => (b';', csv::Terminator::CRLF),
        Dialect::Plain => (b',', csv::Terminator::Any(b'\n')),
    };
    let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(end).from_writer(Vec::new());
    for record in records {
        // Writing to memory cannot fail.
        _ = writer.write_record(record);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn field(cell: &Cell, dialect: Dialect) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(_) | Cell::Marked(_) | Cell::Again(_) => harmless(cell.words().unwrap_or_default()),
        Cell::Day(day) => day.to_string(),
        Cell::Year(year) => year.to_string(),
        Cell::Month(..) => cell.read(),
        Cell::Number { number, .. } => {
            let number = number.normalize().to_string();
            if dialect == Dialect::Excel { number.replace('.', ",") } else { number }
        }
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it, and what would steer a terminal becomes the
/// picture of itself.
fn harmless(text: &str) -> String {
    let text = tamed(text);
    match text.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '\t') => format!("'{text}"),
        _ if text.starts_with(['\t', '\n']) => format!("'{text}"),
        _ => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::{Column, Line, Table};
    use super::*;

    fn sheet() -> Sheet {
        let row = |text: &'static str, number| (text, number);
        Table {
            name: "Blad",
            heading: "Rubrik".to_owned(),
            columns: vec![
                Column::<(&str, Decimal)>::new("Vad", |row| Cell::text(row.0)),
                Column::<(&str, Decimal)>::new("Belopp", |row| Cell::Number { is_most: true, number: row.1 }),
            ],
            rows: vec![
                Line::Row(row("=1+1", Decimal::new(-12_345_650, 2))),
                Line::Row(row("a;b,\"c\"", Decimal::from(5))),
                Line::Sum(row("Summa", Decimal::ONE), None),
            ],
            notes: vec!["not".to_owned()],
        }
        .sheet()
    }

    fn written(dialect: Dialect) -> String {
        let mut text = String::new();
        write(&mut text, &[sheet()], &[], dialect).unwrap();
        text
    }

    #[test]
    fn excel_reads_it_and_no_text_becomes_a_formula() {
        assert_eq!(
            written(Dialect::Excel),
            "\u{feff}Vad;Belopp\r\n'=1+1;-123456,5\r\n\"a;b,\"\"c\"\"\";5\r\n"
        );
        assert_eq!(written(Dialect::Plain), "Vad,Belopp\n'=1+1,-123456.5\n\"a;b,\"\"c\"\"\",5\n");
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
