//! What a part of a component's time is worth, before anything is rounded.

use super::agreed::{amount_of, by_rate, goes_on, of_one_stretch, period_of, rate_total};
use super::month_units::{
    days_of_whole_months, month_units, units_of_broken_months, units_of_month, whole_months,
};
use super::rate_stretches::of_stretches;
use crate::agreement::{Funding, Rate};
use crate::date::Period;
use crate::money::Money;
use crate::term::MoneyTime;

/// The worth of `part` of a component. Nothing where its amount or time is not known.
pub(super) fn worth(funding: &Funding, time: MoneyTime, part: Period) -> Option<Money> {
    let period = period_of(funding, time)?;
    match by_rate(funding) {
        Some(rate) if rate.per.months() == Some(1) && rate.step.is_empty() => of_months(rate, period, part),
        Some(rate) => of_stretches(rate, period, part),
        None => of_sum(amount_of(funding, time)?, period, part),
    }
}

/// The sum of what components come to within some days, by the month where one is for other days too; all of a component where
/// no days are told for it. Nothing where none is for them, or where one of them is left open.
#[must_use]
pub fn total_within<'a>(
    components: impl Iterator<Item = (&'a Funding, Option<Period>)>,
    time: MoneyTime,
) -> Option<Money> {
    let within = components.filter_map(|(funding, days)| {
        let (Some(days), Some(own)) = (days, period_of(funding, time)) else {
            return Some(amount_of(funding, time));
        };
        let shared = days.overlap(&own)?;
        // Of what goes on, a stretch that has begun counts whole.
        let is_whole = shared == own || goes_on(funding, time) && shared.start == own.start;
        let part = || match by_rate(funding) {
            // Broken months have no worth of their own, but in relation to all of the component's.
            Some(rate) if rate.per.months() == Some(1) && rate.step.is_empty() => {
                of_one_stretch(rate)?.checked_factor(month_units(shared))?.checked_divided(units_of_month())
            }
            _ => worth(funding, time, shared),
        };
        Some(if is_whole { amount_of(funding, time) } else { part().map(Money::rounded_to_ore) })
    });
    let mut within = within.peekable();
    within.peek()?;
    within.try_fold(Money::ZERO, |sum, amount| sum.checked_add(amount?))
}

/// A sum is shared by months: whole months are alike, and one that is covered in part counts by its days.
fn of_sum(whole: Money, period: Period, part: Period) -> Option<Money> {
    whole.checked_factor(month_units(part))?.checked_divided(month_units(period))
}

/// Each calendar month that the component covers whole is worth the rate. What the months begun come to beyond that is shared by the
/// months that it covers in part, by their days.
fn of_months(rate: &Rate, period: Period, part: Period) -> Option<Money> {
    let one = of_one_stretch(rate)?;
    let whole = days_of_whole_months(period).and_then(|days| days.overlap(&part)).map(month_units);
    let whole = whole.unwrap_or_default();
    let of_whole = one.checked_factor(whole)?.checked_divided(units_of_month())?;
    let broken = units_of_broken_months(period);
    if broken.is_zero() {
        return Some(of_whole);
    }
    let left = rate_total(rate, period)?.checked_sub(one.checked_times(whole_months(period))?)?;
    let own = month_units(part).checked_sub(whole)?;
    of_whole.checked_add(left.checked_factor(own)?.checked_divided(broken)?)
}
