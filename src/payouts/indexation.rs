//! The factor by which a year's amount is adjusted to prices. Nothing is rounded here.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::known_value::{KnownValue, known_value};
use crate::agreement::{AdjustmentBase, AdjustmentMethod, Agreement, AppliesWhen, Indexation};
use crate::index::SeriesKind;
use crate::money::Percent;
use crate::register::Register;
use crate::vocabulary::Known;

/// The years that are adjusted: those that are named, or all of the term but the first. An indexation that applies
/// only on extension adjusts the years of the extensions.
#[must_use]
pub fn adjusted_years(agreement: &Agreement, indexation: &Indexation) -> Vec<i32> {
    if !indexation.years.is_empty() {
        return indexation.years.iter().copied().collect::<BTreeSet<i32>>().into_iter().collect();
    }
    let (Some(base), Some(extended)) = (agreement.term.period(), agreement.extended_term()) else {
        return Vec::new();
    };
    match indexation.applies {
        AppliesWhen::Yearly => extended.years().filter(|year| *year > base.start.year()).collect(),
        AppliesWhen::OnExtension => match base.end.succ_opt().filter(|day| *day <= extended.end) {
            Some(first) => (first.year()..=extended.end.year()).collect(),
            None => Vec::new(),
        },
    }
}

/// What an agreement must say for an adjustment to be computed: read from it, or assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Whether stated amounts already hold their adjustment.
    pub amounts: AdjustmentBase,
    /// From what each year is counted.
    pub method: AdjustmentMethod,
}

impl Basis {
    /// A Swedish sentence without its stop. With one year to adjust, both methods are the same.
    #[must_use]
    pub fn in_words(self, is_single_year: bool) -> &'static str {
        match (self.amounts, self.method) {
            (AdjustmentBase::AfterAdjustment, _) => "Justeringen ingår redan i de angivna beloppen",
            (AdjustmentBase::BeforeAdjustment, _) if is_single_year => "Justeringen tillkommer",
            (AdjustmentBase::BeforeAdjustment, AdjustmentMethod::Chained) => {
                "Justeringen tillkommer, och varje år räknas på föregående års justerade belopp"
            }
            (AdjustmentBase::BeforeAdjustment, AdjustmentMethod::AgainstBase) => {
                "Justeringen tillkommer, och varje år räknas på det angivna beloppet"
            }
        }
    }
}

/// One series' part of a year's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesChange<'a> {
    /// Its weight in per cent.
    pub weight: Decimal,
    /// Its change in per cent.
    pub change: Decimal,
    /// The value, or for index levels the value and the one that it is measured from.
    pub values: Vec<KnownValue<'a>>,
}

/// What has held a change back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The least adjustment.
    Floor,
    /// The greatest adjustment.
    Cap,
}

/// One year's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The year whose amount changes.
    pub year: i32,
    /// The series behind it; none for a fixed percentage.
    pub series: Vec<SeriesChange<'a>>,
    /// The change in per cent before floor and cap.
    pub unbounded: Decimal,
    /// What held it back.
    pub bound: Option<Bound>,
    /// The change in per cent that counts.
    pub percent: Decimal,
}

/// Why a factor cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoFactor {
    /// A value that is not known on the day.
    MissingValue {
        /// The series' key.
        series: String,
        /// Year or month.
        key: String,
    },
    /// The series itself is not in the register.
    MissingSeries(String),
    /// Nothing says by what the amount is adjusted.
    ByNothing,
    /// Index levels against a base that is not stated.
    NoBase,
    /// An index level of 0 or less: year or month.
    NoLevel(String),
    /// A change of −100 per cent or more downwards, which leaves nothing to pay.
    Negative,
    /// A number beyond what can be computed.
    TooLarge,
    /// The indexation says two things at once.
    Contradiction(Contradiction),
    /// No years are named, and the term is not known.
    NoTerm,
}

/// What an indexation says that cannot all hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// More than one of a series, several series and a fixed percentage.
    SeveralBases,
    /// Weights of more than a hundred per cent together, or a negative one.
    Weights,
    /// The least adjustment is above the greatest.
    FloorAboveCap,
}

/// What in an indexation cannot hold together with the rest.
#[must_use]
pub fn contradiction(indexation: &Indexation) -> Option<Contradiction> {
    let by = [indexation.series.is_some(), !indexation.composite.is_empty(), indexation.flat.is_some()];
    if by.into_iter().filter(|given| *given).count() > 1 {
        return Some(Contradiction::SeveralBases);
    }
    let weights = || indexation.composite.values().map(|weight| weight.decimal());
    if weights().sum::<Decimal>() > Decimal::ONE_HUNDRED || weights().any(|weight| weight < Decimal::ZERO) {
        return Some(Contradiction::Weights);
    }
    let (floor, cap) = (indexation.floor?.decimal(), indexation.cap?.decimal());
    (floor > cap).then_some(Contradiction::FloorAboveCap)
}

/// The factor of a year with all the changes that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor<'a> {
    /// The changes, oldest first; only the year's own where it is counted against the base.
    pub changes: Vec<Change<'a>>,
    /// The factor, as many digits as there are.
    pub factor: Decimal,
}

/// No chain is longer: a term of more years is a slip in a date, and each year would be computed from all before it.
const MOST_CHANGES: usize = 100;

/// The factor for `year`, which is one of the adjusted `years`.
pub(super) fn factor<'a>(
    register: &'a Register,
    indexation: &Indexation,
    years: &[i32],
    year: i32,
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<Factor<'a>, NoFactor> {
    if let Some(contradiction) = contradiction(indexation) {
        return Err(NoFactor::Contradiction(contradiction));
    }
    let mut changes = Vec::new();
    let mut factor = Decimal::ONE;
    let counted = years.iter().filter(|counted| match method {
        AdjustmentMethod::Chained => **counted <= year,
        AdjustmentMethod::AgainstBase => **counted == year,
    });
    for counted in counted {
        if changes.len() >= MOST_CHANGES {
            return Err(NoFactor::TooLarge);
        }
        let from_base = method == AdjustmentMethod::AgainstBase || years.first() == Some(counted);
        let change = change(register, indexation, *counted, from_base, method, as_of)?;
        let step =
            change.percent.checked_div(Decimal::ONE_HUNDRED).and_then(|step| step.checked_add(Decimal::ONE));
        if step.is_some_and(|step| step <= Decimal::ZERO) {
            return Err(NoFactor::Negative);
        }
        factor = step.and_then(|step| factor.checked_mul(step)).ok_or(NoFactor::TooLarge)?;
        changes.push(change);
    }
    Ok(Factor { changes, factor })
}

/// The change for one year: of the series, of several by weight, or a fixed percentage; then floor and cap.
fn change<'a>(
    register: &'a Register,
    indexation: &Indexation,
    year: i32,
    from_base: bool,
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<Change<'a>, NoFactor> {
    let of = |series: &str| series_change(register, indexation, series, year, from_base, method, as_of);
    let mut parts = Vec::new();
    let unbounded = if let Some(series) = &indexation.series {
        let (change, values) = of(series)?;
        parts.push(SeriesChange { weight: Decimal::ONE_HUNDRED, change, values });
        change
    } else if !indexation.composite.is_empty() {
        let mut sum = Decimal::ZERO;
        for (series, weight) in &indexation.composite {
            let (change, values) = of(series)?;
            let weight = weight.decimal();
            let part = change.checked_mul(weight).and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
            sum = part.and_then(|part| sum.checked_add(part)).ok_or(NoFactor::TooLarge)?;
            parts.push(SeriesChange { weight, change, values });
        }
        sum
    } else {
        indexation.flat.ok_or(NoFactor::ByNothing)?.decimal()
    };
    let floor = indexation.floor.map(Percent::decimal).filter(|floor| unbounded < *floor);
    let cap = indexation.cap.map(Percent::decimal).filter(|cap| unbounded > *cap);
    let (bound, percent) = match (floor, cap) {
        (Some(floor), _) => (Some(Bound::Floor), floor),
        (None, Some(cap)) => (Some(Bound::Cap), cap),
        (None, None) => (None, unbounded),
    };
    Ok(Change { year, series: parts, unbounded, bound, percent })
}

/// A series' change in per cent for one year, with the values that it comes from.
fn series_change<'a>(
    register: &'a Register,
    indexation: &Indexation,
    series: &str,
    year: i32,
    from_base: bool,
    method: AdjustmentMethod,
    as_of: NaiveDate,
) -> Result<(Decimal, Vec<KnownValue<'a>>), NoFactor> {
    let entry = register.indexes.get(series).ok_or_else(|| NoFactor::MissingSeries(series.to_owned()))?;
    let value = |key: String| {
        let value = known_value(register, series, &key, as_of);
        value.ok_or(NoFactor::MissingValue { series: series.to_owned(), key })
    };
    let keys = value_keys(indexation, entry.data.kind, year, from_base, method).ok_or(NoFactor::NoBase)?;
    let now = value(keys.value)?;
    let Some(from) = keys.from else { return Ok((now.number, vec![now])) };
    let then = value(from)?;
    if let Some(value) = [&now, &then].into_iter().find(|value| value.number <= Decimal::ZERO) {
        return Err(NoFactor::NoLevel(value.key.to_owned()));
    }
    let ratio = now.number.checked_div(then.number).ok_or(NoFactor::TooLarge)?;
    let change = (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED).ok_or(NoFactor::TooLarge)?;
    Ok((change, vec![now, then]))
}

/// The keys of a series that one year's change is read from.
pub(super) struct ValueKeys {
    /// The year's percentage or index level.
    pub(super) value: String,
    /// The index level that it is measured from; percentages are measured from none.
    pub(super) from: Option<String>,
}

/// The keys that `year` needs. Index levels are measured from the base, or, chained, from the level a year earlier.
/// Nothing where levels are counted against a base that is not stated.
pub(super) fn value_keys(
    indexation: &Indexation,
    kind: SeriesKind,
    year: i32,
    from_base: bool,
    method: AdjustmentMethod,
) -> Option<ValueKeys> {
    let lag = i32::try_from(indexation.lag_years).unwrap_or_default();
    let base = indexation.base.as_deref();
    // A base month means that the same month of each year is compared.
    let month = base.and_then(|base| base.get(4..)).unwrap_or_default();
    let value = |year: i32| format!("{year}{month}");
    Some(match (kind, base) {
        (SeriesKind::YearlyChange, _) => ValueKeys { value: (year - lag).to_string(), from: None },
        (SeriesKind::Level, Some(base)) if from_base => {
            ValueKeys { value: value(year - lag), from: Some(base.to_owned()) }
        }
        (SeriesKind::Level, None) if method == AdjustmentMethod::AgainstBase => return None,
        (SeriesKind::Level, _) => ValueKeys { value: value(year - lag), from: Some(value(year - lag - 1)) },
    })
}

/// The keys of a series that an indexation reads, each with the year whose amount it adjusts. Where the method is
/// open, those of both methods.
#[must_use]
pub fn needed_values(agreement: &Agreement, indexation: &Indexation, kind: SeriesKind) -> Vec<(String, i32)> {
    let years = adjusted_years(agreement, indexation);
    let methods: &[AdjustmentMethod] = match indexation.method.known() {
        Some(AdjustmentMethod::Chained) => &[AdjustmentMethod::Chained],
        Some(AdjustmentMethod::AgainstBase) => &[AdjustmentMethod::AgainstBase],
        None => &[AdjustmentMethod::Chained, AdjustmentMethod::AgainstBase],
    };
    let mut keys = BTreeSet::new();
    for year in &years {
        for method in methods {
            let from_base = *method == AdjustmentMethod::AgainstBase || years.first() == Some(year);
            let Some(found) = value_keys(indexation, kind, *year, from_base, *method) else { continue };
            keys.insert((found.value, *year));
            keys.extend(found.from.map(|from| (from, *year)));
        }
    }
    keys.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_year_stays_and_an_extension_adds_its_own() {
        let years = |end: &str, indexation: &str| {
            let agreement: Agreement = toml::from_str(&format!(
                "title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\nparty = {{}}\n\
                 term = {{ start = \"2023-07-01\", end = \"{end}\" }}\n\
                 extension.a.until = \"2026-06-30\"\nindexation.x = {{ {indexation} }}"
            ))
            .unwrap();
            adjusted_years(&agreement, &agreement.indexation["x"])
        };
        assert_eq!(years("2024-12-31", "flat = \"2\""), [2024, 2025, 2026]);
        assert_eq!(years("2024-12-31", "flat = \"2\", applies = \"on-extension\""), [2025, 2026]);
        // An extension that begins in the middle of a year adjusts its part of that year.
        assert_eq!(years("2024-06-30", "flat = \"2\", applies = \"on-extension\""), [2024, 2025, 2026]);
        assert_eq!(years("2026-06-30", "flat = \"2\", applies = \"on-extension\""), [0_i32; 0]);
        assert_eq!(years("2024-12-31", "flat = \"2\", years = [2025, 2024, 2025]"), [2024, 2025]);
    }
}
