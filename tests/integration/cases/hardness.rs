//! Files, names and keys that seem to be something else than they are, and writers that are interrupted or meet.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Case, yearly};
use crate::common::{plain, run_in};

const DAY: &str = "2025-06-01";
const TERM: &str = "start = 2024-01-01, end = 2025-12-31";
const STRUCTURE: [&str; 3] = ["IOP101", "IOP106", "IOP107"];

fn case() -> Case {
    Case::new(TERM, &yearly(2024..=2025, 500_000, ""))
}

/// The files that findings of these codes stand in.
fn files(case: &Case, code: &str) -> Vec<String> {
    let report = case.json(DAY, "validate");
    let findings = report["findings"].as_array().unwrap().iter().filter(|one| one["code"] == code);
    findings.map(|one| one["file"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_looks_like_a_file_of_the_register_and_is_not_read_is_told() {
    let mut case = case();
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let passed_over = [
        "Budget.toml",
        "Records",
        "agreements/.dold.toml",
        "agreements/1/2/3/4/djup.toml",
        "agreements/b.TOML",
        "agreements/b.tml",
        "agreements/b.toml.bak",
        "agreements/oppet-hus.toml.txt",
        "budget.toml.txt",
        "records/.x/a.toml",
        "templates/clauses/purpose.md.txt",
    ];
    for file in passed_over {
        case =
            case.with(&if file == "Records" { "Records/a.toml".to_owned() } else { file.to_owned() }, &text);
    }
    // What has nothing to do with the register, and what a program leaves beside a file that is read.
    for file in [
        "agreements/README.md",
        "agreements/a.toml~",
        "agreements/.a.toml.swp",
        "agreements/.gitkeep",
        "notes/a.toml",
    ] {
        case = case.with(file, "x");
    }
    let mut told = files(&case, "IOP107");
    told.sort();
    assert_eq!(told, passed_over);
    assert!(files(&case, "IOP101").is_empty());
    let payouts = plain(&case.says(DAY, &["payouts"]));
    assert!(payouts.contains("agreements/oppet-hus.toml.txt kan inte läsas"), "{payouts}");
    assert!(payouts.contains("Summa, saknar"), "{payouts}");
}

#[cfg(unix)]
#[test]
fn what_lies_outside_the_register_is_not_read_through_a_link() {
    use std::os::unix::fs::symlink;

    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("hemligt.toml");
    fs::write(&secret, "hemligheten = \"tjugosex\"\n").unwrap();
    fs::write(outside.path().join("annat.md"), "# Hemligheten\n\ntjugosex\n").unwrap();
    let case = case().with("templates/clauses/purpose.md", "# Syfte\n");
    let link = |to: &Path, at: &str| symlink(to, case.folder.path().join(at)).unwrap();
    link(&secret, "agreements/b.toml");
    link(&secret, "budget.toml");
    link(outside.path(), "records");
    link(outside.path(), "agreements/mapp");
    link(&outside.path().join("annat.md"), "templates/clauses/exit.md");
    link(Path::new("a.toml"), "agreements/c.toml");
    assert_eq!(
        files(&case, "IOP101"),
        ["agreements/b.toml", "agreements/mapp", "budget.toml", "records", "templates/clauses/exit.md"]
    );
    for command in ["validate", "payouts", "budget", "schedule", "followup", "render"] {
        let said = case.says(DAY, &[command]);
        assert!(!said.contains("tjugosex") && !said.contains("hemlig"), "{command}: {said}");
        assert!(said.contains("leder ut ur registret"), "{command}: {said}");
    }
    fs::remove_file(case.folder.path().join("iop.toml")).unwrap();
    link(&secret, "iop.toml");
    let said = case.says(DAY, &["validate"]);
    assert!(said.contains("leder ut ur registret") && !said.contains("tjugosex"), "{said}");
}

#[cfg(unix)]
#[test]
fn templates_may_lie_in_another_folder_of_the_register() {
    let case = case().with("vara/purpose.md", "# Vad vi vill\n");
    fs::create_dir(case.folder.path().join("templates")).unwrap();
    std::os::unix::fs::symlink("../vara", case.folder.path().join("templates/clauses")).unwrap();
    assert!(files(&case, "IOP101").is_empty());
    case.says(DAY, &["render", "--format", "md"]);
    assert!(case.folder.path().join("build/a").exists());
}

#[test]
fn a_template_that_cannot_be_used_is_not_replaced_by_ours() {
    let case = case().with("templates/clauses/economy.md", "# Pengar\n\n{% if %}\n");
    let said = case.says(DAY, &["render", "--format", "md"]);
    assert!(said.contains("skrevs inte") && !case.folder.path().join("build/a").exists(), "{said}");
}

/// No letter that steers a terminal, and no line that begins with `start`.
fn assert_harmless(text: &str, start: &str, what: &str) {
    let is_kept = |letter: char| matches!(letter, '\n' | '\t') || !letter.is_control();
    assert!(text.replace("\r\n", "\n").chars().all(is_kept), "{what}: {text:?}");
    assert!(text.lines().all(|line| !line.starts_with(start)), "{what}: {text:?}");
}

const ALL: [&[&str]; 16] = [
    &["validate"],
    &["validate", "--format", "github"],
    &["validate", "--format", "json"],
    &["validate", "--format", "junit"],
    &["payouts"],
    &["payouts", "--explain"],
    &["payouts", "--format", "markdown"],
    &["payouts", "--format", "csv"],
    &["budget"],
    &["schedule"],
    &["schedule", "--format", "ics"],
    &["schedule", "--format", "csv-plain"],
    &["followup"],
    &["followup", "--format", "markdown"],
    &["render", "--format", "md"],
    &["payouts", "a\u{1b}[31m\nATTACH:x.toml"],
];

#[test]
fn keys_are_judged_as_texts_are_and_steer_no_terminal() {
    for (key, code) in [
        ("a\\u001b[31mb", "U+001B"),
        ("a\\nATTACH:x", "U+000A"),
        ("a\\u202eb", "U+202E"),
        ("a\\u009bb", "U+009B"),
    ] {
        let economy = yearly(2024..=2024, 500_000, "").replace("funding.2024", &format!("funding.\"{key}\""));
        let case = Case::new(TERM, &economy);
        assert_eq!(case.findings(DAY, &STRUCTURE).len(), 1, "{key}");
        assert!(case.says(DAY, &["validate"]).contains(code), "{key}");
        for command in ALL {
            assert_harmless(&case.says(DAY, command), "ATTACH", &format!("{key} {command:?}"));
        }
    }
    // Two that nobody can tell apart: the second has a Cyrillic letter.
    let economy = yearly(2024..=2024, 500_000, "");
    let case = Case::new(
        TERM,
        &format!(
            "[party.\"f\u{f6}rening\"]\nrole = \"civil-society\"\nname = \"B\"\n[party.\"f\u{f6}r\u{435}ning\"]\nrole = \"civil-society\"\nname = \"C\"\n{economy}"
        ),
    );
    let said = case.says(DAY, &["validate"]);
    assert!(said.contains("ser likadana ut") && said.contains("U+0435"), "{said}");
    // Swedish letters alone are no fault.
    let case = Case::new(
        TERM,
        &format!("[party.\"f\u{f6}rening\"]\nrole = \"civil-society\"\nname = \"B\"\n{economy}"),
    );
    assert!(case.findings(DAY, &STRUCTURE).is_empty());
}

#[test]
fn control_characters_in_a_file_that_cannot_be_read_reach_no_terminal() {
    let case = case()
        .with("agreements/b.toml", "title = \"\u{1b}[31m\u{9b}2J\u{7}\u{85}\n# \u{1b}]0;x\u{7}\nx = \n");
    for command in ALL {
        assert_harmless(&case.says(DAY, command), "ATTACH", &format!("{command:?}"));
    }
}

#[test]
fn no_name_breaks_a_line_of_a_calendar() {
    let case = case()
        .with("iop.toml", "[municipality]\nname = \"Provs kommun\\nATTACH:http://example.invalid/x\"\n");
    let calendar = run_in(case.folder.path(), &["schedule", "--format", "ics", "--as-of", DAY]).output;
    assert_harmless(&calendar, "ATTACH", "name");
    let whole = calendar.replace("\r\n ", "");
    assert!(
        whole.contains("X-WR-CALNAME;VALUE=TEXT:Idéburna partnerskap – Provs kommun\\nATTACH:http"),
        "{calendar}"
    );
    assert!(whole.contains("\r\nNAME;VALUE=TEXT:Idéburna"), "{calendar}");
}

fn reviewed() -> Case {
    Case::new(
        "start = 2024-01-01, end = 2025-12-31, review_by = 2025-03-31",
        &yearly(2024..=2025, 500_000, ""),
    )
}

const DONE: [&str; 8] = ["done", "a", "review", "1", "--date", "2025-03-20", "--as-of", DAY];

#[test]
fn who_waits_for_somebody_else_is_told_and_goes_on() {
    let case = reviewed();
    let path = case.folder.path().join(".iop-lock");
    let other = fs::File::create(&path).unwrap();
    other.lock().unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("iop"))
        .current_dir(case.folder.path())
        .args(DONE)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(2_500));
    assert!(child.try_wait().unwrap().is_none());
    drop(other);
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && errors.contains("Någon annan ändrar i registret"), "{errors}");
    assert!(!path.exists(), "nothing is left");
}

#[test]
fn a_file_of_the_register_that_somebody_else_keeps_open_and_locked_stops_nobody() {
    let case = reviewed();
    let other = fs::File::open(case.folder.path().join("iop.toml")).unwrap();
    other.lock().unwrap();
    let began = Instant::now();
    assert_eq!(run_in(case.folder.path(), &DONE).code, 0);
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_owner_group_and_rights() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

    let case = reviewed().with("records/a.toml", "");
    let path = case.folder.path().join("records/a.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    // Only the system's administrator may give a file away; others keep their own.
    _ = chown(&path, Some(65534), Some(65534));
    let of = || {
        let found = path.metadata().unwrap();
        (found.uid(), found.gid(), found.mode() & 0o777)
    };
    let before = of();
    assert_eq!(run_in(case.folder.path(), &DONE).code, 0);
    assert_eq!(of(), before);
    assert!(fs::read_to_string(&path).unwrap().contains("review"));
}

#[test]
fn documents_of_an_earlier_run_are_told_and_only_ours_are_taken_away() {
    let case = case();
    let first = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let case = case.with("agreements/b.toml", &first).with("agreements/c.toml", &first);
    let render = |more: &[&str]| case.says(DAY, &[&["render", "--format", "md"], more].concat());
    let build = case.folder.path().join("build");
    let there = |file: &str| build.join(file).exists();
    assert!(!render(&[]).contains("ligger kvar"));
    for id in ["b", "c"] {
        fs::remove_file(case.folder.path().join(format!("agreements/{id}.toml"))).unwrap();
    }
    // Somebody's own, and one that somebody has changed.
    fs::write(build.join("b/anteckningar.md"), "x").unwrap();
    fs::write(build.join("b/tjansteskrivelse.md"), "ändrad").unwrap();
    fs::create_dir(build.join("d")).unwrap();
    fs::write(build.join("d/avtal.md"), "x").unwrap();
    let said = render(&[]);
    assert!(said.contains("Äldre dokument ligger kvar") && said.contains("build/b/avtal.md"), "{said}");
    assert!(!said.contains("build/b/tjansteskrivelse.md") && !said.contains("build/d/"), "{said}");
    // A list that somebody has made up leads nowhere else.
    let list = build.join(".iop-written.json");
    let text = fs::read_to_string(&list).unwrap();
    let digest = text.lines().find(|line| line.contains("b/avtal.md")).unwrap().to_owned();
    fs::copy(build.join("b/avtal.md"), case.folder.path().join("avtal.md")).unwrap();
    let more = format!(
        "{digest}\n{}",
        digest.replace("b/avtal.md", "../avtal.md").trim_end_matches(',').to_owned() + ","
    );
    fs::write(&list, text.replace(&digest, &more)).unwrap();
    let said = render(&["--clean"]);
    assert!(said.contains("build/b/avtal.md togs bort"), "{said}");
    assert!(!there("b/avtal.md") && !there("c"), "{said}");
    for file in ["a/avtal.md", "b/anteckningar.md", "b/tjansteskrivelse.md", "d/avtal.md", "../avtal.md"] {
        assert!(there(file), "{file}");
    }
    assert!(!render(&[]).contains("ligger kvar"));
}

#[test]
fn a_document_that_is_refused_does_not_leave_the_old_one_untold() {
    let case = case();
    case.says(DAY, &["render", "--format", "md"]);
    let case = case.with("records/a.toml", "x = [\n");
    let said = case.says(DAY, &["render", "--format", "md"]);
    assert!(said.contains("skrevs inte") && said.contains("Äldre dokument ligger kvar"), "{said}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_demo_leaves_nothing() {
    for (signal, is_there) in [("INT", false), ("TERM", true)] {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("prov");
        if is_there {
            fs::create_dir(&target).unwrap();
        }
        let child = Command::new(assert_cmd::cargo::cargo_bin("iop"))
            .current_dir(folder.path())
            .args(["demo", "prov", "--agreements", "20000"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let within = if is_there { target.clone() } else { folder.path().to_owned() };
        let began = Instant::now();
        while fs::read_dir(&within).unwrap().next().is_none() {
            assert!(began.elapsed() < Duration::new(60, 0));
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(100));
        let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.code() == Some(2) && errors.contains("Avbrutet. Inget har skrivits."),
            "{errors}"
        );
        let left = fs::read_dir(&within).unwrap().count();
        assert_eq!((left, target.exists()), (0, is_there));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_report_leaves_nothing_half_made() {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), &["demo", "prov", "--agreements", "200"]);
    assert_eq!(made.code, 0, "{}", made.errors);
    let left = || fs::read_dir(folder.path()).unwrap().count() - 1;
    // A report may be ready before anybody can end it.
    let was_ended = (0..10).any(|_| {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("iop"))
            .current_dir(folder.path())
            .args([
                "schedule",
                "--register",
                "prov",
                "--from",
                "1900-01-01",
                "--format",
                "csv",
                "--output",
                "x.csv",
            ])
            .spawn()
            .unwrap();
        while left() == 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        _ = Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status().unwrap();
        let code = child.wait().unwrap().code();
        if code == Some(0) {
            fs::remove_file(folder.path().join("x.csv")).unwrap();
        }
        assert_eq!(left(), 0, "{code:?}");
        code == Some(130)
    });
    assert!(was_ended);
}

#[test]
fn whatever_the_schedule_shows_is_ticked_off_or_told_where_it_belongs() {
    let case = Case::of_example("adala");
    let all = ["schedule", "--from", "1900-01-01", "--format", "json", "--as-of", DAY];
    let schedule: Value = serde_json::from_str(&run_in(case.folder.path(), &all).output).unwrap();
    let ids: Vec<&str> =
        schedule["deadlines"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.iter().any(|id| id.contains("/notice-decision/")), "{ids:?}");
    for id in ids {
        let run = run_in(case.folder.path(), &["done", id, "--date", "2031-12-01", "--as-of", "2031-12-31"]);
        assert!([0, 2].contains(&run.code), "{id}: {}", run.errors);
        if id.contains("/notice-decision/") {
            assert!(run.errors.contains("iop done oppet-hus beslut uppsägning"), "{}", run.errors);
        }
    }
}
