//! What the amounts come to with their adjustment, and with each way to read one that is left open.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use minijinja::Value;

use super::words::object;
use crate::agreement::Agreement;
use crate::date::month_name;
use crate::index::ValueStatus;
use crate::money::Money;
use crate::payouts::{self, Carried, Component, Doubt, NoFactor, Reading};
use crate::register::{Entry, Register};
use crate::term::MoneyTime;
use crate::text;

/// The components of an agreement with what each year costs; until further notice only the calendar years that are known whole.
pub(super) fn known_years<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    time: MoneyTime,
    as_of: NaiveDate,
) -> Vec<Component<'a>> {
    let mut components = payouts::components(register, entry, None, as_of);
    if let Some(last) = time.period().filter(|_| !time.has_end()).map(|period| period.end.year()) {
        for component in components.iter_mut().filter(|component| component.funding.period.is_none()) {
            component.years.retain(|amount| amount.year <= last);
        }
    }
    components
}

/// Per year what is agreed, what the adjustment adds and what is to be paid, where an adjustment has been computed;
/// with the reasons why sums are preliminary.
pub(super) fn adjusted(register: &Register, components: &[Component<'_>], time: MoneyTime) -> Value {
    let is_adjusted = components.iter().flat_map(|one| &one.years).any(|year| year.adjustment.is_some());
    let Some(years) = by_year(components).filter(|_| is_adjusted) else { return Value::from(()) };
    let mut doubts: Vec<&Doubt<'_>> = Vec::new();
    let mut sums = (Money::ZERO, Money::ZERO);
    let mut rows = Vec::new();
    let mut lacks_some = false;
    for (year, one) in &years {
        let (Some(agreed), Some(payable)) = (sums.0.checked_add(one.agreed), sums.1.checked_add(one.payable))
        else {
            return Value::from(());
        };
        sums = (agreed, payable);
        // What is carried on from before the first adjustment adjusts nothing.
        let waits =
            one.agreed == one.payable && one.doubts.iter().any(|doubt| matches!(doubt, Doubt::Carried(_)));
        let is_unknown = waits || one.doubts.iter().any(|doubt| doubt.lacks_factor());
        lacks_some |= is_unknown;
        rows.push(row(&year.to_string(), one.agreed, one.payable, (!one.doubts.is_empty(), is_unknown)));
        doubts.extend(&one.doubts);
    }
    let is_preliminary = (!doubts.is_empty(), lacks_some);
    object(IndexMap::from([
        ("rows", rows.into_iter().collect()),
        // What goes on until somebody gives notice comes to no sum.
        ("total", Value::from(time.has_end().then(|| row("Sammanlagt", sums.0, sums.1, is_preliminary)))),
        ("reasons", reasons(register, doubts.into_iter())),
    ]))
}

/// What the municipality's part costs each year, what state grants pay of it and what is left, where they pay something.
pub(super) fn granted(register: &Register, agreement: &Agreement, components: &[Component<'_>]) -> Value {
    let bears = |component: &&Component<'_>| register.bears(agreement, &component.funding.payer);
    let own: Vec<&Component<'_>> = components.iter().filter(bears).collect();
    let Some(years) = payouts::granted_years(own.iter().copied()) else { return Value::from(()) };
    let rows = years.into_iter().map(|(year, one)| {
        let net = one.grant.and_then(|grant| one.cost.checked_sub(grant));
        let shown = |amount: Option<Money>| {
            Value::from(
                amount.map_or_else(|| "inte angivet".to_owned(), |amount| amount.rounded().to_string()),
            )
        };
        object(IndexMap::from([
            ("year", Value::from(year)),
            ("cost", shown(Some(one.cost))),
            ("grant", shown(one.grant)),
            ("net", shown(net)),
        ]))
    });
    let lines = register.budget.iter().flat_map(|budget| &budget.data.line);
    let of_lines: Vec<(&str, &str)> = lines
        .filter(|(key, _)| own.iter().any(|component| component.funding.budget_line.as_ref() == Some(key)))
        .map(|(_, line)| (line.title.as_str(), line.frames_are.label()))
        .collect();
    // Lines of both kinds are told apart by name.
    let is_one = of_lines.windows(2).all(|pair| matches!(pair, [one, other] if one.1 == other.1));
    let basis = of_lines.first().filter(|_| is_one).map(|(_, basis)| *basis);
    let each = of_lines.iter().filter(|_| !is_one).map(|(title, basis)| {
        object(IndexMap::from([("line", Value::from(*title)), ("basis", Value::from(*basis))]))
    });
    object(IndexMap::from([
        ("rows", rows.collect()),
        ("basis", Value::from(basis)),
        ("several", Value::from(of_lines.len() > 1)),
        ("bases", each.collect()),
    ]))
}

/// One calendar year of all components together.
struct Year<'a> {
    agreed: Money,
    payable: Money,
    doubts: Vec<&'a Doubt<'a>>,
}

/// The sums of each year. Nothing where an amount is not known.
fn by_year<'a>(components: &'a [Component<'_>]) -> Option<BTreeMap<i32, Year<'a>>> {
    let mut years: BTreeMap<i32, Year<'_>> = BTreeMap::new();
    for amount in components.iter().flat_map(|component| &component.years) {
        let year = years.entry(amount.year).or_insert(Year {
            agreed: Money::ZERO,
            payable: Money::ZERO,
            doubts: Vec::new(),
        });
        year.agreed = year.agreed.checked_add(amount.agreed?)?;
        year.payable = year.payable.checked_add(amount.payable?)?;
        year.doubts.extend(&amount.doubts);
    }
    Some(years)
}

fn row(what: &str, agreed: Money, payable: Money, (is_preliminary, is_unknown): (bool, bool)) -> Value {
    let shown = |amount: Money| if is_preliminary { amount.rounded() } else { amount };
    let adjustment = payable.checked_sub(agreed).map(|more| shown(more).to_string());
    let adjustment = if is_unknown { Some("inte känd ännu".to_owned()) } else { adjustment };
    object(IndexMap::from([
        ("what", Value::from(what)),
        ("agreed", Value::from(agreed.to_string())),
        ("adjustment", Value::from(adjustment)),
        ("to_pay", Value::from(shown(payable).to_string())),
        ("is_preliminary", Value::from(is_preliminary)),
    ]))
}

/// Every way to read an adjustment that is left open, with its sums. Nothing where nothing is open, or where no way
/// gives other sums than the stated ones.
pub(super) fn readings(register: &Register, entry: &Entry<Agreement>, as_of: NaiveDate) -> Value {
    let readings = payouts::readings(register, entry, as_of);
    let differ = readings.windows(2).any(|pair| matches!(pair, [one, other] if one.total != other.total));
    if !differ {
        return Value::from(());
    }
    let is_single = payouts::is_single_year(&readings);
    let words: Value =
        readings.iter().map(|one| Value::from(one.interpretation.in_words(is_single))).collect();
    let years: Vec<i32> = readings.first().map(|one| one.years.keys().copied().collect()).unwrap_or_default();
    let shown = |amount: Option<Money>| {
        amount.map_or_else(|| "går inte att räkna ut".to_owned(), |amount| amount.rounded().to_string())
    };
    let rows: Value = years
        .iter()
        .map(|year| {
            let of = |one: &Reading<'_>| Value::from(shown(one.years.get(year).and_then(|sum| sum.amount)));
            object(IndexMap::from([
                ("year", Value::from(*year)),
                ("amounts", readings.iter().map(of).collect()),
            ]))
        })
        .collect();
    let doubts = readings.iter().flat_map(|one| one.years.values()).flat_map(|sum| &sum.doubts);
    object(IndexMap::from([
        ("words", words),
        ("rows", rows),
        ("totals", readings.iter().map(|one| Value::from(shown(one.total))).collect()),
        ("reasons", reasons(register, doubts)),
    ]))
}

/// Why sums are preliminary. What a series lacks is said as those who decide would, and not as of a file.
pub(super) fn reasons<'a>(register: &Register, doubts: impl Iterator<Item = &'a Doubt<'a>>) -> Value {
    let (of_values, others): (Vec<_>, Vec<_>) = doubts.partition(|doubt| unsure_value(doubt).is_some());
    let mut by_series: IndexMap<(&str, bool), Vec<String>> = IndexMap::new();
    for (series, key, is_assumed) in of_values.into_iter().filter_map(unsure_value) {
        let keys = by_series.entry((series, is_assumed)).or_default();
        let key = in_words(key);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut reasons: Vec<String> = by_series
        .into_iter()
        .map(|((series, is_assumed), keys)| {
            let title = register.indexes.get(series).map_or(series, |entry| &entry.data.title);
            let told = match (is_assumed, keys.len()) {
                (true, 1) => "ett antagande och inte fastställt",
                (true, _) => "antaganden och inte fastställda",
                (false, 1) => "inte känt ännu",
                (false, _) => "inte kända ännu",
            };
            let values = if keys.len() > 1 { "värdena" } else { "värdet" };
            format!("{values} för {} i ”{title}” är {told}", text::list(&keys))
        })
        .collect();
    let others = payouts::reasons(others.into_iter());
    reasons.extend(others.iter().map(|reason| text::uncapitalised(reason)));
    Value::from((!reasons.is_empty()).then(|| text::list(&reasons)))
}

/// The year or the month of a value, as a sentence names it: "oktober 2025".
fn in_words(key: &str) -> String {
    let named = || {
        let (year, month) = key.split_once('-')?;
        Some(format!("{} {year}", month_name(month.parse().ok()?)?))
    };
    named().unwrap_or_else(|| key.to_owned())
}

/// The series and the value that an adjustment waits for, or that somebody has assumed, with which it is.
fn unsure_value<'a>(doubt: &'a Doubt<'_>) -> Option<(&'a str, &'a str, bool)> {
    if let Doubt::Value(value) = doubt {
        return (value.status == ValueStatus::Assumed).then_some((value.series, value.key, true));
    }
    let (Doubt::NoFactor { reason, .. } | Doubt::Carried(Carried { reason, .. })) = doubt else {
        return None;
    };
    match reason {
        NoFactor::MissingValue { series, key, .. } => Some((series, key, false)),
        _ => None,
    }
}
