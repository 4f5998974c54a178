//! What is adjusted by agreement years that cut the calendar years. What is right has been computed by hand beside it.

use super::Case;

/// 120 000 a year from September, adjusted each agreement year after the first by what is known of the series.
fn case(plan: &str, more: &str, values: &[(&str, &str, &str)]) -> Case {
    let economy = format!(
        "[funding.a]\npayer = \"kommun\"\npayee = \"forening\"\nrate = {{ amount = 120_000, per = \"year\" }}\n[payout_plan.p]\n{plan}\n\
         [indexation.i]\nseries = \"s\"\nper = \"agreement-year\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n{more}"
    );
    Case::new("start = 2024-09-01, end = 2027-08-31", &economy).with_values(values)
}

const QUARTERS: &str = "times_per_year = 4\ntiming = \"advance\"";
const KNOWN: [(&str, &str, &str); 1] = [("2025", "2.34", "decided")];

#[test]
fn what_is_known_of_one_agreement_year_is_definite_while_the_next_is_not() {
    let known = case(QUARTERS, "", &KNOWN).payouts("2025-11-30");
    // From September 2025 40 000 × 1,0234 = 40 936 for four months, from January 2026 80 000 × 1,0234 = 81 872 for eight: of the
    // quarter from July 2025 two months are 20 000 and one 10 234. What comes after August 2026 is not known.
    let of_known = [
        "a#1 10000",
        "a#2 30000",
        "a#3 30000",
        "a#4 30000",
        "a#5 30234",
        "a#6 30702",
        "a#7 30702",
        "a#8 30702",
    ];
    assert_eq!(known[..8], of_known);
    assert_eq!(known[8..], ["a#9 30702 p", "a#10 30702 p", "a#11 30702 p", "a#12 30702 p", "a#13 20468 p"]);
    // When it becomes known only that changes: 120 000 × 1,0234 × 1,011 = 124 158,89, of 124 159 kronor a third is 41 386,33.
    let both = [KNOWN[0], ("2026", "1.1", "decided")];
    let later = case(QUARTERS, "", &both).payouts("2026-11-30");
    assert_eq!(later[..8], of_known);
    assert_eq!(later[8..10], ["a#9 30814.58", "a#10 31039.75"]);
}

#[test]
fn an_agreement_year_is_rounded_as_a_whole_and_divided_on_the_calendar_years() {
    let case = case(QUARTERS, "round_to = \"hundred-kronor\"\n", &KNOWN);
    // From September 2025 120 000 × 1,0234 = 122 808, rounded 122 800: four months of it are 40 933,33, and the rest 81 866,67.
    assert_eq!(
        case.budget("2025-11-30")[..3],
        ["2024 40000 40000", "2025 120933.33 120933.33", "2026 122800 122800"]
    );
    let explained = case.says("2025-11-30", &["payouts", "--explain", "--year", "2025"]);
    for step in [
        "120 000 × 2 ÷ 3",
        "120 000 × 1 ÷ 3",
        "Avtalsåret 2025-09-01–2026-08-31: 120 000 × 1,0234",
        "122 800 × 1 ÷ 3",
        "Tillsammans för 2025",
        "80 000 × 1 ÷ 4 + 40 933,33 × 1 ÷ 4",
    ] {
        assert!(explained.contains(step), "{step}\n{explained}");
    }
}

#[test]
fn what_is_not_paid_by_time_waits_for_all_of_its_year() {
    let halves = "part.a = { month = 2, share = \"50\" }\npart.b = { month = 10, rest = true }";
    let known = case(halves, "", &KNOWN).payouts("2025-11-30");
    // 80 000 + 40 936 is 120 936, and 81 872 + 40 936 is 122 808: half of each.
    assert_eq!(known[2..6], ["a#3 60468", "a#4 60468", "a#5 61404 p", "a#6 61404 p"]);
}

#[test]
fn several_receivers_have_their_part_of_each_part_of_the_year() {
    let case = case(
        "timing = \"month-end\"",
        "[party.krets]\nrole = \"civil-society\"\nname = \"Provkretsen\"\n",
        &KNOWN,
    );
    let file = case.folder.path().join("agreements/a.toml");
    let shared = "payees = { forening = { share = \"75\" }, krets = { share = \"25\" } }";
    let text = std::fs::read_to_string(&file).unwrap().replace("payee = \"forening\"", shared);
    let case = case.with("agreements/a.toml", &text);
    let known = case.payouts("2025-11-30");
    // A month is 10 000 and then 10 234: 7 500 and 2 500, then 7 675,50 and 2 558,50.
    assert_eq!(known[22..26], ["a#23 7500", "a#24 2500", "a#25 7675.5", "a#26 2558.5"]);
    assert!(known.iter().take(48).all(|one| !one.ends_with(" p")), "{known:?}");
    assert!(known.iter().skip(48).all(|one| one.ends_with(" p")), "{known:?}");
}
