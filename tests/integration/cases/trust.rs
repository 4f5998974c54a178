//! What somebody has accepted covers what they accepted and no more, and what is switched off is told.

use std::fs;

use serde_json::Value;

use super::Case;
use crate::common::{plain, repository, run_in};

const AS_OF: &str = "2025-06-01";
const AGREEMENT: &str = "agreements/oppet-hus.toml";
const SIGNED: &str = "decision.avtal = { kind = \"approval\", by = \"socialnämnden\", date = 2023-11-15, paragraph = \"§ 99\", amount = 1_000_000 }\n\
    signing.k = { party = \"kommun\", signatory = \"ordforande\", date = 2023-11-20 }\n\
    signing.f = { party = \"forening\", signatory = \"ordforande\", date = 2023-11-21 }\n";

/// A copy of the register of Ådala, which has nothing to remark on, signed.
pub(super) fn adala() -> Case {
    Case::of_example("adala").with("records/oppet-hus.toml", SIGNED).changed(
        AGREEMENT,
        "status = \"proposed\"",
        "status = \"signed\"",
    )
}

impl Case {
    pub(super) fn changed(self, file: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.folder.path().join(file)).unwrap();
        assert!(text.contains(from), "{from:?} in {file}");
        self.with(file, &text.replacen(from, to, 1))
    }

    pub(super) fn ends(self, day: &str) -> Self {
        self.changed(AGREEMENT, "end = 2025-12-31\n", &format!("end = {day}\n"))
    }

    pub(super) fn run(&self, arguments: &[&str]) -> (i32, String) {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", AS_OF]).collect();
        let run = run_in(self.folder.path(), &all);
        (run.code, plain(&run.output))
    }

    fn report(&self, arguments: &[&str]) -> Value {
        let all = [&["validate", "--format", "json"], arguments].concat();
        serde_json::from_str(&self.run(&all).1).unwrap()
    }

    /// "CODE path" of what is found with one of these codes.
    pub(super) fn found(&self, codes: &[&str], arguments: &[&str]) -> Vec<String> {
        let report = self.report(arguments);
        let findings = report["findings"].as_array().unwrap().iter();
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let findings = findings.filter(|one| codes.contains(&one["code"].as_str().unwrap()));
        findings.map(|one| format!("{} {}", text(one, "code"), text(one, "path"))).collect()
    }
}

/// A waiver that accepts an error, and what more it says.
pub(super) fn waiver(code: &str, path: &str, more: &str) -> String {
    let level = if more.contains("level = ") { "" } else { "level = \"error\"\n" };
    format!(
        "{SIGNED}[waiver.a]\ncode = \"{code}\"\npath = \"{path}\"\nreason = \"Nämnden godtar det.\"\nby = \"socialnämnden\"\n\
         registry_number = \"SN 2024/0044\"\ndate = 2024-05-31\nuntil = 2033-05-31\n{level}{more}\n"
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
    let case = adala().changed("budget.toml", "status = \"plan\"", "status = \"assumed\"");
    let at = "line.social.year.2026.status";
    let with = |more: &str| {
        let text = waiver("IOP304", at, &format!("file = \"budget.toml\"\n{more}"));
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

/// A supplement with one component of money; 2024 and 2025 have 500 000 kronor each and no more.
fn supplement(key: &str, dated: &str, money: &str) -> String {
    format!(
        "\n[supplement.a]\nnumber = 1\ndated = {dated}\nchanges = \"Ändrat.\"\n\
         [supplement.a.funding.{key}]\npayer = \"kommun\"\namount = 1_200_000\n{money}\n"
    )
}

#[test]
fn money_of_a_supplement_is_judged_as_the_agreement_own() {
    let with = |supplement: &str, codes: &[&str]| {
        let case = adala();
        let text = fs::read_to_string(case.folder.path().join(AGREEMENT)).unwrap();
        case.with(AGREEMENT, &(text + supplement)).found(codes, &[])
    };
    let year = "period = { start = 2025-01-01, end = 2025-12-31 }";
    let after = "period = { start = 2026-01-01, end = 2028-12-31 }";
    // In the place of the year's amount, beside it, without a time of its own, and paid by the organisation; agreed, or
    // only proposed on the day.
    for (key, money) in [
        ("2025", year.to_owned()),
        ("mer", year.to_owned()),
        ("mer", String::new()),
        ("mer", after.to_owned()),
    ] {
        for dated in ["2024-01-02", "2025-12-02"] {
            let found = with(&supplement(key, dated, &money), &["IOP304"]);
            assert_eq!(found, [format!("IOP304 supplement.a.funding.{key}.budget_line")], "{money} {dated}");
        }
    }
    let by_another = supplement("mer", "2024-01-02", year).replace("\"kommun\"", "\"forening\"");
    // What somebody else pays is in no budget of the municipality's.
    assert_eq!(with(&by_another, &["IOP304"]), [""; 0]);
    // Money that is replaced is no longer looked at.
    let placed = supplement("2025", "2024-01-02", &format!("{year}\nbudget_line = \"social\""));
    assert_eq!(with(&placed, &["IOP302", "IOP304"]), [""; 0]);

    let late = supplement("mer", "2024-01-02", &format!("{after}\nbudget_line = \"social\""));
    assert_eq!(with(&late, &["IOP302"]), ["IOP302 supplement.a.funding.mer.period"]);
    let longer = late.replace("changes =", "end = 2028-12-31\nchanges =");
    assert_eq!(with(&longer, &["IOP302"]), [""; 0]);
}

#[test]
fn what_a_supplement_pays_is_a_part_of_what_was_awarded() {
    let case = adala().changed(AGREEMENT, "kind = \"procurement\"", "kind = \"state-aid\"");
    let case = case.changed(AGREEMENT, "title = ", "legal.service = \"general\"\ntitle = ");
    let alone = case.report(&[]);
    let measure = |report: &Value| {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().find(|one| one["code"] == "IOP703").map(|one| one["measure"].clone())
    };
    assert_eq!(measure(&alone), Some(serde_json::json!({ "kronor": "1000000" })));
    let text = fs::read_to_string(case.folder.path().join(AGREEMENT)).unwrap();
    let year = "period = { start = 2025-01-01, end = 2025-12-31 }";
    for (key, kronor) in [("mer", "2200000"), ("2025", "1700000")] {
        fs::write(
            case.folder.path().join(AGREEMENT),
            format!("{text}{}", supplement(key, "2024-01-02", year)),
        )
        .unwrap();
        assert_eq!(measure(&case.report(&[])), Some(serde_json::json!({ "kronor": kronor })), "{key}");
    }
}

#[test]
fn money_and_meetings_on_record_are_of_no_draft() {
    let records = |event: &str| {
        let case = adala().changed(AGREEMENT, "status = \"signed\"", "status = \"draft\"");
        case.with("records/oppet-hus.toml", event).found(&["IOP620"], &[])
    };
    let period = "period = { start = 2024-01-01, end = 2024-12-31 }";
    for event in [
        "payment.a = { date = 2024-01-31, amount = 900_000 }".to_owned(),
        "meeting.a = { steering_group = \"styrgrupp\", date = 2024-03-01 }".to_owned(),
        format!("report.a = {{ duty = \"arsrapport\", {period}, date = 2025-02-01 }}"),
        "decision.a = { kind = \"termination\", by = \"socialnämnden\", date = 2024-12-01 }".to_owned(),
    ] {
        assert_eq!(records(&event), ["IOP620 status"], "{event}");
    }
    assert_eq!(records("payment.a = { date = 2025-06-02, amount = 900_000 }"), [""; 0]);
}

#[test]
fn guidelines_that_no_longer_held_or_were_not_decided_allow_nothing() {
    let with = |more: &str| {
        let case = adala().changed("guidelines/adala-2019.toml", "decided = 2019-05-20", more);
        case.found(&["IOP622"], &[])
    };
    assert_eq!(with("decided = 2009-05-20\nuntil = 2019-05-19"), ["IOP622 guideline"]);
    assert_eq!(with("decided = 2030-01-01"), ["IOP622 guideline"]);
    // The approval on record is of 15 November 2023.
    assert_eq!(with("decided = 2019-05-20\nuntil = 2023-11-14"), ["IOP622 guideline"]);
    assert_eq!(with("decided = 2019-05-20\nuntil = 2023-11-15"), [""; 0]);
}

#[test]
fn a_floor_is_the_least_that_the_frame_must_hold_whatever_the_index() {
    let with = |frame: u32, indexation: &str| {
        let case = adala().changed(
            "budget.toml",
            "2025 = { amount = 500_000",
            &format!("2025 = {{ amount = {frame}"),
        );
        let text = fs::read_to_string(case.folder.path().join(AGREEMENT)).unwrap();
        let case = case.with(
            AGREEMENT,
            &format!(
                "{text}\n[indexation.lon]\namounts = \"before-adjustment\"\nyears = [2025]\n{indexation}\n"
            ),
        );
        let report = case.report(&[]);
        let findings = report["findings"].as_array().unwrap().iter();
        let of = findings.filter(|one| ["IOP303", "IOP313"].contains(&one["code"].as_str().unwrap()));
        of.map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["level"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    // 500 000 kronor and 80 per cent are 900 000; the series has 2,1 per cent for 2025, which is not decided.
    let unknown = "follows = \"löneutvecklingen\"";
    let provisional = "series = \"priser\"";
    assert_eq!(with(899_999, &format!("{unknown}\nfloor = \"80\"")), ["IOP313 warning", "IOP303 error"]);
    assert_eq!(with(900_000, &format!("{unknown}\nfloor = \"80\"")), ["IOP313 warning"]);
    assert_eq!(with(500_000, unknown), ["IOP313 warning"]);
    assert_eq!(with(899_999, &format!("{provisional}\nfloor = \"80\"")), ["IOP303 error"]);
    assert_eq!(with(900_000, &format!("{provisional}\nfloor = \"80\"")), [""; 0]);
    assert_eq!(with(510_499, provisional), ["IOP303 note"]);
    assert_eq!(with(510_500, provisional), [""; 0]);
}

#[test]
fn a_comment_cannot_look_like_a_line() {
    for hidden in ["\u{2028}", "\u{2029}", "\u{85}", "\u{202e}"] {
        let line = format!("# gränsen{hidden}base_term_months = 36\n[limits]");
        let case = adala().changed("guidelines/adala-2019.toml", "[limits]", &line);
        let report = case.report(&[]);
        let found = &report["findings"].as_array().unwrap()[0];
        let at = (&found["code"], &found["file"]);
        assert_eq!(at, (&"IOP106".into(), &"guidelines/adala-2019.toml".into()), "{hidden:?}");
        // The rest of the file still says what it says.
        assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{hidden:?}");
    }
}

#[test]
fn an_agreement_where_nobody_looks_is_told() {
    let text = fs::read_to_string(repository().join("examples/adala").join(AGREEMENT)).unwrap();
    let told = |file: &str| {
        let report = adala().with(file, &text).report(&[]);
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["file"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    for name in ["annat", "annat.txt", "annat.bak", "annat.json", "annat.yaml", "annat.md", "annat.docx"] {
        for folder in ["agreements", "records", "guidelines"] {
            assert_eq!(told(&format!("{folder}/{name}")), [format!("IOP107 {folder}/{name}")]);
        }
    }
    assert_eq!(told("annat.toml"), ["IOP107 annat.toml"]);
    assert_eq!(told("avtal/annat.toml"), ["IOP107 avtal"]);
    for name in
        ["agreements/README.md", "agreements/.gitkeep", "agreements/oppet-hus.toml.bak", "records/.iop-lock"]
    {
        assert_eq!(told(name), [""; 0], "{name}");
    }
    let other = adala().with("Cargo.toml", "[package]\nname = \"x\"\n").report(&[]);
    assert_eq!(other["findings"], serde_json::json!([]));
}

#[test]
fn a_verdict_on_some_files_is_none_on_the_register() {
    let good = fs::read_to_string(repository().join("examples/adala").join(AGREEMENT)).unwrap();
    let good = good.replace("activity = \"oppet-hus\"", "activity = \"annat\"");
    let good = good.replace("amount = 500_000", "amount = 0");
    let case = adala().ends("2033-12-31").with("agreements/annat.toml", &good);
    let (code, said) = case.run(&["validate", "agreements/annat.toml"]);
    assert_eq!(code, 0);
    assert!(said.contains("inget att anmärka i de filer som visas. I övriga filer: 2 fel"), "{said}");
    let report = case.report(&["agreements/annat.toml"]);
    assert_eq!(
        (&report["summary"]["errors"], &report["summary"]["elsewhere"]["errors"]),
        (&0.into(), &2.into())
    );
    let (_, said) = adala().run(&["validate", "budget.toml"]);
    assert!(said.ends_with("i de filer som visas. Inget att anmärka i övriga filer.\n"), "{said}");
    assert_eq!(adala().report(&["."])["summary"]["elsewhere"], Value::Null);
}

#[test]
fn what_is_accepted_or_known_is_named_and_held_against_what_there_is() {
    let with = |up_to: u32| {
        let text = waiver("IOP201", "term.end", &format!("up_to = {{ months = {up_to} }}"));
        let case = adala().ends("2027-01-31").with("records/oppet-hus.toml", &text);
        (case.found(&["IOP117", "IOP201"], &[]), case.run(&["validate"]).1)
    };
    let (found, said) = with(74);
    assert_eq!(found, [""; 0]);
    assert!(said.contains(", 1 undantag (IOP201)"), "{said}");
    let (found, said) = with(75);
    assert_eq!(found, ["IOP117 waiver.a.up_to"]);
    assert!(said.contains("godtar 75 månader, men anmärkningen gäller 37 månader."), "{said}");

    let earlier = adala().ends("2027-01-31").run(&["validate", "--format", "json"]).1;
    let case = adala().ends("2027-01-31").with("tidigare.json", &earlier);
    let (_, said) = case.run(&["validate", "--baseline", "tidigare.json"]);
    assert!(said.contains("sedan tidigare (IOP201"), "{said}");
    let codes = &case.report(&["--baseline", "tidigare.json"])["summary"]["known_codes"];
    assert!(codes.as_array().unwrap().contains(&"IOP201".into()), "{codes}");
}

#[test]
fn another_name_for_the_activity_hides_no_chain() {
    let text = fs::read_to_string(repository().join("examples/adala").join(AGREEMENT)).unwrap();
    // Seven agreements of two years in a row, 2014–2027; the guideline allows ten years.
    let chain = |activity: &dyn Fn(usize) -> String, continues: bool| {
        let mut case = adala();
        for number in 0..7 {
            let (first, last) = (2014 + 2 * number, 2015 + 2 * number);
            let mut own = text.replace("\"oppet-hus\"", &format!("\"{}\"", activity(number)));
            own = own.replace("start = 2024-01-01\n", &format!("start = {first}-01-01\n"));
            own = own.replace("end = 2025-12-31\n", &format!("end = {last}-12-31\n"));
            if continues && number > 0 {
                own = format!("continues = \"a{}\"\n{own}", number - 1);
            }
            case = case.with(&format!("agreements/a{number}.toml"), &own);
        }
        fs::remove_file(case.folder.path().join(AGREEMENT)).unwrap();
        fs::remove_file(case.folder.path().join("records/oppet-hus.toml")).unwrap();
        (case.found(&["IOP205"], &[]).len(), case.found(&["IOP125"], &[]).len())
    };
    let by_year = |number: usize| format!("oppet-hus-{}", 2014 + 2 * number);
    let by_word = |number: usize| {
        ["hus", "motesplats", "nav", "trappan", "rummet", "huset", "kvarnen"][number].to_owned()
    };
    // 12 and 14 years are more than ten.
    assert_eq!(chain(&|_| "oppet-hus".to_owned(), false), (2, 0));
    for continued in [&by_year as &dyn Fn(usize) -> String, &by_word] {
        assert_eq!(chain(continued, true), (2, 0));
    }
    assert_eq!(chain(&by_year, false), (0, 6));
}
