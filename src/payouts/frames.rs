//! What the partnerships cost each budget line and year, against its frame.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::budget_year::{BudgetYear, Share, Unknown};
use super::component::Component;
use super::continuation::continuation;
use super::share::{estimate, firmer, less, nothing, proposed, shares};
use super::statement::{AgreementStatement, Statement};
use super::uncovered::{Uncovered, covered, uncovered};
use crate::agreement::{Agreement, Funding};
use crate::finding::Place;
use crate::money::Money;
use crate::register::Register;
use crate::term::{Commitment, Succession};

/// The calendar year in which a cost falls, with its committee and line.
type Key<'a> = (Option<&'a str>, Option<&'a str>, i32);

/// The years of all budget lines, by committee, line and year; those that hold nothing but a frame included. Only what
/// the municipality itself pays, or what names a line.
#[must_use]
pub fn budget_years<'a>(
    register: &'a Register,
    span: &RangeInclusive<i32>,
    statements: &[AgreementStatement<'a>],
    as_of: NaiveDate,
) -> Vec<BudgetYear<'a>> {
    years_by_key(register, span, statements, as_of).into_values().collect()
}

/// The same with what it would cost if agreements went on: what can still be declined as shares, and beside the sums what a
/// new agreement like one that ends would cost. A successor takes the place of both from its first day.
#[must_use]
pub fn outlook<'a>(
    register: &'a Register,
    span: &RangeInclusive<i32>,
    statements: &[AgreementStatement<'a>],
    as_of: NaiveDate,
) -> Vec<BudgetYear<'a>> {
    let mut years = years_by_key(register, span, statements, as_of);
    let succession = Succession::of(register);
    for one in statements {
        let until = succession.replaced_from(one.id);
        let covered = covered(&one.statement.components);
        for component in &one.statement.components {
            let Some((committee, line)) = carrier(register, &one.entry.data, component.funding) else {
                continue;
            };
            let Some(last) = component.years.last() else { continue };
            let Statement { life, .. } = &one.statement;
            let money = (last, &*covered);
            for continued in continuation(&one.entry.data, life, component.funding, money, until, span) {
                let year = at(&mut years, (committee, line, continued.year));
                if let Some(commitment) = continued.commitment {
                    let commitment = component.commitment.max(commitment);
                    year.shares.push(estimate(one, component, commitment, continued.amount));
                    continue;
                }
                match year.continuation.iter_mut().find(|(other, _)| other == one.id) {
                    Some((_, sum)) => *sum = sum.checked_add(continued.amount).unwrap_or(*sum),
                    None => year.continuation.push((one.id.to_owned(), continued.amount)),
                }
            }
        }
    }
    years.into_values().collect()
}

/// A component without a known time: what it costs no year bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelessShare<'a> {
    /// The committee's key.
    pub committee: Option<&'a str>,
    /// The line's key in `budget.toml`.
    pub line: Option<&'a str>,
    /// The agreement's id.
    pub agreement: &'a str,
    /// What is agreed; nothing where that is not known either.
    pub amount: Option<Money>,
    /// Whether it is only the most that can be paid.
    pub ceiling: bool,
    /// How firmly the parties are bound.
    pub commitment: Commitment,
    /// Where it stands.
    pub place: Place,
}

/// The components of all agreements that have no known time, in the order of the agreements.
#[must_use]
pub fn timeless<'a>(register: &'a Register, statements: &[AgreementStatement<'a>]) -> Vec<TimelessShare<'a>> {
    let components =
        statements.iter().flat_map(|one| one.statement.without_time.iter().map(move |own| (one, own)));
    components
        .filter_map(|(one, own)| {
            let agreement = &one.entry.data;
            let (committee, line) = carrier(register, agreement, own.terms)?;
            let (amount, place) = (own.amount, own.place.clone());
            Some(TimelessShare {
                committee,
                line,
                agreement: one.id,
                amount,
                ceiling: own.ceiling,
                commitment: own.commitment,
                place,
            })
        })
        .collect()
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
    let succession = Succession::of(register);
    for one in statements {
        let paid = one.statement.paid();
        let until = succession.replaced_from(one.id);
        for component in &one.statement.components {
            let Some((committee, line)) = carrier(register, &one.entry.data, component.funding) else {
                continue;
            };
            for amount in component.years.iter().filter(|amount| span.contains(&amount.year)) {
                let year = at(&mut years, (committee, line, amount.year));
                let paid = paid.of(component.key, amount.year);
                if let Some(shares) = shares(one, component, amount, (paid, until), as_of) {
                    year.shares.extend(shares);
                } else {
                    let place = Place::value(&one.entry.file, component.path.clone());
                    let weakest = one.statement.life.weakest(amount.period).map(|degree| degree.commitment);
                    let commitment = weakest.into_iter().fold(component.commitment, Commitment::max);
                    year.unknown.push(Unknown { place, bound: None, commitment });
                }
            }
        }
        for old in &one.statement.replaced {
            let new = one.statement.components.iter().find(|new| new.key == old.key);
            let Some((new, (committee, line))) = new.zip(carrier(register, &one.entry.data, old.funding))
            else {
                continue;
            };
            for amount in old.years.iter().filter(|amount| span.contains(&amount.year)) {
                let year = at(&mut years, (committee, line, amount.year));
                for firmer in firmer(one, (old, amount), new.commitment, until, as_of) {
                    let is_new = |share: &&mut Share| {
                        (&*share.agreement, &share.path, share.commitment)
                            == (one.id, &new.path, new.commitment)
                    };
                    if let Some(share) = year.shares.iter_mut().find(is_new) {
                        less(share, &firmer);
                    } else {
                        // The new amount lies in other years, or on another line.
                        let mut taken = nothing(one, old, new.commitment, firmer.is_preliminary);
                        less(&mut taken, &firmer);
                        year.shares.push(taken);
                    }
                    year.shares.push(firmer);
                }
            }
        }
        for (year, unknown) in bound_without_amount(one, span) {
            let mut components = one.statement.components.iter().rev();
            let borne_by = components.find_map(|one_of| carrier(register, &one.entry.data, one_of.funding));
            if let Some((committee, line)) = borne_by {
                at(&mut years, (committee, line, year)).unknown.push(unknown);
            }
        }
        for component in &one.statement.proposed {
            let current = one.statement.components.iter().find(|other| other.key == component.key);
            let carried_by =
                |component: &Component<'a>| carrier(register, &one.entry.data, component.funding);
            let (now, then) = (current.and_then(carried_by), carried_by(component));
            let of_both = [component].into_iter().chain(current).flat_map(|one| &one.years);
            let concerned: BTreeSet<i32> =
                of_both.map(|year| year.year).filter(|year| span.contains(year)).collect();
            for year in concerned {
                // What would move to another line is taken from the one and comes to the other.
                let changes = match (now, then) {
                    (now, then) if now == then => vec![(then, Some(component), current)],
                    _ => vec![(now, None, current), (then, Some(component), None)],
                };
                for (borne_by, new, old) in changes {
                    let Some((committee, line)) = borne_by else { continue };
                    let share = proposed(one, component, year, (new, old));
                    at(&mut years, (committee, line, year)).shares.extend(share);
                }
            }
        }
    }
    years
}

/// The days for which somebody is bound without an amount, with what binds them.
fn bound_without_amount(one: &AgreementStatement<'_>, span: &RangeInclusive<i32>) -> Vec<(i32, Unknown)> {
    let life = &one.statement.life;
    if !life.standing.is_bound() {
        return Vec::new();
    }
    let missing = uncovered(&one.entry.data, &one.statement).into_iter();
    missing
        .filter(|one| span.contains(&one.year))
        .filter_map(|Uncovered { year, days, .. }| {
            let mut stretches = life.cut(days).into_iter().filter_map(|(_, stretch)| stretch);
            let last = stretches.next_back()?;
            let commitment = life.weakest(days)?.commitment;
            let place = Place::value(&one.entry.file, last.ends_at.clone());
            Some((year, Unknown { place, bound: Some(days), commitment }))
        })
        .collect()
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
#[must_use]
pub fn carrier<'a>(
    register: &'a Register,
    agreement: &'a Agreement,
    funding: &'a Funding,
) -> Option<(Option<&'a str>, Option<&'a str>)> {
    if let Some(key) = funding.budget_line.as_deref() {
        let line = register.budget.as_ref().and_then(|budget| budget.data.line.get(key));
        return Some((line.map(|line| line.committee.as_str()), Some(key)));
    }
    let default = register.settings.as_ref().and_then(|settings| settings.data.default.committee.as_deref());
    register.bears(agreement, &funding.payer).then(|| (agreement.committee.as_deref().or(default), None))
}
