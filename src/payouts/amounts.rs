//! What a component comes to in each calendar year: as agreed, and as adjusted to prices.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::adjustment::{AdjustedPart, Adjustment, InYear, factors_of, mean};
use super::agreed::{goes_on, period_of};
use super::doubt::Doubt;
use super::factor::{Counted, Factor};
use super::index_year::YearStart;
use super::indexation::{adjusted_years, contradiction};
use super::interpretation::{Interpretation, Open, resolve};
use super::no_factor::NoFactor;
use super::pace::Pace;
use super::worth::worth;
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
                Some(agreed) => {
                    let agreed = (agreed, funding, life.money_time);
                    adjust(register, agreement, &concerned, agreed, &mut amount, reading, as_of);
                }
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

    /// What a component costs in the agreement year that some of its days lie in; nothing for calendar years.
    fn in_year(&self, (year, part): (i32, Period), funding: &Funding, time: MoneyTime) -> Option<InYear> {
        let begins = self.begins.filter(|begins| !begins.is_calendar() && begins.is_in_every_year())?;
        let whole = begins.days_of(year)?;
        // What goes on costs as much in the rest of the year as in what is known of it. It is counted in whole calendar years, as
        // it is when more of it is known: a month that the agreement year cuts is no broken one.
        let known = time.period().filter(|_| goes_on(funding, time));
        let last = NaiveDate::from_ymd_opt(whole.end.year(), 12, 31)?;
        let time = known.map_or(time, |known| time.lasting_to(known.end.max(last)));
        let days = period_of(funding, time)?.overlap(&whole)?;
        let up_to = |end: NaiveDate| worth(funding, time, Period { end, ..days });
        let before = if part.start == days.start { Some(Money::ZERO) } else { up_to(part.start.pred_opt()?) };
        let agreed = up_to(days.end)?;
        (agreed > Money::ZERO).then_some(InYear { days, agreed, before: before?, with: up_to(part.end)? })
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
    (agreed, funding, time): (Money, &Funding, MoneyTime),
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
        let days = (period, one.in_year((year, period), funding, time));
        if !one.adjusts(agreement, (year, period)) {
            parts.push(AdjustedPart::of(days, Factor::NONE, Vec::new()));
            least.push(Some((period, Decimal::ONE)));
            continue;
        }
        let first = one.years.first() == Some(&year);
        let mut doubts = Vec::new();
        let (interpretation, year) = match resolve(register, one.indexation, first, reading) {
            Ok((interpretation, assumed)) => {
                doubts.extend(assumed);
                amount.doubt(doubts.clone());
                (interpretation, year)
            }
            Err(Open { amounts, method }) => {
                doubts.push(Doubt::Unclear { indexation: one.key.to_owned(), amounts, method });
                amount.doubt(doubts.clone());
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
            Ok(factor) => parts.push(AdjustedPart::of(days, factor, doubts)),
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
        payable: agreed,
        firm: agreed,
        parts,
        pace: amount.pace.clone(),
        round_to: round_to.unwrap_or(RoundTo::Krona),
        place: indexation.rounding_place.known().copied().unwrap_or(RoundingPlace::YearAmount),
        rounding_is_stated: round_to.is_some(),
    };
    let Some(adjustment) = adjustment.with_sums(agreed) else {
        amount.doubts.push(Doubt::TooLarge);
        return;
    };
    for part in &adjustment.parts {
        amount.doubt(part.doubts.iter().cloned());
    }
    amount.payable = Some(adjustment.payable);
    amount.adjustment = Some(adjustment);
}

/// The least that an amount comes to by the floors of its parts. Nothing where one of them has none.
fn least_amount(agreed: Money, parts: Vec<Option<(Period, Decimal)>>, pace: &Pace) -> Option<Money> {
    let parts: Vec<(Period, Decimal)> = parts.into_iter().collect::<Option<_>>()?;
    agreed.checked_factor(mean(&parts, pace)?).map(Money::rounded)
}
