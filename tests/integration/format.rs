//! `iop format`: one convention, which all that the program writes and the repository holds keeps already; nothing that a file
//! says is changed by it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use iop::register::write::formatted;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::common::{Lund, TODAY, repository, run_in};

/// The files of the registers in a folder, by their paths.
fn files(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.')
                && !["target", "assets", "fuzz", "corpus", "word"].contains(&name.as_str())
            {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "toml") && !name.starts_with('.') {
            found.insert(path.clone(), fs::read_to_string(path).unwrap());
        }
    }
}

fn assert_kept(folder: &Path) -> usize {
    let mut all = BTreeMap::new();
    files(folder, &mut all);
    for (path, text) in &all {
        assert_eq!(formatted(text).as_ref(), Some(text), "{}", path.display());
    }
    all.len()
}

#[test]
fn the_repository_and_the_examples_keep_the_convention() {
    let here = run_in(&repository(), &["format", "--check"]);
    assert_eq!(here.code, 0, "{here:?}");
    assert!(assert_kept(&repository().join("examples")) > 30);
}

#[test]
fn what_the_program_writes_keeps_the_convention() {
    let folder = tempfile::tempdir().unwrap();
    let run = |at: &Path, arguments: &[&str]| {
        let run = run_in(at, arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {run:?}");
    };
    run(folder.path(), &["demo", "demo", "--agreements", "60", "--seed", "5"]);
    run(
        folder.path(),
        &[
            "init",
            "ny",
            "--municipality",
            "Ådala kommun",
            "--committee",
            "Socialnämnden",
            "--frame",
            "2027=500000",
        ],
    );
    let new = folder.path().join("ny");
    run(
        &new,
        &["new", "--organisation", "Prov", "--title", "samtal", "--from", "2027-01-01", "--amount", "500000"],
    );
    let lund = Lund::copy();
    run(lund.folder.path(), &["new", "--continue", "po-skane-2023", "po-2"]);
    run(lund.folder.path(), &["new", "--extend", "rsmh-lund-2021", "--until", "2024-12-31"]);
    fs::write(
        lund.path("papper.md"),
        "# Överenskommelse\n\n## Ersättning\n\nKommunen betalar 500 000 kronor för 2024.\n",
    )
    .unwrap();
    run(lund.folder.path(), &["import", "papper.md"]);
    assert!(assert_kept(folder.path()) > 100);
    assert!(assert_kept(lund.folder.path()) > 5);
}

#[test]
fn everything_goes_to_its_place_with_its_comments() {
    let wild = "\n\n#:schema x\n  # huvud\n\n\n title=\"x\"   # om titeln\nactivity =    'y'\n\n\n\n  # om status\nstatus = \"draft\"\n\
                list=[ 1,2 ,  3 ]\nlong = [\n\"a\", # första\n   # före b\n \"b\"\n # sist\n]\nempty = [\n]\n\
                [ party . a ]\nname=\"A\"\nmoney = {amount=640000,days  = [ 1 ]}\n\n# ── Ekonomi ──\n\n[funding.x]\namount = -12500\n\
                hex = 0xFFFFF\n# om b\n[party.b] # parten\nname = \"B\"\n# slut\n\n";
    let tidy = "#:schema x\n# huvud\n\ntitle = \"x\" # om titeln\nactivity = 'y'\n\n# om status\nstatus = \"draft\"\n\
                list = [1, 2, 3]\nlong = [\n    \"a\", # första\n    # före b\n    \"b\",\n    # sist\n]\nempty = []\n\n\
                [party.a]\nname = \"A\"\nmoney = { amount = 640_000, days = [1] }\n\n# om b\n[party.b] # parten\nname = \"B\"\n\n\
                # ── Ekonomi ──\n\n[funding.x]\namount = -12_500\nhex = 0xFFFFF\n# slut\n";
    assert_eq!(formatted(wild).unwrap(), tidy);
    assert_eq!(formatted(tidy).unwrap(), tidy);
    assert_eq!(formatted("a = [\n"), None);
    assert_eq!(formatted("\n# bara en kommentar\n\n").unwrap(), "# bara en kommentar\n");
    assert_eq!(formatted("").unwrap(), "");
}

/// The comments of a text, in no order.
fn comments(text: &str) -> Vec<String> {
    let document: toml_edit::DocumentMut = text.parse().unwrap();
    // Where no text has a number sign, each one begins a comment.
    assert!(!document.to_string().contains("\"#"), "{text}");
    let lines = text.lines().filter_map(|line| Some(line.split_once('#')?.1.trim_end().to_owned()));
    let mut found: Vec<String> = lines.collect();
    found.sort();
    found
}

/// Agreements of an invented register.
fn demo() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), &["demo", "d", "--agreements", "30", "--seed", "11"]).code, 0);
    let mut all = BTreeMap::new();
    files(folder.path(), &mut all);
    all.into_values()
        .filter(|text| !text.lines().any(|line| line.contains('#') && line.contains('"')))
        .collect()
}

/// The text with its lines written otherwise, as each number says.
fn written_otherwise(text: &str, how: &[u8]) -> String {
    let mut tables: Vec<String> = Vec::new();
    for (line, how) in text.lines().zip(how.iter().cycle()) {
        // The lines of a long text are what it says.
        let is_key = line
            .split_once(" = ")
            .is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        let line = match (how % 8, line.split_once(" = ")) {
            (1, Some((key, value))) if is_key && !value.contains("\"\"\"") => {
                format!("  {key}={value}   # {how}")
            }
            (2, Some((key, value))) if is_key => format!("{key}\t=  {value}"),
            (3, _) if line.starts_with('[') => format!("\n\n# nr {how}\n\n\n{line} # efter"),
            (4, Some((key, value))) if is_key => format!("{key} = {}", value.replace('_', "")),
            (5, _) if line.starts_with('[') => format!("# nr {how}\n{line}"),
            _ => line.to_owned(),
        };
        if line.trim_start_matches(['\n', '#']).starts_with('[') || line.contains("\n[") || tables.is_empty()
        {
            tables.push(String::new());
        }
        let last = tables.last_mut().unwrap();
        last.push_str(&line);
        last.push('\n');
    }
    // Tables stand in any order below what stands in the file itself.
    let first = tables.remove(0);
    let mut numbered: Vec<(u8, String)> = how.iter().cycle().copied().zip(tables).collect();
    numbered.sort_by_key(|(number, _)| number % 5);
    std::iter::once(first).chain(numbered.into_iter().map(|(_, table)| table)).collect()
}

#[test]
fn what_a_file_says_is_the_same_and_twice_is_once() {
    let demo = demo();
    assert!(demo.len() > 30, "{}", demo.len());
    proptest!(ProptestConfig::with_cases(60), |(at in 0..demo.len(), how in prop::collection::vec(any::<u8>(), 7..40))| {
        let wild = written_otherwise(&demo[at], &how);
        let before: toml::Table = wild.parse().map_err(|error| TestCaseError::fail(format!("{error}\n{wild}")))?;
        let tidy = formatted(&wild).unwrap();
        prop_assert_eq!(&tidy.parse::<toml::Table>().unwrap(), &before);
        prop_assert_eq!(formatted(&tidy).unwrap(), tidy.clone());
        prop_assert_eq!(comments(&tidy), comments(&wild));
    });
}

/// A register with one file that is written otherwise.
fn wild() -> Lund {
    let lund = Lund::copy();
    lund.change("budget.toml", "amount = 1_000_000\n", "amount=1000000\n");
    lund
}

#[test]
fn check_writes_nothing_and_says_which() {
    let lund = wild();
    let before = lund.read("budget.toml");
    let run = lund.run(&["format", "--check"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.output.starts_with("budget.toml\n1 fil skulle ställas upp."), "{run:?}");
    assert_eq!(lund.read("budget.toml"), before);
    let run = lund.run(&["format", "--check", "rsmh-lund-2021"]);
    assert_eq!((run.code, run.output.contains("Inget att ändra")), (0, true), "{run:?}");
    let run = lund.run(&["format"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(lund.read("budget.toml").contains("amount = 1_000_000\n"));
    assert_eq!(lund.run(&["format", "--check"]).code, 0);
}

#[test]
fn line_ends_and_the_mark_stay_and_a_link_stays_a_link() {
    let lund = wild();
    let windows = format!("\u{feff}{}", lund.read("budget.toml").replace('\n', "\r\n"));
    lund.write("budget.toml", &windows);
    assert_eq!(lund.run(&["format"]).code, 0);
    let text = lund.read("budget.toml");
    assert_eq!(text, windows.replace("amount=1000000", "amount = 1_000_000"));
    #[cfg(unix)]
    {
        lund.write("delad/budget.toml", lund.read("budget.toml").replace(" = 1_0", "=1_0"));
        fs::remove_file(lund.path("budget.toml")).unwrap();
        std::os::unix::fs::symlink("delad/budget.toml", lund.path("budget.toml")).unwrap();
        assert_eq!(lund.run(&["format"]).code, 0);
        assert!(lund.path("budget.toml").is_symlink());
        assert!(lund.read("delad/budget.toml").contains("amount = 1_000_000"));
    }
}

#[test]
fn what_cannot_be_read_or_written_is_told_and_the_rest_is_laid_out() {
    let lund = wild();
    lund.change("iop.toml", "[municipality]", "[municipality");
    let run = lund.run(&["format"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.errors.contains("iop.toml går inte att läsa och är orörd"), "{run:?}");
    assert!(lund.read("budget.toml").contains("amount = 1_000_000"));
    let lund = wild();
    let mut rights = fs::metadata(lund.path("budget.toml")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(lund.path("budget.toml"), rights).unwrap();
    let run = lund.run(&["format"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.errors.contains("budget.toml är skrivskyddad") && run.output.is_empty(), "{run:?}");
    assert!(lund.read("budget.toml").contains("amount=1000000"));
}

#[test]
fn a_register_says_the_same_when_it_is_laid_out() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), &["demo", "d", "--agreements", "12", "--seed", "2"]).code, 0);
    let at = folder.path().join("d");
    let said = || run_in(&at, &["payouts", "--format", "csv-plain", "--as-of", TODAY]).output;
    let before = said();
    let mut all = BTreeMap::new();
    files(&at, &mut all);
    for (path, text) in all {
        fs::write(path, text.replace(" = ", "=").replace("\n[", "\n\n\n[")).unwrap();
    }
    assert_eq!(run_in(&at, &["format"]).code, 0);
    assert_eq!(said(), before);
    assert_kept(&at);
}
