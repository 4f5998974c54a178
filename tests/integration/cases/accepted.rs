//! What somebody has accepted is accepted with its words, as grave as it was, and as large.

use super::Case;
use super::trust::{adala, waiver};

const AGREEMENT: &str = "agreements/oppet-hus.toml";
const RECORDS: &str = "records/oppet-hus.toml";
const BACKGROUND: &str = "Unga i Ådala saknar en mötesplats.";
const NOTHING: [&str; 0] = [];

/// The register with a text, and a waiver of what is found of it.
fn with_text(text: &str, (code, more): (&str, &str)) -> Vec<String> {
    let case = adala().changed(AGREEMENT, BACKGROUND, text);
    let case =
        case.with(RECORDS, &waiver(code, "clause.background.text", &format!("level = \"warning\"\n{more}")));
    case.found(&[code, "IOP117", "IOP119"], &[])
}

#[test]
fn other_words_are_not_accepted_with_those_that_were() {
    let years = ("IOP208", "words = [\"fyra år\"]");
    let shows = ["IOP208 clause.background.text"];
    assert_eq!(with_text("Avtalet gäller i fyra år.", years), NOTHING);
    assert_eq!(with_text("Avtalet gäller i fyrtio år.", years), shows);
    assert_eq!(with_text("Avtalet gäller i fyra år. Avtalet gäller till och med 2040-12-31.", years), shows);
    let sum = ("IOP307", "words = [\"510 000 kronor\"]");
    let shows = ["IOP307 clause.background.text"];
    assert_eq!(with_text("Kommunen betalar 510\u{a0}000 kronor per år.", sum), NOTHING);
    assert_eq!(with_text("Kommunen betalar 51 000 000 kronor per år.", sum), shows);
    let more = "Kommunen betalar 510 000 kronor per år. Kommunen betalar därtill 4 000 000 kronor per år.";
    assert_eq!(with_text(more, sum), shows);
}

#[test]
fn a_waiver_says_which_words_and_how_grave_a_finding_it_accepts() {
    let text = waiver("IOP208", "clause.background.text", "").replace("level = \"error\"\n", "");
    let case = adala().changed(AGREEMENT, BACKGROUND, "Avtalet gäller i fyra år.").with(RECORDS, &text);
    // It covers what it is of, and that it may cover more is told.
    assert_eq!(case.found(&["IOP208", "IOP117"], &[]), ["IOP117 waiver.a.level"]);
    let said = case.run(&["validate"]).1;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "säger inte hur allvarlig anmärkning och vilka ord som godtas",
        "level = \"warning\" och words = [\"fyra år\"]",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Words where there are none are said of something else.
    let with = |words: &str| {
        let more = format!("up_to = {{ months = 37 }}\n{words}");
        let case = adala().ends("2027-01-31").with(RECORDS, &waiver("IOP201", "term.end", &more));
        case.found(&["IOP201", "IOP117"], &[])
    };
    assert_eq!(with(""), NOTHING);
    assert_eq!(with("words = [\"x\"]"), ["IOP201 term.end", "IOP117 waiver.a.words"]);
}

#[test]
fn what_has_become_graver_is_not_accepted_with_what_it_was() {
    let at = "line.social.year.2025.amount";
    let with = |status: &str, level: &str| {
        let more = format!("file = \"budget.toml\"\nlevel = \"{level}\"\nup_to = {{ kronor = 100_000 }}");
        let case = adala().with(RECORDS, &waiver("IOP303", at, &more)).changed(
            "budget.toml",
            "2025 = { amount = 500_000, status = \"decided\"",
            &format!("2025 = {{ amount = 400_000, status = \"{status}\""),
        );
        case.found(&["IOP303", "IOP117"], &[])
    };
    let shows = [format!("IOP303 {at}")];
    assert_eq!(with("plan", "warning"), NOTHING);
    assert_eq!(with("decided", "warning"), shows);
    assert_eq!(with("decided", "error"), NOTHING);
    assert_eq!(with("plan", "note"), shows);
}

/// Whether what is found in the register with a change is covered as it is, and as it is when it has grown.
fn grown(code: &str, path: &str, accepted: &str, change: &dyn Fn(Case) -> Case) -> Vec<String> {
    let case = change(adala());
    let case = case.with(RECORDS, &waiver(code, path, accepted));
    case.found(&[code, "IOP117", "IOP119"], &[])
}

#[test]
fn what_grows_is_accepted_as_large_as_it_was() {
    let parts = |last: u32| {
        move |case: Case| {
            let parts = format!(
                "\npart.a = {{ month = 1, share = \"50\" }}\npart.b = {{ month = 7, share = \"{last}\" }}\n"
            );
            case.changed(AGREEMENT, "times_per_year = 2\nmonths = [1, 7]\n", &parts)
        }
    };
    let at = "payout_plan.halvar.part";
    assert_eq!(grown("IOP308", at, "up_to = { percent = \"1\" }", &parts(49)), NOTHING);
    assert_eq!(
        grown("IOP308", at, "up_to = { percent = \"1\" }", &parts(5)),
        ["IOP308 payout_plan.halvar.part"]
    );

    let notice = |months: u32| {
        move |case: Case| {
            let case =
                case.changed("guidelines/adala-2019.toml", "[limits]\n", "[limits]\nnotice_months = 3\n");
            case.changed(AGREEMENT, "notice_months = 6", &format!("notice_months = {months}"))
        }
    };
    let at = "exit.uppsagning.notice_months";
    assert_eq!(grown("IOP216", at, "up_to = { months = 1 }", &notice(2)), NOTHING);
    assert_eq!(grown("IOP216", at, "up_to = { months = 1 }", &notice(0)), [format!("IOP216 {at}")]);

    let unpaid = |end: &'static str| move |case: Case| case.ends(end);
    let at = "funding.2026";
    assert_eq!(grown("IOP301", at, "up_to = { days = 31 }", &unpaid("2026-01-31")), NOTHING);
    assert_eq!(grown("IOP301", at, "up_to = { days = 31 }", &unpaid("2026-12-31")).len(), 2);

    let ended = |day: &'static str| {
        move |case: Case| {
            case.changed(AGREEMENT, "end = 2025-12-31\n", &format!("end = 2025-12-31\nended = {day}\n"))
        }
    };
    assert_eq!(grown("IOP211", "term.ended", "up_to = { days = 1 }", &ended("2026-01-01")), NOTHING);
    assert_eq!(
        grown("IOP211", "term.ended", "up_to = { days = 1 }", &ended("2035-01-01")),
        ["IOP211 term.ended"]
    );

    let renewal = |months: u32| {
        move |case: Case| {
            let renewal = format!("end = 2025-12-31\nrenewal = {{ months = {months}, notice_months = 6 }}\n");
            case.changed(AGREEMENT, "end = 2025-12-31\n", &renewal)
        }
    };
    let at = "term.renewal.months";
    assert_eq!(grown("IOP204", at, "up_to = { months = 6 }", &renewal(6)), NOTHING);
    assert_eq!(grown("IOP204", at, "up_to = { months = 6 }", &renewal(24)), [format!("IOP204 {at}")]);

    let no_line = |amount: &'static str| {
        move |case: Case| {
            let case = case.changed(AGREEMENT, "budget_line = \"social\"\n", "");
            case.changed(AGREEMENT, "amount = 500_000", amount)
        }
    };
    let at = "funding.2024.budget_line";
    assert_eq!(grown("IOP304", at, "up_to = { kronor = 500_000 }", &no_line("amount = 500_000")), NOTHING);
    assert_eq!(
        grown("IOP304", at, "up_to = { kronor = 500_000 }", &no_line("amount = 1_900_000")),
        [format!("IOP304 {at}")]
    );
}

#[test]
fn an_earlier_report_covers_no_more_of_a_year_without_money_and_of_a_decided_time() {
    let earlier = adala().ends("2026-01-31").run(&["validate", "--format", "json"]).1;
    let with = |end: &str| {
        let case = adala().ends(end).with("tidigare.json", &earlier);
        case.found(&["IOP301", "IOP623"], &["--baseline", "tidigare.json"])
    };
    assert_eq!(with("2026-01-31"), NOTHING);
    assert_eq!(with("2026-12-31"), ["IOP301 funding.2026"]);

    let decided = |end: &str| {
        let records = waiver("IOP409", "x", "").replace(
            "amount = 1_000_000",
            "amount = 1_000_000, period = { start = 2024-01-01, end = 2025-12-31 }",
        );
        let records = records.split("[waiver").next().unwrap().to_owned();
        adala().ends(end).with(RECORDS, &records)
    };
    let earlier = decided("2026-01-15").run(&["validate", "--format", "json"]).1;
    let with = |end: &str| {
        decided(end).with("tidigare.json", &earlier).found(&["IOP623"], &["--baseline", "tidigare.json"])
    };
    assert_eq!(with("2026-01-15"), NOTHING);
    assert_eq!(with("2026-01-16"), ["IOP623 decision.avtal.period"]);
}
