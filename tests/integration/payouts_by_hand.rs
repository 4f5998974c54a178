//! Payouts that have been computed by hand: the arithmetic stands beside each case.

use iop::payouts::{self, Statement};
use iop::register::{InputFile, Register};

const SERIES: [(&str, &str); 4] = [
    (
        "indexes/pk.toml",
        "title = \"Priskompensation\"\nkind = \"yearly-change\"\npublisher = \"kommunfullmäktige\"\n[value]\n\
         2021 = [{ number = \"1,8\", status = \"decided\", source = \"a\" }]\n\
         2022 = [{ number = \"2,0\", status = \"decided\", source = \"a\" }]\n\
         2023 = [{ number = \"3,1\", status = \"assumed\", source = \"a\" }]\n\
         2024 = [{ number = \"-1,5\", status = \"decided\", source = \"a\" }]\n",
    ),
    (
        "indexes/opi.toml",
        "title = \"OPI\"\nkind = \"yearly-change\"\npublisher = \"SKR\"\n[value]\n\
         2022 = [{ number = \"2,4\", status = \"decided\", source = \"a\" }]\n\
         2023 = [{ number = \"4,2\", status = \"provisional\", source = \"a\", known_from = \"2022-10-01\" },\n\
                 { number = \"4,0\", status = \"decided\", source = \"b\", known_from = \"2023-03-01\" }]\n",
    ),
    (
        "indexes/kpi.toml",
        "title = \"KPI\"\nkind = \"level\"\npublisher = \"SCB\"\n[value]\n\
         \"2020-10\" = [{ number = \"336,97\", status = \"decided\", source = \"a\" }]\n\
         \"2021-10\" = [{ number = \"346,46\", status = \"decided\", source = \"a\" }]\n\
         \"2022-10\" = [{ number = \"384,04\", status = \"decided\", source = \"a\" }]\n\
         2021 = [{ number = \"343,19\", status = \"decided\", source = \"a\" }]\n\
         2022 = [{ number = \"371,91\", status = \"decided\", source = \"a\" }]\n",
    ),
    (
        "indexes/ned.toml",
        "title = \"Fallande\"\nkind = \"level\"\npublisher = \"x\"\n[value]\n\
         2021 = [{ number = \"200\", status = \"decided\", source = \"a\" }]\n\
         2022 = [{ number = \"190\", status = \"decided\", source = \"a\" }]\n\
         2023 = [{ number = \"209\", status = \"decided\", source = \"a\" }]\n",
    ),
];

/// The statement of an agreement with this term and economy.
fn statement(term: (&str, &str), economy: &str) -> Statement<'static> {
    statement_with(term, economy, "", "")
}

fn statement_with(term: (&str, &str), economy: &str, records: &str, settings: &str) -> Statement<'static> {
    let agreement = format!(
        "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nterm = {{ start = {}, end = {} }}\n\
         [party.k]\nrole = \"public\"\nname = \"K\"\n[party.r]\nrole = \"public\"\nname = \"R\"\n\
         [party.f]\nrole = \"civil-society\"\nname = \"F\"\n{economy}",
        term.0, term.1
    );
    let mut files = vec![
        InputFile::text("iop.toml", &format!("[municipality]\nname = \"K\"\n{settings}")),
        InputFile::text("agreements/a.toml", &agreement),
    ];
    files.extend(SERIES.map(|(file, text)| InputFile::text(file, text)));
    if !records.is_empty() {
        files.push(InputFile::text("records/a.toml", records));
    }
    let (register, findings) = Register::load(files);
    assert!(findings.is_empty(), "{findings:#?}");
    // Kept for as long as the test runs: a statement borrows from its register.
    let register: &'static Register = Box::leak(Box::new(register));
    payouts::statement(register, &register.agreements["a"], "2023-06-30".parse().unwrap())
}

/// "id sum" of each payout; a preliminary sum has a `p`.
fn sums(statement: &Statement<'_>) -> Vec<String> {
    let payouts = statement.payouts.iter();
    payouts
        .map(|payout| {
            let sum =
                payout.to_pay.map_or_else(|| "?".to_owned(), |sum| sum.decimal().normalize().to_string());
            let mark = if payout.is_preliminary() { " p" } else { "" };
            format!("{} {sum}{mark}", payout.id)
        })
        .collect()
}

/// Yearly components of the same amount, the first year first.
fn yearly(years: &[(i32, i64)]) -> String {
    let component = |(year, amount): &(i32, i64)| {
        format!(
            "[funding.{year}]\npayer = \"k\"\namount = {amount}\nperiod = {{ start = {year}-01-01, end = {year}-12-31 }}\n"
        )
    };
    years.iter().map(component).collect()
}

const THREE_YEARS: (&str, &str) = ("2021-01-01", "2023-12-31");
const RSMH: (&str, &str) = ("2021-02-01", "2023-12-31");

fn rsmh(indexation: &str) -> String {
    format!(
        "[funding.2021]\npayer = \"k\"\namount = 900_000\nperiod = {{ start = 2021-02-01, end = 2021-12-31 }}\n{}\
         [indexation.i]\nseries = \"pk\"\nyears = [2022, 2023]\n{indexation}",
        yearly(&[(2022, 980_000), (2023, 980_000)])
    )
}

#[test]
fn the_agreement_that_does_not_say_how_shows_the_stated_amounts() {
    let statement = statement(RSMH, &rsmh(""));
    assert_eq!(sums(&statement), ["2021#1 900000", "2022#1 980000 p", "2023#1 980000 p"]);
}

#[test]
fn chained_percentages() {
    let statement = statement(RSMH, &rsmh("amounts = \"before-adjustment\"\nmethod = \"chained\"\n"));
    // 980 000 × 1,020 = 999 600. 980 000 × 1,020 × 1,031 = 999 600 × 1,031 = 1 030 587,60, to whole kronor 1 030 588.
    assert_eq!(sums(&statement), ["2021#1 900000", "2022#1 999600", "2023#1 1030588 p"]);
}

#[test]
fn each_year_against_the_base() {
    let statement = statement(RSMH, &rsmh("amounts = \"before-adjustment\"\nmethod = \"against-base\"\n"));
    // 980 000 × 1,020 = 999 600. 980 000 × 1,031 = 1 010 380.
    assert_eq!(sums(&statement), ["2021#1 900000", "2022#1 999600", "2023#1 1010380 p"]);
}

#[test]
fn amounts_after_adjustment_are_what_is_paid() {
    let statement = statement(RSMH, &rsmh("amounts = \"after-adjustment\"\n"));
    assert_eq!(sums(&statement), ["2021#1 900000", "2022#1 980000", "2023#1 980000"]);
}

#[test]
fn with_an_open_method_the_first_adjusted_year_is_known_and_the_next_is_not() {
    let statement = statement(RSMH, &rsmh("amounts = \"before-adjustment\"\n"));
    // Both methods give 980 000 × 1,020 = 999 600 for the first year. The second keeps that level.
    assert_eq!(sums(&statement), ["2021#1 900000", "2022#1 999600", "2023#1 999600 p"]);
}

#[test]
fn the_registers_assumption_is_used_and_shown_as_such() {
    let assumed =
        "[default.indexation]\namounts = \"before-adjustment\"\nmethod = \"chained\"\nsource = \"ekonomi\"\n";
    let statement = statement_with(RSMH, &rsmh(""), "", assumed);
    assert_eq!(sums(&statement), ["2021#1 900000", "2022#1 999600 p", "2023#1 1030588 p"]);
}

#[test]
fn to_the_ore_and_to_hundreds_of_kronor() {
    let economy = rsmh("amounts = \"before-adjustment\"\nmethod = \"chained\"\nround_to = \"ore\"\n");
    // 1 030 587,60 has no more öre to round.
    assert_eq!(sums(&statement(RSMH, &economy))[2], "2023#1 1030587.6 p");
    let economy =
        rsmh("amounts = \"before-adjustment\"\nmethod = \"chained\"\nround_to = \"hundred-kronor\"\n");
    // 999 600 is a whole number of hundreds; 1 030 587,60 is nearest to 1 030 600.
    assert_eq!(sums(&statement(RSMH, &economy))[1..], ["2022#1 999600", "2023#1 1030600 p"]);
}

#[test]
fn a_fixed_percentage_chained() {
    let economy = format!(
        "{}[indexation.i]\nflat = \"2,0\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n",
        yearly(&[(2021, 500_000), (2022, 500_000), (2023, 500_000)])
    );
    // 500 000 × 1,02 = 510 000; × 1,02 = 520 200.
    assert_eq!(sums(&statement(THREE_YEARS, &economy)), ["2021#1 500000", "2022#1 510000", "2023#1 520200"]);
}

#[test]
fn a_composite_of_ninety_and_ten() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022]\ncomposite = {{ opi = \"90\", pk = \"10\" }}\namounts = \"before-adjustment\"\n",
        yearly(&[(2021, 1_000_000), (2022, 1_000_000)])
    );
    // 0,90 × 2,4 % + 0,10 × 2,0 % = 2,16 % + 0,20 % = 2,36 %; 1 000 000 × 1,0236 = 1 023 600.
    assert_eq!(sums(&statement(("2021-01-01", "2022-12-31"), &economy))[1], "2022#1 1023600");
}

#[test]
fn a_ratio_of_two_months_of_the_consumer_price_index() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022]\nseries = \"kpi\"\nbase = \"2020-10\"\nlag_years = 1\namounts = \"before-adjustment\"\n\
         method = \"against-base\"\n",
        yearly(&[(2021, 800_000), (2022, 800_000)])
    );
    // October 2021 ÷ October 2020 = 346,46 ÷ 336,97 = 1,028162…; 800 000 × 1,028162… = 822 530,195…, so 822 530.
    assert_eq!(sums(&statement(("2021-01-01", "2022-12-31"), &economy))[1], "2022#1 822530");
}

#[test]
fn a_chain_of_index_levels_is_the_last_over_the_base() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022, 2023]\nseries = \"kpi\"\nbase = \"2020-10\"\nlag_years = 1\namounts = \"before-adjustment\"\n\
         method = \"chained\"\n",
        yearly(&[(2021, 800_000), (2022, 800_000), (2023, 800_000)])
    );
    // (346,46 ÷ 336,97) × (384,04 ÷ 346,46) = 384,04 ÷ 336,97 = 1,139686…; 800 000 × 1,139686… = 911 748,81…, so 911 749.
    assert_eq!(sums(&statement(THREE_YEARS, &economy))[2], "2023#1 911749");
}

#[test]
fn a_ratio_of_two_yearly_averages() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022]\nseries = \"kpi\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n",
        yearly(&[(2021, 100_000), (2022, 100_000)])
    );
    // 371,91 ÷ 343,19 = 1,0836854…; 100 000 × 1,0836854… = 108 368,54, so 108 369.
    assert_eq!(sums(&statement(("2021-01-01", "2022-12-31"), &economy))[1], "2022#1 108369");
}

#[test]
fn a_value_from_two_years_before() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2023]\nseries = \"pk\"\nlag_years = 2\namounts = \"before-adjustment\"\n",
        yearly(&[(2022, 400_000), (2023, 400_000)])
    );
    // The value of 2021, 1,8 %: 400 000 × 1,018 = 407 200.
    assert_eq!(sums(&statement(("2022-01-01", "2023-12-31"), &economy))[1], "2023#1 407200");
}

#[test]
fn a_negative_year_with_and_without_a_floor() {
    let term = ("2023-01-01", "2024-12-31");
    let indexed = |more: &str| {
        format!(
            "{}[indexation.i]\nyears = [2024]\nseries = \"pk\"\namounts = \"before-adjustment\"\n{more}",
            yearly(&[(2023, 600_000), (2024, 600_000)])
        )
    };
    // −1,5 %: 600 000 × 0,985 = 591 000. Never down: 600 000 × 1,000.
    assert_eq!(sums(&statement(term, &indexed("")))[1], "2024#1 591000");
    assert_eq!(sums(&statement(term, &indexed("floor = \"0\"\n")))[1], "2024#1 600000");
}

#[test]
fn a_floor_holds_each_step_of_a_chain() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022, 2023]\nseries = \"ned\"\nfloor = \"0\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n",
        yearly(&[(2021, 100_000), (2022, 100_000), (2023, 100_000)])
    );
    // 190 ÷ 200 = −5 %, held at 0: 100 000. 209 ÷ 190 = +10 %: 110 000.
    assert_eq!(sums(&statement(THREE_YEARS, &economy))[1..], ["2022#1 100000", "2023#1 110000"]);
}

#[test]
fn a_cap() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022]\nseries = \"opi\"\ncap = \"2,0\"\namounts = \"before-adjustment\"\n",
        yearly(&[(2021, 250_000), (2022, 250_000)])
    );
    // 2,4 % is held at 2,0 %: 250 000 × 1,02 = 255 000.
    assert_eq!(sums(&statement(("2021-01-01", "2022-12-31"), &economy))[1], "2022#1 255000");
}

#[test]
fn the_value_that_was_known_on_the_day() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2023]\nseries = \"opi\"\namounts = \"before-adjustment\"\n",
        yearly(&[(2022, 100_000), (2023, 100_000)])
    );
    // On 2023-06-30 the decided 4,0 % has come beside the provisional 4,2 %: 100 000 × 1,04 = 104 000, definite.
    assert_eq!(sums(&statement(("2022-01-01", "2023-12-31"), &economy))[1], "2023#1 104000");
}

#[test]
fn only_on_extension() {
    let economy = "[extension.e]\nuntil = 2022-12-31\n[funding.a]\npayer = \"k\"\namount = 300_000\n\
        period = { start = 2021-01-01, end = 2021-12-31 }\n[funding.b]\npayer = \"k\"\namount = 300_000\n\
        period = { start = 2022-01-01, end = 2022-12-31 }\n[indexation.i]\nseries = \"pk\"\napplies = \"on-extension\"\n\
        amounts = \"before-adjustment\"\n";
    // The term's own year stays; the extension's: 300 000 × 1,020 = 306 000.
    assert_eq!(sums(&statement(("2021-01-01", "2021-12-31"), economy)), ["a#1 300000", "b#1 306000"]);
}

#[test]
fn eleven_months_at_half_a_year_each_and_a_rest() {
    let economy = "[funding.a]\npayer = \"k\"\namount = 900_000\n[payout_plan.p]\n\
        part.a = { month = 2, share = \"33,33\" }\npart.b = { month = 9, rest = true }\n";
    // 900 000 × 33,33 % = 299 970; the rest is 600 030.
    assert_eq!(sums(&statement(("2021-02-01", "2021-12-31"), economy)), ["a#1 299970", "a#2 600030"]);
}

#[test]
fn three_equal_parts_to_the_ore() {
    let plan = |remainder: &str| {
        format!(
            "{}[payout_plan.p]\ntimes_per_year = 3\nmonths = [1, 5, 9]\n{remainder}",
            yearly(&[(2022, 100_000)])
        )
    };
    let term = ("2022-01-01", "2022-12-31");
    // 100 000 ÷ 3 = 33 333,333…: the last takes 100 000 − 2 × 33 333,33; or the first takes the öre that is over.
    assert_eq!(sums(&statement(term, &plan(""))), ["2022#1 33333.33", "2022#2 33333.33", "2022#3 33333.34"]);
    assert_eq!(
        sums(&statement(term, &plan("remainder = \"largest-remainder\"\n"))),
        ["2022#1 33333.34", "2022#2 33333.33", "2022#3 33333.33"]
    );
}

#[test]
fn each_payout_rounded_by_itself() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022]\nflat = \"1,5\"\namounts = \"before-adjustment\"\nround_to = \"krona\"\n\
         rounding_place = \"payout\"\n[payout_plan.p]\ntimes_per_year = 2\nmonths = [3, 9]\n",
        yearly(&[(2021, 333_333), (2022, 333_333)])
    );
    // 333 333 × 1,015 = 338 332,995; half is 169 166,4975, so 169 166 twice: the year comes to 338 332.
    assert_eq!(
        sums(&statement(("2021-01-01", "2022-12-31"), &economy))[2..],
        ["2022#1 169166", "2022#2 169166"]
    );
}

#[test]
fn a_year_rounded_before_it_is_divided() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2022]\nflat = \"1,5\"\namounts = \"before-adjustment\"\n[payout_plan.p]\n\
         times_per_year = 2\nmonths = [3, 9]\n",
        yearly(&[(2021, 333_333), (2022, 333_333)])
    );
    // 338 332,995 is 338 333 to whole kronor, and half of that is 169 166,50.
    assert_eq!(
        sums(&statement(("2021-01-01", "2022-12-31"), &economy))[2..],
        ["2022#1 169166.5", "2022#2 169166.5"]
    );
}

#[test]
fn a_sum_for_the_whole_term_in_the_first_and_the_sixth_month() {
    let economy = "[funding.a]\npayer = \"k\"\namount = 700_001\n[payout_plan.p]\n\
        part.a = { month_of_term = 1, share = \"50\" }\npart.b = { month_of_term = 6, rest = true }\n";
    // Half of 700 001 is 350 000,50.
    let statement = statement(("2022-08-01", "2023-07-31"), economy);
    assert_eq!(sums(&statement), ["a#1 350000.5", "a#2 350000.5"]);
    let when: Vec<String> = statement.payouts.iter().map(|payout| payout.when.to_string()).collect();
    assert_eq!(when, ["augusti 2022", "januari 2023"]);
    // The years bear it by months: 2022 has 5 of 12; 700 001 × 5 ÷ 12 = 291 667,0833…
    let years: Vec<String> = statement.components[0]
        .years
        .iter()
        .map(|year| year.payable.unwrap().decimal().to_string())
        .collect();
    assert_eq!(years, ["291667.08", "408333.92"]);
}

#[test]
fn amounts_per_half_year() {
    let economy = "[funding.a]\npayer = \"k\"\nrate = { amount = 150_000, unit = \"insats\", count = 1, per = \"half-year\" }\n\
        [payout_plan.p]\ntimes_per_year = 2\ntiming = \"advance\"\n";
    // Two half-years have begun: 2 × 150 000 = 300 000, by the months covered: 6 and 6.
    assert_eq!(sums(&statement(("2022-01-01", "2022-12-31"), economy)), ["a#1 150000", "a#2 150000"]);
}

#[test]
fn places_by_the_month_at_the_months_end() {
    let economy = "[funding.a]\npayer = \"k\"\nrate = { amount = 9_500, unit = \"plats\", count = 4, per = \"month\" }\n\
        [payout_plan.p]\ntiming = \"month-end\"\ndays_to_pay = 30\n";
    // 9 500 × 4 × 3 = 114 000 for three months, 38 000 a month.
    let statement = statement(("2022-01-01", "2022-03-31"), economy);
    assert_eq!(sums(&statement), ["a#1 38000", "a#2 38000", "a#3 38000"]);
    assert_eq!(statement.payouts[1].due, "2022-03-30".parse().ok());
}

#[test]
fn several_components_and_payers_with_a_fixed_first_payment() {
    let economy = "[funding.a]\npayer = \"k\"\namount = 300_000\n[funding.b]\npayer = \"k\"\namount = 100_000\n\
        [funding.c]\npayer = \"r\"\namount = 50_000\nceiling = true\n[payout_plan.p]\nfunding = [\"a\", \"b\"]\n\
        part.x = { month = 1, amount = 200_000 }\npart.y = { month = 7, rest = true }\n";
    let statement = statement(("2022-01-01", "2022-12-31"), economy);
    // 200 000 of the 400 000: 3/4 and 1/4 of it, and what is left of each. The ceiling has no plan.
    assert_eq!(sums(&statement), ["a#1 150000", "b#1 50000", "a#2 150000", "b#2 50000", "c#1 50000"]);
    assert!(statement.payouts[4].ceiling);
}

#[test]
fn a_rise_in_mid_term_counts_once_it_is_decided() {
    let economy = "[funding.a]\npayer = \"k\"\namount = 300_000\n[funding.b]\npayer = \"k\"\namount = 60_000\n\
        period = { start = 2022-07-01, end = 2022-12-31 }\ndecision = \"hojning\"\n";
    let term = ("2022-01-01", "2022-12-31");
    assert_eq!(sums(&statement(term, economy)), ["a#1 300000", "b#1 60000 p"]);
    let records = "[decision.hojning]\nkind = \"amount\"\nby = \"nämnden\"\ndate = 2022-05-01\n";
    assert_eq!(sums(&statement_with(term, economy, records, "")), ["a#1 300000", "b#1 60000"]);
}

#[test]
fn quarters_in_advance_of_a_year_that_begins_in_february() {
    let economy = "[funding.a]\npayer = \"k\"\namount = 1_100_000\n[payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n";
    // Eleven months at 100 000: two in the first quarter, then three, three and three.
    assert_eq!(
        sums(&statement(("2022-02-01", "2022-12-31"), economy)),
        ["a#1 200000", "a#2 300000", "a#3 300000", "a#4 300000"]
    );
}

#[test]
fn an_amount_that_nobody_states_has_no_sum() {
    let economy =
        "[funding.a]\npayer = \"k\"\namount = \"not-stated\"\n[funding.b]\npayer = \"k\"\namount = 10_000\n";
    assert_eq!(sums(&statement(("2022-01-01", "2022-12-31"), economy)), ["a#1 ? p", "b#1 10000"]);
}

#[test]
fn a_missing_value_leaves_the_stated_amount() {
    let economy = format!(
        "{}[indexation.i]\nyears = [2025]\nseries = \"pk\"\namounts = \"before-adjustment\"\n",
        yearly(&[(2024, 100_000), (2025, 100_000)])
    );
    assert_eq!(
        sums(&statement(("2024-01-01", "2025-12-31"), &economy)),
        ["2024#1 100000", "2025#1 100000 p"]
    );
}

#[test]
fn what_is_earned_when_an_agreement_ends_early() {
    let economy =
        format!("{}[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n", yearly(&[(2023, 365_000)]));
    let records = "[payment.a]\ndate = 2023-01-20\namount = 182_500\n";
    let statement = statement_with(("2023-01-01", "2023-12-31"), &economy, records, "");
    let earned = payouts::earned(&statement, "2023-04-10".parse().unwrap());
    // 31 + 28 + 31 + 10 = 100 days of 365 at 1 000 kronor: 100 000. 3 months and 10/30 of April: 365 000 × 3,333… ÷ 12.
    assert_eq!(earned[0].by_days.unwrap().decimal().normalize().to_string(), "100000");
    assert_eq!(earned[0].by_months.unwrap().decimal().to_string(), "101388.89");
    assert_eq!(earned[0].over_by_days().unwrap().decimal().normalize().to_string(), "82500");
}

#[test]
fn an_early_end_takes_what_comes_after_it_and_leaves_open_what_lies_on_both_sides() {
    let economy = format!(
        "{}[payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n",
        yearly(&[(2022, 400_000), (2023, 480_000)])
    );
    // 2022#4 has been paid with 10 000 too little, which no lapsed payout makes good, but the one that is left does.
    let records = "[payment.a]\ndate = 2022-01-05\namount = 300_000\nfunding = \"2022\"\n\
        [payment.b]\ndate = 2022-10-05\namount = 90_000\n[payment.c]\ndate = 2023-01-05\namount = 120_000\n";
    let ended = |day: &str| {
        let end = format!("2023-12-31, ended = {day}");
        statement_with(("2022-01-01", &end), &economy, records, "")
    };
    let april = ended("2023-04-30");
    assert_eq!(
        sums(&april)[3..],
        // A third of the quarter's 120 000, and the 10 000.
        ["2022#4 90000", "2023#1 120000", "2023#2 50000 p", "2023#3 0", "2023#4 0"]
    );
    assert!(april.differences[0].to_string().ends_with("läggs till 2023#2."), "{}", april.differences[0]);
    // On the last day of a quarter nothing is open, and nobody is left to make the difference good.
    let march = ended("2023-03-31");
    assert_eq!(sums(&march)[5..], ["2023#2 0", "2023#3 0", "2023#4 0"]);
    assert!(
        march.differences[0].to_string().contains("ingen utbetalning är kvar"),
        "{}",
        march.differences[0]
    );
    // What the parties have settled with less is what it came to: nobody is told to pay the rest.
    let settled = format!("{records}[payment.d]\ndate = 2023-04-20\namount = 40_000\npayout = \"2023#2\"\n");
    let end = "2023-12-31, ended = 2023-04-30";
    let less = statement_with(("2022-01-01", end), &economy, &settled, "");
    assert_eq!(sums(&less)[5..], ["2023#2 40000", "2023#3 0", "2023#4 0"]);
    assert_eq!(less.differences.len(), 1, "only that of 2022: {:#?}", less.differences);
    // A day that is no earlier than the end says nothing.
    assert_eq!(sums(&ended("2023-12-31"))[6..], ["2023#3 120000", "2023#4 120000"]);
    // An end that lies ahead of 2023-06-30, the day that counts as today, is as sure.
    // One of July's 31 days, of three months: 120 000 ÷ 3 ÷ 31 = 1 290,32.
    assert_eq!(sums(&ended("2023-07-01"))[6..], ["2023#3 1290.32 p", "2023#4 0"]);
}

#[test]
fn a_sum_for_several_years_is_paid_evenly_where_nothing_changes_it() {
    let economy = "[funding.a]\npayer = \"k\"\namount = 731_000\n[payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n";
    // 2023-07-01–2025-06-30 has the months July 2023, January and July 2024 and January 2025: 731 000 ÷ 4.
    let statement = statement(("2023-07-01", "2025-06-30"), economy);
    assert_eq!(sums(&statement), ["a#1 182750", "a#2 182750", "a#3 182750", "a#4 182750"]);
    let when: Vec<String> = statement.payouts.iter().map(|payout| payout.when.to_string()).collect();
    assert_eq!(when, ["juli 2023", "januari 2024", "juli 2024", "januari 2025"]);
    // 6, 12 and 6 of 24 months: 731 000 × 6 ÷ 24 = 182 750.
    let years: Vec<String> = statement.components[0]
        .years
        .iter()
        .map(|year| year.payable.unwrap().decimal().normalize().to_string())
        .collect();
    assert_eq!(years, ["182750", "365500", "182750"]);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// A component: its first month (0–30 from the start of 2021), how many months, and its kronor.
    type Drawn = (u32, u32, i64);

    fn component(index: usize, (first, months, kronor): &Drawn) -> String {
        let day =
            |months: u32| chrono::NaiveDate::from_ymd_opt(2021, 1, 1).unwrap() + chrono::Months::new(months);
        let end = day(first + months).pred_opt().unwrap();
        format!(
            "[funding.c{index}]\npayer = \"k\"\namount = {kronor}\nperiod = {{ start = {}, end = {end} }}\n",
            day(*first)
        )
    }

    const PLANS: [&str; 5] = [
        "",
        "[payout_plan.p]\ntimes_per_year = 3\n",
        "[payout_plan.p]\ntimes_per_year = 4\ntiming = \"advance\"\n",
        "[payout_plan.p]\npart.a = { month = 3, share = \"33,33\" }\npart.b = { month = 9, rest = true }\n",
        "[payout_plan.p]\npart.a = { month = 2, amount = 1_000 }\npart.b = { month = 8, rest = true }\n",
    ];

    fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
        prop::collection::vec((0_u32..24, 1_u32..12, 0_i64..3_000_000), 1..5)
    }

    fn total(statement: &Statement<'_>) -> rust_decimal::Decimal {
        statement.payouts.iter().map(|payout| payout.to_pay.unwrap().decimal()).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn payouts_make_the_agreed_sum(components in drawn(), plan in 0_usize..PLANS.len()) {
            let economy: String = components.iter().enumerate().map(|(index, one)| component(index, one)).collect();
            let statement = statement(THREE_YEARS, &format!("{economy}{}", PLANS[plan]));
            let agreed: i64 = components.iter().map(|(_, _, kronor)| kronor).sum();
            prop_assert_eq!(total(&statement), rust_decimal::Decimal::from(agreed));
        }

        #[test]
        fn the_order_of_components_does_not_matter(components in drawn(), plan in 0_usize..PLANS.len()) {
            let mut texts: Vec<String> =
                components.iter().enumerate().map(|(index, one)| component(index, one)).collect();
            let indexation = "[indexation.i]\nflat = \"2,3\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
            let of = |texts: &[String]| {
                let mut sums = sums(&statement(THREE_YEARS, &format!("{}{}{indexation}", texts.concat(), PLANS[plan])));
                sums.sort();
                sums
            };
            let before = of(&texts);
            texts.reverse();
            prop_assert_eq!(before, of(&texts));
        }

        #[test]
        fn a_chain_of_nothing_leaves_the_stated_amounts(components in drawn(), plan in 0_usize..PLANS.len()) {
            let economy: String = components.iter().enumerate().map(|(index, one)| component(index, one)).collect();
            let with = |indexation: &str| statement(THREE_YEARS, &format!("{economy}{}{indexation}", PLANS[plan]));
            let zero = with(
                "[indexation.i]\nflat = \"0\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nround_to = \"ore\"\n",
            );
            let stated = with("");
            prop_assert_eq!(total(&zero), total(&stated));
            for (one, other) in zero.components.iter().zip(&stated.components) {
                let years = |component: &payouts::Component<'_>| -> Vec<_> {
                    component.years.iter().map(|year| (year.year, year.payable)).collect()
                };
                prop_assert_eq!(years(one), years(other));
            }
        }
    }
}
