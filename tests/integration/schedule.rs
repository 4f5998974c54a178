//! `iop schedule`, `iop followup` and `iop done`: what README promises of dates, on the agreements of Lund and on small
//! registers.

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
            "2022-01-31 activity-report/verksamhetsrapport/2021",
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
            "2023-01-31 activity-report/verksamhetsrapport/2022",
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
            "2024-01-31 activity-report/verksamhetsrapport/2023",
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
    assert_eq!(one("activity-report/verksamhetsrapport/2021")["covers_from"], "2021-02-01");
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
fn from_and_within_cut_the_list_by_its_last_days() {
    let found = lund("2022-02-15", &["rsmh-lund-2021", "--within", "90d"]);
    assert_eq!(shorts(&found), ["2022-03-31 review/1"]);
    assert_eq!(found[0]["days_left"], 44);
    let found = lund("2022-02-15", &["rsmh-lund-2021", "--from", "2022-05-31", "--within", "1m"]);
    assert_eq!(found.len(), 3, "{found:#?}");
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
fn notice_follows_the_term_in_force_and_not_the_first_one() {
    let folder =
        register("start = 2024-03-01\nend = 2025-02-28\nrenewal = { months = 12, notice_months = 6 }", "");
    let notice = |as_of: &str| shorts(&in_register(&folder, as_of, &["--kind", "notice,term-end"]));
    assert_eq!(notice("2024-08-31"), ["2024-08-31 notice/renewal/1", "2025-02-28 term-end"]);
    assert_eq!(
        notice("2024-09-01"),
        ["2024-08-31 notice/renewal/1", "2025-08-31 notice/renewal/2", "2026-02-28 term-end"]
    );
    let later = notice("2030-01-01");
    assert_eq!(later[later.len() - 2..], ["2030-08-31 notice/renewal/7", "2031-02-28 term-end"]);
}

#[test]
fn serial_extensions_each_have_their_decision() {
    let folder = register(
        "start = 2024-08-01\nend = 2024-12-31",
        "extension.var = { until = 2025-06-30, dated = 2024-08-20 }\n\
         extension.host = { until = 2025-12-31, dated = 2025-02-12 }",
    );
    let kinds = ["--kind", "continuation,term-end"];
    let before = in_register(&folder, "2024-08-19", &kinds);
    assert_eq!(shorts(&before), ["2024-08-31 continuation/1", "2024-12-31 term-end"]);
    assert_eq!(before[0]["state"], "due");
    let after = in_register(&folder, "2025-03-01", &kinds);
    assert_eq!(
        shorts(&after),
        [
            "2024-08-31 continuation/1",
            "2025-02-28 continuation/2",
            "2025-08-31 continuation/3",
            "2025-12-31 term-end"
        ]
    );
    let states: Vec<&str> = after.iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["done", "done", "coming", "coming"]);
    assert_eq!(after[0]["done"]["date"], "2024-08-20");
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
fn an_option_has_its_last_day_and_a_used_one_its_next() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31\n\
         option.ett-ar = { months = 12, times = 2, notice_by = 2024-06-30, by = \"kommun\" }",
        "extension.forsta = { until = 2025-12-31, dated = 2024-06-01, option = \"ett-ar\" }",
    );
    let options = in_register(&folder, "2025-01-01", &["--kind", "option"]);
    assert_eq!(shorts(&options), ["2024-06-30 option/ett-ar/1", "2025-06-30 option/ett-ar/2"]);
    assert_eq!(options[0]["state"], "done");
    assert_eq!(options[1]["basis"]["reckoning"], "lika lång tid före 2025-12-31 som första gången");
}

#[test]
fn followup_says_what_is_overdue_and_done_ticks_it_off() {
    let lund = Lund::copy();
    let overdue = |lund: &Lund| {
        lund.run(&["followup", "rsmh-lund-2021", "--overdue", "--format", "json", "--as-of", "2021-09-15"])
    };
    let run = overdue(&lund);
    assert_eq!(run.code, 1);
    let found: Vec<Value> = json(&run)["agreements"][0]["duties"].as_array().unwrap().clone();
    assert_eq!(
        found.iter().map(short).collect::<BTreeSet<_>>(),
        [
            "2021-06-30 steering-meeting/partnerskapet/2021H1",
            "2021-08-31 activity-report/verksamhetsrapport/2021H1",
            "2021-01-11 approval",
        ]
        .map(String::from)
        .into()
    );
    let done = |arguments: &[&str]| {
        lund.run(&[&["done", "rsmh-lund-2021"], arguments, &["--as-of", "2021-09-15"]].concat())
    };
    let run = done(&["activity-report", "2021h1", "--date", "2021-08-20", "--reference", "SO 2021/0345"]);
    assert_eq!(run.code, 0, "{run:?}");
    let records = lund.read("records/rsmh-lund-2021.toml");
    assert!(
        records.ends_with(
            "[report.verksamhetsrapport-2021h1]\nduty = \"verksamhetsrapport\"\n\
             period = { start = 2021-02-01, end = 2021-06-30 }\ndate = 2021-08-20\nreference = \"SO 2021/0345\"\n"
        ),
        "{records}"
    );
    // A late meeting says for which period it counts.
    assert_eq!(
        done(&["partnerskapet", "2021H1", "--date", "2021-07-03", "--reference", "SO 2021/0400"]).code,
        0
    );
    assert!(
        lund.read("records/rsmh-lund-2021.toml")
            .contains("period = \"2021H1\"\nregistry_number = \"SO 2021/0400\"")
    );
    lund.write(
        "records/rsmh-lund-2021.toml",
        lund.read("records/rsmh-lund-2021.toml")
            + "\n# Beslutet.\n[decision.avtal]\nkind = \"approval\"\nby = \"socialnämnden\"\ndate = 2021-01-20\n",
    );
    let run = overdue(&lund);
    assert_eq!(run.code, 0, "{run:?}");
    // Ticked off twice, not yet, of another kind, in no period: refused, and nothing is written.
    let before = lund.read("records/rsmh-lund-2021.toml");
    for (arguments, said) in [
        (vec!["activity-report", "2021H1", "--date", "2021-08-20"], "redan klart 2021-08-20"),
        (vec!["steering-meeting", "2021H2", "--date", "2021-10-01"], "har inte varit ännu"),
        (vec!["payout", "-", "--date", "2021-08-01"], "under [payment]"),
        (vec!["yearly-report", "2021H1", "--date", "2021-08-01"], "Perioderna är 2021, 2022 och 2023"),
        (vec!["steering-meeting", "-", "--date", "2021-08-01"], "Flera kan menas"),
        (vec!["pizza", "-", "--date", "2021-08-01"], "heter ”pizza”"),
    ] {
        let run = done(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(plain(&run.errors).contains(said), "{}", run.errors);
    }
    assert_eq!(lund.read("records/rsmh-lund-2021.toml"), before);
    let review = done(&["review", "-", "--date", "2021-09-01"]);
    assert_eq!(review.code, 0, "{review:?}");
    assert!(lund.read("records/rsmh-lund-2021.toml").contains("# Beslutet.\n[decision.avtal]"));
}

#[test]
fn a_planned_meeting_sets_the_call_and_is_overdue_until_it_is_held() {
    let lund = Lund::copy();
    lund.write(
        "records/rsmh-lund-2021.toml",
        "# Bokat av utvecklingschefen.\n[meeting.varen]\nsteering_group = \"partnerskapet\"\ndate = 2021-05-19 # onsdag\nplanned = true\n",
    );
    let of_2021 = |as_of: &str| {
        let run = lund.run(&[
            "schedule",
            "rsmh-lund-2021",
            "--from",
            "2021-01-01",
            "--within",
            "6m",
            "--format",
            "json",
            "--as-of",
            as_of,
            "--kind",
            "steering-meeting,steering-call,steering-papers,steering-notes",
        ]);
        let found = deadlines(&run);
        found
            .iter()
            .map(|one| format!("{} {}", short(one), one["state"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let before = of_2021("2021-05-14");
    assert!(before.contains(&"2021-05-05 steering-call/partnerskapet/2021H1 overdue".to_owned()));
    // Once its day has passed, it is the meeting that is late.
    assert_eq!(
        of_2021("2021-05-20"),
        [
            "2021-05-05 steering-call/partnerskapet/2021H1 passed",
            "2021-05-12 steering-papers/partnerskapet/2021H1 passed",
            "2021-05-19 steering-meeting/partnerskapet/2021H1 overdue",
            "2021-06-02 steering-notes/partnerskapet/2021H1 due",
        ]
    );
    let run = lund.run(&[
        "done",
        "rsmh-lund-2021",
        "partnerskapet",
        "2021H1",
        "--date",
        "2021-05-21",
        "--as-of",
        "2021-05-25",
    ]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        lund.read("records/rsmh-lund-2021.toml"),
        "# Bokat av utvecklingschefen.\n[meeting.varen]\nsteering_group = \"partnerskapet\"\ndate = 2021-05-21 # onsdag\nplanned = false\n"
    );
    assert!(of_2021("2021-05-25").contains(&"2021-06-04 steering-notes/partnerskapet/2021H1 due".to_owned()));
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
fn the_calendar_is_the_same_every_time_and_a_later_one_replaces_it() {
    let lund = Lund::copy();
    let calendar = |as_of: &str| lund.run(&["schedule", "--format", "ics", "--as-of", as_of]).output;
    let first = calendar("2022-01-10");
    assert_eq!(first, calendar("2022-01-10"));
    lund.change("agreements/rsmh-lund-2021.toml", "review_by = 2022-03-31", "review_by = 2022-04-30");
    let second = calendar("2022-01-20");
    let review = |text: &str| -> Vec<String> {
        let mut events = text.split("BEGIN:VEVENT").map(|event| event.replace("\r\n ", ""));
        let event = events.find(|event| event.contains("UID:rsmh-lund-2021/review/1@")).unwrap();
        ["UID", "SEQUENCE", "DTSTAMP", "DTSTART"]
            .iter()
            .map(|name| event.lines().find(|line| line.starts_with(name)).unwrap().trim().to_owned())
            .collect()
    };
    assert_eq!(
        review(&first),
        [
            "UID:rsmh-lund-2021/review/1@lunds-kommun.iop",
            "SEQUENCE:8045",
            "DTSTAMP:20220110T000000Z",
            "DTSTART;VALUE=DATE:20220331"
        ]
    );
    assert_eq!(
        review(&second),
        [
            "UID:rsmh-lund-2021/review/1@lunds-kommun.iop",
            "SEQUENCE:8055",
            "DTSTAMP:20220120T000000Z",
            "DTSTART;VALUE=DATE:20220430"
        ]
    );
    // No person of the agreement stands in it.
    for name in ["Larsson", "Burston", "Bredford", "Jacobsson", "Pettersson"] {
        assert!(!second.contains(name), "{name}");
    }
    assert!(second.split("\r\n").all(|line| line.len() <= 75));
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
fn hostile_text_stays_text_in_the_calendar() {
    let lund = Lund::copy();
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "title = \"Årlig uppföljningsrapport\"",
        "title = 'Rapport; en, två\\n\\ EN\\D:VEVENT'",
    );
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "review_task = \"",
        "review_task = \"a\\r\\nEND:VEVENT\\nBEGIN:VEVENT\\nUID:x\\n",
    );
    let run = lund.run(&["schedule", "rsmh-lund-2021", "--format", "ics", "--as-of", "2021-02-01"]);
    let lines: Vec<&str> = run.output.split("\r\n").collect();
    let count = |line: &str| lines.iter().filter(|one| **one == line).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert_eq!(count("UID:x"), 0);
    assert!(lines.iter().all(|line| !line.contains('\n') && !line.contains('\r')), "{}", run.output);
}

#[test]
fn what_is_of_no_use_any_more_is_not_overdue() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31\noption.x = { months = 12, notice_by = 2024-09-30 }",
        "",
    );
    let of = |as_of: &str| {
        let found = in_register(&folder, as_of, &["--kind", "option,memo,review"]);
        found
            .iter()
            .map(|one| format!("{} {}", short(one), one["state"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let unused = ["mötesplan saknas memo/option.x passed", "2024-09-30 option/x passed"];
    assert_eq!(of("2024-11-01")[0], "2024-03-31 review/1 overdue", "a review can still be held");
    assert_eq!(of("2025-01-01")[0], "2024-03-31 review/1 passed", "the term has ended");
    assert!(unused.iter().all(|one| of("2024-11-01").contains(&(*one).to_owned())), "{:?}", of("2024-11-01"));
}

#[test]
fn a_meeting_that_was_held_counts_before_a_planned_one_and_has_its_own_day() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31",
        "steering_group.grupp = { title = \"Grupp\", meetings = { times = 2, per = \"year\" } }",
    );
    fs::create_dir(folder.path().join("records")).unwrap();
    let meetings = |records: &str| {
        fs::write(folder.path().join("records/a.toml"), records).unwrap();
        let found = in_register(&folder, "2024-07-10", &["--kind", "steering-meeting"]);
        found
            .iter()
            .map(|one| format!("{} {}", short(one), one["state"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let held = "[meeting.h]\nsteering_group = \"grupp\"\ndate = 2024-04-10\n";
    let planned = "[meeting.p]\nsteering_group = \"grupp\"\ndate = 2024-03-12\nplanned = true\n";
    let second = "2024-12-31 steering-meeting/grupp/2024H2 coming";
    assert_eq!(meetings(&format!("{planned}{held}"))[0], "2024-04-10 steering-meeting/grupp/2024H1 done");
    // Two meetings a year: the agreement does not say in which half.
    let also = "[meeting.i]\nsteering_group = \"grupp\"\ndate = 2024-06-01\n";
    assert_eq!(meetings(held)[1], second);
    assert_eq!(meetings(&format!("{held}{also}"))[1], "2024-06-01 steering-meeting/grupp/2024H2 done");
}

#[test]
fn each_end_of_the_term_has_a_review_of_its_own() {
    let folder = register(
        "start = 2023-01-01\nend = 2024-12-31\nreview_by = 2024-03-31",
        "extension.a = { until = 2026-12-31, dated = 2024-10-01 }",
    );
    fs::create_dir(folder.path().join("records")).unwrap();
    fs::write(
        folder.path().join("records/a.toml"),
        "[done.r]\nkind = \"review\"\nperiod = \"1\"\ndate = 2024-03-20\n",
    )
    .unwrap();
    let reviews = in_register(&folder, "2026-03-01", &["--kind", "review"]);
    assert_eq!(shorts(&reviews), ["2024-03-31 review/1", "2026-03-31 review/2"]);
    assert_eq!((&reviews[0]["state"], &reviews[1]["state"]), (&"done".into(), &"due".into()));
}

#[test]
fn an_agreement_that_ended_early_asks_for_nothing_after_that() {
    let folder = register(
        "start = 2024-01-01\nend = 2025-12-31\nended = 2024-09-30",
        "follow_up.ar = { kind = \"yearly-report\", every = \"year\" }\n\
         steering_group.grupp = { title = \"Grupp\", meetings = { times = 1, per = \"half-year\" } }",
    );
    let kinds = ["--kind", "yearly-report,steering-meeting,term-end"];
    assert_eq!(
        shorts(&in_register(&folder, "2024-10-01", &kinds)),
        [
            "2024-06-30 steering-meeting/grupp/2024H1",
            "2024-09-30 steering-meeting/grupp/2024H2",
            "2024-09-30 term-end",
            "2024-10-31 yearly-report/ar/2024"
        ]
    );
}

#[test]
fn a_draft_does_not_remind_and_says_what_it_is() {
    let lund = Lund::copy();
    lund.change("agreements/rsmh-lund-2021.toml", "status = \"proposed\"", "status = \"draft\"");
    let calendar =
        lund.run(&["schedule", "rsmh-lund-2021", "--format", "ics", "--as-of", "2021-01-10"]).output;
    assert!(!calendar.contains("BEGIN:VALARM"));
    assert!(calendar.replace("\r\n ", "").contains("(RSMH Lund\\, utkast)"), "{calendar}");
    let followup = lund.run(&["followup", "rsmh-lund-2021", "--as-of", "2026-11-22"]);
    assert_eq!(followup.code, 0, "a draft binds nobody");
    let table = lund.run(&["schedule", "--as-of", "2021-01-10"]).output;
    assert!(table.contains("rsmh-lund-2021 (utkast)") && table.contains("po-skane-2023 (förslag)"));
}

#[test]
fn done_in_a_period_of_several_meetings_names_the_one() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31",
        "steering_group.grupp = { title = \"Grupp\", meetings = { times = 5, per = \"year\" } }",
    );
    let done = |period: &str| {
        run_in(
            folder.path(),
            &["done", "a", "grupp", period, "--date", "2024-05-01", "--as-of", "2024-06-01"],
        )
    };
    assert_eq!(done("2024.2").code, 0);
    let records = fs::read_to_string(folder.path().join("records/a.toml")).unwrap();
    assert!(records.contains("period = \"2024.2\""), "{records}");
    let early = run_in(
        folder.path(),
        &["done", "a", "grupp", "2024.3", "--date", "2023-05-01", "--as-of", "2024-06-01"],
    );
    assert!(early.code == 2 && early.errors.contains("före perioden"), "{early:?}");
}

#[test]
fn an_extension_counts_once_its_decision_is_on_record() {
    let folder = register(
        "start = 2024-01-01\nend = 2025-12-31\noption.o = { months = 12 }",
        "extension.f = { until = 2026-12-31, dated = 2025-01-10, decision = \"d\", option = \"o\" }",
    );
    let of = |as_of: &str| {
        let found = in_register(&folder, as_of, &["--kind", "option,term-end"]);
        found
            .iter()
            .map(|one| format!("{} {}", short(one), one["state"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("2025-06-01"), ["2025-08-31 option/o coming", "2025-12-31 term-end coming"]);
    fs::create_dir(folder.path().join("records")).unwrap();
    let decision = "[decision.d]\nkind = \"extension\"\nby = \"socialnämnden\"\ndate = 2025-05-20\n";
    fs::write(folder.path().join("records/a.toml"), decision).unwrap();
    assert_eq!(of("2025-05-19"), ["2025-08-31 option/o coming", "2025-12-31 term-end coming"]);
    assert_eq!(of("2025-06-01"), ["2025-08-31 option/o done", "2026-12-31 term-end coming"]);
}

#[test]
fn stated_days_are_shown_without_a_known_term() {
    let folder = register("start = \"not-stated\"\nend = 2026-03-31\nreview_by = 2025-09-30", "");
    let found = in_register(&folder, "2025-01-01", &[]);
    assert_eq!(shorts(&found), ["2025-09-30 review/1", "2026-03-31 term-end"]);
}
