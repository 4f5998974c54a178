//! The rules' own examples: small changes to one clean register. The same changes stand on the rules' pages, so
//! they are executed here.

use toml::{Table, Value};

use super::{Check, Example, Judging, RULES, Rule, judge};
use crate::documents::Stationery;
use crate::finding::{Finding, Level};
use crate::register::{Content, InputFile, Register, Unreadable};

const CLEAN: [(&str, &str); 6] = [
    ("iop.toml", include_str!("../../examples/adala/iop.toml")),
    ("agreements/oppet-hus.toml", include_str!("../../examples/adala/agreements/oppet-hus.toml")),
    ("guidelines/adala-2019.toml", include_str!("../../examples/adala/guidelines/adala-2019.toml")),
    ("indexes/priser.toml", include_str!("../../examples/adala/indexes/priser.toml")),
    ("meetings/social-2025.toml", include_str!("../../examples/adala/meetings/social-2025.toml")),
    ("budget.toml", include_str!("../../examples/adala/budget.toml")),
];

/// What `rule` finds in the clean register with `changes` applied to it, each to a file of its own.
pub(super) fn found(rule: &Rule, changes: &[Example]) -> Vec<Finding> {
    findings(changes).1.into_iter().filter(|finding| finding.code == rule.code).collect()
}

/// The findings of the clean register with `changes` applied to it.
fn findings(changes: &[Example]) -> (Register, Vec<Finding>) {
    let added = changes.iter().filter(|example| CLEAN.iter().all(|(file, _)| *file != example.file));
    let added = added.map(|example| match example.toml {
        // No text can be unreadable: an example without any stands for a file that is.
        "" => InputFile::new(example.file, Content::Unreadable(Unreadable::new("Filen är större än 1 MB."))),
        text => InputFile::text(example.file, text),
    });
    let files = CLEAN
        .iter()
        .map(|(file, text)| match changes.iter().find(|example| example.file == *file) {
            None => InputFile::text(file, text),
            Some(example) => InputFile::text(file, &changed(text, example)),
        })
        .chain(added);
    let (register, mut read) = Register::load(files.collect::<Vec<_>>());
    let (stationery, mut faults) = Stationery::load(&register);
    read.append(&mut faults);
    let judging = Judging { read, ..Judging::default() };
    let judgement = judge(&register, &stationery, judging, "2025-03-01".parse().unwrap());
    (register, judgement.findings)
}

fn changed(text: &str, example: &Example) -> String {
    let mut table: Table = text.parse().unwrap();
    for path in example.remove {
        remove(&mut table, path);
    }
    merge(&mut table, example.toml.parse().unwrap());
    toml::to_string(&table).unwrap()
}

fn remove(table: &mut Table, path: &str) {
    let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
    let mut table = table;
    for step in above.split('.').filter(|step| !step.is_empty()) {
        table = table.get_mut(step).and_then(Value::as_table_mut).unwrap_or_else(|| panic!("no {path}"));
    }
    assert!(table.remove(key).is_some(), "no {path}");
}

fn merge(table: &mut Table, change: Table) {
    for (key, value) in change {
        match (table.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(change)) => merge(below, change),
            (_, value) => _ = table.insert(key, value),
        }
    }
}

#[test]
fn the_clean_register_has_no_findings() {
    assert_eq!(findings(&[]).1, []);
}

#[test]
fn every_rule_reports_its_bad_example_at_its_place_and_passes_its_good_one() {
    // A program that prints nothing has no fonts to ask.
    let has_fonts =
        |rule: &&&Rule| cfg!(feature = "pdf") || !["letter-without-glyph", "stationery"].contains(&rule.slug);
    let mut faults = Vec::new();
    for rule in RULES.iter().filter(has_fonts) {
        let (_, found) = findings(&[rule.bad]);
        let places: Vec<String> = found
            .iter()
            .filter(|finding| finding.code == rule.code)
            .map(|finding| finding.place.path.to_string())
            .collect();
        if places != [rule.bad.at] {
            faults.push(format!("{} {} gives {places:?}: {found:#?}", rule.code, rule.slug));
        }
        let (_, found) = findings(&[rule.good]);
        let passed: Vec<&Finding> = found.iter().filter(|finding| finding.code == rule.code).collect();
        if !passed.is_empty() {
            faults.push(format!("{} {} should let pass: {passed:#?}", rule.code, rule.slug));
        }
        let reading = ["IOP101", "IOP102", "IOP103", "IOP104", "IOP105", "IOP106", "IOP107"];
        if found.iter().any(|finding| reading.contains(&finding.code)) && rule.code > "IOP107" {
            faults.push(format!("{} has a good example that cannot be read: {found:#?}", rule.code));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_finding_says_what_to_do_and_what_it_rests_on() {
    for rule in RULES.iter() {
        for finding in findings(&[rule.bad]).1 {
            let is_judged = !matches!(rule.check, Check::Reading);
            assert!(finding.help.is_some() || !is_judged, "{finding:?}");
            assert!(finding.source.is_some() || !is_judged, "{finding:?}");
            assert!(finding.message.ends_with(['.', '?']), "{finding:?}");
        }
    }
}

#[test]
fn codes_and_slugs_are_unique_and_in_order() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
    let mut slugs: Vec<&str> = RULES.iter().map(|rule| rule.slug).collect();
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(slugs.len(), RULES.len());
}

#[test]
fn what_is_missing_is_a_note_until_the_agreement_is_decided() {
    for rule in RULES.iter().filter(|rule| rule.gravity == super::Gravity::Completeness) {
        if rule.slug == "ground-unmet" || !rule.bad.file.starts_with("agreements/") {
            continue;
        }
        let level = |example: Example| found(rule, &[example]).first().unwrap().level;
        assert_eq!(level(rule.bad), Level::Note, "{}", rule.slug);
        let decided = format!("status = \"decided\"\n{}", rule.bad.toml);
        let decided = Example { toml: decided.leak(), ..rule.bad };
        assert_eq!(level(decided), Level::Error, "{}", rule.slug);
    }
}

#[test]
fn what_agreements_of_a_kind_never_hold_is_a_note_at_every_stage() {
    let rule = super::of_code("IOP507").unwrap();
    let level = |guideline: &'static str| {
        let decided = Example::agreement(rule.bad.remove, "status = \"decided\"", "");
        let decided = Example { toml: format!("{}\n{}", decided.toml, rule.bad.toml).leak(), ..decided };
        let found = found(rule, &[decided, Example::file("guidelines/adala-2019.toml", guideline, "")]);
        found.first().map(|finding| finding.level)
    };
    assert_eq!(level(""), Some(Level::Error));
    assert_eq!(level("never_held = [\"IOP601\"]"), Some(Level::Error));
    assert_eq!(level("never_held = [\"IOP507\"]"), Some(Level::Note));
}

#[test]
fn an_unanswered_ground_follows_the_stage_but_a_no_is_always_wrong() {
    let example =
        |toml| Example { file: "agreements/oppet-hus.toml", remove: &["ground.initiative"], toml, at: "" };
    let rule = super::of_code("IOP402").unwrap();
    let level = |example: Example| found(rule, &[example]).first().map(|finding| finding.level);
    assert_eq!(level(example("")), Some(Level::Note));
    assert_eq!(level(example("status = \"signed\"")), Some(Level::Error));
    assert_eq!(level(example("ground.initiative.answer = \"no\"")), Some(Level::Error));
}

#[test]
fn a_frame_is_judged_by_how_firm_it_is_and_names_every_contribution() {
    let with = |status: &'static str| {
        let toml =
            format!("line.social.year.2025 = {{ amount = 480_000, status = \"{status}\", source = \"x\" }}");
        let example = Example { file: "budget.toml", remove: &[], toml: toml.leak(), at: "" };
        findings(&[example]).1.into_iter().find(|finding| finding.code == "IOP303").unwrap()
    };
    let finding = with("decided");
    assert_eq!(finding.level, Level::Error);
    // 500 000 − 480 000 = 20 000.
    assert!(finding.message.contains("Det fattas 20\u{a0}000\u{a0}kronor"), "{}", finding.message);
    let related: Vec<String> = finding.related.iter().map(|related| related.place.path.to_string()).collect();
    assert_eq!(related, ["funding.2025"]);
    assert_eq!(with("plan").level, Level::Warning);
    assert_eq!(with("assumed").level, Level::Note);
}
