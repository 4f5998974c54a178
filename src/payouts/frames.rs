//! What the partnerships cost each budget line and year, against its frame.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::amounts::YearAmount;
use super::doubt::Doubt;
use super::ended::part;
use super::plan::month_units;
use super::statement::{Component, Payout, Statement, statement};
use crate::agreement::{Agreement, Funding, FundingSource, Status};
use crate::budget::Frame;
use crate::date::Period;
use crate::finding::Place;
use crate::money::Money;
use crate::path;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

/// A component's part of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The agreement's id.
    pub agreement: String,
    /// Its file.
    pub file: Arc<str>,
    /// The component's key.
    pub funding: String,
    /// The agreed amount with its adjustment; for a ceiling the most that can be paid.
    pub amount: Money,
    /// Of that, what adjustments add or take.
    pub adjustment: Money,
    /// Of those, what an adjustment that is not definite adds or takes.
    pub preliminary_adjustment: Money,
    /// Of the forecast, what rests on a decision that nobody has recorded.
    pub undecided: Money,
    /// Whether the agreement is only proposed.
    pub is_proposal: bool,
    /// Whether it is a ceiling.
    pub ceiling: bool,
    /// Whether it is counted by days, because the agreement gives no amount for the year.
    pub by_days: bool,
    /// What has been paid of it.
    pub outcome: Money,
    /// What has been earned of it, by days.
    pub accrued: Money,
    /// What it is expected to come to: the amount, with what goes to or comes from other years, without what has lapsed.
    pub forecast: Money,
    /// Of the forecast, what a state grant pays.
    pub grants: Money,
}

/// One year of a budget line.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetYear<'a> {
    /// The line's key in `budget.toml`; nothing for components that name none.
    pub line: Option<&'a str>,
    /// The committee's key.
    pub committee: Option<&'a str>,
    /// The calendar year.
    pub year: i32,
    /// The frame.
    pub frame: Option<&'a Frame>,
    /// What makes the sums, in the order of the agreements.
    pub shares: Vec<Share>,
    /// Components without a known amount, which no sum holds: where they stand.
    pub unknown: Vec<Place>,
    /// What it would cost if agreements that have ended go on as they were. In no sum.
    pub continuation: Vec<(String, Money)>,
}

impl BudgetYear<'_> {
    /// The sum of one figure over all shares; nothing where it does not fit.
    #[must_use]
    pub fn sum(&self, of: fn(&Share) -> Money) -> Option<Money> {
        self.shares.iter().try_fold(Money::ZERO, |sum, share| sum.checked_add(of(share)))
    }

    /// What is left of the frame; negative where it does not reach.
    #[must_use]
    pub fn deviation(&self) -> Option<Money> {
        self.frame?.amount.checked_sub(self.sum(|share| share.forecast)?)
    }
}

/// The calendar year in which a cost falls, with its committee and line.
type Key<'a> = (Option<&'a str>, Option<&'a str>, i32);

/// An agreement with its payouts.
#[derive(Debug)]
pub struct AgreementStatement<'a> {
    /// The agreement's id.
    pub id: &'a str,
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// Its payouts.
    pub statement: Statement<'a>,
}

/// The statements of all agreements, in the order of their ids.
#[must_use]
pub fn statements(register: &Register, as_of: NaiveDate) -> Vec<AgreementStatement<'_>> {
    let agreements = register.agreements.par_iter();
    agreements
        .map(|(id, entry)| AgreementStatement { id, entry, statement: statement(register, entry, as_of) })
        .collect()
}

/// The years of all budget lines, by committee, line and year; those that hold nothing but a frame included. Only what
/// the municipality itself pays, or what names a line. A draft promises nobody anything yet.
#[must_use]
pub fn budget_years<'a>(
    register: &'a Register,
    span: &RangeInclusive<i32>,
    statements: &[AgreementStatement<'a>],
    as_of: NaiveDate,
) -> Vec<BudgetYear<'a>> {
    years_by_key(register, span, statements, as_of).into_values().collect()
}

/// The same with what it would cost if agreements that end went on as they were.
#[must_use]
pub fn outlook<'a>(
    register: &'a Register,
    span: &RangeInclusive<i32>,
    statements: &[AgreementStatement<'a>],
    as_of: NaiveDate,
) -> Vec<BudgetYear<'a>> {
    let mut years = years_by_key(register, span, statements, as_of);
    for (one, component, funding) in components(statements) {
        let Some((committee, line)) = carrier(register, &one.entry.data, funding) else { continue };
        let last = component.years.last();
        let continued = last.and_then(|last| continuation(&one.entry.data, last, span, as_of));
        for (year, amount) in continued.unwrap_or_default() {
            let sums = &mut at(&mut years, (committee, line, year)).continuation;
            match sums.iter_mut().find(|(other, _)| other == one.id) {
                Some((_, sum)) => *sum = sum.checked_add(amount).unwrap_or(*sum),
                None => sums.push((one.id.to_owned(), amount)),
            }
        }
    }
    years.into_values().collect()
}

fn years_by_key<'a>(
    register: &'a Register,
    span: &RangeInclusive<i32>,
    statements: &[AgreementStatement<'a>],
    as_of: NaiveDate,
) -> BTreeMap<Key<'a>, BudgetYear<'a>> {
    let mut years: BTreeMap<Key<'_>, BudgetYear<'_>> = BTreeMap::new();
    for (key, line) in register.budget.iter().flat_map(|budget| &budget.data.line) {
        for (year, frame) in &line.year {
            let Some(year) = year.parse().ok().filter(|year| span.contains(year)) else { continue };
            let place = (Some(line.committee.as_str()), Some(key.as_str()), year);
            at(&mut years, place).frame = Some(frame);
        }
    }
    for one in statements {
        let paid = paid(&one.statement);
        for (one, component, funding) in components(std::slice::from_ref(one)) {
            let Some((committee, line)) = carrier(register, &one.entry.data, funding) else { continue };
            for amount in component.years.iter().filter(|amount| span.contains(&amount.year)) {
                let year = at(&mut years, (committee, line, amount.year));
                let paid = paid.get(&(component.key, amount.year)).copied().unwrap_or_default();
                match share(one, component.key, funding, amount, paid, as_of) {
                    Some(share) => year.shares.push(share),
                    None => year.unknown.push(Place::value(&one.entry.file, path!["funding", component.key])),
                }
            }
        }
    }
    years
}

/// What has been paid of a component's year; what goes to or comes from others, or has lapsed.
#[derive(Debug, Clone, Copy, Default)]
struct PaidInYear {
    outcome: Money,
    moved: Money,
}

/// The same for every component and year of an agreement.
fn paid<'b>(statement: &'b Statement<'_>) -> BTreeMap<(&'b str, i32), PaidInYear> {
    let mut sums: BTreeMap<(&str, i32), PaidInYear> = BTreeMap::new();
    for payout in &statement.payouts {
        let moved = payout.correction.checked_add(payout.carried);
        let moved = moved.and_then(|moved| moved.checked_sub(payout.lapsed)).unwrap_or_default();
        for (year, outcome, moved) in in_years(payout, payout.paid(), moved) {
            let sum = sums.entry((payout.funding, year)).or_default();
            // Stated amounts and their differences, far below what would not fit.
            sum.outcome = sum.outcome.checked_add(outcome).unwrap_or(sum.outcome);
            sum.moved = sum.moved.checked_add(moved).unwrap_or(sum.moved);
        }
    }
    sums
}

/// What has been paid and moved in a payout, in the years that bear it: its own, or those that it covers, by days.
fn in_years(payout: &Payout<'_>, outcome: Money, moved: Money) -> Vec<(i32, Money, Money)> {
    let covers = payout.covers;
    if covers.years().count() == 1 {
        return vec![(payout.year, outcome, moved)];
    }
    let mut left = (outcome, moved);
    let mut years = Vec::new();
    for year in covers.years() {
        let days = covers.in_year(year).map_or(0, |period| period.days());
        let part = |amount: Money, left: Money| {
            let share = amount.checked_part(days, covers.days()).map(Money::rounded_to_ore);
            if year == covers.end.year() { left } else { share.unwrap_or_default() }
        };
        let (own, own_moved) = (part(outcome, left.0), part(moved, left.1));
        left =
            (left.0.checked_sub(own).unwrap_or_default(), left.1.checked_sub(own_moved).unwrap_or_default());
        years.push((year, own, own_moved));
    }
    years
}

/// Every component of every agreement but drafts.
fn components<'a, 'b>(
    statements: &'b [AgreementStatement<'a>],
) -> impl Iterator<Item = (&'b AgreementStatement<'a>, &'b Component<'a>, &'a Funding)> {
    statements.iter().filter(|one| one.entry.data.status != Status::Draft).flat_map(|one| {
        let components = one.statement.components.iter();
        components
            .filter_map(move |component| Some((one, component, one.entry.data.funding.get(component.key)?)))
    })
}

fn at<'a, 'b>(years: &'b mut BTreeMap<Key<'a>, BudgetYear<'a>>, key: Key<'a>) -> &'b mut BudgetYear<'a> {
    let (committee, line, year) = key;
    years.entry(key).or_insert_with(|| BudgetYear {
        line,
        committee,
        year,
        frame: None,
        shares: Vec::new(),
        unknown: Vec::new(),
        continuation: Vec::new(),
    })
}

/// The committee and line that bear a component; nothing where somebody else than the municipality does.
fn carrier<'a>(
    register: &'a Register,
    agreement: &'a Agreement,
    funding: &'a Funding,
) -> Option<(Option<&'a str>, Option<&'a str>)> {
    if let Some(key) = funding.budget_line.as_deref() {
        let line = register.budget.as_ref().and_then(|budget| budget.data.line.get(key));
        return Some((line.map(|line| line.committee.as_str()), Some(key)));
    }
    let default = register.settings.as_ref().and_then(|settings| settings.data.default.committee.as_deref());
    pays_itself(register, agreement, &funding.payer)
        .then(|| (agreement.committee.as_deref().or(default), None))
}

/// Whether a party is the municipality whose register it is, under its own name or one of its committees'.
#[must_use]
pub fn pays_itself(register: &Register, agreement: &Agreement, payer: &str) -> bool {
    let municipality = register.settings.as_ref().map(|settings| settings.data.municipality.name.as_str());
    agreement.party.get(payer).is_some_and(|party| {
        Some(party.name.as_str()) == municipality
            || party.legal_person.known().map(String::as_str) == municipality
    })
}

fn share(
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
    let is_firm = year.doubts.iter().all(Doubt::is_undecided);
    let forecast = amount.checked_add(paid.moved)?;
    let by_days = |period: Period| Decimal::from(period.days());
    // Time alone earns nothing of a ceiling.
    let accrued = if funding.ceiling {
        paid.outcome
    } else {
        let until = one.entry.data.early_end().map_or(as_of, |last| last.min(as_of));
        part(amount, year.period, until, by_days)?.rounded_to_ore()
    };
    let is_grant = funding.source.known() == Some(&FundingSource::StateGrant);
    Some(Share {
        agreement: one.id.to_owned(),
        file: Arc::clone(&one.entry.file),
        funding: key.to_owned(),
        amount,
        adjustment,
        preliminary_adjustment: if is_firm { Money::ZERO } else { adjustment },
        is_proposal: one.entry.data.status == Status::Proposed,
        ceiling: funding.ceiling,
        by_days: year.by_days,
        undecided: if is_undecided { forecast } else { Money::ZERO },
        outcome: paid.outcome,
        accrued,
        forecast,
        grants: if is_grant { forecast } else { Money::ZERO },
    })
}

/// What a component that lasts to the end of an agreement would cost in the years after, by the month as in its last
/// year.
fn continuation(
    agreement: &Agreement,
    last: &YearAmount<'_>,
    span: &RangeInclusive<i32>,
    as_of: NaiveDate,
) -> Option<Vec<(i32, Money)>> {
    let end = agreement.extended_term()?.end;
    if agreement.early_end().is_some() {
        return None;
    }
    // What had ended before the span and before the day is no question any more.
    let is_past = end.year() < *span.start() && end < as_of;
    if last.period.end != end || agreement.status == Status::Ended || is_past {
        return None;
    }
    let months = month_units(last.period);
    let from = end.succ_opt()?;
    let years = from.year().max(*span.start())..=*span.end();
    years
        .map(|year| {
            let after = Period { start: from, end: NaiveDate::from_ymd_opt(year, 12, 31)? }.in_year(year)?;
            let amount = last.payable?.checked_factor(month_units(after))?.checked_divided(months)?;
            Some((year, amount.rounded()))
        })
        .collect()
}
