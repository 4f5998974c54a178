//! `iop validate`: changing one fact in a real agreement gives the right finding at the right place.

use std::fs;

use crate::common::{Lund, TODAY, plain};
use serde_json::Value;

const RSMH: &str = "agreements/rsmh-lund-2021.toml";
const PO: &str = "agreements/po-skane-2023.toml";

fn message(finding: &Value) -> String {
    plain(finding["message"].as_str().unwrap())
}

#[test]
fn the_register_of_lund_passes_with_its_open_points() {
    let (code, findings) = Lund::copy().validate();
    assert_eq!(code, 0);
    assert!(findings.iter().all(|finding| finding["level"] != "error"));
    for (file, path) in [
        (RSMH, "indexation.priskompensation.amounts"),
        (RSMH, "payout_plan.halvarsvis.months"),
        (RSMH, "case.registry_number"),
        (RSMH, "exit.havning.measure"),
        (RSMH, "steering_group.bisam"),
        (PO, "ground"),
        (PO, "party.po-skane.signatory"),
        (PO, "memo.distribution.information"),
    ] {
        assert!(
            findings.iter().any(|finding| finding["file"] == file && finding["path"] == path),
            "{file} {path}"
        );
    }
}

/// The key path of what each line of a file sets; inline tables are not looked into.
fn paths(text: &str) -> Vec<Option<String>> {
    let mut table = String::new();
    text.lines()
        .map(|line| {
            if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                header.clone_into(&mut table);
                return None;
            }
            let (key, _) = line.split_once(" = ")?;
            Some(if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") })
        })
        .collect()
}

#[test]
fn every_open_point_is_reported_once_by_itself_or_with_its_table() {
    let lund = Lund::copy();
    let (_, findings) = lund.validate();
    for file in [RSMH, PO] {
        let text = lund.read(file);
        for (line, path) in text.lines().zip(paths(&text)) {
            let open = line.split_once('#').map_or(line, |(before, _)| before).contains("\"not-stated\"");
            let Some(path) = path.filter(|_| open) else { continue };
            let here: Vec<&str> = findings
                .iter()
                .filter(|finding| finding["file"] == file)
                .map(|finding| finding["path"].as_str().unwrap())
                .collect();
            let (table, _) = path.rsplit_once('.').unwrap_or(("", &path));
            // What is missing of a report, a signatory or a repayment is said in one finding.
            let beside = |found: &&&str| {
                !table.is_empty() && found.rsplit_once('.').is_some_and(|(above, _)| above == table)
            };
            let exact = here.iter().filter(|found| **found == path).count();
            let above = here
                .iter()
                .filter(|found| found.contains('.') && path.starts_with(&format!("{found}.")))
                .count();
            let together = here.iter().filter(beside).count();
            assert!(exact <= 1 && above <= 1, "{file}: {path}: {here:#?}");
            assert!(exact + above + together >= 1, "{file}: {path}: {here:#?}");
        }
    }
}

#[test]
fn the_two_agreements_give_exactly_what_has_been_read_and_expected() {
    let lund = Lund::copy();
    let (_, findings) = lund.validate();
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            let text = |key: &str| plain(finding[key].as_str().unwrap());
            format!(
                "{} {} {} {}\n    {}",
                text("level"),
                text("code"),
                text("file"),
                text("path"),
                text("message")
            )
        })
        .collect();
    let expected = fs::read_to_string(crate::common::repository().join("tests/expected/lund.txt")).unwrap();
    let expected: Vec<&str> =
        expected.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let found = found.join("\n");
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_term_beyond_three_years_is_found_at_its_end_date() {
    let lund = Lund::copy();
    lund.change(RSMH, "end = 2023-12-31\nreview_by", "end = 2024-02-29\nreview_by");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    let finding = lund.finding_at(&findings, "IOP201", "2024-02-29");
    assert_eq!(
        message(&finding),
        "Avtalstiden är 37 månader (2021-02-01–2024-02-29). Riktlinjerna tillåter högst tre år (socialnämnden 2020-11-11 § 167)."
    );
    assert!(finding["help"].as_str().unwrap().contains("2024-01-31"));
    assert_eq!(plain(finding["source"].as_str().unwrap()), "socialnämnden 2020-11-11 § 167");
}

#[test]
fn a_removed_clause_is_found_and_is_an_error_once_the_agreement_is_decided() {
    let lund = Lund::copy();
    lund.remove_table(RSMH, "clause.background");
    let (code, findings) = lund.validate();
    assert_eq!(code, 0);
    let finding = lund.finding_at(&findings, "IOP401", "clause");
    assert_eq!(finding["path"], "clause.background");
    assert_eq!(finding["level"], "note");

    lund.change(RSMH, "status = \"proposed\"", "status = \"decided\"");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    assert_eq!(lund.finding_at(&findings, "IOP401", "clause")["level"], "error");
}

#[test]
fn a_standard_clause_that_is_no_longer_taken_is_found() {
    let lund = Lund::copy();
    lund.change(RSMH, "    \"undertakings\",\n", "");
    let (_, findings) = lund.validate();
    assert_eq!(lund.finding_at(&findings, "IOP401", "clause")["path"], "clause.undertakings");
    // What the clause would show is still in the file, and says so.
    assert_eq!(lund.finding_at(&findings, "IOP405", "[")["level"], "warning");
}

#[test]
fn a_removed_signatory_is_found_at_its_party() {
    let lund = Lund::copy();
    lund.remove_table(RSMH, "party.lund.signatory.socialdirektor");
    let (_, findings) = lund.validate();
    let missing: Vec<&Value> =
        findings.iter().filter(|finding| finding["code"] == "IOP602" && finding["file"] == RSMH).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["path"], "party.lund.signatory");
    lund.assert_at(missing[0], "lund]");
}

#[test]
fn a_decided_frame_that_is_too_low_names_every_agreement_behind_the_sum() {
    let lund = Lund::copy();
    lund.change(
        "budget.toml",
        "amount = 4_200_000\nstatus = \"assumed\"",
        "amount = 3_900_000\nstatus = \"decided\"",
    );
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    let finding = lund.finding_at(&findings, "IOP303", "3_900_000");
    // 980 000 + 3 000 000 = 3 980 000, which is 80 000 more than 3 900 000.
    assert!(
        message(&finding).contains("det som är föreslaget 3 980 000 kronor, tillsammans 3 980 000 kronor."),
        "{finding}"
    );
    assert!(message(&finding).contains("Det fattas 80 000 kronor."), "{finding}");
    let related = finding["related"].as_array().unwrap();
    assert_eq!(related.len(), 2);
    for (place, file) in related.iter().zip([PO, RSMH]) {
        assert_eq!(place["file"], file);
        assert_eq!(place["path"], "funding.2023");
        lund.assert_at(place, "2023]");
    }
}

#[test]
fn a_frame_that_is_only_assumed_is_never_an_error() {
    let lund = Lund::copy();
    lund.change("budget.toml", "amount = 4_200_000", "amount = 3_900_000");
    let (code, findings) = lund.validate();
    assert_eq!(code, 0);
    let finding = lund.finding_at(&findings, "IOP303", "3_900_000");
    assert_eq!(finding["level"], "note");
    assert!(message(&finding).contains("antaget värde, inte beslutat"), "{finding}");
}

#[test]
fn syntax_errors_in_two_files_are_reported_in_one_run() {
    let lund = Lund::copy();
    lund.change(RSMH, "dated = 2021-01-10", "dated = 2021-02-30");
    lund.change(PO, "status = \"proposed\"", "status = proposed");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    let syntax: Vec<&Value> = findings.iter().filter(|finding| finding["code"] == "IOP102").collect();
    assert_eq!(syntax.len(), 2);
    lund.assert_at(syntax[0], "proposed");
    lund.assert_at(syntax[1], "2021-02-30");
    assert!(findings.iter().all(|finding| finding["file"] == "budget.toml" || finding["code"] == "IOP102"));
}

#[test]
fn structural_errors_of_all_kinds_are_reported_in_one_run_each_at_its_place() {
    let lund = Lund::copy();
    lund.change(RSMH, "activity = ", "aktivitet = ");
    lund.change(RSMH, "role = \"public\"", "role = \"publik\"");
    lund.change(RSMH, "notice_months = 3", "notice_months = \"tre\"");
    lund.change(RSMH, "amount = 900_000", "amount = 900_000.5");
    lund.change(RSMH, "copies = 2", "copies = 0");
    lund.change("guidelines/lund-iop-2020.toml", "decided = 2020-11-11", "decided = 2020-11-11T12:00:00");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    let at = |code: &str, text: &str| lund.finding_at(&findings, code, text);
    assert_eq!(at("IOP103", "aktivitet")["path"], "aktivitet");
    assert_eq!(at("IOP104", "title")["path"], "activity");
    let place = |path: &str| findings.iter().find(|finding| finding["path"] == path).unwrap();
    lund.assert_at(place("party.lund.role"), "\"publik\"");
    lund.assert_at(place("exit.uppsagning.notice_months"), "\"tre\"");
    lund.assert_at(place("funding.2021.amount"), "900_000.5");
    lund.assert_at(place("original.copies"), "0");
    lund.assert_at(place("decided"), "2020-11-11T12:00:00");
}

#[test]
fn a_reference_that_leads_nowhere_suggests_what_was_meant() {
    let lund = Lund::copy();
    lund.change(RSMH, "guideline = \"lund-iop-2020\"", "guideline = \"lund-iop-2021\"");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    let finding = lund.finding_at(&findings, "IOP108", "\"lund-iop-2021\"");
    assert_eq!(finding["help"], "Menade du ”lund-iop-2020”?");
}

#[test]
fn paths_filter_what_is_shown_and_never_what_is_summed() {
    let lund = Lund::copy();
    lund.change(
        "budget.toml",
        "amount = 4_200_000\nstatus = \"assumed\"",
        "amount = 3_900_000\nstatus = \"decided\"",
    );
    let codes = |arguments: &[&str]| {
        let run = lund.run(&[&["validate", "--format", "json", "--as-of", TODAY], arguments].concat());
        let report: Value = serde_json::from_str(&run.output).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["file"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // The sum needs both agreements; it is shown for the one asked about because that one contributes.
    let shown = codes(&[PO]);
    assert!(shown.iter().any(|file| file == "budget.toml"));
    assert!(!shown.iter().any(|file| file == RSMH));
    assert_eq!(codes(&["guidelines"]), ["guidelines/lund-iop-2020.toml"]);
    assert_eq!(codes(&["."]), codes(&[]));
}

#[test]
fn the_json_report_has_its_promised_form() {
    let lund = Lund::copy();
    let run = lund.run(&["validate", "--format", "json", "--as-of", TODAY]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["agreements"], 2);
    let findings = report["findings"].as_array().unwrap();
    let count = |key: &str| report["summary"][key].as_u64().unwrap();
    assert_eq!(count("errors") + count("warnings") + count("notes"), findings.len() as u64);
    for finding in findings {
        for key in ["code", "level", "message", "file", "line", "column", "path", "source", "help", "related"]
        {
            assert!(finding.get(key).is_some(), "{key}: {finding}");
        }
        assert!(finding["line"].as_u64().unwrap() >= 1 && finding["column"].as_u64().unwrap() >= 1);
        assert!(!finding["file"].as_str().unwrap().contains('\\'));
    }
}

#[test]
fn the_human_report_shows_place_excerpt_and_summary() {
    let lund = Lund::copy();
    lund.change(RSMH, "end = 2023-12-31\nreview_by", "end = 2024-02-29\nreview_by");
    let run = lund.run(&["validate", "--as-of", TODAY]);
    let output = plain(&run.output);
    assert!(output.contains("fel[IOP201]: Avtalstiden är 37 månader"), "{output}");
    assert!(output.contains("--> agreements/rsmh-lund-2021.toml:52:7"), "{output}");
    assert!(output.contains("52 | end = 2024-02-29\n   |       ^^^^^^^^^^ term.end"), "{output}");
    // The other one: 2024 has no funding.
    assert!(output.contains("2 avtal granskade per 2026-11-22: 2 fel, 6 varningar,"), "{output}");
    assert!(!output.contains('\u{1b}'), "styles are for terminals");
}

#[test]
fn a_register_and_a_run_have_their_own_view_of_how_grave_findings_are() {
    let lund = Lund::copy();
    let code = |arguments: &[&str]| lund.run(&[&["validate", "--as-of", TODAY], arguments].concat()).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail-on", "note"]), 1);
    assert_eq!(code(&["--fail-on", "warning"]), 1);
    let mild = ["--level", "IOP315=note", "--level", "IOP409=note", "--level", "IOP7=off"];
    assert_eq!(code(&[&["--fail-on", "warning"], &mild[..]].concat()), 0);
    assert_eq!(code(&[&["--fail-on", "warning", "--level", "IOP404=warning"], &mild[..]].concat()), 1);
    assert_eq!(code(&["--level", "IOP4=error"]), 1);

    lund.write("iop.toml", format!("{}\n[levels]\nIOP404 = \"error\"\n", lund.read("iop.toml")));
    let (failed, findings) = lund.validate();
    assert_eq!(failed, 1);
    assert!(
        findings
            .iter()
            .filter(|finding| finding["code"] == "IOP404")
            .all(|finding| finding["level"] == "error")
    );
    assert_eq!(code(&["--level", "IOP404=off"]), 0);
    // The family on the command line goes before the code in the file.
    assert_eq!(code(&["--level", "IOP4=off"]), 0);

    let run = lund.run(&["validate", "--level", "IOP4O4=off"]);
    assert_eq!(run.code, 2);
    assert!(run.errors.contains("Menade du ”IOP404”?"), "{}", run.errors);
    assert_eq!(lund.run(&["validate", "--level", "IOP404"]).code, 2);
    lund.change("iop.toml", "IOP404 = \"error\"", "IOP494 = \"error\"");
    let (_, findings) = lund.validate();
    lund.finding_at(&findings, "IOP110", "IOP494");
}

#[test]
fn a_path_that_holds_the_register_means_all_of_it() {
    let work = tempfile::tempdir().unwrap();
    let lund = Lund::copy();
    let register = work.path().join("reg");
    fs::rename(lund.folder.path(), &register).unwrap();
    let run = |paths: &[&str]| {
        let arguments = [&["validate", "--as-of", TODAY, "--register", "reg"][..], paths].concat();
        let run = crate::common::run_in(work.path(), &arguments);
        (run.code, run.output)
    };
    let all = run(&[]);
    assert_eq!(all.0, 0);
    assert!(all.1.contains("not["));
    for paths in [&["."][..], &["reg"], &[".."], &["reg/.."], &["reg/records", "."]] {
        assert_eq!(run(paths), all, "{paths:?}");
    }
    let one = run(&["reg/agreements/po-skane-2023.toml"]);
    assert!(one.0 == 0 && one.1 != all.1, "{one:?}");
    fs::rename(&register, lund.folder.path()).unwrap();
}

#[test]
fn one_that_is_known_is_told_in_the_singular() {
    let lund = Lund::copy();
    let report =
        lund.run(&["validate", "--format", "json", "--as-of", TODAY, "--level", "IOP404=off"]).output;
    let mut known: Value = serde_json::from_str(&report).unwrap();
    let findings = known["findings"].as_array_mut().unwrap();
    findings.truncate(1);
    lund.write("one.json", known.to_string());
    let run = lund.run(&["validate", "--baseline", "one.json", "--as-of", TODAY]);
    assert!(plain(&run.output).contains(", 1 känd sedan tidigare (IOP"), "{}", run.output);
}

#[test]
fn what_is_empty_is_told_without_a_gender() {
    let lund = Lund::copy();
    lund.change(RSMH, "what = \"volontärarbete\"", "what = \" \"");
    let blank = lund.run(&["validate", RSMH, "--as-of", TODAY]).output;
    assert!(blank.contains("” saknar innehåll."), "{blank}");
    lund.change("iop.toml", "name = \"Lunds kommun\"", "name = \"\"");
    let empty = lund.run(&["validate", "--as-of", TODAY]).errors;
    assert!(empty.contains("” saknar innehåll."), "{empty}");
}
