//! What every table keeps: its ids and its width; and what every format says of files that cannot be read.

use std::path::{Path, PathBuf};

use crate::common::{Lund, Run, plain, repository, run_in};
use serde_json::Value;

const COMMANDS: [&str; 4] = ["payouts", "budget", "schedule", "followup"];

const AGREEMENT: &str = "agreements/po-skane-2023.toml";
const RECORDS: &str = "records/rsmh-lund-2021.toml";
const BUDGET: &str = "budget.toml";
const SERIES: &str = "indexes/lund-priskompensation.toml";

fn run(folder: &Path, command: &str, arguments: &[&str]) -> Run {
    let all: Vec<&str> = [command, "--as-of", "2024-06-01"].iter().chain(arguments).copied().collect();
    run_in(folder, &all)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// The register of Lund with something wrong in one of its files.
fn with_broken(file: &str) -> Lund {
    let register = Lund::copy();
    register.write(file, "x = [\n");
    register
}

fn records(run: &Run, separator: u8) -> Vec<csv::StringRecord> {
    let text = run.output.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(text.as_bytes());
    // A record of another length than the first is an error.
    reader.records().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_file_that_cannot_be_read_stands_in_every_format_of_every_command() {
    for file in [AGREEMENT, RECORDS, BUDGET, SERIES] {
        let register = with_broken(file);
        for command in COMMANDS {
            let of = |format| run(register.folder.path(), command, &["--format", format]);
            for format in ["table", "markdown"] {
                let told = of(format);
                let above: String = plain(&told.output).chars().take(400).collect();
                assert!(
                    above.contains("Ofullständigt: 1 fil kan inte läsas."),
                    "{command} {format}: {above}"
                );
                assert!(
                    above.replace('\\', "").contains(file) && told.code == 1,
                    "{command} {format}: {above}"
                );
            }
            for (format, separator) in [("csv", b';'), ("csv-plain", b',')] {
                let rows = records(&of(format), separator);
                let told = rows.get(1).unwrap();
                assert!(told.iter().any(|field| field == file), "{command} {format}: {told:?}");
                assert!(told.iter().any(|field| field == "kan inte läsas"), "{command} {format}: {told:?}");
                assert!(told.iter().any(|field| field.contains("Rad 1: ")), "{command} {format}: {told:?}");
            }
            let report = json(&of("json"));
            assert_eq!(report["missing"][0]["file"], file, "{command}");
            assert!(report["missing"][0]["reason"].as_str().unwrap().starts_with("Rad 1: "), "{command}");
        }
    }
}

#[test]
fn what_payouts_show_beside_the_table_tells_of_it_too() {
    let register = with_broken(AGREEMENT);
    register.write(RECORDS, "x = [\n");
    for more in ["--explain", "--readings", "--ended=2022-06-30"] {
        let table = run(register.folder.path(), "payouts", &[more]);
        assert!(table.output.starts_with("Ofullständigt: "), "{more}: {table:?}");
        let rows = records(&run(register.folder.path(), "payouts", &[more, "--format", "csv"]), b';');
        for (row, file) in rows.iter().skip(1).zip([AGREEMENT, RECORDS]) {
            assert!(row.iter().any(|field| field.contains(file)), "{more}: {row:?}");
            assert!(row.iter().any(|field| field == "kan inte läsas"), "{more}: {row:?}");
        }
    }
    // Nothing is open in a register without agreements, and still something is missing.
    register.write("agreements/rsmh-lund-2021.toml", "x = [\n");
    let rows = records(&run(register.folder.path(), "payouts", &["--readings", "--format", "csv"]), b';');
    assert_eq!(rows.len(), 4, "{rows:?}");
}

#[test]
fn a_calendar_tells_what_it_lacks() {
    let register = with_broken(AGREEMENT);
    let calendar = run(register.folder.path(), "schedule", &["--format", "ics"]).output.replace("\r\n ", "");
    assert!(calendar.contains("agreements/po-skane-2023.toml kan inte läsas"), "{calendar}");
}

#[test]
fn nothing_is_missing_from_a_register_that_can_be_read() {
    for command in COMMANDS {
        let of = |format| run(&repository(), command, &["--format", format]);
        assert_eq!(json(&of("json"))["missing"], Value::Array(Vec::new()), "{command}");
        assert!(!of("table").output.contains("Ofullständigt"), "{command}");
        assert!(!of("csv").output.contains("kan inte läsas"), "{command}");
    }
}

#[test]
fn a_sum_that_lacks_an_agreement_says_so() {
    let register = with_broken(AGREEMENT);
    let payouts = run(register.folder.path(), "payouts", &[]);
    assert!(plain(&payouts.output).contains("Summa, saknar 1 avtal"), "{payouts:?}");
    let budget = json(&run(register.folder.path(), "budget", &["--format", "json"]));
    assert!(budget["years"].as_array().unwrap().iter().all(|year| year["incomplete"] == true), "{budget:#}");
    let table = run(register.folder.path(), "budget", &[]);
    assert!(table.output.contains("ofullständigt"), "{table:?}");
    // Who asks for the other agreement alone has asked for nothing that is lacking.
    let one = run(register.folder.path(), "payouts", &["rsmh-lund-2021"]);
    assert!(one.code == 0 && !one.output.contains("Ofullständigt"), "{one:?}");
}

#[test]
fn a_register_of_which_no_agreement_can_be_read_still_says_which() {
    let register = with_broken(AGREEMENT);
    register.write("agreements/rsmh-lund-2021.toml", "x = [\n");
    for command in COMMANDS {
        let rows = records(&run(register.folder.path(), command, &["--format", "csv"]), b';');
        let files: Vec<&str> =
            rows.iter().flatten().filter(|field| field.starts_with("agreements/")).collect();
        assert_eq!(files, [AGREEMENT, "agreements/rsmh-lund-2021.toml"], "{command}");
    }
}

#[test]
fn what_is_paid_is_not_known_where_the_records_cannot_be_read() {
    let register = with_broken(RECORDS);
    let payouts = json(&run(register.folder.path(), "payouts", &["--format", "json"]));
    let of = |id| payouts["agreements"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
    for payout in of("rsmh-lund-2021")["payouts"].as_array().unwrap() {
        assert_eq!((&payout["paid"], &payout["left"]), (&Value::Null, &Value::Null), "{payout:#}");
        assert!(payout["certainty"].as_array().unwrap().contains(&"preliminary".into()), "{payout:#}");
    }
    assert_eq!(of("po-skane-2023")["payouts"][0]["paid"], "0");
    let budget = json(&run(register.folder.path(), "budget", &["--format", "json"]));
    assert_eq!(budget["years"][0]["outcome"], Value::Null);
    for command in ["payouts", "budget"] {
        let table = run(register.folder.path(), command, &[]);
        assert!(table.output.contains("ej känt"), "{table:?}");
    }
}

#[test]
fn frames_that_cannot_be_read_are_not_taken_for_none() {
    let register = with_broken(BUDGET);
    let table = run(register.folder.path(), "budget", &[]);
    let line = table.output.lines().find(|line| line.contains("2021") && !line.starts_with('–')).unwrap();
    assert!(line.contains("kan inte läsas"), "{table:?}");
}

#[test]
fn every_row_tells_status_organisation_and_how_firm_it_is() {
    for command in COMMANDS {
        let rows = records(&run(&repository(), command, &["--format", "csv-plain"]), b',');
        let (titles, rows) = rows.split_first().unwrap();
        let at = |title: &str| titles.iter().position(|one| one == title);
        let status = at("Avtalets status").or(at("Status")).unwrap();
        let (organisation, certainty) = (at("Organisation").unwrap(), at("Säkerhet").unwrap());
        assert!(!rows.is_empty(), "{command}");
        for row in rows {
            let is_line = row.iter().any(|field| field == "budgetrad");
            assert!(!row[status].is_empty() && !row[certainty].is_empty(), "{command}: {row:?}");
            assert!(is_line || !row[organisation].is_empty(), "{command}: {row:?}");
        }
        for title in titles {
            let amount = ["Avtalat", "Att betala", "Betalt", "Kvar", "Budget", "Prognos", "Netto", "Utfall"];
            let is_bare = amount.contains(&title);
            assert!(!is_bare, "{command}: {title} has no unit");
        }
    }
}

/// The registers that come with the project, and an invented one.
fn registers(demo: &Path) -> Vec<PathBuf> {
    let made = run_in(demo, &["demo", "d", "--agreements", "20"]);
    assert_eq!(made.code, 0, "{made:?}");
    let examples = ["adala", "bergsjo", "havsnas"].map(|name| repository().join("examples").join(name));
    [repository(), demo.join("d")].into_iter().chain(examples).collect()
}

#[test]
fn no_line_is_broken_and_no_id_is_lost_at_any_width() {
    let folder = tempfile::tempdir().unwrap();
    for register in registers(folder.path()) {
        for command in COMMANDS {
            let more: &[&str] = match command {
                "followup" => &["--all"],
                "schedule" => &["--from", "2000-01-01"],
                _ => &[],
            };
            let report = json(&run(&register, command, &[more, &["--format", "json"]].concat()));
            let ids = ids(&report);
            for width in ["80", "120", "200"] {
                let table = run(&register, command, &[more, &["--width", width]].concat()).output;
                let columns: usize = width.parse().unwrap();
                for line in table.lines() {
                    let is_one_word = !line.trim().contains(' ');
                    assert!(line.chars().count() <= columns || is_one_word, "{command} {width}: {line}");
                }
                let lost: Vec<&String> = ids.iter().filter(|id| !table.contains(*id)).collect();
                assert!(lost.is_empty(), "{command} {width} {}: {lost:?}", register.display());
            }
        }
    }
}

/// All ids of payouts, dates and agreements that a report holds.
fn ids(report: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![report];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    match value {
                        Value::String(text) if key == "id" => found.push(text.clone()),
                        value => left.push(value),
                    }
                }
            }
            Value::Array(list) => left.extend(list),
            _ => {}
        }
    }
    found
}
