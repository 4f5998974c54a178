//! Amounts, adjustments and who pays.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::adjusted::{adjusted, granted, known_years, readings};
use super::adjustments::adjustments;
use super::amounts::{days_in_words, designation, quoted, source_in_words, total_of, unique};
use super::bearers::Bearers;
use super::changes::without_possible;
use super::parties::{called, is_own};
use super::promise::{decided, onward, own};
use super::rates::{begun_in_words, rate_in_words};
use super::text_life::TextLife;
use super::words::object;
use crate::agreement::{Agreement, Funding, FundingSource, Party, Role};
use crate::date::Period;
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
            // A title that tells of the extension has told the condition.
            let is_told = |condition: &String| {
                let title = funding.title.as_deref().unwrap_or_default().to_lowercase();
                ["förläng", "option"].iter().any(|word| title.contains(word) && condition.contains(word))
            };
            let what = match condition.as_ref().filter(|condition| !is_told(condition)) {
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
                ("condition", Value::from(condition)),
                ("name", Value::from(format!("för {}", quoted(agreement, funding, time)))),
                ("period", Value::from(days_in_words(funding, time).or_else(|| whole_term(funding)))),
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
    // Where others have their money from is nothing that the committee decides on.
    let its = || agreement.funding.values().filter(|funding| is_own(register, agreement, &funding.payer));
    let sources = its().filter_map(|funding| funding.source.known());
    let sources: Vec<String> =
        unique(sources.map(|source| source_in_words(register, agreement, *source, as_of)));
    let is_partly_sourced = its().any(|funding| funding.source.known().is_none());
    let strings = agreement.funding.values().map(|funding| coded(register, agreement, funding));
    let codes: Vec<String> = unique(strings.filter(|string| !string.is_empty()));
    let terms = &agreement.economy;
    let show = |label: &'static str| Value::from(label);
    let vat = blanks.show(&terms.vat, &path!["economy", "vat"], |vat| show(vat.label()));
    let instrument = blanks
        .show(&terms.instrument, &path!["economy", "instrument"], |instrument| show(instrument.label()));
    let (promised, additional) = sums(agreement, life);
    let open = agreement.indexation.iter().find(|(_, one)| one.amounts.is_open());
    let amounts_open = open.map(|(key, _)| blanks.blank(&path!["indexation", key, "amounts"]));
    let uses_frame = its().any(|funding| funding.source.known() == Some(&FundingSource::OwnFrame));
    let begun: Vec<&str> =
        unique(agreement.funding.values().filter_map(|funding| begun_in_words(funding, time)));
    let has_rate = agreement.funding.values().any(|funding| funding.rate.is_some());
    let bearers = Bearers::of(register, agreement, [], as_of);
    let agreed = without_possible(register, entry, as_of);
    let components = known_years(register, &agreed, time, as_of);
    object(IndexMap::from([
        ("rows", rows),
        ("total", promised.total),
        ("is_ceiling", promised.is_ceiling),
        ("additional", additional),
        ("own", own(&bearers, agreement, life, &components)),
        ("onward", onward(&bearers, agreement, life)),
        ("decided", decided(&bearers, agreement, life, &components)),
        ("is_ambiguous", Value::from(is_ambiguous)),
        ("amounts_open", Value::from(amounts_open)),
        ("uses_frame", Value::from(uses_frame)),
        ("payer", Value::from(text::list(&payers))),
        ("several", Value::from(agreement.funding.len() > 1)),
        ("is_summed", Value::from(agreement.funding.len() > 1 || has_rate)),
        ("begun", begun.into_iter().map(Value::from).collect()),
        ("plans", plans(agreement, time)),
        ("sources", Value::from((!sources.is_empty()).then(|| text::list(&sources)))),
        ("is_partly_sourced", Value::from(is_partly_sourced)),
        ("codes", Value::from((!codes.is_empty()).then(|| codes.join("; ")))),
        ("vat", vat),
        ("instrument", instrument),
        ("adjustments", adjustments(register, agreement, time)),
        ("adjusted", adjusted(register, &components, time)),
        ("granted", granted(register, agreement, &components)),
        ("readings", readings(register, entry, as_of)),
    ]))
}

/// That an amount is for the whole of a term whose days are not known.
fn whole_term(funding: &Funding) -> Option<String> {
    (funding.period.is_none() && funding.from.is_none()).then(|| "hela avtalstiden".to_owned())
}

/// A component's code string in words: "ansvar 3310, konto 4520".
pub(super) fn coded(register: &Register, agreement: &Agreement, funding: &Funding) -> String {
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

/// "400 000 kronor för 2025 och 300 000 kronor för 2026": what state grants pay of an amount.
fn grant(funding: &Funding, blanks: &mut Blanks, base: &KeyPath) -> Value {
    blanks.show(&funding.state_grant, &base.join("state_grant"), |years| {
        // A year that has none is not named.
        let some = || years.iter().filter(|(_, amount)| **amount != Money::ZERO);
        let of_year = |(year, amount): (&String, &Money)| match years.len() {
            1 => amount.to_string(),
            _ => format!("{amount} för {year}"),
        };
        let years: Vec<String> = some().map(of_year).collect();
        Value::from((!years.is_empty()).then(|| text::list(&years)))
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
        return Some(format!("är gemensamt för {}. Hur det fördelas är inte angivet", text::list(&names)));
    }
    let parts = names().zip(funding.payees.values()).map(|(name, one)| match (one.share, one.amount) {
        (Some(share), _) => format!("{name} får {share}"),
        (None, Some(amount)) => match payouts::per_stretch(funding) {
            Some((_, per)) => format!("{name} får {amount} per {}", per.label()),
            None => format!("{name} får {amount}"),
        },
        (None, None) => name.to_owned(),
    });
    Some(format!("fördelas så: {}", text::list(&parts.collect::<Vec<_>>())))
}

/// Whether a plan's number of times a year is the number for each amount: it is for parts of a year, two of one year, or it is for
/// such a part alone.
fn are_parts_of_a_year(components: &[&Funding], time: MoneyTime) -> bool {
    let days = components.iter().map(|funding| payouts::period_of(funding, time));
    let is_part = |days: &Period| days.years().count() == 1 && days.length().months < 12;
    let Some(parts) = days.map(|days| days.filter(is_part)).collect::<Option<Vec<_>>>() else { return false };
    let is_alone = parts.len() == 1;
    let mut others = parts.iter().enumerate();
    is_alone || others.any(|(at, one)| parts.iter().skip(at + 1).any(|other| other.years().eq(one.years())))
}

/// For each payout plan, the components that it concerns and who receives them.
fn plans(agreement: &Agreement, time: MoneyTime) -> Value {
    Value::from_pairs(agreement.payout_plan.keys().map(|key| {
        let is_its = |name: &str| payouts::plan_of(agreement, name).is_some_and(|(own, _)| own == key);
        let concerned: Vec<&Funding> =
            agreement.funding.iter().filter(|(name, _)| is_its(name)).map(|(_, funding)| funding).collect();
        let concerns: Vec<String> =
            concerned.iter().map(|funding| quoted(agreement, funding, time)).collect();
        let named = concerned.iter().flat_map(|funding| funding.payees.keys().chain(&funding.payee));
        let mut payees = unique(named.map(|payee| called(agreement, payee)));
        if payees.is_empty() {
            payees = agreement.parties(Role::CivilSociety).map(Party::called).collect();
        }
        let is_part = !concerned.is_empty() && concerned.len() < agreement.funding.len();
        let fields = object(IndexMap::from([
            ("concerns", Value::from(is_part.then(|| text::list(&concerns)))),
            ("pays_each", Value::from(are_parts_of_a_year(&concerned, time))),
            ("several", Value::from(concerned.len() > 1)),
            ("payee", Value::from(text::list(&payees))),
        ]));
        (key.as_str(), fields)
    }))
}
