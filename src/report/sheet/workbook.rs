//! Sheets as a workbook of Excel: lists to filter and sort, sums of them as formulas, and what is to be known of both.
//!
//! Tables of the same name are one list, as all are in CSV: with an agreement a sheet there would be a thousand. Sums stand on
//! a sheet of their own, so that nobody sums them up together with what they are sums of.

use std::io::{Error, Write};

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::column::Head;
use super::list::{Formulas, List, Lists, lists};
use super::{AT_MOST, Cell, Column, Line, Missing, Sheet, SheetRow, Table, incomplete, of_missing, tamed};

/// The most rows of a list: a sheet has 2²⁰, and one is for the titles.
pub const MOST_ROWS: usize = 1_048_575;

/// The most letters in a cell.
const MOST_LETTERS: usize = 32_767;

/// The most cells that the formulas of a sheet look through: with more, nobody would wait for them, and the sums are values.
const MOST_LOOKED_AT: usize = 200_000_000;

/// The least and the most letters that a column is wide.
const NARROWEST: usize = 6;
const WIDEST: usize = 60;

/// How many rows the longest list has.
#[must_use]
pub fn rows_of_largest(sheets: &[Sheet], missing: &[Missing]) -> usize {
    lists(sheets, missing).values().map(|list| list.above + list.rows.len()).max().unwrap_or_default()
}

/// Sheets as a workbook that was made on a day, with what they lack first. Nothing of what it writes is kept in memory.
///
/// # Errors
///
/// Those of `out` and of the disk that holds the sheets on their way; that a list is longer than [`MOST_ROWS`].
pub fn write(
    out: impl Write + Send,
    sheets: &[Sheet],
    missing: &[Missing],
    as_of: NaiveDate,
) -> Result<(), Error> {
    let fault = |error| match error {
        XlsxError::IoError(error) => error,
        other => Error::other(other),
    };
    let mut workbook = Workbook::new();
    fill(&mut workbook, sheets, missing, as_of).map_err(fault)?;
    workbook.save_to_writer(out).map_err(fault)
}

fn fill(
    workbook: &mut Workbook,
    sheets: &[Sheet],
    missing: &[Missing],
    as_of: NaiveDate,
) -> Result<(), XlsxError> {
    // Without a day of ours it would be the clock's. Excel has none before its first.
    let made = excel_day(as_of).map_or_else(|| ExcelDateTime::from_ymd(1900, 1, 1), Ok)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let own;
    let sheets = if sheets.is_empty() && !missing.is_empty() {
        own = [of_missing()];
        &own
    } else {
        sheets
    };
    let lists = lists(sheets, missing);
    for (position, list) in lists.values().enumerate() {
        let has_list = !list.rows.is_empty() || list.above > 0 || list.sums.is_empty();
        if has_list {
            let missing = if position == 0 { missing } else { &[] };
            let missing: Vec<SheetRow> = missing.iter().map(|one| row_of_missing(list, one)).collect();
            let rows: Vec<&SheetRow> = missing.iter().chain(list.rows.iter().copied()).collect();
            Page::add(workbook, list.name, &list.heads, &rows)?.put(&rows, |_, _| None)?;
        }
        if !list.sums.is_empty() {
            let name = if has_list { &format!("{}, summor", list.name) } else { list.name };
            put_sums(workbook, name, list, &lists)?;
        }
    }
    let notes = notes(sheets, missing, as_of);
    let heads: Vec<(usize, &Head)> = notes.for_programs().collect();
    let rows: Vec<&SheetRow> = notes.rows.iter().collect();
    Page::add(workbook, notes.name, &heads, &rows)?.put(&rows, |_, _| None)
}

/// The sums of a list, as formulas over the lists that they are of.
fn put_sums(
    workbook: &mut Workbook,
    name: &str,
    list: &List<'_>,
    lists: &Lists<'_>,
) -> Result<(), XlsxError> {
    let is_filled = |index: usize| {
        list.sums.iter().any(|row| row.cells.get(index).is_some_and(|cell| *cell != Cell::Empty))
    };
    let heads: Vec<_> = list.heads.iter().filter(|(index, _)| is_filled(*index)).copied().collect();
    let looked_at = |row: &&SheetRow| {
        let of = row.of.as_ref().and_then(|of| lists.get(of.list));
        of.map_or(0, |of| of.rows.len().saturating_mul(heads.len()))
    };
    let is_bearable = list.sums.iter().map(looked_at).fold(0, usize::saturating_add) <= MOST_LOOKED_AT;
    let mut formulas = Formulas::over(lists);
    Page::add(workbook, name, &heads, &list.sums)?.put(&list.sums, |row, (index, head)| {
        let of = row.of.as_deref().filter(|_| is_bearable)?;
        match row.cells.get(index)? {
            Cell::Number { number, .. } => formulas.of(of, &head.title, *number),
            _ => None,
        }
    })
}

/// What a list says of a file that could not be read.
fn row_of_missing(list: &List<'_>, missing: &Missing) -> SheetRow {
    let width = list.heads.iter().map(|(index, _)| index + 1).max().unwrap_or_default();
    let mut cells = vec![Cell::Empty; width];
    for (index, head) in &list.heads {
        if let (Some(cell), Some(says)) = (cells.get_mut(*index), head.missing) {
            *cell = says(missing);
        }
    }
    SheetRow { cells, is_sum: false, of: None }
}

/// What is to be known of the figures.
fn notes(sheets: &[Sheet], missing: &[Missing], as_of: NaiveDate) -> Sheet {
    type Note<'a> = (&'a str, &'a str, String);
    let made = format!("Räknat per {as_of} med iop {}.", env!("CARGO_PKG_VERSION"));
    let mut rows: Vec<Note<'_>> = vec![("", "", made)];
    if !missing.is_empty() {
        rows.push(("", "", incomplete(missing)));
    }
    rows.extend(missing.iter().map(|one| ("", "", one.told())));
    for sheet in sheets {
        rows.extend(sheet.notes.iter().map(|note| (sheet.name, &*sheet.heading, note.clone())));
    }
    Table {
        name: "Anmärkningar",
        heading: String::new(),
        columns: vec![
            Column::<Note<'_>>::new("Blad", |note| Cell::text(note.0)),
            Column::<Note<'_>>::new("Gäller", |note| Cell::text(note.1)),
            Column::<Note<'_>>::new("Anmärkning", |note| Cell::text(&*note.2)),
        ],
        rows: rows.into_iter().map(Line::Row).collect(),
        notes: Vec::new(),
    }
    .sheet()
}

/// A day as Excel counts; nothing for one that it does not have.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let (year, month, day) =
        (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// The first day of a month as Excel counts.
fn first_of(year: i32, month: u32) -> Option<ExcelDateTime> {
    NaiveDate::from_ymd_opt(year, month, 1).and_then(excel_day)
}

/// A sheet of the workbook.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    columns: Vec<PageColumn<'a>>,
}

/// A column of a sheet, as all its cells are shown.
struct PageColumn<'a> {
    /// Its position in the rows, and what it is.
    of: (usize, &'a Head),
    number: Format,
    at_most: Format,
}

/// The paper, as Excel numbers it.
const A4: u8 = 9;

impl<'a> Page<'a> {
    /// A sheet with titles that stay where they are and columns that are as wide as what `rows` say there.
    fn add(
        workbook: &'a mut Workbook,
        name: &str,
        heads: &[(usize, &'a Head)],
        rows: &[&SheetRow],
    ) -> Result<Self, XlsxError> {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(A4);
        let title = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
        let mut columns = Vec::new();
        for ((index, head), column) in heads.iter().zip(0..) {
            let cells = || rows.iter().filter_map(|row| row.cells.get(*index));
            // Öre in the whole column or in none of it.
            let has_parts =
                cells().any(|cell| matches!(cell, Cell::Number { number, .. } if !number.fract().is_zero()));
            let form = if has_parts { "#,##0.00" } else { "#,##0" };
            let widest = cells().map(width).max().unwrap_or_default();
            // Beside the title there is a button to filter by.
            let widest = widest.max(head.title.chars().count() + 3).clamp(NARROWEST, WIDEST);
            sheet.set_column_width(column, f64::from(u8::try_from(widest + 1).unwrap_or(u8::MAX)))?;
            sheet.write_string_with_format(0, column, &*head.title, &title)?;
            columns.push(PageColumn {
                of: (*index, head),
                number: Format::new().set_num_format(form),
                at_most: Format::new().set_num_format(format!("\"{AT_MOST}\"{form}")),
            });
        }
        let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if let Some(last_column) = columns.len().checked_sub(1) {
            sheet.autofilter(0, 0, last, u16::try_from(last_column).unwrap_or(u16::MAX))?;
        }
        Ok(Self { sheet, columns })
    }

    /// Its rows. Where `formula` has one for a number, the number is what it comes to.
    fn put(
        self,
        rows: &[&SheetRow],
        mut formula: impl FnMut(&SheetRow, (usize, &Head)) -> Option<String>,
    ) -> Result<(), XlsxError> {
        let Self { sheet, columns } = self;
        let [day_form, month_form, year_form] =
            ["yyyy-mm-dd", "yyyy-mm", "0"].map(|form| Format::new().set_num_format(form));
        for (row, at) in rows.iter().zip(1..) {
            for (column, to) in columns.iter().zip(0..) {
                match row.cells.get(column.of.0).unwrap_or(&Cell::Empty) {
                    Cell::Empty => {}
                    cell @ (Cell::Text(_) | Cell::Marked(_) | Cell::Again(_)) => {
                        sheet.write_string(at, to, fitting(cell.words().unwrap_or_default()))?;
                    }
                    cell @ Cell::Day(day) => put_day(sheet, (at, to), cell, excel_day(*day), &day_form)?,
                    cell @ Cell::Month(year, month) => {
                        put_day(sheet, (at, to), cell, first_of(*year, *month), &month_form)?;
                    }
                    Cell::Year(year) => {
                        sheet.write_number_with_format(at, to, *year, &year_form)?;
                    }
                    Cell::Number { is_most, number } => {
                        let form = if *is_most { &column.at_most } else { &column.number };
                        if let Some(formula) = formula(row, column.of) {
                            let formula = Formula::new(formula).set_result(number.normalize().to_string());
                            sheet.write_formula_with_format(at, to, formula, form)?;
                        } else if let Some(number) = number.to_f64() {
                            sheet.write_number_with_format(at, to, number, form)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// A day, or in words one that Excel does not have.
fn put_day(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    day: Option<ExcelDateTime>,
    form: &Format,
) -> Result<(), XlsxError> {
    match day {
        Some(day) => sheet.write_datetime_with_format(row, column, &day, form)?,
        None => sheet.write_string(row, column, cell.read())?,
    };
    Ok(())
}

/// About how many letters wide a cell is.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Text(_) | Cell::Marked(_) | Cell::Again(_) => {
            cell.words().unwrap_or_default().chars().take(WIDEST).count()
        }
        Cell::Day(_) => "2026-11-22".len(),
        Cell::Year(_) => "2026".len(),
        Cell::Month(..) => "2026-11".len(),
        Cell::Number { is_most, number } => {
            let before = if *is_most { AT_MOST.chars().count() } else { 0 };
            before + crate::money::grouped(number.trunc()).chars().count() + ",00".len()
        }
    }
}

/// A text that has room in a cell.
fn fitting(text: &str) -> String {
    let text = tamed(text);
    match text.char_indices().nth(MOST_LETTERS - 1) {
        // Letters beyond the first plane count twice in Excel, and do not matter here.
        Some((cut, _)) if text.chars().count() > MOST_LETTERS => format!("{}…", &text[..cut]),
        _ => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, DataType, Reader, Xlsx};
    use rust_decimal::Decimal;

    use super::super::SumOf;
    use super::*;

    const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

    /// Whose, year, amount.
    type Row = (&'static str, i32, Cell);

    fn number(cents: i64) -> Cell {
        Cell::number(Decimal::new(cents, 2))
    }

    fn sheet(rows: Vec<Line<Row>>) -> Sheet {
        Table {
            name: "Lista",
            heading: "Rubrik".to_owned(),
            columns: vec![
                Column::<Row>::new("Vem", |row| Cell::text(row.0)),
                Column::<Row>::new("Dag", |row| Cell::day(NaiveDate::from_ymd_opt(row.1, 2, 29))),
                Column::<Row>::new("År", |row| Cell::Year(row.1)),
                Column::<Row>::new("Belopp (kr)", |row| row.2.clone()),
            ],
            rows,
            notes: vec!["En anmärkning.".to_owned()],
        }
        .sheet()
    }

    fn bytes(sheets: &[Sheet]) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, sheets, &[], AS_OF).unwrap();
        bytes
    }

    fn read(sheets: &[Sheet]) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes(sheets))).unwrap()
    }

    /// The rows of a sheet as text, without its titles.
    fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        range.rows().skip(1).map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    fn of(same: &[(&'static str, Cell)]) -> SumOf {
        let same = same.iter().map(|(title, cell)| ((*title).into(), cell.clone()));
        SumOf { list: "Lista", same: same.collect() }
    }

    #[test]
    fn days_numbers_and_texts_are_what_they_are_and_no_text_is_a_formula() {
        let texts = ["=1+1", "+1", "-1", "@a", "2024", "\u{1b}[2J", "_x0041_", "två\nrader"];
        let row = |text| Line::Row((text, 2024, number(-12_345)));
        let mut book = read(&[sheet(texts.into_iter().map(row).collect())]);
        let range = book.worksheet_range("Lista").unwrap();
        assert_eq!(range.get_size(), (texts.len() + 1, 4));
        for (row, text) in range.rows().skip(1).zip(texts) {
            assert_eq!(row[0], Data::String(text.replace('\u{1b}', "␛")));
            assert_eq!(row[1].as_date(), NaiveDate::from_ymd_opt(2024, 2, 29));
            assert!(matches!(row[1], Data::DateTime(_)));
            assert_eq!(row[2..], [Data::Float(2024.0), Data::Float(-123.45)]);
        }
        assert!(book.worksheet_formula("Lista").unwrap().used_cells().next().is_none());
    }

    #[test]
    fn a_sum_is_a_formula_only_where_it_is_one_of_what_stands_in_the_list() {
        let list = sheet(vec![
            Line::Row(("a \"b\"", 2024, number(110))),
            Line::Row(("c", 2024, number(220))),
            Line::Row(("a \"b\"", 2025, number(330))),
            Line::Row(("a \"b\"", 2025, Cell::text("ej känt"))),
            Line::Sum(
                ("a \"b\"", 2025, number(330)),
                Some(of(&[("Vem", Cell::text("a \"b\"")), ("År", Cell::Year(2025))])),
            ),
            Line::Sum(("", 2024, number(660)), Some(of(&[]))),
            Line::Sum(("", 2024, number(661)), Some(of(&[]))),
            Line::Sum(("", 2024, number(0)), Some(of(&[("Vem", Cell::text("d"))]))),
            Line::Sum(("", 2024, number(660)), None),
            Line::Sum(("", 2024, Cell::text("ej känt")), Some(of(&[]))),
        ]);
        let mut book = read(&[list]);
        assert_eq!(rows(&mut book, "Lista").len(), 4, "sums are not of the list");
        let formulas = book.worksheet_formula("Lista, summor").unwrap();
        let found: Vec<&str> = formulas.used_cells().map(|(_, _, formula)| &**formula).collect();
        assert_eq!(
            found,
            [
                "SUMPRODUCT(1*(Lista!$A$2:$A$5=\"a \"\"b\"\"\")*(Lista!$C$2:$C$5=2025),Lista!$D$2:$D$5)",
                "SUM(Lista!$D$2:$D$5)"
            ]
        );
        let shown: Vec<String> =
            rows(&mut book, "Lista, summor").into_iter().map(|row| row[3].clone()).collect();
        assert_eq!(shown, ["3.3", "6.6", "6.61", "0", "6.6", "ej känt"]);
    }

    #[test]
    fn what_a_formula_would_take_for_the_same_is_never_summed_up_as_something_else() {
        let list = sheet(vec![
            Line::Row(("Ö", 2024, number(100))),
            Line::Row(("ö", 2024, number(200))),
            Line::Sum(("Ö", 2024, number(100)), Some(of(&[("Vem", Cell::text("Ö"))]))),
        ]);
        let formulas = read(&[list]).worksheet_formula("Lista, summor").unwrap();
        assert!(formulas.used_cells().next().is_none(), "to Excel both are the same word");
    }

    #[test]
    fn sums_that_nobody_would_wait_for_are_values() {
        let row = |year: i32| Line::Row(("a", year, number(100)));
        let sum = |year: i32| Line::Sum(("a", year, number(100)), Some(of(&[("År", Cell::Year(year))])));
        let of_each = |count: i32| (0..count).map(row).chain((0..count).map(sum)).collect();
        let count = |count| {
            let formulas = read(&[sheet(of_each(count))]).worksheet_formula("Lista, summor").unwrap();
            formulas.used_cells().count()
        };
        assert_eq!(count(10), 10);
        assert_eq!(count(8000), 0);
    }

    #[test]
    fn a_text_that_has_no_room_in_a_cell_is_cut() {
        let long: &'static str = Box::leak("ö".repeat(MOST_LETTERS + 1).into_boxed_str());
        let mut book = read(&[sheet(vec![Line::Row((long, 2024, Cell::Empty))])]);
        let shown = &rows(&mut book, "Lista")[0][0];
        assert!(shown.ends_with('…') && shown.chars().count() == MOST_LETTERS);
    }

    #[test]
    fn notes_stand_on_a_sheet_of_their_own_and_nothing_to_show_is_a_workbook_too() {
        let mut book = read(&[sheet(Vec::new())]);
        assert_eq!(book.sheet_names(), ["Lista", "Anmärkningar"]);
        assert_eq!(rows(&mut book, "Anmärkningar")[1], ["Lista", "Rubrik", "En anmärkning."]);
        assert_eq!(read(&[]).sheet_names(), ["Anmärkningar"]);
    }

    #[test]
    fn the_same_day_gives_the_same_bytes() {
        let list = || sheet(vec![Line::Row(("a", 2024, number(100)))]);
        assert!(bytes(&[list()]) == bytes(&[list()]));
    }
}
