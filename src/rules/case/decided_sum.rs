//! What an agreement gives by a decision, and for which days.

use crate::agreement::{Change, Funding};
use crate::date::Period;
use crate::money::Money;
use crate::payouts;
use crate::records::{Decision, DecisionKind};
use crate::rules::Scope;
use crate::vocabulary::Known;

/// What the agreement pays by a decision.
pub(super) enum Sum {
    Of {
        /// As the agreement states it.
        stated: Money,
        /// The same adjusted to prices, as far as they are known.
        adjusted: Money,
    },
    /// The agreement leaves some of it open, or has none.
    Unknown,
    /// The agreement goes on until further notice, and the decision does not say for how long it is.
    Endless,
}

/// What the agreement pays by a decision: what names it, and for the days of an approval or an extension what names no other.
/// Only what the municipality itself pays: a committee decides on no other money. Of one committee, by its key, only what its
/// budget lines bear.
pub(super) fn sum(scope: &Scope<'_>, key: &str, decision: &Decision, of: Option<&str>) -> Sum {
    let agreement = scope.agreement;
    let time = scope.money_time();
    let own = agreement.funding.values().map(|funding| (funding, None));
    let supplements = agreement.supplements_in_order().into_iter();
    let added = supplements
        .flat_map(|(change, one)| one.funding.values().map(move |funding| (funding, Some(change))));
    let days = days(scope, key, decision);
    let has_days = match decision.kind {
        DecisionKind::Approval => true,
        DecisionKind::Extension => days.is_some(),
        _ => false,
    };
    // All of what names it, and of what grows for each year as much as the decision is for.
    let named_days = decision.period.filter(|_| !time.has_end());
    let by_it = |funding: &Funding, supplement: Option<Change<'_>>| {
        let of_supplement = || supplement.into_iter().flat_map(Change::decisions).flatten();
        let named: Vec<&String> = match funding.decision.known() {
            Some(own) => vec![own],
            None => of_supplement().collect(),
        };
        if named.is_empty() {
            return has_days.then_some(days);
        }
        named.into_iter().any(|named| named == key).then_some(named_days)
    };
    let components: Vec<(&Funding, Option<Period>)> = own
        .chain(added)
        .filter(|(funding, _)| scope.register.pays_itself(agreement, &funding.payer))
        .filter(|(funding, _)| of.is_none() || of == bearer(scope, funding))
        .filter_map(|(funding, supplement)| Some((funding, by_it(funding, supplement)?)))
        .collect();
    let grows = |(funding, days): &(&Funding, Option<Period>)| {
        days.is_none() && funding.period.is_none() && funding.amount.known().is_none()
    };
    if !time.has_end() && components.iter().any(grows) {
        return Sum::Endless;
    }
    let time = days.map_or(time, |days| time.lasting_to(days.end));
    let Some(stated) = payouts::total_within(components.iter().copied(), time) else { return Sum::Unknown };
    let rises = components.iter().map(|(funding, days)| rise(scope, funding, *days));
    let rise = payouts::sum(rises.map(Some));
    let adjusted = rise.and_then(|rise| stated.checked_add(rise)).unwrap_or(stated);
    Sum::Of { stated, adjusted }
}

/// By how much what a component is for some days is adjusted, as far as the prices are known.
fn rise(scope: &Scope<'_>, funding: &Funding, days: Option<Period>) -> Money {
    let components = scope.statement.in_force_or_proposed().filter(|one| std::ptr::eq(one.funding, funding));
    let years = components.flat_map(|one| &one.years);
    let rises = years.filter_map(|year| {
        let shared = days.map_or(Some(year.period), |days| days.overlap(&year.period))?;
        let whole = year.payable?.checked_sub(year.agreed?)?;
        let weight = |days| year.pace.weight(days);
        let part = whole.checked_factor(weight(shared))?.checked_divided(weight(year.period))?;
        Some(part.rounded_to_ore())
    });
    payouts::sum(rises.map(Some)).unwrap_or_default()
}

/// The days that a decision is for: those that it names, or by an approval the stated term, and else those that the changes
/// that name it add.
fn days(scope: &Scope<'_>, key: &str, decision: &Decision) -> Option<Period> {
    decision.period.or_else(|| stated_days(scope, key, decision))
}

/// The days that the agreement lasts by a decision: by its approval the stated term, else from the day after what held before
/// up to the last day of the changes that name it.
pub(super) fn stated_days(scope: &Scope<'_>, key: &str, decision: &Decision) -> Option<Period> {
    let agreement = scope.agreement;
    if decision.kind == DecisionKind::Approval {
        return agreement.term.period().filter(|_| agreement.term.open_ended().is_none());
    }
    let changes = || {
        let names = |named: Option<&String>| named.is_some_and(|named| named == key);
        let changes = agreement.extensions().chain(agreement.supplements());
        changes.filter_map(move |one| Some((one.until()?, one.decisions().any(names))))
    };
    let last = changes().filter(|(_, is_named)| *is_named).map(|(until, _)| until).max()?;
    let before = changes().map(|(until, _)| until).chain(agreement.term.last_day());
    let start = before.filter(|until| *until < last).max()?.succ_opt()?;
    Some(Period { start, end: last })
}

/// The committee whose budget line bears a component, by key.
pub(super) fn bearer<'a>(scope: &Scope<'a>, funding: &Funding) -> Option<&'a str> {
    let line = scope.register.budget.as_ref()?.data.line.get(funding.budget_line.as_deref()?)?;
    Some(&line.committee)
}
