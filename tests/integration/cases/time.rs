//! What holds on a day: every command says the same.

use std::fs;

use super::{Case, yearly};

const YEAR: &str = "start = 2024-03-01, end = 2025-02-28";
const YEARLY: &str = "[funding.k]\npayer = \"kommun\"\nperiod = { start = 2024-03-01, end = 2025-02-28 }\n\
                      amount = 350_000\n[payout_plan.p]\ntimes_per_year = 1\nmonths = [5]\n";

/// The codes and places of what `validate` says about the time and the years without an amount.
fn told(case: &Case, as_of: &str) -> Vec<String> {
    case.findings(as_of, &["IOP203", "IOP301", "IOP302"])
}

/// "possible" of each year of the budget that has any.
fn possible(case: &Case, as_of: &str) -> Vec<String> {
    let report = case.json(as_of, "budget");
    let years = report["years"].as_array().unwrap().iter();
    years
        .filter(|year| year["possible"].as_str().is_some_and(|sum| sum != "0"))
        .map(|year| format!("{} {}", year["year"], year["possible"].as_str().unwrap()))
        .collect()
}

fn schedule(case: &Case, as_of: &str, from: &str) -> Vec<String> {
    let text = case.says(as_of, &["schedule", "--format", "json", "--from", from]);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let deadlines = report["deadlines"].as_array().unwrap().iter();
    deadlines
        .map(|one| format!("{} {}", one["id"].as_str().unwrap(), one["state"].as_str().unwrap()))
        .collect()
}

#[test]
fn notice_ends_an_agreement_for_validate_as_for_the_schedule() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31, renewal = { months = 12, notice_months = 6 }",
        &yearly(2024..=2025, 500_000, ""),
    )
    .with("records/a.toml", "[decision.u]\nkind = \"termination\"\nby = \"x\"\ndate = 2025-03-10\n");
    assert_eq!(told(&case, "2026-06-01"), ["IOP203 status"]);
    assert!(schedule(&case, "2026-06-01", "2026-06-01").iter().all(|one| !one.starts_with("a/notice")));
}

#[test]
fn an_extension_counts_from_the_day_on_which_it_was_agreed() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31",
        &format!(
            "[extension.a]\nuntil = 2026-12-31\ndated = 2026-11-01\n{}",
            yearly(2024..=2026, 500_000, "")
        ),
    );
    let ends = |as_of: &str| {
        let all = schedule(&case, as_of, "2024-01-01");
        all.into_iter().find(|one| one.starts_with("a/term-end")).unwrap()
    };
    assert_eq!(told(&case, "2026-06-01"), ["IOP203 status"]);
    assert_eq!(ends("2026-06-01"), "a/term-end passed");
    assert_eq!(told(&case, "2026-11-01"), Vec::<String>::new());
    assert_eq!(ends("2026-11-01"), "a/term-end coming");
}

#[test]
fn a_renewal_that_nobody_can_decline_is_bound_and_only_the_next_is_possible() {
    let with = |more: &str| {
        let term = format!("{YEAR}, renewal = {{ months = 12, notice_months = 6{more} }}");
        Case::new(&term, YEARLY)
    };
    let until = with(", until = 2027-02-28");
    // Ten of twelve months of 350 000 kronor, as the last year says.
    assert_eq!(possible(&until, "2024-08-31")[0], "2025 291667");
    assert_eq!(told(&until, "2024-08-31"), Vec::<String>::new());
    // The first renewal can be declined up to 31 August 2024, the second up to 31 August 2025.
    assert_eq!(told(&until, "2025-08-31"), ["IOP301 funding.2026", "IOP301 funding.2025"]);
    assert_eq!(possible(&until, "2025-08-31"), ["2026 291667", "2027 58333"]);
    assert_eq!(possible(&until, "2025-09-01"), Vec::<String>::new());
    let open = with("");
    assert_eq!(possible(&open, "2025-09-01"), ["2027 291667"]);
    let unknown = open.says("2025-09-01", &["budget"]);
    assert!(unknown.contains("a är bundet 2026-01-01–2026-12-31 utan angivet belopp"), "{unknown}");
    assert_eq!(open.payouts("2025-09-01"), ["k#1 350000"]);
}

#[test]
fn money_for_a_bound_renewal_is_agreed() {
    let term = format!("{YEAR}, renewal = {{ months = 12, notice_months = 6, until = 2026-02-28 }}");
    let next = "[funding.n]\npayer = \"kommun\"\nperiod = { start = 2025-03-01, end = 2026-02-28 }\namount = 360_000\n";
    let case = Case::new(&term, &format!("{YEARLY}{next}"));
    assert_eq!(told(&case, "2024-08-31"), Vec::<String>::new());
    assert_eq!(possible(&case, "2024-08-31"), ["2025 300000", "2026 60000"]);
    assert_eq!(
        case.budget("2024-09-01"),
        ["2024 291666.67 291666.67", "2025 358333.33 358333.33", "2026 60000 60000"]
    );
    assert_eq!(possible(&case, "2024-09-01"), Vec::<String>::new());
}

#[test]
fn money_for_time_that_cannot_come_any_more_has_lapsed() {
    let term = format!("{YEAR}, renewal = {{ months = 12, notice_months = 6, until = 2026-02-28 }}");
    let next = "[funding.n]\npayer = \"kommun\"\nperiod = { start = 2025-03-01, end = 2026-02-28 }\namount = 360_000\n";
    let case = Case::new(&term, &format!("{YEARLY}{next}"))
        .with("records/a.toml", "[decision.u]\nkind = \"termination\"\nby = \"x\"\ndate = 2024-08-01\n");
    assert_eq!(told(&case, "2024-09-01"), Vec::<String>::new());
    assert_eq!(case.payouts("2024-09-01"), ["k#1 350000", "n#1 0"]);
    assert_eq!(case.budget("2024-09-01"), ["2024 291666.67 291666.67", "2025 58333.33 58333.33", "2026 0 0"]);
    assert_eq!(possible(&case, "2024-09-01"), Vec::<String>::new());
}

#[test]
fn a_bound_extension_without_an_amount_is_told() {
    let extended = format!("[extension.e]\nuntil = 2026-02-28\ndated = 2024-12-01\n{YEARLY}");
    let case = Case::new(YEAR, &extended);
    assert_eq!(told(&case, "2025-09-01"), ["IOP301 funding.2026", "IOP301 funding.2025"]);
    assert_eq!(possible(&case, "2025-09-01"), Vec::<String>::new());
}

#[test]
fn notice_in_time_leaves_its_line_as_done() {
    let case =
        Case::new("start = 2024-01-01, end = 2024-12-31, renewal = { months = 12, notice_months = 6 }", "")
            .with("records/a.toml", "[decision.t]\nkind = \"termination\"\nby = \"x\"\ndate = 2024-06-30\n");
    let lines = schedule(&case, "2024-06-30", "2024-01-01");
    assert!(lines.contains(&"a/notice/renewal/1 done".to_owned()), "{lines:?}");
}

#[test]
fn no_meeting_is_owed_in_a_period_that_is_too_short_to_hold_it() {
    let case = Case::new(
        "start = 2024-12-31, end = 2025-12-31",
        "[steering_group.s]\ntitle = \"Styrgrupp\"\nmeetings = { times = 1, per = \"quarter\" }\ncalled_by = \"kommun\"\n",
    );
    let lines = schedule(&case, "2025-01-01", "2024-01-01");
    let meetings: Vec<&String> = lines.iter().filter(|one| one.starts_with("a/steering-meeting")).collect();
    assert_eq!(meetings.len(), 4, "{meetings:?}");
    let told = case.says("2025-01-01", &["schedule", "--from", "2024-01-01"]);
    assert_eq!(told.matches("behöver inte sammanträda under fjärde kvartalet 2024").count(), 1, "{told}");
}

#[test]
fn notice_that_stopped_a_renewal_stays_when_something_else_ends_the_agreement_earlier() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31, renewal = { months = 12, notice_months = 6 }",
        &format!(
            "{}[exit.fri]\ncause = [\"any\"]\nmeans = \"notice\"\nnotice_months = 3\n",
            yearly(2024..=2025, 500_000, "")
        ),
    )
    .with(
        "records/a.toml",
        "[decision.u]\nkind = \"termination\"\nby = \"x\"\ndate = 2025-03-10\nexit = \"fri\"\n",
    );
    let notices = |as_of: &str| {
        let all = schedule(&case, as_of, "2024-01-01").into_iter();
        all.filter(|one| one.starts_with("a/notice/") || one.starts_with("a/term-end")).collect::<Vec<_>>()
    };
    // Three months after 10 March 2025 it ends; notice against the renewal was possible until 30 June.
    assert_eq!(notices("2025-04-01"), ["a/term-end coming", "a/notice/renewal/1 done", "a/notice/fri done"]);
}

#[test]
fn an_option_that_is_used_by_an_extension_of_a_later_day_is_done_without_a_day() {
    let option = "option.ett = { months = 12, notice_by = 2024-06-30 }";
    let extension = "[extension.e]\nuntil = 2025-12-31\ndated = 2024-09-01\noption = \"ett\"\nstatus = \"decided\"\n\
                     decision = \"d\"\n";
    let done = |start: &str| {
        let case = Case::new(&format!("start = {start}, end = 2024-12-31, {option}"), extension)
            .with("records/a.toml", "[decision.d]\nkind = \"extension\"\nby = \"x\"\ndate = 2024-06-10\n");
        let report: serde_json::Value = serde_json::from_str(&case.says(
            "2024-07-01",
            &["schedule", "--format", "json", "--from", "2024-01-01", "--kind", "option"],
        ))
        .unwrap();
        let only = report["deadlines"][0].clone();
        (only["state"].as_str().unwrap().to_owned(), only["done"]["date"].clone(), only["late"].clone())
    };
    let expected = ("done".to_owned(), serde_json::Value::Null, false.into());
    assert_eq!(done("2024-01-01"), expected);
    // The same where the term is not known and only the stated day is shown.
    assert_eq!(done("\"not-stated\""), expected);
}

#[test]
fn a_later_agreement_answers_only_once_somebody_is_bound_by_it() {
    let later = "title = \"prov\"\nactivity = \"prov\"\nstandard_clauses = []\nstatus = \"signed\"\ncontinues = \"a\"\n\
                 term = { start = 2026-01-01, end = 2026-12-31 }\n[party.kommun]\nrole = \"public\"\nname = \"Provs kommun\"\n\
                 [party.forening]\nrole = \"civil-society\"\nname = \"Provföreningen\"\n";
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &yearly(2024..=2025, 500_000, ""))
        .with("agreements/b.toml", later)
        .with("records/b.toml", "[decision.d]\nkind = \"approval\"\nby = \"x\"\ndate = 2025-10-01\n");
    let asked = |as_of: &str| {
        let all = schedule(&case, as_of, "2024-01-01").into_iter();
        all.filter(|one| one.starts_with("a/continuation")).collect::<Vec<_>>()
    };
    assert_eq!(asked("2025-08-30"), ["a/continuation/1 due"]);
    assert_eq!(asked("2025-09-30"), ["a/continuation/1 overdue"]);
    assert_eq!(asked("2025-10-01"), ["a/continuation/1 done"]);
}

#[test]
fn a_proposed_earlier_end_is_told_beside_the_last_day() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31",
        &format!(
            "{}[supplement.t]\nnumber = 1\nstatus = \"proposed\"\nchanges = \"Avtalet slutar tidigare.\"\nend = 2025-06-30\n",
            yearly(2024..=2025, 500_000, "")
        ),
    );
    let shown = case.says("2025-01-15", &["schedule", "--kind", "term-end", "--format", "json"]);
    assert!(shown.contains("Ett tillägg som bara är ett förslag låter avtalet sluta 2025-06-30."), "{shown}");
    assert!(shown.contains("2025-12-31"), "{shown}");
}

/// A guideline with these limits for every agreement of the register.
fn limited(case: Case, limits: &str) -> Case {
    let guideline = format!(
        "title = \"r\"\ndecided_by = \"Kommunfullmäktige\"\ndecided = 2019-05-20\nparagraph = \"§ 45\"\n[limits]\n{limits}\n"
    );
    case.with("guidelines/r.toml", &guideline).with(
        "iop.toml",
        "[municipality]\nname = \"Provs kommun\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
         [default]\ncommittee = \"social\"\nguideline = \"r\"\n",
    )
}

const LIMITS: &str = "base_term_months = 36\nterm_with_options_months = 60";

const SIGNED: &str = "[signing.a]\nparty = \"kommun\"\nsignatory = \"x\"\ndate = 2023-12-10\n[signing.b]\nparty = \"forening\"\n\
     signatory = \"x\"\ndate = 2023-12-10\n";

#[test]
fn a_last_day_is_held_against_the_limits_whatever_table_it_stands_in() {
    let with = |limits: &str, change: &str| {
        let case = Case::new("start = 2024-01-01, end = 2026-12-31", change).with("records/a.toml", SIGNED);
        limited(case, limits).findings("2025-06-01", &["IOP201", "IOP204"])
    };
    let supplement = |dated: &str, end: &str| {
        format!("[supplement.a]\nnumber = 1\ndated = {dated}\nchanges = \"Tiden.\"\nend = {end}\n")
    };
    assert_eq!(with(LIMITS, &supplement("2024-01-02", "2028-12-31")), Vec::<String>::new());
    assert_eq!(with(LIMITS, &supplement("2024-01-02", "2032-12-31")), ["IOP204 supplement.a.end"]);
    assert_eq!(
        with("base_term_months = 36", &supplement("2024-01-02", "2032-12-31")),
        ["IOP204 supplement.a.end"]
    );
    // On the day of signing, or before the agreement holds, it is a part of the term that is agreed.
    assert_eq!(with(LIMITS, &supplement("2023-12-10", "2028-12-31")), ["IOP201 supplement.a.end"]);
    let extension = |dated: &str| format!("[extension.a]\nuntil = 2028-12-31\n{dated}\n");
    assert_eq!(with(LIMITS, &extension("dated = 2023-12-31")), ["IOP201 extension.a.until"]);
    assert_eq!(with(LIMITS, &extension("")), ["IOP201 extension.a.until"]);
    assert_eq!(with(LIMITS, &extension("dated = 2025-05-01")), Vec::<String>::new());
}

#[test]
fn a_renewal_that_nobody_can_hinder_is_part_of_the_term() {
    let with = |notice: u32| {
        let term = format!(
            "start = 2024-01-01, end = 2026-12-31, renewal = {{ months = 24, notice_months = {notice}, until = 2028-12-31 }}"
        );
        limited(Case::new(&term, ""), LIMITS).findings("2025-06-01", &["IOP201", "IOP212"])
    };
    assert_eq!(with(36), ["IOP201 term.renewal", "IOP212 term.renewal.notice_months"]);
    // By 31 January 2024 somebody can still hinder it.
    assert_eq!(with(35), Vec::<String>::new());
}

fn last_day(case: &Case, as_of: &str) -> String {
    case.json(as_of, "schedule")["agreements"][0]["term"]["last_day"].as_str().unwrap_or("-").to_owned()
}

fn noticed(case: Case, more: &str) -> Case {
    let decision = format!("[decision.t]\nkind = \"termination\"\nby = \"x\"\ndate = 2024-03-01\n{more}\n");
    case.with("records/a.toml", &decision)
}

const RESCISSION: &str = "[exit.h]\ncause = [\"breach\"]\nmeans = \"rescission\"\n";

const LIFE: &[&str] = &["IOP202", "IOP211", "IOP212", "IOP213"];

#[test]
fn an_agreement_without_an_end_ends_as_is_agreed_or_asks_when() {
    let open = "start = 2024-01-01, end = \"not-stated\"";
    let supplement =
        "[supplement.a]\nnumber = 1\nchanges = \"Slutet.\"\nend = 2024-06-30\ndated = 2024-03-01\n";
    let extension = "[extension.a]\nuntil = 2026-06-30\ndated = 2024-05-01\n";
    assert_eq!(last_day(&Case::new(open, supplement), "2024-05-01"), "2024-06-30");
    assert_eq!(last_day(&Case::new(open, supplement), "2024-02-28"), "-");
    assert_eq!(last_day(&Case::new(open, extension), "2024-05-01"), "2026-06-30");
    assert_eq!(
        last_day(&Case::new("start = \"not-stated\", end = 2024-12-31", extension), "2024-05-01"),
        "2026-06-30"
    );
    let told = |case: &Case| case.findings("2024-05-01", LIFE);
    assert_eq!(told(&Case::new(open, supplement)), Vec::<String>::new());
    assert_eq!(told(&noticed(Case::new(open, ""), "")), ["IOP211 decision.t"]);
    assert_eq!(told(&noticed(Case::new(open, RESCISSION), "exit = \"h\"")), ["IOP211 decision.t"]);
    // The agreement says when it ended.
    let ended = format!("{open}, ended = 2024-03-31");
    assert_eq!(told(&noticed(Case::new(&ended, RESCISSION), "exit = \"h\"")), Vec::<String>::new());
}

#[test]
fn without_a_first_day_the_last_one_is_the_same_everywhere() {
    let term = "start = \"not-stated\", end = 2024-12-31";
    let renewal = ", renewal = { months = 12, notice_months = 3 }";
    let extension = "[extension.a]\nuntil = 2025-12-31\ndated = 2024-05-01\n";
    for (case, last) in [
        (Case::new(term, extension), "2025-12-31"),
        (Case::new(&format!("{term}{renewal}"), ""), "2026-12-31"),
    ] {
        let as_of = "2025-12-01";
        assert_eq!(last_day(&case, as_of), last);
        let shown = case.says(as_of, &["schedule", "--kind", "term-end"]);
        assert!(shown.contains(last), "{shown}");
        assert_eq!(case.findings(as_of, &["IOP203"]), Vec::<String>::new());
    }
    // Bound for a year that nobody has said what to pay for.
    let bound = Case::new(&format!("{term}{renewal}"), &yearly(2024..=2024, 100_000, ""));
    assert_eq!(bound.findings("2024-09-30", &["IOP301"]), Vec::<String>::new());
    assert_eq!(bound.findings("2024-10-01", &["IOP301"]), ["IOP301 funding.2025"]);
    let shown = bound.says("2024-10-01", &["budget"]);
    assert!(shown.contains("belopp saknas (bundet 2025-01-01–2025-12-31)"), "{shown}");
    let option = format!("{term}, option.ett = {{ months = 12, notice_by = 2024-09-30 }}");
    let report = Case::new(&option, &yearly(2024..=2024, 100_000, "")).json("2024-06-01", "budget");
    assert_eq!(report["years"][1]["possible"], "100000", "{report}");
}

#[test]
fn a_last_day_that_is_only_decided_or_that_nothing_says_is_not_definite() {
    let term = "start = 2024-01-01, end = 2026-12-31";
    let supplement = "[supplement.s]\nnumber = 1\nstatus = \"signed\"\ndated = 2026-06-20\ndecision = \"d\"\n\
                      changes = \"Slutet.\"\nend = 2026-09-30\n";
    let case = Case::new(term, supplement)
        .with("records/a.toml", "decision.d = { kind = \"supplement\", by = \"x\", date = 2026-05-20 }\n");
    let end = |case: &Case, as_of: &str| {
        let report = case.json(as_of, "schedule");
        let ends =
            report["deadlines"].as_array().unwrap().iter().find(|one| one["kind"] == "term-end").unwrap();
        format!("{} {} {}", ends["last_day"].as_str().unwrap(), ends["certainty"], ends["notes"])
    };
    assert_eq!(
        end(&case, "2026-06-10"),
        "2026-09-30 [\"preliminary\",\"decided\"] [\"Avtalet slutar i förtid, genom ett tillägg som bara är beslutat.\"]"
    );
    assert_eq!(end(&case, "2026-06-20"), "2026-09-30 [\"definite\"] [\"Avtalet slutar i förtid.\"]");
    let rescinded = noticed(Case::new(term, RESCISSION), "exit = \"h\"");
    assert_eq!(
        end(&rescinded, "2024-05-01"),
        "2026-12-31 [\"preliminary\"] [\"Avtalet är uppsagt, men det framgår inte när det upphör.\"]"
    );
    // A term that is written the wrong way round has its own finding.
    let reversed = noticed(Case::new("start = 2024-01-01, end = 2023-12-31", ""), "");
    assert_eq!(reversed.findings("2024-05-01", &["IOP211"]), Vec::<String>::new());
}

#[test]
fn notice_that_ends_nothing_is_told() {
    let renewed = "start = 2024-01-01, end = 2024-12-31, renewal = { months = 12, notice_months = 3 }";
    let told = |case: &Case| case.findings("2026-11-29", LIFE);
    assert_eq!(told(&noticed(Case::new(renewed, RESCISSION), "exit = \"h\"")), ["IOP211 decision.t"]);
    assert_eq!(told(&noticed(Case::new(renewed, RESCISSION), "")), Vec::<String>::new());
    let by_exit = "[exit.u]\ncause = [\"any\"]\nmeans = \"notice\"\nnotice_months = 1\n";
    let later = Case::new("start = 2024-06-01, end = 2025-12-31", by_exit);
    assert_eq!(told(&noticed(later, "exit = \"u\"")), ["IOP212 decision.t.exit"]);
    let late = noticed(Case::new(renewed, ""), "received = 2024-10-01");
    assert_eq!(told(&late), ["IOP212 decision.t.received"]);
    let shown = late.says("2024-11-01", &["schedule", "--kind", "term-end"]);
    assert!(shown.contains("efter den 2024-09-30 som var sista dag"), "{shown}");
    // In time for the next renewal it is not late for the last one.
    let next = noticed(Case::new(renewed, ""), "received = 2025-03-01");
    assert_eq!(told(&next), Vec::<String>::new());
    let shown = next.says("2025-04-01", &["schedule", "--kind", "term-end"]);
    assert!(!shown.contains("som var sista dag"), "{shown}");
}

#[test]
fn two_ends_that_contradict_each_other_are_told() {
    let term = "start = 2024-01-01, end = 2024-12-31";
    let told = |term: &str, more: &str| Case::new(term, more).findings("2026-11-29", LIFE);
    let supplement =
        "[supplement.a]\nnumber = 1\nchanges = \"Slutet.\"\nend = 2024-06-30\ndated = 2024-03-01\n";
    let extension = |key: &str, until: &str, dated: &str| {
        format!("[extension.{key}]\nuntil = {until}\ndated = {dated}\n")
    };
    let ended = format!("{term}, ended = 2024-10-31");
    assert_eq!(told(&ended, supplement), ["IOP212 term.ended"]);
    let extended = extension("a", "2025-06-30", "2024-11-15");
    assert_eq!(told(&ended, &extended), ["IOP211 term.ended", "IOP212 extension.a.dated"]);
    assert_eq!(told(term, &extension("a", "2025-12-31", "2025-01-15")), ["IOP212 extension.a.dated"]);
    let exit = "[exit.u]\ncause = [\"any\"]\nmeans = \"notice\"\nnotice_months = 3\n";
    let after_notice = noticed(
        Case::new(term, &format!("{exit}{}", extension("a", "2025-12-31", "2024-05-01"))),
        "exit = \"u\"",
    );
    assert_eq!(after_notice.findings("2026-11-29", LIFE), ["IOP212 extension.a.until"]);
    let first = extension("a", "2025-12-31", "2024-05-01");
    let shorter = format!("{first}{}", extension("b", "2025-06-30", "2024-06-01"));
    assert_eq!(told(term, &shorter), ["IOP202 extension.b.until"]);
    let numbered =
        |key: &str, number: u32| format!("[supplement.{key}]\nnumber = {number}\nchanges = \"x\"\n");
    let twice = format!("{}{}", numbered("a", 1), numbered("b", 1));
    assert_eq!(told(term, &twice), ["IOP212 supplement.b.number"]);
}

#[test]
fn a_use_that_is_only_proposed_has_its_turn_and_leaves_the_day() {
    let term = "start = 2024-01-01, end = 2024-12-31, option.o = { months = 6, notice_by = 2024-06-30 }";
    let case = |status: &str| {
        Case::new(
            term,
            &format!("[extension.a]\nuntil = 2025-06-30\nstatus = \"{status}\"\noption = \"o\"\n"),
        )
    };
    let stretches = |status: &str| {
        let report = case(status).json("2024-06-01", "schedule");
        let stretches = report["agreements"][0]["term"]["stretches"].as_array().unwrap().clone();
        stretches.into_iter().map(|one| one["rests_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let option = |status: &str| {
        let all = schedule(&case(status), "2024-06-01", "2024-01-01").into_iter();
        all.filter(|one| one.starts_with("a/option")).collect::<Vec<_>>()
    };
    for status in ["draft", "signed"] {
        assert_eq!(stretches(status), ["stated", "extension"], "{status}");
        assert_eq!(case(status).findings("2024-06-01", &["IOP212"]), Vec::<String>::new(), "{status}");
    }
    assert_eq!(option("draft"), ["a/option/o due"]);
    assert_eq!(option("signed"), ["a/option/o done"]);
}

#[test]
fn a_gap_after_a_day_ahead_is_told_as_what_is_to_come() {
    let case = Case::new("start = 2024-01-01, end = 2026-12-31", "");
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let next = text.replace("2026-12-31", "2029-12-31").replace("2024-01-01", "2027-02-01");
    let case = case.with("agreements/b.toml", &format!("continues = \"a\"\n{next}"));
    let told = |as_of: &str| case.says(as_of, &["validate"]);
    assert!(told("2026-12-31").contains("som det fortsätter, gäller till 2026-12-31: 1 månad utan avtal."));
    assert!(told("2027-01-01").contains("som det fortsätter, gällde till 2026-12-31: 1 månad utan avtal."));
}

#[test]
fn the_later_of_two_changes_counts_also_while_it_is_only_decided() {
    let term = "start = 2024-01-01, end = 2025-12-31";
    let shorter =
        |more: &str| format!("[supplement.s]\nnumber = 1\nchanges = \"Slutet.\"\nend = 2025-06-30\n{more}");
    let longer = |more: &str| format!("[extension.e]\nuntil = 2026-12-31\n{more}");
    let (signed, decided) =
        ("status = \"signed\"\ndated = 2024-06-01\n", "status = \"decided\"\ndecision = \"d\"\n");
    let with = |kind: &str, changes: String| {
        let records = format!("decision.d = {{ kind = \"{kind}\", by = \"x\", date = 2025-02-01 }}\n");
        Case::new(term, &changes).with("records/a.toml", &records)
    };
    let shortened = with("supplement", longer(signed) + &shorter(decided));
    assert_eq!(last_day(&shortened, "2025-01-31"), "2026-12-31");
    assert_eq!(last_day(&shortened, "2025-02-01"), "2025-06-30");
    let restored = with("extension", shorter(signed) + &longer(decided));
    assert_eq!(last_day(&restored, "2025-01-31"), "2025-06-30");
    assert_eq!(last_day(&restored, "2025-02-01"), "2026-12-31");
}

#[test]
fn a_signing_that_has_not_come_decides_nothing() {
    let exit = "[exit.u]\nmeans = \"notice\"\ncause = [\"any\"]\nnotice_months = 6\n";
    let supplement =
        "[supplement.s]\nnumber = 1\nchanges = \"Slutet.\"\nend = 2026-10-31\ndecision = \"d\"\n";
    let of = |more: &str| {
        let economy = format!("{exit}{supplement}{more}");
        Case::new("start = 2025-01-01, end = 2026-12-31", &economy).with(
            "records/a.toml",
            "decision.t = { kind = \"termination\", by = \"x\", date = 2026-02-20, received = 2026-02-25, exit = \"u\" }\n\
             decision.d = { kind = \"supplement\", by = \"x\", date = 2026-04-15 }\n",
        )
    };
    let (decided, signed) = (of("status = \"decided\"\n"), of("status = \"signed\"\ndated = 2026-04-20\n"));
    assert_eq!(last_day(&decided, "2026-04-14"), "2026-08-25");
    for case in [decided, signed] {
        assert_eq!(last_day(&case, "2026-04-18"), "2026-10-31");
        assert_eq!(case.findings("2026-04-18", &["IOP212"]), Vec::<String>::new());
    }
}

#[test]
fn notice_that_hinders_no_renewal_says_no_last_day() {
    let exhausted = "start = 2024-01-01, end = 2025-12-31, renewal = { months = 12, notice_months = 6, until = 2025-12-31 }";
    let renewed = "start = 2024-01-01, end = 2025-12-31, renewal = { months = 12, notice_months = 6 }";
    let breach = "[exit.h]\nmeans = \"notice\"\ncause = [\"breach\"]\nnotice_months = \"not-stated\"\n";
    let untold = ["IOP211 decision.t.exit"];
    assert_eq!(noticed(Case::new(exhausted, ""), "").findings("2024-05-01", &["IOP211"]).len(), 1);
    assert_eq!(
        noticed(Case::new(renewed, breach), "exit = \"h\"").findings("2024-05-01", &["IOP211"]).len(),
        untold.len()
    );
    assert_eq!(noticed(Case::new(renewed, ""), "").findings("2024-05-01", &["IOP211"]), Vec::<String>::new());
}

#[test]
fn the_first_notice_that_has_come_counts_and_the_other_is_told() {
    let of = |decisions: &str| {
        Case::new("start = 2024-01-01, end = 2025-12-31", RESCISSION).with("records/a.toml", decisions)
    };
    let later = of("decision.t = { kind = \"termination\", by = \"x\", date = 2025-03-01, exit = \"h\" }\n\
                    decision.r = { kind = \"termination\", by = \"x\", date = 2025-01-01, exit = \"h\" }\n");
    assert_eq!(later.findings("2025-04-01", &["IOP212"]), ["IOP212 decision.t.kind"]);
    // What has not come is no second notice.
    let on_its_way = of(
        "decision.r = { kind = \"termination\", by = \"x\", date = 2025-01-01, sent = 2025-01-02, exit = \"h\" }\n\
                         decision.t = { kind = \"termination\", by = \"x\", date = 2025-03-01, exit = \"h\" }\n",
    );
    assert_eq!(on_its_way.findings("2025-04-01", &["IOP212"]), ["IOP212 decision.r.sent"]);
}

#[test]
fn who_has_given_notice_is_asked_for_no_option() {
    let term = "start = 2024-01-01, end = 2026-12-31, option.ett = { months = 12, notice_by = 2026-06-30 }";
    let case = Case::new(term, RESCISSION);
    let asked = |case: &Case| {
        let report = case.json("2024-05-01", "schedule");
        let kinds = report["deadlines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["kind"].as_str().unwrap().to_owned());
        kinds.filter(|kind| kind == "option").count()
    };
    assert_eq!(asked(&case), 1);
    assert_eq!(asked(&noticed(case, "exit = \"h\"")), 0);
}

#[test]
fn what_ends_costs_a_year_what_its_last_twelve_months_do() {
    let yearly = |case: &Case| {
        let said = case.says("2024-06-30", &["budget", "--by", "end", "--from", "2024", "--format", "json"]);
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        let one = &said["ending"][0];
        (one["yearly_amount"].clone(), one["incomplete"] == true)
    };
    let money = |name: &str, days: &str| {
        format!("[funding.{name}]\npayer = \"kommun\"\namount = 100_000\nperiod = {{ {days} }}\n")
    };
    let later = money("b", "start = 2025-03-01, end = 2025-12-31");
    let extension = "[extension.e]\nfrom = 2025-03-01\nuntil = 2025-12-31\ndated = 2025-02-01\n";
    let first = money("a", "start = 2024-01-01, end = 2024-12-31");
    let gap = Case::new("start = 2024-01-01, end = 2024-12-31", &format!("{first}{later}{extension}"));
    assert_eq!(yearly(&gap), ("100000".into(), false));
    // What has lasted for less than a year is counted up to one.
    let short = Case::new("start = 2025-03-01, end = 2025-12-31", &later);
    assert_eq!(yearly(&short), ("120000".into(), false));
    let rate = "[funding.a]\npayer = \"kommun\"\nrate = { amount = 100_000, per = \"year\" }\n";
    let undated = Case::new("start = \"not-stated\", months = 24", rate);
    assert_eq!(yearly(&undated), ("100000".into(), false));
    let sum = "[funding.a]\npayer = \"kommun\"\namount = 100_000\n";
    let undated = Case::new("start = \"not-stated\", months = 24", sum);
    assert_eq!(yearly(&undated), (serde_json::Value::Null, true));
}

#[test]
fn an_extension_is_as_long_as_the_option_that_it_uses() {
    let places = |option: &str, until: &str| {
        let economy = format!("[extension.e]\nuntil = {until}\noption = \"o\"\ndated = 2024-06-01\n");
        let term = format!(
            "start = 2024-01-01, end = 2024-12-31, option = {{ o = {{ months = 12, times = 2{option} }} }}"
        );
        Case::new(&term, &economy).findings("2024-12-01", &["IOP212"])
    };
    let fault = ["IOP212 extension.e.until"];
    let nothing: [&str; 0] = [];
    assert_eq!(places("", "2025-12-31"), nothing);
    assert_eq!(places("", "2025-06-30"), fault);
    assert_eq!(places(", bound = \"at-most\"", "2025-06-30"), nothing);
    assert_eq!(places(", bound = \"at-most\"", "2026-01-31"), fault);
    assert_eq!(places(", bound = \"at-least\"", "2026-01-31"), nothing);
    assert_eq!(places(", bound = \"at-least\"", "2025-06-30"), fault);
}

#[test]
fn a_review_of_what_goes_on_comes_before_no_end() {
    let term = "start = 2024-01-01, review_by = 2027-06-30, until_further_notice = { notice_months = 6, ends_on = \"12-31\" }";
    assert_eq!(Case::new(term, "").findings("2024-06-01", &["IOP207"]), [""; 0]);
}

#[test]
fn money_for_days_without_an_agreement_is_told() {
    let with = |from: &str| {
        let economy = format!(
            "[funding.a]\npayer = \"kommun\"\namount = 100_000\nperiod = {{ start = {from}, end = 2025-12-31 }}\n\
             [extension.e]\nfrom = 2025-02-01\nuntil = 2025-12-31\ndated = 2025-01-20\n"
        );
        Case::new("start = 2024-01-01, end = 2024-12-31", &economy).findings("2025-03-01", &["IOP302"])
    };
    assert_eq!(with("2025-02-01"), [""; 0]);
    assert_eq!(with("2025-01-01"), ["IOP302 funding.a.period"]);
}

#[test]
fn notice_of_an_untold_time_is_no_certain_end() {
    let with = |months: &str| {
        let term = format!(
            "start = 2024-01-01, end = 2025-12-31, renewal = {{ months = 12, notice_months = {months} }}"
        );
        Case::new(&term, "")
            .with(
                "records/a.toml",
                "decision.t = { kind = \"termination\", by = \"x\", date = 2025-09-01, sent = 2025-09-02, received = 2025-09-03 }\n",
            )
            .findings("2026-01-15", &["IOP212"])
    };
    assert_eq!(with("3"), [""; 0]);
    assert_eq!(with("\"not-stated\""), ["IOP212 decision.t.kind"]);
}
