//! `iop followup` and `iop done`: what is overdue, and how it is ticked off.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{deadlines, in_register, json, register, short};
use crate::common::{Lund, plain, run_in};

#[test]
fn followup_says_what_is_overdue_and_done_ticks_it_off() {
    let lund = Lund::copy();
    let overdue = |lund: &Lund| {
        lund.run(&["followup", "rsmh-lund-2021", "--overdue", "--format", "json", "--as-of", "2021-09-15"])
    };
    let told = |lund: &Lund| {
        let run = overdue(lund);
        let found: Vec<Value> = json(&run)["agreements"][0]["duties"].as_array().unwrap().clone();
        (run.code, found.iter().map(short).collect::<BTreeSet<_>>())
    };
    // Of a proposal only the decision is awaited.
    assert_eq!(told(&lund), (1, ["2021-01-11 approval".to_owned()].into()));
    decide(&lund);
    let late = [
        "2021-06-30 steering-meeting/partnerskapet/2021H1",
        "2021-08-31 activity-report/verksamhetsrapport/2021H1",
    ];
    assert_eq!(told(&lund), (1, late.map(String::from).into()));
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
    let run = overdue(&lund);
    assert_eq!(run.code, 0, "{run:?}");
    // Ticked off twice, not yet, of another kind, in no period: refused, and nothing is written.
    let before = lund.read("records/rsmh-lund-2021.toml");
    for (arguments, said) in [
        (vec!["activity-report", "2021H1", "--date", "2021-08-20"], "Redan klart 2021-08-20"),
        (vec!["steering-meeting", "2021H2", "--date", "2021-10-01"], "har inte varit ännu"),
        (vec!["payout", "-", "--date", "2021-08-01"], "vilken utbetalning det gäller: 2021#1"),
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

/// The committee has decided on the agreement with RSMH.
fn decide(lund: &Lund) {
    let (agreement, records) = ("agreements/rsmh-lund-2021.toml", "records/rsmh-lund-2021.toml");
    lund.write(agreement, lund.read(agreement).replace("status = \"proposed\"", "status = \"decided\""));
    let decision =
        "# Beslutet.\n[decision.avtal]\nkind = \"approval\"\nby = \"socialnämnden\"\ndate = 2021-01-20\n";
    lund.write(records, decision);
}

#[test]
fn a_planned_meeting_sets_the_call_and_is_overdue_until_it_is_held() {
    let lund = Lund::copy();
    decide(&lund);
    let decided = lund.read("records/rsmh-lund-2021.toml");
    lund.write(
        "records/rsmh-lund-2021.toml",
        decided.clone()
            + "\n# Bokat av utvecklingschefen.\n[meeting.varen]\nsteering_group = \"partnerskapet\"\ndate = 2021-05-19 # onsdag\nplanned = true\n",
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
            "2021-12-31 steering-meeting/partnerskapet/2021H2 coming",
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
        decided
            + "\n# Bokat av utvecklingschefen.\n[meeting.varen]\nsteering_group = \"partnerskapet\"\ndate = 2021-05-21 # onsdag\nplanned = false\n"
    );
    assert!(of_2021("2021-05-25").contains(&"2021-06-04 steering-notes/partnerskapet/2021H1 due".to_owned()));
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
    assert!(early.code == 2 && early.errors.contains("för tidigt"), "{early:?}");
}

/// A register whose group meets five times a year, with two of the meetings booked.
fn booked() -> TempDir {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31",
        "steering_group.grupp = { title = \"Grupp\", meetings = { times = 5, per = \"year\" } }",
    );
    fs::create_dir(folder.path().join("records")).unwrap();
    let records = "[meeting.mars]\nsteering_group = \"grupp\"\ndate = 2024-03-01 # Storgatan\nplanned = true\n\n\
                   [meeting.september]\nsteering_group = \"grupp\"\ndate = 2024-09-10\nplanned = true\nregistry_number = \"X 1\"\n";
    fs::write(folder.path().join("records/a.toml"), records).unwrap();
    folder
}

fn records(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("records/a.toml")).unwrap()
}

#[test]
fn a_held_meeting_is_the_one_that_was_booked_for_it() {
    let folder = booked();
    let done = |arguments: &[&str]| {
        run_in(folder.path(), &[&["done"], arguments, &["--as-of", "2024-09-12"]].concat())
    };
    // The number of the notes that stands there is not written over.
    let other = done(&["a", "grupp", "2024.2", "--date", "2024-09-11", "--reference", "Y 2"]);
    assert!(other.code == 2 && other.errors.contains("har redan diarienummer X 1"), "{other:?}");
    let run = done(&["a/steering-meeting/grupp/2024.2", "--date", "2024-09-11"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(plain(&run.output).contains("Klart 2024-09-11: Styrgruppsmöte 2 av 5, 2024"), "{}", run.output);
    let text = records(&folder);
    assert!(text.contains("date = 2024-03-01 # Storgatan\nplanned = true"), "{text}");
    assert!(
        text.contains(
            "[meeting.september]\nsteering_group = \"grupp\"\ndate = 2024-09-11\nplanned = false\n"
        ),
        "{text}"
    );
    let unknown = done(&["a/steering-meeting/grupp/2024.9", "--date", "2024-09-11"]);
    assert!(
        unknown.code == 2 && unknown.errors.contains("Menade du a/steering-meeting/grupp/2024."),
        "{unknown:?}"
    );
    assert!(done(&["a", "--date", "2024-09-11"]).errors.contains("helt id"));
}

#[test]
fn a_booking_that_lies_far_ahead_stays() {
    let folder = booked();
    let arguments = ["done", "a", "grupp", "2024.2", "--date", "2024-05-10", "--as-of", "2024-06-01"];
    assert_eq!(run_in(folder.path(), &arguments).code, 0);
    let text = records(&folder);
    assert!(text.contains("date = 2024-09-10\nplanned = true"), "{text}");
    assert!(text.contains("date = 2024-05-10\nperiod = \"2024.2\""), "{text}");
}

#[test]
fn nobody_loses_what_another_ticks_off_at_the_same_time() {
    let folder = booked();
    let folder = &folder;
    std::thread::scope(|scope| {
        for number in ["2024.1", "2024.3", "2024.4", "2024.5"] {
            let arguments = ["done", "a", "grupp", number, "--date", "2024-05-02", "--as-of", "2024-06-01"];
            scope.spawn(move || assert_eq!(run_in(folder.path(), &arguments).code, 0));
        }
    });
    assert_eq!(records(folder).matches("date = 2024-05-02").count(), 4, "{}", records(folder));
}

#[cfg(unix)]
#[test]
fn the_rights_of_a_file_stay_and_a_protected_one_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let folder = booked();
    let file = folder.path().join("records/a.toml");
    let mode = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    let done = || {
        let arguments = ["done", "a", "grupp", "2024.1", "--date", "2024-03-01", "--as-of", "2024-06-01"];
        run_in(folder.path(), &arguments)
    };
    mode(0o444);
    let before = records(&folder);
    let refused = done();
    assert!(refused.code == 2 && refused.errors.contains("skrivskyddad"), "{refused:?}");
    assert_eq!(records(&folder), before);
    mode(0o664);
    assert_eq!(done().code, 0);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o664);
}

#[test]
fn nothing_is_done_long_before_the_agreement() {
    let folder = register("start = 2024-01-01\nend = 2025-12-31\nreview_by = 2025-03-31", "");
    let run =
        run_in(folder.path(), &["done", "a", "review", "1", "--date", "1999-01-01", "--as-of", "2025-01-01"]);
    assert!(run.code == 2 && run.errors.contains("tidigast 2023-01-01"), "{run:?}");
    assert!(!folder.path().join("records/a.toml").exists());
}

#[test]
fn records_that_cannot_be_read_are_told_of_and_not_taken_for_nothing() {
    let folder = booked();
    fs::write(folder.path().join("records/a.toml"), "x = [").unwrap();
    let table = run_in(folder.path(), &["schedule", "--as-of", "2024-02-01"]);
    let above = "records/a.toml kan inte läsas. Vad som är betalt och gjort i avtalet är inte känt.";
    assert!(table.code == 1 && plain(&table.output).contains(above), "{table:?}");
    let calendar = run_in(folder.path(), &["schedule", "--format", "ics", "--as-of", "2024-02-01"]);
    assert!(calendar.output.replace("\r\n ", "").contains(above), "{}", calendar.output);
}
