//! What cannot be read is not absent: with each folder and file of a register closed in turn, every command says so.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{Lund, Run, repository};

/// The system's user without rights of her own: nobody.
const NOBODY: u32 = 65534;

const AS_OF: &str = "2022-06-01";

/// A register, and the program where anybody may run it.
struct Register {
    lund: Lund,
    /// Whether the tests run as somebody who may read whatever is closed.
    is_root: bool,
    program: PathBuf,
    _beside: TempDir,
}

impl Register {
    /// Nothing where no user without rights can be had.
    #[expect(clippy::print_stderr, reason = "that a test says nothing must be seen")]
    fn new() -> Option<Self> {
        let lund = Lund::copy();
        for (file, from) in [
            ("meetings/social-2025.toml", "examples/adala/meetings/social-2025.toml"),
            ("templates/clauses/purpose.md", "templates/clauses/purpose.md"),
            ("templates/documents/avtal.md", "templates/documents/avtal.md"),
        ] {
            lund.write(file, fs::read(repository().join(from)).unwrap());
        }
        lund.write(
            "records/rsmh-lund-2021.toml",
            "[done.a]\nkind = \"review\"\nperiod = \"1\"\ndate = 2022-03-20\n",
        );
        for folder in ["templates/fonts", "templates/pictures"] {
            fs::create_dir(lund.path(folder)).unwrap();
        }
        open(lund.folder.path(), 0o755);
        let beside = tempfile::tempdir().unwrap();
        open(beside.path(), 0o755);
        let program = beside.path().join("iop");
        fs::copy(assert_cmd::cargo::cargo_bin("iop"), &program).unwrap();
        let is_root = lund.folder.path().metadata().unwrap().uid() == 0;
        let register = Self { lund, is_root, program, _beside: beside };
        let is_possible = register.command(&["--version"]).output().is_ok();
        if !is_possible {
            eprintln!("skipped: the tests run as root, and no other user can be had here");
        }
        is_possible.then_some(register)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.current_dir("/").args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let register = self.lund.folder.path().display().to_string();
        let all = [arguments, &["--as-of", AS_OF, "--register", &register]].concat();
        let output = self.command(&all).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Does something while `path` has these rights.
    fn closed<T>(&self, path: &str, mode: u32, work: impl FnOnce() -> T) -> T {
        let path = self.lund.path(path);
        let before = path.metadata().unwrap().permissions().mode();
        open(&path, mode);
        let result = work();
        open(&path, before);
        result
    }
}

fn open(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

const FOLDERS: [&str; 11] = [
    ".",
    "agreements",
    "guidelines",
    "indexes",
    "meetings",
    "records",
    "templates",
    "templates/clauses",
    "templates/documents",
    "templates/fonts",
    "templates/pictures",
];

const FILES: [&str; 8] = [
    "iop.toml",
    "budget.toml",
    "agreements/rsmh-lund-2021.toml",
    "records/rsmh-lund-2021.toml",
    "guidelines/lund-iop-2020.toml",
    "indexes/lund-priskompensation.toml",
    "meetings/social-2025.toml",
    "templates/clauses/purpose.md",
];

const RSMH: &str = "rsmh-lund-2021";

const DONE: [&str; 6] = ["done", "rsmh-lund-2021", "review", "-", "--date", "2022-03-31"];

/// Every command.
fn commands(out: &str) -> Vec<Vec<&str>> {
    let mut all = vec![vec!["render", "--format", "md", "--out", out], DONE.to_vec()];
    all.extend(["validate", "payouts", "budget", "followup", "schedule"].map(|command| vec![command]));
    all
}

/// Every command with every format in which it answers on its output.
fn formats(out: &str) -> Vec<Vec<&str>> {
    let mut all = vec![vec!["render", "--format", "md", "--out", out], DONE.to_vec()];
    let mut add = |command: &'static str, formats: &[&'static str]| {
        all.extend(formats.iter().map(|format| vec![command, "--format", format]));
    };
    add("validate", &["human", "json", "github", "gitlab", "sarif", "junit"]);
    for command in ["payouts", "budget", "followup"] {
        add(command, &["table", "json", "csv", "csv-plain", "markdown"]);
    }
    add("schedule", &["table", "json", "csv", "csv-plain", "markdown", "ics"]);
    all
}

#[test]
fn with_anything_closed_every_command_says_so() {
    let Some(register) = Register::new() else { return };
    let out = tempfile::tempdir().unwrap();
    open(out.path(), 0o777);
    let out = out.path().join("ut").display().to_string();
    let closed = FOLDERS.iter().map(|folder| (*folder, 0o000)).chain(FILES.iter().map(|file| (*file, 0o000)));
    // A folder that can be listed and whose files cannot be reached, and the other way round.
    let half = ["agreements", "records"].iter().flat_map(|folder| [(*folder, 0o444), (*folder, 0o111)]);
    for (path, mode) in closed.chain(half) {
        let is_whole = mode == 0 && ["agreements", "records", "templates"].contains(&path);
        for command in if is_whole { formats(&out) } else { commands(&out) } {
            let run = register.closed(path, mode, || register.run(&command));
            let said = format!("{}{}", run.output, run.errors).replace("\r\n ", "").replace('\\', "");
            let named = if path == "." { "iop.toml" } else { path };
            assert!(run.code == 1 || run.code == 2, "{path} {mode:o} {command:?}: {run:?}");
            assert!(said.contains(named), "{path} {mode:o} {command:?}: {run:?}");
            assert!(
                said.contains("behörighet saknas") || command[0] == "done",
                "{path} {mode:o} {command:?}: {run:?}"
            );
            let is_sheet = !["render", "done"].contains(&command[0]) && run.code == 1;
            assert!(
                !is_sheet || run.output.contains(named) || run.output.contains(&named.replace('_', "\\_")),
                "{path} {command:?}: {run:?}"
            );
        }
    }
    assert!(register.run(&["validate"]).code < 2, "open again");
}

#[test]
fn no_document_is_written_on_what_cannot_be_read() {
    let Some(register) = Register::new() else { return };
    let out = tempfile::tempdir().unwrap();
    open(out.path(), 0o777);
    let folder = out.path().display().to_string();
    let render = || register.run(&["render", "--format", "md", "--out", &folder]);
    let written = || out.path().join("rsmh-lund-2021/avtal.md").exists();
    for path in FOLDERS
        .iter()
        .chain(&FILES)
        .filter(|path| !["meetings", "budget.toml"].iter().any(|free| path.starts_with(free)))
    {
        let run = register.closed(path, 0o000, render);
        assert!(run.code > 0 && !written(), "{path}: {run:?}");
    }
    // What no document rests on is told, and stops none.
    assert_eq!(register.closed("meetings", 0o000, render).code, 1);
    assert!(written());
}

#[test]
fn what_nobody_knows_is_not_late_and_is_not_paid() {
    let Some(register) = Register::new() else { return };
    let json = |command: &str| -> Value {
        serde_json::from_str(&register.run(&[command, "--format", "json"]).output).unwrap()
    };
    // Signed, so that somebody owes what is due.
    register.lund.change("agreements/rsmh-lund-2021.toml", "status = \"proposed\"", "status = \"signed\"");
    let late = json("followup")["summary"]["overdue"].as_u64().unwrap();
    assert!(late > 0);
    for path in ["records", "records/rsmh-lund-2021.toml"] {
        register.closed(path, 0o000, || {
            let followup = json("followup");
            let of = followup["agreements"].as_array().unwrap().iter().find(|one| one["id"] == RSMH).unwrap();
            let late = of["duties"].as_array().unwrap().iter().filter(|one| one["state"] == "overdue");
            // What a series that can be read lacks is known.
            assert!(late.clone().all(|one| one["kind"] == "index-value"), "{path}: {followup:#}");
            assert!(of["summary"]["unknown"].as_u64().unwrap() > 0, "{path}: {followup:#}");
            let table = register.run(&["followup", "--overdue"]);
            assert!(table.code == 1 && table.output.contains("inte känt"), "{path}: {table:?}");
            let calendar = register.run(&["schedule", "rsmh-lund-2021", "--format", "ics"]).output;
            let late = calendar.matches("Försenat: ").count();
            assert_eq!(late, calendar.matches("Försenat: För in").count(), "{path}: {calendar}");
            let payouts = json("payouts");
            let of = payouts["agreements"].as_array().unwrap().iter().find(|one| one["id"] == RSMH).unwrap();
            assert!(of["payouts"][0]["paid"].is_null(), "{path}: {payouts:#}");
            let found = register.run(&["validate", "--format", "json"]).output;
            assert!(
                !found.contains("IOP617") && !found.contains("inget beslut om att godkänna"),
                "{path}: {found}"
            );
            // Nothing is written over what cannot be read.
            let done = register.run(&DONE);
            assert!(done.code == 2 && done.errors.contains("går inte att läsa"), "{path}: {done:?}");
        });
    }
    register.closed("agreements", 0o000, || {
        for command in ["payouts", "budget"] {
            let run = register.run(&[command]);
            assert!(run.output.contains("Avtalen i mappen ingår inte"), "{run:?}");
        }
        let named = register.run(&["payouts", "rsmh-lund-2021"]);
        assert!(named.code == 1 && !named.errors.contains("finns inget avtal"), "{named:?}");
    });
}
