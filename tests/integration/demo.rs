//! `iop demo`: the register causes the findings that its manifest lists, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::{plain, run_in};
use iop::demo::{AS_OF, Commitments, Demo};
use iop::documents::Stationery;
use iop::register::{InputFile, Register};
use iop::rules::{Judging, judge};
use serde_json::Value;

/// Code, file and key path of a finding.
type Key = (String, String, String);

/// All files of a register in memory, and the findings that it is made to cause.
fn register(agreements: u32, seed: u64) -> (BTreeMap<String, String>, Vec<Key>) {
    let demo = Demo::new(agreements, seed);
    let mut files = BTreeMap::new();
    let mut planted = Vec::new();
    let mut commitments = Commitments::default();
    for index in 0..demo.agreements() {
        let made = demo.make(index);
        files.extend(made.files.into_iter().map(|file| (file.path, file.text)));
        planted.extend(made.planted);
        commitments = commitments.and(made.commitments);
    }
    let (shared, in_budget) = demo.shared(&commitments);
    files.extend(shared.into_iter().map(|file| (file.path, file.text)));
    planted.extend(in_budget);
    let mut keys: Vec<Key> =
        planted.into_iter().map(|one| (one.code.to_owned(), one.file, one.path)).collect();
    keys.sort();
    (files, keys)
}

fn findings(files: &BTreeMap<String, String>) -> Vec<Key> {
    let input: Vec<_> = files.iter().map(|(file, text)| InputFile::text(file, text)).collect();
    let (register, mut read) = Register::load(input);
    let (stationery, mut faults) = Stationery::load(&register);
    read.append(&mut faults);
    let judgement = judge(&register, &stationery, Judging { read, ..Judging::default() }, AS_OF);
    let mut keys: Vec<Key> = judgement
        .findings
        .into_iter()
        .map(|one| (one.code.to_owned(), one.place.file.to_string(), one.place.path.to_string()))
        .collect();
    keys.sort();
    keys
}

#[test]
fn the_findings_are_those_of_the_manifest() {
    for (agreements, seed) in [(200, 1), (200, 2), (60, 3), (12, 1), (300, 11)] {
        let (files, planted) = register(agreements, seed);
        let found = findings(&files);
        let only_in = |these: &[Key], others: &[Key]| -> Vec<Key> {
            these.iter().filter(|key| !others.contains(key)).cloned().collect()
        };
        let (unplanted, missing) = (only_in(&found, &planted), only_in(&planted, &found));
        assert_eq!((unplanted, missing), (vec![], vec![]), "{agreements} agreements, seed {seed}");
        assert_eq!(found, planted, "{agreements} agreements, seed {seed}");
    }
}

#[test]
fn every_kind_of_fault_occurs() {
    for seed in [1, 4] {
        let planted: BTreeSet<String> = register(400, seed).1.into_iter().map(|key| key.0).collect();
        let missing: Vec<&str> = Demo::kinds()
            .chain(["IOP303", "IOP329", "IOP330"])
            .filter(|code| !planted.contains(*code))
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "seed {seed}");
    }
    assert!(Demo::kinds().count() >= 20);
}

#[test]
fn an_agreement_is_as_long_as_real_ones() {
    let (files, _) = register(200, 1);
    let mut sizes: Vec<usize> = files
        .iter()
        .filter(|(file, _)| file.starts_with("agreements/"))
        .map(|(_, text)| text.len())
        .collect();
    sizes.sort_unstable();
    assert!((15_000..20_000).contains(&sizes[sizes.len() / 2]), "{sizes:?}");
}

#[test]
fn what_real_agreements_vary_in_varies_here_too() {
    let (files, _) = register(400, 1);
    let texts: String = files.into_values().collect();
    for part in [
        "status = \"draft\"",
        "status = \"proposed\"",
        "status = \"decided\"",
        "status = \"signed\"",
        "status = \"ended\"",
        "continues = ",
        "ceiling = true",
        "per = \"month\"",
        "renewal = {",
        "until_further_notice = {",
        "ends_on = \"",
        "\nmonths = 24\n",
        "months_are = \"invoiced\"",
        "[predecessor]",
        "extended = true",
        "[also_decides",
        "decision = \"forlangning-1-",
        "bound = \"at-most\", what",
        "\nbound = \"at-most\"\n",
        "per = \"agreement-year\"",
        "published = {",
        "percent_decimals = ",
        "step",
        "option.forlangning",
        "[extension.forlangning-2]",
        "\nstatus = \"decided\"\ndecision = \"forlangning-1\"",
        "option = \"forlangning\"",
        "ended = 20",
        "received = 20",
        "exit = \"uppsagning\"",
        "kind = \"termination\"",
        "[supplement.tillagg-1]",
        "[waiver.utan-slut]",
        "utokning",
        "[funding.hojning]",
        "[funding.region]",
        "[funding.grannkommun]",
        "rest = true",
        "share = \"60\"",
        "timing = \"month-end\"",
        "flat = \"2,0\"",
        "composite = {",
        "applies = \"on-extension\"",
        "delegated = true",
        "means = \"court\"",
        "form = \"congregation\"",
        "form = \"economic-association\"",
    ] {
        assert!(texts.contains(part), "{part}");
    }
    let mut lines = texts.lines().zip(texts.lines().skip(1));
    assert!(
        lines.any(|(until, status)| until.starts_with("until = ") && status == "status = \"proposed\""),
        "a proposed extension"
    );
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, seed: &str| {
        let run = run_in(folder.path(), &["demo", name, "--agreements", "40", "--seed", seed]);
        assert_eq!(run.code, 0, "{run:?}");
        tree(&folder.path().join(name))
    };
    let (first, again, other) = (write("a", "7"), write("b", "7"), write("c", "8"));
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_eq!(first.keys().filter(|file| file.starts_with("agreements/")).count(), 40);
    assert!(first.keys().all(|file| !file.contains(".iop-demo")));
}

#[test]
fn the_manifest_tells_what_the_program_then_finds() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("granvik")).unwrap();
    let run = run_in(folder.path(), &["demo", "granvik"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(plain(&run.output).starts_with("12 avtal i den påhittade Granviks kommun"), "{run:?}");
    assert!(run.output.contains("iop validate --register granvik --as-of 2026-06-30"), "{run:?}");

    let text = fs::read_to_string(folder.path().join("granvik/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&manifest["agreements"], &manifest["seed"], &manifest["as_of"]),
        (&12.into(), &1.into(), &"2026-06-30".into())
    );
    let as_of = AS_OF.to_string();
    let run =
        run_in(folder.path(), &["validate", "--register", "granvik", "--as-of", &as_of, "--format", "json"]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    let keys = |list: &Value| {
        let key = |one: &Value| ["code", "file", "path"].map(|name| one[name].as_str().unwrap().to_owned());
        list.as_array().unwrap().iter().map(key).collect::<BTreeSet<_>>()
    };
    assert_eq!(keys(&report["findings"]), keys(&manifest["faults"]));
    assert!(!keys(&manifest["faults"]).is_empty());
}

#[test]
fn a_folder_with_something_in_it_and_senseless_numbers_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/x"), "x").unwrap();
    fs::write(folder.path().join("file"), "x").unwrap();
    for (arguments, words) in [
        (&["demo", "full"][..], "är inte tom"),
        (&["demo", "file"], "en mapp"),
        (&["demo", "file/below"], "en del av sökvägen är en fil"),
        (&["demo", "new", "--agreements", "0"], "från 1 till 100000"),
        (&["demo", "new", "--agreements", "100001"], "från 1 till 100000"),
        (&["demo", "new", "--seed", "-1"], "Hjälp finns"),
        (&["demo"], "MAPP"),
    ] {
        let run = run_in(folder.path(), arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.errors.contains(words), "{run:?}");
    }
    assert_eq!(tree(folder.path()).len(), 2);
    assert!(!folder.path().join("new").exists());
}

#[test]
fn what_is_to_be_copied_can_be_run_wherever_the_register_lies() {
    let folder = tempfile::tempdir().unwrap();
    let run = run_in(folder.path(), &["demo", "d ö/a b", "--agreements", "1"]);
    assert!(run.output.contains("\n  iop validate --register \"d ö/a b\" --as-of "), "{}", run.output);
    assert!(run.output.contains("\n  iop render --register \"d ö/a b\" --as-of "), "{}", run.output);
    let one = (0..40).find_map(|seed| {
        let seed = seed.to_string();
        let output = run_in(folder.path(), &["demo", &seed, "--agreements", "1", "--seed", &seed]).output;
        plain(&output).contains("\n1 avsiktlig").then_some(output)
    });
    let one = one.expect("a register with one fault");
    assert!(plain(&one).contains("\n1 avsiktligt fel är planterat och står i "), "{one}");
}
