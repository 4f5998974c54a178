//! How a year's amount is adjusted to prices: as one, or, where agreement years cut it, each part by itself.

use rust_decimal::Decimal;

use super::doubt::Doubt;
use super::factor::{Change, Factor};
use super::pace::Pace;
use super::split::by_weight;
use crate::agreement::{AdjustmentMethod, Remainder, RoundTo, RoundingPlace};
use crate::date::Period;
use crate::money::Money;

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
    /// What it comes to; rounded, unless each payout is.
    pub payable: Money,
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
    /// What is agreed for the days, to the öre.
    pub agreed: Money,
    /// What that weighs of the calendar year's parts.
    pub weight: Decimal,
    /// The agreement year that the days are a part of, where the adjustment counts by those and its amount is rounded.
    pub in_year: Option<InYear>,
    /// What that comes to; rounded, unless each payout is.
    pub payable: Money,
    /// Why it is not definite, as far as that follows from its adjustment.
    pub doubts: Vec<Doubt<'a>>,
}

/// What a component costs in an agreement year before it is adjusted, and in some of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InYear {
    /// The component's days in the agreement year.
    pub days: Period,
    /// What is agreed for them.
    pub agreed: Money,
    /// What of that is for the days before the part.
    pub before: Money,
    /// What of that is for the days to the end of the part.
    pub with: Money,
}

impl InYear {
    /// The part of the year's amount, to the öre: the parts make it, whatever of the year is known.
    fn part_of(&self, amount: Money) -> Option<Money> {
        let up_to = |agreed: Money| {
            let share = amount.checked_factor(agreed.decimal())?.checked_divided(self.agreed.decimal());
            Some(if agreed == self.agreed { amount } else { share?.rounded_to_ore() })
        };
        up_to(self.with)?.checked_sub(up_to(self.before)?)
    }
}

impl<'a> AdjustedPart<'a> {
    /// Days with their factor, of which it has not been computed yet what they come to.
    pub(super) fn of(
        (period, in_year): (Period, Option<InYear>),
        factor: Factor<'a>,
        mut doubts: Vec<Doubt<'a>>,
    ) -> Self {
        for series in factor.changes.iter().flat_map(|change| &change.series) {
            let values = series.values.iter().filter(|value| !value.is_firm());
            doubts.extend(series.carried.clone().map(Doubt::Carried));
            doubts.extend(values.copied().map(Doubt::Value));
        }
        Self {
            period,
            factor,
            agreed: Money::ZERO,
            weight: Decimal::ZERO,
            in_year,
            payable: Money::ZERO,
            doubts,
        }
    }

    /// What the days cost in relation to others of the agreement; nothing where no agreement years are counted.
    fn own_cost(&self) -> Option<Decimal> {
        let year = self.in_year?;
        Some(year.with.checked_sub(year.before)?.decimal())
    }

    /// What the agreement year comes to with its factor, before rounding and after it.
    #[must_use]
    pub fn year(&self, round_to: RoundTo) -> Option<(Money, Money)> {
        let exact = self.in_year?.agreed.checked_factor(self.factor.factor)?;
        Some((exact, exact.rounded_to(round_to.unit())))
    }

    /// What the days come to with a factor: as they were agreed where that changes nothing.
    fn with(&self, factor: Decimal, round_to: RoundTo) -> Option<Money> {
        if factor == Decimal::ONE {
            return Some(self.agreed);
        }
        match self.in_year.filter(|year| year.days != self.period) {
            Some(year) => year.part_of(year.agreed.checked_factor(factor)?.rounded_to(round_to.unit())),
            None => Some(self.agreed.checked_factor(factor)?.rounded_to(round_to.unit())),
        }
    }
}

impl<'a> Adjustment<'a> {
    /// Whether the amount stays as it is: then nothing is rounded either.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.parts.iter().all(|part| part.factor.factor == Decimal::ONE)
    }

    /// The parts of agreement years that the year is made of, whose amounts are rounded each by itself; none where the year's amount
    /// or each payout is rounded.
    #[must_use]
    pub fn own_parts(&self) -> &[AdjustedPart<'a>] {
        let is_part = |part: &AdjustedPart<'_>| part.in_year.is_some_and(|year| year.days != part.period);
        let is_cut = self.parts.len() > 1 || self.parts.iter().any(is_part);
        if is_cut && self.place == RoundingPlace::YearAmount { &self.parts } else { &[] }
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

    /// Whether a reason for doubt is about other days than these alone.
    pub(super) fn is_of_other_days(&self, doubt: &Doubt<'_>, days: Period) -> bool {
        let mut own = self.parts.iter().filter(|part| part.doubts.contains(doubt)).peekable();
        own.peek().is_some() && own.all(|part| part.period.overlap(&days).is_none())
    }

    /// With what the factors make of an amount. Nothing where a number does not fit.
    pub(super) fn with_sums(mut self, agreed: Money) -> Option<Self> {
        let factors = |of: fn(&Factor<'_>) -> Decimal| {
            self.parts.iter().map(|part| (part.period, of(&part.factor))).collect::<Vec<_>>()
        };
        let mean = |of: fn(&Factor<'_>) -> Decimal| mean(&factors(of), &self.pace);
        let factor = mean(|one| one.factor)?;
        (self.factor, self.firm_factor) = (factor, mean(|one| one.firm)?);
        let weights: Option<Vec<Decimal>> = self.parts.iter().map(AdjustedPart::own_cost).collect();
        let by_pace = || self.parts.iter().map(|part| self.pace.weight(part.period)).collect();
        let weights = weights.unwrap_or_else(by_pace);
        let own = by_weight(agreed, &weights, Remainder::Last)?;
        self.exact = agreed.checked_factor(factor)?;
        if self.place == RoundingPlace::Payout {
            (self.payable, self.firm) = (self.exact, agreed.checked_factor(self.firm_factor)?);
            return Some(self);
        }
        (self.payable, self.firm) = (Money::ZERO, Money::ZERO);
        for ((part, agreed), weight) in self.parts.iter_mut().zip(own).zip(weights) {
            (part.agreed, part.weight) = (agreed, weight);
            part.payable = part.with(part.factor.factor, self.round_to)?;
            self.payable = self.payable.checked_add(part.payable)?;
            self.firm = self.firm.checked_add(part.with(part.factor.firm, self.round_to)?)?;
        }
        Some(self)
    }
}

/// The factors of an adjustment, each with its days; none where nothing is adjusted.
pub(super) fn factors_of(adjustment: Option<&Adjustment<'_>>) -> Vec<(Period, Decimal)> {
    let parts = adjustment.map(|one| one.parts.as_slice()).unwrap_or_default();
    parts.iter().map(|part| (part.period, part.factor.factor)).collect()
}

/// The mean of factors, each for as much as its days cost.
pub(super) fn mean(parts: &[(Period, Decimal)], pace: &Pace) -> Option<Decimal> {
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
