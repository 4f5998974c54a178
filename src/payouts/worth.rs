//! What a part of a component's time is worth, before anything is rounded. A part begins and ends where the component does
//! or where a calendar month does.

use chrono::{Datelike, Months};

use super::agreed::{amount_of, of_one_stretch, period_of, rate_by_time, rate_total};
use super::month_units::{month_units, units_of_broken_months, whole_months};
use crate::agreement::{Funding, Rate};
use crate::date::Period;
use crate::money::Money;
use crate::term::MoneyTime;

/// The worth of `part` of a component. Nothing where its amount or time is not known.
pub(super) fn worth(funding: &Funding, time: MoneyTime, part: Period) -> Option<Money> {
    let period = period_of(funding, time)?;
    match rate_by_time(funding) {
        Some((rate, 1)) => of_months(rate, period, part),
        Some((rate, months)) => of_stretches(rate, months, period, part),
        None => of_sum(amount_of(funding, time)?, period, part),
    }
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

/// Each stretch of `months` months from the first day is worth the rate, also the last one that has only begun; a part of a
/// stretch counts by its months.
fn of_stretches(rate: &Rate, months: u32, period: Period, part: Period) -> Option<Money> {
    let one = of_one_stretch(rate)?;
    let begins = |number: u32| period.start.checked_add_months(Months::new(number.checked_mul(months)?));
    let years = u32::try_from(part.start.year().checked_sub(period.start.year())?).ok()?;
    let mut sum = Money::ZERO;
    // The first stretch that can reach into the part.
    for number in (years * 12 / months).saturating_sub(12 / months + 1).. {
        let (start, next) = (begins(number)?, begins(number.checked_add(1)?)?);
        if start > part.end {
            break;
        }
        let stretch = Period { start, end: next.pred_opt()?.min(period.end) };
        if let Some(shared) = stretch.overlap(&part) {
            sum = sum.checked_add(of_sum(one, stretch, shared)?)?;
        }
    }
    Some(sum)
}
