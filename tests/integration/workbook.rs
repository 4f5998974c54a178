//! Reports as workbooks of Excel: what CSV says, in types of their own, with sums that are formulas.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::common::{Lund, TODAY, run_in};

type Book = Xlsx<std::io::BufReader<std::fs::File>>;

/// A workbook of a report, and the report as CSV.
fn report(folder: &Path, arguments: &[&str]) -> (Book, Vec<Vec<String>>) {
    let common = [arguments, &["--as-of", TODAY]].concat();
    let run = run_in(folder, &[&common[..], &["--format", "xlsx", "--output", "ut.xlsx"]].concat());
    assert!(run.code < 2, "{run:?}");
    let csv = run_in(folder, &[&common[..], &["--format", "csv-plain"]].concat());
    let csv =
        csv::ReaderBuilder::new().has_headers(false).from_reader(csv.output.as_bytes()).into_records().map(
            |record| record.unwrap().iter().map(|field| field.trim_start_matches('\'').to_owned()).collect(),
        );
    (open_workbook(folder.join("ut.xlsx")).unwrap(), csv.collect())
}

/// A cell as CSV has it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTime(day) => day.as_datetime().unwrap().date().to_string(),
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

fn rows(book: &mut Book, name: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    range.rows().map(<[Data]>::to_vec).collect()
}

fn assert_same(rows: &[Vec<Data>], csv: &[Vec<String>]) {
    assert_eq!(rows.len(), csv.len());
    for (row, fields) in rows.iter().zip(csv) {
        for (cell, field) in row.iter().zip(fields) {
            let is_same = match (cell, field.parse::<f64>()) {
                (Data::Float(here), Ok(there)) => (here - there).abs() < 1e-6,
                _ => shown(cell) == *field,
            };
            assert!(is_same, "{cell:?} is not {field:?}: {fields:?}");
        }
    }
}

#[test]
fn the_lists_say_what_csv_says() {
    let lund = Lund::copy();
    // A file that cannot be read stands first.
    lund.write("agreements/trasig.toml", "title = ");
    for (arguments, list) in [
        (&["payouts"][..], "Utbetalningar"),
        (&["payouts", "--explain"], "Uträkningar"),
        (&["payouts", "--readings"], "Läsningar"),
        (&["payouts", "--ended", "2025-06-30"], "Intjänat"),
        (&["schedule", "--from", "2020-01-01"], "Schema"),
        (&["followup", "--all"], "Uppföljning"),
    ] {
        let (mut book, csv) = report(lund.folder.path(), arguments);
        assert_same(&rows(&mut book, list), &csv);
        let notes = rows(&mut book, "Anmärkningar");
        assert!(notes.iter().any(|row| shown(&row[2]).starts_with("agreements/trasig.toml kan inte läsas")));
    }
}

#[test]
fn the_lines_of_the_budget_are_its_sums() {
    let lund = Lund::copy();
    let (mut book, csv) = report(lund.folder.path(), &["budget"]);
    let kind = csv[0].iter().position(|title| title == "Slag").unwrap();
    let (lines, others): (Vec<_>, Vec<_>) = csv.into_iter().partition(|row| row[kind] == "budgetrad");
    assert_same(&rows(&mut book, "Budget"), &others);
    let sums = rows(&mut book, "Budget, summor");
    assert_eq!(sums.len() - 1, lines.len());
    let position = |title: &str| others[0].iter().position(|one| one == title).unwrap();
    for (row, line) in sums[1..].iter().zip(&lines) {
        for (cell, title) in row.iter().zip(&sums[0]) {
            let field = &line[position(&shown(title))];
            assert!(shown(cell) == *field || shown(cell).parse::<f64>() == field.parse(), "{cell:?} {field}");
        }
    }
}

#[test]
fn sums_are_formulas_that_come_to_what_json_says() {
    let lund = Lund::copy();
    let (mut book, _) = report(lund.folder.path(), &["payouts"]);
    let sums = rows(&mut book, "Summor");
    let formulas = book.worksheet_formula("Summor").unwrap();
    assert!(formulas.used_cells().count() > 10);
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.starts_with("SUM")));
    let json = lund.run(&["payouts", "--as-of", TODAY, "--format", "json"]).output;
    let json: Value = serde_json::from_str(&json).unwrap();
    let known: BTreeMap<(String, String), f64> = json["sums"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sum| {
            let key = (sum["payer"].as_str().unwrap().to_owned(), sum["year"].to_string());
            (key, sum["to_pay"].as_str().unwrap().parse().unwrap())
        })
        .collect();
    let column = sums[0].iter().position(|title| shown(title) == "Att betala (kr)").unwrap();
    // The last is the sum of all.
    for row in &sums[1..sums.len() - 1] {
        let Data::Float(here) = row[column] else { panic!("{row:?}") };
        let there = known[&(shown(&row[0]), shown(&row[1]))];
        assert!((here - there).abs() < 1e-6, "{row:?}: {there}");
    }
    assert_eq!(known.len(), sums.len() - 2);
}

#[test]
fn a_workbook_says_when_it_was_computed_and_is_the_same_every_time() {
    let lund = Lund::copy();
    let bytes = |as_of: &str, output: &str| {
        let run = lund.run(&["budget", "--as-of", as_of, "--format", "xlsx", "--output", output]);
        assert_eq!(run.code, 0, "{run:?}");
        std::fs::read(lund.path(output)).unwrap()
    };
    let first = bytes(TODAY, "a.xlsx");
    assert!(first == bytes(TODAY, "b.xlsx"));
    assert!(first != bytes("2026-11-23", "c.xlsx"));
    let mut book: Book = open_workbook(lund.path("a.xlsx")).unwrap();
    assert!(
        shown(&rows(&mut book, "Anmärkningar")[1][2]).starts_with(&format!("Räknat per {TODAY} med iop "))
    );
}

#[test]
fn a_day_before_excels_calendar_is_no_fault() {
    let lund = Lund::copy();
    let run = lund.run(&["payouts", "--as-of", "1850-01-01", "--format", "xlsx", "--output", "a.xlsx"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_workbook_is_for_a_file_with_its_ending() {
    let lund = Lund::copy();
    for command in ["payouts", "budget", "schedule", "followup"] {
        for (arguments, told) in [
            (&["--format", "xlsx"][..], "Ange vilken med --output"),
            (&["--format", "xlsx", "--output", "a.csv"], "ska filens namn sluta på .xlsx"),
            (&["--format", "csv", "--output", "a.xlsx"], "lägg till --format xlsx"),
            (&["--format", "xlsx", "--output", "agreements/a.xlsx"], "registret har sina egna filer"),
        ] {
            let run = lund.run(&[&[command][..], arguments].concat());
            assert_eq!((run.code, &*run.output), (2, ""), "{command} {arguments:?}: {run:?}");
            assert!(run.errors.contains(told), "{command} {arguments:?}: {run:?}");
        }
    }
    assert!(!lund.path("a.csv").exists() && !lund.path("a.xlsx").exists());
}

#[test]
fn one_agreement_is_a_workbook_with_its_findings_on_a_sheet_of_their_own() {
    let lund = Lund::copy();
    let arguments = ["show", "rsmh-lund-2021", "--format", "xlsx", "--output", "ut.xlsx", "--as-of", TODAY];
    let run = run_in(lund.folder.path(), &arguments);
    assert_eq!(run.code, 0, "{run:?}");
    let mut book: Book = open_workbook(lund.folder.path().join("ut.xlsx")).unwrap();
    assert!(rows(&mut book, "Granskning").len() > 1, "{:?}", book.sheet_names());
}
