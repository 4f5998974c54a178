//! Sheets as CSV: for Swedish Excel, and plain for programs.

use super::{Audience, Cell, Sheet};

/// Whom the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Semicolons, decimal comma, CRLF, and the mark by which Excel knows UTF-8.
    Excel,
    /// Comma, decimal point, LF.
    Plain,
}

/// All sheets in one table, without sums and notes.
pub(super) fn write(sheets: &[Sheet], dialect: Dialect) -> String {
    let (separator, end) = match dialect {
        Dialect::Excel => (b';', csv::Terminator::CRLF),
        Dialect::Plain => (b',', csv::Terminator::Any(b'\n')),
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).terminator(end).flexible(true).from_writer(Vec::new());
    let Some(first) = sheets.first() else { return String::new() };
    // Writing to memory cannot fail.
    let is_kept =
        |index: &usize| first.columns.get(*index).is_some_and(|one| one.audience != Audience::People);
    let kept: Vec<usize> = (0..first.columns.len()).filter(is_kept).collect();
    _ = writer
        .write_record(kept.iter().filter_map(|index| first.columns.get(*index)).map(|column| column.title));
    for row in sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| !row.is_sum) {
        _ = writer.write_record(
            kept.iter().filter_map(|index| row.cells.get(*index)).map(|cell| field(cell, dialect)),
        );
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    match dialect {
        Dialect::Excel => format!("\u{feff}{text}"),
        Dialect::Plain => text,
    }
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

/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
fn harmless(text: &str) -> String {
    match text.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ if text.starts_with(['\t', '\r', '\n']) => format!("'{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::{Column, Row, Sheet};
    use super::*;

    fn sheet() -> Sheet {
        let row = |text: &str, number| Row {
            cells: vec![Cell::text(text), Cell::Number { before: "högst ", number }],
            is_sum: false,
        };
        Sheet {
            heading: "Rubrik".to_owned(),
            columns: vec![Column::new("Vad"), Column::new("Belopp")],
            rows: vec![
                row("=1+1", Decimal::new(-12_345_650, 2)),
                row("a;b,\"c\"", Decimal::from(5)),
                Row { is_sum: true, ..row("Summa", Decimal::ONE) },
            ],
            notes: vec!["not".to_owned()],
        }
    }

    #[test]
    fn excel_reads_it_and_no_text_becomes_a_formula() {
        assert_eq!(
            write(&[sheet()], Dialect::Excel),
            "\u{feff}Vad;Belopp\r\n'=1+1;-123456,5\r\n\"a;b,\"\"c\"\"\";5\r\n"
        );
        assert_eq!(write(&[sheet()], Dialect::Plain), "Vad,Belopp\n'=1+1,-123456.5\n\"a;b,\"\"c\"\"\",5\n");
    }

    #[test]
    fn every_beginning_that_a_spreadsheet_computes_is_neutralised() {
        for text in ["=A1", "+1", "-1", "@SUM(A1)", " =A1", "\t=A1", "\r=A1"] {
            assert!(harmless(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(harmless("Föreningen – Öppet hus"), "Föreningen – Öppet hus");
    }
}
