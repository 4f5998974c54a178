//! A component's part of each calendar year, as agreed.

use super::agreed::rate_by_time;
use super::agreed::{amount_of, period_of};
use super::worth::worth;
use crate::agreement::Funding;
use crate::date::Period;
use crate::money::Money;
use crate::term::MoneyTime;

/// A component's part of one calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearShare {
    /// The calendar year.
    pub year: i32,
    /// The agreed amount, before adjustment; for a ceiling the most that can be paid.
    pub amount: Money,
    /// Whether the agreement gives no amount for the year, so that the part is counted by months.
    pub is_divided: bool,
}

/// A component's part of each calendar year, in order: what it is worth, rounded to öre; the last year takes what the others
/// leave, so that the parts make the whole exactly. Nothing where its amount or time is not known.
#[must_use]
pub fn by_year(funding: &Funding, time: MoneyTime) -> Option<Vec<YearShare>> {
    let period = period_of(funding, time)?;
    let mut left = amount_of(funding, time)?;
    let is_divided = is_divided(funding, period);
    let mut shares = Vec::new();
    for year in period.years() {
        let amount = if year == *period.years().end() {
            left
        } else {
            // Rounded up, several years can come to an öre more than there is, where the last costs nothing.
            worth(funding, time, period.in_year(year)?)?.rounded_to_ore().min(left)
        };
        left = left.checked_sub(amount)?;
        shares.push(YearShare { year, amount, is_divided });
    }
    Some(shares)
}

/// Whether a component crosses a new year and the agreement does not say what each year costs, as it does by a rate of
/// which no stretch of time crosses it.
fn is_divided(funding: &Funding, period: Period) -> bool {
    let years = || period.years().filter_map(|year| period.in_year(year));
    let is_whole = |part: Period, months: u32| {
        let length = part.length();
        length.days == 0 && length.months.is_multiple_of(months)
    };
    match rate_by_time(funding) {
        _ if period.years().count() < 2 => false,
        Some((_, months)) => years().any(|part| part.end != period.end && !is_whole(part, months)),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::agreement::Term;

    fn funding(toml: &str) -> Funding {
        toml::from_str(&format!("payer = \"kommun\"\n{toml}")).unwrap()
    }

    fn term(start: &str, end: &str) -> MoneyTime {
        let term: Term = toml::from_str(&format!("start = \"{start}\"\nend = \"{end}\"")).unwrap();
        MoneyTime::stated(&term)
    }

    #[test]
    fn an_amount_for_one_year_stays_whole() {
        let funding = funding("amount = 900000\nperiod = { start = \"2021-02-01\", end = \"2021-12-31\" }");
        let shares = by_year(&funding, term("2021-02-01", "2023-12-31")).unwrap();
        assert_eq!(shares, [YearShare { year: 2021, amount: Money::kronor(900_000), is_divided: false }]);
    }

    #[test]
    fn a_sum_for_the_whole_term_is_shared_out_by_months() {
        // 2021-07-01–2023-06-30 has 6 + 12 + 6 = 24 months.
        let funding = funding("amount = 240000");
        let shares = by_year(&funding, term("2021-07-01", "2023-06-30")).unwrap();
        let amounts: Vec<Money> = shares.iter().map(|share| share.amount).collect();
        assert_eq!(amounts, [60_000, 120_000, 60_000].map(Money::kronor));
        assert!(shares.iter().all(|share| share.is_divided));
    }

    #[test]
    fn a_month_that_is_covered_in_part_counts_by_its_days() {
        // Half of June 2024, six whole months; five whole months, and 14 of June's 30 days: 6 + 1/2 and 5 + 14/30 of
        // 11 + 29/30 months. 359 000 ÷ (359/30) is 30 000 a month.
        let funding = funding("amount = 359000");
        let shares = by_year(&funding, term("2024-06-16", "2025-06-14")).unwrap();
        let amounts: Vec<Money> = shares.iter().map(|share| share.amount).collect();
        assert_eq!(amounts, [195_000, 164_000].map(Money::kronor));
    }

    #[test]
    fn places_count_for_each_month_begun() {
        // 12 500 × 6 places × 6 months (five whole, one begun) = 450 000.
        let funding = funding("rate = { amount = 12500, unit = \"plats\", count = 6, per = \"month\" }");
        assert_eq!(amount_of(&funding, term("2024-01-01", "2024-06-10")), Some(Money::kronor(450_000)));
    }

    #[test]
    fn a_rate_gives_each_year_its_own_months_where_none_crosses_a_new_year() {
        let years = |per: &str, start: &str, end: &str| {
            let funding =
                funding(&format!("rate = {{ amount = 1000, unit = \"plats\", count = 9, per = \"{per}\" }}"));
            let shares = by_year(&funding, term(start, end)).unwrap();
            let days = shares.iter().any(|share| share.is_divided);
            (shares.into_iter().map(|share| share.amount).collect::<Vec<_>>(), days)
        };
        let kronor = |amounts: &[i64]| amounts.iter().map(|one| Money::kronor(*one)).collect::<Vec<_>>();
        // 2024 is a leap year: days would give another sum than twelve months.
        assert_eq!(years("month", "2024-01-01", "2025-12-31"), (kronor(&[108_000, 108_000]), false));
        // Eleven months, and two of which the second has begun.
        assert_eq!(years("month", "2024-02-01", "2025-02-10"), (kronor(&[99_000, 18_000]), false));
        assert_eq!(years("half-year", "2024-07-01", "2025-12-31"), (kronor(&[9_000, 18_000]), false));
        assert_eq!(years("year", "2024-01-01", "2025-06-30"), (kronor(&[9_000, 9_000]), false));
        // The 15th of December to the 14th of January, a half-year from October, and a year from July.
        for (per, start) in [("month", "2024-12-15"), ("half-year", "2024-10-01"), ("year", "2024-07-01")] {
            assert!(years(per, start, "2025-12-31").1, "{per}");
        }
    }

    #[test]
    fn an_open_amount_has_no_total() {
        assert_eq!(amount_of(&funding("amount = \"not-stated\""), term("2024-01-01", "2024-12-31")), None);
    }

    proptest! {
        #[test]
        fn the_years_of_a_rate_make_the_whole(
            start in 0_u64..20_000,
            days in 0_u64..1_500,
            per in prop_oneof![Just("month"), Just("half-year"), Just("year"), Just("period")],
        ) {
            let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(start);
            let term = term(&first.to_string(), &(first + chrono::Days::new(days)).to_string());
            let funding = funding(&format!("rate = {{ amount = 1001, unit = \"plats\", count = 7, per = \"{per}\" }}"));
            let shares = by_year(&funding, term).unwrap();
            let sum = shares.iter().try_fold(Money::ZERO, |sum, share| sum.checked_add(share.amount));
            prop_assert_eq!(sum, amount_of(&funding, term));
            prop_assert!(shares.iter().all(|share| share.amount >= Money::ZERO));
            // What the parts are worth before rounding is the whole too, but for the last decimals of thirds.
            let exact = term.period().unwrap().years().map(|year| {
                worth(&funding, term, term.period().unwrap().in_year(year).unwrap()).unwrap().decimal()
            });
            let exact: rust_decimal::Decimal = exact.sum();
            let whole = amount_of(&funding, term).unwrap().decimal();
            prop_assert!((exact - whole).abs() < rust_decimal::Decimal::new(1, 15));
        }

        #[test]
        fn the_years_of_a_number_that_changes_make_the_whole(
            start in 0_u64..20_000,
            days in 0_u64..1_500,
            per in prop_oneof![Just("month"), Just("half-year"), Just("year"), Just("period")],
            steps in prop::collection::vec((0_u64..1_600, 0_u32..40), 1..4),
        ) {
            let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(start);
            let term = term(&first.to_string(), &(first + chrono::Days::new(days)).to_string());
            let of = |steps: &[(u64, u32)], count: u32| {
                let step = steps.iter().enumerate().map(|(number, (after, count))| {
                    format!("step.s{number} = {{ from = \"{}\", count = {count} }}\n", first + chrono::Days::new(*after))
                });
                funding(&format!(
                    "[rate]\namount = 1001\nunit = \"plats\"\ncount = {count}\nper = \"{per}\"\n{}",
                    step.collect::<String>()
                ))
            };
            let changing = of(&steps, 7);
            let shares = by_year(&changing, term).unwrap();
            let sum = shares.iter().try_fold(Money::ZERO, |sum, share| sum.checked_add(share.amount));
            prop_assert_eq!(sum, amount_of(&changing, term));
            prop_assert!(shares.iter().all(|share| share.amount >= Money::ZERO));
            // Never less than with the least number all the time, nor more than with the greatest, but for the öre.
            let numbers = || steps.iter().map(|(_, count)| *count).chain([7]);
            let whole = |count: Option<u32>| amount_of(&of(&[], count.unwrap()), term).unwrap().decimal();
            let ore = rust_decimal::Decimal::new(1, 2);
            let sum = sum.unwrap().decimal();
            prop_assert!(whole(numbers().min()) - ore <= sum && sum <= whole(numbers().max()) + ore);
            // A change to the same number is none.
            let same = of(&[(steps[0].0, 7)], 7);
            prop_assert_eq!(amount_of(&same, term), amount_of(&of(&[], 7), term));
        }

        #[test]
        fn the_years_make_the_whole(kronor in 0_i64..10_000_000, start in 0_u64..20_000, days in 0_u64..1_500) {
            let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(start);
            let term = term(&first.to_string(), &(first + chrono::Days::new(days)).to_string());
            let shares = by_year(&funding(&format!("amount = {kronor}")), term).unwrap();
            let sum = shares.iter().try_fold(Money::ZERO, |sum, share| sum.checked_add(share.amount));
            prop_assert_eq!(sum, Some(Money::kronor(kronor)));
        }
    }
}
