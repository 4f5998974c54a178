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
use super::without_time::without_time;
use crate::agreement::{Agreement, Funding};
use crate::budget::FrameBasis;
use crate::finding::Place;
use crate::money::Money;
use crate::register::Register;
use crate::term::{Commitment, Succession};

/// The calendar year in which a cost falls, with its committee and line.
type Key<'a> = (Option<&'a str>, Option<&'a str>, i32);

/// What the agreements of a register cost the budget lines in some years, with what it would cost if they went on: what can
/// still be declined as shares, and beside the sums what a new agreement like one that ends would cost. A successor takes the
/// place of both from its first day. Only what the municipality itself pays, or what names a line.
#[derive(Debug)]
pub struct Outlook<'a> {
    register: &'a Register,
    span: RangeInclusive<i32>,
    succession: Succession<'a>,
    as_of: NaiveDate,
}

/// What one agreement costs, by the year and the line that bear it.
#[derive(Debug)]
pub struct Costs<'a>(Box<[(Key<'a>, Cost<'a>)]>);

#[derive(Debug)]
enum Cost<'a> {
    /// A part of the year's sum, or nothing of a year that could have had one.
    Share(Option<Share<'a>>),
    Unknown(Unknown),
    /// A part that can still be declined.
    Possible(Share<'a>),
    /// What a new agreement would cost like the one of this id.
    Continued(String, Money),
}

/// The years of all budget lines, by committee, line and year, as [`Outlook`] has them; those that hold nothing but a frame
/// included.
#[must_use]
pub fn outlook<'a>(
    register: &'a Register,
    span: &RangeInclusive<i32>,
    statements: &[AgreementStatement<'a>],
    as_of: NaiveDate,
) -> Vec<BudgetYear<'a>> {
    let outlook = Outlook::new(register, span.clone(), as_of);
    outlook.years(statements.iter().map(|one| outlook.costs(one)))
}

impl<'a> Outlook<'a> {
    /// That of a register, for the calendar years of `span`.
    #[must_use]
    pub fn new(register: &'a Register, span: RangeInclusive<i32>, as_of: NaiveDate) -> Self {
        Self { register, span, succession: Succession::of(register), as_of }
    }

    /// The years of all budget lines, by committee, line and year, with what each of the agreements costs; those that hold
    /// nothing but a frame included.
    #[must_use]
    pub fn years(&self, costs: impl IntoIterator<Item = Costs<'a>>) -> Vec<BudgetYear<'a>> {
        let mut years: BTreeMap<Key<'_>, BudgetYear<'_>> = BTreeMap::new();
        for (key, line) in self.register.budget.iter().flat_map(|budget| &budget.data.line) {
            for (year, frame) in &line.year {
                let Some(year) = year.parse().ok().filter(|year| self.span.contains(year)) else { continue };
                let place = (Some(line.committee.as_str()), Some(key.as_str()), year);
                let of_line = at(&mut years, place);
                (of_line.frame, of_line.basis) = (Some(frame), line.frames_are);
            }
        }
        // What can be declined stands after all that cannot.
        let mut possible = Vec::new();
        for Costs(costs) in costs {
            for (key, cost) in costs {
                match cost {
                    Cost::Share(share) => at(&mut years, key).shares.extend(share),
                    Cost::Unknown(unknown) => at(&mut years, key).unknown.push(unknown),
                    Cost::Possible(share) => possible.push((key, share)),
                    Cost::Continued(id, amount) => at(&mut years, key).continuation.push((id, amount)),
                }
            }
        }
        for (key, share) in possible {
            at(&mut years, key).shares.push(share);
        }
        years.into_values().collect()
    }

    /// What an agreement costs.
    #[must_use]
    pub fn costs(&self, one: &AgreementStatement<'a>) -> Costs<'a> {
        let mut costs = Vec::new();
        self.paid(one, &mut costs);
        self.replaced(one, &mut costs);
        self.without_amount(one, &mut costs);
        self.proposed(one, &mut costs);
        self.to_come(one, &mut costs);
        Costs(costs.into())
    }

    fn bearer(
        &self,
        one: &AgreementStatement<'a>,
        component: &Component<'a>,
    ) -> Option<(Option<&'a str>, Option<&'a str>)> {
        carrier(self.register, &one.entry.data, component.funding)
    }

    /// What the components that are paid come to.
    fn paid(&self, one: &AgreementStatement<'a>, costs: &mut Vec<(Key<'a>, Cost<'a>)>) {
        let paid = one.statement.paid();
        let until = self.succession.replaced_from(one.id);
        for component in &one.statement.components {
            let Some((committee, line)) = self.bearer(one, component) else { continue };
            for amount in component.years.iter().filter(|amount| self.span.contains(&amount.year)) {
                let key = (committee, line, amount.year);
                let paid = paid.of(component.key, amount.year);
                if let Some(shares) = shares(one, component, amount, (paid, until), self.as_of) {
                    if shares.is_empty() {
                        costs.push((key, Cost::Share(None)));
                    }
                    costs.extend(shares.into_iter().map(|share| (key, Cost::Share(Some(share)))));
                } else {
                    let place = Place::value(&one.entry.file, component.path.clone());
                    let weakest = one.statement.life.weakest(amount.period).map(|degree| degree.commitment);
                    let commitment = weakest.into_iter().fold(component.commitment, Commitment::max);
                    costs.push((key, Cost::Unknown(Unknown { place, bound: None, commitment })));
                }
            }
        }
    }

    /// What is paid as long as nothing firmer than a proposal stands in its place.
    fn replaced(&self, one: &AgreementStatement<'a>, costs: &mut Vec<(Key<'a>, Cost<'a>)>) {
        let until = self.succession.replaced_from(one.id);
        for old in &one.statement.replaced {
            let new = one.statement.components.iter().find(|new| new.key == old.key);
            let Some((new, (committee, line))) = new.zip(self.bearer(one, old)) else { continue };
            for amount in old.years.iter().filter(|amount| self.span.contains(&amount.year)) {
                let key = (committee, line, amount.year);
                costs.push((key, Cost::Share(None)));
                for firmer in firmer(one, (old, amount), new.commitment, until, self.as_of) {
                    let is_new = |share: &&mut Share<'_>| {
                        (share.supplement, share.funding) == (new.supplement, new.key)
                            && share.commitment == new.commitment
                    };
                    let of_year = costs.iter_mut().filter(|(other, _)| *other == key);
                    let mut shares = of_year.filter_map(|(_, cost)| match cost {
                        Cost::Share(share) => share.as_mut(),
                        _ => None,
                    });
                    if let Some(share) = shares.find(is_new) {
                        less(share, &firmer);
                    } else {
                        // The new amount lies in other years, or on another line.
                        let mut taken = nothing(one, old, new.commitment, firmer.is_preliminary);
                        less(&mut taken, &firmer);
                        costs.push((key, Cost::Share(Some(taken))));
                    }
                    costs.push((key, Cost::Share(Some(firmer))));
                }
            }
        }
    }

    /// The time for which somebody is bound without an amount.
    fn without_amount(&self, one: &AgreementStatement<'a>, costs: &mut Vec<(Key<'a>, Cost<'a>)>) {
        for (year, unknown) in bound_without_amount(one, &self.span) {
            let mut components = one.statement.components.iter().rev();
            if let Some((committee, line)) = components.find_map(|component| self.bearer(one, component)) {
                costs.push(((committee, line, year), Cost::Unknown(unknown)));
            }
        }
    }

    /// What would change if what supplements propose were agreed.
    fn proposed(&self, one: &AgreementStatement<'a>, costs: &mut Vec<(Key<'a>, Cost<'a>)>) {
        // Of one without a known time nobody can say what it would change in a year: it has a row of its own (`timeless`).
        for component in one.statement.proposed.iter().filter(|component| !component.years.is_empty()) {
            let current = one.statement.components.iter().find(|other| other.key == component.key);
            let now = current.and_then(|current| self.bearer(one, current));
            let then = self.bearer(one, component);
            let of_both = [component].into_iter().chain(current).flat_map(|one| &one.years);
            let concerned: BTreeSet<i32> =
                of_both.map(|year| year.year).filter(|year| self.span.contains(year)).collect();
            for year in concerned {
                // What would move to another line is taken from the one and comes to the other.
                let changes = match (now, then) {
                    (now, then) if now == then => vec![(then, Some(component), current)],
                    _ => vec![(now, None, current), (then, Some(component), None)],
                };
                for (borne_by, new, old) in changes {
                    let Some((committee, line)) = borne_by else { continue };
                    let share = proposed(one, component, year, (new, old));
                    costs.push(((committee, line, year), Cost::Share(share)));
                }
            }
        }
    }

    /// What it would cost if it went on.
    fn to_come(&self, one: &AgreementStatement<'a>, costs: &mut Vec<(Key<'a>, Cost<'a>)>) {
        let until = self.succession.replaced_from(one.id);
        let covered = covered(&one.statement.components);
        for component in &one.statement.components {
            let Some((committee, line)) = self.bearer(one, component) else { continue };
            let Some(last) = component.years.last() else { continue };
            let Statement { life, .. } = &one.statement;
            let money = (last, &*covered);
            for continued in continuation(&one.entry.data, life, component.funding, money, until, &self.span)
            {
                let key = (committee, line, continued.year);
                if let Some(commitment) = continued.commitment {
                    let commitment = component.commitment.max(commitment);
                    let share = estimate(one, component, commitment, (continued.year, continued.amount));
                    costs.push((key, Cost::Possible(share)));
                    continue;
                }
                let mut of_year = costs.iter_mut().filter(|(other, _)| *other == key);
                let known = of_year.find_map(|(_, cost)| match cost {
                    Cost::Continued(_, sum) => Some(sum),
                    _ => None,
                });
                match known {
                    Some(sum) => *sum = sum.checked_add(continued.amount).unwrap_or(*sum),
                    None => costs.push((key, Cost::Continued(one.id.to_owned(), continued.amount))),
                }
            }
        }
    }
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
    let components = statements.iter().flat_map(|one| {
        let statement = &one.statement;
        // What is only proposed in the place of something else has its years in no sum, and its amount without years here.
        let proposed = without_time(one.entry, &statement.proposed, statement.life.money_time);
        statement.without_time.iter().cloned().chain(proposed).map(move |own| (one, own))
    });
    components
        .filter_map(|(one, own)| {
            let agreement = &one.entry.data;
            let (committee, line) = carrier(register, agreement, own.terms)?;
            let (amount, place) = (own.amount, own.place);
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
        basis: FrameBasis::Gross,
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
