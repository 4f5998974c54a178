//! Invoices: which payouts they are for, and what is said of them.

use super::{Case, yearly};

/// One payout in each half of two years, 100 000 kronor and 120 000, and a single one of 8 500 that has been paid.
fn invoiced(records: &str) -> Case {
    let economy = yearly(2025..=2025, 200_000, "")
        + &yearly(2026..=2026, 240_000, "")
        + "[funding.hyra]\npayer = \"kommun\"\namount = 8_500\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n\
           [payout_plan.p]\nmethod = \"invoice\"\nmonths = [1, 7]\nfunding = [\"2025\", \"2026\"]\n\
           [payout_plan.q]\nmethod = \"invoice\"\nmonths = [3]\nfunding = [\"hyra\"]\n";
    let paid = "[payment.hyra]\ndate = 2025-03-20\namount = 8_500\npayout = \"hyra#1\"\n\
                [payment.jan]\ndate = 2025-01-20\namount = 100_000\npayout = \"2025#1\"\n";
    Case::new("start = 2025-01-01, end = 2026-12-31", &economy)
        .with("records/a.toml", &format!("{paid}{records}"))
}

fn invoice(key: &str, day: &str, amount: &str, more: &str) -> String {
    format!("[invoice.{key}]\nnumber = \"{key}\"\ndate = {day}\namount = {amount}\n{more}\n")
}

/// "payout state" of each payout that has been invoiced, and the keys of what nobody has agreed on.
fn states(case: &Case) -> Vec<String> {
    let report = case.json("2026-10-01", "payouts");
    let agreement = &report["agreements"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let payouts = agreement["payouts"].as_array().unwrap().iter();
    let of = payouts.filter(|one| one["invoice_state"] != "none");
    let known = of.map(|one| format!("{} {}", text(&one["id"]), text(&one["invoice_state"])));
    let outside = agreement["invoices_not_agreed"].as_array().unwrap().iter();
    known.chain(outside.map(|one| format!("{} inte avtalad", text(&one["key"])))).collect()
}

#[test]
fn an_invoice_that_names_no_payout_is_for_what_it_comes_to_and_never_for_what_was_paid_before() {
    let of = |day: &str, amount: &str, more: &str| states(&invoiced(&invoice("f", day, amount, more)));
    // The one it comes to exactly, the nearest in time.
    assert_eq!(of("2025-07-05", "100_000", ""), ["2025#2 agrees"]);
    assert_eq!(of("2026-01-05", "120_000", ""), ["2026#1 agrees"]);
    assert_eq!(of("2026-07-05", "120_000", ""), ["2026#2 agrees"]);
    // What was paid before its day takes none: it may be asked for twice.
    assert_eq!(of("2025-03-25", "8_500", ""), ["f inte avtalad"]);
    assert_eq!(of("2025-03-01", "8_500", ""), ["hyra#1 agrees"]);
    assert_eq!(of("2025-03-25", "8_500", "payout = \"hyra#1\""), ["hyra#1 agrees"]);
    // Another sum is for nothing, unless it says what it is for or that more is to come.
    assert_eq!(of("2025-07-05", "12_000", ""), ["f inte avtalad"]);
    assert_eq!(of("2025-07-05", "12_000", "funding = \"2025\""), ["2025#2 differs"]);
    assert_eq!(of("2025-07-05", "12_000", "partial = true"), ["2025#2 partly"]);
}
