//! What a component comes to in each calendar year: as agreed, and as adjusted to prices.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::agreed::period_of;
use super::doubt::Doubt;
use super::factor::{Factor, factor, least_factor};
use super::indexation::adjusted_years;
use super::interpretation::{Interpretation, Open, resolve};
use super::no_factor::NoFactor;
use super::year_share::by_year;
use crate::agreement::{
    AdjustmentBase, AdjustmentMethod, Agreement, AppliesWhen, Funding, Indexation, RoundTo, RoundingPlace,
};
use crate::date::Period;
use crate::index::ValueStatus;
use crate::money::Money;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{Commitment, Degree, FundingTerms, Life, MoneyTime, awaited};
use crate::vocabulary::Known;

/// An adjustment that has been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment<'a> {
    /// The indexation's key.
    pub indexation: String,
    /// How it is counted.
    pub method: AdjustmentMethod,
    /// The factor and what it rests on.
    pub factor: Factor<'a>,
    /// The amount times the factor, before rounding.
    pub exact: Money,
    /// What the amount comes to by the changes that are decided, up to the first that is not.
    pub firm: Money,
    /// To what it is rounded.
    pub round_to: RoundTo,
    /// What is rounded.
    pub place: RoundingPlace,
    /// Whether the agreement says to what and where, or the default holds: each year's amount to whole kronor.
    pub rounding_is_stated: bool,
}

impl Adjustment<'_> {
    /// Whether the amount stays as it is: then nothing is rounded either.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.factor.factor == Decimal::ONE
    }

    fn rounded(&self, exact: Money, factor: Decimal) -> Money {
        match self.place {
            RoundingPlace::YearAmount if factor != Decimal::ONE => exact.rounded_to(self.round_to.unit()),
            _ => exact,
        }
    }
}

/// A component's part of one calendar year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearAmount<'a> {
    /// The calendar year that bears the cost.
    pub year: i32,
    /// The days of the year that it covers.
    pub period: Period,
    /// The agreed amount before any adjustment. Nothing where the agreement leaves it open.
    pub agreed: Option<Money>,
    /// Whether the agreement gives no amount for the year, so that the part is counted by months.
    pub is_divided: bool,
    /// Whether an indexation concerns the year, computed or not.
    pub is_indexed: bool,
    /// The adjustment, where one is made.
    pub adjustment: Option<Adjustment<'a>>,
    /// What it comes to; rounded, unless each payout is.
    pub payable: Option<Money>,
    /// What it at least comes to by the floor of its indexation, whatever the index becomes; nothing without such a floor.
    pub least: Option<Money>,
    /// How firmly the parties are bound by it: by the weakest of its days.
    pub commitment: Commitment,
    /// Why it is not definite.
    pub doubts: Vec<Doubt<'a>>,
}

/// A component's years in order; none where its period is not known.
pub(super) fn year_amounts<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    life: &Life<'_>,
    (terms, commitment, undecided): (&FundingTerms<'_>, Commitment, Option<Doubt<'a>>),
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> Vec<YearAmount<'a>> {
    let agreement = &entry.data;
    let funding = terms.funding;
    let Some(period) = period_of(funding, life.money_time) else { return Vec::new() };
    let shares = by_year(funding, life.money_time);
    let indexed = indexations_of(agreement, life.money_time, terms.key);
    let years = period.years();
    let is_divided = years.clone().count() > 1;
    years
        .enumerate()
        .filter_map(|(position, year)| {
            let share = shares.as_ref().and_then(|shares| shares.get(position));
            let agreed = share.map(|share| share.amount);
            let mut amount = YearAmount {
                year,
                period: period.in_year(year)?,
                agreed,
                is_divided: share.map_or(is_divided, |share| share.is_divided),
                is_indexed: false,
                adjustment: None,
                payable: agreed,
                least: None,
                commitment,
                doubts: Vec::new(),
            };
            amount.doubts.extend(undecided.clone());
            let weakest = life.weakest(amount.period);
            amount.doubts.extend(of_days(life, amount.period, weakest.as_ref()));
            amount.commitment = weakest.map_or(commitment, |weakest| commitment.max(weakest.commitment));
            let concerned: Vec<&Indexed<'_>> =
                indexed.iter().filter(|one| one.concerns(agreement, &amount)).collect();
            amount.is_indexed = !concerned.is_empty();
            match agreed {
                None => amount.doubts.push(Doubt::NoAmount),
                Some(agreed) => adjust(register, &concerned, agreed, &mut amount, reading, as_of),
            }
            Some(amount)
        })
        .collect()
}

/// A component that a decision has changed counts once that decision is on record.
#[must_use]
pub fn undecided(records: Option<&Records>, funding: &Funding, as_of: NaiveDate) -> Option<Doubt<'static>> {
    awaited(records, funding, as_of).map(|key| Doubt::Undecided { decision: key.to_owned() })
}

/// Why it is open whether days come, of which `weakest` is the weakest degree.
pub(super) fn of_days<'a>(
    life: &Life<'_>,
    days: Period,
    weakest: Option<&Degree<'_>>,
) -> impl Iterator<Item = Doubt<'a>> {
    let untold = life.may_not_come(days).map(|given| Doubt::EndUntold { given });
    weakest.and_then(|weakest| not_bound(life, weakest)).into_iter().chain(untold)
}

/// Days for which the parties are bound less firmly than by the agreement itself.
fn not_bound<'a>(life: &Life<'_>, weakest: &Degree<'_>) -> Option<Doubt<'a>> {
    if weakest.commitment <= life.standing {
        return None;
    }
    let Some(stretch) = weakest.stretch else { return Some(Doubt::OutsideTerm) };
    Some(if stretch.can_be_declined() {
        Doubt::Declinable { rests_on: stretch.rests_on.clone(), until: stretch.declinable_until }
    } else {
        Doubt::NotExtended {
            what: stretch.rests_on.indefinite(),
            until: stretch.to,
            degree: stretch.rests_on.predicate(stretch.commitment),
        }
    })
}

/// An indexation with the years that it adjusts.
struct Indexed<'a> {
    key: &'a str,
    indexation: &'a Indexation,
    years: Vec<i32>,
}

impl Indexed<'_> {
    /// Whether it adjusts a year of a component. One that names no years does so in every year of a term that is not
    /// known: nobody can tell.
    fn concerns(&self, agreement: &Agreement, amount: &YearAmount<'_>) -> bool {
        if self.years.is_empty() {
            return self.indexation.years.is_empty() && agreement.term.period().is_none();
        }
        let is_its_time =
            self.indexation.applies == AppliesWhen::Yearly || is_after_base_term(agreement, amount);
        // What has been added stays in the years after it, unless each year is counted from the stated amount.
        let stays = self.indexation.method.known() != Some(&AdjustmentMethod::AgainstBase);
        let is_after = self.years.first().is_some_and(|first| *first < amount.year);
        is_its_time && (self.years.contains(&amount.year) || stays && is_after)
    }
}

/// The indexations that name a component, or name none.
fn indexations_of<'a>(agreement: &'a Agreement, time: MoneyTime, funding: &str) -> Vec<Indexed<'a>> {
    let indexations = agreement.indexation.iter().filter(|(_, indexation)| {
        indexation.funding.is_empty() || indexation.funding.iter().any(|named| named == funding)
    });
    indexations
        .map(|(key, indexation)| Indexed {
            key,
            indexation,
            years: adjusted_years(agreement, time, indexation),
        })
        .collect()
}

fn adjust<'a>(
    register: &'a Register,
    concerned: &[&Indexed<'_>],
    agreed: Money,
    amount: &mut YearAmount<'a>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) {
    let Indexed { key: name, indexation, years } = match concerned {
        [] => return,
        [one] => one,
        [..] => {
            amount.doubts.push(Doubt::SeveralIndexations);
            return;
        }
    };
    if years.is_empty() {
        amount.doubts.push(Doubt::NoFactor { indexation: (*name).to_owned(), reason: NoFactor::NoTerm });
        return;
    }
    let first = years.first() == Some(&amount.year);
    let (interpretation, year) = match resolve(register, indexation, first, reading) {
        Ok((interpretation, assumed)) => {
            amount.doubts.extend(assumed);
            (interpretation, amount.year)
        }
        Err(Open { amounts, method }) => {
            amount.doubts.push(Doubt::Unclear { indexation: (*name).to_owned(), amounts, method });
            // The first adjusted year comes to the same by every method: that level is carried on.
            let first = years.first().filter(|_| !amounts).map(|year| (Interpretation::FIRST_YEAR, *year));
            let Some(first) = first else { return };
            first
        }
    };
    if interpretation.amounts == AdjustmentBase::AfterAdjustment {
        return;
    }
    let least = least_factor(register, indexation, years, year, interpretation.method, as_of);
    amount.least = least.and_then(|least| agreed.checked_factor(least)).map(Money::rounded);
    let factor = match factor(register, indexation, years, year, interpretation.method, as_of) {
        Ok(factor) => factor,
        Err(reason) => {
            amount.doubts.push(Doubt::NoFactor { indexation: (*name).to_owned(), reason });
            return;
        }
    };
    let (Some(exact), Some(firm)) =
        (agreed.checked_factor(factor.factor), agreed.checked_factor(factor.firm))
    else {
        amount.doubts.push(Doubt::TooLarge);
        return;
    };
    for series in factor.changes.iter().flat_map(|change| &change.series) {
        let values = series.values.iter().filter(|value| value.status != ValueStatus::Decided);
        for doubt in
            series.carried.clone().map(Doubt::Carried).into_iter().chain(values.copied().map(Doubt::Value))
        {
            if !amount.doubts.contains(&doubt) {
                amount.doubts.push(doubt);
            }
        }
    }
    let round_to = indexation.round_to.known().copied();
    let place = indexation.rounding_place.known().copied();
    let mut adjustment = Adjustment {
        indexation: (*name).to_owned(),
        method: interpretation.method,
        exact,
        firm,
        factor,
        round_to: round_to.unwrap_or(RoundTo::Krona),
        place: place.unwrap_or(RoundingPlace::YearAmount),
        rounding_is_stated: round_to.is_some(),
    };
    adjustment.firm = adjustment.rounded(firm, adjustment.factor.firm);
    amount.payable = Some(adjustment.rounded(exact, adjustment.factor.factor));
    amount.adjustment = Some(adjustment);
}

fn is_after_base_term(agreement: &Agreement, amount: &YearAmount<'_>) -> bool {
    agreement.term.period().is_some_and(|base| amount.period.start > base.end)
}
