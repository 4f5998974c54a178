//! `iop schedule`, `iop followup` and `iop done`: what README promises of dates, on the agreements of Lund and on small
//! registers.

mod calendar;
mod ends;
mod follow_up;

use std::collections::BTreeSet;
use std::fs;

use crate::common::{Lund, Run, plain, run_in};
use serde_json::Value;
use tempfile::TempDir;

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// The deadlines of `iop schedule` in Lund's register on a day.
fn lund(as_of: &str, arguments: &[&str]) -> Vec<Value> {
    let lund = Lund::copy();
    deadlines(&lund.run(&[&["schedule", "--format", "json", "--as-of", as_of], arguments].concat()))
}

fn deadlines(run: &Run) -> Vec<Value> {
    json(run)["deadlines"].as_array().unwrap().clone()
}

/// "2021-08-31 activity-report/verksamhetsrapport/2021H1": last day and id without the agreement.
fn short(deadline: &Value) -> String {
    let id = deadline["id"].as_str().unwrap().split_once('/').unwrap().1;
    let day = deadline["last_day"].as_str().or(deadline["no_date_because"].as_str()).unwrap();
    format!("{day} {id}")
}

fn shorts(deadlines: &[Value]) -> Vec<String> {
    deadlines.iter().map(short).collect()
}

#[test]
fn the_whole_schedule_of_rsmh_is_what_the_agreement_says() {
    // Read against the document: half-year meetings from February 2021, reports for half and full years, a yearly report,
    // a review in March 2022, two payouts a year without months, no notice without a cause. What is not agreed says so.
    let found = lund("2021-02-01", &["rsmh-lund-2021", "--from", "2021-02-01"]);
    assert_eq!(
        shorts(&found),
        [
            "2021-06-16 steering-call/partnerskapet/2021H1",
            "2021-06-30 steering-meeting/partnerskapet/2021H1",
            "2021-08-31 activity-report/verksamhetsrapport/2021H1",
            "2021-11-30 index-value/lund-priskompensation/2022",
            "2021-12-17 steering-call/partnerskapet/2021H2",
            "2021-12-31 steering-meeting/partnerskapet/2021H2",
            "2021-12-31 payout/2021#1",
            "2021-12-31 payout/2021#2",
            "2022-01-31 activity-report/verksamhetsrapport/2021H2",
            "2022-01-31 yearly-report/arsrapport/2021",
            "2022-03-31 review/1",
            "2022-05-31 annual-accounts/rsmh/2021",
            "2022-06-16 steering-call/partnerskapet/2022H1",
            "2022-06-30 steering-meeting/partnerskapet/2022H1",
            "2022-08-31 activity-report/verksamhetsrapport/2022H1",
            "2022-11-30 index-value/lund-priskompensation/2023",
            "2022-12-17 steering-call/partnerskapet/2022H2",
            "2022-12-31 steering-meeting/partnerskapet/2022H2",
            "2022-12-31 payout/2022#1",
            "2022-12-31 payout/2022#2",
            "2023-01-31 activity-report/verksamhetsrapport/2022H2",
            "2023-01-31 yearly-report/arsrapport/2022",
            "2023-05-31 annual-accounts/rsmh/2022",
            "2023-06-16 steering-call/partnerskapet/2023H1",
            "2023-06-30 steering-meeting/partnerskapet/2023H1",
            "2023-08-31 activity-report/verksamhetsrapport/2023H1",
            "2023-08-31 continuation/1",
            "mötesplan saknas memo/continuation/1",
            "2023-12-17 steering-call/partnerskapet/2023H2",
            "2023-12-31 steering-meeting/partnerskapet/2023H2",
            "2023-12-31 term-end",
            "2023-12-31 payout/2023#1",
            "2023-12-31 payout/2023#2",
            "2024-01-31 activity-report/verksamhetsrapport/2023H2",
            "2024-01-31 yearly-report/arsrapport/2023",
            "2024-05-31 annual-accounts/rsmh/2023",
        ]
    );
    let one = |id: &str| found.iter().find(|one| short(one).ends_with(id)).unwrap();
    let first = one("steering-meeting/partnerskapet/2021H1");
    assert_eq!(first["first_day"], "2021-02-01");
    assert_eq!(first["basis"]["path"], "steering_group.partnerskapet.meetings");
    assert_eq!(first["basis"]["heading"], "Styrning");
    assert_eq!(
        first["responsible"]["name"],
        "Socialförvaltningen, utvecklingschef eller utvecklingssekreterare"
    );
    assert_eq!(one("review/1")["basis"]["assumed"], Value::Null, "the document states the day");
    assert_eq!(one("annual-accounts/rsmh/2021")["notes"][0], "Kommunens rutin, inte avtalat.");
    assert_eq!(one("payout/2021#1")["notes"][0], "Månaden är inte angiven.");
    assert_eq!(one("activity-report/verksamhetsrapport/2021H2")["covers_from"], "2021-02-01");
    assert!(
        plain(one("activity-report/verksamhetsrapport/2021H2")["title"].as_str().unwrap())
            .ends_with("helåret 2021")
    );
}

#[test]
fn the_committee_hears_of_both_years_of_po_skane_and_of_the_second_after_the_term() {
    let found = lund("2022-12-06", &["po-skane-2023", "--kind", "committee-account,term-end"]);
    assert_eq!(
        shorts(&found),
        [
            "2024-03-31 committee-account/redovisning/2023",
            "2024-12-31 term-end",
            "2025-03-31 committee-account/redovisning/2024"
        ]
    );
    let words = "Avtalet säger: vid varje helårsskifte, i den ordinarie uppföljningen av överenskommelsen.";
    assert_eq!(found[0]["notes"][0], words);
}

#[test]
fn what_has_no_date_is_told_and_not_guessed() {
    let lund = Lund::copy();
    let run = lund.run(&["schedule", "--format", "json", "--as-of", "2021-02-01"]);
    let gaps: Vec<Value> = json(&run)["gaps"].as_array().unwrap().clone();
    let places: Vec<&str> = gaps.iter().map(|gap| gap["path"].as_str().unwrap()).collect();
    assert_eq!(places, ["steering_group.partnerskapet.meetings", "steering_group.bisam.meetings"]);
}

#[test]
fn from_and_within_show_what_falls_or_is_open_in_the_time() {
    let found = lund("2022-02-15", &["rsmh-lund-2021", "--within", "90d"]);
    let expected = [
        "2022-03-31 review/1",
        "2022-06-30 steering-meeting/partnerskapet/2022H1",
        "2022-12-31 payout/2022#1",
        "2022-12-31 payout/2022#2",
    ];
    assert_eq!(shorts(&found), expected);
    assert_eq!(found[0]["days_left"], 44);
    let dated = ["--kind", "review,annual-accounts,steering-call,activity-report"];
    let arguments = ["rsmh-lund-2021", "--from", "2022-05-31", "--within", "1m"];
    let found = lund("2022-02-15", &[&arguments[..], &dated].concat());
    let expected = ["2022-05-31 annual-accounts/rsmh/2021", "2022-06-16 steering-call/partnerskapet/2022H1"];
    assert_eq!(shorts(&found), expected);
    let lund = Lund::copy();
    let wrong = lund.run(&["schedule", "--within", "90x"]);
    assert_eq!(wrong.code, 2);
    assert!(plain(&wrong.errors).contains("90d eller 6m"), "{}", wrong.errors);
    let wrong = lund.run(&["schedule", "--kind", "payot"]);
    assert!(wrong.code == 2 && wrong.errors.contains("menade du payout"), "{}", wrong.errors);
}

/// A register with one signed agreement of an invented municipality.
fn register(term: &str, more: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("agreements")).unwrap();
    let settings = "[municipality]\nname = \"Ådala kommun\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
                    [default]\ncommittee = \"social\"\n[schedule]\nroutine = []\n";
    fs::write(folder.path().join("iop.toml"), settings).unwrap();
    let agreement = format!(
        "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\n{more}\n[term]\n{term}\n\
         [party.kommun]\nrole = \"public\"\nname = \"Ådala kommun\"\nshort_name = \"kommunen\"\n\
         [party.forening]\nrole = \"civil-society\"\nname = \"Föreningen\"\n"
    );
    fs::write(folder.path().join("agreements/a.toml"), agreement).unwrap();
    folder
}

fn in_register(folder: &TempDir, as_of: &str, arguments: &[&str]) -> Vec<Value> {
    let all =
        [&["schedule", "--format", "json", "--from", "1900-01-01", "--as-of", as_of], arguments].concat();
    deadlines(&run_in(folder.path(), &all))
}

#[test]
fn a_day_off_is_marked_and_moves_only_where_the_register_or_the_agreement_says_so() {
    // 31 March 2024 is Easter Sunday.
    let duty = "follow_up.namnd = { kind = \"committee-account\", every = \"year\", due = { month = 3 } }";
    let term = "start = 2023-01-01\nend = 2023-12-31";
    let account = |agreement: &str, settings: &str| {
        let folder = register(term, &format!("{agreement}\n{duty}"));
        let path = folder.path().join("iop.toml");
        fs::write(&path, fs::read_to_string(&path).unwrap() + settings).unwrap();
        in_register(&folder, "2023-01-01", &["--kind", "committee-account"])[0].clone()
    };
    let kept = account("", "");
    assert_eq!((&kept["last_day"], &kept["day_off"]), (&"2024-03-31".into(), &"påskdagen".into()));
    assert_eq!(kept["moved_from"], Value::Null);
    let moved = account("on_holiday = \"after\"", "on_holiday = \"before\"\n");
    assert_eq!(moved["last_day"], "2024-04-02");
    assert_eq!(moved["moved_from"], "2024-03-31");
    assert_eq!(account("", "on_holiday = \"before\"\n")["last_day"], "2024-03-28");
}

#[test]
fn a_memo_is_handed_in_for_the_last_meeting_that_is_early_enough() {
    let folder = register("start = 2024-01-01\nend = 2025-12-31", "");
    fs::create_dir(folder.path().join("meetings")).unwrap();
    let plan = |year: i32, days: &[(&str, &str)]| {
        let meetings = days.iter().map(|(stop, day)| {
            format!("[meeting.\"{year}-{day}\"]\ndate = {year}-{day}\nmanuscript_stop = {year}-{stop}\n")
        });
        let meetings = meetings.collect::<Vec<_>>().concat();
        let text =
            format!("title = \"Plan {year}\"\ncommittee = \"social\"\nsource = \"påhittad\"\n{meetings}");
        fs::write(folder.path().join(format!("meetings/{year}.toml")), text).unwrap();
    };
    let memo = || in_register(&folder, "2025-01-01", &["--kind", "memo"])[0].clone();
    // The decision is needed by 31 August; the plan for the year before does not reach so far.
    plan(2024, &[("11-15", "12-11")]);
    assert_eq!(memo()["no_date_because"], "mötesplan saknas för den tiden");
    plan(2025, &[("05-20", "06-18"), ("07-28", "08-27"), ("08-25", "09-24")]);
    let found = memo();
    assert_eq!(short(&found), "2025-07-28 memo/continuation/1");
    assert_eq!(found["basis"]["path"], "meeting.2025-08-27.manuscript_stop");
    assert_eq!(found["notes"][0], "Sammanträde 2025-08-27.");
}

#[test]
fn short_terms_and_odd_days_have_their_dates() {
    let day = register(
        "start = 2024-02-29\nend = 2024-02-29",
        "follow_up.rapport = { kind = \"activity-report\", every = \"month\", due = { days_after_period = 1 } }\n\
         steering_group.grupp = { title = \"Grupp\", meetings = { times = 1, per = \"year\" } }",
    );
    assert_eq!(
        shorts(&in_register(
            &day,
            "2024-02-29",
            &["--kind", "activity-report,steering-meeting,review,continuation,term-end"]
        )),
        [
            "2024-02-29 steering-meeting/grupp/2024",
            "2024-02-29 term-end",
            "2024-03-01 activity-report/rapport/2024-02"
        ]
    );
    let across = register(
        "start = 2023-10-31\nend = 2024-03-30",
        "follow_up.rapport = { kind = \"activity-report\", every = \"quarter\", counted_from = \"start\" }\n\
         steering_group.grupp = { title = \"Grupp\", meetings = { times = 5, per = \"year\" } }",
    );
    assert_eq!(
        shorts(&in_register(&across, "2023-10-31", &["--kind", "activity-report"])),
        ["2024-02-29 activity-report/rapport/P1", "2024-04-30 activity-report/rapport/P2"]
    );
    let meetings = in_register(&across, "2023-10-31", &["--kind", "steering-meeting"]);
    assert_eq!(meetings.len(), 10, "five in each of the years that the term touches");
}

#[test]
fn settings_choose_kinds_lead_times_and_who_is_told() {
    let lund = Lund::copy();
    lund.write(
        "iop.toml",
        lund.read("iop.toml")
            + "\n[schedule]\ncall_days = 21\nkinds = [\"steering-call\", \"review\"]\nfollowed_from = 2022-01-01\n\
               told.review = [\"ekonomen\", \"avtalsansvarig\"]\n",
    );
    let run = lund.run(&[
        "schedule",
        "rsmh-lund-2021",
        "--from",
        "2021-01-01",
        "--within",
        "15m",
        "--format",
        "json",
        "--as-of",
        "2022-02-01",
    ]);
    let found = deadlines(&run);
    assert_eq!(
        shorts(&found),
        [
            "2021-06-09 steering-call/partnerskapet/2021H1",
            "2021-12-10 steering-call/partnerskapet/2021H2",
            "2022-03-31 review/1"
        ]
    );
    // Before the register began to keep account nothing is overdue.
    assert_eq!(found[0]["state"], "passed");
    assert_eq!(found[2]["told"], serde_json::json!(["ekonomen", "avtalsansvarig"]));
}

#[test]
fn ids_are_unique_and_the_same_in_every_format() {
    let lund = Lund::copy();
    let run = |format: &str| {
        lund.run(&["schedule", "--from", "1900-01-01", "--format", format, "--as-of", "2022-01-10"]).output
    };
    let all: Value = serde_json::from_str(&run("json")).unwrap();
    let ids: Vec<String> = all["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    let csv = run("csv-plain");
    let calendar = run("ics").replace("\r\n ", "");
    for (id, one) in ids.iter().zip(all["deadlines"].as_array().unwrap()) {
        assert!(csv.lines().any(|line| line.ends_with(id)), "{id}\n{csv}");
        if !one["last_day"].is_null() {
            assert!(calendar.contains(&format!("UID:{id}@")), "{id}");
        }
    }
}

#[test]
fn what_the_schedule_counts_by_stands_in_the_agreement_too() {
    let lund = Lund::copy();
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "meetings = { times = 1, per = \"half-year\" }",
        "meetings = { times = 1, per = \"half-year\", counted_from = \"start\" }",
    );
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "dated = 2021-01-10\n",
        "dated = 2021-01-10\non_holiday = \"after\"\n",
    );
    let run = lund.run(&["render", "rsmh-lund-2021", "--format", "md", "--as-of", "2021-01-10"]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = plain(&lund.read("build/rsmh-lund-2021/avtal.md"));
    assert!(text.contains("en gång per halvår, räknat från avtalets första dag."), "{text}");
    assert!(text.contains("flyttas den till närmaste vardag efter."));
}

#[test]
fn stated_days_are_shown_without_a_known_term() {
    let folder = register("start = \"not-stated\"\nend = 2026-03-31\nreview_by = 2025-09-30", "");
    let found = in_register(&folder, "2025-01-01", &[]);
    assert_eq!(shorts(&found), ["2025-09-30 review/1", "2026-03-31 term-end"]);
}

#[test]
fn a_report_keeps_its_name_when_the_agreement_is_extended() {
    let duty =
        "follow_up.r = { kind = \"activity-report\", every = \"half-year\", covers = \"year-to-date\" }";
    let term = "start = 2024-01-01\nend = 2025-06-30";
    let reports = |more: &str| {
        let folder = register(term, &format!("{more}\n{duty}"));
        let found = in_register(&folder, "2025-06-01", &["--kind", "activity-report"]);
        let told = |one: &Value| format!("{} {}", short(one), plain(one["title"].as_str().unwrap()));
        found.iter().map(told).collect::<Vec<_>>()
    };
    let before = reports("");
    assert_eq!(
        before,
        [
            "2024-08-31 activity-report/r/2024H1 Verksamhetsrapport, första halvåret 2024",
            "2025-01-31 activity-report/r/2024H2 Verksamhetsrapport, helåret 2024",
            "2025-08-31 activity-report/r/2025H1 Verksamhetsrapport, första halvåret 2025",
        ]
    );
    let after = reports("extension.f = { until = 2025-12-31, dated = 2025-05-02 }");
    assert_eq!(after[..3], before);
    assert_eq!(after[3], "2026-01-31 activity-report/r/2025H2 Verksamhetsrapport, helåret 2025");
}

#[test]
fn the_end_of_a_month_stays_the_end_of_a_month() {
    let folder = register(
        "start = 2024-01-01\nend = 2025-12-31",
        "follow_up.r = { kind = \"statistics\", every = \"half-year\", due = { date = 2024-06-30 } }",
    );
    assert_eq!(
        shorts(&in_register(&folder, "2024-01-01", &["--kind", "statistics"])),
        [
            "2024-06-30 statistics/r/2024H1",
            "2024-12-31 statistics/r/2024H2",
            "2025-06-30 statistics/r/2025H1",
            "2025-12-31 statistics/r/2025H2"
        ]
    );
}

#[test]
fn a_payout_without_a_month_is_due_before_the_days_that_it_pays_for_are_over() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-06-30",
        "funding.a = { payer = \"kommun\", amount = 100_000 }\npayout_plan.p = { times_per_year = 2 }",
    );
    let found = in_register(&folder, "2024-07-01", &["--kind", "payout"]);
    assert_eq!(shorts(&found), ["2024-06-30 payout/a#1", "2024-06-30 payout/a#2"]);
    assert_eq!(found[0]["state"], "overdue");
    assert!(
        plain(found[0]["title"].as_str().unwrap())
            .starts_with("Utbetalning a#1 (1 av 2, avser 2024): 50 000")
    );
}

#[test]
fn a_memo_has_a_day_of_its_own_and_a_decision_only_shows_that_there_was_one() {
    let folder = register("start = 2024-01-01\nend = 2025-12-31", "");
    fs::create_dir(folder.path().join("meetings")).unwrap();
    fs::create_dir(folder.path().join("records")).unwrap();
    let plan = |text: &str| fs::write(folder.path().join("meetings/2025.toml"), text).unwrap();
    let good = "title = \"Plan\"\ncommittee = \"social\"\nsource = \"påhittad\"\n\
                meeting.a = { date = 2025-08-27, manuscript_stop = 2025-07-28 }\n";
    plan(good);
    let memo = || in_register(&folder, "2025-09-10", &["--kind", "memo"])[0].clone();
    let records = |text: &str| fs::write(folder.path().join("records/a.toml"), text).unwrap();
    let decided = "[done.beslut]\nkind = \"continuation\"\nperiod = \"1\"\ndate = 2025-08-27\n";
    records(decided);
    let found = memo();
    assert_eq!((&found["state"], &found["late"]), (&"done".into(), &false.into()));
    assert_eq!(found["done"]["date"], Value::Null);
    records(&format!(
        "{decided}[done.skrivelse]\nkind = \"memo\"\nof = \"continuation\"\nperiod = \"1\"\ndate = 2025-07-20\n"
    ));
    assert_eq!(memo()["done"]["date"], "2025-07-20");
    assert_eq!(memo()["late"], false);
    // A plan that begins later says nothing of the time before; one that cannot be read says nothing at all.
    plan(&good.replace("2025-08-27", "2025-10-27"));
    assert_eq!(memo()["no_date_because"], "mötesplan saknas för den tiden");
    plan("title = ");
    assert_eq!(memo()["no_date_because"], "mötesplanen har fel");
}
