//! What has been agreed, before any adjustment: whole components, and their part of each calendar year.

use rust_decimal::Decimal;

use super::month_units::{month_units, units_of_month};
use super::rate_stretches::of_stretches;
use crate::agreement::{Agreement, Funding, Rate, RateUnit};
use crate::date::Period;
use crate::money::Money;
use crate::term::MoneyTime;
use crate::vocabulary::Known;

/// The days that a component covers: its own period, or the term, from its own first day where it has one.
#[must_use]
pub fn period_of(funding: &Funding, time: MoneyTime) -> Option<Period> {
    let time = funding.from.map_or(time, |from| time.beginning(from));
    match (funding.period, rate_by_time(funding)) {
        (Some(period), _) => (!period.is_reversed()).then_some(period),
        (None, Some((_, months))) => time.of_rate(months),
        (None, None) => time.of_sum(),
    }
}

/// Whether a component goes on without an end that the agreement states: how much of its time is known depends on the day
/// of the question.
#[must_use]
pub(super) fn goes_on(funding: &Funding, time: MoneyTime) -> bool {
    funding.period.is_none() && !time.has_end()
}

/// What a component comes to in its whole period. Nothing where the agreement leaves it open.
#[must_use]
pub fn amount_of(funding: &Funding, time: MoneyTime) -> Option<Money> {
    match (funding.amount.known(), &funding.rate) {
        (Some(amount), _) => Some(*amount),
        (None, Some(rate)) if !rate.step.is_empty() => {
            let period = period_of(funding, time)?;
            of_stretches(rate, period, period).map(Money::rounded_to_ore)
        }
        // What counts for the whole period is the same whatever that is.
        (None, Some(rate)) if rate.per.months().is_none() => of_one_stretch(rate),
        (None, Some(rate)) => match (period_of(funding, time), rate.per.months()) {
            (Some(period), _) => rate_total(rate, period),
            // Of a term of so many months it is known how much it is, though not when.
            (None, Some(size)) if funding.period.is_none() => {
                of_one_stretch(rate)?.checked_times(time.months()?.div_ceil(size))
            }
            (None, _) => None,
        },
        (None, None) => None,
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

/// What a component comes to for one stretch of its time, and which stretch that is, where a rate of the same number
/// throughout counts it.
#[must_use]
pub fn per_stretch(funding: &Funding) -> Option<(Money, RateUnit)> {
    let (rate, _) = rate_by_time(funding).filter(|(rate, _)| rate.step.is_empty())?;
    Some((of_one_stretch(rate)?, rate.per))
}

/// What a rate comes to for one stretch of its time, at the end of it where the number changes.
pub(super) fn of_one_stretch(rate: &Rate) -> Option<Money> {
    rate.amount.checked_times(rate.last_number()?)
}

/// A rate counts for each stretch of time that has begun.
pub(super) fn rate_total(rate: &Rate, period: Period) -> Option<Money> {
    of_one_stretch(rate)?.checked_times(stretches_begun(rate, period))
}

/// What a rate for stretches of time would come to if the last one, which has only begun, counted by its months; to the öre.
#[must_use]
pub fn amount_by_months(funding: &Funding, time: MoneyTime) -> Option<Money> {
    let (rate, size) = rate_by_time(funding)?;
    let months = month_units(period_of(funding, time)?);
    let stretch = units_of_month() * Decimal::from(size);
    Some(of_one_stretch(rate)?.checked_factor(months)?.checked_divided(stretch)?.rounded_to_ore())
}

/// How many stretches of a rate's time have begun in a period.
#[must_use]
pub fn stretches_begun(rate: &Rate, period: Period) -> u32 {
    let Some(months) = rate.per.months() else { return 1 };
    let length = period.length();
    let begun = length.months + u32::from(length.days > 0);
    begun.div_ceil(months)
}

/// The sum of all components. Nothing where one of them is left open.
#[must_use]
pub fn agreed_total(agreement: &Agreement) -> Option<Money> {
    total_of(agreement.funding.values(), MoneyTime::stated(&agreement.term))
}

/// The sum of some components. Nothing where there are none, or where one of them is left open.
#[must_use]
pub fn total_of<'a>(components: impl Iterator<Item = &'a Funding>, time: MoneyTime) -> Option<Money> {
    let mut components = components.peekable();
    components.peek()?;
    components.try_fold(Money::ZERO, |sum, funding| sum.checked_add(amount_of(funding, time)?))
}
