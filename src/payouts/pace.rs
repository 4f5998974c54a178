//! How a sum falls on the days that it is for: alike on every month, or more on some where the number of what is counted
//! changes or another year of an indexation begins.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::agreed::{by_rate, period_of};
use super::month_units::{month_units, units_of_month};
use super::rate_stretches::runs;
use super::worth::worth;
use crate::agreement::Funding;
use crate::date::Period;
use crate::money::Money;
use crate::term::MoneyTime;

/// How a sum falls on its days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// Stretches of its days in order, each with what it weighs: within one, all time is alike. None where all of it is.
    stretches: Vec<(Period, Decimal)>,
}

impl Pace {
    /// Of what a component is for some days, which are adjusted by these factors.
    pub(super) fn of(
        funding: &Funding,
        time: MoneyTime,
        days: Period,
        factors: &[(Period, Decimal)],
    ) -> Self {
        let numbers = by_number(funding, time).filter(|runs| runs.len() > 1);
        let is_one =
            factors.iter().all(|(_, factor)| Some(factor) == factors.first().map(|(_, first)| first));
        if numbers.is_none() && is_one {
            return Self::default();
        }
        let all = [(days, Decimal::ONE)];
        let factors = if is_one { &all } else { factors };
        let runs = numbers.as_ref().map_or_else(|| vec![days], Clone::clone);
        let weigh = |stretch: Period, factor: Decimal| {
            let weight = match numbers {
                Some(_) => worth(funding, time, stretch)?.decimal(),
                None => month_units(stretch).checked_div(units_of_month())?,
            };
            Some((stretch, weight.checked_mul(factor)?))
        };
        let stretches = factors.iter().flat_map(|(part, factor)| {
            let runs = runs.iter().filter_map(|run| run.overlap(part)?.overlap(&days));
            runs.map(|stretch| weigh(stretch, *factor)).collect::<Vec<_>>()
        });
        let stretches = stretches.collect::<Option<Vec<_>>>().unwrap_or_default();
        let weighs = stretches.len() > 1 && stretches.iter().any(|(_, weight)| *weight > Decimal::ZERO);
        if weighs { Self { stretches } } else { Self::default() }
    }

    /// Whether some of the time weighs more than other.
    #[must_use]
    pub fn is_uneven(&self) -> bool {
        !self.stretches.is_empty()
    }

    /// What some of the days weigh, in a unit that has a meaning only in relation to other days of the same sum; within a
    /// stretch by `length`.
    fn weight_by(&self, days: Period, length: impl Fn(Period) -> Decimal) -> Option<Decimal> {
        if !self.is_uneven() {
            return Some(length(days));
        }
        self.stretches.iter().try_fold(Decimal::ZERO, |sum, (stretch, weight)| {
            let Some(own) = stretch.overlap(&days) else { return Some(sum) };
            let own = if own == *stretch {
                *weight
            } else {
                weight.checked_mul(length(own))?.checked_div(length(*stretch))?
            };
            sum.checked_add(own)
        })
    }

    /// The same by months.
    #[must_use]
    pub fn weight(&self, days: Period) -> Decimal {
        self.weight_by(days, month_units).unwrap_or_else(|| month_units(days))
    }

    /// The part of `amount`, which is for `days`, that falls on those up to and with `last`; within a stretch by `length`.
    /// Nothing where it does not fit.
    pub(super) fn up_to(
        &self,
        amount: Money,
        days: Period,
        last: NaiveDate,
        length: impl Fn(Period) -> Decimal,
    ) -> Option<Money> {
        if last < days.start {
            return Some(Money::ZERO);
        }
        if last >= days.end {
            return Some(amount);
        }
        let passed = self.weight_by(Period { end: last, ..days }, &length)?;
        let all = self.weight_by(days, &length)?;
        if all.is_zero() {
            return Some(Money::ZERO);
        }
        amount.checked_factor(passed)?.checked_divided(all)
    }
}

/// The days of a component with the same number of what it counts; nothing where it counts nothing.
fn by_number(funding: &Funding, time: MoneyTime) -> Option<Vec<Period>> {
    let rate = by_rate(funding)?;
    let all = runs(rate, period_of(funding, time)?)?;
    Some(all.into_iter().map(|(days, _)| days).collect())
}

/// By days, each as long as the other.
pub(super) fn by_days(period: Period) -> Decimal {
    Decimal::from(period.days())
}
