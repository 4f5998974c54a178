//! What a committee that decides on an agreement promises: its own money and no one else's, for the time that is agreed, and
//! beside it what comes only if the agreement goes on.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::{quoted, total_of, unique};
use super::bearers::{Bearer, Bearers};
use super::duration::days_in_words;
use super::rates::rate_in_words;
use super::text_life::TextLife;
use super::words::object;
use crate::agreement::{AdjustmentBase, Agreement, AppliesWhen, Funding};
use crate::date::Period;
use crate::money::Money;
use crate::payouts::{self, Component};
use crate::term::MoneyTime;
use crate::text;
use crate::vocabulary::Known;

/// The components of one who bears them: those that are agreed, and those that may come beside them.
#[derive(Default)]
struct Borne<'a> {
    agreed: Vec<&'a Funding>,
    later: Vec<&'a Funding>,
}

/// What the agreement's own committee pays, and what others do.
pub(super) fn own<'a>(
    bearers: &Bearers<'a>,
    agreement: &'a Agreement,
    life: &TextLife<'_>,
    components: &[Component<'_>],
) -> Value {
    let time = life.money_time();
    let all = borne(bearers, agreement, life);
    let nothing = Borne::default();
    let Borne { agreed, .. } = all.get(&Bearer::Own).unwrap_or(&nothing);
    let others = all.iter().filter(|(bearer, one)| **bearer != Bearer::Own && !one.agreed.is_empty());
    let others: Vec<String> = others
        .map(|(bearer, Borne { agreed: theirs, .. })| {
            let name = bearers.name(*bearer);
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
    let is_told = is_told(agreed, life);
    let total = total_of(agreed.iter().copied(), time).filter(|_| is_told);
    let mut fields = IndexMap::from([
        ("total", Value::from(total.map(|sum| sum.to_string()))),
        ("amount", Value::from(in_words(agreed, time).filter(|_| is_told))),
        ("is_ceiling", Value::from(agreed.iter().any(|funding| funding.ceiling))),
        ("is_none", Value::from(agreed.is_empty() && !agreement.funding.is_empty())),
        ("others", Value::from((!others.is_empty()).then(|| text::list(&others)))),
    ]);
    fields.extend(adjustment((agreement, components), agreed, time));
    object(fields)
}

/// What each committee that decides pays, the agreement's own first, and what may come beside it: what its decision promises.
pub(super) fn decided<'a>(
    bearers: &Bearers<'a>,
    agreement: &'a Agreement,
    life: &TextLife<'_>,
    components: &[Component<'_>],
) -> Value {
    let time = life.money_time();
    let all = borne(bearers, agreement, life);
    let nothing = Borne::default();
    let part = |bearer: Bearer<'_>| {
        let Borne { agreed, later } = all.get(&bearer).unwrap_or(&nothing);
        let others = bearers.committees().filter(|other| *other != bearer).map(|other| bearers.name(other));
        let mut fields = IndexMap::from([
            ("committee", Value::from(bearers.name(bearer))),
            ("others", Value::from(text::list(&others.collect::<Vec<_>>()))),
            ("amount", Value::from(in_words(agreed, time).filter(|_| is_told(agreed, life)))),
            ("is_none", Value::from(agreed.is_empty() && !agreement.funding.is_empty())),
            ("later", Value::from(later_told(bearers, bearer, later, time))),
        ]);
        fields.extend(adjustment((agreement, components), agreed, time));
        object(fields)
    };
    bearers.committees().map(part).collect()
}

/// What all committees pay only if the agreement goes on, as one.
pub(super) fn onward<'a>(bearers: &Bearers<'a>, agreement: &'a Agreement, life: &TextLife<'_>) -> Value {
    let all = borne(bearers, agreement, life);
    let mine = || bearers.committees().filter_map(|bearer| Some((bearer, all.get(&bearer)?)));
    let later = mine().filter_map(|(bearer, one)| later_told(bearers, bearer, &one.later, life.money_time()));
    let later: Vec<String> = later.collect();
    let is_none = mine().all(|(_, one)| one.agreed.is_empty()) && !agreement.funding.is_empty();
    object(IndexMap::from([
        ("later", Value::from((!later.is_empty()).then(|| text::list(&later)))),
        ("is_none", Value::from(is_none)),
    ]))
}

/// "om 300 000 kronor", of one of several committees "från kulturnämnden om 300 000 kronor".
fn later_told(
    bearers: &Bearers<'_>,
    bearer: Bearer<'_>,
    later: &[&Funding],
    time: MoneyTime,
) -> Option<String> {
    let from = if bearers.committees().count() > 1 {
        format!("från {} ", bearers.name(bearer))
    } else {
        String::new()
    };
    later_in_words(later, time).map(|words| format!("{from}om {words}"))
}

/// What comes only if the agreement goes on: of several extensions that cost the same, what each of them does.
fn later_in_words(components: &[&Funding], time: MoneyTime) -> Option<String> {
    let each = || -> Option<String> {
        let mut extensions: BTreeMap<Period, (Money, bool)> = BTreeMap::new();
        for funding in components {
            let (sum, is_ceiling) = extensions.entry(funding.period?).or_default();
            *sum = sum.checked_add(payouts::amount_of(funding, time)?)?;
            *is_ceiling |= funding.ceiling;
        }
        let shown =
            |(sum, is_ceiling): &(Money, bool)| format!("{}{sum}", if *is_ceiling { "högst " } else { "" });
        let mut sums = extensions.values();
        let first = sums.next()?;
        if extensions.len() > 1 && sums.all(|sum| sum == first) {
            return Some(format!("{} för varje förlängning", shown(first)));
        }
        let told = extensions.iter();
        let told =
            told.map(|(days, sum)| format!("{} för tiden från och med {}", shown(sum), days_in_words(*days)));
        Some(text::list(&told.collect::<Vec<_>>()))
    };
    by_year(components, time).or_else(each).or_else(|| in_words(components, time))
}

/// Of an amount that is for possible days too, nobody has said what is agreed.
fn is_told(agreed: &[&Funding], life: &TextLife<'_>) -> bool {
    !agreed.iter().any(|funding| life.is_for_both(funding))
}

fn borne<'a>(
    bearers: &Bearers<'a>,
    agreement: &'a Agreement,
    life: &TextLife<'_>,
) -> IndexMap<Bearer<'a>, Borne<'a>> {
    let mut all: IndexMap<Bearer<'_>, Borne<'_>> = IndexMap::new();
    for funding in agreement.funding.values() {
        let one = all.entry(bearers.bearer(funding)).or_default();
        let is_later = life.condition(funding, agreement).is_some();
        if is_later { one.later.push(funding) } else { one.agreed.push(funding) }
    }
    all
}

/// What comes beside the stated amounts because they are adjusted: nothing for amounts that are stated with their adjustment.
fn adjustment(
    (agreement, components): (&Agreement, &[Component<'_>]),
    own: &[&Funding],
    time: MoneyTime,
) -> [(&'static str, Value); 4] {
    // What is adjusted from its second year on is not adjusted at all in a shorter time.
    let comes_to_it = |key: &str| {
        let years =
            components.iter().find(|component| component.key == key).map(|component| &component.years);
        years.is_none_or(|years| years.is_empty() || years.iter().any(|year| year.is_indexed))
    };
    let adds = agreement.indexation.values().filter(|one| {
        one.applies == AppliesWhen::Yearly && one.amounts.known() != Some(&AdjustmentBase::AfterAdjustment)
    });
    let mut concerned: Vec<&Funding> = Vec::new();
    let (mut is_yearly, mut may_be_in_it) = (false, false);
    for indexation in adds {
        let of = agreement
            .funding
            .iter()
            .filter(|(key, _)| indexation.adjusts(key))
            .filter(|(key, _)| comes_to_it(key));
        let of: Vec<&Funding> =
            of.map(|(_, one)| one).filter(|one| own.iter().any(|own| std::ptr::eq(*own, *one))).collect();
        is_yearly |= !of.is_empty() && indexation.years.len() != 1;
        may_be_in_it |= !of.is_empty() && indexation.amounts.known().is_none();
        concerned.extend(of);
    }
    let concerned: Vec<&Funding> =
        own.iter().copied().filter(|own| concerned.iter().any(|one| std::ptr::eq(*own, *one))).collect();
    let is_part = concerned.len() < own.len();
    let names = unique(concerned.iter().map(|funding| quoted(agreement, funding, time)));
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
        words.push(title.map_or(rate.clone(), |title| format!("{rate} för ”{title}”")));
    }
    match by_year(&bounded, time) {
        Some(years) => words.push(years),
        // What crosses a new year is for its own days.
        None => {
            for funding in bounded {
                let most = if funding.ceiling { "högst " } else { "" };
                let sum = payouts::amount_of(funding, time)?;
                let days = payouts::period_of(funding, time).map(days_in_words)?;
                words.push(format!("{most}{sum} för tiden från och med {days}"));
            }
        }
    }
    Some(text::list(&words))
}
