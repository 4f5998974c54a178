//! Amounts, adjustments and who pays.

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use minijinja::Value;

use super::adjusted::{adjusted, granted, readings};
use super::adjustments::adjustments;
use super::changes::without_possible;
use super::object;
use super::parties::called;
use super::promise::own;
use super::rates::rate_in_words;
use super::text_life::TextLife;
use crate::agreement::{Agreement, Funding, FundingSource, Party, Role};
use crate::date::{Period, month_name};
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
                (None, Some(rate)) => Value::from(rate_in_words(rate)),
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
    let is_ambiguous = agreement.indexation.values().any(|indexation| indexation.amounts.is_open());
    let payers: Vec<&str> =
        unique(agreement.funding.values().map(|funding| called(agreement, &funding.payer)));
    let sources = agreement.funding.values().filter_map(|funding| funding.source.known());
    let sources: Vec<String> =
        unique(sources.map(|source| source_in_words(register, agreement, *source, as_of)));
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
        ("own", own(register, agreement, life, as_of)),
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
        ("adjusted", adjusted(register, &without_possible(register, entry, as_of), as_of)),
        ("granted", granted(register, entry, as_of)),
        ("readings", readings(register, entry, as_of)),
    ]))
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
            format!("{} budgetram", text::genitive(&text::uncapitalised(name)))
        }
        (source, _) => source.label().to_owned(),
    }
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
pub(super) fn total_of<'a>(
    components: impl Iterator<Item = &'a Funding> + Clone,
    time: MoneyTime,
) -> Option<Money> {
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

/// What a component is called: by its title, its year, its days, or as the whole.
fn designation(funding: &Funding, time: MoneyTime) -> String {
    funding.title.clone().unwrap_or_else(|| match payouts::period_of(funding, time) {
        Some(period) if period.years().count() == 1 => period.years().min().unwrap_or_default().to_string(),
        Some(period) if funding.period.is_some() && time.period() != Some(period) => {
            match by_months(period) {
                Some(months) => text::capitalised(&months),
                None => period.to_string(),
            }
        }
        _ => "Hela avtalstiden".to_owned(),
    })
}

/// "juli 2023–juni 2024", where the days are whole months.
fn by_months(period: Period) -> Option<String> {
    let named = |day: NaiveDate| Some(format!("{} {}", month_name(day.month())?, day.year()));
    let is_whole = period.start.day() == 1 && period.end.succ_opt()?.day() == 1;
    is_whole.then_some(())?;
    Some(format!("{}–{}", named(period.start)?, named(period.end)?))
}

/// The same designation in running text, where a title of several words must show where it ends.
pub(super) fn quoted(funding: &Funding, time: MoneyTime) -> String {
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
        let is_part = concerned.len() < agreement.funding.len() || agreement.payout_plan.len() > 1;
        let is_part = is_part && !plan.funding.is_empty();
        let fields = object(IndexMap::from([
            ("concerns", Value::from(is_part.then(|| text::list(&concerns)))),
            ("payee", Value::from(text::list(&payees))),
        ]));
        (key.as_str(), fields)
    }))
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
