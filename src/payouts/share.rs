//! A component's part of a budget line's year.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::amounts::{Adjustment, YearAmount};
use super::budget_year::Share;
use super::component::Component;
use super::doubt::Doubt;
use super::month_units::{month_units, part};
use super::payout::Payout;
use super::split::by_weight;
use super::statement::{AgreementStatement, Statement};
use crate::agreement::{FundingSource, Remainder};
use crate::date::Period;
use crate::money::Money;
use crate::term::{Commitment, Degree, Stretch};
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
        // What is for days that cannot come any more has no share to be taken from.
        let lapsed = if statement.life.lapsed.is_some() { Money::ZERO } else { payout.lapsed };
        let moved = moved.and_then(|moved| moved.checked_sub(lapsed)).unwrap_or_default();
        for (year, outcome, moved) in in_years(payout, payout.paid(), moved) {
            let sum = sums.entry((payout.funding, year)).or_default();
            // Stated amounts and their differences, far below what would not fit.
            sum.outcome = sum.outcome.checked_add(outcome).unwrap_or(sum.outcome);
            sum.moved = sum.moved.checked_add(moved).unwrap_or(sum.moved);
        }
    }
    sums
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

/// A component's year, cut where the parties are bound otherwise: one share for each degree. What has been paid and moved
/// belongs to the firmest. Nothing where the amount is not known.
pub(super) fn shares(
    one: &AgreementStatement<'_>,
    component: &Component<'_>,
    year: &YearAmount<'_>,
    (paid, succeeded): (PaidInYear, Option<NaiveDate>),
    as_of: NaiveDate,
) -> Option<Vec<Share>> {
    let funding = component.funding;
    let amount = year.payable?;
    let adjustment = amount.checked_sub(year.agreed?)?;
    let preliminary = preliminary(year, amount)?;
    let life = &one.statement.life;
    // What of it stands nowhere: time that cannot come any more, and what a successor takes the place of.
    let is_lapsed = |period: Period| life.lapsed.is_some_and(|lapsed| lapsed.contains_day(period.start));
    let mut parts: Vec<((Commitment, bool), Vec<Period>)> = Vec::new();
    let mut add = |degree: Commitment, stands_nowhere: bool, period: Period| {
        let key = (component.commitment.max(degree), stands_nowhere);
        match parts.iter_mut().find(|(other, _)| *other == key) {
            Some((_, periods)) => periods.push(period),
            None => parts.push((key, vec![period])),
        }
    };
    for Degree { period, commitment, stretch } in life.degrees(year.period) {
        let taken = succeeded.filter(|_| stretch.is_some_and(Stretch::can_be_declined));
        let taken = taken.and_then(|start| period.overlap(&Period { start, ..period }));
        period.without(taken.as_slice()).into_iter().for_each(|part| add(commitment, is_lapsed(part), part));
        if let Some(part) = taken {
            add(commitment, true, part);
        }
    }
    parts.sort_by_key(|(key, _)| *key);
    let weights: Vec<Decimal> =
        parts.iter().map(|(_, periods)| periods.iter().copied().map(month_units).sum()).collect();
    let divided = |sum: Money| by_weight(sum, &weights, Remainder::Last);
    let sums = divided(amount)?.into_iter().zip(divided(adjustment)?).zip(divided(preliminary)?);
    let until = life.ended().map_or(as_of, |last| last.min(as_of));
    let by_days = |period: Period| Decimal::from(period.days());
    let mut shares = Vec::new();
    for (((commitment, stands_nowhere), periods), ((amount, adjustment), preliminary)) in
        parts.iter().zip(sums)
    {
        let paid = if shares.is_empty() { paid } else { PaidInYear::default() };
        if *stands_nowhere && paid.outcome == Money::ZERO {
            continue;
        }
        let forecast = amount.checked_add(paid.moved)?;
        // Time alone earns nothing of a ceiling.
        let accrued = match (periods.first(), periods.last()) {
            (Some(first), Some(last)) if !funding.ceiling => {
                part(amount, Period { start: first.start, end: last.end }, until, by_days)?.rounded_to_ore()
            }
            _ => paid.outcome,
        };
        shares.push(Share {
            agreement: one.id.to_owned(),
            file: Arc::clone(&one.entry.file),
            funding: component.key.to_owned(),
            path: component.path.clone(),
            amount,
            adjustment,
            preliminary_adjustment: preliminary,
            commitment: *commitment,
            is_preliminary: !year.doubts.is_empty(),
            is_estimate: false,
            ceiling: funding.ceiling,
            is_divided: year.is_divided,
            outcome: paid.outcome,
            accrued,
            forecast,
            grants: if is_grant(component) { forecast } else { Money::ZERO },
        });
    }
    Some(shares)
}

/// What of a year's amount an adjustment that is not definite adds or takes. What is carried or can change leaves what has
/// been decided before it.
fn preliminary(year: &YearAmount<'_>, amount: Money) -> Option<Money> {
    if year.doubts.iter().all(Doubt::is_undecided) {
        return Some(Money::ZERO);
    }
    let rests_on_values = |doubt: &Doubt<'_>| {
        doubt.is_undecided() || doubt.is_unclear() || matches!(doubt, Doubt::Carried(_) | Doubt::Value(_))
    };
    // What is rounded payout by payout is rounded here as what it is compared with.
    let firm = |one: &Adjustment<'_>| match one.firm {
        _ if one.factor.firm == one.factor.factor => amount,
        firm if Some(firm) == year.agreed => firm,
        firm => firm.rounded_to(one.round_to.unit()),
    };
    let Some(adjustment) = &year.adjustment else { return Some(Money::ZERO) };
    let firm = if year.doubts.iter().all(rests_on_values) { firm(adjustment) } else { year.agreed? };
    amount.checked_sub(firm)
}

/// What a component that a supplement only proposes would add to a year, or take from it: the new amount, without the old
/// one.
pub(super) fn proposed(
    one: &AgreementStatement<'_>,
    component: &Component<'_>,
    year: i32,
    (new, old): (Option<&Component<'_>>, Option<&Component<'_>>),
) -> Option<Share> {
    let of_year = |component: Option<&Component<'_>>| {
        let year = component.and_then(|component| component.years.iter().find(|one| one.year == year));
        year.map_or(Some(Money::ZERO), |year| year.payable)
    };
    let amount = of_year(new)?.checked_sub(of_year(old)?)?;
    Some(Share { is_estimate: false, ..estimate(one, component, component.commitment, amount) })
}

/// A share that nothing has been paid of.
pub(super) fn estimate(
    one: &AgreementStatement<'_>,
    component: &Component<'_>,
    commitment: Commitment,
    amount: Money,
) -> Share {
    Share {
        agreement: one.id.to_owned(),
        file: Arc::clone(&one.entry.file),
        funding: component.key.to_owned(),
        path: component.path.clone(),
        amount,
        adjustment: Money::ZERO,
        preliminary_adjustment: Money::ZERO,
        commitment,
        is_preliminary: true,
        is_estimate: true,
        ceiling: component.ceiling,
        is_divided: false,
        outcome: Money::ZERO,
        accrued: Money::ZERO,
        forecast: amount,
        grants: if is_grant(component) { amount } else { Money::ZERO },
    }
}

fn is_grant(component: &Component<'_>) -> bool {
    component.funding.source.known() == Some(&FundingSource::StateGrant)
}
