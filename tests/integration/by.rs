//! Payouts by month, organisation, committee and code, and the budget of the municipality as a whole: the same sums in
//! another order.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{Lund, TODAY, plain, repository, run_in};

/// The last ones are fields of the invented municipality.
const GROUPINGS: [&str; 7] =
    ["organisation", "committee", "code", "ansvar", "konto", "verksamhet", "motpart"];

/// An invented register with all that happens to agreements.
fn granvik() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), &["demo", "granvik", "--agreements", "60", "--seed", "5"]);
    assert_eq!(made.code, 0, "{made:?}");
    folder
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let run = run_in(folder, &[arguments, &["--as-of", "2026-06-30", "--format", "json"]].concat());
    serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{arguments:?}: {run:?}"))
}

fn kronor(value: &Value) -> Decimal {
    value.as_str().map(|text| text.parse().unwrap()).unwrap_or_default()
}

/// What the items of a list come to, by payer and year.
fn sums(list: &Value, figure: &str) -> BTreeMap<(String, String), Decimal> {
    let mut sums = BTreeMap::new();
    for item in list.as_array().unwrap() {
        let key = (item["payer"].as_str().unwrap().to_owned(), item["year"].to_string());
        *sums.entry(key).or_default() += kronor(&item[figure]);
    }
    sums
}

#[test]
fn groups_come_to_the_same_as_the_sums_by_payer_and_year() {
    let folder = granvik();
    let register = folder.path().join("granvik");
    let usual = json(&register, &["payouts"]);
    for by in GROUPINGS {
        let said = json(&register, &["payouts", "--by", by]);
        assert_eq!(said["by"], by);
        assert!(said["groups"].as_array().unwrap().len() > 5, "{by}");
        for figure in ["agreed", "adjustment", "correction", "lapsed", "to_pay", "at_most"] {
            assert_eq!(sums(&said["groups"], figure), sums(&usual["sums"], figure), "{by} {figure}");
        }
    }
}

#[test]
fn months_come_to_what_is_to_be_paid_and_has_been() {
    let folder = granvik();
    let register = folder.path().join("granvik");
    let usual = json(&register, &["payouts"]);
    let said = json(&register, &["payouts", "--by", "month"]);
    let months = said["months"].as_array().unwrap();
    assert!(months.len() > 20);
    let mut found: BTreeMap<String, [Decimal; 3]> = BTreeMap::new();
    for month in months {
        let of_payer = found.entry(month["payer"].as_str().unwrap().to_owned()).or_default();
        let mut of_parts = [Decimal::ZERO; 3];
        for (position, figure) in ["amount", "paid", "left"].iter().enumerate() {
            of_payer[position] += kronor(&month[figure]);
            for part in month["parts"].as_array().unwrap() {
                of_parts[position] += kronor(&part[figure]);
            }
            assert_eq!(of_parts[position], kronor(&month[figure]), "{figure}: {month:#}");
        }
        for part in month["parts"].as_array().unwrap() {
            // What is left stands in the month of its last day.
            let day = part["due"].as_str().or(part["day"].as_str());
            assert!(day.is_none_or(|day| day.starts_with(month["month"].as_str().unwrap())), "{part}");
        }
    }
    let mut expected: BTreeMap<String, [Decimal; 3]> = BTreeMap::new();
    for sum in usual["sums"].as_array().unwrap() {
        let of_payer = expected.entry(sum["payer"].as_str().unwrap().to_owned()).or_default();
        for (position, figure) in ["to_pay", "paid", "left"].iter().enumerate() {
            of_payer[position] += kronor(&sum[figure]);
        }
    }
    assert_eq!(found, expected);
}

/// A column of a CSV report, added up.
fn column(folder: &Path, arguments: &[&str], title: &str) -> Decimal {
    let run = run_in(folder, &[arguments, &["--as-of", TODAY, "--format", "csv-plain"]].concat());
    let mut reader = csv::Reader::from_reader(run.output.as_bytes());
    let position = reader.headers().unwrap().iter().position(|one| one == title);
    let position = position.unwrap_or_else(|| panic!("{title}: {run:?}"));
    let fields = reader.records().map(|record| record.unwrap()[position].to_owned());
    fields.filter_map(|field| field.parse::<Decimal>().ok()).sum()
}

#[test]
fn every_table_comes_to_the_same_to_the_ore() {
    let lund = Lund::copy();
    let folder = lund.folder.path();
    let all = column(folder, &["payouts"], "Att betala (kr)");
    assert!(all > Decimal::from(1_000_000));
    for by in ["organisation", "committee"] {
        assert_eq!(column(folder, &["payouts", "--by", by], "Att betala (kr)"), all, "{by}");
    }
    assert_eq!(column(folder, &["payouts", "--by", "month"], "Belopp (kr)"), all);
    assert_eq!(
        column(folder, &["payouts", "--by", "month"], "Varav betalt (kr)"),
        column(folder, &["payouts"], "Betalt (kr)")
    );
}

#[test]
fn swedish_words_are_understood_and_every_format_has_it() {
    let lund = Lund::copy();
    for (english, swedish) in [("month", "månad"), ("committee", "nämnd")] {
        for format in ["table", "markdown", "csv", "csv-plain", "json"] {
            let run = |by: &str| lund.run(&["payouts", "--by", by, "--as-of", TODAY, "--format", format]);
            let said = run(english);
            assert_eq!(said.code, 0, "{said:?}");
            assert_eq!(said.output, run(swedish).output);
        }
    }
    let wrong = lund.run(&["payouts", "--by", "year"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.errors.contains("month, organisation, committee eller code"), "{wrong:?}");
    assert_eq!(lund.run(&["payouts", "--by", "month", "--explain"]).code, 2);
}

#[test]
fn what_cannot_be_read_is_told_where_the_sums_lack_it() {
    let lund = Lund::copy();
    lund.write("agreements/trasig.toml", "title = ");
    lund.write("records/rsmh-lund-2021.toml", "payment = ");
    for by in ["month", "organisation", "committee"] {
        let run = |format: &str| lund.run(&["payouts", "--by", by, "--as-of", TODAY, "--format", format]);
        let table = run("table");
        assert_eq!(table.code, 1);
        let text = plain(&table.output);
        assert!(text.starts_with("Ofullständigt: 2 filer kan inte läsas."), "{text}");
        assert!(text.contains("Summa, saknar 1 avtal"), "{text}");
        assert!(text.contains("ej känt"), "{text}");
        let csv = run("csv-plain").output;
        assert!(csv.lines().nth(1).unwrap().contains("agreements/trasig.toml"), "{csv}");
        let said: Value = serde_json::from_str(&run("json").output).unwrap();
        let list = if by == "month" { &said["months"] } else { &said["groups"] };
        assert!(list.as_array().unwrap().iter().all(|one| one["incomplete"] == true));
        assert!(list.as_array().unwrap().iter().any(|one| one["paid"].is_null()));
    }
}

#[test]
fn the_whole_municipality_is_the_sum_of_all_budget_lines() {
    let folder = granvik();
    let register = folder.path().join("granvik");
    let said = json(&register, &["budget", "--by", "municipality"]);
    let figures =
        ["budget", "agreed", "decided", "possible", "proposed", "forecast", "deviation", "net", "accrued"];
    let mut by_committee: BTreeMap<(String, String, &str), Decimal> = BTreeMap::new();
    for line in said["years"].as_array().unwrap() {
        for figure in figures {
            let key = (line["year"].to_string(), line["committee"].to_string(), figure);
            *by_committee.entry(key).or_default() += kronor(&line[figure]);
        }
    }
    let mut compared = 0;
    for year in said["whole"].as_array().unwrap() {
        for figure in figures {
            let mut sum = Decimal::ZERO;
            for committee in year["committees"].as_array().unwrap() {
                let key = (year["year"].to_string(), committee["committee"].to_string(), figure);
                assert_eq!(kronor(&committee[figure]), by_committee[&key], "{key:?}");
                sum += by_committee[&key];
                compared += 1;
            }
            assert_eq!(kronor(&year[figure]), sum, "{figure}: {year:#}");
        }
    }
    assert_eq!(compared, by_committee.len());
    assert!(json(&register, &["budget"])["whole"].is_null());
}

#[test]
fn the_whole_municipality_is_shown_in_every_format() {
    let lund = Lund::copy();
    let usual = |format: &str| {
        let run = lund.run(&["budget", "--by", "kommun", "--as-of", TODAY, "--format", format]);
        assert_eq!(run.code, 0, "{run:?}");
        plain(&run.output)
    };
    assert!(usual("table").contains("alla nämnder"), "{}", usual("table"));
    assert!(usual("markdown").contains("alla nämnder"));
    let csv = usual("csv-plain");
    assert!(
        csv.lines().any(|line| line.contains(",kommun,")) && csv.lines().any(|line| line.contains(",nämnd,"))
    );
    let sum = |kind: &str, by: &[&str]| {
        let run = lund.run(&[&["budget", "--as-of", TODAY, "--format", "csv-plain"], by].concat());
        let mut reader = csv::Reader::from_reader(run.output.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let position = |title: &str| heads.iter().position(|one| one == title).unwrap();
        let records = reader.records().map(Result::unwrap).filter(|record| &record[position("Slag")] == kind);
        let fields: Vec<String> =
            records.map(|record| record[position("Förslag/utkast (tkr)")].to_owned()).collect();
        fields.iter().filter_map(|field| field.parse::<Decimal>().ok()).sum::<Decimal>()
    };
    let all = sum("budgetrad", &[]);
    assert!(all > Decimal::from(1_000));
    assert_eq!(sum("kommun", &["--by", "municipality"]), all);
    assert_eq!(sum("nämnd", &["--by", "municipality"]), all);
}

#[test]
fn what_ends_costs_a_year_what_a_new_agreement_like_it_would() {
    let folder = granvik();
    let register = folder.path().join("granvik");
    let said = json(&register, &["budget", "--by", "end", "--from", "2015"]);
    let ending = said["ending"].as_array().unwrap();
    assert!(ending.len() > 20, "{}", ending.len());
    let mut continued: BTreeMap<(String, i64), Decimal> = BTreeMap::new();
    for line in said["years"].as_array().unwrap() {
        for one in line["possible_continuation"].as_array().unwrap() {
            let key = (one["agreement"].as_str().unwrap().to_owned(), line["year"].as_i64().unwrap());
            *continued.entry(key).or_default() += kronor(&one["amount"]);
        }
    }
    let mut compared = 0;
    for one in ending {
        // All of the year after the one in which it ends is continued.
        let Some(last) = one["last_day"].as_str() else { continue };
        let year: i64 = last[..4].parse().unwrap();
        let key = (one["agreement"].as_str().unwrap().to_owned(), year + 1);
        // What ends within a year costs what its last twelve months did; a new agreement is counted by the last year alone, and
        // between the two lies one year's rise.
        if let Some(amount) = continued.remove(&key) {
            let yearly = kronor(&one["yearly_amount"]);
            let apart = if last.ends_with("-12-31") { Decimal::ZERO } else { amount / Decimal::from(5) };
            assert!((yearly - amount).abs() <= apart, "{amount}: {one:#}");
            compared += 1;
        }
        continued.remove(&(key.0, year));
    }
    assert!(compared > 10, "{compared}");
    assert_eq!(continued, BTreeMap::new(), "nothing is continued that does not end");

    let payouts = json(&register, &["payouts"]);
    let terms: BTreeMap<&str, &Value> = payouts["agreements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap(), &one["term"]["last_day"]))
        .collect();
    // What may end on any day has no last day to list.
    for one in ending.iter().filter(|one| !one["last_day"].is_null()) {
        assert_eq!(&&one["last_day"], &terms[one["agreement"].as_str().unwrap()], "{one:#}");
    }
}

#[test]
fn what_ends_is_shown_by_day_with_sums_by_year_in_every_format() {
    let folder = granvik();
    let register = folder.path().join("granvik");
    let run = |arguments: &[&str]| {
        let run =
            run_in(&register, &[&["budget", "--as-of", "2026-06-30", "--by", "slut"], arguments].concat());
        assert!(run.code < 2, "{run:?}");
        plain(&run.output)
    };
    let table = run(&["--from", "2027", "--to", "2028"]);
    assert!(table.contains("Det som slutar · 2027-01-01–2028-12-31"), "{table}");
    assert!(
        table.contains("Summa 2027") && table.contains("Summa 2028") && !table.contains("Summa 2026"),
        "{table}"
    );
    let csv = run(&["--format", "csv-plain", "--from", "2015"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let days: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    // What cannot be read comes first, what has no end last.
    let days: Vec<&String> = days.iter().filter(|day| day.starts_with("20")).collect();
    assert!(days.len() > 20 && days.is_sorted(), "{days:?}");
    assert!(run(&["--from", "2100", "--to", "2101"]).contains("Inget avtal slutar under den tiden."));
    assert!(run(&["--format", "markdown"]).contains("| Sista dag |"));
}

#[test]
fn a_rate_costs_so_much_a_year_before_its_days_are_known() {
    let klovby = repository().join("examples/klovby");
    let run = run_in(&klovby, &["budget", "--as-of", "2024-06-01", "--by", "slut", "--format", "csv-plain"]);
    let line = run.output.lines().find(|line| line.contains("lanken")).unwrap_or_default().to_owned();
    // 50 000 kronor a month.
    assert!(line.contains("600000"), "{run:?}");
}

/// Lund with two fields of its code string, and codes in an agreement.
fn coded() -> Lund {
    let lund = Lund::copy();
    let add = |file: &str, more: &str| lund.write(file, lund.read(file) + more);
    add("iop.toml", "\n[code.ansvar]\ntitle = \"Ansvar\"\nform = [\"0000\"]\n");
    add("iop.toml", "[code.motpart]\ntitle = \"Motpart\"\nvalues = { 851 = \"Föreningar\" }\n");
    add("agreements/rsmh-lund-2021.toml", "\n[code]\nansvar = \"2310\"\nmotpart = \"851\"\n");
    lund
}

#[test]
fn codes_stand_in_tables_csv_json_budget_and_memo() {
    let lund = coded();
    let run = |arguments: &[&str]| {
        let run = lund.run(&[arguments, &["--as-of", TODAY]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        plain(&run.output)
    };
    let csv = run(&["payouts", "--format", "csv-plain"]);
    // A field that is called as another column is told apart from it.
    assert!(csv.lines().next().unwrap().contains(",Ansvar,Motpart (kod),"), "{csv}");
    assert!(csv.contains(",2310,851,"), "{csv}");
    let by = run(&["payouts", "--by", "Ansvar"]);
    assert!(
        by.contains("Utbetalningar per ansvar") && by.contains("2310") && by.contains("Utan ansvar"),
        "{by}"
    );
    let said: Value = serde_json::from_str(&run(&["payouts", "rsmh-lund-2021", "--format", "json"])).unwrap();
    assert_eq!(said["version"], 3);
    let codes = serde_json::json!({ "ansvar": "2310", "motpart": "851" });
    assert!(said["agreements"][0]["payouts"].as_array().unwrap().iter().all(|one| one["codes"] == codes));
    let budget = run(&["budget", "--by", "ansvar"]);
    assert!(budget.contains("per ansvar") && budget.contains("2310"), "{budget}");
    let said: Value = serde_json::from_str(&run(&["budget", "--by", "ansvar", "--format", "json"])).unwrap();
    for figure in ["agreed", "forecast", "outcome", "accrued", "net"] {
        let sum = |list: &str| {
            said[list].as_array().unwrap().iter().map(|one| kronor(&one[figure])).sum::<Decimal>()
        };
        assert_eq!(sum("groups"), sum("years"), "{figure}");
    }
    let csv = run(&["budget", "--format", "csv-plain"]);
    assert!(csv.lines().any(|line| line.contains("rsmh-lund-2021") && line.contains(",2310,851,")), "{csv}");
    lund.run(&["render", "--as-of", TODAY, "--format", "md"]);
    let memo = lund.read("build/rsmh-lund-2021/tjansteskrivelse.md");
    assert!(memo.contains("Kontering: ansvar 2310, motpart 851."), "{memo}");
}

#[test]
fn a_code_is_the_components_else_the_agreements_else_the_lines() {
    let lund = coded();
    lund.change("budget.toml", "[line.iop-social]\n", "[line.iop-social]\ncode = { ansvar = \"9999\" }\n");
    let codes = |lund: &Lund| {
        let run = lund.run(&["payouts", "--as-of", TODAY, "--format", "json"]);
        let said: Value = serde_json::from_str(&run.output).unwrap();
        let agreements = said["agreements"].as_array().unwrap().clone();
        let payouts = agreements.into_iter().flat_map(|one| one["payouts"].as_array().unwrap().clone());
        let all: Vec<(String, Value)> = payouts
            .map(|one| (one["file"].as_str().unwrap().to_owned(), one["codes"]["ansvar"].clone()))
            .collect();
        all
    };
    assert!(
        codes(&lund)
            .iter()
            .all(|(file, code)| { *code == if file.contains("rsmh") { "2310" } else { "9999" } })
    );
}
