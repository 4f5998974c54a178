//! What an amount is called, for which days it is, and what several come to: the words that all sentences about money share.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::agreement::{Agreement, Funding, FundingSource};
use crate::date::{self, Period, month_name};
use crate::money::Money;
use crate::payouts::{self, Payout};
use crate::register::Register;
use crate::term::MoneyTime;
use crate::text;

/// The sum of some components, where each is for a time that is agreed.
pub(super) fn total_of<'a>(
    components: impl Iterator<Item = &'a Funding> + Clone,
    time: MoneyTime,
) -> Option<Money> {
    let has_end = |funding: &Funding| funding.period.is_some() || time.has_end();
    if components.clone().all(has_end) { payouts::total_of(components, time) } else { None }
}

/// The days of a component as they stand in a table.
pub(super) fn days_in_words(funding: &Funding, time: MoneyTime) -> Option<String> {
    if funding.period.is_some() || time.has_end() {
        return payouts::period_of(funding, time).map(|period| period.to_string());
    }
    let time = funding.from.map_or(time, |from| time.beginning(from));
    time.period().map(|period| format!("från och med {} och tills vidare", period.start))
}

/// What a component is called: by its title, its year, its days, or as the whole.
pub(super) fn designation(funding: &Funding, time: MoneyTime) -> String {
    funding
        .title
        .clone()
        .unwrap_or_else(|| when(funding, time).unwrap_or_else(|| "Hela avtalstiden".to_owned()))
}

/// The year or the days of a component; nothing where they are those of the agreement. How much of what goes on is known yet is
/// no part of its name.
fn when(funding: &Funding, time: MoneyTime) -> Option<String> {
    let has_own = funding.period.is_some() || funding.from.is_some();
    if let Some(from) = funding.from.filter(|_| !time.has_end()) {
        return Some(format!("Från den {}", date::long(from)));
    }
    let days = payouts::period_of(funding, time).filter(|_| has_own || time.has_end())?;
    if days.years().count() == 1 {
        return Some(days.years().min().unwrap_or_default().to_string());
    }
    (has_own && time.period() != Some(days))
        .then(|| by_months(days).map_or_else(|| days.to_string(), |months| text::capitalised(&months)))
}

/// "juli 2023–juni 2024", where the days are whole months.
fn by_months(period: Period) -> Option<String> {
    let named = |day: NaiveDate| Some(format!("{} {}", month_name(day.month())?, day.year()));
    let is_whole = period.start.day() == 1 && period.end.succ_opt()?.day() == 1;
    is_whole.then_some(())?;
    Some(format!("{}–{}", named(period.start)?, named(period.end)?))
}

/// The same designation in running text, where a title of several words must show where it ends, and one that another component
/// of the agreement has too which of them it is.
pub(super) fn quoted(agreement: &Agreement, funding: &Funding, time: MoneyTime) -> String {
    let Some(title) = &funding.title else { return text::uncapitalised(&designation(funding, time)) };
    let has_same = |other: &&Funding| other.title.as_ref() == Some(title) && !std::ptr::eq(*other, funding);
    let days = agreement.funding.values().find(has_same).and_then(|_| when(funding, time));
    match days {
        Some(days) => format!("”{title}” {}", text::uncapitalised(&days)),
        None => format!("”{title}”"),
    }
}

/// Where the money comes from: of the committee's own frame by its name.
pub(super) fn source_in_words(
    register: &Register,
    agreement: &Agreement,
    source: FundingSource,
    day: NaiveDate,
) -> String {
    let committee = register.committee_of(agreement).and_then(|committee| committee.name_on(day));
    match (source, committee) {
        (FundingSource::OwnFrame, Some(name)) if agreement.also_decides.is_empty() => {
            own_frame(&text::uncapitalised(name))
        }
        (FundingSource::OwnFrame, _) if !agreement.also_decides.is_empty() => {
            "respektive nämnds budgetram".to_owned()
        }
        (source, _) => source.label().to_owned(),
    }
}

/// "socialnämndens budgetram".
pub(super) fn own_frame(committee: &str) -> String {
    format!("{} budgetram", text::genitive(committee))
}

pub(super) fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

/// Kronor of each calendar year.
pub(super) type Years = BTreeMap<i32, Money>;

/// What is to be paid for each year, of the payouts that count. Nothing where a sum is not known.
pub(super) fn to_pay(payouts: &[Payout<'_>], counts: impl Fn(&Payout<'_>) -> bool) -> Option<Years> {
    let mut years = Years::new();
    for payout in payouts.iter().filter(|payout| counts(payout)) {
        let sum = years.entry(payout.year).or_default();
        *sum = sum.checked_add(payout.to_pay?)?;
    }
    Some(years)
}

/// "900 000 kronor för 2021 och 980 000 kronor för 2022". A year that comes to nothing is not named.
pub(super) fn by_year_in_words(years: &BTreeMap<i32, Money>) -> Option<String> {
    let years = years.iter().filter(|(_, amount)| **amount != Money::ZERO);
    let years: Vec<String> = years.map(|(year, amount)| format!("{amount} för {year}")).collect();
    (!years.is_empty()).then(|| text::list(&years))
}

/// The sums with those of years before `first` in that year: what is not paid, or comes back, is so then.
pub(super) fn from_year(years: Years, first: i32) -> Option<Years> {
    let mut all = Years::new();
    for (year, amount) in years {
        let sum = all.entry(year.max(first)).or_default();
        *sum = sum.checked_add(amount)?;
    }
    Some(all)
}

/// The year of the first day after the last one, in which what is for later days is not paid or claimed back.
pub(super) fn year_after(last: NaiveDate) -> i32 {
    last.succ_opt().unwrap_or(last).year()
}
