//! The amounts that an agreement holds, and those that people make of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::agreement::Funding;
use crate::date::Period;
use crate::money::Money;
use crate::payouts;
use crate::rules::Scope;
use crate::vocabulary::Known;

/// The amounts that the agreement holds.
pub(super) struct KnownAmounts {
    pub(super) all: BTreeSet<Decimal>,
    /// Those of which it is known for how many months they are, with that number. Nothing where one of the components is
    /// open.
    of_months: Option<Vec<(Decimal, Decimal)>>,
    /// Those that are paid at a time, or that others contribute: for whatever time a text says.
    of_any: BTreeSet<Decimal>,
}

impl KnownAmounts {
    pub(super) fn of(scope: &Scope<'_>) -> Self {
        let agreement = scope.agreement;
        let amount = |money: Money| money.decimal().normalize();
        let rates = agreement.stated_funding().filter_map(|(.., funding)| funding.rate.as_ref());
        // How long a time the others are for is known.
        let rates = rates.filter(|rate| rate.per.months().is_none());
        let parts = agreement.payout_plan.values().flat_map(|plan| plan.part.values());
        let in_kind = agreement.in_kind.values().filter_map(|contribution| contribution.value.known());
        let of_any = rates
            .map(|rate| rate.amount)
            .chain(agreement.economy.total_cost.known().copied())
            .chain(in_kind.copied())
            .chain(parts.filter_map(|part| part.amount));
        Self {
            all: known_amounts(scope),
            of_months: with_months(scope),
            of_any: of_any.map(amount).collect(),
        }
    }

    /// Whether an amount that the agreement holds can be the one for the time that the text says: in proportion to one of
    /// those whose time is known, to the krona.
    pub(super) fn fits(&self, kronor: Decimal, months: Option<u32>) -> bool {
        let (Some(months), Some(known)) = (months, &self.of_months) else { return true };
        let each = |(whole, of): &(Decimal, Decimal)| {
            whole.checked_mul(months.into())?.checked_div(*of)?.checked_sub(kronor)
        };
        self.of_any.contains(&kronor)
            || known.iter().any(|known| each(known).is_some_and(|off| off.abs() <= Decimal::ONE))
    }

    /// Whether an amount of which a text says that it is for all that is agreed can be so: whether it is one of the longest time, where
    /// it is another than what is for a shorter one.
    pub(super) fn fits_whole(&self, kronor: Decimal) -> bool {
        let Some(known) = &self.of_months else { return true };
        let is_it = |whole: &Decimal| (*whole - kronor).abs() <= Decimal::ONE;
        let longest = known.iter().map(|(_, months)| *months).max();
        self.of_any.contains(&kronor)
            || !known.iter().any(|(whole, _)| is_it(whole))
            || known.iter().any(|(whole, months)| Some(*months) == longest && is_it(whole))
    }
}

/// The components that are paid together: those of the agreement itself, those in force, and those that would be with what is
/// only proposed. A text may speak of any of them.
fn paid_together<'a>(scope: &'a Scope<'_>) -> [Vec<&'a Funding>; 3] {
    let statement = scope.statement;
    let is_replaced = |key: &str| statement.proposed.iter().any(|proposal| proposal.key == key);
    let kept = statement.components.iter().filter(|one| !is_replaced(one.key));
    [
        scope.agreement.funding.values().collect(),
        statement.components.iter().map(|one| one.funding).collect(),
        kept.chain(&statement.proposed).map(|one| one.funding).collect(),
    ]
}

/// Components, years and their sum, each with its number of months. A year's amount is also that of a whole year, however
/// much of it the agreement covers.
fn with_months(scope: &Scope<'_>) -> Option<Vec<(Decimal, Decimal)>> {
    let time = scope.money_time();
    let mut known = Vec::new();
    for components in paid_together(scope) {
        let mut by_year: BTreeMap<i32, Decimal> = BTreeMap::new();
        for funding in &components {
            let amount = payouts::amount_of(funding, time)?.decimal();
            known.push((amount, months_of(payouts::period_of(funding, time)?)));
            if let Some((rate, months)) =
                funding.rate.as_ref().and_then(|rate| Some((rate, rate.per.months()?)))
            {
                known.push((rate.amount.decimal(), months.into()));
                known.push((rate.amount.checked_times(rate.last_number()?)?.decimal(), months.into()));
            }
            for share in payouts::by_year(funding, time)? {
                let sum = by_year.entry(share.year).or_default();
                *sum = sum.checked_add(share.amount.decimal())?;
                // A component whose amount is for several years has none for each of them but its part.
                known.push((share.amount.decimal(), YEAR));
            }
        }
        known.extend(by_year.values().map(|sum| (*sum, YEAR)));
        let total = payouts::total_of(components.into_iter(), time)?;
        known.push((total.decimal(), months_of(time.period()?)));
    }
    Some(known)
}

/// The months of a year.
const YEAR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// How many months a period has, the days beyond them as a part of one.
fn months_of(period: Period) -> Decimal {
    let length = period.length();
    let days = Decimal::from(length.days) / Decimal::from(31);
    (Decimal::from(length.months) + days).max(Decimal::from(1) / Decimal::from(31))
}

/// All amounts that the agreement holds, and those that people make of them: sums by year and in all, and their halves,
/// quarters and twelfths.
fn known_amounts(scope: &Scope<'_>) -> BTreeSet<Decimal> {
    let agreement = scope.agreement;
    let mut known: BTreeSet<Money> = BTreeSet::new();
    for (.., funding) in agreement.stated_funding() {
        known.extend(payouts::amount_of(funding, scope.money_time()));
        known.extend(funding.rate.as_ref().map(|rate| rate.amount));
    }
    for components in paid_together(scope) {
        let mut by_year: BTreeMap<i32, Option<Money>> = BTreeMap::new();
        for share in components.iter().filter_map(|one| payouts::by_year(one, scope.money_time())).flatten() {
            let sum = by_year.entry(share.year).or_insert(Some(Money::ZERO));
            *sum = sum.and_then(|sum| sum.checked_add(share.amount));
        }
        known.extend(by_year.into_values().flatten());
        known.extend(payouts::total_of(components.into_iter(), scope.money_time()));
    }
    let parts: Vec<Money> = known
        .iter()
        .flat_map(|whole| [2, 4, 12].map(|parts| whole.checked_part(1, parts)))
        .flatten()
        .collect();
    known.extend(parts.iter().flat_map(|part| [part.rounded(), part.rounded_to_ore()]));
    known.extend(agreement.economy.total_cost.known());
    known.extend(agreement.in_kind.values().filter_map(|contribution| contribution.value.known()));
    let parts = agreement.payout_plan.values().flat_map(|plan| plan.part.values());
    known.extend(parts.filter_map(|part| part.amount));
    known.into_iter().map(|amount| amount.decimal().normalize()).collect()
}
