//! What has been agreed, before any adjustment: whole components, and their part of each calendar year.

use crate::agreement::{Agreement, Funding, Rate, RateUnit, Term};
use crate::date::Period;
use crate::money::Money;
use crate::vocabulary::Known;

/// A component's part of one calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearShare {
    /// The calendar year.
    pub year: i32,
    /// The agreed amount, before adjustment; for a ceiling the most that can be paid.
    pub amount: Money,
    /// Whether the agreement gives no amount for the year, so that the part is counted by days.
    pub by_days: bool,
}

/// The days that a component covers: its own period, or the term.
#[must_use]
pub fn period_of(funding: &Funding, term: &Term) -> Option<Period> {
    match funding.period {
        Some(period) => (!period.is_reversed()).then_some(period),
        None => term.period(),
    }
}

/// What a component comes to in its whole period. Nothing where the agreement leaves it open.
#[must_use]
pub fn amount_of(funding: &Funding, term: &Term) -> Option<Money> {
    match (funding.amount.known(), &funding.rate) {
        (Some(amount), _) => Some(*amount),
        (None, Some(rate)) => rate_total(rate, period_of(funding, term)?),
        (None, None) => None,
    }
}

/// A rate counts for each stretch of time that has begun.
fn rate_total(rate: &Rate, period: Period) -> Option<Money> {
    let stretches = match rate.per.months() {
        None => 1,
        Some(months) => {
            let length = period.length();
            let begun = length.months + u32::from(length.days > 0);
            begun.div_ceil(months)
        }
    };
    debug_assert!(rate.per != RateUnit::Period || stretches == 1);
    rate.amount.checked_times(rate.count.known()?.get())?.checked_times(stretches)
}

/// What a rate comes to in each calendar year, where no stretch of time crosses a new year: then the agreement itself
/// says what each of them costs.
fn rate_by_year(rate: &Rate, period: Period) -> Option<Vec<YearShare>> {
    let months = rate.per.months()?;
    let is_whole = |part: Period| {
        let length = part.length();
        length.days == 0 && length.months.is_multiple_of(months)
    };
    let share = |year: i32| {
        let part = period.in_year(year)?;
        let amount = (part.end == period.end || is_whole(part)).then(|| rate_total(rate, part)).flatten()?;
        Some(YearShare { year, amount, by_days: false })
    };
    period.years().map(share).collect()
}

/// A component's part of each calendar year, in order. Parts by days are rounded to öre, and the last year takes
/// what the others leave, so that the parts make the whole exactly.
#[must_use]
pub fn by_year(funding: &Funding, term: &Term) -> Option<Vec<YearShare>> {
    let period = period_of(funding, term)?;
    let whole = amount_of(funding, term)?;
    let rate = funding.rate.as_ref().filter(|_| funding.amount.known().is_none());
    if let Some(shares) = rate.and_then(|rate| rate_by_year(rate, period)) {
        return Some(shares);
    }
    let by_days = period.years().count() > 1;
    let mut left = whole;
    let mut shares = Vec::new();
    for year in period.years() {
        let amount = if year == *period.years().end() {
            left
        } else {
            whole.checked_part(period.in_year(year)?.days(), period.days())?.rounded_to_ore()
        };
        left = left.checked_sub(amount)?;
        shares.push(YearShare { year, amount, by_days });
    }
    Some(shares)
}

/// The sum of all components. Nothing where one of them is left open.
#[must_use]
pub fn agreed_total(agreement: &Agreement) -> Option<Money> {
    total_of(agreement.funding.values(), &agreement.term)
}

/// The sum of some components. Nothing where there are none, or where one of them is left open.
#[must_use]
pub fn total_of<'a>(components: impl Iterator<Item = &'a Funding>, term: &Term) -> Option<Money> {
    let mut components = components.peekable();
    components.peek()?;
    components.try_fold(Money::ZERO, |sum, funding| sum.checked_add(amount_of(funding, term)?))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn funding(toml: &str) -> Funding {
        toml::from_str(&format!("payer = \"kommun\"\n{toml}")).unwrap()
    }

    fn term(start: &str, end: &str) -> Term {
        toml::from_str(&format!("start = \"{start}\"\nend = \"{end}\"")).unwrap()
    }

    #[test]
    fn an_amount_for_one_year_stays_whole() {
        let funding = funding("amount = 900000\nperiod = { start = \"2021-02-01\", end = \"2021-12-31\" }");
        let shares = by_year(&funding, &term("2021-02-01", "2023-12-31")).unwrap();
        assert_eq!(shares, [YearShare { year: 2021, amount: Money::kronor(900_000), by_days: false }]);
    }

    #[test]
    fn a_sum_for_the_whole_term_is_shared_out_by_days() {
        // 2021-07-01–2023-06-30 has 184 + 365 + 181 = 730 days.
        let funding = funding("amount = 730000");
        let shares = by_year(&funding, &term("2021-07-01", "2023-06-30")).unwrap();
        let amounts: Vec<Money> = shares.iter().map(|share| share.amount).collect();
        assert_eq!(amounts, [184_000, 365_000, 181_000].map(Money::kronor));
        assert!(shares.iter().all(|share| share.by_days));
    }

    #[test]
    fn places_count_for_each_month_begun() {
        // 12 500 × 6 places × 6 months (five whole, one begun) = 450 000.
        let funding = funding("rate = { amount = 12500, unit = \"plats\", count = 6, per = \"month\" }");
        assert_eq!(amount_of(&funding, &term("2024-01-01", "2024-06-10")), Some(Money::kronor(450_000)));
    }

    #[test]
    fn a_rate_gives_each_year_its_own_months_where_none_crosses_a_new_year() {
        let years = |per: &str, start: &str, end: &str| {
            let funding =
                funding(&format!("rate = {{ amount = 1000, unit = \"plats\", count = 9, per = \"{per}\" }}"));
            let shares = by_year(&funding, &term(start, end)).unwrap();
            let days = shares.iter().any(|share| share.by_days);
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
        assert_eq!(amount_of(&funding("amount = \"not-stated\""), &term("2024-01-01", "2024-12-31")), None);
    }

    proptest! {
        #[test]
        fn the_years_make_the_whole(kronor in 0_i64..10_000_000, start in 0_u64..20_000, days in 0_u64..1_500) {
            let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(start);
            let term = term(&first.to_string(), &(first + chrono::Days::new(days)).to_string());
            let shares = by_year(&funding(&format!("amount = {kronor}")), &term).unwrap();
            let sum = shares.iter().try_fold(Money::ZERO, |sum, share| sum.checked_add(share.amount));
            prop_assert_eq!(sum, Some(Money::kronor(kronor)));
        }
    }
}
