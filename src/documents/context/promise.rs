//! What a committee that decides on an agreement promises: its own money and no one else's, for the time that is agreed, and
//! beside it what comes only if the agreement goes on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::{quoted, total_of, unique};
use super::parties::{called, is_own};
use super::rates::rate_in_words;
use super::text_life::TextLife;
use super::words::object;
use crate::agreement::{AdjustmentBase, Agreement, AppliesWhen, Funding};
use crate::money::Money;
use crate::payouts;
use crate::register::Register;
use crate::term::MoneyTime;
use crate::text;
use crate::vocabulary::Known;

/// Who bears an amount, as the committee that decides sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearer<'a> {
    /// The committee itself.
    Own,
    /// Another committee of the municipality, by key.
    Committee(&'a str),
    /// Another payer, by party key.
    Party(&'a str),
}

fn bearer<'a>(register: &'a Register, agreement: &'a Agreement, funding: &'a Funding) -> Bearer<'a> {
    if !is_own(register, agreement, &funding.payer) {
        return Bearer::Party(&funding.payer);
    }
    let lines = register.budget.as_ref().map(|budget| &budget.data.line);
    let line = funding.budget_line.as_deref().and_then(|line| lines?.get(line));
    match line.map(|line| line.committee.as_str()) {
        Some(committee) if agreement.also_decides.values().any(|other| other.committee == committee) => {
            Bearer::Committee(committee)
        }
        _ => Bearer::Own,
    }
}

/// What the committee itself pays, what others do, and what may come beside it.
pub(super) fn own<'a>(
    register: &'a Register,
    agreement: &'a Agreement,
    life: &TextLife<'_>,
    day: NaiveDate,
) -> Value {
    let time = life.money_time();
    let mut agreed: Vec<&Funding> = Vec::new();
    let mut later: Vec<&Funding> = Vec::new();
    let mut others: Vec<(Bearer<'_>, Vec<&Funding>)> = Vec::new();
    for funding in agreement.funding.values() {
        let is_later = life.condition(funding, agreement).is_some();
        match bearer(register, agreement, funding) {
            Bearer::Own if is_later => later.push(funding),
            Bearer::Own => agreed.push(funding),
            _ if is_later => {}
            other => match others.iter_mut().find(|(one, _)| *one == other) {
                Some((_, all)) => all.push(funding),
                None => others.push((other, vec![funding])),
            },
        }
    }
    let others: Vec<String> = others
        .iter()
        .map(|(bearer, theirs)| {
            let name = match bearer {
                Bearer::Committee(key) => {
                    let committees = register.settings.as_ref().map(|settings| &settings.data.committee);
                    let name = committees.and_then(|all| all.get(*key)?.name_on(day));
                    text::uncapitalised(name.unwrap_or(key))
                }
                Bearer::Party(key) => called(agreement, key).to_owned(),
                Bearer::Own => String::new(),
            };
            let most = if theirs.iter().any(|funding| funding.ceiling) { "högst " } else { "" };
            match total_of(theirs.iter().copied(), time) {
                Some(total) => format!("{name} med {most}{total}"),
                None => match in_words(theirs, time) {
                    Some(words) => format!("{name} med {words}"),
                    None => name,
                },
            }
        })
        .collect();
    // Of an amount that is for possible days too, nobody has said what is agreed.
    let is_told = !agreed.iter().any(|funding| life.is_for_both(funding));
    let total = total_of(agreed.iter().copied(), time).filter(|_| is_told);
    let mut fields = IndexMap::from([
        ("total", Value::from(total.map(|sum| sum.to_string()))),
        ("amount", Value::from(in_words(&agreed, time).filter(|_| is_told))),
        ("is_ceiling", Value::from(agreed.iter().any(|funding| funding.ceiling))),
        ("is_none", Value::from(agreed.is_empty() && !agreement.funding.is_empty())),
        ("others", Value::from((!others.is_empty()).then(|| text::list(&others)))),
        ("later", Value::from(in_words(&later, time))),
    ]);
    fields.extend(adjustment(agreement, &agreed, time));
    object(fields)
}

/// What comes beside the stated amounts because they are adjusted: nothing for amounts that are stated with their adjustment.
fn adjustment(agreement: &Agreement, own: &[&Funding], time: MoneyTime) -> [(&'static str, Value); 4] {
    let adds = agreement.indexation.values().filter(|one| {
        one.applies == AppliesWhen::Yearly && one.amounts.known() != Some(&AdjustmentBase::AfterAdjustment)
    });
    let mut concerned: Vec<&Funding> = Vec::new();
    let (mut is_yearly, mut may_be_in_it) = (false, false);
    for indexation in adds {
        let of = agreement
            .funding
            .iter()
            .filter(|(key, _)| indexation.funding.is_empty() || indexation.funding.contains(key));
        let of: Vec<&Funding> =
            of.map(|(_, one)| one).filter(|one| own.iter().any(|own| std::ptr::eq(*own, *one))).collect();
        is_yearly |= !of.is_empty() && indexation.years.len() != 1;
        may_be_in_it |= !of.is_empty() && indexation.amounts.known().is_none();
        concerned.extend(of);
    }
    let concerned: Vec<&Funding> =
        own.iter().copied().filter(|own| concerned.iter().any(|one| std::ptr::eq(*own, *one))).collect();
    let is_part = concerned.len() < own.len();
    let names = unique(concerned.iter().map(|funding| quoted(funding, time)));
    [
        ("is_adjusted", Value::from(!concerned.is_empty())),
        ("may_be_in_it", Value::from(may_be_in_it)),
        ("is_adjusted_yearly", Value::from(is_yearly)),
        ("adjusts", Value::from((is_part && !names.is_empty()).then(|| text::list(&names)))),
    ]
}

/// "900 000 kronor för 2021 och 980 000 kronor för 2022", "12 500 kronor per plats och månad, för 6 platser" or "sammanlagt högst
/// 600 000 kronor": what the agreement says of the amounts, never more and never less.
pub(super) fn in_words(components: &[&Funding], time: MoneyTime) -> Option<String> {
    if components.is_empty() {
        return None;
    }
    by_year(components, time).or_else(|| by_rate(components, time)).or_else(|| {
        let most = if components.iter().any(|funding| funding.ceiling) { "högst " } else { "" };
        let all = if components.len() > 1 || most.is_empty() { "sammanlagt " } else { "" };
        total_of(components.iter().copied(), time).map(|total| format!("{all}{most}{total}"))
    })
}

/// The agreed sum of each year, where the agreement itself gives one.
fn by_year(components: &[&Funding], time: MoneyTime) -> Option<String> {
    let mut years: BTreeMap<i32, (Money, bool)> = BTreeMap::new();
    for funding in components {
        if funding.period.is_none() && !time.has_end() {
            return None;
        }
        for share in payouts::by_year(funding, time)? {
            if share.is_divided {
                return None;
            }
            let (sum, is_ceiling) = years.entry(share.year).or_default();
            *sum = sum.checked_add(share.amount)?;
            *is_ceiling |= funding.ceiling;
        }
    }
    let words = |(year, (amount, is_ceiling)): (&i32, &(Money, bool))| {
        format!("{}{amount} för {year}", if *is_ceiling { "högst " } else { "" })
    };
    let years: Vec<String> = years.iter().map(words).collect();
    (!years.is_empty()).then(|| text::list(&years))
}

/// The rates of an agreement until further notice, and the amounts that have a time of their own.
fn by_rate(components: &[&Funding], time: MoneyTime) -> Option<String> {
    if time.has_end() {
        return None;
    }
    let (bounded, open): (Vec<&Funding>, Vec<&Funding>) =
        components.iter().copied().partition(|funding| funding.period.is_some());
    let mut words: Vec<String> = Vec::new();
    for funding in open {
        let most = if funding.ceiling { "högst " } else { "" };
        let rate = format!("{most}{}", rate_in_words(funding.rate.as_ref()?));
        let title = funding.title.as_ref().filter(|_| components.len() > 1);
        words.push(title.map_or(rate.clone(), |_| format!("{rate} för {}", quoted(funding, time))));
    }
    if !bounded.is_empty() {
        words.push(by_year(&bounded, time)?);
    }
    Some(text::list(&words))
}
