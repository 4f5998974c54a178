//! The same findings in every format, each with that format's escaping.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests fail loudly")]

mod common;

use std::collections::BTreeSet;
use std::fs;

use assert_cmd::Command;
use common::{repository, run_in};
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
    let lund = common::Lund::copy();
    let prints = |lund: &common::Lund| {
        let run = lund.run(&["validate", "--format", "gitlab", "--as-of", common::TODAY]);
        let list: Value = serde_json::from_str(&run.output).unwrap();
        let items = list.as_array().unwrap().clone();
        items.iter().map(|item| item["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    let before = prints(&lund);
    let file = "agreements/po-skane-2023.toml";
    lund.write(file, format!("# En rad\n{}", lund.read(file)));
    assert_eq!(prints(&lund), before);
}
