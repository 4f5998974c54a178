//! Waivers are decisions, and an earlier report leaves only what is new.

use crate::common::{Lund, TODAY, plain};
use serde_json::Value;

const WAIVER: &str = r#"
[waiver.namn]
code = "IOP409"
path = "party.lund.name"
reason = "Namnet är det som stod i dokumentet 2021."
by = "arbetsmarknads- och socialnämnden"
date = 2022-01-10
registry_number = "SO 2022/0001"
until = 2026-12-31
level = "warning"
"#;

fn report(lund: &Lund, arguments: &[&str]) -> (i32, Value) {
    let run = lund.run(&[&["validate", "--format", "json", "--as-of", TODAY], arguments].concat());
    (run.code, serde_json::from_str(&run.output).unwrap())
}

fn codes(report: &Value) -> Vec<(String, String)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            (text(finding, "code"), format!("{}:{}", text(finding, "file"), text(finding, "path")))
        })
        .collect()
}

#[test]
fn a_waiver_takes_out_its_finding_and_is_counted() {
    let lund = Lund::copy();
    let (_, before) = report(&lund, &[]);
    lund.write("records/rsmh-lund-2021.toml", WAIVER);
    let (_, after) = report(&lund, &[]);
    let gone: Vec<_> = codes(&before).into_iter().filter(|key| !codes(&after).contains(key)).collect();
    let name = ("IOP409".to_owned(), "agreements/rsmh-lund-2021.toml:party.lund.name".to_owned());
    // The other agreement has the same fault and no waiver.
    assert_eq!(gone, [name]);
    assert_eq!(codes(&before).len(), codes(&after).len() + 1);
    assert_eq!(after["summary"]["waived"], 1);
    assert_eq!(after["waived"][0]["waiver"]["by"], "arbetsmarknads- och socialnämnden");
    assert_eq!(after["waived"][0]["waiver"]["file"], "records/rsmh-lund-2021.toml");
    assert_eq!(after["waived"][0]["waiver"]["line"], 2);

    let run = lund.run(&["validate", "--as-of", TODAY]);
    assert!(plain(&run.output).trim_end().ends_with("noter, 1 undantag (IOP409)."), "{}", run.output);
    let (_, all) = report(&lund, &["--no-waivers"]);
    assert_eq!(codes(&all), codes(&before));
    assert_eq!(all["summary"]["waived"], 0);
}

#[test]
fn a_waiver_that_does_not_hold_says_so_and_hides_nothing() {
    for (change, to, code, path) in [
        ("reason = \"Namnet är det som stod i dokumentet 2021.\"", "", "IOP117", "waiver.namn.reason"),
        ("by = \"arbetsmarknads- och socialnämnden\"", "", "IOP117", "waiver.namn.by"),
        ("until = 2026-12-31", "", "IOP117", "waiver.namn.until"),
        ("registry_number = \"SO 2022/0001\"", "", "IOP117", "waiver.namn.registry_number"),
        ("\"party.lund.name\"", "\"party.lund\"", "IOP117", "waiver.namn.path"),
        ("\"party.lund.name\"", "\"party.*\"", "IOP117", "waiver.namn.path"),
        ("IOP409", "IOP999", "IOP117", "waiver.namn.code"),
        ("IOP409", "IOP103", "IOP117", "waiver.namn.code"),
        ("IOP409", "IOP119", "IOP117", "waiver.namn.code"),
        ("IOP409", "IOP115", "IOP117", "waiver.namn.code"),
        ("IOP409", "personal-number", "IOP117", "waiver.namn.code"),
        ("IOP409", "IOP110", "IOP117", "waiver.namn.code"),
        ("IOP409", "no-legal-persons", "IOP117", "waiver.namn.code"),
        ("Namnet är det som stod i dokumentet 2021.", "-", "IOP117", "waiver.namn.reason"),
        ("Namnet är det som stod i dokumentet 2021.", "TODO", "IOP117", "waiver.namn.reason"),
        ("2026-12-31", "2032-01-11", "IOP117", "waiver.namn.until"),
        ("2026-12-31", "2999-12-31", "IOP117", "waiver.namn.until"),
        ("2022-01-10", "2026-11-23", "IOP117", "waiver.namn.date"),
        ("2026-12-31", "2026-11-21", "IOP118", "waiver.namn.until"),
        ("\"party.lund.name\"", "\"party.rsmh.name\"", "IOP119", "waiver.namn"),
    ] {
        let lund = Lund::copy();
        let (_, before) = report(&lund, &[]);
        let text = WAIVER.replace(change, to);
        assert_ne!(text, WAIVER);
        lund.write("records/rsmh-lund-2021.toml", text);
        let (_, after) = report(&lund, &[]);
        let said = (code.to_owned(), format!("records/rsmh-lund-2021.toml:{path}"));
        let new: Vec<_> = codes(&after).into_iter().filter(|key| !codes(&before).contains(key)).collect();
        assert_eq!(new, [said], "{change} -> {to}");
        assert_eq!(codes(&after).len(), codes(&before).len() + 1, "{change} -> {to}");
        assert_eq!(after["summary"]["waived"], 0);
    }
}

#[test]
fn a_waiver_names_its_rule_as_settings_do() {
    let lund = Lund::copy();
    for name in ["iop409", "no-legal-person", "No-Legal-Person", " IOP409 "] {
        lund.write("records/rsmh-lund-2021.toml", WAIVER.replace("IOP409", name));
        let (_, after) = report(&lund, &[]);
        assert_eq!(after["summary"]["waived"], 1, "{name}");
    }
    lund.write("records/rsmh-lund-2021.toml", WAIVER.replace("2026-12-31", "2032-01-10"));
    assert_eq!(report(&lund, &[]).1["summary"]["waived"], 1);
}

#[test]
fn a_waived_error_no_longer_stops_the_run() {
    let lund = Lund::copy();
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "end = 2023-12-31\nreview_by",
        "end = 2024-02-29\nreview_by",
    );
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "2023-01-01, end = 2023-12-31",
        "2023-01-01, end = 2024-02-29",
    );
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "\nmonths = 12\namount = 980_000\nbudget_line = \"iop-social\"\n\n[in_kind",
        "\namount = 980_000\nbudget_line = \"iop-social\"\n\n[in_kind",
    );
    assert_eq!(report(&lund, &[]).0, 1);
    let waiver = WAIVER.replace("IOP409", "IOP201").replace("party.lund.name", "term.end");
    let waiver = waiver.replace("warning", "error");
    lund.write("records/rsmh-lund-2021.toml", waiver + "up_to = { months = 37 }\n");
    assert_eq!(report(&lund, &[]).0, 0);
    assert_eq!(report(&lund, &["--no-waivers"]).0, 1);
}

#[test]
fn an_earlier_report_leaves_only_what_is_new() {
    let lund = Lund::copy();
    let (_, before) = report(&lund, &[]);
    lund.write("earlier.json", before.to_string());
    let (code, nothing) = report(&lund, &["--baseline", "earlier.json", "--fail-on", "note"]);
    assert_eq!((code, codes(&nothing)), (0, vec![]));
    assert_eq!(nothing["summary"]["known"], before["findings"].as_array().unwrap().len());

    // Lines above move what is known; a new fault, and a second one at a known place, still show.
    let file = "agreements/po-skane-2023.toml";
    lund.write(file, format!("# En rad till\n\n{}", lund.read(file)));
    lund.change(file, "end = 2024-12-31\n\n# ", "end = 2026-02-28\n\n# ");
    let (code, new) = report(&lund, &["--baseline", "earlier.json"]);
    assert_eq!(code, 1);
    let found: Vec<String> = codes(&new).into_iter().map(|(code, place)| format!("{code} {place}")).collect();
    let without = ["2025", "2026"].map(|year| format!("IOP301 {file}:funding.{year}"));
    assert_eq!(found, [&[format!("IOP201 {file}:term.end")][..], &without].concat());

    for (text, said) in [("{}", "är ingen rapport"), ("{\"version\": 9, \"findings\": []}", "version 9")] {
        lund.write("earlier.json", text);
        let run = lund.run(&["validate", "--baseline", "earlier.json"]);
        assert_eq!(run.code, 2);
        assert!(run.errors.contains(said), "{}", run.errors);
    }
    assert_eq!(lund.run(&["validate", "--baseline", "saknas.json"]).code, 2);
}

#[test]
fn a_finding_in_another_file_is_accepted_by_naming_the_file() {
    let lund = Lund::copy();
    let waiver = WAIVER
        .replace("code = \"IOP409\"", "code = \"IOP304\"\nfile = \"budget.toml\"")
        .replace("party.lund.name", "line.iop-social.year.2021.status");
    lund.write("records/rsmh-lund-2021.toml", waiver);
    let (_, after) = report(&lund, &[]);
    assert_eq!(after["summary"]["waived"], 1);
    // The frames of the other years have not been accepted.
    let left: Vec<String> =
        codes(&after).into_iter().filter(|(code, _)| code == "IOP304").map(|(_, place)| place).collect();
    assert_eq!(left, ["budget.toml:line.iop-social.year.2022.status"]);
    assert!(!codes(&after).iter().any(|(code, _)| code == "IOP119"));
}

#[test]
fn the_waivers_of_an_agreement_that_cannot_be_read_wait() {
    let lund = Lund::copy();
    lund.write("records/rsmh-lund-2021.toml", WAIVER);
    lund.change("agreements/rsmh-lund-2021.toml", "status = \"proposed\"", "status = \"proposd\"");
    let (code, after) = report(&lund, &[]);
    assert_eq!(code, 1);
    assert!(!codes(&after).iter().any(|(code, _)| code == "IOP119"), "{:?}", codes(&after));
}

#[test]
fn a_waiver_or_an_earlier_report_holds_for_the_places_that_were_known_and_no_other() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    let purchases = |arguments: &[&str]| {
        let (_, report) = report(&lund, arguments);
        let of_rule = report["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "IOP408");
        of_rule.cloned().collect::<Vec<_>>()
    };
    let text = lund.read(file);
    let with = |more: &str| {
        let changed = format!("{text}\n[clause.ansvar]\ntext = \"Beställaren avgör.\"\n{more}");
        lund.write(file, changed);
    };
    with("");
    let found = purchases(&[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["path"], "clause.ansvar.text");
    let (_, before) = report(&lund, &[]);
    lund.write("earlier.json", before.to_string());
    assert_eq!(purchases(&["--baseline", "earlier.json"]), Vec::<Value>::new());
    let waiver = WAIVER.replace("IOP409", "IOP408").replace("party.lund.name", "clause.ansvar.text");
    let waiver = waiver + "words = [\"beställaren\"]\n";
    lund.write("records/rsmh-lund-2021.toml", &waiver);
    assert_eq!(purchases(&[]), Vec::<Value>::new());

    // A purchaser's word in another text is as new as if it were the first.
    with("\n[clause.pris]\ntext = \"Vite tas ut.\"\n");
    for arguments in [&[][..], &["--baseline", "earlier.json", "--no-waivers"]] {
        let found = purchases(arguments);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["path"], "clause.pris.text");
        let message = found[0]["message"].as_str().unwrap();
        assert!(message.contains("”vite”") && !message.contains("beställaren"), "{message}");
    }
    let (_, both) = report(&lund, &["--no-waivers"]);
    lund.write("earlier.json", both.to_string());
    assert_eq!(purchases(&["--baseline", "earlier.json", "--no-waivers"]), Vec::<Value>::new());
}

#[test]
fn an_earlier_report_never_hides_a_file_that_cannot_be_read_or_a_frame_that_a_new_agreement_breaks() {
    let lund = Lund::copy();
    lund.change(
        "budget.toml",
        "amount = 4_200_000\nstatus = \"assumed\"",
        "amount = 3_900_000\nstatus = \"decided\"",
    );
    let (_, before) = report(&lund, &[]);
    lund.write("earlier.json", before.to_string());
    assert_eq!(report(&lund, &["--baseline", "earlier.json"]).0, 0);
    let another = lund.read("agreements/po-skane-2023.toml");
    lund.write("agreements/ny.toml", another.replace("personligt-ombud", "ny"));
    let (code, new) = report(&lund, &["--baseline", "earlier.json"]);
    assert_eq!(code, 1);
    assert!(codes(&new).iter().any(|(code, place)| code == "IOP303" && place.contains("2023")), "{new}");

    lund.write("agreements/ny.toml", "title = ");
    let (_, before) = report(&lund, &[]);
    lund.write("earlier.json", before.to_string());
    let (code, still) = report(&lund, &["--baseline", "earlier.json"]);
    assert_eq!(code, 1);
    assert!(codes(&still).iter().any(|(code, _)| code == "IOP102"));
}

#[test]
fn without_waivers_what_is_to_be_said_of_them_is_still_said() {
    let lund = Lund::copy();
    lund.write("records/rsmh-lund-2021.toml", WAIVER.replace("2026-12-31", "2026-11-21"));
    let (_, all) = report(&lund, &["--no-waivers"]);
    assert!(codes(&all).iter().any(|(code, _)| code == "IOP118"), "{all}");
}

#[test]
fn a_code_that_does_not_exist_stops_no_other_waiver() {
    let lund = Lund::copy();
    for code in ["408", "IOP 408", "IOP4"] {
        let wrong = WAIVER.replace("waiver.namn", "waiver.annat").replace("IOP409", code);
        lund.write("records/rsmh-lund-2021.toml", format!("{WAIVER}{wrong}"));
        let (_, found) = report(&lund, &[]);
        let said: Vec<_> = codes(&found).into_iter().filter(|(_, place)| place.contains("waiver")).collect();
        let expected = "records/rsmh-lund-2021.toml:waiver.annat.code".to_owned();
        assert_eq!(said, [("IOP117".to_owned(), expected)], "{code}");
        assert_eq!(found["summary"]["waived"], 1, "{code}");
    }
}

#[test]
fn a_level_can_be_set_by_the_name_of_the_rule() {
    let lund = Lund::copy();
    lund.write("iop.toml", format!("{}\n[levels]\nde-minimis = \"off\"\n", lund.read("iop.toml")));
    let (_, found) = report(&lund, &["--level", "no-legal-person=off"]);
    assert!(!codes(&found).iter().any(|(code, _)| ["IOP409", "IOP701", "IOP110"].contains(&code.as_str())));
    let run = lund.run(&["validate", "--level", "no-legal-persn=off"]);
    assert_eq!(run.code, 2);
    assert!(
        run.errors.contains("”no-legal-persn”") && run.errors.contains("”no-legal-person”"),
        "{}",
        run.errors
    );
}

#[test]
fn words_are_shown_where_they_stand_and_accepted_with_their_text() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    let rest = lund.read(file);
    let before = rest.find("[clause.background]\ntext = \"\"\"\n").unwrap()
        + "[clause.background]\ntext = \"\"\"\n".len();
    let (head, tail) = rest.split_at(before);
    lund.write(file, format!("{head}Först en rad.\n\nÅret om tas VITE ut av\nutföraren.\n\n{tail}"));
    let (_, after) = report(&lund, &[]);
    let findings: Vec<Value> = after["findings"].as_array().unwrap().clone();
    let finding = lund.finding_at(&findings, "IOP408", "VITE");
    assert_eq!((&finding["path"], &finding["word"]), (&"clause.background.text".into(), &"”vite”".into()));
    lund.assert_at(&finding["related"][0], "utföraren");

    let waiver = WAIVER.replace("IOP409", "IOP408").replace("party.lund.name", "clause.background.text");
    lund.write("records/rsmh-lund-2021.toml", waiver + "words = [\"VITE\", \"utföraren\"]\n");
    let (_, after) = report(&lund, &[]);
    assert_eq!(after["summary"]["waived"], 1);
    assert!(!codes(&after).iter().any(|(code, _)| code == "IOP408" || code == "IOP119"));
}
