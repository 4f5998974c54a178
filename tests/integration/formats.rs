//! The same findings in every format, each with that format's escaping.

use std::collections::BTreeSet;
use std::fs;
use std::process;

use crate::common::{Lund, TODAY, repository, run_in};
use assert_cmd::Command;
use serde_json::Value;

const FAULTY: [&str; 6] =
    ["validate", "--register", "examples/typiska-fel", "--as-of", "2024-06-01", "--format"];

fn report(format: &str) -> String {
    run_in(&repository(), &[&FAULTY[..], &[format]].concat()).output
}

/// Code, file and line of each finding, as the JSON report has them.
fn expected() -> Vec<(String, String, u64)> {
    let json: Value = serde_json::from_str(&report("json")).unwrap();
    let findings = json["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let file = format!("examples/typiska-fel/{}", finding["file"].as_str().unwrap());
            (finding["code"].as_str().unwrap().to_owned(), file, finding["line"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn github_shows_every_finding_at_its_line() {
    let output = report("github");
    let found: Vec<(String, String, u64)> = output
        .lines()
        .map(|line| {
            let (head, message) = line[2..].split_once("::").unwrap();
            assert!(!message.is_empty());
            let (_, properties) = head.split_once(' ').unwrap();
            let value = |name: &str| {
                let found =
                    properties.split(',').find_map(|property| property.strip_prefix(&format!("{name}=")));
                found.unwrap_or_else(|| panic!("{line}")).to_owned()
            };
            (value("title"), value("file"), value("line").parse().unwrap())
        })
        .collect();
    assert_eq!(found, expected());
    assert!(
        output.contains("::error file=examples/typiska-fel/agreements/kvarterskok.toml,line="),
        "{output}"
    );
    assert!(output.contains("%0AGör så här: "), "{output}");
}

#[test]
fn github_gets_a_summary_where_it_asks_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "# Tidigare steg\n\n").unwrap();
    let mut command = Command::cargo_bin("iop").unwrap();
    command.current_dir(repository()).env("GITHUB_STEP_SUMMARY", &summary).args(FAULTY).arg("github");
    assert_eq!(command.output().unwrap().status.code(), Some(1));
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("# Tidigare steg\n\n## iop\n"), "{text}");
    assert_eq!(
        text.matches("\n| fel ").count()
            + text.matches("\n| varning ").count()
            + text.matches("\n| not ").count(),
        expected().len()
    );
}

#[test]
fn gitlab_gets_every_finding_with_a_fingerprint_that_stays() {
    let list: Value = serde_json::from_str(&report("gitlab")).unwrap();
    let items = list.as_array().unwrap();
    let found: Vec<(String, String, u64)> = items
        .iter()
        .map(|item| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let location = &item["location"];
            (text(&item["check_name"]), text(&location["path"]), location["lines"]["begin"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(found, expected());
    let prints: BTreeSet<&str> = items.iter().map(|item| item["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), items.len(), "two findings at one place are two");
    assert!(prints.iter().all(|print| print.len() == 64));

    // A line above moves the findings and leaves their fingerprints.
    let lund = Lund::copy();
    let prints = |lund: &Lund| {
        let run = lund.run(&["validate", "--format", "gitlab", "--as-of", TODAY]);
        let list: Value = serde_json::from_str(&run.output).unwrap();
        let items = list.as_array().unwrap().clone();
        items.iter().map(|item| item["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    let before = prints(&lund);
    let file = "agreements/po-skane-2023.toml";
    lund.write(file, format!("# En rad\n{}", lund.read(file)));
    assert_eq!(prints(&lund), before);
}

/// The official schema of SARIF, as OASIS publishes it.
fn sarif_schema() -> Value {
    let schema = fs::read_to_string(repository().join("tests/expected/sarif-2.1.0.schema.json")).unwrap();
    // A bracket that closes nothing is itself in the dialect of the schema, and a fault in that of the validator.
    serde_json::from_str(&schema.replace("[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$")).unwrap()
}

#[test]
fn sarif_keeps_to_its_schema_and_to_what_github_takes() {
    let log: Value = serde_json::from_str(&report("sarif")).unwrap();
    let schema = jsonschema::options().should_validate_formats(true).build(&sarif_schema()).unwrap();
    let faults: Vec<String> = schema.iter_errors(&log).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "fel".into();
    assert!(!schema.is_valid(&broken), "the schema is the one that tells");

    let results = log["runs"][0]["results"].as_array().unwrap();
    let found: Vec<(String, String, u64)> = results
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let line = place["region"]["startLine"].as_u64().unwrap();
            (text(&result["ruleId"]), text(&place["artifactLocation"]["uri"]), line)
        })
        .collect();
    assert_eq!(found, expected());
    let limit = results.iter().find(|result| result["ruleId"] == "IOP201").unwrap();
    let file =
        fs::read_to_string(repository().join("examples/typiska-fel/agreements/kvarterskok.toml")).unwrap();
    let line = file.lines().position(|line| line == "end = 2027-01-01").unwrap() + 1;
    assert_eq!(
        limit["locations"][0]["physicalLocation"]["region"],
        serde_json::json!({ "startLine": line, "startColumn": 7, "endLine": line, "endColumn": 17 })
    );
    assert_eq!(limit["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "term.end");

    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), iop::rules::RULES.len());
    for rule in rules {
        // What is longer is refused or cut.
        let length = |pointer: &str| rule.pointer(pointer).unwrap().as_str().unwrap().chars().count();
        assert!(length("/name") <= 255 && length("/shortDescription/text") <= 1024, "{rule}");
        assert!(length("/fullDescription/text") <= 1024 && length("/help/markdown") > 0, "{rule}");
    }
}

#[test]
fn sarif_and_gitlab_know_a_finding_by_the_same_fingerprint() {
    let log: Value = serde_json::from_str(&report("sarif")).unwrap();
    let list: Value = serde_json::from_str(&report("gitlab")).unwrap();
    let prints = |items: &Value, pointer: &str| -> Vec<Value> {
        items.as_array().unwrap().iter().map(|item| item.pointer(pointer).unwrap().clone()).collect()
    };
    assert_eq!(
        prints(&log["runs"][0]["results"], "/partialFingerprints/iop~1v1"),
        prints(&list, "/fingerprint")
    );
}

/// Every case of a report for CI systems: its file, its name and the element that says how it went.
fn cases(text: &str) -> Vec<(String, String, String)> {
    let document = roxmltree::Document::parse(text).unwrap();
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    cases
        .map(|case| {
            let result = case.children().find(roxmltree::Node::is_element);
            let result = result.map_or("passed", |result| result.tag_name().name());
            let value = |name: &str| case.attribute(name).unwrap().to_owned();
            (value("classname"), value("name"), result.to_owned())
        })
        .collect()
}

#[test]
fn junit_fails_what_fails_the_run_and_shows_the_rest() {
    let run = |fail_on: &str| {
        let arguments = [&FAULTY[..], &["junit", "--fail-on", fail_on]].concat();
        cases(&run_in(&repository(), &arguments).output)
    };
    let count = |cases: &[(String, String, String)], result: &str| {
        cases.iter().filter(|(_, _, found)| found == result).count()
    };
    let json: Value = serde_json::from_str(&report("json")).unwrap();
    let levels = |level: &str| {
        let found = json["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] == level);
        found.count()
    };
    let (errors, milder) = (levels("error"), levels("warning") + levels("note"));
    assert!(errors > 0 && levels("warning") > 0 && levels("note") > 0);
    let by_error = run("error");
    assert_eq!((count(&by_error, "failure"), count(&by_error, "skipped")), (errors, milder));
    let by_note = run("note");
    assert_eq!((count(&by_note, "failure"), count(&by_note, "skipped")), (errors + milder, 0));

    let names: BTreeSet<(&str, &str)> = by_error.iter().map(|(file, name, _)| (&**file, &**name)).collect();
    assert_eq!(names.len(), by_error.len(), "a CI system tells cases by file and name");
    let limit = "IOP201 term-limit term.end";
    assert!(names.contains(&("examples/typiska-fel/agreements/kvarterskok.toml", limit)), "{names:?}");
}

#[test]
fn junit_says_which_files_were_checked_and_only_those() {
    let passed = |arguments: &[&str]| {
        let run = run_in(
            &repository(),
            &[
                &["validate", "--register", "examples/adala", "--as-of", "2024-06-01", "--format", "junit"],
                arguments,
            ]
            .concat(),
        );
        assert_eq!(run.code, 0, "{run:?}");
        cases(&run.output)
    };
    let case = |file: &str| (format!("examples/adala/{file}"), "granskad".to_owned(), "passed".to_owned());
    let agreement = case("agreements/oppet-hus.toml");
    assert_eq!(
        passed(&[]),
        [
            "agreements/oppet-hus.toml",
            "budget.toml",
            "guidelines/adala-2019.toml",
            "indexes/priser.toml",
            "iop.toml",
            "meetings/social-2025.toml"
        ]
        .map(case)
    );
    assert_eq!(passed(&["examples/adala/agreements"]), [agreement]);
}

/// Runs the program with a file for the summary of the job.
fn with_summary(lund: &Lund, summary: &std::path::Path, arguments: &[&str]) -> process::Output {
    let mut command = Command::cargo_bin("iop").unwrap();
    command.current_dir(lund.folder.path()).env("GITHUB_STEP_SUMMARY", summary);
    command.args(["validate", "--as-of", TODAY]).args(arguments).output().unwrap()
}

#[test]
fn what_is_wrong_with_the_settings_is_told_in_every_format() {
    for (text, code) in [("\nx = \"\n", "IOP102"), ("\n[levels]\nIOP404 = \"grave\"\n", "IOP106")] {
        let lund = Lund::copy();
        lund.write("iop.toml", lund.read("iop.toml") + text);
        for format in ["github", "gitlab", "sarif", "junit", "json"] {
            let summary = lund.path("summary.md");
            let output = with_summary(&lund, &summary, &["--format", format]);
            let (told, errors) =
                (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
            assert_eq!(output.status.code(), Some(2), "{format}");
            assert!(told.contains(code) && told.contains("iop.toml"), "{format}: {told}");
            assert!(!told.contains("rsmh-lund-2021"), "{format}: {told}");
            assert!(errors.contains("iop.toml går inte att läsa"), "{format}: {errors}");
            assert!(crate::common::plain(&errors).contains("0 av 2 avtal granskade"), "{format}: {errors}");
            let page = fs::read_to_string(&summary).unwrap_or_default();
            assert_eq!(page.contains(code), format == "github", "{page}");
            _ = fs::remove_file(&summary);
        }
        let output = with_summary(&lund, &lund.path("none.md"), &[]);
        assert!(output.stdout.is_empty(), "people read it once, on standard error");
    }
}

#[test]
fn a_summary_leaves_room_for_what_the_step_has_written_before() {
    let lund = Lund::copy();
    let summary = lund.path("summary.md");
    let before = "y".repeat(1024 * 1024 - 2_500);
    fs::write(&summary, &before).unwrap();
    with_summary(&lund, &summary, &["--format", "github"]);
    let text = lund.read("summary.md");
    assert!(text.len() > before.len() && text.len() < 1024 * 1024, "{}", text.len());
    let rows = text.matches("\n| not ").count() + text.matches("\n| varning ").count();
    assert!(rows > 0, "{text}");
    let hidden = lund.validate().1.len() - rows;
    assert!(text.ends_with(&format!("\n\n… och {hidden} till, se loggen.\n")), "{}", &text[before.len()..]);
}

#[test]
fn a_summary_that_cannot_be_written_changes_no_verdict() {
    let lund = Lund::copy();
    let output = with_summary(&lund, &lund.path("saknas/summary.md"), &["--format", "github"]);
    assert_eq!(output.status.code(), Some(0));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("Sammanfattningen kunde inte skrivas i "), "{errors}");
    assert!(errors.contains("den finns inte"), "{errors}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("::"));
}

#[test]
fn paths_are_those_of_the_repository_from_wherever_it_is_run() {
    for is_folder in [true, false] {
        let work = tempfile::tempdir().unwrap();
        let register = work.path().join("kommun/reg");
        // A register of its own, so that nothing else stands around it.
        for folder in ["agreements", "guidelines"] {
            fs::create_dir_all(register.join(folder)).unwrap();
        }
        fs::copy(repository().join("iop.toml"), register.join("iop.toml")).unwrap();
        fs::write(register.join("agreements/a.toml"), "title = \"A\"\n").unwrap();
        let outside = |arguments: &[&str], folder: &std::path::Path| {
            let run = run_in(folder, &[&["validate", "--as-of", TODAY, "--format"][..], arguments].concat());
            assert_eq!(run.code, 1, "{run:?}");
            run.output
        };
        // Without a repository it is the folder in which it is run.
        assert!(outside(&["gitlab"], &register).contains("\"path\": \"agreements/a.toml\""));
        assert!(
            outside(&["gitlab", "--register", "reg"], &work.path().join("kommun"))
                .contains("\"path\": \"reg/agreements/a.toml\"")
        );

        let before: Value = serde_json::from_str(&outside(&["gitlab"], &register)).unwrap();
        if is_folder {
            fs::create_dir(work.path().join(".git")).unwrap();
        } else {
            // So git marks a work tree of its own and a submodule.
            fs::write(work.path().join(".git"), "gitdir: /any\n").unwrap();
        }
        for (folder, more) in [
            (&register, &[][..]),
            (&register.join("agreements"), &[]),
            (&work.path().join("kommun"), &["--register", "reg/"]),
            (&work.path().to_path_buf(), &["--register", "./kommun/reg"]),
            (&repository(), &["--register", register.to_str().unwrap()]),
        ] {
            let told = |format: &str| outside(&[&[format], more].concat(), folder);
            assert!(told("gitlab").contains("\"path\": \"kommun/reg/agreements/a.toml\""), "{folder:?}");
            assert!(told("github").contains(" file=kommun/reg/agreements/a.toml,"));
            assert!(told("sarif").contains("\"uri\": \"kommun/reg/agreements/a.toml\""));
            assert!(told("junit").contains("classname=\"kommun/reg/agreements/a.toml\""));
            let json: Value = serde_json::from_str(&told("json")).unwrap();
            assert_eq!(
                (&json["base"], &json["findings"][0]["file"]),
                (&"kommun/reg/".into(), &"agreements/a.toml".into())
            );
            let after: Value = serde_json::from_str(&told("gitlab")).unwrap();
            let prints = |list: &Value| -> Vec<Value> {
                list.as_array().unwrap().iter().map(|item| item["fingerprint"].clone()).collect()
            };
            assert_eq!(prints(&after), prints(&before), "where it lies makes no other finding of it");
        }
    }
}
