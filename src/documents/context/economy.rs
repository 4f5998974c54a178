//! Amounts, adjustments and who pays.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::adjusted::{adjusted, granted, readings};
use super::object;
use super::parties::called;
use super::text_life::TextLife;
use crate::agreement::{Agreement, AppliesWhen, Funding, Indexation, Party, Rate, RateUnit, Role, YearKind};
use crate::date::{self, PartialDate, month_name};
use crate::documents::blanks::Blanks;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::MoneyTime;
use crate::text;
use crate::vocabulary::Known;

/// Rows of the table of amounts, their sum, and the sentences about adjustment.
pub(super) fn economy(
    register: &Register,
    entry: &Entry<Agreement>,
    life: &TextLife<'_>,
    blanks: &mut Blanks,
    as_of: NaiveDate,
) -> Value {
    let agreement = &entry.data;
    let records = register.records_of(entry);
    let time = life.money_time();
    let rows: Value = agreement
        .funding
        .iter()
        .map(|(key, funding)| {
            let base = path!["funding", key];
            let condition = life.condition(funding, agreement);
            let what = match &condition {
                Some(condition) => format!("{}, {condition}", designation(funding, time)),
                None => designation(funding, time),
            };
            let amount = match (&funding.amount, &funding.rate) {
                (None, Some(rate)) => rate_in_words(rate),
                (None, None) => blanks.blank(&base.join("amount")),
                (amount, _) => {
                    blanks.show(amount, &base.join("amount"), |amount| Value::from(amount.to_string()))
                }
            };
            let months = funding.months.known().map(|months| {
                format!("{months}{}{}", text::NBSP, if months.get() == 1 { "månad" } else { "månader" })
            });
            object(IndexMap::from([
                ("what", Value::from(what)),
                ("name", Value::from(format!("för {}", quoted(funding, time)))),
                ("period", Value::from(days_in_words(funding, time))),
                ("months", Value::from(months)),
                ("amount", amount),
                ("ceiling", Value::from(funding.ceiling)),
                ("payer", Value::from(called(agreement, &funding.payer))),
                ("decision", Value::from(decision(records, funding))),
                ("payee", Value::from(funding.payee.as_ref().map(|payee| called(agreement, payee)))),
                ("grant", grant(funding, blanks, &base)),
                ("shared", Value::from(shared(agreement, funding, time))),
            ]))
        })
        .collect();
    let yearly = |indexation: &Indexation| indexation.applies == AppliesWhen::Yearly;
    let has_adjustment = agreement.indexation.values().any(yearly);
    let is_ambiguous = agreement.indexation.values().any(|indexation| indexation.amounts.is_open());
    let payers: Vec<&str> =
        unique(agreement.funding.values().map(|funding| called(agreement, &funding.payer)));
    let sources: Vec<&str> =
        unique(agreement.funding.values().filter_map(|funding| Some(funding.source.known()?.label())));
    let is_partly_sourced = agreement.funding.values().any(|funding| funding.source.known().is_none());
    let strings = agreement.funding.values().map(|funding| coded(register, agreement, funding));
    let codes: Vec<String> = unique(strings.filter(|string| !string.is_empty()));
    let terms = &agreement.economy;
    let show = |label: &'static str| Value::from(label);
    let vat = blanks.show(&terms.vat, &path!["economy", "vat"], |vat| show(vat.label()));
    let instrument = blanks
        .show(&terms.instrument, &path!["economy", "instrument"], |instrument| show(instrument.label()));
    let (promised, additional) = sums(agreement, life);
    object(IndexMap::from([
        ("rows", rows),
        ("total", promised.total),
        ("is_ceiling", promised.is_ceiling),
        ("additional", additional),
        ("own", own(register, agreement, time)),
        ("has_adjustment", Value::from(has_adjustment)),
        ("is_ambiguous", Value::from(is_ambiguous)),
        ("payer", Value::from(text::list(&payers))),
        ("several", Value::from(agreement.funding.len() > 1)),
        ("plans", plans(agreement, time)),
        ("sources", Value::from((!sources.is_empty()).then(|| text::list(&sources)))),
        ("is_partly_sourced", Value::from(is_partly_sourced)),
        ("codes", Value::from((!codes.is_empty()).then(|| codes.join("; ")))),
        ("vat", vat),
        ("instrument", instrument),
        ("adjustments", adjustments(register, agreement, time)),
        ("adjusted", adjusted(register, entry, as_of)),
        ("granted", granted(register, entry, as_of)),
        ("readings", readings(register, entry, as_of)),
    ]))
}

/// A component's code string in words: "ansvar 3310, konto 4520".
fn coded(register: &Register, agreement: &Agreement, funding: &Funding) -> String {
    let fields = register.settings.iter().flat_map(|settings| settings.data.code.values());
    let string = payouts::code_string(register, agreement, funding);
    let codes = fields.zip(string.codes());
    let said =
        codes.filter_map(|(field, code)| Some(format!("{} {}", text::uncapitalised(&field.title), code?)));
    said.collect::<Vec<_>>().join(", ")
}

/// A sum of some amounts.
struct Promised {
    total: Value,
    is_ceiling: Value,
}

impl Promised {
    fn of(time: MoneyTime, components: &[&Funding]) -> Self {
        let total = total_of(components.iter().copied(), time);
        Self {
            total: Value::from(total.map(|sum| sum.to_string())),
            is_ceiling: Value::from(components.iter().any(|funding| funding.ceiling)),
        }
    }
}

/// What is agreed, and by its condition what comes beside it.
fn sums(agreement: &Agreement, life: &TextLife<'_>) -> (Promised, Value) {
    let mut by_condition: IndexMap<Option<String>, Vec<&Funding>> = IndexMap::new();
    for funding in agreement.funding.values() {
        by_condition.entry(life.condition(funding, agreement)).or_default().push(funding);
    }
    let agreed = by_condition.shift_remove(&None::<String>).unwrap_or_default();
    let mut promised = Promised::of(life.money_time(), &agreed);
    if agreed.iter().any(|funding| life.is_for_both(funding)) {
        promised.total = Value::from(());
    }
    let additional = by_condition.into_iter().map(|(condition, components)| {
        let sum = Promised::of(life.money_time(), &components);
        object(IndexMap::from([
            ("condition", Value::from(condition)),
            ("total", sum.total),
            ("is_ceiling", sum.is_ceiling),
        ]))
    });
    (promised, additional.collect())
}

/// Who decided the amount and when, where it was decided during the term.
fn decision(records: Option<&Records>, funding: &Funding) -> Option<String> {
    let decision = records?.decision.get(funding.decision.known()?)?;
    let paragraph = decision.paragraph.as_ref().map(|paragraph| format!(" {paragraph}"));
    let adjusted = if decision.directly_adjusted { " (omedelbart justerad)" } else { "" };
    Some(format!("{} {}{}{adjusted}", decision.by, decision.date, paragraph.unwrap_or_default()))
}

/// The sum of some components, where each is for a time that is agreed.
fn total_of<'a>(components: impl Iterator<Item = &'a Funding> + Clone, time: MoneyTime) -> Option<Money> {
    let has_end = |funding: &Funding| funding.period.is_some() || time.has_end();
    if components.clone().all(has_end) { payouts::total_of(components, time) } else { None }
}

/// The days of a component as they stand in a table.
fn days_in_words(funding: &Funding, time: MoneyTime) -> Option<String> {
    if funding.period.is_some() || time.has_end() {
        return payouts::period_of(funding, time).map(|period| period.to_string());
    }
    time.period().map(|period| format!("från {} och tills vidare", period.start))
}

/// What a component is called: by its title, its year, or as the whole.
fn designation(funding: &Funding, time: MoneyTime) -> String {
    funding.title.clone().unwrap_or_else(|| match payouts::period_of(funding, time) {
        Some(period) if period.years().count() == 1 => period.years().min().unwrap_or_default().to_string(),
        _ => "Hela avtalstiden".to_owned(),
    })
}

/// The same designation in running text, where a title of several words must show where it ends.
fn quoted(funding: &Funding, time: MoneyTime) -> String {
    match &funding.title {
        Some(title) => format!("”{title}”"),
        None => text::uncapitalised(&designation(funding, time)),
    }
}

/// "400 000 kronor för 2025 och 300 000 kronor för 2026": what state grants pay of an amount.
fn grant(funding: &Funding, blanks: &mut Blanks, base: &KeyPath) -> Value {
    blanks.show(&funding.state_grant, &base.join("state_grant"), |years| {
        let of_year = |(year, amount): (&String, &Money)| match years.len() {
            1 => amount.to_string(),
            _ => format!("{amount} för {year}"),
        };
        Value::from(text::list(&years.iter().map(of_year).collect::<Vec<_>>()))
    })
}

/// "A får 60 procent och B får 40 procent", or that the agreement does not say how those who receive it divide it.
fn shared(agreement: &Agreement, funding: &Funding, time: MoneyTime) -> Option<String> {
    let names = || funding.payees.keys().map(|key| called(agreement, key));
    if funding.payees.len() < 2 {
        return None;
    }
    if payouts::division(funding, time).ok().flatten().is_none() {
        let names: Vec<&str> = names().collect();
        return Some(format!("är gemensamt för {}, fördelningen är inte angiven", text::list(&names)));
    }
    let parts = names().zip(funding.payees.values()).map(|(name, one)| match (one.share, one.amount) {
        (Some(share), _) => format!("{name} får {share}"),
        (None, Some(amount)) => format!("{name} får {amount}"),
        (None, None) => name.to_owned(),
    });
    Some(format!("fördelas så: {}", text::list(&parts.collect::<Vec<_>>())))
}

/// For each payout plan, the components that it concerns and who receives them.
fn plans(agreement: &Agreement, time: MoneyTime) -> Value {
    Value::from_pairs(agreement.payout_plan.iter().map(|(key, plan)| {
        let concerned: Vec<&Funding> = agreement
            .funding
            .iter()
            .filter(|(name, _)| plan.funding.is_empty() || plan.funding.contains(name))
            .map(|(_, funding)| funding)
            .collect();
        let concerns: Vec<String> = concerned.iter().map(|funding| quoted(funding, time)).collect();
        let named = concerned.iter().flat_map(|funding| funding.payees.keys().chain(&funding.payee));
        let mut payees = unique(named.map(|payee| called(agreement, payee)));
        if payees.is_empty() {
            payees = agreement.parties(Role::CivilSociety).map(Party::called).collect();
        }
        let fields = object(IndexMap::from([
            ("concerns", Value::from(text::list(&concerns))),
            ("payee", Value::from(text::list(&payees))),
        ]));
        (key.as_str(), fields)
    }))
}

/// What the municipality itself pays, and what the other payers do: a committee decides on its own money alone.
fn own(register: &Register, agreement: &Agreement, time: MoneyTime) -> Value {
    let is_own = |key: &str| register.pays_itself(agreement, key);
    let payers = unique(agreement.funding.values().map(|funding| funding.payer.as_str()));
    let has_others = payers.len() > 1 && payers.iter().any(|payer| is_own(payer));
    let own: Vec<&Funding> =
        agreement.funding.values().filter(|funding| !has_others || is_own(&funding.payer)).collect();
    let others: Vec<String> = payers
        .iter()
        .filter(|payer| has_others && !is_own(payer))
        .filter_map(|other| {
            let theirs = || agreement.funding.values().filter(|funding| funding.payer == *other);
            let most = if theirs().any(|funding| funding.ceiling) { "högst " } else { "" };
            Some(format!("{} med {most}{}", called(agreement, other), total_of(theirs(), time)?))
        })
        .collect();
    let total = total_of(own.iter().copied(), time);
    let is_ceiling = own.iter().any(|funding| funding.ceiling);
    object(IndexMap::from([
        ("total", Value::from(total.map(|sum| sum.to_string()))),
        ("by_year", Value::from(by_year(&own, time))),
        ("is_ceiling", Value::from(is_ceiling)),
        ("is_known", Value::from(payers.len() == 1 || has_others)),
        ("others", Value::from((!others.is_empty()).then(|| text::list(&others)))),
    ]))
}

/// "900 000 kronor för 2021 och 980 000 kronor för 2022": the agreed sum of each year, where the agreement itself
/// gives one.
fn by_year(components: &[&Funding], time: MoneyTime) -> Option<String> {
    let mut years: BTreeMap<i32, Money> = BTreeMap::new();
    for funding in components {
        if funding.ceiling || funding.rate.is_some() {
            return None;
        }
        for share in payouts::by_year(funding, time)? {
            if share.is_divided {
                return None;
            }
            let sum = years.entry(share.year).or_default();
            *sum = sum.checked_add(share.amount)?;
        }
    }
    let years: Vec<String> = years.iter().map(|(year, amount)| format!("{amount} för {year}")).collect();
    (!years.is_empty()).then(|| text::list(&years))
}

/// What the adjustment of each indexation follows and how it is counted.
fn adjustments(register: &Register, agreement: &Agreement, time: MoneyTime) -> Value {
    agreement
        .indexation
        .iter()
        .map(|(key, indexation)| {
            let years: Vec<String> = indexation.years.iter().map(ToString::to_string).collect();
            // A series that the register lacks is a finding; its key is no word for a document.
            let title = |series: &str| Some(register.indexes.get(series)?.data.title.clone());
            let series: Vec<String> = match &indexation.series {
                Some(series) => title(series).into_iter().collect(),
                None => indexation
                    .composite
                    .iter()
                    .filter_map(|(series, weight)| Some(format!("{} till {weight}", title(series)?)))
                    .collect(),
            };
            let follows =
                indexation.follows.clone().or_else(|| (!series.is_empty()).then(|| text::list(&series)));
            let concerned = agreement.funding.iter().filter(|(name, _)| indexation.funding.contains(name));
            let concerns: Vec<String> = concerned.map(|(_, funding)| quoted(funding, time)).collect();
            object(IndexMap::from([
                ("key", Value::from(key.as_str())),
                ("concerns", Value::from((!concerns.is_empty()).then(|| text::list(&concerns)))),
                ("years", Value::from((!years.is_empty()).then(|| text::list(&years)))),
                ("agreement_year", Value::from(indexation.per == YearKind::AgreementYear)),
                ("several_years", Value::from(indexation.years.len() > 1)),
                ("year_begins", Value::from(year_begins(indexation))),
                ("follows", Value::from(follows)),
                ("flat", Value::from(indexation.flat.map(|percent| percent.to_string()))),
                ("on_extension", Value::from(indexation.applies == AppliesWhen::OnExtension)),
                ("amount", Value::from(indexation.amounts.known().map(|amounts| amounts.label()))),
                ("method", Value::from(indexation.method.known().map(|method| method.label()))),
                ("base", Value::from(indexation.base.as_deref().map(base))),
                ("lag_years", Value::from(indexation.lag_years)),
                ("percent_decimals", Value::from(indexation.percent_decimals.map(decimals))),
                ("published", Value::from(published(indexation))),
                ("floor", Value::from(indexation.floor.map(|percent| percent.to_string()))),
                ("cap", Value::from(indexation.cap.map(|percent| percent.to_string()))),
                ("round_to", Value::from(indexation.round_to.known().map(|unit| unit.label()))),
                ("rounding_place", Value::from(indexation.rounding_place.known().map(|place| place.label()))),
            ]))
        })
        .collect()
}

/// "den 1 april", where the agreement names the day on which its years begin.
fn year_begins(indexation: &Indexation) -> Option<String> {
    let begins = indexation.year_begins?;
    Some(format!("den {} {}", begins.day, month_name(begins.month.get())?))
}

/// "hela procent", "procent med en decimal".
fn decimals(number: u32) -> String {
    match number {
        0 => "hela procent".to_owned(),
        1 => "procent med en decimal".to_owned(),
        number => format!("procent med {} decimaler", text::numeral(number)),
    }
}

/// "i oktober året före justeringen": when the notice that counts is published.
fn published(indexation: &Indexation) -> Option<String> {
    let published = indexation.published?;
    let month = month_name(published.month.get())?;
    Some(match published.years_before {
        0 => format!("i {month} samma år som justeringen"),
        1 => format!("i {month} året före justeringen"),
        years => format!("i {month} {} år före justeringen", text::numeral(years)),
    })
}

/// "2023" or "oktober 2023".
fn base(text: &str) -> String {
    text.parse::<PartialDate>().map_or_else(|_| text.to_owned(), PartialDate::long)
}

/// "12 500 kronor per plats och månad (antal: 6)" without the plural that nobody has told; "500 000 kronor per år".
fn rate_in_words(rate: &Rate) -> Value {
    let of_what = rate.unit.as_ref().map(|unit| format!(" per {unit}")).unwrap_or_default();
    let time = match (rate.per, rate.unit.is_some()) {
        (RateUnit::Period, _) => " för hela perioden".to_owned(),
        (per, true) => format!(" och {}", per.label()),
        (per, false) => format!(" per {}", per.label()),
    };
    let mut words = format!("{}{of_what}{time}", rate.amount);
    if let Some(count) = rate.count.known() {
        words.push_str(&numbers_in_words(rate, count.get()));
    }
    Value::from(words)
}

/// " (antal: 6)", or ", för 6 platser och från och med den 1 juli 2025 för 9 platser" where the plural is told.
fn numbers_in_words(rate: &Rate, count: u32) -> String {
    let steps = rate.steps().into_iter();
    let Some(units) = &rate.units else {
        let steps = steps.map(|(from, count)| format!(", från och med den {}: {count}", date::long(from)));
        return format!(" (antal: {count}{})", steps.collect::<String>());
    };
    let of = |count: u32| match &rate.unit {
        Some(unit) if count == 1 => format!("för {count} {unit}"),
        _ => format!("för {count} {units}"),
    };
    let steps = steps.map(|(from, count)| format!("från och med den {} {}", date::long(from), of(count)));
    let all: Vec<String> = [of(count)].into_iter().chain(steps).collect();
    format!(", {}", text::list(&all))
}

fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}
