//! What an agreement that ends early has cost until then, where some of its time costs more than other. What is right has been
//! computed by hand beside it.

use serde_json::Value;

use super::Case;

/// What is earned by months when the agreement ends so, what has been paid beyond that, and what the year's end and the budget
/// say is earned, in kronor.
fn until(case: &Case, ended: &str) -> [String; 3] {
    let json = |arguments: &[&str]| -> Value {
        let said = case.says("2025-12-31", &[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"))
    };
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let at_end = json(&["payouts", "--ended", ended]);
    let component = &at_end["agreements"][0]["ended"][0];
    let year_end = json(&["payouts", "--year-end", "2025"]);
    [
        text(&component["earned_by_months"]),
        text(&component["difference_by_months"]),
        text(&year_end["year_end"]["earned"]),
    ]
}

const GROWS: &str = "[funding.a]\npayer = \"kommun\"\nrate = { amount = 1_000, unit = \"plats\", units = \"platser\", count = 10, per = \"month\", step.fler = { from = 2025-07-01, count = 20 } }\n[payout_plan.p]\n";

#[test]
fn time_with_more_places_costs_more() {
    let case = |plan: &str| {
        Case::new("start = 2025-01-01, end = 2025-12-31, ended = 2025-06-30", &format!("{GROWS}{plan}"))
    };
    // Six months of ten places: 60 000, and not half of 60 000 + 120 000.
    let monthly = case("timing = \"month-end\"");
    assert_eq!(until(&monthly, "2025-06-30"), ["60000", "-60000", "60000"]);
    let yearly = case("times_per_year = 1\ntiming = \"arrears\"");
    assert_eq!(yearly.payouts("2025-12-31"), ["a#1 60000 p"]);
    assert_eq!(until(&yearly, "2025-06-30"), ["60000", "-60000", "60000"]);
    let explained = yearly.says("2025-12-31", &["payouts", "--explain"]);
    assert!(explained.contains("efter vad tiden kostar: 180 000 × 1 ÷ 3"), "{explained}");
    // To the end of September 60 000 and three months of twenty places.
    assert_eq!(until(&yearly, "2025-09-30")[0], "120000");
}

#[test]
fn time_of_an_earlier_agreement_year_is_not_adjusted_by_the_next() {
    let economy = "[funding.a]\npayer = \"kommun\"\nrate = { amount = 1_200_000, per = \"year\" }\n\
         [payout_plan.p]\nmonths = [1, 5, 9]\ntiming = \"advance\"\n\
         [indexation.i]\nflat = \"3\"\nper = \"agreement-year\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
    let paid = ["2024-09-20", "2025-01-20", "2025-05-20"]
        .map(|day| format!("[payment.p-{day}]\ndate = {day}\namount = 400_000\n"))
        .concat();
    let case = Case::new("start = 2024-09-01, end = 2027-08-31, ended = 2025-08-31", economy)
        .with("records/a.toml", &paid);
    // The first agreement year whole; only what comes after it is 3 per cent more.
    assert_eq!(until(&case, "2025-08-31"), ["1200000", "0", "1200000"]);
    let ending = case.says("2025-06-30", &["budget", "--by", "end", "--format", "csv-plain"]);
    assert!(ending.contains("1200000"), "{ending}");
    let budget = case.json("2025-12-31", "budget");
    let of_2025 = budget["years"].as_array().unwrap().iter().find(|year| year["year"] == 2025).unwrap();
    assert_eq!((&of_2025["accrued"], &of_2025["forecast"]), (&"800000".into(), &"800000".into()));
}

#[test]
fn what_is_taken_off_after_the_end_is_first_that_of_the_time_after_it() {
    let economy = "[funding.a]\npayer = \"kommun\"\namount = 120_000\n[payout_plan.p]\ntimes_per_year = 1\nmonths = [1]\n";
    let case = |kind: &str, date: &str, amount: i64| {
        let records = format!(
            "[payment.a]\ndate = 2025-01-20\namount = 120_000\n\
             [deduction.d]\nkind = \"{kind}\"\ndate = {date}\namount = {amount}\npayout = \"a#1\"\nreason = \"tiden efter avslutet\"\n"
        );
        let term = "start = 2025-01-01, end = 2025-12-31, ended = 2025-09-30";
        Case::new(term, economy).with("records/a.toml", &records)
    };
    // Nine months are 90 000; what has come back is what was for the three that never came.
    assert_eq!(until(&case("repayment", "2025-11-01", 30_000), "2025-09-30"), ["90000", "0", "90000"]);
    assert_eq!(until(&case("reduction", "2025-11-01", 30_000), "2025-09-30"), ["90000", "30000", "90000"]);
    // Of more than that, the rest is of what was earned.
    assert_eq!(until(&case("repayment", "2025-11-01", 40_000), "2025-09-30"), ["80000", "0", "80000"]);
    // What was taken off while the agreement lasted is of all its time, as the payout is.
    assert_eq!(until(&case("repayment", "2025-03-01", 12_000), "2025-09-30"), ["78000", "30000", "81000"]);
}

#[test]
fn a_number_that_grows_in_the_year_of_a_new_agreement_year_is_adjusted_by_what_it_costs() {
    let economy = "[funding.a]\npayer = \"kommun\"\nrate = { amount = 1_000, unit = \"plats\", units = \"platser\", count = 10, per = \"month\", step.m = { from = 2025-03-01, count = 20 } }\n\
         [payout_plan.p]\nmonths = [1, 4, 7, 10]\ntiming = \"advance\"\n\
         [indexation.i]\nflat = \"10\"\nper = \"agreement-year\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nyears = [2025]\n";
    let case = Case::new("start = 2024-07-01, end = 2026-06-30", economy);
    // Ten, ten and twenty in the first quarter; from July on 10 per cent more.
    assert_eq!(case.payouts("2025-01-01")[2..6], ["a#3 40000", "a#4 60000", "a#5 66000", "a#6 66000"]);
    assert_eq!(until(&case, "2025-06-30")[0], "160000");
}

#[test]
fn a_component_paid_as_a_whole_is_cut_by_what_its_time_costs() {
    let parts = "part.ett = { month_of_term = 1, share = \"50\" }\npart.tva = { month_of_term = 10, share = \"50\" }\n";
    let economy = format!(
        "[funding.a]\npayer = \"kommun\"\nrate = {{ amount = 10_000, per = \"month\" }}\n[payout_plan.p]\n{parts}\
         [indexation.i]\nflat = \"50\"\nper = \"agreement-year\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nyears = [2025]\n"
    );
    let case = Case::new("start = 2024-07-01, end = 2026-06-30, ended = 2025-12-31", &economy);
    // Twelve months of 10 000 and six of 15 000.
    assert_eq!(case.payouts("2025-12-31"), ["a#1 105000 p", "a#2 105000 p"]);
    assert_eq!(until(&case, "2025-12-31")[0], "210000");
}

#[test]
fn what_an_early_end_takes_away_is_no_lapse_of_years_before_it() {
    let economy = "[funding.a]\npayer = \"kommun\"\namount = 240_000\n[payout_plan.p]\n\
         part.ett = { month_of_term = 1, share = \"50\" }\npart.tva = { month_of_term = 10, share = \"50\" }\n";
    let case = Case::new("start = 2024-01-01, end = 2025-12-31, ended = 2025-06-30", economy);
    assert_eq!(case.budget("2025-04-01"), ["2024 120000 120000", "2025 120000 60000"]);
    let end = case.says("2025-04-01", &["payouts", "--year-end", "2024", "--format", "json"]);
    let end: Value = serde_json::from_str(&end).unwrap();
    assert_eq!(end["year_end"]["earned"], "120000");
}
