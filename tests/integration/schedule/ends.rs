//! How partnerships end or go on: review, decisions, options, notice, the last day.

use std::fs;

use tempfile::TempDir;

use super::{in_register, register, short, shorts};
use crate::common::plain;

#[test]
fn notice_follows_the_term_in_force_and_not_the_first_one() {
    let folder =
        register("start = 2024-03-01\nend = 2025-02-28\nrenewal = { months = 12, notice_months = 6 }", "");
    let notice = |as_of: &str| shorts(&in_register(&folder, as_of, &["--kind", "notice,term-end"]));
    assert_eq!(notice("2024-08-31"), ["2024-08-31 notice/renewal/1", "2025-02-28 term-end"]);
    assert_eq!(
        notice("2024-09-01"),
        ["2024-08-31 notice/renewal/1", "2025-08-31 notice/renewal/2", "2026-02-28 term-end"]
    );
    let later = notice("2030-01-01");
    assert_eq!(later[later.len() - 2..], ["2030-08-31 notice/renewal/7", "2031-02-28 term-end"]);
}

#[test]
fn serial_extensions_each_have_their_decision() {
    let folder = register(
        "start = 2024-08-01\nend = 2024-12-31",
        "extension.var = { until = 2025-06-30, dated = 2024-08-20 }\n\
         extension.host = { until = 2025-12-31, dated = 2025-02-12 }",
    );
    let kinds = ["--kind", "continuation,term-end"];
    let before = in_register(&folder, "2024-08-19", &kinds);
    assert_eq!(shorts(&before), ["2024-08-31 continuation/1", "2024-12-31 term-end"]);
    assert_eq!(before[0]["state"], "due");
    let after = in_register(&folder, "2025-03-01", &kinds);
    assert_eq!(
        shorts(&after),
        [
            "2024-08-31 continuation/1",
            "2025-02-28 continuation/2",
            "2025-08-31 continuation/3",
            "2025-12-31 term-end"
        ]
    );
    let states: Vec<&str> = after.iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["done", "done", "coming", "coming"]);
    assert_eq!(after[0]["done"]["date"], "2024-08-20");
}

#[test]
fn an_option_has_its_last_day_and_a_used_one_its_next() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31\n\
         option.ett-ar = { months = 12, times = 2, notice_by = 2024-06-30, by = \"kommun\" }",
        "extension.forsta = { until = 2025-12-31, dated = 2024-06-01, option = \"ett-ar\" }",
    );
    let options = in_register(&folder, "2025-01-01", &["--kind", "option"]);
    assert_eq!(shorts(&options), ["2024-06-30 option/ett-ar/1", "2025-06-30 option/ett-ar/2"]);
    assert_eq!(options[0]["state"], "done");
    assert_eq!(options[1]["basis"]["reckoning"], "lika lång tid före 2025-12-31 som första gången");
}

#[test]
fn each_end_of_the_term_has_a_review_of_its_own() {
    let folder = register(
        "start = 2023-01-01\nend = 2024-12-31\nreview_by = 2024-03-31",
        "extension.a = { until = 2026-12-31, dated = 2024-10-01 }",
    );
    fs::create_dir(folder.path().join("records")).unwrap();
    fs::write(
        folder.path().join("records/a.toml"),
        "[done.r]\nkind = \"review\"\nperiod = \"1\"\ndate = 2024-03-20\n",
    )
    .unwrap();
    let reviews = in_register(&folder, "2026-03-01", &["--kind", "review"]);
    assert_eq!(shorts(&reviews), ["2024-03-31 review/1", "2026-03-31 review/2"]);
    assert_eq!((&reviews[0]["state"], &reviews[1]["state"]), (&"done".into(), &"due".into()));
}

#[test]
fn an_agreement_that_ended_early_asks_for_nothing_after_that() {
    let folder = register(
        "start = 2024-01-01\nend = 2025-12-31\nended = 2024-09-30",
        "follow_up.ar = { kind = \"yearly-report\", every = \"year\" }\n\
         steering_group.grupp = { title = \"Grupp\", meetings = { times = 1, per = \"half-year\" } }",
    );
    let kinds = ["--kind", "yearly-report,steering-meeting,term-end"];
    assert_eq!(
        shorts(&in_register(&folder, "2024-10-01", &kinds)),
        [
            "2024-06-30 steering-meeting/grupp/2024H1",
            "2024-09-30 steering-meeting/grupp/2024H2",
            "2024-09-30 term-end",
            "2024-10-31 yearly-report/ar/2024"
        ]
    );
}

#[test]
fn an_extension_counts_once_its_decision_is_on_record() {
    let folder = register(
        "start = 2024-01-01\nend = 2025-12-31\noption.o = { months = 12 }",
        "extension.f = { until = 2026-12-31, dated = 2025-01-10, decision = \"d\", option = \"o\" }",
    );
    let of = |as_of: &str| {
        let found = in_register(&folder, as_of, &["--kind", "option,term-end"]);
        found
            .iter()
            .map(|one| format!("{} {}", short(one), one["state"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("2025-06-01"), ["2025-08-31 option/o coming", "2025-12-31 term-end coming"]);
    fs::create_dir(folder.path().join("records")).unwrap();
    let decision = "[decision.d]\nkind = \"extension\"\nby = \"socialnämnden\"\ndate = 2025-05-20\n";
    fs::write(folder.path().join("records/a.toml"), decision).unwrap();
    assert_eq!(of("2025-05-19"), ["2025-08-31 option/o coming", "2025-12-31 term-end coming"]);
    assert_eq!(of("2025-06-01"), ["2025-08-31 option/o done", "2026-12-31 term-end coming"]);
}

fn states(folder: &TempDir, as_of: &str, kinds: &str) -> Vec<String> {
    let found = in_register(folder, as_of, &["--kind", kinds]);
    found.iter().map(|one| format!("{} {}", short(one), one["state"].as_str().unwrap())).collect()
}

#[test]
fn an_end_that_is_known_before_it_comes_leaves_nothing_to_decide_about_it() {
    let economy = "funding.a = { payer = \"kommun\", amount = 400_000, period = { start = 2025-01-01, end = 2025-12-31 } }\n\
                   payout_plan.p = { times_per_year = 4, timing = \"advance\" }\n\
                   exit.u = { means = \"notice\", cause = [\"any\"], notice_months = 3 }";
    let folder = register("start = 2024-01-01\nend = 2025-12-31\nended = 2025-04-30", economy);
    assert_eq!(
        states(&folder, "2025-02-01", "review,continuation,notice,term-end,payout,memo"),
        ["2025-01-31 payout/a#1 overdue", "2025-04-30 term-end coming", "2025-04-30 payout/a#2 coming"]
    );
    let second = &in_register(&folder, "2025-02-01", &["--kind", "payout"])[1];
    assert_eq!(second["notes"][0], "Beloppet är preliminärt.");
    let why = "Avtalet slutar i förtid, 2025-04-30; 66 667 kronor för tiden därefter räknas inte, eftersom ingen har beslutat om de ska betalas.";
    assert_eq!(plain(second["notes"][1].as_str().unwrap()), why);
}

#[test]
fn notice_that_has_been_given_is_done_and_nothing_more_is_decided() {
    let folder = register(
        "start = 2024-01-01\nend = 2025-12-31",
        "exit.u = { means = \"notice\", cause = [\"any\"], notice_months = 6 }",
    );
    let kinds = "continuation,notice";
    assert_eq!(
        states(&folder, "2025-01-10", kinds),
        ["2025-06-30 notice/u coming", "2025-08-31 continuation/1 coming"]
    );
    fs::create_dir(folder.path().join("records")).unwrap();
    let notice = "decision.u = { kind = \"termination\", by = \"socialnämnden\", date = 2025-01-08 }\n";
    fs::write(folder.path().join("records/a.toml"), notice).unwrap();
    assert_eq!(states(&folder, "2025-01-10", kinds), ["2025-06-30 notice/u done"]);
}

#[test]
fn when_no_option_and_no_renewal_is_left_somebody_must_decide() {
    let term = "start = 2024-01-01\nend = 2025-12-31\noption.o = { months = 12, notice_by = 2025-06-30 }";
    let unused = register(term, "");
    let kinds = "option,continuation";
    assert_eq!(states(&unused, "2025-06-30", kinds), ["2025-06-30 option/o due"]);
    assert_eq!(
        states(&unused, "2025-07-01", kinds),
        ["2025-06-30 option/o passed", "2025-08-31 continuation/1 coming"]
    );
    let used = register(term, "extension.f = { until = 2026-12-31, dated = 2025-05-02, option = \"o\" }");
    assert_eq!(
        states(&used, "2025-06-01", kinds),
        ["2025-06-30 option/o done", "2026-08-31 continuation/2 coming"]
    );
    // A renewal that has reached its limit renews nothing.
    let renewed = register(
        "start = 2024-01-01\nend = 2024-12-31\nrenewal = { months = 12, notice_months = 3, until = 2025-12-31 }",
        "",
    );
    assert_eq!(states(&renewed, "2024-06-01", "continuation"), Vec::<String>::new());
    assert_eq!(states(&renewed, "2024-10-01", "continuation"), ["2025-08-31 continuation/2 coming"]);
}
