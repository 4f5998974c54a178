//! What a component comes to in each calendar year: as agreed, and as adjusted to prices.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::agreed::period_of;
use super::doubt::Doubt;
use super::factor::{Change, Counted, Factor};
use super::index_year::YearStart;
use super::indexation::{adjusted_years, contradiction};
use super::interpretation::{Interpretation, Open, resolve};
use super::no_factor::NoFactor;
use super::pace::Pace;
use super::year_share::by_year;
use crate::agreement::{
    AdjustmentBase, AdjustmentMethod, Agreement, AppliesWhen, Funding, Indexation, RoundTo, RoundingPlace,
};
use crate::date::Period;
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
    /// The parts of the year's days with a factor each, in order: one, or two where agreement years cut it.
    pub parts: Vec<AdjustedPart<'a>>,
    /// How the amount falls on the days before it is adjusted.
    pub pace: Pace,
    /// The factor of the whole, where there are several parts their mean by what they cost.
    pub factor: Decimal,
    /// The same up to the last change before the first that can still become another.
    pub firm_factor: Decimal,
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

/// Days for which one factor holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustedPart<'a> {
    /// The days.
    pub period: Period,
    /// The factor and what it rests on.
    pub factor: Factor<'a>,
}

impl<'a> Adjustment<'a> {
    /// Whether the amount stays as it is: then nothing is rounded either.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.parts.iter().all(|part| part.factor.factor == Decimal::ONE)
    }

    /// The changes that make its factors, each once, in the order of years.
    pub fn changes(&self) -> impl Iterator<Item = &Change<'a>> {
        let of_part = |number: usize| self.parts.get(number).map(|part| part.factor.changes.as_slice());
        self.parts.iter().enumerate().flat_map(move |(number, part)| {
            let before = number.checked_sub(1).and_then(of_part).unwrap_or_default();
            part.factor.changes.iter().filter(|change| !before.contains(change))
        })
    }

    /// The mean factor of some days, by what they cost; nothing where one factor holds for the whole year.
    #[must_use]
    pub fn factor_of(&self, days: Period) -> Option<Decimal> {
        let [_, _, ..] = self.parts.as_slice() else { return None };
        let own = |part: &AdjustedPart<'_>| Some((part.period.overlap(&days)?, part.factor.factor));
        mean(&self.parts.iter().filter_map(own).collect::<Vec<_>>(), &self.pace)
    }

    /// With what the factors make of an amount. Nothing where a number does not fit.
    fn of(mut self, agreed: Money) -> Option<Self> {
        let factors = |of: fn(&Factor<'_>) -> Decimal| {
            self.parts.iter().map(|part| (part.period, of(&part.factor))).collect::<Vec<_>>()
        };
        let mean = |of: fn(&Factor<'_>) -> Decimal| mean(&factors(of), &self.pace);
        let (factor, firm) = (mean(|one| one.factor)?, mean(|one| one.firm)?);
        (self.factor, self.firm_factor) = (factor, firm);
        self.exact = agreed.checked_factor(factor)?;
        self.firm = self.rounded(agreed.checked_factor(firm)?, firm == Decimal::ONE);
        Some(self)
    }

    fn rounded(&self, exact: Money, is_unchanged: bool) -> Money {
        match self.place {
            RoundingPlace::YearAmount if !is_unchanged => exact.rounded_to(self.round_to.unit()),
            _ => exact,
        }
    }
}

/// The factors of an adjustment, each with its days; none where nothing is adjusted.
pub(super) fn factors_of(adjustment: Option<&Adjustment<'_>>) -> Vec<(Period, Decimal)> {
    let parts = adjustment.map(|one| one.parts.as_slice()).unwrap_or_default();
    parts.iter().map(|part| (part.period, part.factor.factor)).collect()
}

/// The mean of factors, each for as much as its days cost.
fn mean(parts: &[(Period, Decimal)], pace: &Pace) -> Option<Decimal> {
    if let [(_, factor)] = parts {
        return Some(*factor);
    }
    let (mut sum, mut all) = (Decimal::ZERO, Decimal::ZERO);
    for (period, factor) in parts {
        let weight = pace.weight(*period);
        sum = sum.checked_add(weight.checked_mul(*factor)?)?;
        all = all.checked_add(weight)?;
    }
    // What costs nothing is adjusted by the first.
    sum.checked_div(all).or_else(|| parts.first().map(|(_, factor)| *factor))
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
    /// How that falls on its days.
    pub pace: Pace,
    /// What it at least comes to by the floor of its indexation, whatever the index becomes; nothing without such a floor.
    pub least: Option<Money>,
    /// How firmly the parties are bound by it: by the weakest of its days.
    pub commitment: Commitment,
    /// Why it is not definite.
    pub doubts: Vec<Doubt<'a>>,
}

impl<'a> YearAmount<'a> {
    /// Adds reasons for doubt, each once.
    fn doubt(&mut self, doubts: impl IntoIterator<Item = Doubt<'a>>) {
        for doubt in doubts {
            if !self.doubts.contains(&doubt) {
                self.doubts.push(doubt);
            }
        }
    }
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
                pace: Pace::default(),
                least: None,
                commitment,
                doubts: Vec::new(),
            };
            amount.doubts.extend(undecided.clone());
            let weakest = life.weakest(amount.period);
            amount.doubts.extend(of_days(life, amount.period, weakest.as_ref()));
            amount.commitment = weakest.map_or(commitment, |weakest| commitment.max(weakest.commitment));
            amount.pace = Pace::of(funding, life.money_time, amount.period, &[]);
            let concerned: Vec<&Indexed<'_>> =
                indexed.iter().filter(|one| one.concerns(agreement, &amount)).collect();
            amount.is_indexed = !concerned.is_empty();
            match agreed {
                None => amount.doubts.push(Doubt::NoAmount),
                Some(agreed) => adjust(register, agreement, &concerned, agreed, &mut amount, reading, as_of),
            }
            let factors = factors_of(amount.adjustment.as_ref());
            amount.pace = Pace::of(funding, life.money_time, amount.period, &factors);
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
    /// When its years begin; nothing where that is not known.
    begins: Option<YearStart>,
    years: Vec<i32>,
}

impl Indexed<'_> {
    /// Whether it adjusts a year of a component. One that names no years does so in every year of a term that is not
    /// known: nobody can tell. The same holds where nobody can tell when its years begin.
    fn concerns(&self, agreement: &Agreement, amount: &YearAmount<'_>) -> bool {
        if self.years.is_empty() {
            return self.indexation.years.is_empty() && agreement.term.period().is_none();
        }
        self.begins.is_none() || self.parts(amount.period).into_iter().any(|one| self.adjusts(agreement, one))
    }

    /// The parts of a component's days, with the year of the indexation that each lies in; one, that of the last day, where its
    /// years begin on a day that not every year has.
    fn parts(&self, period: Period) -> Vec<(i32, Period)> {
        match self.begins {
            None => Vec::new(),
            Some(begins) if begins.is_in_every_year() => begins.parts(period),
            Some(begins) => vec![(begins.holding(period.end), period)],
        }
    }

    /// Whether it adjusts what is for days of one of its years.
    fn adjusts(&self, agreement: &Agreement, (year, days): (i32, Period)) -> bool {
        // What lasts until further notice is not extended.
        let original = agreement.term.period().filter(|_| agreement.term.open_ended().is_none());
        let is_its_time = self.indexation.applies == AppliesWhen::Yearly
            || original.is_some_and(|base| days.start > base.end);
        // What has been added stays in the years after it, unless each year is counted from the stated amount.
        let stays = self.indexation.method.known() != Some(&AdjustmentMethod::AgainstBase);
        let is_after = self.years.first().is_some_and(|first| *first < year);
        is_its_time && (self.years.contains(&year) || stays && is_after)
    }
}

/// The indexations that name a component, or name none.
fn indexations_of<'a>(agreement: &'a Agreement, time: MoneyTime, funding: &str) -> Vec<Indexed<'a>> {
    let indexations = agreement.indexation.iter().filter(|(_, indexation)| indexation.adjusts(funding));
    indexations
        .map(|(key, indexation)| Indexed {
            key,
            indexation,
            begins: YearStart::of(indexation, &agreement.term),
            years: adjusted_years(agreement, time, indexation),
        })
        .collect()
}

fn adjust<'a>(
    register: &'a Register,
    agreement: &Agreement,
    concerned: &[&Indexed<'_>],
    agreed: Money,
    amount: &mut YearAmount<'a>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) {
    let one = match concerned {
        [] => return,
        [one] => *one,
        [..] => {
            amount.doubts.push(Doubt::SeveralIndexations);
            return;
        }
    };
    let no_factor = |reason| Doubt::NoFactor { indexation: one.key.to_owned(), reason };
    if one.years.is_empty() || one.begins.is_none() {
        amount.doubts.push(no_factor(NoFactor::NoTerm));
        return;
    }
    let (mut parts, mut least, mut method, mut failed) = (Vec::new(), Vec::new(), None, None);
    for (year, period) in one.parts(amount.period) {
        if !one.adjusts(agreement, (year, period)) {
            parts.push(AdjustedPart { period, factor: Factor::NONE });
            least.push(Some((period, Decimal::ONE)));
            continue;
        }
        let first = one.years.first() == Some(&year);
        let (interpretation, year) = match resolve(register, one.indexation, first, reading) {
            Ok((interpretation, assumed)) => {
                amount.doubt(assumed);
                (interpretation, year)
            }
            Err(Open { amounts, method }) => {
                amount.doubt([Doubt::Unclear { indexation: one.key.to_owned(), amounts, method }]);
                // The first adjusted year comes to the same by every method: that level is carried on.
                let first = one.years.first().filter(|_| !amounts);
                let Some(first) = first.map(|year| (Interpretation::FIRST_YEAR, *year)) else { return };
                first
            }
        };
        if interpretation.amounts == AdjustmentBase::AfterAdjustment {
            return;
        }
        let counted = Counted { register, indexation: one.indexation, years: &one.years, as_of };
        let contradiction = contradiction(one.indexation, &agreement.term).map(NoFactor::Contradiction);
        let is_contradictory = contradiction.is_some();
        match contradiction.map_or_else(|| counted.factor(year, interpretation.method), Err) {
            Ok(factor) => parts.push(AdjustedPart { period, factor }),
            Err(reason) => failed = failed.or(Some(reason)),
        }
        if !is_contradictory {
            least.push(counted.least(year, interpretation.method).map(|least| (period, least)));
        }
        method = Some(interpretation.method);
    }
    let Some(method) = method else { return };
    amount.least = least_amount(agreed, least, &amount.pace);
    if let Some(reason) = failed {
        amount.doubts.push(no_factor(reason));
        return;
    }
    let indexation = one.indexation;
    let round_to = indexation.round_to.known().copied();
    let adjustment = Adjustment {
        indexation: one.key.to_owned(),
        method,
        factor: Decimal::ONE,
        firm_factor: Decimal::ONE,
        exact: agreed,
        firm: agreed,
        parts,
        pace: amount.pace.clone(),
        round_to: round_to.unwrap_or(RoundTo::Krona),
        place: indexation.rounding_place.known().copied().unwrap_or(RoundingPlace::YearAmount),
        rounding_is_stated: round_to.is_some(),
    };
    let Some(adjustment) = adjustment.of(agreed) else {
        amount.doubts.push(Doubt::TooLarge);
        return;
    };
    for series in adjustment.changes().flat_map(|change| &change.series) {
        let values = series.values.iter().filter(|value| !value.is_firm());
        amount.doubt(
            series.carried.clone().map(Doubt::Carried).into_iter().chain(values.copied().map(Doubt::Value)),
        );
    }
    amount.payable = Some(adjustment.rounded(adjustment.exact, adjustment.changes_nothing()));
    amount.adjustment = Some(adjustment);
}

/// The least that an amount comes to by the floors of its parts. Nothing where one of them has none.
fn least_amount(agreed: Money, parts: Vec<Option<(Period, Decimal)>>, pace: &Pace) -> Option<Money> {
    let parts: Vec<(Period, Decimal)> = parts.into_iter().collect::<Option<_>>()?;
    agreed.checked_factor(mean(&parts, pace)?).map(Money::rounded)
}
