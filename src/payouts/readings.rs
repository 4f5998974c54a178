//! The ways to read an indexation that an agreement leaves open, each with its sums. None of them is chosen.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::division::components;
use super::doubt::Doubt;
use super::indexation::concerned_years;
use super::interpretation::Interpretation;
use crate::agreement::{AdjustmentBase, AdjustmentMethod, Agreement, Indexation};
use crate::money::Money;
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life, MoneyTime};
use crate::vocabulary::Known;

/// One way to read what the agreement leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'a> {
    /// Whether stated amounts already hold their adjustment, and from what each year is counted. The second does not
    /// matter where the first says that they do.
    pub interpretation: Interpretation,
    /// The sum of each year, with what makes it uncertain besides the reading itself. No sum where one amount is not
    /// known.
    pub years: BTreeMap<i32, YearSum<'a>>,
    /// The sum of all years.
    pub total: Option<Money>,
}

/// A year's sum in one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearSum<'a> {
    /// The sum.
    pub amount: Option<Money>,
    /// How firmly the parties are bound by all of it.
    pub commitment: Commitment,
    /// Why it is not definite even if the reading is right.
    pub doubts: Vec<Doubt<'a>>,
}

/// Whether an indexation leaves open what a sum depends on: if amounts are before or after adjustment, or, with more
/// than one year to adjust, from what each year is counted.
#[must_use]
pub fn is_open(agreement: &Agreement, time: MoneyTime, indexation: &Indexation) -> bool {
    open_interpretations(agreement, time, indexation).len() > 1
}

/// Whether readings differ in nothing but whether the adjustment is added: with one year to adjust, what each year is
/// counted from does not matter.
#[must_use]
pub fn is_single_year(readings: &[Reading<'_>]) -> bool {
    readings.iter().all(|one| one.interpretation.method != AdjustmentMethod::AgainstBase)
}

/// The interpretations that an indexation can be read by; one where it leaves nothing open.
fn open_interpretations(
    agreement: &Agreement,
    time: MoneyTime,
    indexation: &Indexation,
) -> Vec<Interpretation> {
    let has_choice = concerned_years(agreement, time, indexation).len() > 1;
    let methods: Vec<AdjustmentMethod> = match indexation.method.known() {
        Some(method) => vec![*method],
        None if has_choice => vec![AdjustmentMethod::Chained, AdjustmentMethod::AgainstBase],
        None => vec![AdjustmentMethod::Chained],
    };
    let before = |method| Interpretation { amounts: AdjustmentBase::BeforeAdjustment, method };
    let after = Interpretation {
        amounts: AdjustmentBase::AfterAdjustment,
        method: methods.first().copied().unwrap_or(AdjustmentMethod::Chained),
    };
    match indexation.amounts.known() {
        Some(AdjustmentBase::AfterAdjustment) => vec![after],
        Some(AdjustmentBase::BeforeAdjustment) => methods.into_iter().map(before).collect(),
        None => [after].into_iter().chain(methods.into_iter().map(before)).collect(),
    }
}

/// The readings of an agreement, the one that adds nothing first. None where nothing is open.
#[must_use]
pub fn readings<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    as_of: NaiveDate,
) -> Vec<Reading<'a>> {
    let mut interpretations: Vec<Interpretation> = Vec::new();
    if entry.data.indexation.is_empty() {
        return Vec::new();
    }
    let time = Life::known_on(&entry.data, register.records_of(entry), as_of).money_time;
    for indexation in entry.data.indexation.values() {
        let open = open_interpretations(&entry.data, time, indexation);
        for interpretation in open.iter().copied().filter(|_| open.len() > 1) {
            if !interpretations.contains(&interpretation) {
                interpretations.push(interpretation);
            }
        }
    }
    interpretations
        .into_iter()
        .map(|interpretation| reading(register, entry, interpretation, as_of))
        .collect()
}

fn reading<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    interpretation: Interpretation,
    as_of: NaiveDate,
) -> Reading<'a> {
    let mut years: BTreeMap<i32, YearSum<'a>> = BTreeMap::new();
    for component in components(register, entry, Some(interpretation), as_of) {
        for year in component.years {
            let commitment = component.commitment;
            let nothing = || YearSum { amount: Some(Money::ZERO), commitment, doubts: Vec::new() };
            let known = years.entry(year.year).or_insert_with(nothing);
            known.commitment = known.commitment.max(commitment);
            known.amount = known.amount.zip(year.payable).and_then(|(sum, more)| sum.checked_add(more));
            for doubt in year.doubts {
                if !known.doubts.contains(&doubt) {
                    known.doubts.push(doubt);
                }
            }
        }
    }
    let total = years.values().try_fold(Money::ZERO, |sum, year| sum.checked_add(year.amount?));
    Reading { interpretation, years, total }
}
