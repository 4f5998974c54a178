//! The payouts of an agreement in order: what is agreed, what is added, what has been paid and what is left.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::amounts::{Adjustment, YearAmount, year_amounts};
use super::doubt::Doubt;
use super::ended::end_early;
use super::indexation::Basis;
use super::plan::{Occasion, Origin, When, occasions, pays_as_whole, plan_of};
use super::settlement::{Difference, Paid, allocate, carry};
use super::split::{Size, exact, split};
use crate::agreement::{Agreement, Funding, PayoutPlan, Remainder, Role, RoundingPlace};
use crate::date::Period;
use crate::finding::Place;
use crate::money::Money;
use crate::path;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

/// How far a payout has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is to be paid, or has been paid in part.
    Open,
    /// It has been paid.
    Settled,
    /// Nothing is to be paid: the agreement ends before the days that it pays for.
    Lapsed,
}

/// One payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout<'a> {
    /// What it is called in every run and format: the component's key and its number within it, as "2022#1".
    pub id: String,
    /// The agreement's file.
    pub file: &'a Arc<str>,
    /// The component's key.
    pub funding: &'a str,
    /// The plan that says when.
    pub origin: Origin<'a>,
    /// The payer's key.
    pub payer: &'a str,
    /// The receiver's key, where the agreement names one or has only one that can be meant.
    pub payee: Option<&'a str>,
    /// The calendar year that bears the cost: the first, where a payout covers several.
    pub year: i32,
    /// The days that it pays for.
    pub covers: Period,
    /// When it is made.
    pub when: When,
    /// The last day to pay it, where the agreement says enough to tell.
    pub due: Option<NaiveDate>,
    /// Whether it is a part of the component as a whole, and not of one of its years.
    pub is_of_component: bool,
    /// Its number and how many there are in the sum that it is a part of.
    pub number: (usize, usize),
    /// How large a part of it.
    pub size: Size,
    /// What is agreed, before adjustment.
    pub agreed: Option<Money>,
    /// What the adjustment adds or takes.
    pub adjustment: Option<Money>,
    /// What earlier payouts of other sums than they should have been add to this one or take from it.
    pub correction: Money,
    /// What has been paid more (or, negative, less) than it comes to: a later payout makes it good, or, of a ceiling,
    /// it is not used.
    pub carried: Money,
    /// What is not to be paid of it since the agreement ends before its time.
    pub lapsed: Money,
    /// What is to be paid, or for a settled payout what has been.
    pub to_pay: Option<Money>,
    /// Whether the sum is the most that can be paid and not what will be.
    pub ceiling: bool,
    /// Why the sum is not definite; empty where it is.
    pub doubts: Vec<Doubt<'a>>,
    /// The payer's account code.
    pub account_code: Option<&'a str>,
    /// What must be fulfilled before it is paid.
    pub conditions: Vec<&'a str>,
    /// The payments that settle it.
    pub payments: Vec<Paid<'a>>,
    /// How far it has come.
    pub standing: Standing,
    /// What is left to pay.
    pub left: Option<Money>,
}

impl Payout<'_> {
    /// The component in the agreement's file.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path!["funding", self.funding])
    }

    /// Whether it has been paid, and not only in part.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.standing == Standing::Settled
    }

    /// Whether nothing is to be paid any more.
    #[must_use]
    pub fn has_lapsed(&self) -> bool {
        self.standing == Standing::Lapsed
    }

    /// Whether the sum can still change without anybody agreeing on another one.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        !self.is_settled() && !self.doubts.is_empty()
    }

    /// Whether the sum is only the most that can be paid: a ceiling of which nobody knows yet how much is used.
    #[must_use]
    pub fn is_open_ceiling(&self) -> bool {
        self.ceiling && !self.is_settled()
    }

    /// What has been paid.
    #[must_use]
    pub fn paid(&self) -> Money {
        self.payments.iter().map(|paid| paid.amount).fold(Money::ZERO, |sum, amount| {
            // Each is a stated amount, far below what would not fit.
            sum.checked_add(amount).unwrap_or(sum)
        })
    }
}

/// A component with its years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component<'a> {
    /// Its key.
    pub key: &'a str,
    /// Whether it is only the most that can be paid.
    pub ceiling: bool,
    /// Its years in order.
    pub years: Vec<YearAmount<'a>>,
}

/// All payouts of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The components, in the file's order.
    pub components: Vec<Component<'a>>,
    /// The payouts in order.
    pub payouts: Vec<Payout<'a>>,
    /// Settled payouts whose sum should have been another.
    pub differences: Vec<Difference>,
    /// Payments that belong to no payout.
    pub unmatched: Vec<Paid<'a>>,
}

/// The payouts of an agreement as they were known on `as_of`.
#[must_use]
pub fn statement<'a>(register: &'a Register, entry: &'a Entry<Agreement>, as_of: NaiveDate) -> Statement<'a> {
    let mut components = components(register, entry, None, as_of);
    let mut payouts = payouts(entry, &components);
    take_sums(&mut components, &payouts);
    let unmatched = allocate(register, entry, &mut payouts, as_of);
    if let Some(last) = entry.data.early_end() {
        end_early(&mut payouts, last);
    }
    let differences = carry(&mut payouts);
    Statement { components, payouts, differences, unmatched }
}

/// The components with their years; an indexation that the agreement leaves open is read as `reading` says.
#[must_use]
pub fn components<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    reading: Option<Basis>,
    as_of: NaiveDate,
) -> Vec<Component<'a>> {
    let funding = entry.data.funding.iter();
    funding
        .map(|(key, funding)| Component {
            key,
            ceiling: funding.ceiling,
            years: year_amounts(register, entry, key, funding, reading, as_of),
        })
        .collect()
}

/// A sum that a plan divides: a component's year, or a whole component.
struct Whole<'a, 'b> {
    key: &'a str,
    funding: &'a Funding,
    year: i32,
    covers: Period,
    agreed: Option<Money>,
    payable: Option<Money>,
    /// Whether it is the component and not one of its years.
    is_component: bool,
    /// The adjustment by which each payout is rounded by itself.
    rounds_payouts: Option<&'b Adjustment<'a>>,
    doubts: Cow<'b, [Doubt<'a>]>,
}

fn payouts<'a>(entry: &'a Entry<Agreement>, components: &[Component<'a>]) -> Vec<Payout<'a>> {
    let agreement = &entry.data;
    let start = agreement.term.start.known().copied();
    let mut wholes: Vec<Planned<'a, '_>> = Vec::new();
    for component in components {
        let Some(funding) = agreement.funding.get(component.key) else { continue };
        let plan = plan_of(agreement, component.key);
        if plan.is_some_and(|(_, plan)| pays_as_whole(plan, &component.years)) {
            wholes.extend(whole_component(component, funding).map(|whole| (plan, whole)));
        } else {
            wholes.extend(component.years.iter().map(|year| (plan, of_year(component, funding, year))));
        }
    }
    let fixed = FixedAmounts::of(&wholes);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut payouts = Vec::new();
    for planned in &wholes {
        let (plan, whole) = planned;
        let mut found = occasions(*plan, whole.covers, start);
        // In order of time, so that what is left over lands on the last payout.
        found.sort_by_key(|occasion| occasion.when.order());
        let rule = plan.and_then(|(_, plan)| plan.remainder.known().copied()).unwrap_or(Remainder::Last);
        let sizes: Vec<Size> = found.iter().map(|one| fixed.size(planned, one.size)).collect();
        let agreed = whole.agreed.and_then(|agreed| split(agreed, agreed, &sizes, rule));
        let payable = payable(whole, &sizes, rule);
        let count = found.len();
        for (position, occasion) in found.into_iter().enumerate() {
            let number = numbers.entry(whole.key).or_default();
            *number += 1;
            let part =
                |parts: &Option<Vec<Money>>| parts.as_ref().and_then(|parts| parts.get(position)).copied();
            let sums = (part(&agreed), part(&payable));
            let id = format!("{}#{number}", whole.key);
            payouts.push(payout(entry, *plan, whole, &occasion, id, (position + 1, count), sums));
        }
    }
    // Stable: what falls at the same time stays in the file's order.
    payouts.sort_by_key(|payout| payout.when.order());
    payouts
}

/// Where each payout is rounded by itself, a year comes to what its payouts come to.
fn take_sums(components: &mut [Component<'_>], payouts: &[Payout<'_>]) {
    for component in
        components.iter_mut().filter(|one| one.years.iter().any(|year| rounding_payouts(year).is_some()))
    {
        let of = |payout: &&Payout<'_>| payout.funding == component.key;
        let Some(total) = sum(payouts.iter().filter(of).map(|payout| payout.to_pay)) else { continue };
        let Some((last, years)) = component.years.split_last_mut() else { continue };
        let mut left = total;
        for year in years {
            // A plan for the component as a whole does not tell its years apart.
            let own =
                sum(payouts.iter().filter(of).filter(|one| one.year == year.year).map(|one| one.to_pay));
            let is_whole =
                payouts.iter().filter(of).any(|one| one.covers.start.year() != one.covers.end.year());
            let amount = if is_whole { year.payable.map(Money::rounded_to_ore) } else { own };
            year.payable = amount;
            left = amount.and_then(|amount| left.checked_sub(amount)).unwrap_or(left);
        }
        last.payable = Some(left);
    }
}

fn of_year<'a, 'b>(
    component: &Component<'a>,
    funding: &'a Funding,
    year: &'b YearAmount<'a>,
) -> Whole<'a, 'b> {
    Whole {
        key: component.key,
        funding,
        year: year.year,
        covers: year.period,
        agreed: year.agreed,
        payable: year.payable,
        is_component: false,
        rounds_payouts: rounding_payouts(year),
        doubts: Cow::Borrowed(&year.doubts),
    }
}

fn whole_component<'a, 'b>(component: &'b Component<'a>, funding: &'a Funding) -> Option<Whole<'a, 'b>> {
    let (first, last) = (component.years.first()?, component.years.last()?);
    let sum = |of: fn(&YearAmount<'_>) -> Option<Money>| {
        component.years.iter().try_fold(Money::ZERO, |sum, year| sum.checked_add(of(year)?))
    };
    let mut doubts = Vec::new();
    for doubt in component.years.iter().flat_map(|year| &year.doubts) {
        if !doubts.contains(doubt) {
            doubts.push(doubt.clone());
        }
    }
    Some(Whole {
        key: component.key,
        funding,
        year: first.year,
        covers: Period { start: first.period.start, end: last.period.end },
        agreed: sum(|year| year.agreed),
        payable: sum(|year| year.payable),
        is_component: true,
        rounds_payouts: component.years.iter().find_map(rounding_payouts),
        doubts: Cow::Owned(doubts),
    })
}

fn rounding_payouts<'a, 'b>(year: &'b YearAmount<'a>) -> Option<&'b Adjustment<'a>> {
    year.adjustment.as_ref().filter(|adjustment| adjustment.place == RoundingPlace::Payout)
}

/// The parts of what is to be paid. Where the agreement rounds each payout, the year's sum is that of its payouts.
fn payable(whole: &Whole<'_, '_>, sizes: &[Size], rule: Remainder) -> Option<Vec<Money>> {
    let (payable, agreed) = (whole.payable?, whole.agreed?);
    let Some(adjustment) = whole.rounds_payouts else { return split(payable, agreed, sizes, rule) };
    let unit = adjustment.round_to.unit();
    let parts = exact(payable, agreed, sizes)?;
    Some(parts.into_iter().map(|part| part.rounded_to(unit)).collect())
}

fn payout<'a>(
    entry: &'a Entry<Agreement>,
    plan: Option<(&'a str, &'a PayoutPlan)>,
    whole: &Whole<'a, '_>,
    occasion: &Occasion<'a>,
    id: String,
    number: (usize, usize),
    (agreed, payable): (Option<Money>, Option<Money>),
) -> Payout<'a> {
    let funding = whole.funding;
    let adjustment = agreed.zip(payable).and_then(|(agreed, payable)| payable.checked_sub(agreed));
    let conditions = plan.map(|(_, plan)| plan.conditions.as_slice()).unwrap_or_default();
    // The cost belongs to the year of the sum; of a whole component to the year that the payout covers, or where it
    // covers several to the one in which it is paid.
    let covered = occasion.covers.years();
    let year = if whole.is_component {
        occasion.when.year().clamp(*covered.start(), *covered.end())
    } else {
        whole.year
    };
    Payout {
        id,
        file: &entry.file,
        funding: whole.key,
        origin: occasion.origin,
        payer: &funding.payer,
        payee: payee(&entry.data, funding),
        year,
        covers: occasion.covers,
        when: occasion.when,
        due: occasion.due,
        is_of_component: whole.is_component,
        number,
        size: occasion.size,
        agreed,
        adjustment,
        correction: Money::ZERO,
        carried: Money::ZERO,
        lapsed: Money::ZERO,
        to_pay: payable,
        ceiling: funding.ceiling,
        doubts: whole.doubts.to_vec(),
        account_code: funding.account_code.known().map(String::as_str),
        conditions: conditions.iter().map(String::as_str).chain(occasion.condition).collect(),
        payments: Vec::new(),
        standing: Standing::Open,
        left: payable,
    }
}

/// The receiver: the one that is named, or the only one on the civil-society side.
fn payee<'a>(agreement: &'a Agreement, funding: &'a Funding) -> Option<&'a str> {
    let mut civil = agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety);
    let only = civil.next().filter(|_| civil.next().is_none()).map(|(key, _)| key.as_str());
    funding.payee.as_deref().or(only)
}

/// A fixed amount in a plan belongs to the sum of all components that the plan pays at the same time. Each takes its
/// share in proportion to what is agreed; the shares make the fixed amount to the öre.
#[derive(Default)]
struct FixedAmounts<'a> {
    /// The agreed sum, by plan and, unless whole components are paid, year.
    sums: BTreeMap<(&'a str, i32), Money>,
    /// For each component, that sum before it and with it.
    up_to: BTreeMap<(&'a str, i32, &'a str), (Money, Money)>,
}

type Planned<'a, 'b> = (Option<(&'a str, &'a PayoutPlan)>, Whole<'a, 'b>);

impl<'a> FixedAmounts<'a> {
    fn of(wholes: &[Planned<'a, '_>]) -> Self {
        let mut all = Self::default();
        // By key, so that the order in the file does not matter.
        let mut wholes: Vec<&Planned<'a, '_>> = wholes.iter().collect();
        wholes.sort_by_key(|(_, whole)| whole.key);
        for (plan, whole) in wholes {
            let (Some(key), Some(agreed)) = (Self::key(*plan, whole), whole.agreed) else { continue };
            let sum = all.sums.entry(key).or_default();
            let before = *sum;
            *sum = sum.checked_add(agreed).unwrap_or(*sum);
            all.up_to.insert((key.0, key.1, whole.key), (before, *sum));
        }
        all
    }

    fn key(plan: Option<(&'a str, &'a PayoutPlan)>, whole: &Whole<'a, '_>) -> Option<(&'a str, i32)> {
        let (name, _) = plan?;
        Some((name, if whole.is_component { 0 } else { whole.year }))
    }

    /// A part's size for one component.
    fn size(&self, (plan, whole): &Planned<'a, '_>, size: Size) -> Size {
        let Size::Fixed(amount) = size else { return size };
        let share = || {
            let key = Self::key(*plan, whole)?;
            let sum = self.sums.get(&key)?.decimal();
            let (before, after) = self.up_to.get(&(key.0, key.1, whole.key))?;
            let taken = |agreed: &Money| {
                if sum.is_zero() {
                    Some(Money::ZERO)
                } else {
                    Some(amount.checked_factor(agreed.decimal())?.checked_divided(sum)?.rounded_to_ore())
                }
            };
            taken(after)?.checked_sub(taken(before)?)
        };
        share().map_or(size, Size::Fixed)
    }
}

/// The sum of what is known among `amounts`; nothing where it does not fit.
#[must_use]
pub fn sum(amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    amounts.flatten().try_fold(Money::ZERO, Money::checked_add)
}
