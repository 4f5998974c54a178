//! What has been paid and what has been earned when an agreement ends early. Who shall repay what is a question of law
//! that is not answered here.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::doubt::Doubt;
use super::month_units::month_units;
use super::pace::by_days;
use super::payout::Payout;
use super::statement::Statement;
use crate::date::Period;
use crate::money::Money;
use crate::term::Commitment;

/// One component, or the sum of all, up to the last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earned<'a> {
    /// The component's key.
    pub funding: String,
    /// How firmly the parties are bound by it.
    pub commitment: Commitment,
    /// Whether it is a ceiling: time alone earns nothing of it.
    pub is_ceiling: bool,
    /// What it comes to in its whole period.
    pub whole: Option<Money>,
    /// What has been paid of it.
    pub paid: Money,
    /// Why what it comes to is not definite.
    pub doubts: Vec<Doubt<'a>>,
    /// Its part of the days up to and with the last one, counted year by year, to the öre, less what deductions have taken off;
    /// of a ceiling what has been used.
    pub by_days: Option<Money>,
    /// The same counted in months, a month begun by its days.
    pub by_months: Option<Money>,
}

impl Earned<'_> {
    /// What has been paid beyond what is earned by days; negative where less has been paid.
    #[must_use]
    pub fn over_by_days(&self) -> Option<Money> {
        self.paid.checked_sub(self.by_days?)
    }

    /// The same by months.
    #[must_use]
    pub fn over_by_months(&self) -> Option<Money> {
        self.paid.checked_sub(self.by_months?)
    }
}

/// Each component of an agreement whose last day is `last`.
#[must_use]
pub fn earned<'a>(statement: &Statement<'a>, last: NaiveDate) -> Vec<Earned<'a>> {
    statement
        .components
        .iter()
        .map(|component| {
            let up_to = |length: fn(Period) -> Decimal| {
                component.years.iter().try_fold(Money::ZERO, |sum, year| {
                    sum.checked_add(year.pace.up_to(year.payable?, year.period, last, length)?)
                })
            };
            let whole =
                component.years.iter().try_fold(Money::ZERO, |sum, year| sum.checked_add(year.payable?));
            let payouts = || statement.payouts.iter().filter(|payout| payout.funding == component.key);
            let sum = |amounts: &mut dyn Iterator<Item = Money>| {
                // Stated amounts, far below what would not fit.
                amounts.fold(Money::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum))
            };
            let paid = sum(&mut payouts().map(Payout::paid));
            // What is taken off for the time up to there is not earned; what a later day takes off, it takes of what is for
            // later days first.
            let begun = || payouts().filter(|payout| payout.covers.start <= last);
            let taken = sum(&mut begun().map(Payout::deducted));
            let later = sum(&mut begun().map(|payout| payout.deducted_after(last)));
            // Time alone earns nothing of a ceiling: what has been used of it is earned.
            let earned = |length: fn(Period) -> Decimal| {
                if component.ceiling {
                    Some(paid)
                } else {
                    let earned = up_to(length)?.rounded_to_ore();
                    let of_later = later.min(whole?.checked_sub(earned)?);
                    earned.checked_sub(taken.checked_sub(of_later)?)
                }
            };
            Earned {
                funding: component.key.to_owned(),
                commitment: component.commitment,
                whole,
                paid,
                is_ceiling: component.ceiling,
                doubts: component.years.iter().flat_map(|year| year.doubts.iter().cloned()).collect(),
                by_days: earned(by_days),
                by_months: earned(month_units),
            }
        })
        .collect()
}
