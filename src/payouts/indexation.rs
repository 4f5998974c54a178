//! What an indexation says that needs no index: which years it adjusts, and what in it cannot hold together.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::agreed::period_of;
use super::index_year::YearStart;
use crate::agreement::{Agreement, AppliesWhen, Indexation, Term, YearKind};
use crate::term::MoneyTime;

/// The years that are adjusted: those that are named, or all but the first for which the agreement has time or money. An
/// indexation that applies only on extension adjusts those after the stated term.
#[must_use]
pub fn adjusted_years(agreement: &Agreement, time: MoneyTime, indexation: &Indexation) -> Vec<i32> {
    if !indexation.years.is_empty() {
        return indexation.years.iter().copied().collect::<BTreeSet<i32>>().into_iter().collect();
    }
    let year = YearStart::of(indexation, &agreement.term);
    let Some((base, year)) = time.of_rate(12).zip(year) else { return Vec::new() };
    let last = last_day(agreement, base.end);
    match indexation.applies {
        AppliesWhen::Yearly => (year.holding(base.start) + 1..=year.holding(last)).collect(),
        AppliesWhen::OnExtension if agreement.term.open_ended().is_some() => Vec::new(),
        AppliesWhen::OnExtension => match base.end.succ_opt().filter(|day| *day <= last) {
            Some(first) => (year.holding(first)..=year.holding(last)).collect(),
            None => Vec::new(),
        },
    }
}

/// The last day for which the agreement has time or money, whoever is bound by it by now: which years an adjustment
/// concerns does not change from day to day.
fn last_day(agreement: &Agreement, end: NaiveDate) -> NaiveDate {
    let supplements = || agreement.supplement.values();
    let added = supplements().flat_map(|supplement| supplement.funding.values());
    let money = agreement.funding.values().chain(added).filter_map(|funding| Some(funding.period?.end));
    let extensions = agreement.extension.values().map(|extension| extension.until);
    let supplements = supplements().filter_map(|supplement| supplement.end);
    money.chain(extensions).chain(supplements).fold(end, NaiveDate::max)
}

/// The years whose amounts depend on how an indexation is counted: those that it adjusts, and the later years of its
/// components, which a chained rise stays in.
#[must_use]
pub fn concerned_years(agreement: &Agreement, time: MoneyTime, indexation: &Indexation) -> Vec<i32> {
    let adjusted = adjusted_years(agreement, time, indexation);
    let year = YearStart::of(indexation, &agreement.term);
    let Some((first, year)) = adjusted.first().copied().zip(year) else { return adjusted };
    let is_its = |key: &String| indexation.adjusts(key);
    let periods = agreement.funding.iter().filter(|(key, _)| is_its(key));
    let later = periods
        .filter_map(|(_, funding)| period_of(funding, time))
        .flat_map(|period| year.holding(period.start)..=year.holding(period.end));
    let later: BTreeSet<i32> = later.filter(|year| *year > first).chain(adjusted).collect();
    later.into_iter().collect()
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
    /// Agreement years begin on a day that not every year has.
    YearBeginsOnNoDay,
    /// A first day of agreement years, and adjustment by calendar year.
    YearBeginsUnused,
    /// A fixed percentage with more decimals than it is to be rounded to.
    FlatIsRounded,
    /// A notice that counts, and no index.
    PublishedUnused,
}

impl Contradiction {
    /// The key of the indexation that it stands at; nothing where it is the whole of it.
    #[must_use]
    pub fn key(self, indexation: &Indexation) -> Option<&'static str> {
        match self {
            Self::YearBeginsOnNoDay if indexation.year_begins.is_none() => Some("per"),
            Self::YearBeginsOnNoDay | Self::YearBeginsUnused => Some("year_begins"),
            Self::FlatIsRounded => Some("percent_decimals"),
            Self::PublishedUnused => Some("published"),
            Self::SeveralBases | Self::Weights | Self::FloorAboveCap => None,
        }
    }
}

/// What in an indexation cannot hold together with the rest of it, and with the term.
#[must_use]
pub fn contradiction(indexation: &Indexation, term: &Term) -> Option<Contradiction> {
    if indexation.year_begins.is_some() && indexation.per == YearKind::CalendarYear {
        return Some(Contradiction::YearBeginsUnused);
    }
    if YearStart::of(indexation, term).is_some_and(|start| !start.is_in_every_year()) {
        return Some(Contradiction::YearBeginsOnNoDay);
    }
    let by = [indexation.series.is_some(), !indexation.composite.is_empty(), indexation.flat.is_some()];
    if by.into_iter().filter(|given| *given).count() > 1 {
        return Some(Contradiction::SeveralBases);
    }
    if indexation.published.is_some() && indexation.flat.is_some() {
        return Some(Contradiction::PublishedUnused);
    }
    let decimals = indexation.flat.map(|flat| flat.decimal().normalize().scale());
    if decimals.zip(indexation.percent_decimals).is_some_and(|(stated, rounded)| stated > rounded) {
        return Some(Contradiction::FlatIsRounded);
    }
    let weights = || indexation.composite.values().map(|weight| weight.decimal());
    if weights().sum::<Decimal>() > Decimal::ONE_HUNDRED || weights().any(|weight| weight < Decimal::ZERO) {
        return Some(Contradiction::Weights);
    }
    let (floor, cap) = (indexation.floor?.decimal(), indexation.cap?.decimal());
    (floor > cap).then_some(Contradiction::FloorAboveCap)
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
            adjusted_years(&agreement, MoneyTime::stated(&agreement.term), &agreement.indexation["x"])
        };
        assert_eq!(years("2024-12-31", "flat = \"2\""), [2024, 2025, 2026]);
        assert_eq!(years("2024-12-31", "flat = \"2\", applies = \"on-extension\""), [2025, 2026]);
        // An extension that begins in the middle of a year adjusts its part of that year.
        assert_eq!(years("2024-06-30", "flat = \"2\", applies = \"on-extension\""), [2024, 2025, 2026]);
        assert_eq!(years("2026-06-30", "flat = \"2\", applies = \"on-extension\""), [0_i32; 0]);
        assert_eq!(years("2024-12-31", "flat = \"2\", years = [2025, 2024, 2025]"), [2024, 2025]);
        // Agreement years begin on the first of July, or on another day that is named.
        let by_agreement = "flat = \"2\", per = \"agreement-year\"";
        assert_eq!(years("2024-12-31", by_agreement), [2024, 2025]);
        let from_april = format!("{by_agreement}, year_begins = {{ month = 4, day = 1 }}");
        assert_eq!(years("2024-12-31", &from_april), [2024, 2025, 2026]);
        let on_extension = format!("{by_agreement}, applies = \"on-extension\"");
        assert_eq!(years("2024-06-30", &on_extension), [2024, 2025]);
    }
}
