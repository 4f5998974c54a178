//! A component's part of a budget line's year.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::amounts::YearAmount;
use super::budget_year::Share;
use super::doubt::Doubt;
use super::earned::part;
use super::month_units::month_units;
use super::payout::Payout;
use super::statement::{AgreementStatement, Statement};
use crate::agreement::{Funding, FundingSource, Status};
use crate::date::Period;
use crate::money::Money;
use crate::vocabulary::Known;

/// What has been paid of a component's year; what goes to or comes from others, or has lapsed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PaidInYear {
    pub(super) outcome: Money,
    pub(super) moved: Money,
}

/// The same for every component and year of an agreement.
pub(super) fn paid<'b>(statement: &'b Statement<'_>) -> BTreeMap<(&'b str, i32), PaidInYear> {
    let mut sums: BTreeMap<(&str, i32), PaidInYear> = BTreeMap::new();
    for payout in &statement.payouts {
        let moved = payout.correction.checked_add(payout.carried);
        let moved = moved.and_then(|moved| moved.checked_sub(payout.lapsed));
        let moved = moved.and_then(|moved| moved.checked_sub(after_end(payout)?)).unwrap_or_default();
        for (year, outcome, moved) in in_years(payout, payout.paid(), moved) {
            let sum = sums.entry((payout.funding, year)).or_default();
            // Stated amounts and their differences, far below what would not fit.
            sum.outcome = sum.outcome.checked_add(outcome).unwrap_or(sum.outcome);
            sum.moved = sum.moved.checked_add(moved).unwrap_or(sum.moved);
        }
    }
    sums
}

/// What of an open payout is for the days after an early end: nobody has decided that it is to be paid. By months, as its
/// sum was divided.
fn after_end(payout: &Payout<'_>) -> Option<Money> {
    let last = payout.doubts.iter().find_map(|doubt| match doubt {
        Doubt::EndedEarly { last } => Some(*last),
        _ => None,
    });
    let Some(last) = last.filter(|_| !payout.is_settled()) else { return Some(Money::ZERO) };
    let to_pay = payout.to_pay?;
    let before = part(to_pay, payout.covers, last, month_units)?.rounded_to_ore().max(payout.paid());
    Some(to_pay.checked_sub(before)?.max(Money::ZERO))
}

/// What has been paid and moved in a payout, in the years that bear it: its own, or those that it covers, by months.
fn in_years(payout: &Payout<'_>, outcome: Money, moved: Money) -> Vec<(i32, Money, Money)> {
    let covers = payout.covers;
    if covers.years().count() == 1 {
        return vec![(payout.year, outcome, moved)];
    }
    let mut left = (outcome, moved);
    let mut years = Vec::new();
    for year in covers.years() {
        let months = covers.in_year(year).map(month_units).unwrap_or_default();
        let part = |amount: Money, left: Money| {
            let share =
                amount.checked_factor(months).and_then(|part| part.checked_divided(month_units(covers)));
            let share = share.map(Money::rounded_to_ore);
            if year == covers.end.year() { left } else { share.unwrap_or_default() }
        };
        let (own, own_moved) = (part(outcome, left.0), part(moved, left.1));
        left =
            (left.0.checked_sub(own).unwrap_or_default(), left.1.checked_sub(own_moved).unwrap_or_default());
        years.push((year, own, own_moved));
    }
    years
}

pub(super) fn share(
    one: &AgreementStatement<'_>,
    key: &str,
    funding: &Funding,
    year: &YearAmount<'_>,
    paid: PaidInYear,
    as_of: NaiveDate,
) -> Option<Share> {
    let amount = year.payable?;
    let adjustment = amount.checked_sub(year.agreed?)?;
    let is_undecided = year.doubts.iter().any(Doubt::is_undecided);
    // What is carried or can change leaves what has been decided before it.
    let rests_on_values = |doubt: &Doubt<'_>| {
        doubt.is_undecided() || doubt.is_unclear() || matches!(doubt, Doubt::Carried(_) | Doubt::Value(_))
    };
    let preliminary = if year.doubts.iter().all(Doubt::is_undecided) {
        Money::ZERO
    } else {
        let firm = year.adjustment.as_ref().map(|adjustment| adjustment.firm);
        let firm = firm.filter(|_| year.doubts.iter().all(rests_on_values)).or(year.agreed)?;
        amount.checked_sub(firm)?
    };
    let forecast = amount.checked_add(paid.moved)?;
    let is_divided = |period: Period| Decimal::from(period.days());
    // Time alone earns nothing of a ceiling.
    let accrued = if funding.ceiling {
        paid.outcome
    } else {
        let until = one.entry.data.early_end().map_or(as_of, |last| last.min(as_of));
        part(amount, year.period, until, is_divided)?.rounded_to_ore()
    };
    let is_grant = funding.source.known() == Some(&FundingSource::StateGrant);
    Some(Share {
        agreement: one.id.to_owned(),
        file: Arc::clone(&one.entry.file),
        funding: key.to_owned(),
        amount,
        adjustment,
        preliminary_adjustment: preliminary,
        is_preliminary: !year.doubts.is_empty(),
        is_proposal: one.entry.data.status == Status::Proposed,
        ceiling: funding.ceiling,
        is_divided: year.is_divided,
        undecided: if is_undecided { forecast } else { Money::ZERO },
        outcome: paid.outcome,
        accrued,
        forecast,
        grants: if is_grant { forecast } else { Money::ZERO },
    })
}
