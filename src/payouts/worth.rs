//! What a part of a component's time is worth, before anything is rounded. A part begins and ends where the component does
//! or where a calendar month does.

use super::agreed::{amount_of, of_one_stretch, period_of, rate_total};
use super::month_units::{month_units, units_of_broken_months, whole_months};
use super::rate_stretches::of_stretches;
use crate::agreement::{Funding, Rate, Term};
use crate::date::Period;
use crate::money::Money;
use crate::vocabulary::Known;

/// The worth of `part` of a component. Nothing where its amount or time is not known.
pub(super) fn worth(funding: &Funding, term: &Term, part: Period) -> Option<Money> {
    let period = period_of(funding, term)?;
    match by_rate(funding) {
        Some(rate) if rate.per.months() == Some(1) && rate.step.is_empty() => of_months(rate, period, part),
        Some(rate) => of_stretches(rate, period, part),
        None => of_sum(amount_of(funding, term)?, period, part),
    }
}

/// The rate by which parts of a component's time are counted: one for stretches of time, or one whose number changes.
pub(super) fn by_rate(funding: &Funding) -> Option<&Rate> {
    let rate = funding.rate.as_ref().filter(|_| funding.amount.known().is_none())?;
    (rate.per.months().is_some() || !rate.step.is_empty()).then_some(rate)
}

/// The rate by which a component is counted, with the months of one stretch of its time; nothing where an amount is stated
/// or the rate counts once for the whole period.
pub(super) fn rate_by_time(funding: &Funding) -> Option<(&Rate, u32)> {
    by_rate(funding).and_then(|rate| Some((rate, rate.per.months()?)))
}

/// A sum is shared by months: whole months are alike, and one that is covered in part counts by its days.
fn of_sum(whole: Money, period: Period, part: Period) -> Option<Money> {
    whole.checked_factor(month_units(part))?.checked_divided(month_units(period))
}

/// Each whole calendar month is worth the rate. What the months begun come to beyond that is shared by the months that are
/// covered in part, by their days.
fn of_months(rate: &Rate, period: Period, part: Period) -> Option<Money> {
    let one = of_one_stretch(rate)?;
    let whole = one.checked_times(whole_months(part))?;
    let broken = units_of_broken_months(period);
    if broken.is_zero() {
        return Some(whole);
    }
    let left = rate_total(rate, period)?.checked_sub(one.checked_times(whole_months(period))?)?;
    let share = left.checked_factor(units_of_broken_months(part))?.checked_divided(broken)?;
    whole.checked_add(share)
}
