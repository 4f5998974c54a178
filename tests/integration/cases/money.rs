//! What is paid and what it costs. What is right has been computed by hand beside it.

use std::fs;

use super::{Case, yearly};

const QUARTERLY: &str = "[payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n";
const TWICE: &str = "[payout_plan.p]\ntimes_per_year = 2\ntiming = \"advance\"\n";
const JANUARY: &str = "[payout_plan.p]\ntimes_per_year = 1\nmonths = [1]\n";
const CHAINED: &str =
    "[indexation.i]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
const LINE: &str = "[line.l]\ntitle = \"L\"\ncommittee = \"social\"\n";

#[test]
fn a_sum_rounded_by_each_payout_is_one_figure_everywhere() {
    let economy = format!(
        "{}{QUARTERLY}{CHAINED}round_to = \"hundred-kronor\"\nrounding_place = \"payout\"\n",
        yearly(2023..=2024, 1_000_003, "")
    );
    let case = Case::new("start = 2023-01-01, end = 2024-12-31", &economy)
        .with_values(&[("2024", "3,3", "decided")]);
    // 1 000 003 × 1,033 = 1 033 003,099; a quarter is 258 250,77475, to hundreds 258 300; four of them are 1 033 200.
    assert_eq!(
        case.payouts("2024-10-01")[4..],
        ["2024#1 258300", "2024#2 258300", "2024#3 258300", "2024#4 258300"]
    );
    assert_eq!(case.budget("2024-10-01")[1], "2024 1033200 1033200");
    case.says("2024-10-01", &["render", "--format", "md", "--out", "ut"]);
    let memo = fs::read_dir(case.folder.path().join("ut/a")).unwrap().find_map(|entry| {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap().replace('\u{a0}', " ");
        text.contains("1 033 ").then_some(text)
    });
    let memo = memo.expect("a document with the adjusted sum");
    assert!(memo.contains("1 033 200 kronor") && !memo.contains("1 033 003"), "{memo}");
    let shown = case.says("2024-10-01", &["payouts", "--explain"]);
    for step in [
        "1 033 003,099 × 1 ÷ 4",
        "258 250,77475 kronor",
        "Varje utbetalning avrundas till hela hundratal kronor",
    ] {
        assert!(shown.contains(step), "{step}\n{shown}");
    }
}

#[test]
fn a_year_without_a_value_keeps_the_level_and_the_frame_is_judged_on_it() {
    let economy = format!("{}{JANUARY}{CHAINED}", yearly(2023..=2026, 1_000_000, "budget_line = \"l\""));
    let frames =
        format!("{LINE}year.2025 = {{ amount = 1_010_000, status = \"decided\", source = \"KF\" }}\n");
    let case = Case::new("start = 2023-01-01, end = 2026-12-31", &economy)
        .with_values(&[("2024", "5,0", "decided"), ("2026", "2,0", "decided")])
        .with("budget.toml", &frames);
    // 1 000 000 × 1,05 is kept in 2025; 2026 is 1 050 000 × 1,02, and can change as long as 2025 is missing.
    assert_eq!(
        case.payouts("2024-10-01"),
        ["2023#1 1000000", "2024#1 1050000", "2025#1 1050000 p", "2026#1 1071000 p"]
    );
    assert!(
        case.says("2024-10-01", &["validate"]).contains("Det fattas 40 000 kronor med fastställd uppräkning")
    );
    let shown = case.says("2024-10-01", &["budget"]);
    let carried = shown.lines().find(|line| line.contains("– a") && line.contains(" 2025 ")).unwrap();
    assert!(carried.contains("preliminärt") && carried.contains("1 050"), "{shown}");
    let levels = "title = \"s\"\nkind = \"level\"\npublisher = \"x\"\n[value]\n\
                  2022 = [{ number = \"100\", status = \"decided\", source = \"s\" }]\n\
                  2023 = [{ number = \"104\", status = \"decided\", source = \"s\" }]\n\
                  2025 = [{ number = \"110\", status = \"decided\", source = \"s\" }]\n";
    let of = |method: &str| {
        let indexation = format!(
            "[indexation.i]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"{method}\"\nbase = \"2022\"\nlag_years = 1\n"
        );
        let economy = format!("{}{JANUARY}{indexation}", yearly(2023..=2026, 1_000_000, ""));
        let case = Case::new("start = 2023-01-01, end = 2026-12-31", &economy).with("indexes/s.toml", levels);
        case.payouts("2024-10-01")[1..].to_vec()
    };
    // Levels 104, 104 (that of 2024 is missing) and 110 on 100.
    let expected = ["2024#1 1040000", "2025#1 1040000 p", "2026#1 1100000 p"];
    assert_eq!(of("chained"), expected);
    assert_eq!(of("against-base"), ["2024#1 1040000", "2025#1 1040000 p", "2026#1 1100000"]);
}

#[test]
fn an_open_method_keeps_the_level_of_the_first_year() {
    let indexation =
        "[indexation.i]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"not-stated\"\n";
    let economy = format!("{}{JANUARY}{indexation}", yearly(2023..=2025, 1_000_000, "budget_line = \"l\""));
    let frames =
        format!("{LINE}year.2025 = {{ amount = 1_010_000, status = \"decided\", source = \"KF\" }}\n");
    let case = Case::new("start = 2023-01-01, end = 2025-12-31", &economy)
        .with_values(&[("2024", "5,0", "decided"), ("2025", "4,0", "decided")])
        .with("budget.toml", &frames);
    // 2024 is 1 050 000 by both methods; 2025 would be 1 092 000 or 1 040 000.
    assert_eq!(case.payouts("2024-10-01")[1..], ["2024#1 1050000", "2025#1 1050000 p"]);
    assert!(case.says("2024-10-01", &["validate"]).contains("IOP303"));
}

#[test]
fn a_rise_stays_in_a_year_that_is_not_named() {
    let of = |method: &str| {
        let indexation = format!(
            "[indexation.i]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"{method}\"\nyears = [2024, 2026]\n"
        );
        let economy = format!("{}{JANUARY}{indexation}", yearly(2023..=2027, 1_000_003, ""));
        Case::new("start = 2023-01-01, end = 2027-12-31", &economy)
            .with_values(&[
                ("2024", "3,3", "decided"),
                ("2025", "2,7", "decided"),
                ("2026", "1,9", "decided"),
            ])
            .payouts("2024-10-01")[1..]
            .to_vec()
    };
    // 1 000 003 × 1,033 = 1 033 003,099; × 1,019 = 1 052 630,157881.
    assert_eq!(of("chained"), ["2024#1 1033003", "2025#1 1033003", "2026#1 1052630", "2027#1 1052630"]);
    // 1 000 003 × 1,019 = 1 019 003,057. Each year stands by itself.
    assert_eq!(of("against-base"), ["2024#1 1033003", "2025#1 1000003", "2026#1 1019003", "2027#1 1000003"]);
}

#[test]
fn a_rate_is_paid_as_it_is_stated() {
    let monthly = |period: &str, amount: u32| {
        let economy = format!(
            "[funding.r]\npayer = \"kommun\"\nrate = {{ amount = {amount}, unit = \"plats\", count = 1, per = \"month\" }}\n\
             [payout_plan.p]\ntiming = \"month-end\"\n"
        );
        Case::new(period, &economy).payouts("2024-10-01")
    };
    // Eleven months have begun: ten whole ones, and February, which alone takes the eleventh.
    let sums = monthly("start = 2024-02-15, end = 2024-12-31", 30_000);
    assert_eq!(sums.len(), 11);
    assert!(sums.iter().all(|sum| sum.ends_with(" 30000")), "{sums:?}");
    // Six months: five whole ones, and 15/30 of June and 15/31 of December share the sixth: 50 000 × 31 ÷ 61 = 25 409,836…
    assert_eq!(
        monthly("start = 2024-06-16, end = 2024-12-15", 50_000),
        ["r#1 25409.84", "r#2 50000", "r#3 50000", "r#4 50000", "r#5 50000", "r#6 50000", "r#7 24590.16"]
    );
    // Two half-years have begun, of which the second has three months: each is paid in full.
    let economy = format!(
        "[funding.r]\npayer = \"kommun\"\nrate = {{ amount = 60_000, per = \"half-year\" }}\n{QUARTERLY}"
    );
    let case = Case::new("start = 2024-01-01, end = 2024-09-30", &economy);
    assert_eq!(case.payouts("2024-10-01"), ["r#1 30000", "r#2 30000", "r#3 60000"]);
}

#[test]
fn whole_months_are_divided_as_such_and_a_factor_of_one_changes_nothing() {
    let plain = format!("[funding.f]\npayer = \"kommun\"\namount = 100_000\n{TWICE}");
    let nothing = "[indexation.i]\nflat = \"0\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
    for (term, expected) in [
        ("start = 2024-07-01, end = 2025-06-30", vec!["f#1 50000", "f#2 50000"]),
        ("start = 2024-01-01, end = 2025-06-30", vec!["f#1 33333.33", "f#2 33333.33", "f#3 33333.34"]),
    ] {
        let without = Case::new(term, &plain);
        assert_eq!(without.payouts("2024-10-01"), expected);
        let with = Case::new(term, &format!("{plain}{nothing}"));
        assert_eq!(with.payouts("2024-10-01"), expected);
        assert_eq!(without.budget("2024-10-01"), with.budget("2024-10-01"));
    }
    // Three half-years of 50 000: two in 2024.
    let case = Case::new("start = 2024-01-01, end = 2025-06-30", &plain.replace("100_000", "150_000"));
    assert_eq!(case.budget("2024-10-01")[..2], ["2024 100000 100000", "2025 50000 50000"]);
    // What divides unevenly is the same sum in the year as in its payouts.
    let case = Case::new("start = 2024-01-01, end = 2025-06-30", &plain);
    assert_eq!(case.budget("2024-10-01")[..2], ["2024 66666.66 66666.66", "2025 33333.34 33333.34"]);
}

#[test]
fn a_ceiling_holds_for_all_its_payouts() {
    let economy = format!(
        "{}ceiling = true\n[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n",
        yearly(2024..=2024, 500_000, "")
    );
    let paid = |payments: &str| {
        let case =
            Case::new("start = 2024-01-01, end = 2024-12-31", &economy).with("records/a.toml", payments);
        (case.payouts("2024-10-01"), case.budget("2024-10-01")[0].clone())
    };
    let first = "[payment.a]\ndate = 2024-01-31\namount = 400_000\npayout = \"2024#1\"\n";
    // Of 500 000, 100 000 are left.
    let expected =
        (vec!["2024#1 400000".to_owned(), "2024#2 100000".to_owned()], "2024 500000 500000".to_owned());
    assert_eq!(paid(first), expected);
    // Less than its part leaves the other payout its own: 100 000 and at most 250 000.
    let (payouts, budget) = paid(&first.replace("400_000", "100_000"));
    assert_eq!((payouts[1].as_str(), budget.as_str()), ("2024#2 250000", "2024 500000 350000"));
    // What is paid beyond it is told, and stays in the forecast until it has come back.
    let both = format!("{first}[payment.b]\ndate = 2024-07-31\namount = 150_000\npayout = \"2024#2\"\n");
    assert_eq!(
        paid(&both),
        (vec!["2024#1 400000".to_owned(), "2024#2 100000 p".to_owned()], "2024 500000 550000".to_owned())
    );
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &economy).with("records/a.toml", &both);
    assert_eq!(case.findings("2024-10-01", &["IOP316"]), ["IOP316 payment.b.amount"]);
}

#[test]
fn a_month_of_the_term_that_several_years_could_mean_is_asked_for() {
    let plan = "[payout_plan.p]\npart.forsta = { month_of_term = 1, share = \"50\" }\npart.resten = { month = 12, rest = true }\n";
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31",
        &format!("{}{plan}", yearly(2024..=2025, 500_000, "")),
    );
    assert_eq!(case.findings("2024-10-01", &["IOP324"]), ["IOP324 payout_plan.p.part.forsta.month_of_term"]);
    let shown = case.says("2024-10-01", &["payouts", "--format", "csv-plain"]);
    assert!(!shown.contains("2025#1,januari 2024") && shown.contains(",ej angivet,"), "{shown}");
}

#[test]
fn what_has_no_known_time_is_in_every_sum() {
    let economy =
        format!("[funding.hela]\npayer = \"kommun\"\namount = 500_000\n{}", yearly(2024..=2024, 100_000, ""));
    let case = Case::new("start = \"not-stated\", end = 2025-12-31", &economy);
    assert_eq!(case.findings("2024-10-01", &["IOP327"]), ["IOP327 funding.hela"]);
    let shown = case.says("2024-10-01", &["payouts"]);
    assert!(shown.contains("tiden inte känd") && shown.contains("600 000"), "{shown}");
    let shown = case.says("2024-10-01", &["budget"]);
    assert!(shown.contains("– a: tiden inte känd, i inget år (Utan budgetrad)"), "{shown}");
    assert_eq!(case.json("2024-10-01", "budget")["without_time"][0]["amount"], "500000");
}

#[test]
fn a_rate_needs_a_number_of_what_it_counts_and_time_alone_none() {
    let of = |rate: &str| {
        let case = Case::new(
            "start = 2024-01-01, end = 2024-12-31",
            &format!("[funding.r]\npayer = \"kommun\"\nrate = {{ {rate} }}\n{JANUARY}"),
        );
        (case.payouts("2024-10-01").concat(), case.findings("2024-10-01", &["IOP325"]).concat())
    };
    let text = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(of("amount = 500_000, per = \"year\""), text("r#1 500000", ""));
    assert_eq!(
        of("amount = 500_000, unit = \"verksamhet\", per = \"year\""),
        text("r#1 - p", "IOP325 funding.r.rate.count")
    );
}

#[test]
fn a_payer_who_is_spelt_otherwise_leaves_no_table() {
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        &format!("{}{TWICE}", yearly(2024..=2024, 500_000, "")),
    )
    .with("budget.toml", &format!("{LINE}year.2024 = {{ amount = 1, status = \"plan\", source = \"KF\" }}\n"))
    .with(
        "iop.toml",
        "[municipality]\nname = \"Prov\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n",
    );
    assert!(case.budget("2024-10-01").contains(&"2024 500000 500000".to_owned()));
    let codes = case.findings("2024-10-01", &["IOP304", "IOP326"]);
    assert_eq!(codes, ["IOP326 party.kommun.name", "IOP304 funding.2024.budget_line"]);
}

#[test]
fn nothing_is_demanded_where_nothing_is_owed() {
    let economy = format!("{}{QUARTERLY}", yearly(2024..=2025, 400_000, ""));
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy)
        .with("records/a.toml", "[payment.a]\ndate = 2024-01-31\namount = 200_000\n");
    let shown = case.says("2025-06-30", &["followup"]);
    assert!(!shown.contains("2024#2") && shown.contains("2024#3"), "{shown}");
    // Instalments that make the whole leave nothing either.
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy).with(
        "records/a.toml",
        "[payment.a]\ndate = 2024-01-20\namount = 60_000\npartial = true\npayout = \"2024#1\"\n\
         [payment.b]\ndate = 2024-01-30\namount = 40_000\npartial = true\npayout = \"2024#1\"\n",
    );
    let shown = case.says("2024-02-20", &["followup", "--overdue"]);
    assert!(!shown.contains("2024#1"), "{shown}");
}

#[test]
fn a_rise_is_due_after_its_decision() {
    let economy = format!(
        "{}[funding.hoj]\npayer = \"kommun\"\namount = 40_000\ndecision = \"d\"\n{QUARTERLY}",
        yearly(2025..=2025, 400_000, "")
    );
    let case = Case::new("start = 2025-01-01, end = 2025-12-31", &economy)
        .with("records/a.toml", "[decision.d]\nkind = \"amount\"\nby = \"SN\"\ndate = 2025-05-20\n");
    assert!(!case.says("2025-05-01", &["schedule"]).contains("hoj#"));
    let report = case.json("2025-06-01", "payouts");
    let due: Vec<&str> = report["agreements"][0]["payouts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["funding"] == "hoj")
        .map(|one| one["due"].as_str().unwrap())
        .collect();
    // January and April lie before the decision: 20 May and thirty days. July and October follow the plan.
    assert_eq!(due, ["2025-06-19", "2025-06-19", "2025-07-31", "2025-10-31"]);
    assert!(!case.says("2025-06-19", &["followup", "--overdue"]).contains("hoj#"));
    assert!(case.says("2025-06-20", &["followup", "--overdue"]).contains("hoj#1"));
}

#[test]
fn an_instalment_that_became_the_next_payout_is_told() {
    let case = Case::new(
        "start = 2024-01-01, end = 2025-12-31",
        &format!("{}{QUARTERLY}", yearly(2024..=2025, 400_000, "")),
    )
    .with(
        "records/a.toml",
        "[payment.a]\ndate = 2024-01-31\namount = 60_000\n[payment.b]\ndate = 2024-02-05\namount = 40_000\n",
    );
    let shown = case.says("2024-10-01", &["payouts"]);
    assert!(shown.contains("troligen är ”a” en delbetalning och saknar partial = true"), "{shown}");
    assert!(shown.contains("Troligen är betalningen ”b” resten av 2024#1"), "{shown}");
}

#[test]
fn what_is_paid_too_much_of_the_last_payout_is_taken_from_the_open_ones_before_it() {
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        &format!("{}{QUARTERLY}", yearly(2024..=2024, 400_000, "")),
    )
    .with("records/a.toml", "[payment.a]\ndate = 2024-12-28\npayout = \"2024#4\"\namount = 120_000\n");
    assert_eq!(
        case.payouts("2024-12-31"),
        ["2024#1 80000", "2024#2 100000", "2024#3 100000", "2024#4 120000"]
    );
    let shown = case.says("2024-12-31", &["payouts"]);
    assert!(
        shown.contains("20 000 kronor dras av från 2024#1") && !shown.contains("ingen utbetalning är kvar"),
        "{shown}"
    );
}

#[test]
fn a_missing_payment_that_moves_the_later_ones_is_told_once() {
    let monthly = "[payout_plan.p]\ntimes_per_year = 12\ntiming = \"advance\"\n";
    let payments = |months: &[u32]| {
        let lines = months
            .iter()
            .map(|month| format!("[payment.m{month:02}]\ndate = 2024-{month:02}-15\namount = 10_000\n"));
        Case::new(
            "start = 2024-01-01, end = 2024-12-31",
            &format!("{}{monthly}", yearly(2024..=2024, 120_000, "")),
        )
        .with("records/a.toml", &lines.collect::<String>())
        .findings("2024-07-01", &["IOP321"])
    };
    assert_eq!(payments(&[1, 2, 4, 5, 6]), ["IOP321 payment.m04"]);
    assert_eq!(payments(&[1, 2, 3, 4, 5]), Vec::<String>::new());
}

#[test]
fn assumed_values_are_marked_and_what_is_undecided_after_an_early_end_is_not_counted() {
    let economy = format!("{}{QUARTERLY}{CHAINED}", yearly(2024..=2025, 400_000, ""));
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy)
        .with_values(&[("2025", "3,0", "assumed")]);
    let shown = case.says("2024-10-01", &["payouts", "--ended", "2024-09-30"]);
    let assumed = shown.lines().find(|line| line.starts_with("2025 ")).unwrap();
    assert!(assumed.contains("antaget") && shown.contains("är antaget"), "{shown}");
    let economy = format!("{}{TWICE}", yearly(2025..=2025, 365_000, ""));
    let case = Case::new("start = 2025-01-01, end = 2025-12-31, ended = 2025-08-31", &economy)
        .with("records/a.toml", "[payment.a]\ndate = 2025-01-31\namount = 182_500\npayout = \"2025#1\"\n");
    // July and August of the second half-year: 182 500 × 2 ÷ 6 = 60 833,33.
    assert_eq!(case.budget("2025-09-10")[0], "2025 365000 243333.33");
    assert_eq!(case.payouts("2025-09-10"), ["2025#1 182500", "2025#2 60833.33 p"]);
}

#[test]
fn an_explanation_can_be_followed_with_a_pocket_calculator() {
    let economy = "[funding.a]\npayer = \"kommun\"\namount = 400_000\n[payout_plan.p]\nmonths = [1, 7]\ntiming = \"advance\"\n";
    let shown = Case::new("start = 2024-03-01, end = 2024-12-31", economy)
        .says("2024-10-01", &["payouts", "--explain"]);
    // March to June is four of six months: 4/6 ÷ (4/6 + 1) = 2/5.
    assert!(
        shown.contains("400 000 × 2 ÷ 5")
            && shown.contains("160 000 kronor")
            && !shown.contains("lika stora"),
        "{shown}"
    );
    let economy = format!(
        "[funding.a]\npayer = \"kommun\"\namount = 100_000\nperiod = {{ start = 2024-01-01, end = 2024-06-30 }}\n\
         [funding.b]\npayer = \"kommun\"\namount = 100_000\nperiod = {{ start = 2024-07-01, end = 2024-12-31 }}\n{TWICE}"
    );
    let shown = Case::new("start = 2024-01-01, end = 2024-12-31", &economy)
        .with("records/a.toml", "[payment.k1]\ndate = 2024-01-31\namount = 95_000\npayout = \"a#1\"\n")
        .says("2024-10-01", &["payouts", "--explain"]);
    let step = shown.lines().find(|line| line.contains("Rättelse")).unwrap();
    assert!(step.contains("a#1") && step.contains("5 000 kronor") && step.contains("payment.k1"), "{step}");
}

#[test]
fn the_first_euro_rate_of_a_year_serves_its_first_days() {
    let of = |amount: i64| {
        Case::new(
            "start = 2024-01-01, end = 2026-12-31",
            &format!("[legal]\neconomic_activity = true\n{}{JANUARY}", yearly(2024..=2026, amount, "")),
        )
        .with(
            "iop.toml",
            "[municipality]\nname = \"Provs kommun\"\n\
             [euro.2024]\nkronor = \"11,30\"\ndate = 2024-01-02\nsource = \"a\"\n\
             [euro.2023]\nkronor = \"11,10\"\ndate = 2023-01-02\nsource = \"a\"\n",
        )
        .findings("2024-06-01", &["IOP701", "IOP702"])
    };
    // 3 390 000 ÷ 11,30 is just 300 000 euro, the limit from 2024-01-01; at 11,10 it would be beyond it.
    assert_eq!(of(1_130_000), Vec::<String>::new());
    assert_eq!(of(1_130_004), ["IOP701 funding"]);
}

#[test]
fn what_has_no_month_is_due_after_its_decision_though_the_agreement_ends_before_the_days_that_it_is_for() {
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31, ended = 2024-06-30",
        &yearly(2024..=2024, 120_000, "decision = \"d\""),
    )
    .with("records/a.toml", "[decision.d]\nkind = \"amount\"\nby = \"x\"\ndate = 2024-08-15\n");
    // The agreement ended on 30 June, before anybody had decided; thirty days after that it is due.
    let report = case.json("2024-09-01", "payouts");
    assert_eq!(report["agreements"][0]["payouts"][0]["due"], "2024-09-14");
    let shown = case.says("2024-09-01", &["schedule", "--kind", "payout", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(report["deadlines"][0]["state"], "due");
}

#[test]
fn what_is_paid_of_a_proposal_is_in_the_forecast() {
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        &format!("{}{TWICE}", yearly(2024..=2024, 500_000, "budget_line = \"l\"")),
    )
    .with("records/a.toml", "[decision.d]\nkind = \"approval\"\nby = \"x\"\ndate = 2024-06-01\n[payment.p]\ndate = 2024-01-15\namount = 250_000\n")
    .with("budget.toml", &format!("{LINE}year.2024 = {{ amount = 200_000, status = \"plan\", source = \"KF\" }}\n"));
    let report = case.json("2024-03-01", "budget");
    let year = &report["years"][0];
    assert_eq!((&year["proposed"], &year["outcome"]), (&"500000".into(), &"250000".into()));
    assert_eq!((&year["forecast"], &year["deviation"]), (&"250000".into(), &"-50000".into()));
}

#[test]
fn a_successor_takes_the_place_of_the_money_for_time_that_can_be_declined() {
    let term = "start = 2024-01-01, end = 2024-12-31, option.ett = { months = 12, notice_by = 2024-09-30 }";
    let possible = |successor: Option<&str>| {
        let mut case = Case::new(term, &yearly(2024..=2025, 120_000, ""));
        if let Some(start) = successor {
            let text = format!(
                "title = \"prov\"\nactivity = \"prov\"\nstandard_clauses = []\nstatus = \"proposed\"\ncontinues = \"a\"\n\
                 term = {{ start = {start}, end = 2025-12-31 }}\n[party.kommun]\nrole = \"public\"\nname = \"Provs kommun\"\n\
                 [party.forening]\nrole = \"civil-society\"\nname = \"Provföreningen\"\n[funding.ny]\npayer = \"kommun\"\namount = 90_000\n"
            );
            case = case.with("agreements/b.toml", &text);
        }
        let report = case.json("2024-06-01", "budget");
        let years = report["years"].as_array().unwrap();
        years.iter().find(|year| year["year"] == 2025).unwrap()["possible"].as_str().unwrap().to_owned()
    };
    assert_eq!(possible(None), "120000");
    assert_eq!(possible(Some("2025-01-01")), "90000");
    // Three months of the option come before the successor: 30 000 and 90 000 kronor.
    assert_eq!(possible(Some("2025-04-01")), "120000");
}

#[test]
fn a_proposed_move_to_another_line_leaves_the_old_one() {
    let proposed = "[supplement.t]\nnumber = 1\nstatus = \"proposed\"\nchanges = \"Raden byts.\"\n\
                    [supplement.t.funding.2024]\npayer = \"kommun\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\n\
                    amount = 600_000\nbudget_line = \"m\"\n";
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        &format!("{}{proposed}", yearly(2024..=2024, 500_000, "budget_line = \"l\"")),
    )
    .with("budget.toml", &format!("{LINE}[line.m]\ntitle = \"M\"\ncommittee = \"social\"\n"));
    let report = case.json("2024-03-01", "budget");
    let lines: Vec<(&str, &str, &str)> = report["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(|year| {
            let text = |key: &str| year[key].as_str().unwrap();
            (text("line"), text("agreed"), text("proposed"))
        })
        .collect();
    assert_eq!(lines, [("l", "500000", "-500000"), ("m", "0", "600000")]);
}

/// The line, the year, and the sums that are agreed, decided, proposed and expected.
fn degrees(case: &Case, as_of: &str) -> Vec<String> {
    let report = case.json(as_of, "budget");
    let years = report["years"].as_array().unwrap().iter();
    years
        .map(|year| {
            let text = |key: &str| year[key].as_str().unwrap_or("-").to_owned();
            let sums = ["agreed", "decided", "proposed", "forecast"].map(text).join(" ");
            format!("{} {} {sums}", text("line"), year["year"])
        })
        .collect()
}

#[test]
fn a_decided_change_leaves_what_is_signed_as_agreed() {
    let term = "start = 2024-01-01, end = 2025-12-31";
    let records = "decision.d = { kind = \"amount\", by = \"Socialnämnden\", date = 2024-05-14 }\n\
                   payment.a = { date = 2024-01-31, amount = 250_000 }\n";
    let with = |money: &str| {
        let supplement = format!(
            "[supplement.t]\nnumber = 1\nstatus = \"signed\"\ndated = 2024-05-20\ndecision = \"d\"\nchanges = \"Nytt.\"\n\
             [supplement.t.funding.2024]\npayer = \"kommun\"\n{money}\n"
        );
        let economy = format!("{}{TWICE}{supplement}", yearly(2024..=2025, 500_000, "budget_line = \"l\""));
        Case::new(term, &economy)
            .with("budget.toml", &format!("{LINE}[line.m]\ntitle = \"M\"\ncommittee = \"social\"\n"))
            .with("records/a.toml", records)
    };
    let year = "period = { start = 2024-01-01, end = 2024-12-31 }\n";
    let raised = with(&format!("{year}amount = 525_000\nbudget_line = \"l\""));
    let later = "l 2025 500000 0 0 500000";
    assert_eq!(degrees(&raised, "2024-05-13"), ["l 2024 500000 0 25000 500000", later]);
    assert_eq!(degrees(&raised, "2024-05-14"), ["l 2024 500000 25000 0 525000", later]);
    assert_eq!(degrees(&raised, "2024-05-20"), ["l 2024 525000 0 0 525000", later]);
    assert_eq!(raised.payouts("2024-05-14")[1], "2024#2 275000");
    let lowered = with(&format!("{year}amount = 400_000\nbudget_line = \"l\""));
    assert_eq!(degrees(&lowered, "2024-05-14"), ["l 2024 500000 -100000 0 400000", later]);
    let moved = with(&format!("{year}amount = 525_000\nbudget_line = \"m\""));
    assert_eq!(
        degrees(&moved, "2024-05-14"),
        ["l 2024 500000 -500000 0 0", later, "m 2024 0 525000 0 525000"]
    );
    // An amount that rests on a decision that is not on record replaces nothing yet.
    let awaited = with(&format!("{year}amount = 525_000\nbudget_line = \"l\"\ndecision = \"annat\""));
    assert_eq!(degrees(&awaited, "2024-05-20"), ["l 2024 500000 0 25000 500000", later]);
    assert_eq!(awaited.payouts("2024-05-20")[1], "2024#2 250000");
}

#[test]
fn a_part_of_the_municipality_pays_as_the_municipality_and_is_asked_for() {
    let part = "[party.kultur]\nrole = \"public\"\nname = \"Provs kommun, kulturförvaltningen\"\n\
                [funding.k]\npayer = \"kultur\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\namount = 70_000\n";
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        &format!("{}{part}{TWICE}", yearly(2024..=2024, 500_000, "")),
    );
    assert_eq!(case.budget("2024-03-01"), ["2024 570000 570000"]);
    assert_eq!(case.findings("2024-03-01", &["IOP326"]), ["IOP326 party.kultur.name"]);
}

/// A second payer beside the municipality: what of it is in the budget, and what is said of it.
#[test]
fn a_public_payer_who_does_not_say_to_be_somebody_else_is_not_lost() {
    let of = |party: &str, line: &str| {
        let other = format!(
            "[party.annan]\n{party}\n[funding.k]\npayer = \"annan\"\n{line}\n\
             period = {{ start = 2024-01-01, end = 2024-12-31 }}\namount = 33_000\n"
        );
        let own = yearly(2024..=2024, 90_000, "budget_line = \"l\"");
        let case = Case::new("start = 2024-01-01, end = 2024-12-31", &format!("{own}{other}{TWICE}"))
            .with("budget.toml", &format!("{LINE}year.2024 = {{ amount = 1, status = \"plan\", source = \"KF\" }}\n"))
            .with("guidelines/g.toml", "title = \"G\"\ndecided_by = \"KF\"\n[limits]\nwithin_budget_frame = true\n")
            .with("iop.toml", "[municipality]\nname = \"Provs kommun\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n[default]\nguideline = \"g\"\ncommittee = \"social\"\n");
        let sums: Vec<String> = case.budget("2024-03-01");
        (sums, case.findings("2024-03-01", &["IOP304", "IOP326"]))
    };
    let name = "IOP326 party.annan.name".to_owned();
    let line = "IOP304 funding.k.budget_line".to_owned();
    for misspelt in ["Provv kommun, kulturen", "Provs kommuns kulturförvaltning"] {
        let party = format!("role = \"public\"\nname = \"{misspelt}\"");
        assert_eq!(
            of(&party, ""),
            (
                vec!["2024 33000 33000".to_owned(), "2024 90000 90000".to_owned()],
                vec![name.clone(), line.clone()]
            )
        );
        assert_eq!(
            of(&party, "budget_line = \"l\""),
            (vec!["2024 123000 123000".to_owned()], vec![name.clone()])
        );
    }
    for other in [
        "role = \"public\"\nname = \"Regionen\"\nlegal_person = \"Region Prov\"",
        "role = \"civil-society\"\nname = \"Provklubben\"",
    ] {
        assert_eq!(of(other, ""), (vec!["2024 90000 90000".to_owned()], vec![]));
    }
}

#[test]
fn what_has_lapsed_explains_what_is_left_to_pay() {
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31, ended = 2024-06-30",
        &format!("{}{TWICE}", yearly(2024..=2024, 500_000, "")),
    );
    let shown = case.says("2024-07-10", &["payouts", "--format", "csv"]);
    // Without what is quoted, which holds the sign between the fields.
    let lines: Vec<String> = shown
        .trim_start_matches('\u{feff}')
        .lines()
        .map(|line| line.split('"').step_by(2).collect::<String>())
        .collect();
    let mut rows = lines.iter().map(|line| line.split(';').collect::<Vec<_>>());
    let titles = rows.next().unwrap();
    let column = |title: &str| titles.iter().position(|one| *one == title).unwrap();
    let columns = ["Avtalat (kr)", "Bortfallet (kr)", "Att betala (kr)", "Nämnd", "Budgetrad"].map(column);
    let found: Vec<Vec<&str>> = rows.map(|row| columns.map(|at| row[at]).to_vec()).collect();
    assert_eq!(found[0], ["250000", "", "250000", "Socialnämnden", "Utan budgetrad"]);
    assert_eq!(found[1], ["250000", "250000", "0", "Socialnämnden", "Utan budgetrad"]);
}

#[test]
fn a_memo_without_a_day_proposes_what_was_known_at_its_decision() {
    let economy = format!(
        "{}{TWICE}[supplement.t]\nnumber = 1\ndated = 2024-09-01\nchanges = \"Höjning.\"\n\
         [supplement.t.funding.2024]\npayer = \"kommun\"\namount = 560_000\n\
         period = {{ start = 2024-01-01, end = 2024-12-31 }}\n",
        yearly(2024..=2024, 500_000, "")
    );
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &economy)
        .with("records/a.toml", "[decision.d]\nkind = \"approval\"\nby = \"x\"\ndate = 2023-11-01\n");
    case.says("2024-10-01", &["render", "--format", "md", "--out", "ut"]);
    let text = |file: &str| {
        let path = case.folder.path().join("ut/a").join(file);
        fs::read_to_string(path).unwrap().replace('\u{a0}', " ")
    };
    let (memo, agreement) = (text("tjansteskrivelse.md"), text("avtal.md"));
    assert!(memo.contains("500 000 kronor") && !memo.contains("560 000"), "{memo}");
    assert!(agreement.contains("560 000 kronor") && !agreement.contains("500 000"), "{agreement}");
}

#[test]
fn only_a_successor_with_a_first_day_takes_the_place_of_what_is_possible() {
    let renewed = "start = 2024-01-01, end = 2024-12-31, renewal = { months = 12, notice_months = 3 }";
    let own = |continues: &str, term: &str, status: &str| {
        format!(
            "title = \"prov\"\nactivity = \"prov\"\nstandard_clauses = []\nstatus = \"{status}\"\ncontinues = \"{continues}\"\n\
             term = {{ {term} }}\n[party.kommun]\nrole = \"public\"\nname = \"Provs kommun\"\n\
             [party.forening]\nrole = \"civil-society\"\nname = \"Provföreningen\"\n"
        )
    };
    let money = yearly(2024..=2024, 100_000, "");
    let possible = |case: &Case| {
        let report = case.json("2024-06-01", "budget");
        let years = report["years"].as_array().unwrap().clone();
        let of = |year: i32| {
            years
                .iter()
                .find(|one| one["year"] == year)
                .map_or("-".to_owned(), |one| one["possible"].as_str().unwrap().to_owned())
        };
        of(2025)
    };
    let circle = |case: &Case| case.findings("2024-06-01", &["IOP212"]);
    let alone = Case::new(renewed, &money);
    assert_eq!(possible(&alone), "100000");
    let unknown = "start = \"not-stated\", end = \"not-stated\"";
    let draft = |term: &str| Case::new(renewed, &money).with("agreements/b.toml", &own("a", term, "draft"));
    assert_eq!(possible(&draft(unknown)), "100000");
    assert_eq!(possible(&draft("start = 2025-01-01, end = 2025-12-31")), "-");
    // Only from its first day.
    assert_eq!(possible(&draft("start = 2025-07-01, end = 2026-06-30")), "50000");
    assert_eq!(possible(&draft("start = 2027-01-01, end = 2027-12-31")), "100000");
    // What comes back to itself replaces nothing, whether directly or by another.
    let itself =
        Case::new(renewed, "").with("agreements/a.toml", &format!("{}{money}", own("a", renewed, "signed")));
    assert_eq!(
        (possible(&itself).as_str(), circle(&itself)),
        ("100000", vec!["IOP212 continues".to_owned()])
    );
    let both = Case::new(renewed, "")
        .with("agreements/a.toml", &format!("{}{money}", own("b", renewed, "signed")))
        .with("agreements/b.toml", &format!("{}{money}", own("a", renewed, "signed")));
    assert_eq!((possible(&both).as_str(), circle(&both)), ("200000", vec!["IOP212 continues".to_owned(); 2]));
}

#[test]
fn what_an_early_end_takes_away_is_named_in_the_budget_and_can_be_followed() {
    let term = "start = 2024-01-01, end = 2025-12-31, ended = 2025-08-31";
    let case = Case::new(term, &format!("{}{TWICE}", yearly(2025..=2025, 365_000, "")));
    // Two months of the half-year's 182 500 are before the end.
    assert_eq!(case.payouts("2025-10-01"), ["2025#1 182500", "2025#2 60833.33 p"]);
    let report = case.json("2025-10-01", "budget");
    let year = report["years"].as_array().unwrap().iter().find(|year| year["year"] == 2025).unwrap();
    for at in [year, &year["agreements"][0]] {
        assert_eq!(at["lapsed"], "121666.67", "{at}");
        assert_eq!(at["forecast"], "243333.33", "{at}");
        assert_eq!(at["certainty"], serde_json::json!(["preliminary"]), "{at}");
    }
    let payouts = case.json("2025-10-01", "payouts");
    assert_eq!(payouts["agreements"][0]["payouts"][1]["lapsed"], "121666.67");
    let shown = case.says("2025-10-01", &["budget"]);
    assert!(
        shown.contains("Bortfallet") && shown.contains("ingår i Avtalat och Beslutat men inte"),
        "{shown}"
    );
    let sums = case.says("2025-10-01", &["payouts"]);
    assert!(sums.lines().any(|line| line.starts_with("Summa") && line.contains(" 121 667 ")), "{sums}");
    let steps = case.says("2025-10-01", &["payouts", "--explain"]);
    assert!(steps.contains("Till och med 2025-08-31, efter månader: 182 500 × 1 ÷ 3"), "{steps}");
    // A payout for time after the end alone.
    let case = Case::new(term, &format!("{}{QUARTERLY}", yearly(2025..=2025, 360_000, "")));
    let steps = case.says("2025-10-01", &["payouts", "--explain"]);
    assert!(steps.contains("Bortfaller: avtalet slutar 2025-08-31") && steps.contains("−90 000"), "{steps}");
}

#[test]
fn what_cannot_come_any_more_says_why_and_is_no_proposal() {
    let option = "start = 2024-01-01, end = 2025-12-31, option.a = { months = 12, by = 2025-09-30 }";
    let case = Case::new(option, &format!("{}{TWICE}", yearly(2026..=2026, 505_000, "")));
    let shown = case.says("2026-01-15", &["payouts"]);
    assert!(shown.contains("bortfallen") && shown.contains("Optionen användes inte i tid"), "{shown}");
    assert!(!shown.contains("förslag"), "{shown}");
}

#[test]
fn the_sum_of_a_ceiling_is_the_most_that_can_be_paid() {
    let economy = format!("{}{TWICE}", yearly(2024..=2025, 300_000, "ceiling = true"));
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy)
        .with("records/a.toml", "payment.a = { date = 2025-01-20, amount = 120_000, payout = \"2025#1\" }\n");
    let shown = case.says("2025-11-22", &["payouts"]);
    let sum = |title: &str| {
        let line = shown.lines().find(|line| line.starts_with(title)).unwrap_or(&shown);
        line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(sum("Summa 2024"), ["Summa 2024", "300 000", "högst 300 000", "tak", "högst 300 000"]);
    let year = ["Summa 2025", "300 000", "−30 000", "högst 270 000", "tak", "120 000", "högst 150 000"];
    assert_eq!(sum("Summa 2025"), year);
    assert!(shown.contains("I summorna ingår tak med det mesta som kan betalas, 450 000 kronor."), "{shown}");
    assert!(case.says("2025-11-22", &["payouts", "--explain"]).contains("högst 150 000"));
}

#[test]
fn a_payout_for_several_years_says_in_which_year_it_is_summed() {
    let economy = "[funding.k]\npayer = \"kommun\"\namount = 350_000\n[payout_plan.p]\npart.a = { share = \"100\", month_of_term = 3 }\n";
    let case = Case::new("start = 2024-03-01, end = 2025-02-28", economy);
    let shown = case.says("2024-06-01", &["payouts"]);
    assert!(shown.contains("k#1 avser flera år; `iop budget` fördelar kostnaden på dem"), "{shown}");
    let shown = case.says("2024-06-01", &["payouts", "--year", "2025"]);
    assert!(
        shown.contains("Ingen utbetalning avser tid som börjar 2025. k#1 avser tid som börjar tidigare"),
        "{shown}"
    );
}

#[test]
fn an_estimate_goes_by_a_rate_as_it_is_stated_and_is_marked() {
    let economy = "[funding.r]\npayer = \"kommun\"\nrate = { amount = 50_000, unit = \"plats\", count = 1, per = \"month\" }\n\
                   period = { start = 2024-01-15, end = 2024-12-31 }\n";
    let case = Case::new(
        "start = 2024-01-15, end = 2024-12-31, option.a = { months = 12, by = 2024-11-30 }",
        &format!("{economy}{TWICE}"),
    )
    .with(
        "budget.toml",
        &format!("{LINE}year.2025 = {{ amount = 1, status = \"plan\", source = \"KF\" }}\n"),
    );
    let report = case.json("2024-10-01", "budget");
    let shares =
        report["years"].as_array().unwrap().iter().flat_map(|year| year["agreements"].as_array().unwrap());
    let estimate = shares.clone().find(|one| one["estimate"] == true).unwrap();
    assert_eq!(estimate["amount"], "600000", "{report}");
    assert_eq!(estimate["certainty"], serde_json::json!(["possible", "preliminary"]), "{report}");
    let steps = case.says("2024-10-01", &["payouts", "--explain"]);
    assert!(steps.contains("× 12 påbörjade månader (2024-01-15–2024-12-31)"), "{steps}");
}

#[test]
fn what_has_no_known_time_is_explained_and_has_its_line() {
    let case = Case::new(
        "start = 2024-01-01, end = \"not-stated\"",
        "[funding.x]\npayer = \"kommun\"\namount = 90_000\n",
    );
    let steps = case.says("2024-06-01", &["payouts", "--explain"]);
    assert!(steps.contains("tiden inte känd") && steps.contains("90 000 kronor"), "{steps}");
    let csv = case.says("2024-06-01", &["payouts", "--format", "csv"]);
    assert!(csv.contains("avtalat") && csv.contains("Socialnämnden") && csv.contains("obetald"), "{csv}");
}

/// The cells of the first row whose key is this, where a table has no empty ones between.
fn cells(shown: &str, key: &str) -> Vec<String> {
    let line = shown.lines().find(|line| line.split("  ").next() == Some(key)).unwrap_or(shown);
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

const PROPOSED: &str = "[supplement.s]\nnumber = 1\nchanges = \"x\"\nstatus = \"proposed\"\n";

#[test]
fn what_a_supplement_proposes_is_a_proposal_wherever_it_stands() {
    let term = "start = 2024-01-01, end = 2024-12-31";
    let more = |amount: &str| {
        let new = format!("[supplement.s.funding.n]\npayer = \"kommun\"\namount = {amount}\n");
        Case::new(term, &format!("{}{PROPOSED}{new}", yearly(2024..=2024, 500_000, "")))
    };
    let case = more("90_000");
    let shown = case.says("2024-06-01", &["payouts", "--ended", "2024-09-30"]);
    let degrees = ["2024", "n", "Summa"].map(|key| cells(&shown, key)[1].clone());
    assert_eq!(degrees, ["definitivt", "förslag", "förslag"], "{shown}");
    // What has no amount is no firmer than what has.
    let shown = more("\"not-stated\"").says("2024-06-01", &["budget"]);
    let line = shown.lines().find(|line| line.contains("belopp saknas")).unwrap();
    assert!(line.contains("ofullständigt, förslag"), "{shown}");
}

#[test]
fn a_reading_is_as_firm_as_what_it_adds_up() {
    let open = "[indexation.i]\nflat = \"2\"\namounts = \"not-stated\"\nyears = [2025]\n";
    let new = "[supplement.s.funding.n]\npayer = \"kommun\"\namount = 90_000\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n";
    let economy = format!("{}{open}", yearly(2024..=2025, 500_000, ""));
    let term = "start = 2024-01-01, end = 2025-12-31";
    let degrees = |economy: &str| {
        let shown =
            Case::new(term, economy).says("2024-06-01", &["payouts", "--readings", "--format", "csv"]);
        let lines: Vec<&str> = shown.lines().collect();
        let of = |year: &str| lines.iter().any(|line| line.contains(year) && line.ends_with(";förslag"));
        (of(";2024;"), of(";2025;"))
    };
    assert_eq!(degrees(&economy), (false, false));
    assert_eq!(degrees(&format!("{economy}{PROPOSED}{new}")), (false, true));
}

#[test]
fn what_has_no_known_time_keeps_its_degree_and_its_ceiling_in_every_report() {
    let unknown = "start = \"not-stated\", end = \"not-stated\"";
    let economy = "[funding.t]\npayer = \"kommun\"\namount = 500_000\nceiling = true\n";
    let case = Case::new(unknown, economy);
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let case = case.with("agreements/a.toml", &text.replace("\"signed\"", "\"proposed\""));
    let firm = "förslag, preliminärt, tak";
    for arguments in [
        &["payouts"][..],
        &["payouts", "--format", "csv"],
        &["payouts", "--explain"],
        &["budget"],
        &["budget", "--format", "csv"],
    ] {
        let shown = case.says("2024-06-01", arguments);
        assert!(shown.contains(firm), "{arguments:?}: {shown}");
    }
    // Where the records cannot be read nobody knows whether it is paid.
    let blind = Case::new(unknown, economy).with("records/a.toml", "x = [");
    let row = cells(&blind.says("2024-06-01", &["payouts"]), "t");
    assert_eq!(row[4..], ["ej känt", "preliminärt, tak", "ej känt", "ej känt"], "{row:?}");
}

#[test]
fn the_sums_of_programs_are_those_of_the_tables() {
    let own = "period = { start = 2024-01-01, end = 2024-12-31 }";
    let ceiling = format!("[funding.t]\npayer = \"kommun\"\namount = 500_000\nceiling = true\n{own}\n");
    let economy = format!("{ceiling}[funding.f]\npayer = \"kommun\"\namount = 100_000\n{own}\n");
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &economy);
    let figures = |sum: &serde_json::Value| {
        ["agreed", "to_pay", "at_most", "left"].map(|key| sum[key].as_str().unwrap_or("-").to_owned())
    };
    let report = case.json("2024-06-01", "payouts");
    for sums in [&report["sums"], &report["agreements"][0]["sums"]] {
        assert_eq!(figures(&sums[0]), ["600000", "600000", "500000", "600000"], "{report}");
    }
    let shown = case.says("2024-06-01", &["payouts"]);
    assert_eq!(cells(&shown, "Summa"), ["Summa", "600 000", "högst 600 000", "tak", "högst 600 000"]);
    assert_eq!(case.json("2024-06-01", "budget")["years"][0]["agreed"], "600000");
    // What has no known time is in the sum of no year, and in none with a year.
    let timeless = "[funding.x]\npayer = \"kommun\"\namount = 90_000\n";
    let case = Case::new("start = \"not-stated\", end = \"not-stated\"", timeless);
    let report = case.json("2024-06-01", "payouts");
    assert_eq!(report["sums"][0]["year"], serde_json::Value::Null, "{report}");
    assert_eq!(figures(&report["sums"][0]), ["90000", "90000", "-", "90000"], "{report}");
    let of_year = case.says("2024-06-01", &["payouts", "--year", "2024", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&of_year).unwrap();
    assert_eq!(report["sums"], serde_json::json!([]), "{report}");
    assert_eq!(report["agreements"][0]["without_time"], serde_json::json!([]), "{report}");
}

#[test]
fn a_payment_that_belongs_to_no_payout_has_its_row_outside_of_the_sums() {
    let economy =
        format!("{}[payout_plan.p]\ntimes_per_year = 1\nmonths = [1]\n", yearly(2024..=2024, 100_000, ""));
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &economy).with(
        "records/a.toml",
        "payment.a = { date = 2024-01-20, amount = 100_000 }\n\
         payment.b = { date = 2024-02-20, amount = 70_000, voucher = \"V7\" }\n",
    );
    let csv = case.says("2024-06-01", &["payouts", "--format", "csv"]);
    let row = csv.lines().find(|line| line.contains("Betalning ”b”")).unwrap();
    assert!(row.contains("hör inte till någon utbetalning;definitivt;Ingår inte i summorna"), "{row}");
    assert!(row.starts_with("a;undertecknad;;Provföreningen;") && row.ends_with(";70000;V7;"), "{row}");
    let shown = case.says("2024-06-01", &["payouts"]);
    assert!(shown.contains("Betalning ”b”  2024-02-20") && shown.contains(" 70 000 "), "{shown}");
    assert_eq!(case.json("2024-06-01", "payouts")["sums"][0]["paid"], "100000");
}

#[test]
fn a_frame_says_whether_the_possible_breaks_it_alone_or_only_with_what_is_proposed() {
    let option = "start = 2025-01-01, end = 2025-12-31, option.o = { months = 12, by = 2025-09-30 }";
    let carried = |year: i32, amount: i64| yearly(year..=year, amount, "budget_line = \"l\"");
    let said = |frame: u32, proposed: i64| {
        let case = Case::new(option, &carried(2025, 100_000));
        let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
        let (parties, _) = text.split_once("[funding").unwrap();
        let proposal = parties
            .replace(option, "start = 2026-01-01, end = 2026-12-31")
            .replace("\"signed\"", "\"proposed\"")
            .replace("activity = \"prov\"", "activity = \"annat\"");
        let year = format!("year.2026 = {{ amount = {frame}, status = \"plan\", source = \"KF\" }}\n");
        let case = case
            .with("agreements/b.toml", &format!("{proposal}{}", carried(2026, proposed)))
            .with("budget.toml", &format!("[line.l]\ntitle = \"L\"\ncommittee = \"social\"\n{year}"));
        let shown = case.says("2025-02-01", &["budget"]);
        let note = shown.lines().find_map(|line| line.split_once("ramen räcker inte om "));
        let report = case.json("2025-02-01", "validate");
        let found = report["findings"].as_array().unwrap().iter().find(|one| one["code"] == "IOP303");
        let message = found.map(|one| one["message"].as_str().unwrap().replace('\u{a0}', " "));
        (note.map(|(_, rest)| rest.to_owned()).unwrap_or_default(), message.unwrap_or_default())
    };
    let (note, found) = said(150_000, 100_000);
    assert_eq!(note, "det som är föreslaget och möjligt blir av; då fattas 50 000 kronor.");
    assert!(
        found.contains("Det fattas 50 000 kronor om det som är föreslaget och möjligt blir av."),
        "{found}"
    );
    let (note, found) = said(80_000, 50_000);
    assert_eq!(note, "det som är möjligt blir av; då fattas 20 000 kronor.");
    assert!(
        found.contains("Därtill kommer det som är möjligt 100 000 kronor, tillsammans 100 000 kronor.")
            && found.contains("Det fattas 20 000 kronor om det som är möjligt blir av."),
        "{found}"
    );
    let (note, _) = said(80_000, 90_000);
    assert_eq!(note, "det som är föreslaget beslutas; då fattas 10 000 kronor.");
    assert_eq!(said(200_000, 100_000), (String::new(), String::new()));
}

#[test]
fn every_row_for_programs_says_whose_it_is_and_how_firm() {
    let unknown = "[funding.u]\npayer = \"kommun\"\namount = \"not-stated\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\n";
    let timeless = "[funding.t]\npayer = \"kommun\"\namount = 90_000\n";
    let economy = format!("{}{unknown}{timeless}{TWICE}{PROPOSED}", yearly(2024..=2024, 100_000, ""));
    let case = Case::new("start = \"not-stated\", end = \"not-stated\"", &economy).with(
        "records/a.toml",
        "payment.a = { date = 2024-01-20, amount = 40_000, payout = \"2024#1\" }\n\
         payment.b = { date = 2024-02-20, amount = 70_000, payout = \"2024#1\" }\n",
    );
    let payouts = case.json("2024-06-01", "payouts");
    let budget = case.json("2024-06-01", "budget");
    let schedule = case.json("2024-06-01", "schedule");
    let of = &payouts["agreements"][0];
    let year = &budget["years"][0];
    for (rows, status, degree) in [
        (&of["without_time"], "agreement_status", "preliminary"),
        (&of["differences"], "agreement_status", ""),
        (&of["unmatched_payments"], "agreement_status", "definite"),
        (&schedule["gaps"], "agreement_status", "preliminary"),
        (&budget["without_time"], "status", "preliminary"),
        (&year["unknown"], "status", "incomplete"),
    ] {
        let row = &rows[0];
        assert_eq!(row[status], "signed", "{rows}");
        assert_eq!(row["organisation"], "Provföreningen", "{rows}");
        let certainty = row["certainty"].as_array().unwrap();
        assert!(
            !certainty.is_empty() && (degree.is_empty() || certainty.iter().any(|one| one == degree)),
            "{rows}"
        );
    }
    assert_eq!(year["unknown"][0]["path"], "funding.u", "{year}");
    assert_eq!(year["without_amount"][0], "agreements/a.toml:funding.u", "{year}");
}

#[test]
fn a_degree_has_one_word_for_programs() {
    let proposal = "[supplement.s.funding.n]\npayer = \"kommun\"\namount = 90_000\n";
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        &format!("{}{PROPOSED}{proposal}", yearly(2024..=2024, 500_000, "")),
    );
    let report = case.json("2024-06-01", "payouts");
    let payouts = report["agreements"][0]["payouts"].as_array().unwrap();
    let proposed = payouts.iter().find(|one| one["commitment"] == "proposed").unwrap();
    assert!(proposed["certainty"].as_array().unwrap().contains(&proposed["commitment"]), "{proposed}");
}

/// 432 000 a year by the quarter, ended after the first month of the second quarter: 36 000 of its 108 000 are until then.
fn ended_in_april(payments: &[(&str, u32)]) -> Case {
    let paid = payments.iter().enumerate().map(|(number, (payout, amount))| {
        format!(
            "[payment.p{number}]\ndate = 2025-04-{}\namount = {amount}\npayout = \"{payout}\"\n",
            10 + number
        )
    });
    let economy = format!("{}{QUARTERLY}", yearly(2025..=2025, 432_000, ""));
    Case::new("start = 2025-01-01, end = 2025-12-31, ended = 2025-04-30", &economy)
        .with("records/a.toml", &paid.collect::<String>())
}

/// What has lapsed of each payout and of the year, what is expected of the year, and what is told of differences.
fn lapsed(case: &Case) -> (Vec<String>, String, String, Vec<String>) {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let report = case.json("2025-06-15", "payouts");
    let agreement = &report["agreements"][0];
    let of_each = agreement["payouts"].as_array().unwrap().iter().map(|one| text(&one["lapsed"]));
    let differences = agreement["differences"].as_array().unwrap().iter();
    let differences = differences.map(|one| format!("{} {}", text(&one["payout"]), text(&one["difference"])));
    let budget = case.json("2025-06-15", "budget");
    let year = &budget["years"][0];
    (of_each.collect(), text(&year["lapsed"]), text(&year["forecast"]), differences.collect())
}

#[test]
fn what_is_not_paid_of_a_settled_payout_for_days_after_an_early_end_has_lapsed() {
    let of = |payments: &[(&str, u32)]| lapsed(&ended_in_april(payments));
    let told = |each: [&str; 4], year: &str, forecast: &str, differences: &[&str]| {
        let differences = differences.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        (each.map(str::to_owned).to_vec(), year.to_owned(), forecast.to_owned(), differences)
    };
    let first = ("2025#1", 108_000);
    // April, and half of May as well.
    assert_eq!(
        of(&[first, ("2025#2", 36_000)]),
        told(["0", "72000", "108000", "108000"], "288000", "144000", &[])
    );
    assert_eq!(
        of(&[first, ("2025#2", 54_000)]),
        told(["0", "54000", "108000", "108000"], "270000", "162000", &[])
    );
    // Less than April: what is missing of it is still owed.
    assert_eq!(
        of(&[first, ("2025#2", 20_000)]),
        told(["0", "72000", "108000", "108000"], "288000", "144000", &["2025#2 16000"])
    );
    // What was paid too much before is taken from it first.
    assert_eq!(
        of(&[("2025#1", 118_000), ("2025#2", 26_000)]),
        told(["0", "72000", "108000", "108000"], "288000", "144000", &[])
    );
    // For days after the end alone.
    assert_eq!(
        of(&[first, ("2025#2", 108_000), ("2025#3", 30_000)]),
        told(["0", "0", "78000", "108000"], "186000", "246000", &[])
    );
    let case = ended_in_april(&[first, ("2025#2", 36_000)]);
    let shown = case.says("2025-06-15", &["payouts"]);
    assert!(!shown.contains("Rättelse"), "{shown}");
    assert!(shown.contains("72 000 kronor för tiden därefter är inte betalda och räknas inte."), "{shown}");
    let steps = case.says("2025-06-15", &["payouts", "--explain"]);
    let step = steps.lines().find(|line| line.contains("Bortfaller") && line.contains("betalt med mindre"));
    let step = step.unwrap_or_else(|| panic!("{steps}"));
    assert!(step.contains("−72 000") && step.contains("records/a.toml:5 payment.p1"), "{step}");
}

#[test]
fn why_nothing_is_counted_after_an_early_end_is_told_for_what_it_is() {
    let shown = ended_in_april(&[("2025#1", 108_000)]).says("2025-06-15", &["payouts"]);
    for reason in [
        "72 000 kronor för tiden därefter räknas inte, eftersom ingen har beslutat om de ska betalas.",
        "108 000 kronor för tiden därefter ska inte betalas.",
    ] {
        assert!(shown.contains(reason), "{reason}\n{shown}");
    }
}

#[test]
fn the_value_with_extensions_holds_each_stated_amount_once() {
    let value = |term: &str, last: i32, more: u32, before: &str| {
        let money = format!("{}{}", yearly(2025..=2026, 400_000, ""), yearly(last..=last, more.into(), ""));
        let economy = format!("{money}{TWICE}");
        let shown = Case::new(&format!("start = 2025-01-01, end = 2026-12-31, {term}"), &economy)
            .says("2025-06-15", &["validate"]);
        shown.split(before).nth(1).map(|rest| rest.split(" kronor").next().unwrap().to_owned())
    };
    // 2027 as stated, and 2028, for which nothing is stated, as 2027.
    let of = |term: &str, amount: u32| {
        value(term, 2027, amount, "värdet med förlängningar är ").unwrap_or_default()
    };
    assert_eq!(of("option.o = { months = 12, times = 2, notice_by = 2026-06-30 }", 430_000), "1 660 000");
    // 2028 and 2029 as 2027.
    let renewal = "renewal = { months = 12, notice_months = 6, until = 2029-12-31 }";
    assert_eq!(of(renewal, 420_000), "2 060 000");
    // Without end: as many months as the law counts.
    let endless = value("renewal = { months = 12, notice_months = 6 }", 2027, 400_000, "värdet är ").unwrap();
    assert_eq!(endless, "1 600 000");
}

#[test]
fn what_no_payout_makes_good_stands_in_the_sums() {
    let economy = yearly(2024..=2024, 500_000, "") + "[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n";
    let paid = |last: u32| {
        let records = format!(
            "[payment.a]\ndate = 2024-01-31\namount = 250_000\npayout = \"2024#1\"\n\
             [payment.b]\ndate = 2024-07-31\namount = {last}\npayout = \"2024#2\"\n"
        );
        let case =
            Case::new("start = 2024-01-01, end = 2024-12-31", &economy).with("records/a.toml", &records);
        let report = case.json("2024-10-01", "payouts");
        let (sum, one) = (&report["sums"][0], &report["agreements"][0]["payouts"][1]);
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let told = format!("{} {} {}", text(&sum["to_pay"]), text(&sum["paid"]), text(&sum["left"]));
        (told, one["certainty"].to_string(), case.budget("2024-10-01")[0].clone())
    };
    let told = |sums: &str, certainty: &str, forecast: u32| {
        (sums.to_owned(), certainty.to_owned(), format!("2024 500000 {forecast}"))
    };
    assert_eq!(paid(250_000), told("500000 500000 0", "[\"definite\"]", 500_000));
    assert_eq!(paid(200_000), told("500000 450000 50000", "[\"preliminary\"]", 500_000));
    // What is paid too much stays in the forecast until it has come back.
    assert_eq!(paid(300_000), told("500000 550000 -50000", "[\"preliminary\"]", 550_000));
}

#[test]
fn an_early_end_takes_of_a_ceiling_what_it_had_left() {
    let economy = format!(
        "{}ceiling = true\n[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\ntiming = \"advance\"\n",
        yearly(2026..=2026, 200_000, "")
    );
    let paid = "[payment.a]\ndate = 2026-01-31\namount = 120_000\npayout = \"2026#1\"\n";
    let case = Case::new("start = 2026-01-01, end = 2026-12-31, ended = 2026-09-30", &economy)
        .with("records/a.toml", paid);
    let report = case.json("2026-11-29", "payouts");
    let last = &report["agreements"][0]["payouts"][1];
    let text = |key: &str| last[key].as_str().unwrap();
    // Without the end 80 000 would be left of it, with it half of the payout's own 100 000.
    assert_eq!((text("to_pay"), text("lapsed"), text("correction")), ("50000", "30000", "-20000"));
    let year = &case.json("2026-11-29", "budget")["years"][0];
    assert_eq!((&year["lapsed"], &year["forecast"]), (&"30000".into(), &"170000".into()));
    let told = case.says("2026-11-29", &["payouts", "a", "--explain"]);
    assert!(told.contains("100 000 × 1 ÷ 2") && !told.contains("Taket räcker inte"), "{told}");
}

#[test]
fn a_part_that_is_paid_is_not_asked_for_again() {
    let economy = yearly(2024..=2024, 500_000, "") + "[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n";
    let paid = "[payment.a]\ndate = 2024-01-31\namount = 100_000\npartial = true\npayout = \"2024#1\"\n";
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &economy).with("records/a.toml", paid);
    let told = case.says("2024-03-01", &["followup", "--overdue", "--format", "csv"]);
    assert!(told.contains("150 000 kronor kvar av 250 000 kronor"), "{told}");
}

#[test]
fn what_another_agreement_takes_the_place_of_is_in_no_sum_of_the_register() {
    let option = "start = 2025-01-01, end = 2026-12-31, option.ett = { months = 12, notice_by = 2026-06-30 }";
    let case = Case::new(option, &yearly(2025..=2027, 600_000, ""));
    let next = Case::new("start = 2027-01-01, end = 2027-12-31", &yearly(2027..=2027, 650_000, ""));
    let text = fs::read_to_string(next.folder.path().join("agreements/a.toml")).unwrap();
    let text = text.replace("status = \"signed\"", "status = \"proposed\"\ncontinues = \"a\"");
    let case = case.with("agreements/b.toml", &text);
    let of_2027 = |case: &Case| {
        let report = case.json("2026-05-01", "payouts");
        let sums = report["sums"].as_array().unwrap().iter().filter(|sum| sum["year"] == 2027);
        sums.map(|sum| sum["to_pay"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of_2027(&case), ["650000"]);
    let told = case.says("2026-05-01", &["payouts", "--year", "2027"]);
    assert!(told.contains("I summorna ingår därför inte a 2027#1"), "{told}");
}

#[test]
fn what_stands_below_a_table_stands_in_its_file_as_well() {
    let groups = "[steering_group.g]\ntitle = \"Styrgrupp\"\nmeetings = \"not-stated\"\n";
    let case = Case::new(
        "start = 2025-01-01, end = 2026-12-31",
        &(yearly(2025..=2026, 600_000, "budget_line = \"social\"\n") + groups),
    );
    let csv = case.says("2026-05-01", &["schedule", "--format", "csv-plain"]);
    let table = case.says("2026-05-01", &["schedule"]);
    let gap = "steering_group.g.meetings";
    assert!(table.contains(gap), "{table}");
    assert!(csv.lines().any(|line| line.contains(gap) && line.contains("kan inte dateras")), "{csv}");
    let budget =
        case.says("2026-05-01", &["budget", "--from", "2026", "--to", "2027", "--format", "csv-plain"]);
    assert!(budget.contains("nytt likadant avtal") && budget.contains("600 000 kronor"), "{budget}");
}

#[test]
fn what_is_taken_off_a_payout_is_final() {
    let economy = yearly(2025..=2025, 500_000, "") + "[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n";
    let of = |paid: u32, kind: &str, amount: u32| {
        let records = format!(
            "[payment.a]\ndate = 2025-03-14\namount = {paid}\npayout = \"2025#1\"\n\
             [deduction.d]\nkind = \"{kind}\"\ndate = 2025-03-12\namount = {amount}\npayout = \"2025#1\"\n\
             reason = \"årsrapporten kom tio dagar för sent\"\ndecision = \"n\"\n\
             [decision.n]\nkind = \"amount\"\nby = \"förvaltningschefen\"\ndate = 2025-03-12\n"
        );
        Case::new("start = 2025-01-01, end = 2025-12-31", &economy).with("records/a.toml", &records)
    };
    let sums = |case: &Case, as_of: &str| {
        let report = case.json(as_of, "payouts");
        let sum = &report["sums"][0];
        let figures = ["agreed", "deducted", "correction", "to_pay", "paid", "left"];
        figures.map(|key| sum[key].as_str().unwrap().to_owned())
    };
    let codes = ["IOP316", "IOP328"];
    let reduced = of(200_000, "reduction", 50_000);
    assert_eq!(reduced.payouts("2025-06-01"), ["2025#1 200000", "2025#2 250000"]);
    assert_eq!(sums(&reduced, "2025-06-01"), ["500000", "50000", "0", "450000", "200000", "250000"]);
    assert_eq!(reduced.budget("2025-06-01"), ["2025 500000 450000"]);
    assert_eq!(reduced.findings("2025-06-01", &codes), Vec::<String>::new());
    let told = reduced.says("2025-06-01", &["payouts", "a"]);
    let why = "2025#1: nedsättning 2025-03-12 enligt beslutet ”n”: årsrapporten kom tio dagar för sent, 50 000 kronor.";
    assert!(told.contains(why), "{told}");
    let steps = reduced.says("2025-06-01", &["payouts", "a", "--explain"]);
    assert!(steps.contains("Nedsättning 2025-03-12") && steps.contains("−50 000 kronor"), "{steps}");
    // What has been taken off is not earned: 500 000 × 181 ÷ 365, or × 6 ÷ 12, without 50 000.
    let ended =
        reduced.says("2025-06-01", &["payouts", "a", "--ended", "2025-06-30", "--format", "csv-plain"]);
    assert!(ended.contains(",500000,200000,197945.21,2054.79,200000,0"), "{ended}");
    // Nothing before its day.
    assert_eq!(reduced.payouts("2025-03-11"), ["2025#1 250000", "2025#2 250000"]);
    // What the receiver shall not have has come back; what was paid too much as well.
    let repaid = of(250_000, "repayment", 40_000);
    assert_eq!(sums(&repaid, "2025-06-01"), ["500000", "40000", "0", "460000", "210000", "250000"]);
    let credited = of(300_000, "credit", 50_000);
    assert_eq!(sums(&credited, "2025-06-01"), ["500000", "0", "0", "500000", "250000", "250000"]);
    for case in [&repaid, &credited] {
        assert_eq!(case.findings("2025-06-01", &codes), Vec::<String>::new());
    }
    // More than the payout comes to, and more back than was paid.
    assert_eq!(
        of(200_000, "reduction", 300_000).findings("2025-06-01", &["IOP328"]),
        ["IOP328 deduction.d.amount"]
    );
    assert_eq!(
        of(200_000, "credit", 300_000).findings("2025-06-01", &["IOP328"]),
        ["IOP328 deduction.d.amount"]
    );
}

#[test]
fn nobody_is_late_with_what_a_change_adds_before_its_day() {
    let more = "[supplement.s]\nnumber = 1\nchanges = \"Mer.\"\nstatus = \"decided\"\ndated = 2025-05-06\n\
                [supplement.s.funding.mer]\npayer = \"kommun\"\namount = 120_000\n\
                period = { start = 2025-01-01, end = 2025-12-31 }\n\
                [payout_plan.p]\ntimes_per_year = 12\ntiming = \"arrears\"\ndays_to_pay = 10\n";
    let case = Case::new("start = 2025-01-01, end = 2025-12-31", more);
    let due = |as_of: &str| {
        let report = case.json(as_of, "payouts");
        report["agreements"][0]["payouts"][0]["due"].as_str().unwrap().to_owned()
    };
    assert_eq!((due("2025-03-15"), due("2025-05-06")), ("2025-06-05".to_owned(), "2025-06-05".to_owned()));
    let told = case.says("2025-03-15", &["followup", "--overdue"]);
    assert!(!told.contains("mer#1"), "{told}");
}

#[test]
fn invoices_stand_beside_payouts_and_payments() {
    let economy = yearly(2025..=2025, 500_000, "")
        + "[payout_plan.p]\nmethod = \"invoice\"\ntimes_per_year = 2\nmonths = [1, 7]\n";
    let of = |records: &str| {
        Case::new("start = 2025-01-01, end = 2025-12-31", &economy).with("records/a.toml", records)
    };
    let invoice = |key: &str, number: &str, amount: u32, more: &str| {
        format!(
            "[invoice.{key}]\nnumber = \"{number}\"\nsupplier = \"1042\"\ndate = 2025-01-10\ndue = 2025-02-09\namount = {amount}\n{more}\n"
        )
    };
    let states = |case: &Case, as_of: &str| {
        let report = case.json(as_of, "payouts");
        let of = |one: &serde_json::Value| {
            format!("{} {}", one["invoiced"].as_str().unwrap(), one["invoice_state"].as_str().unwrap())
        };
        report["agreements"][0]["payouts"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let codes = ["IOP334", "IOP335", "IOP336"];
    let right = of(&(invoice("jan", "17", 250_000, "")
        + "[payment.jan]\ndate = 2025-02-07\namount = 250_000\npayout = \"2025#1\"\nvoucher = \"V1\"\n"));
    assert_eq!(states(&right, "2025-06-01"), ["250000 agrees", "0 none"]);
    assert_eq!(right.findings("2025-06-01", &codes), Vec::<String>::new());
    let table = right.says("2025-08-01", &["payouts", "--invoices"]);
    assert!(table.contains("stämmer") && table.contains("inte fakturerad"), "{table}");
    // Nothing before its day.
    assert_eq!(states(&right, "2025-01-09"), ["0 none", "0 none"]);
    let wrong = of(&invoice("jan", "17", 260_000, "payout = \"2025#1\""));
    assert_eq!(states(&wrong, "2025-06-01")[0], "260000 differs");
    assert_eq!(wrong.findings("2025-06-01", &codes), ["IOP334 invoice.jan.amount"]);
    let csv = wrong.says("2025-06-01", &["payouts", "--invoices", "--format", "csv-plain"]);
    assert!(csv.contains(",17,1042,2025-01-10,2025-02-09,260000,250000,10000,,avviker,"), "{csv}");
    // Twice, of a payout that there is not, and to an account.
    let bad = of(&(invoice("jan", "17", 250_000, "")
        + &invoice("igen", "1 7", 250_000, "")
        + &invoice("okand", "18", 5, "payout = \"2024#1\"")
        + &invoice("konto", "19", 250_000, "").replace("1042", "bg 5050-1055")));
    let mut found = bad.findings("2025-08-01", &codes);
    found.sort_unstable();
    assert_eq!(
        found,
        ["IOP334 invoice.okand.payout", "IOP335 invoice.igen", "IOP336 invoice.konto.supplier"]
    );
    assert_eq!(states(&bad, "2025-08-01"), ["250000 agrees", "250000 agrees"]);
    let markdown = bad.says("2025-08-01", &["payouts", "--invoices", "--format", "markdown"]);
    assert_eq!(markdown.matches("inte avtalad").count(), 1, "{markdown}");
    // What has come before is shown, and counts in no sum.
    assert!(markdown.contains("| redan införd |") && markdown.contains("**500 005**"), "{markdown}");
    // A reduction is invoiced with less.
    let reduced = of(&(invoice("jan", "17", 200_000, "")
        + "[deduction.d]\nkind = \"reduction\"\ndate = 2025-01-05\namount = 50_000\npayout = \"2025#1\"\nreason = \"sen rapport\"\n"));
    assert_eq!(states(&reduced, "2025-06-01")[0], "200000 agrees");
}

/// Two halves a year, the first of the next one paid in December, with what `records` add.
fn around_a_year_end(records: &str) -> Case {
    let economy = yearly(2025..=2026, 500_000, "")
        + "[payout_plan.p]\nmethod = \"invoice\"\ntimes_per_year = 2\nmonths = [1, 7]\ntiming = \"advance\"\n";
    let paid = "[payment.jan]\ndate = 2025-01-20\namount = 250_000\npayout = \"2025#1\"\nvoucher = \"V1\"\n\
                [payment.dec]\ndate = 2025-12-19\namount = 250_000\npayout = \"2026#1\"\nvoucher = \"V9\"\n";
    Case::new("start = 2025-01-01, end = 2026-12-31", &economy)
        .with("records/a.toml", &format!("{paid}{records}"))
}

#[test]
fn the_end_of_a_year_has_what_is_prepaid_accrued_owed_and_to_come_back() {
    let figures = |case: &Case, as_of: &str| {
        let run = case.says(as_of, &["payouts", "--year-end", "2025", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run).unwrap();
        let end = &report["year_end"];
        let keys = ["earned", "paid", "difference", "prepaid", "accrued", "supplier_debts", "claims"];
        (keys.map(|key| end[key].as_str().unwrap().to_owned()), end.clone())
    };
    // A half that nobody has invoiced, and one that is paid for the year to come.
    let plain = around_a_year_end("");
    let (sums, end) = figures(&plain, "2026-01-15");
    assert_eq!(sums, ["500000", "500000", "0", "250000", "250000", "0", "0"]);
    assert_eq!(end["entries"][0]["voucher"]["number"], "V9");
    assert_eq!(end["entries"][1]["voucher"], serde_json::Value::Null);
    // What is earned is the budget's Upparbetat on that day.
    let budget = plain.json("2025-12-31", "budget");
    assert_eq!(budget["years"][0]["accrued"], "500000");
    let table = plain.says("2026-01-15", &["payouts", "--year-end", "2025"]);
    for said in
        ["Årsskiftet 2025", "förutbetald kostnad", "upplupen kostnad", "V9", "−250 000", "Summa fordringar"]
    {
        assert!(table.contains(said), "{said}: {table}");
    }
    // In November the payment of December is not known.
    let november = plain.says("2025-11-20", &["payouts", "--year-end", "2025"]);
    assert!(november.contains("Räknat med det som är känt 2025-11-20"), "{november}");
    // Invoiced in December and paid in January; the invoice is 10 000 kronor too much.
    let invoiced = around_a_year_end(
        "[invoice.f]\nnumber = \"17\"\ndate = 2025-12-20\namount = 260_000\npayout = \"2025#2\"\n\
         [payment.sen]\ndate = 2026-01-20\namount = 250_000\npayout = \"2025#2\"\n",
    );
    let (sums, end) = figures(&invoiced, "2026-02-15");
    assert_eq!(sums, ["500000", "500000", "0", "250000", "0", "260000", "10000"]);
    assert_eq!(end["entries"][1]["voucher"]["number"], "17");
    // What is below the limit stands on a line of its own, and in every sum.
    let limited = around_a_year_end("")
        .with("iop.toml", "[municipality]\nname = \"Provs kommun\"\n[year_end]\nlimit = 250_001\n");
    let (sums, end) = figures(&limited, "2026-01-15");
    assert_eq!(sums, ["500000", "500000", "0", "250000", "250000", "0", "0"]);
    assert!(end["entries"].as_array().unwrap().is_empty());
    assert_eq!(end["below_limit"][0]["amount"], "250000");
    let csv = limited.says("2026-01-15", &["payouts", "--year-end", "2025", "--format", "csv-plain"]);
    assert!(csv.contains("upplupen kostnad,under gränsen: 1 post,"), "{csv}");
}

#[test]
fn an_invoice_and_a_deduction_are_written_into_the_records_where_they_count() {
    let case = around_a_year_end("");
    let told = |arguments: &[&str]| {
        let mut all = vec!["done", "a"];
        all.extend(arguments);
        case.says("2026-01-15", &all)
    };
    let records = || fs::read_to_string(case.folder.path().join("records/a.toml")).unwrap();
    let before = records();
    let invoice = ["invoice", "2025#2", "--date", "2025-12-20", "--amount", "250000", "--number", "17"];
    let more = ["--due", "2026-01-19", "--supplier", "104233"];
    let said = told(&[&invoice[..], &more[..]].concat());
    assert!(
        said.contains(
            "Infört: faktura 17, 250 000 kronor: 2025#2 stämmer (records/a.toml, invoice.faktura-17)"
        ),
        "{said}"
    );
    let written = "\n[invoice.faktura-17]\nnumber = \"17\"\nsupplier = \"104233\"\ndate = 2025-12-20\ndue = 2026-01-19\n\
                   amount = 250_000\npayout = \"2025#2\"\n";
    assert_eq!(records(), format!("{before}{written}"));
    // What has come before, what is to an account, and what no payout is for by that name.
    let again = told(&[&invoice[..], &more[..]].concat());
    assert!(again.contains("Inget har skrivits: fakturan 17 är redan införd."), "{again}");
    let account =
        ["faktura", "--date", "2025-12-20", "--amount", "1", "--number", "18", "--supplier", "5050-1055"];
    assert!(told(&account).contains("ser ut som ett bankgiro"));
    let unknown = told(&["invoice", "2024#1", "--date", "2025-12-20", "--amount", "1", "--number", "18"]);
    assert!(unknown.contains("Avtalet har ingen utbetalning som heter 2024#1."), "{unknown}");
    assert!(told(&["invoice", "--date", "2025-12-20", "--number", "18"]).contains("Skriv också --amount"));
    assert!(
        told(&["invoice", "--date", "2025-12-20", "--amount", "x", "--number", "18"])
            .contains("skriv ett belopp")
    );
    // Half of the invoice that nobody has agreed on is written, and said to be so.
    let outside = told(&["invoice", "2025#2", "--date", "2026-01-02", "--amount", "99,50", "--number", "19"]);
    assert!(outside.contains("faktura 19, 99,50 kronor: inte avtalad"), "{outside}");
    assert!(records().contains("amount = \"99,5\""), "{}", records());

    let reduction =
        ["nedsättning", "2026#2", "--date", "2026-01-10", "--amount", "50000", "--reason", "sen rapport"];
    let decided = told(&[&reduction[..], &["--decision", "n"]].concat());
    assert!(decided.contains("beslutet ”n” finns inte i records/a.toml"), "{decided}");
    let said = told(&[&reduction[..], &["--reference", "K1"]].concat());
    assert!(
        said.contains(
            "Infört 2026-01-10: nedsättning av 2026#2 med 50 000 kronor (records/a.toml, deduction."
        ),
        "{said}"
    );
    assert!(records().contains("kind = \"reduction\"\ndate = 2026-01-10\namount = 50_000\npayout = \"2026#2\"\nreason = \"sen rapport\"\nvoucher = \"K1\"\n"));
    let before = records();
    let too_much =
        told(&["reduction", "2026#2", "--date", "2026-01-10", "--amount", "250000", "--reason", "x"]);
    assert!(too_much.contains("2026#2 är bara 200 000 kronor, och avdraget 250 000 kronor."), "{too_much}");
    let unpaid = told(&["credit", "2026#2", "--date", "2026-01-10", "--amount", "1", "--reason", "x"]);
    assert!(unpaid.contains("bara 0 kronor är betalt av 2026#2"), "{unpaid}");
    assert!(
        told(&["review", "-", "--date", "2026-01-10", "--amount", "1"])
            .contains("--amount hör inte till det.")
    );
    assert!(
        told(&["reduction", "--date", "2026-01-10", "--amount", "1", "--reason", "x"])
            .contains("vilken utbetalning")
    );
    assert_eq!(records(), before);
}

#[test]
fn an_agreement_year_with_one_rise_is_paid_in_its_own_months() {
    let year = |key: &str, from: i32| {
        format!(
            "[funding.{key}]\npayer = \"kommun\"\namount = 480_000\nperiod = {{ start = {from}-04-01, end = {}-03-31 }}\n",
            from + 1
        )
    };
    let plan = |timing: &str| {
        let rise = "[indexation.i]\nflat = \"2\"\nper = \"agreement-year\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
        let plan = format!("[payout_plan.p]\nmonths = [4, 10]\n{timing}");
        let economy = format!("{}{}{rise}{plan}", year("ar1", 2024), year("ar2", 2025));
        Case::new("start = 2024-04-01, end = 2026-03-31", &economy).payouts("2024-06-01")
    };
    // 480 000 and 2 per cent is 489 600, half of it twice.
    let halves = ["ar1#1 240000", "ar1#2 240000", "ar2#1 244800", "ar2#2 244800"];
    assert_eq!(plan("timing = \"advance\"\n"), halves);
    assert_eq!(plan(""), halves);
}

#[test]
fn money_can_begin_later_than_the_agreement_and_last_as_long_as_it() {
    let economy = "[funding.a]\npayer = \"kommun\"\npayee = \"forening\"\nfrom = 2024-09-01\nrate = { amount = 480_000, per = \"year\" }\n\
                   [payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n\
                   [in_kind.lokal]\nparty = \"kommun\"\nwhat = \"en lokal\"\nvalue = 90_000\nper = \"year\"\n";
    let open = Case::new("start = 2024-03-01, until_further_notice = { notice_months = 3 }", economy);
    // September to December is a third of a year; the third quarter has one month of it.
    assert_eq!(open.payouts("2025-06-30")[..3], ["a#1 40000", "a#2 120000", "a#3 120000"]);
    open.says("2025-06-30", &["render", "--format", "md", "--out", "ut"]);
    let text = fs::read_to_string(open.folder.path().join("ut/a/avtal.md")).unwrap().replace('\u{a0}', " ");
    assert!(text.contains("från och med 2024-09-01 och tills vidare"), "{text}");
    assert!(text.contains("en lokal (värt 90 000 kronor per år)"), "{text}");
    let closed = Case::new("start = 2024-03-01, end = 2025-08-31", economy);
    // One whole year from its first day.
    assert_eq!(closed.budget("2024-06-30"), ["2024 160000 160000", "2025 320000 320000"]);
    assert_eq!(closed.findings("2024-06-30", &["IOP302"]), [""; 0]);
    let codes = |more: &str, from: &str| {
        let economy = economy.replace("from = 2024-09-01", &format!("from = {from}\n{more}"));
        Case::new("start = 2024-03-01, end = 2025-08-31", &economy).findings("2024-06-30", &["IOP302"])
    };
    let at = ["IOP302 funding.a.from"];
    assert_eq!(codes("", "2024-03-01"), at);
    assert_eq!(codes("", "2025-09-01"), at);
    assert_eq!(codes("period = { start = 2024-09-01, end = 2025-08-31 }", "2024-09-01"), at);
}
