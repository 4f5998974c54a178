//! When the parts of a sum are paid out, and what days each of them covers.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;

use super::amounts::YearAmount;
use super::split::Size;
use crate::agreement::{Agreement, PayoutPart, PayoutPlan, PayoutTiming};
use crate::date::{Period, month_name};
use crate::key_path::KeyPath;
use crate::money::Percent;
use crate::path;
use crate::vocabulary::Known;

/// When a payout is made, as far as the agreement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On a day.
    Day(NaiveDate),
    /// Some day of a month: year and month (1–12).
    Month(i32, u32),
    /// Some time for the cost of a year: the agreement states no month.
    NotStated(i32),
}

impl When {
    /// The year in which it is made, or whose cost it is where no month is stated.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::NotStated(year) => year,
        }
    }

    /// The last day that it can mean. One without a month can be made until the year is over.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => last_of_month(year, month),
            Self::NotStated(year) => NaiveDate::from_ymd_opt(year, 12, 31),
        }
    }
}

impl When {
    /// What sorts payouts by time; of those that end on the same day, one without a month comes last.
    pub(super) fn order(self) -> (Option<NaiveDate>, bool) {
        (self.last_day(), matches!(self, Self::NotStated(_)))
    }
}

/// "2024-01-31", "januari 2024", "ej angivet".
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(year, month) => write!(f, "{} {year}", month_name(*month).unwrap_or_default()),
            Self::NotStated(_) => f.write_str("ej angivet"),
        }
    }
}

/// The plan that sets a payout's time, and its part where it has parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The plan's key; nothing where no plan pays the component.
    pub plan: Option<&'a str>,
    /// The part's key.
    pub part: Option<&'a str>,
}

impl Origin<'_> {
    /// Its key path in the agreement.
    #[must_use]
    pub fn path(self) -> Option<KeyPath> {
        let path = path!["payout_plan", self.plan?];
        Some(match self.part {
            Some(part) => path.join("part").join(part),
            None => path,
        })
    }
}

/// One time of payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occasion<'a> {
    pub(super) when: When,
    /// The days that it pays for.
    pub(super) covers: Period,
    /// The last day to pay, where the agreement says enough to tell.
    pub(super) due: Option<NaiveDate>,
    pub(super) size: Size,
    pub(super) condition: Option<&'a str>,
    /// What of the agreement says so.
    pub(super) origin: Origin<'a>,
}

/// The plan that pays out a component: the one that names it, else one that names none.
#[must_use]
pub fn plan_of<'a>(agreement: &'a Agreement, funding: &str) -> Option<(&'a str, &'a PayoutPlan)> {
    let plans = || agreement.payout_plan.iter().map(|(key, plan)| (key.as_str(), plan));
    plans()
        .find(|(_, plan)| plan.funding.iter().any(|named| named == funding))
        .or_else(|| plans().find(|(_, plan)| plan.funding.is_empty()))
}

/// Whether the plan divides a component as a whole and not each of its years: its parts count months from the start of
/// the term; or the component is a sum for several years that no indexation changes from one to the next, and the plan
/// says when in the years it is paid.
pub(super) fn pays_as_whole(plan: &PayoutPlan, years: &[YearAmount<'_>]) -> bool {
    if !plan.part.is_empty() {
        return plan.part.values().any(|part| part.month_of_term.is_some());
    }
    let has_months = plan.months.known().is_some_and(|months| !months.is_empty());
    let times = plan.times_per_year.known().map_or(12, |times| times.get());
    let has_slices = match plan.timing.known() {
        Some(PayoutTiming::MonthEnd) => 12_u32.is_multiple_of(times),
        Some(_) => plan.times_per_year.known().is_some() && 12_u32.is_multiple_of(times),
        None => false,
    };
    years.len() > 1 && (has_months || has_slices) && years.iter().all(|year| !year.is_indexed)
}

/// The times at which the sum for `covered` is paid: the days of a calendar year, or of a component as a whole.
pub(super) fn occasions<'a>(
    plan: Option<(&'a str, &'a PayoutPlan)>,
    covered: Period,
    term_start: Option<NaiveDate>,
) -> Vec<Occasion<'a>> {
    let Some((key, plan)) = plan else { return vec![once(covered, Origin::default())] };
    let origin = Origin { plan: Some(key), part: None };
    if !plan.part.is_empty() {
        return plan
            .part
            .iter()
            .map(|(name, part)| {
                of_part(part, plan, covered, term_start, Origin { part: Some(name), ..origin })
            })
            .collect();
    }
    let timing = plan.timing.known().copied();
    let months: Vec<u32> = plan.months.known().into_iter().flatten().map(|month| month.get()).collect();
    if !months.is_empty() {
        return in_months(&months, timing, plan, covered, origin);
    }
    let times = plan.times_per_year.known().map(|times| times.get());
    match (timing, times) {
        (Some(timing), Some(times)) if 12_u32.is_multiple_of(times) => {
            slices(&ends_of_slices(12 / times), timing, plan, covered, origin)
        }
        (Some(PayoutTiming::MonthEnd), None) => {
            slices(&ends_of_slices(1), PayoutTiming::MonthEnd, plan, covered, origin)
        }
        (_, Some(times)) => (0..times).map(|_| once(covered, origin)).collect(),
        (_, None) => vec![once(covered, origin)],
    }
}

/// A payment of which no month is stated.
fn once(covered: Period, origin: Origin<'_>) -> Occasion<'_> {
    Occasion {
        when: When::NotStated(covered.start.year()),
        covers: covered,
        due: None,
        size: Size::Weight(whole_weight()),
        condition: None,
        origin,
    }
}

fn of_part<'a>(
    part: &'a PayoutPart,
    plan: &PayoutPlan,
    covered: Period,
    term_start: Option<NaiveDate>,
    origin: Origin<'a>,
) -> Occasion<'a> {
    let size = match (part.share, part.amount) {
        _ if part.rest => Size::Rest,
        (Some(share), _) => Size::Share(Percent::decimal(share)),
        (None, Some(amount)) => Size::Fixed(amount),
        (None, None) => Size::Weight(whole_weight()),
    };
    let of_term = part.month_of_term.and_then(|number| {
        let first = term_start?.with_day(1)?.checked_add_months(Months::new(number.checked_sub(1)?))?;
        Some(When::Month(first.year(), first.month()))
    });
    let of_year = part.month.known().map(|month| in_or_after(covered, month.get()));
    let when = of_term.or(of_year).unwrap_or(When::NotStated(covered.start.year()));
    let when = at_month_end(when, plan);
    Occasion {
        when,
        covers: covered,
        due: due(when, plan),
        size,
        condition: part.condition.as_deref(),
        origin,
    }
}

/// The first month `month` from the beginning of `covered`. A month that has passed in its first year, where there is no
/// later year, is the month in which it begins.
fn in_or_after(covered: Period, month: u32) -> When {
    let (year, first) = (covered.start.year(), covered.start.month());
    if month >= first {
        When::Month(year, month)
    } else if covered.end.year() > year {
        When::Month(year + 1, month)
    } else {
        When::Month(year, first)
    }
}

/// Equal parts in the months that the plan names. With a timing each pays for the months up to the next one (in
/// advance) or since the one before (afterwards); a part of which no month is covered falls away, and one that is
/// covered in part is so much smaller.
fn in_months<'a>(
    months: &[u32],
    timing: Option<PayoutTiming>,
    plan: &PayoutPlan,
    covered: Period,
    origin: Origin<'a>,
) -> Vec<Occasion<'a>> {
    let mut months = months.to_vec();
    months.sort_unstable();
    months.dedup();
    let Some(timing) = timing else {
        let within = |month: &NaiveDate| {
            let end = last_of_month(month.year(), month.month());
            *month <= covered.end && end.is_some_and(|end| end >= covered.start)
        };
        let all = covered.years().flat_map(|year| months.iter().map(move |month| (year, *month)));
        let named: Vec<(i32, u32)> = all
            .filter(|(year, month)| NaiveDate::from_ymd_opt(*year, *month, 1).as_ref().is_some_and(within))
            .collect();
        if covered.years().count() > 1 && !named.is_empty() {
            return named
                .into_iter()
                .map(|(year, month)| {
                    let when = at_month_end(When::Month(year, month), plan);
                    Occasion { when, due: due(when, plan), ..once(covered, origin) }
                })
                .collect();
        }
        return months
            .iter()
            .map(|month| {
                let when = in_or_after(covered, *month);
                Occasion { when, due: due(when, plan), ..once(covered, origin) }
            })
            .collect();
    };
    let ends: Vec<(u32, u32)> = match timing {
        PayoutTiming::Advance => {
            let last = months.iter().skip(1).map(|next| next - 1).chain([12]);
            let first = [1].into_iter().chain(months.iter().skip(1).copied());
            first.zip(last).collect()
        }
        PayoutTiming::Arrears | PayoutTiming::MonthEnd => {
            let first = [1].into_iter().chain(months.iter().map(|before| before + 1));
            let count = months.len();
            let last =
                months.iter().enumerate().map(|(index, month)| if index + 1 == count { 12 } else { *month });
            first.zip(last).collect()
        }
    };
    let mut found = slices(&ends, timing, plan, covered, origin);
    // A slice's own months decide what it covers; the named month when it is paid.
    for occasion in &mut found {
        let position =
            ends.iter().position(|(first, last)| (*first..=*last).contains(&occasion.covers.start.month()));
        let Some(month) = position.and_then(|position| months.get(position)) else { continue };
        // Each year by itself: a month before the first day is the month of that day, not one a year later.
        let year = covered.in_year(occasion.covers.start.year()).unwrap_or(covered);
        occasion.when = at_month_end(in_or_after(year, *month), plan);
        occasion.due = due(occasion.when, plan);
    }
    found
}

/// A number that every length of a stretch, from one month to twelve, divides.
const LENGTHS: u32 = 27_720;

/// The weight of a payment that is not smaller than another.
pub(super) fn whole_weight() -> Decimal {
    Decimal::from(UNITS_OF_MONTH) * Decimal::from(LENGTHS)
}

/// Whether a payment is as large as any other of its sum, and not smaller because it covers less.
#[must_use]
pub fn is_whole(weight: Decimal) -> bool {
    weight == whole_weight()
}

/// First and last month of each stretch of `length` months in a year.
fn ends_of_slices(length: u32) -> Vec<(u32, u32)> {
    (0..12 / length.max(1)).map(|index| (index * length + 1, (index + 1) * length)).collect()
}

/// One payment for each stretch of months that is covered. Where only some of its days are, it is that part of a whole
/// one, counted in months and parts of months.
fn slices<'a>(
    ends: &[(u32, u32)],
    timing: PayoutTiming,
    plan: &PayoutPlan,
    covered: Period,
    origin: Origin<'a>,
) -> Vec<Occasion<'a>> {
    covered
        .years()
        .flat_map(|year| ends.iter().map(move |ends| (year, *ends)))
        .filter_map(|(year, (first, last))| {
            let slice =
                Period { start: NaiveDate::from_ymd_opt(year, first, 1)?, end: last_of_month(year, last)? };
            let covers = slice.overlap(&covered)?;
            // In whole numbers, so that nothing is rounded before the sum is divided: all lengths divide LENGTHS.
            let part = month_units(covers).checked_mul(Decimal::from(LENGTHS / (last - first + 1)))?;
            let day = if timing == PayoutTiming::Advance { covers.start } else { covers.end };
            let when = at_month_end(When::Month(day.year(), day.month()), plan);
            Some(Occasion {
                when,
                covers,
                due: due(when, plan),
                size: Size::Weight(part),
                condition: None,
                origin,
            })
        })
        .collect()
}

/// So many units make a month: a number that 28, 29, 30 and 31 days divide, so that parts of months are whole.
const UNITS_OF_MONTH: u32 = 28 * 29 * 15 * 31;

/// How many months a period has, in a unit so small that parts of months are whole numbers; a month that is covered in
/// part counts by its days. Only its relation to another period's has a meaning.
#[must_use]
pub fn month_units(period: Period) -> Decimal {
    let mut units = Decimal::ZERO;
    let mut first = period.start.with_day(1);
    while let Some(start) = first.filter(|start| *start <= period.end) {
        let Some(end) = last_of_month(start.year(), start.month()) else { break };
        let month = Period { start, end };
        if let Some(shared) = month.overlap(&period) {
            units += Decimal::from(shared.days() * (UNITS_OF_MONTH / month.days()));
        }
        first = end.succ_opt();
    }
    units
}

fn at_month_end(when: When, plan: &PayoutPlan) -> When {
    match when {
        When::Month(year, month) if plan.timing.known() == Some(&PayoutTiming::MonthEnd) => {
            last_of_month(year, month).map_or(when, When::Day)
        }
        _ => when,
    }
}

/// The last day to pay: the last of the month, and where the money comes afterwards so many days later.
fn due(when: When, plan: &PayoutPlan) -> Option<NaiveDate> {
    if matches!(when, When::NotStated(_)) {
        return None;
    }
    let comes_after = matches!(plan.timing.known(), Some(PayoutTiming::MonthEnd | PayoutTiming::Arrears));
    let days = plan.days_to_pay.known().filter(|_| comes_after).map_or(0, |days| days.get());
    when.last_day()?.checked_add_days(Days::new(days.into()))
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> Period {
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn shown(plan: &str, covered: Period) -> Vec<String> {
        let plan: PayoutPlan = toml::from_str(plan).unwrap();
        occasions(Some(("p", &plan)), covered, Some(covered.start))
            .iter()
            .map(|one| {
                let due = one.due.map_or_else(|| "-".to_owned(), |due| due.to_string());
                let weight = match one.size {
                    Size::Weight(weight) => (weight / whole_weight()).round_dp(4).normalize().to_string(),
                    Size::Share(share) => format!("{} %", share.normalize()),
                    Size::Fixed(amount) => amount.decimal().to_string(),
                    Size::Rest => "rest".to_owned(),
                };
                format!("{} | {} | {due} | {weight}", one.when, one.covers)
            })
            .collect()
    }

    const YEAR: (&str, &str) = ("2024-01-01", "2024-12-31");

    #[test]
    fn twice_a_year_without_months() {
        let line = "ej angivet | 2021-02-01–2021-12-31 | - | 1";
        assert_eq!(shown("times_per_year = 2", period("2021-02-01", "2021-12-31")), [line, line]);
    }

    #[test]
    fn a_quarter_in_advance_that_is_covered_in_part_is_so_much_smaller() {
        let rows = shown("times_per_year = 4\ntiming = \"advance\"", period("2024-03-01", "2024-08-15"));
        assert_eq!(
            rows,
            [
                "mars 2024 | 2024-03-01–2024-03-31 | 2024-03-31 | 0.3333",
                "april 2024 | 2024-04-01–2024-06-30 | 2024-04-30 | 1",
                // July whole and 15 of August's 31 days: (1 + 15/31) ÷ 3.
                "juli 2024 | 2024-07-01–2024-08-15 | 2024-07-31 | 0.4946",
            ]
        );
    }

    #[test]
    fn month_end_with_thirty_days_to_pay() {
        let rows = shown("timing = \"month-end\"\ndays_to_pay = 30", period("2024-01-01", "2024-02-29"));
        assert_eq!(
            rows,
            [
                "2024-01-31 | 2024-01-01–2024-01-31 | 2024-03-01 | 1",
                "2024-02-29 | 2024-02-01–2024-02-29 | 2024-03-30 | 1",
            ]
        );
    }

    #[test]
    fn stated_months_with_and_without_timing() {
        let whole = period(YEAR.0, YEAR.1);
        assert_eq!(
            shown("months = [7, 1]\ndays_to_pay = 30", whole),
            [
                "januari 2024 | 2024-01-01–2024-12-31 | 2024-01-31 | 1",
                "juli 2024 | 2024-01-01–2024-12-31 | 2024-07-31 | 1",
            ]
        );
        assert_eq!(
            shown("months = [1, 7]\ntiming = \"advance\"", whole),
            [
                "januari 2024 | 2024-01-01–2024-06-30 | 2024-01-31 | 1",
                "juli 2024 | 2024-07-01–2024-12-31 | 2024-07-31 | 1",
            ]
        );
        assert_eq!(
            shown("months = [6, 11]\ntiming = \"arrears\"\ndays_to_pay = 20", whole),
            [
                "juni 2024 | 2024-01-01–2024-06-30 | 2024-07-20 | 1",
                "november 2024 | 2024-07-01–2024-12-31 | 2024-12-20 | 1",
            ]
        );
        let two_years = period("2023-11-01", "2024-12-31");
        assert_eq!(
            shown("months = [1, 8]\ntiming = \"month-end\"", two_years),
            [
                "2023-11-30 | 2023-11-01–2023-12-31 | 2023-11-30 | 0.1818",
                "2024-01-31 | 2024-01-01–2024-01-31 | 2024-01-31 | 1",
                "2024-08-31 | 2024-02-01–2024-12-31 | 2024-08-31 | 1",
            ]
        );
        // A month before the first day is the first month.
        assert_eq!(
            shown("months = [1, 7]", period("2024-03-15", "2024-12-31"))[0],
            "mars 2024 | 2024-03-15–2024-12-31 | 2024-03-31 | 1"
        );
    }

    #[test]
    fn half_in_the_first_month_and_the_rest_in_december() {
        let rows = shown(
            "part.a = { month_of_term = 1, share = \"50\" }\npart.b = { month = 12, rest = true }",
            period("2024-03-01", "2025-02-28"),
        );
        assert_eq!(
            rows,
            [
                "mars 2024 | 2024-03-01–2025-02-28 | 2024-03-31 | 50 %",
                "december 2024 | 2024-03-01–2025-02-28 | 2024-12-31 | rest",
            ]
        );
    }

    #[test]
    fn months_are_counted_with_their_parts() {
        let months = |start, end| month_units(period(start, end)) / Decimal::from(UNITS_OF_MONTH);
        assert_eq!(months("2024-02-01", "2024-12-31"), Decimal::from(11));
        assert_eq!(months("2024-02-15", "2024-02-29").round_dp(4).to_string(), "0.5172");
    }
}
