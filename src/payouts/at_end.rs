//! What an agreement costs a year when it ends.

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use super::agreed::{of_one_stretch, rate_by_time};
use super::amounts::YearAmount;
use super::component::Component;
use super::month_units::{month_units, units_of_month};
use super::statement::Statement;
use crate::date::Period;
use crate::money::Money;

/// What a component costs in the last year before an agreement ends.
#[derive(Debug, Clone)]
pub struct YearlyCost<'a> {
    /// The component.
    pub component: &'a Component<'a>,
    /// Its years that some of the cost is of; none of what is a sum for each stretch of time and has no days yet.
    pub years: Vec<&'a YearAmount<'a>>,
    /// What it comes to in twelve months; nothing where that is not known.
    pub amount: Option<Money>,
}

/// What is agreed for the last twelve months before an agreement ends, component by component in their order: up to its last
/// day, or to the last day that any component is for where that comes sooner. Of an agreement, or of money, that began within
/// them as much as twelve months of it would be; days without an agreement before it was extended are such as cost nothing. A rate without days is what it comes to in a year. What nobody is bound by counts only where nobody is bound by the agreement either.
#[must_use]
pub fn yearly_at_end<'a>(statement: &'a Statement<'a>) -> Vec<YearlyCost<'a>> {
    let is_bound = statement.life.standing.is_bound();
    let counts = |one: &&Component<'_>| !is_bound || one.commitment.is_bound();
    let components: Vec<&Component<'_>> = statement.components.iter().filter(counts).collect();
    let years = || components.iter().flat_map(|one| &one.years).map(|year| year.period);
    let last = statement.life.last_day().unwrap_or(NaiveDate::MAX);
    let end = years().filter(|period| period.start <= last).map(|period| period.end.min(last)).max();
    let window = end.and_then(|end| Some(Period { start: twelve_months_to(end)?, end }));
    let first = years().map(|period| period.start).min();
    let covered = window.map(|window| Period {
        start: first.map_or(window.start, |first| first.max(window.start)),
        ..window
    });
    let cost = |component: &'a Component<'a>| {
        if component.years.is_empty() {
            // What is for each month, half-year or year is known whenever it begins.
            let (rate, months) = rate_by_time(component.funding)?;
            let amount = Some(of_one_stretch(rate)?.checked_times(12_u32.checked_div(months)?)?);
            return Some(YearlyCost { component, years: Vec::new(), amount });
        }
        let (window, covered) = window.zip(covered)?;
        let years: Vec<&YearAmount<'_>> =
            component.years.iter().filter(|year| year.period.overlap(&window).is_some()).collect();
        (!years.is_empty()).then(|| {
            let amount = twelve_months(&years, window, covered);
            YearlyCost { component, years, amount }
        })
    };
    components.into_iter().filter_map(cost).collect()
}

/// The first day of the twelve months that end with a day.
fn twelve_months_to(end: NaiveDate) -> Option<NaiveDate> {
    end.succ_opt()?.checked_sub_months(Months::new(12))
}

/// What years come to within `window`, by the month; where money begins within it, as much as twelve months would be.
fn twelve_months(years: &[&YearAmount<'_>], window: Period, covered: Period) -> Option<Money> {
    let sum = years.iter().try_fold(Money::ZERO, |sum, year| {
        let within = year.period.overlap(&window)?;
        let part = year.payable?.checked_factor(year.pace.weight(within))?;
        sum.checked_add(part.checked_divided(year.pace.weight(year.period))?)
    })?;
    let whole = if covered == window {
        sum
    } else {
        let year = units_of_month() * Decimal::from(12);
        sum.checked_factor(year)?.checked_divided(month_units(covered))?
    };
    Some(whole.rounded())
}
