//! How firm a date is: the schedule says what the payouts say, and what can still change is not called definite.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Case, yearly};
use crate::common::{repository, run_in};

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all = [arguments, &["--format", "json"]].concat();
    let run = run_in(folder, &all);
    serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {all:?} {}", run.errors))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key}"))
}

/// How many payouts the schedule shows on a day; each has the same words there as in `iop payouts`.
fn compared(folder: &Path, as_of: &str) -> usize {
    let payouts = json(folder, &["payouts", "--as-of", as_of]);
    let mut expected = BTreeMap::new();
    for agreement in list(&payouts, "agreements") {
        for payout in list(agreement, "payouts") {
            let id =
                format!("{}/payout/{}", agreement["id"].as_str().unwrap(), payout["id"].as_str().unwrap());
            expected.insert(id, (&payout["certainty"], &payout["commitment"]));
        }
    }
    for command in [&["schedule", "--from", "1990-01-01", "--kind", "payout"][..], &["followup", "--all"]] {
        let shown = json(folder, &[command, &["--as-of", as_of]].concat());
        let all: Vec<&Value> = match shown["deadlines"].as_array() {
            Some(deadlines) => deadlines.iter().collect(),
            None => list(&shown, "agreements").iter().flat_map(|one| list(one, "duties")).collect(),
        };
        let shown = all.into_iter().filter(|one| one["kind"] == "payout");
        for one in shown {
            let told = (&one["certainty"], &one["commitment"]);
            assert_eq!(told, expected[one["id"].as_str().unwrap()], "{as_of} {}", one["id"]);
        }
    }
    let shown = json(folder, &["schedule", "--from", "1990-01-01", "--kind", "payout", "--as-of", as_of]);
    list(&shown, "deadlines").len()
}

#[test]
fn every_payout_is_as_firm_in_the_schedule_as_among_the_payouts() {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), &["demo", "granvik", "--agreements", "60", "--seed", "1"]);
    assert_eq!(made.code, 0, "{made:?}");
    let demo = folder.path().join("granvik");
    let days = ["2025-01-15", "2026-06-30", "2026-11-22"];
    assert!(days.iter().map(|day| compared(&demo, day)).sum::<usize>() > 300);
    assert!(compared(&repository(), "2021-06-01") > 0);
    assert!(compared(&repository().join("examples/havsnas"), "2025-11-22") > 0);
}

/// "day state certainty" of the dates of some kinds.
fn shown(case: &Case, as_of: &str, kinds: &str) -> Vec<String> {
    let run = case.says(as_of, &["schedule", "--format", "json", "--from", "2020-01-01", "--kind", kinds]);
    let report: Value = serde_json::from_str(&run).unwrap();
    let words = |one: &Value| {
        list(one, "certainty").iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join("+")
    };
    let text = |one: &Value, key: &str| one[key].as_str().unwrap_or("-").to_owned();
    list(&report, "deadlines")
        .iter()
        .map(|one| {
            format!("{} {} {} {}", text(one, "last_day"), text(one, "kind"), text(one, "state"), words(one))
        })
        .collect()
}

const NOTICE: &str = "[exit.u]\nmeans = \"notice\"\ncause = [\"any\"]\nnotice_months = 6\n";

#[test]
fn what_an_unsigned_extension_brings_is_preliminary_and_it_is_the_time_that_is_open() {
    let extension =
        "[extension.ett-ar]\nuntil = 2026-12-31\nstatus = \"signed\"\ndated = 2025-12-05\ndecision = \"f\"\n";
    let economy = format!(
        "{NOTICE}{extension}[payout_plan.p]\ntimes_per_year = 1\nmonths = [1]\n{}",
        yearly(2024..=2026, 500_000, "")
    );
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy).with(
        "records/a.toml",
        "decision.f = { kind = \"extension\", by = \"Socialnämnden\", date = 2025-11-20 }\n",
    );
    let kinds = "payout,notice,term-end";
    assert_eq!(
        shown(&case, "2025-11-22", kinds),
        [
            "2024-01-31 payout overdue definite",
            "2025-01-31 payout overdue definite",
            "2026-01-31 payout coming preliminary+decided",
            "2026-06-30 notice coming preliminary+decided",
            "2026-12-31 term-end coming preliminary+decided",
        ]
    );
    let told = case.says("2025-11-22", &["schedule", "--format", "csv"]);
    let why = "Tiden följer av en förlängning till och med 2026-12-31, som bara är beslutad.";
    assert!(told.contains(why) && !told.contains("Beloppet är preliminärt"), "{told}");
    assert!(told.contains("Följer av en förlängning, som bara är beslutad."), "{told}");
    let calendar = case.says("2025-11-22", &["schedule", "--format", "ics"]).replace("\r\n ", "");
    assert!(calendar.contains("Säkerhet: preliminärt\\, beslutat"), "{calendar}");
    // Signed, it is all definite.
    assert!(shown(&case, "2025-12-05", kinds)[2..].iter().all(|one| one.ends_with(" definite")));
}

#[test]
fn a_last_day_that_can_still_move_is_not_definite_and_says_why() {
    let renewed =
        Case::new("start = 2024-03-01, end = 2026-02-28, renewal = { months = 12, notice_months = 6 }", "");
    assert_eq!(
        shown(&renewed, "2025-08-01", "term-end,notice"),
        ["2025-08-31 notice due definite", "2026-02-28 term-end coming preliminary"]
    );
    let option = Case::new(
        "start = 2024-01-01, end = 2025-12-31, option.ett = { months = 12, notice_by = 2025-09-30 }",
        "[follow_up.slut]\nkind = \"final-evaluation\"\n",
    );
    let kinds = "term-end,option,final-evaluation";
    assert_eq!(
        shown(&option, "2025-05-01", kinds),
        [
            "2025-09-30 option coming definite",
            "2025-12-31 term-end coming preliminary",
            "2026-03-31 final-evaluation coming assumed+preliminary",
        ]
    );
    let told = option.says("2025-05-01", &["schedule", "--format", "csv"]);
    let why =
        "En option kan användas senast 2025-09-30: då gäller avtalet som längst till och med 2026-12-31.";
    assert!(told.contains(why), "{told}");
    // Unused, it moves nothing.
    assert_eq!(shown(&option, "2025-10-01", "term-end"), ["2025-12-31 term-end coming definite"]);
}

#[test]
fn nobody_is_late_with_what_was_due_before_it_was_agreed() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31",
        &format!(
            "[extension.a]\nuntil = 2026-12-31\ndated = 2026-11-01\n{}",
            yearly(2024..=2026, 500_000, "")
        ),
    );
    let kinds = "review,continuation";
    let extended = shown(&case, "2026-12-01", kinds);
    assert_eq!(
        extended[2..],
        ["2026-03-31 review passed assumed", "2026-08-31 continuation passed assumed"],
        "{extended:?}"
    );
    let told = case.says("2026-12-01", &["schedule", "--format", "csv", "--from", "2026-01-01"]);
    let why = "Krävs inte: dagen 2026-08-31 låg före 2026-11-01, då förlängningen gjordes.";
    assert!(told.contains(why), "{told}");
    assert!(!case.says("2026-12-01", &["followup"]).contains("2026-08-31"));
    // An extension made in time is asked about.
    let in_time = Case::new(
        "start = 2024-01-01, end = 2025-12-31",
        "[extension.a]\nuntil = 2026-12-31\ndated = 2025-11-01\n",
    );
    assert_eq!(shown(&in_time, "2026-12-01", kinds)[3], "2026-08-31 continuation overdue assumed");
    // Nor is anybody late with what was due before the agreement itself was decided.
    let late = Case::new("start = 2024-01-01, end = 2025-12-31, review_by = 2024-02-01", "").with(
        "records/a.toml",
        "decision.a = { kind = \"approval\", by = \"Socialnämnden\", date = 2024-03-01 }\n",
    );
    assert_eq!(shown(&late, "2024-06-01", "review"), ["2024-02-01 review passed definite"]);
}

#[test]
fn a_notice_answers_whether_to_go_on() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31, renewal = { months = 12, notice_months = 6 }",
        &yearly(2024..=2025, 240_000, ""),
    )
    .with(
        "records/a.toml",
        "[decision.u]\nkind = \"termination\"\nby = \"x\"\ndate = 2025-05-28\nregistry_number = \"SN 7\"\n",
    );
    assert_eq!(shown(&case, "2025-05-01", "review"), ["2025-03-31 review overdue assumed"]);
    assert_eq!(shown(&case, "2025-11-22", "review"), ["2025-03-31 review done definite"]);
    let told = case.json("2025-11-22", "followup --done");
    let review = list(&told["agreements"][0], "duties").iter().find(|one| one["kind"] == "review").unwrap();
    assert_eq!(
        (review["done"]["date"].as_str(), review["done"]["reference"].as_str()),
        (Some("2025-05-28"), Some("SN 7"))
    );
}

#[test]
fn a_day_that_follows_on_a_decision_says_so() {
    let economy = "[funding.grund]\npayer = \"kommun\"\nperiod = { start = 2025-01-01, end = 2025-12-31 }\namount = 400000\n\
        [funding.hoj]\npayer = \"kommun\"\nperiod = { start = 2025-01-01, end = 2025-12-31 }\namount = 40000\ndecision = \"d\"\n\
        [payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n";
    let case = Case::new("start = 2025-01-01, end = 2025-12-31", economy).with(
        "records/a.toml",
        "decision.d = { kind = \"amount\", by = \"Socialnämnden\", date = 2025-05-20 }\n",
    );
    let why = "30 dagar efter 2025-05-20, då beslutet ”d” om beloppet fattades; den avtalade dagen, 2025-01-31, \
               hade passerat";
    let schedule = case.json("2025-06-01", "schedule");
    let first = list(&schedule, "deadlines").iter().find(|one| one["id"] == "a/payout/hoj#1").unwrap();
    assert_eq!(
        (first["last_day"].as_str(), first["basis"]["reckoning"].as_str()),
        (Some("2025-06-19"), Some(why))
    );
    assert!(case.says("2025-06-01", &["payouts", "--explain", "--format", "csv"]).contains(why));
}

#[test]
fn nobody_owes_a_ceiling_that_nobody_has_called_on() {
    let economy = format!(
        "[payout_plan.p]\ntimes_per_year = 1\nmonths = [1]\n{}",
        yearly(2024..=2025, 100_000, "ceiling = true")
    );
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy);
    assert_eq!(
        shown(&case, "2024-03-01", "payout"),
        ["2024-01-31 payout passed ceiling", "2025-01-31 payout coming ceiling"]
    );
    assert!(!case.says("2024-03-01", &["followup"]).contains("försenat"));
    assert!(
        case.says("2024-03-01", &["schedule", "--format", "csv"]).contains("högst så mycket kan begäras")
    );
}

#[test]
fn a_status_that_hides_what_was_agreed_is_told_by_the_follow_up() {
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", "").with(
        "records/a.toml",
        "decision.a = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-15 }\n",
    );
    assert!(!case.says("2024-03-01", &["followup", "--overdue"]).contains("IOP620"));
    let case = case.with_status("draft");
    let told = case.says("2024-03-01", &["followup", "--overdue"]);
    let why = "a: Statusen är ”utkast”, men avtalet är godkänt 2023-11-15: inget räknas som försenat";
    assert!(told.contains(why), "{told}");
}

impl Case {
    fn with_status(self, status: &str) -> Self {
        let file = "agreements/a.toml";
        let text = std::fs::read_to_string(self.folder.path().join(file)).unwrap();
        let changed = text.replacen("status = \"signed\"", &format!("status = \"{status}\""), 1);
        self.with(file, &changed)
    }
}

/// "id status certainty" of each payout, and whether a year's sum of the budget is definite.
fn firm(case: &Case, as_of: &str) -> (Vec<String>, BTreeMap<i64, bool>) {
    let (payouts, budget) = (case.json(as_of, "payouts"), case.json(as_of, "budget"));
    let words = |one: &Value| {
        one["certainty"]
            .as_array()
            .unwrap()
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join("+")
    };
    let of_each = list(&payouts["agreements"][0], "payouts").iter();
    let of_each = of_each.map(|one| {
        format!("{} {} {}", one["id"].as_str().unwrap(), one["status"].as_str().unwrap(), words(one))
    });
    let agreed = list(&budget, "years").iter().filter(|one| one["agreed"].as_str() != Some("0"));
    let years = agreed.map(|one| (one["year"].as_i64().unwrap(), words(one) == "definite"));
    (of_each.collect(), years.collect())
}

#[test]
fn what_only_may_end_is_not_definite_in_kronor_either() {
    let economy = format!(
        "[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\ntiming = \"advance\"\n[exit.h]\nmeans = \"rescission\"\ncause = [\"breach\"]\n{}",
        yearly(2025..=2026, 500_000, "")
    );
    let ends = "[supplement.s]\nnumber = 1\nstatus = \"decided\"\nchanges = \"Slutet.\"\nend = 2026-06-30\n";
    let decided = Case::new("start = 2025-01-01, end = 2026-12-31", &format!("{economy}{ends}"));
    let settled = ["2025#1 definite definite", "2025#2 definite definite"];
    let all = |of_2026: [&str; 2]| settled.into_iter().chain(of_2026).map(String::from).collect::<Vec<_>>();
    let open = BTreeMap::from([(2025, true), (2026, false)]);
    assert_eq!(
        firm(&decided, "2025-11-22"),
        (all(["2026#1 definite definite", "2026#2 lapsed decided"]), open.clone())
    );
    let told = decided.says("2025-11-22", &["payouts", "--format", "csv"]);
    assert!(told.contains("slutar i förtid, 2026-06-30 genom ett tillägg som bara är beslutat; "), "{told}");
    let rescinded = Case::new("start = 2025-01-01, end = 2026-12-31", &economy).with(
        "records/a.toml",
        "decision.t = { kind = \"termination\", by = \"Socialnämnden\", date = 2026-03-01, exit = \"h\" }\n",
    );
    let preliminary = ["2026#1 preliminary preliminary", "2026#2 preliminary preliminary"];
    assert_eq!(firm(&rescinded, "2026-03-02"), (all(preliminary), open));
    let told = rescinded.says("2026-03-02", &["payouts", "--format", "csv"]);
    assert!(told.contains("vtalet är uppsagt (2026-03-01), men det framgår inte när det upphör"), "{told}");
}
