//! What an agreement would come to if it lasted as long as its options and renewals can make it.

use rust_decimal::Decimal;

use super::agreed::{goes_on, period_of, total_of};
use super::amounts::YearAmount;
use super::component::Component;
use super::continuation::by_month;
use super::month_units::{month_units, units_of_month};
use super::statement::Statement;
use crate::agreement::Agreement;
use crate::date::Period;
use crate::money::Money;
use crate::term::Life;

/// What an agreement would come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExtendedValue {
    /// All of it, with what options and renewals can bring; a renewal without end counts once. In whole kronor.
    pub kronor: Money,
    /// What is stated for times with an end.
    pub fixed: Money,
    /// Whether that stands beside what goes on, and is no earlier part of it.
    pub is_apart: bool,
    /// What a month costs in the last year; nothing of an agreement that somebody knows the end of.
    pub open_month: Option<Money>,
    /// Whether options or renewals can make it longer.
    pub has_more: bool,
}

/// All stated money without adjustment, a proposal's in the place of what it would replace; and for the days that options and
/// renewals can bring and no component is for, by the month as the budget estimates them, also where it is too late for them.
/// Nothing where a component or the term is left open.
#[must_use]
pub fn extended_value(agreement: &Agreement, statement: &Statement<'_>) -> Option<ExtendedValue> {
    let time = statement.life.money_time;
    let is_replaced = |key: &str| statement.proposed.iter().any(|proposal| proposal.key == key);
    let kept = statement.components.iter().filter(|one| !is_replaced(one.key));
    let all: Vec<&Component<'_>> = kept.chain(&statement.proposed).collect();
    let stated = total_of(all.iter().map(|one| one.funding), time)?;
    let term = time.period()?;
    let covered: Vec<Period> = all.iter().filter_map(|one| period_of(one.funding, time)).collect();
    let more = more_time(agreement, &statement.life, term);
    let open: Decimal = more.map(|time| time.without(&covered)).into_iter().flatten().map(month_units).sum();
    let end = covered.iter().map(|period| period.end).max();
    let lasting = all.iter().filter_map(|one| Some((one.funding, one.years.last()?)));
    let mut is_apart = true;
    let lasting: Vec<(Money, Decimal)> = lasting
        .filter(|(_, last)| Some(last.period.end) == end)
        .inspect(|(funding, _)| is_apart &= goes_on(funding, time))
        .map(|(funding, last)| by_month(funding, &YearAmount { payable: last.agreed, ..last.clone() }))
        .collect::<Option<_>>()?;
    let lasting_for = |units: Decimal| {
        lasting.iter().try_fold(Money::ZERO, |sum, (amount, months)| {
            sum.checked_add(amount.checked_factor(units)?.checked_divided(*months)?)
        })
    };
    let has_end = |one: &&&Component<'_>| !goes_on(one.funding, time);
    let with_end = all.iter().filter(has_end).map(|one| one.funding);
    let is_open = agreement.term.going_on().is_some_and(|going_on| going_on.until.is_none());
    Some(ExtendedValue {
        kronor: stated.checked_add(lasting_for(open)?)?.rounded(),
        fixed: total_of(with_end, time).unwrap_or(Money::ZERO).rounded(),
        is_apart,
        open_month: if is_open { Some(lasting_for(units_of_month())?) } else { None },
        has_more: more.is_some(),
    })
}

/// The days after the term that options and renewals can bring, if any; a renewal without end counts once.
fn more_time(agreement: &Agreement, life: &Life<'_>, term: Period) -> Option<Period> {
    let renewal = agreement.term.going_on().map(|terms| terms.months).into_iter();
    let options = agreement.term.option.values().map(|option| option.months.saturating_mul(option.times));
    let months = options.chain(renewal).fold(0, u32::saturating_add);
    if months == 0 {
        return None;
    }
    let start = term.end.succ_opt()?;
    let once = Period { start, end: start }.last_day_within(months)?;
    let time = Period { start, end: life.reach.unwrap_or(once) };
    (!time.is_reversed()).then_some(time)
}
