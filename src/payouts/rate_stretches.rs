//! What a rate comes to stretch by stretch, where a stretch of its time is longer than a month or the number of what is
//! counted changes.

use chrono::{Datelike, Months, NaiveDate};

use super::month_units::month_units;
use crate::agreement::Rate;
use crate::date::Period;
use crate::money::Money;

/// What `part` of a rate's `period` is worth. Each stretch of the rate's time from the first day is worth the rate times the
/// number that is counted, also the last one that has only begun; a part of a stretch, and its days with another number,
/// count by their months. A rate for the whole period has one stretch.
pub(super) fn of_stretches(rate: &Rate, period: Period, part: Period) -> Option<Money> {
    let runs = runs(rate, period)?;
    let of = |stretch: Period| {
        let mut sum = Money::ZERO;
        for (run, number) in &runs {
            let Some(days) = stretch.overlap(&part).and_then(|days| days.overlap(run)) else { continue };
            let worth = rate.amount.checked_times(*number)?.checked_factor(month_units(days))?;
            sum = sum.checked_add(worth.checked_divided(month_units(stretch))?)?;
        }
        Some(sum)
    };
    let Some(months) = rate.per.months() else { return of(period) };
    let begins = |number: u32| period.start.checked_add_months(Months::new(number.checked_mul(months)?));
    let years = u32::try_from(part.start.year().checked_sub(period.start.year())?).ok()?;
    let mut sum = Money::ZERO;
    // The first stretch that can reach into the part.
    for number in (years * 12 / months).saturating_sub(12 / months + 1).. {
        let (start, next) = (begins(number)?, begins(number.checked_add(1)?)?);
        if start > part.end {
            break;
        }
        sum = sum.checked_add(of(Period { start, end: next.pred_opt()?.min(period.end) })?)?;
    }
    Some(sum)
}

/// The days of a rate's period with how many are counted on them, and what these days come to.
#[must_use]
pub fn worth_by_number(rate: &Rate, period: Period) -> Option<Vec<(Period, u32, Money)>> {
    let worth = |(days, number)| Some((days, number, of_stretches(rate, period, days)?.rounded_to_ore()));
    runs(rate, period)?.into_iter().map(worth).collect()
}

/// The days of a period with how many are counted on them.
pub(super) fn runs(rate: &Rate, period: Period) -> Option<Vec<(Period, u32)>> {
    let steps = rate.steps();
    let stated = rate.number()?;
    let first = steps.range(..=period.start).next_back().map_or(stated, |(_, number)| *number);
    let later = steps.into_iter().filter(|(from, _)| *from > period.start && *from <= period.end);
    let begun: Vec<(NaiveDate, u32)> = [(period.start, first)].into_iter().chain(later).collect();
    let ends = begun.iter().skip(1).map(|(next, _)| next.pred_opt()).chain([Some(period.end)]);
    begun
        .iter()
        .zip(ends)
        .map(|((start, number), end)| Some((Period { start: *start, end: end? }, *number)))
        .collect()
}
