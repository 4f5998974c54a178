//! What somebody has accepted covers what they accepted and no more, and what is switched off is told.

use std::fs;

use serde_json::Value;

use super::Case;
use crate::common::{plain, repository, run_in};

const AS_OF: &str = "2025-06-01";
const AGREEMENT: &str = "agreements/oppet-hus.toml";
const SIGNED: &str = "decision.avtal = { kind = \"approval\", by = \"socialnämnden\", date = 2023-11-15, paragraph = \"§ 99\" }\n\
    signing.k = { party = \"kommun\", signatory = \"ordforande\", date = 2023-11-20 }\n\
    signing.f = { party = \"forening\", signatory = \"ordforande\", date = 2023-11-21 }\n";

/// A copy of the register of Ådala, which has nothing to remark on, signed.
fn adala() -> Case {
    Case::of_example("adala").with("records/oppet-hus.toml", SIGNED).changed(
        AGREEMENT,
        "status = \"proposed\"",
        "status = \"signed\"",
    )
}

impl Case {
    fn changed(self, file: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.folder.path().join(file)).unwrap();
        assert!(text.contains(from), "{from:?} in {file}");
        self.with(file, &text.replacen(from, to, 1))
    }

    fn ends(self, day: &str) -> Self {
        self.changed(AGREEMENT, "end = 2025-12-31\n", &format!("end = {day}\n"))
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", AS_OF]).collect();
        let run = run_in(self.folder.path(), &all);
        (run.code, plain(&run.output))
    }

    fn report(&self, arguments: &[&str]) -> Value {
        let all = [&["validate", "--format", "json"], arguments].concat();
        serde_json::from_str(&self.run(&all).1).unwrap()
    }

    /// "CODE path" of what is found with one of these codes.
    fn found(&self, codes: &[&str], arguments: &[&str]) -> Vec<String> {
        let report = self.report(arguments);
        let findings = report["findings"].as_array().unwrap().iter();
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let findings = findings.filter(|one| codes.contains(&one["code"].as_str().unwrap()));
        findings.map(|one| format!("{} {}", text(one, "code"), text(one, "path"))).collect()
    }
}

fn waiver(code: &str, path: &str, more: &str) -> String {
    format!(
        "{SIGNED}[waiver.a]\ncode = \"{code}\"\npath = \"{path}\"\nreason = \"Nämnden godtar det.\"\nby = \"socialnämnden\"\n\
         registry_number = \"SN 2024/0044\"\ndate = 2024-05-31\nuntil = 2033-05-31\n{more}\n"
    )
}

#[test]
fn the_register_itself_has_nothing_to_remark_on() {
    assert_eq!(adala().run(&["validate"]).1, "1 avtal granskat per 2025-06-01: inget att anmärka.\n");
}

#[test]
fn a_waiver_covers_as_many_months_as_it_says_and_no_day_more() {
    let with = |end: &str, more: &str| {
        let case = adala().ends(end).with("records/oppet-hus.toml", &waiver("IOP201", "term.end", more));
        case.found(&["IOP117", "IOP119", "IOP201"], &[])
    };
    let shows = ["IOP201 term.end"];
    let unsaid = ["IOP201 term.end", "IOP117 waiver.a.up_to"];
    assert_eq!(with("2027-01-31", "up_to = { months = 37 }"), [""; 0]);
    assert_eq!(with("2027-01-01", "up_to = { months = 37 }"), [""; 0]);
    assert_eq!(with("2027-02-01", "up_to = { months = 37 }"), shows);
    assert_eq!(with("2052-01-31", "up_to = { months = 37 }"), shows);
    // One that does not say how much, or says it of something else, covers nothing.
    assert_eq!(with("2027-01-31", ""), unsaid);
    assert_eq!(with("2027-01-31", "up_to = { kronor = 37 }"), unsaid);
    assert_eq!(with("2027-01-31", "up_to = {}"), unsaid);
}

#[test]
fn a_waiver_says_who_decided_and_stands_with_its_own_agreement() {
    let text = waiver("IOP201", "term.end", "up_to = { months = 37 }");
    let with = |from: &str, to: &str| {
        assert!(text.contains(from));
        let case = adala().ends("2027-01-31").with("records/oppet-hus.toml", &text.replace(from, to));
        case.found(&["IOP117", "IOP201"], &[])
    };
    for (from, to, path) in [
        ("by = \"socialnämnden\"\nregistry", "by = \"-\"\nregistry", "waiver.a.by"),
        ("SN 2024/0044", "-", "waiver.a.registry_number"),
    ] {
        assert_eq!(with(from, to), ["IOP201 term.end".to_owned(), format!("IOP117 {path}")]);
    }
    let other = text.replace(SIGNED, "").replace("until =", "file = \"agreements/oppet-hus.toml\"\nuntil =");
    let agreement = fs::read_to_string(repository().join("examples/adala").join(AGREEMENT)).unwrap();
    let case = adala().ends("2027-01-31").with("records/annat.toml", &other);
    let case = case.with("agreements/annat.toml", &agreement.replace("oppet-hus", "annat"));
    assert_eq!(case.found(&["IOP117", "IOP201"], &[]), ["IOP201 term.end", "IOP117 waiver.a.file"]);
}

#[test]
fn a_measure_that_is_not_asked_for_is_told() {
    let case = adala().changed(AGREEMENT, "budget_line = \"social\"\n", "");
    let at = "funding.2024.budget_line";
    let with = |more: &str| {
        let text = waiver("IOP304", at, more);
        fs::write(case.folder.path().join("records/oppet-hus.toml"), text).unwrap();
        case.found(&["IOP117", "IOP304"], &[])
    };
    assert_eq!(with(""), [""; 0]);
    assert_eq!(with("up_to = { count = 1 }"), [format!("IOP304 {at}"), "IOP117 waiver.a.up_to".to_owned()]);
}

#[test]
fn a_waiver_for_one_krona_covers_no_million() {
    let with = |frame: u32, up_to: &str| {
        let at = "line.social.year.2024.amount";
        let text = waiver("IOP303", at, &format!("file = \"budget.toml\"\n{up_to}"));
        let case = adala().with("records/oppet-hus.toml", &text);
        let case =
            case.changed("budget.toml", "2024 = { amount = 500_000", &format!("2024 = {{ amount = {frame}"));
        case.found(&["IOP117", "IOP303"], &[])
    };
    assert_eq!(with(499_999, "up_to = { kronor = 1 }"), [""; 0]);
    assert_eq!(with(499_998, "up_to = { kronor = 1 }"), ["IOP303 line.social.year.2024.amount"]);
    assert_eq!(with(499_998, "up_to = { kronor = 2 }"), [""; 0]);
    assert_eq!(with(499_999, ""), ["IOP303 line.social.year.2024.amount", "IOP117 waiver.a.up_to"]);
}

#[test]
fn an_earlier_report_knows_how_much_it_was() {
    let earlier = adala().ends("2027-01-31").run(&["validate", "--format", "json"]).1;
    let measure = serde_json::from_str::<Value>(&earlier).unwrap()["findings"][0]["measure"].clone();
    assert_eq!(measure, serde_json::json!({ "months": 37 }));
    let with = |end: &str, earlier: &str| {
        let case = adala().ends(end).with("tidigare.json", earlier);
        case.found(&["IOP201"], &["--baseline", "tidigare.json"])
    };
    assert_eq!(with("2027-01-31", &earlier), [""; 0]);
    assert_eq!(with("2027-01-30", &earlier), [""; 0]);
    assert_eq!(with("2053-12-31", &earlier), ["IOP201 term.end"]);
    // A report from before measures says nothing of how much it was.
    let mut old: Value = serde_json::from_str(&earlier).unwrap();
    for finding in old["findings"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("measure");
    }
    assert_eq!(with("2027-01-31", &old.to_string()), ["IOP201 term.end"]);
}

#[test]
fn what_is_switched_off_is_counted_and_named_in_every_format() {
    let case = adala().ends("2033-12-31");
    let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
    let case = case.with("iop.toml", &format!("{settings}\n[levels]\nIOP2 = \"off\"\nIOP3 = \"off\"\n"));
    let told = "inget annat att anmärka, 2 avstängda (IOP2 och IOP3 i iop.toml)";
    for format in ["human", "github", "gitlab", "sarif", "junit"] {
        let (code, output) = case.run(&["validate", "--format", format]);
        assert_eq!(code, 0);
        assert!(output.contains(told), "{format}: {output}");
    }
    let report = case.report(&[]);
    assert_eq!((&report["summary"]["silenced"], &report["summary"]["lowered"]), (&2.into(), &0.into()));
    assert_eq!(report["levels"][0]["name"], "IOP2");
    let rendered = case.run(&["render", "--format", "md", "--out", "ut"]).1;
    assert!(rendered.contains(told), "{rendered}");

    let (code, output) = case.run(&["validate", "--level", "IOP201=note", "--level", "IOP3=warning"]);
    assert_eq!(code, 0);
    assert!(output.ends_with("2 sänkta (IOP201 och IOP3 på kommandoraden).\n"), "{output}");
}

#[test]
fn personal_numbers_are_errors_whatever_is_set() {
    let case = adala().changed("budget.toml", "Partnerskap inom", "Partnerskap 19121212-1212 inom");
    let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
    for (name, level) in
        [("IOP1", "off"), ("IOP115", "off"), ("IOP115", "note"), ("personal-number", "warning")]
    {
        fs::write(
            case.folder.path().join("iop.toml"),
            format!("{settings}\n[levels]\n{name} = \"{level}\"\n"),
        )
        .unwrap();
        let report = case.report(&[]);
        let found =
            report["findings"].as_array().unwrap().iter().find(|one| one["code"] == "IOP115").unwrap();
        assert_eq!(found["level"], "error", "{name} {level}");
        let refused = case.found(&["IOP110"], &[]);
        assert_eq!(refused.len(), usize::from(name != "IOP1"), "{name} {level}");
    }
    let run = run_in(case.folder.path(), &["validate", "--level", "IOP115=note"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn a_signed_agreement_is_no_draft() {
    for status in ["draft", "proposed"] {
        let case = adala().changed(AGREEMENT, "status = \"signed\"", &format!("status = \"{status}\""));
        assert_eq!(case.found(&["IOP620"], &[]), ["IOP620 status"]);
    }
}

#[test]
fn a_blank_or_a_letter_of_another_alphabet_hides_no_chain() {
    let earlier = fs::read_to_string(repository().join("examples/adala").join(AGREEMENT)).unwrap();
    for activity in ["oppet-hus ", "Oppet-hus", "\u{43e}ppet-hus", "oppet\u{2010}hus"] {
        let other = earlier.replace("activity = \"oppet-hus\"", &format!("activity = \"{activity}\""));
        let case = adala().with("agreements/tidigare.toml", &other);
        assert_eq!(case.found(&["IOP125"], &[]), ["IOP125 activity"], "{activity}");
    }
    let other = earlier.replace("Öppet hus i Ådala\"", "Öppet hus i \u{410}\u{30a}dala\"");
    assert_ne!(other, earlier);
    let case = adala().with("agreements/tidigare.toml", &other);
    assert_eq!(case.found(&["IOP125"], &[]), ["IOP125 party.forening.name"]);
}
