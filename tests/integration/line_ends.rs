//! Git on Windows ends lines otherwise, and some programs begin a file with a mark of its encoding: neither makes any
//! difference to what a register says, and what is written keeps both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::common::{Lund, TODAY, repository, run_in};

const MARK: &str = "\u{feff}";

/// Everything in a register that is text.
const TEXTS: [&str; 8] =
    ["iop.toml", "budget.toml", "agreements", "guidelines", "indexes", "meetings", "records", "templates"];

/// Every output that says what a register says. `render` writes its documents in `out`.
const COMMANDS: [&[&str]; 7] = [
    &["validate"],
    &["validate", "--format", "json"],
    &["payouts", "--format", "json"],
    &["schedule", "--from", "2000-01-01", "--format", "json"],
    &["followup"],
    &["budget", "--format", "json"],
    &["render", "--format", "md", "--out", "out"],
];

/// Copies the texts at `from` to `to` as `write` has them.
fn copy(from: &Path, to: &Path, write: &dyn Fn(&Path, &str) -> String) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy(&from.join(&name), &to.join(&name), write);
        }
    } else if !from.exists() {
        // A register need not have every file.
    } else if from.extension().is_some_and(|ending| ending == "toml" || ending == "md") {
        fs::write(to, write(from, &fs::read_to_string(from).unwrap())).unwrap();
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// The register in `from` as `write` has its texts, with templates of its own that are those of the program.
fn register(from: &Path, write: &dyn Fn(&Path, &str) -> String) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository().join("templates"), &folder.path().join("templates"), write);
    for name in TEXTS {
        copy(&from.join(name), &folder.path().join(name), write);
    }
    folder
}

/// What all commands print, and the documents that they write.
fn said(register: &Path, as_of: &str) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for command in COMMANDS {
        let run = run_in(register, &[command, &["--as-of", as_of]].concat());
        said.insert(command.join(" "), format!("{}\n{}{}", run.code, run.output, run.errors));
    }
    documents(&register.join("out"), &mut said);
    said
}

fn documents(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else {
            let name = path.iter().rev().take(2).map(|part| part.display().to_string()).collect();
            found.insert(name, fs::read_to_string(path).unwrap());
        }
    }
}

fn windows(_: &Path, text: &str) -> String {
    format!("{MARK}{}", text.replace('\n', "\r\n"))
}

/// A mark alone, and templates as they were written on the oldest machines.
fn old(path: &Path, text: &str) -> String {
    let is_template = path.extension().is_some_and(|ending| ending == "md");
    if is_template { text.replace('\n', "\r") } else { format!("{MARK}{text}") }
}

fn assert_same(from: &Path, as_of: &str, writes: &[fn(&Path, &str) -> String]) {
    let expected = said(register(from, &|_, text| text.to_owned()).path(), as_of);
    assert!(expected.len() > COMMANDS.len(), "{}: no document", from.display());
    for write in writes {
        for (what, said) in said(register(from, write).path(), as_of) {
            assert_eq!(Some(&said), expected.get(&what), "{}: {what}", from.display());
        }
    }
}

#[test]
fn a_register_says_the_same_however_its_lines_end() {
    assert_same(&repository(), TODAY, &[windows, old]);
}

#[test]
fn an_example_says_the_same_on_windows() {
    for entry in fs::read_dir(repository().join("examples")).unwrap() {
        assert_same(&entry.unwrap().path(), "2024-06-01", &[windows]);
    }
}

#[test]
fn faults_are_found_at_the_same_places_on_windows() {
    let demo = tempfile::tempdir().unwrap();
    assert_eq!(run_in(demo.path(), &["demo", "d", "--agreements", "20", "--seed", "3"]).code, 0);
    assert_same(&demo.path().join("d"), "2026-06-30", &[windows]);
}

#[test]
fn a_line_that_hides_behind_a_comment_is_no_line() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    lund.change(file, "status = \"proposed\"\n", "status = \"proposed\"\n# x\rguideline = \"x\"\n");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    assert!(
        findings.iter().any(|finding| finding["line"] == 8
            && finding["message"].as_str().unwrap().contains("ensamt CR-tecken")),
        "{findings:#?}"
    );
}

#[test]
fn what_is_ticked_off_changes_its_own_lines_and_no_others() {
    let lund = Lund::copy();
    let file = "records/rsmh-lund-2021.toml";
    let done = |arguments: &[&str]| {
        let run = lund.run(&[&["done", "rsmh-lund-2021"], arguments, &["--as-of", "2021-09-15"]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        lund.read(file)
    };
    let first = done(&["activity-report", "2021H1", "--date", "2021-08-20"]);
    let second = done(&["partnerskapet", "2021H1", "--date", "2021-07-03"]);
    assert!(second.starts_with(&first) && second.len() > first.len() && !second.contains('\r'), "{second}");
    lund.write(file, windows(Path::new(file), &first));
    let again = done(&["partnerskapet", "2021H1", "--date", "2021-07-03"]);
    assert_eq!(again, windows(Path::new(file), &second));
}

#[test]
fn what_is_generated_keeps_the_line_ends_of_what_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    for (command, file) in
        [(vec!["schema"], "schema/budget.v1.json"), (vec!["explain", "--out", "pages"], "pages/IOP201.md")]
    {
        let path = folder.path().join(file);
        assert_eq!(run_in(folder.path(), &command).code, 0);
        let plain = fs::read_to_string(&path).unwrap();
        assert!(!plain.contains('\r'));
        let old = windows(&path, &plain.replacen('\n', "\nx\n", 1));
        fs::write(&path, old).unwrap();
        assert_eq!(run_in(folder.path(), &command).code, 0);
        assert_eq!(fs::read_to_string(&path).unwrap(), windows(&path, &plain));
    }
}
