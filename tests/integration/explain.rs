//! `iop explain`: every finding can be looked up.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{Lund, repository, run_in};
use serde_json::Value;

#[test]
fn every_finding_of_the_faulty_example_is_explained() {
    let faulty = repository().join("examples/typiska-fel");
    let run = run_in(&faulty, &["validate", "--format", "json", "--as-of", "2024-06-01"]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    let codes: BTreeSet<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert!(codes.len() > 10, "{codes:?}");
    for code in codes {
        let run = run_in(&faulty, &["explain", &code.to_lowercase()]);
        assert_eq!(run.code, 0);
        assert!(run.output.starts_with(&format!("# {code} ")), "{}", run.output);
        assert!(run.output.contains("## Ger anmärkningen"), "{}", run.output);
    }
}

#[test]
fn all_rules_come_as_json_with_their_examples() {
    let run = run_in(&repository(), &["explain", "--format", "json"]);
    let all: Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(all["version"], 1);
    let rules = all["rules"].as_array().unwrap();
    let term = rules.iter().find(|rule| rule["code"] == "IOP201").unwrap();
    assert_eq!((&term["slug"], &term["level"]), (&Value::from("term-limit"), &Value::from("error")));
    assert_eq!(term["family"], "avtalstid");
    let families: BTreeSet<&str> = rules.iter().map(|rule| rule["family"].as_str().unwrap()).collect();
    assert_eq!(families.len(), 7);
    assert_eq!(term["bad"]["toml"], "term.end = 2027-01-01");
    let run = run_in(&repository(), &["explain", "term-limit", "--format", "json"]);
    let one: Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(one["rules"].as_array().unwrap(), std::slice::from_ref(term));
}

#[test]
fn a_code_that_does_not_exist_gets_a_suggestion() {
    let run = run_in(&repository(), &["explain", "IOP2O1"]);
    assert_eq!(run.code, 2);
    assert!(run.errors.contains("Menade du ”IOP201”?"), "{}", run.errors);
    assert!(run_in(&repository(), &["explain", "xyz"]).errors.contains("Alla koder visas av iop explain."));
}

#[test]
fn a_family_is_explained_as_its_rules() {
    let run = run_in(&repository(), &["explain", "iop4"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.output.contains("IOP401 ") && run.output.contains("IOP404 "), "{}", run.output);
    assert!(!run.output.contains("IOP3") && !run.output.contains("IOP5"), "{}", run.output);
    let json: Value =
        serde_json::from_str(&run_in(&repository(), &["explain", "IOP4", "--format", "json"]).output)
            .unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert!(rules.len() > 5 && rules.iter().all(|rule| rule["code"].as_str().unwrap().starts_with("IOP4")));
    for no_family in ["IOP", "IOP40", "IOP9"] {
        assert_eq!(run_in(&repository(), &["explain", no_family]).code, 2, "{no_family}");
    }
}

#[test]
fn the_pages_are_those_of_the_rules() {
    let lund = Lund::copy();
    assert_eq!(lund.run(&["explain", "--out", "regler"]).code, 0);
    let names = |folder: &std::path::Path| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    };
    let published = repository().join("docs/regler");
    assert_eq!(names(&lund.path("regler")), names(&published));
    for name in names(&published) {
        let is_current =
            lund.read(&format!("regler/{name}")) == fs::read_to_string(published.join(&name)).unwrap();
        assert!(is_current, "docs/regler/{name}: run `cargo run -- explain --out docs/regler`");
    }
}
