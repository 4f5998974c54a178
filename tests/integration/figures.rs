//! `iop payouts` and `iop budget`: what README promises of figures, on the agreements of Lund and on small registers.

use std::fs;
use std::path::Path;

use crate::common::{Run, TODAY, repository, run_in};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn payouts(arguments: &[&str]) -> Run {
    figures("payouts", arguments)
}

fn figures(command: &str, arguments: &[&str]) -> Run {
    let all: Vec<&str> = [command, "--as-of", TODAY].into_iter().chain(arguments.iter().copied()).collect();
    run_in(&repository(), &all)
}

/// Text with ordinary spaces.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// A register with one agreement.
fn register(agreement: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("agreements")).unwrap();
    fs::write(folder.path().join("iop.toml"), "[municipality]\nname = \"Ådala kommun\"\n").unwrap();
    fs::write(folder.path().join("agreements/a.toml"), agreement).unwrap();
    folder
}

fn agreement(more: &str) -> String {
    format!(
        "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nterm = {{ start = 2024-01-01, end = 2025-12-31 }}\n\
         [party.kommun]\nrole = \"public\"\nname = \"Ådala kommun\"\n\
         [party.forening]\nrole = \"civil-society\"\nname = \"=cmd|'/c calc'!A1\"\n{more}"
    )
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Run {
    let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", TODAY]).collect();
    run_in(folder, &all)
}

#[test]
fn the_stated_amounts_of_lund_stand_exactly_and_without_months() {
    let run = payouts(&[]);
    assert_eq!(run.code, 0, "{run:?}");
    let shown = plain(&run.output);
    for line in [
        "2021#1       ej angivet  2021-02-01–2021-12-31       450 000          450 000  obetald  förslag                    450 000",
        "2022#2       ej angivet  2022-01-01–2022-12-31       490 000          490 000  obetald  förslag, preliminärt 1)    490 000",
        "Summa                                              2 860 000        2 860 000           förslag, preliminärt     2 860 000",
        "2024#1       ej angivet  2024-01-01–2024-12-31     3 000 000        3 000 000  obetald  förslag, preliminärt 1)  3 000 000",
    ] {
        assert!(shown.contains(line), "{line}\nis not in\n{shown}");
    }
}

#[test]
fn every_reading_of_what_is_open_is_shown_and_none_is_chosen() {
    let report = json(&payouts(&["rsmh-lund-2021", "--format", "json"]));
    let readings = report["agreements"][0]["readings"].as_array().unwrap();
    let totals: Vec<(&str, &str, &str)> = readings
        .iter()
        .map(|one| {
            (
                one["amounts"].as_str().unwrap(),
                one["method"].as_str().unwrap(),
                one["total"].as_str().unwrap(),
            )
        })
        .collect();
    // 900 000 + 999 600 + 1 030 588, and 900 000 + 999 600 + 1 010 380.
    assert_eq!(
        totals,
        [
            ("after-adjustment", "chained", "2860000"),
            ("before-adjustment", "chained", "2930188"),
            ("before-adjustment", "against-base", "2909980"),
        ]
    );
    assert!(readings[1]["years"][1]["doubts"][0].as_str().unwrap().contains("antaget"));
    let shown = plain(&payouts(&["po-skane-2023", "--readings"]).output);
    assert!(
        shown.contains("3 075 000  förslag, antaget") && shown.contains("Ingen läsning är vald."),
        "{shown}"
    );
}

#[test]
fn json_tells_what_the_figures_rest_on() {
    let report = json(&payouts(&["rsmh-lund-2021", "--format", "json"]));
    assert_eq!(
        (&report["version"], &report["as_of"], &report["tool"]),
        (&3.into(), &TODAY.into(), &"iop".into())
    );
    for input in report["inputs"].as_array().unwrap() {
        let bytes = fs::read(repository().join(input["file"].as_str().unwrap())).unwrap();
        let hash =
            Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(input["sha256"], hash, "{input}");
    }
    let files: Vec<&str> =
        report["inputs"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert!(files.contains(&"agreements/rsmh-lund-2021.toml") && files.contains(&"iop.toml"), "{files:?}");
    let row = &report["agreements"][0]["payouts"][0];
    assert_eq!(
        (&row["id"], &row["path"], &row["to_pay"]),
        (&"2021#1".into(), &"funding.2021".into(), &"450000".into())
    );
    assert_eq!(
        (&row["month"], &row["due"], &row["status"]),
        (&Value::Null, &Value::Null, &"definite".into())
    );
}

#[test]
fn each_step_has_its_source() {
    let folder = register(&agreement(
        "[funding.a]\npayer = \"kommun\"\namount = 500_000\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n\
         [indexation.i]\nflat = \"2,5\"\namounts = \"before-adjustment\"\n",
    ));
    let shown = plain(&in_folder(folder.path(), &["payouts", "--explain"]).output);
    for step in [
        "Avtalat för 2025",
        "500 000 kronor",
        "2,5 procent",
        "500 000 × 1,025",
        "512 500 kronor",
        "a.toml:15 indexation.i",
    ] {
        assert!(shown.contains(step), "{step}\nis not in\n{shown}");
    }
}

#[test]
fn excel_opens_the_file_and_computes_nothing_in_it() {
    let folder = register(&agreement("[funding.a]\npayer = \"kommun\"\namount = \"1000,50\"\n"));
    let run = in_folder(folder.path(), &["payouts", "--format", "csv"]);
    assert!(
        run.output.starts_with("\u{feff}Avtal;Avtalets status;Bindning;Organisation;Utbetalning;"),
        "{run:?}"
    );
    assert!(run.output.contains(";'=cmd|'/c calc'!A1;"), "{run:?}");
    assert!(run.output.contains(";500,25;"), "{run:?}");
    let run = in_folder(folder.path(), &["payouts", "--format", "csv-plain"]);
    assert!(
        run.output.starts_with("Avtal,Avtalets status,Bindning,Organisation,Utbetalning,")
            && run.output.contains(",500.25,"),
        "{run:?}"
    );
}

#[test]
fn a_settled_payout_stays_and_the_difference_is_a_finding() {
    let folder = register(&agreement(
        "[funding.a]\npayer = \"kommun\"\namount = 500_000\n[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n",
    ));
    fs::create_dir(folder.path().join("records")).unwrap();
    let paid = "[payment.a]\ndate = 2024-01-20\namount = 120_000\nvoucher = \"V1\"\n";
    fs::write(folder.path().join("records/a.toml"), paid).unwrap();
    let report = json(&in_folder(folder.path(), &["payouts", "--format", "json"]));
    let rows = report["agreements"][0]["payouts"].as_array().unwrap();
    // 500 000 in four payouts.
    assert_eq!((&rows[0]["to_pay"], &rows[0]["correction"]), (&"120000".into(), &"-5000".into()));
    assert_eq!((&rows[1]["to_pay"], &rows[1]["correction"]), (&"130000".into(), &"5000".into()));
    let findings = json(&in_folder(folder.path(), &["validate", "--format", "json"]));
    let codes: Vec<&str> =
        findings["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"IOP316"), "{codes:?}");
}

#[test]
fn what_is_earned_on_the_last_day_is_shown_without_an_answer_to_the_question_of_law() {
    let shown = plain(&payouts(&["rsmh-lund-2021", "--ended", "2022-06-30"]).output);
    // 181 of 365 days of 2022: 980 000 × 181 ÷ 365 = 485 972,60; six of twelve months: 490 000.
    assert!(
        shown.contains("485 972,60") && shown.contains("490 000") && shown.contains("rättslig fråga"),
        "{shown}"
    );
}

#[test]
fn a_sum_too_large_to_compute_is_a_finding() {
    let folder = register(
        &agreement(
            "[funding.a]\npayer = \"kommun\"\namount = 999_999_999_999\n[indexation.i]\nflat = \"999999\"\n\
             amounts = \"before-adjustment\"\nmethod = \"chained\"\n",
        )
        .replace("end = 2025-12-31", "end = 2045-12-31"),
    );
    let findings = json(&in_folder(folder.path(), &["validate", "--format", "json"]));
    let told = findings["findings"].as_array().unwrap().iter().any(|one| one["code"] == "IOP318");
    assert!(told, "{findings:#}");
    assert_eq!(in_folder(folder.path(), &["payouts"]).code, 0);
    assert_eq!(in_folder(folder.path(), &["budget"]).code, 0);
}

#[test]
fn the_budget_of_lund_has_every_agreement_behind_its_figures() {
    let report = json(&figures("budget", &["--from", "2023", "--to", "2025", "--format", "json"]));
    let years = report["years"].as_array().unwrap();
    let of = |year: i32| years.iter().find(|one| one["year"] == year).unwrap();
    assert_eq!((&of(2023)["budget"], &of(2023)["proposed"]), (&"4200000".into(), &"3980000".into()));
    assert_eq!((&of(2023)["deviation"], &of(2023)["budget_status"]), (&"4200000".into(), &"assumed".into()));
    let behind: Vec<&str> = of(2023)["agreements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["agreement"].as_str().unwrap())
        .collect();
    assert_eq!(behind, ["po-skane-2023", "rsmh-lund-2021"]);
    // Neither agreement is promised in 2025; what one that ends the year before would cost stands apart.
    assert_eq!(of(2025)["agreed"], "0");
    let continued = of(2025)["possible_continuation"].as_array().unwrap();
    assert_eq!(continued.len(), 1);
    let shown = plain(&figures("budget", &["--from", "2023", "--to", "2025"]).output);
    let line = shown.lines().find(|line| line.contains("2023  ") && line.contains("antagen")).unwrap();
    let words: Vec<&str> = line.split("  ").map(str::trim).filter(|word| !word.is_empty()).collect();
    assert_eq!(
        words[1..],
        ["2023", "antagen", "förslag, preliminärt", "4 200", "0", "3 980", "0", "4 200", "0"]
    );
    assert!(shown.contains("Skulle sluta utan avtalad fortsättning (förslag och utkast)"), "{shown}");
}

#[test]
fn what_is_paid_for_several_years_is_borne_by_each_of_them() {
    let folder = register(&agreement(
        "[funding.a]\npayer = \"kommun\"\namount = 731_000\n[payout_plan.p]\nmonths = [1]\n",
    ));
    fs::create_dir(folder.path().join("records")).unwrap();
    fs::write(folder.path().join("records/a.toml"), "[payment.a]\ndate = 2024-01-20\namount = 365_500\n")
        .unwrap();
    let report = json(&in_folder(folder.path(), &["budget", "--format", "json"]));
    // Half of 731 000 for 24 months, of which twelve are in each year.
    let outcomes: Vec<&str> =
        report["years"].as_array().unwrap().iter().map(|year| year["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["182750", "182750"]);
}

#[test]
fn an_agreement_that_has_ended_costs_nothing_more() {
    let text = agreement(
        "[funding.a]\npayer = \"kommun\"\namount = 400_000\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n\
         [payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n",
    );
    let text = text.replace(
        "end = 2025-12-31 }\n[party.kommun]",
        "end = 2025-12-31, ended = 2025-03-31 }\n[party.kommun]",
    );
    let folder = register(&text);
    let report =
        json(&in_folder(folder.path(), &["budget", "--format", "json", "--from", "2025", "--to", "2027"]));
    let year = &report["years"][0];
    // One quarter of 400 000, and 90 of 365 days of it; nothing goes on.
    assert_eq!(
        (year["agreed"].as_str(), year["forecast"].as_str()),
        (Some("400000"), Some("100000")),
        "{year:#}"
    );
    assert_eq!(year["accrued"], "98630.14");
    assert!(!report["years"].to_string().contains("2026"), "{report:#}");
    let shown = plain(&in_folder(folder.path(), &["payouts", "a"]).output);
    assert_eq!(shown.matches("bortfallen").count(), 3, "{shown}");
    assert!(shown.contains("iop payouts a --ended 2025-03-31"), "{shown}");
    let payouts = json(&in_folder(folder.path(), &["payouts", "a", "--format", "json"]));
    assert_eq!(payouts["agreements"][0]["ended"][0]["last_day"], "2025-03-31");
}

#[test]
fn the_memo_has_the_same_readings_as_the_payouts() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    run_in(
        &repository(),
        &["render", "rsmh-lund-2021", "--format", "md", "--as-of", TODAY, "--out", &folder],
    );
    let memo = plain(&fs::read_to_string(out.path().join("rsmh-lund-2021/tjansteskrivelse.md")).unwrap());
    let row = "| **Sammanlagt** | **2 860 000 kronor** | **2 930 188 kronor** | **2 909 980 kronor** |";
    assert!(memo.contains(row), "{memo}");
}

#[test]
fn wrong_usage_and_broken_files_are_told_apart() {
    let run = payouts(&["rsmh-lund-2012"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.errors.contains("Menade du ”rsmh-lund-2021”?"), "{run:?}");
    assert_eq!(figures("budget", &["--from", "2025", "--to", "2024"]).code, 2);
    let folder = register("title = \n");
    let run = in_folder(folder.path(), &["payouts"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.errors.contains("agreements/a.toml kan inte läsas och ingår inte"), "{run:?}");
}
