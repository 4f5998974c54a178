//! The money of a successor: what its predecessor paid last, year by year, as a proposal.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::carried::written;
use crate::agreement::{Agreement, Funding, RateUnit};
use crate::date::Period;
use crate::drafting::agreement::{Year, span};
use crate::money::Money;
use crate::payouts::{self, Component, Statement};
use crate::register::write::{Table, Value};
use crate::term::MoneyTime;
use crate::text::NBSP;
use crate::vocabulary::Known;

/// The keys of the predecessor's money, with those of the successor that take their place.
pub(super) type Renamed = BTreeMap<String, Vec<String>>;

/// What a component comes to for a year, and how sure that is.
struct Yearly {
    amount: Money,
    /// Where prices have changed it: whether the amount is that before or after.
    adjusted: Option<&'static str>,
    is_preliminary: bool,
    /// The days that it was for.
    of: String,
}

/// Adds the money that was paid last to the successor, for each of its years.
pub(super) fn carry(
    root: &mut Table,
    agreement: &Agreement,
    statement: &Statement<'_>,
    years: &[Year],
) -> Renamed {
    let streams = paid_last(statement);
    let time = NewTime { years, span: None };
    let mut renamed = Renamed::new();
    for stream in &streams {
        let keys = add(root.table("funding"), statement, &streams, stream, &time, &|_| false);
        let is_of_it = |(key, funding): &(&String, &Funding)| {
            *key == stream.key || streams.len() == 1 || is_alike(funding, stream.funding)
        };
        for (key, _) in agreement.funding.iter().filter(is_of_it) {
            renamed.entry(key.clone()).or_insert_with(|| keys.clone());
        }
    }
    renamed
}

/// Adds the money that was paid last for the days by which an agreement is extended and their years, with keys that are not
/// `taken`. Money that goes on as long as the agreement does is there already. Gives back what was added, by the old keys.
pub(in crate::drafting) fn extend(
    root: &mut Table,
    statement: &Statement<'_>,
    (years, span): (&[Year], Period),
    taken: impl Fn(&str) -> bool,
) -> Renamed {
    let mut streams = paid_last(statement);
    streams.retain(|stream| stream.funding.period.is_some() || statement.life.money_time.has_end());
    let time = NewTime { years, span: Some(span) };
    let mut added = Renamed::new();
    for stream in &streams {
        let keys = add(root.table("funding"), statement, &streams, stream, &time, &taken);
        added.insert(stream.key.to_owned(), keys);
    }
    added
}

/// The time that money is carried to.
struct NewTime<'a> {
    years: &'a [Year],
    /// Its days, where they are not all that the agreement lasts.
    span: Option<Period>,
}

/// What is paid until the last day, or until the last for which anything is.
fn paid_last<'a, 'b>(statement: &'b Statement<'a>) -> Vec<&'b Component<'a>> {
    let time = statement.life.money_time;
    let end_of = |component: &Component<'_>| Some(payouts::period_of(component.funding, time)?.end);
    let last_paid = statement.components.iter().filter_map(end_of).max();
    let last = statement.life.last_day().map(|last| last_paid.map_or(last, |paid| paid.min(last)));
    let is_last =
        |component: &&Component<'_>| end_of(component).is_none_or(|end| last.is_none_or(|last| last <= end));
    statement.components.iter().filter(is_last).collect()
}

/// The key of a component for a year: the year alone where nothing else is paid.
fn key_of(streams: &[&Component<'_>], stream: &Component<'_>, year: &Year) -> String {
    match streams {
        [_] => year.key.clone(),
        _ => format!("{}-{}", stem(stream.key), year.key),
    }
}

/// Whether two components are the same money for different times.
fn is_alike(one: &Funding, other: &Funding) -> bool {
    let of = |funding: &Funding| {
        (funding.title.clone(), funding.payer.clone(), funding.payee.clone(), funding.budget_line.clone())
    };
    of(one) == of(other)
}

/// A key without its year: "grund-2024" → "grund", "2024" → "ersattning".
fn stem(key: &str) -> &str {
    let stem = key.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('-');
    if stem.is_empty() { "ersattning" } else { stem }
}

/// A key that neither the table nor the file has: `key`, or `key-2` and so on.
fn free(funding: &Table, taken: &dyn Fn(&str) -> bool, key: &str) -> String {
    let numbered = (2_u32..).map(|number| format!("{key}-{number}"));
    let mut keys = std::iter::once(key.to_owned()).chain(numbered);
    keys.find(|key| !taken(key) && funding.get(key).is_none()).unwrap_or_else(|| key.to_owned())
}

/// Adds one of the components that were paid last, for each year or for all of them. Gives back the keys.
fn add(
    funding: &mut Table,
    statement: &Statement<'_>,
    streams: &[&Component<'_>],
    stream: &Component<'_>,
    &NewTime { years, span: days }: &NewTime<'_>,
    taken: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    if let Some(rate) = &stream.funding.rate {
        let key = free(funding, taken, stem(stream.key));
        let component = funding.table(&key);
        terms(component, stream.funding);
        if let Some(days) = days {
            component.set("period", span(days));
        }
        let mut table = Table::default().with("amount", rate.amount);
        for (name, word) in [("unit", &rate.unit), ("units", &rate.units)] {
            if let Some(word) = word {
                table.set(name, &**word);
            }
        }
        if let Some(count) = rate.last_number().filter(|_| rate.unit.is_some()) {
            table.set("count", count);
        }
        table.set("per", rate.per.word());
        let once = if rate.per == RateUnit::Period { ", en gång för hela tiden" } else { "" };
        component.set("rate", table).comment("rate", format!("det senaste beloppet{once}: ett förslag"));
        grant(component, stream.funding);
        return vec![key];
    }
    // An extension has the agreement's own indexation, which adjusts the amount as it was agreed.
    let yearly = last_yearly(statement, stream, days.is_some());
    let mut keys = Vec::new();
    for year in years {
        let key = free(funding, taken, &key_of(streams, stream, year));
        let component = funding.table(&key);
        terms(component, stream.funding);
        component.set("period", span(year.period));
        match &yearly {
            Some(yearly) if year.is_whole => {
                component.set("amount", yearly.amount).comment("amount", yearly.told());
            }
            Some(yearly) => {
                component.set("amount", Value::not_stated());
                component.comment("amount", format!("inte ett helt år; för ett helt år {}", yearly.told()));
            }
            None => {
                component.set("amount", Value::not_stated());
                component.comment("amount", "det senaste beloppet per år är inte känt");
            }
        }
        grant(component, stream.funding);
        keys.push(key);
    }
    if years.is_empty() {
        let key = free(funding, taken, stem(stream.key));
        let component = funding.table(&key);
        terms(component, stream.funding);
        component.set("amount", Value::not_stated());
        if let Some(yearly) = yearly {
            component.comment("amount", yearly.told());
        }
        grant(component, stream.funding);
        keys.push(key);
    }
    keys
}

impl Yearly {
    fn of(amount: Money, days: Period, is_adjusted: bool, (as_agreed, is_preliminary): (bool, bool)) -> Self {
        let is_calendar_year = (days.start.month(), days.start.day()) == (1, 1);
        Self {
            amount,
            adjusted: is_adjusted.then_some(if as_agreed {
                " före uppräkning"
            } else {
                " med uppräkning"
            }),
            is_preliminary,
            of: if is_calendar_year { days.start.year().to_string() } else { days.to_string() },
        }
    }

    fn told(&self) -> String {
        let adjusted = self.adjusted.unwrap_or_default();
        let preliminary = if self.is_preliminary { ", preliminärt" } else { "" };
        let amount = self.amount.to_string().replace(NBSP, " ");
        format!("förslag: {amount} för {}{adjusted}{preliminary}", self.of)
    }
}

/// What a component, or else the same money before it, last came to for a whole year: the last time may have been shorter.
fn last_yearly(statement: &Statement<'_>, stream: &Component<'_>, as_agreed: bool) -> Option<Yearly> {
    let time = statement.life.money_time;
    let before = statement.components.iter().filter(|one| is_alike(one.funding, stream.funding));
    let mut before: Vec<_> = before.filter(|one| one.key != stream.key).collect();
    before.sort_by_key(|one| one.years.last().map(|year| year.period.end));
    let all = || std::iter::once(stream).chain(before.iter().rev().copied());
    yearly(stream, time, as_agreed)
        .or_else(|| of_parts(all(), time, as_agreed))
        .or_else(|| all().find_map(|one| yearly(one, time, as_agreed)))
}

/// What components that follow on each other, the last first, come to for the twelve months to the end of the first: two
/// half-years. Nothing where they leave days out, or have more.
fn of_parts<'a, 'b: 'a>(
    parts: impl Iterator<Item = &'a Component<'b>>,
    time: MoneyTime,
    as_agreed: bool,
) -> Option<Yearly> {
    let mut days: Option<Period> = None;
    let (mut amount, mut is_adjusted, mut is_preliminary) = (Money::ZERO, false, false);
    for one in parts {
        let own = payouts::period_of(one.funding, time)?;
        if days.is_some_and(|days| own.end.succ_opt() != Some(days.start)) {
            return None;
        }
        for year in &one.years {
            amount = amount.checked_add(if as_agreed { year.agreed? } else { year.payable? })?;
            is_adjusted |= year.adjustment.as_ref().is_some_and(|one| !one.changes_nothing());
            is_preliminary |= !as_agreed && !year.doubts.is_empty();
        }
        let all = days.map_or(own, |days| Period { start: own.start, ..days });
        let whole = all.last_day_within(12)?;
        if whole == all.end {
            return Some(Yearly::of(amount, all, is_adjusted, (as_agreed, is_preliminary)));
        }
        if whole < all.end {
            return None;
        }
        days = Some(all);
    }
    None
}

/// What a component last came to for a whole year; nothing where that is not known.
fn yearly(stream: &Component<'_>, time: MoneyTime, as_agreed: bool) -> Option<Yearly> {
    let period = payouts::period_of(stream.funding, time);
    let is_year = period.is_some_and(|period| period.last_day_within(12) == Some(period.end));
    let last = stream.years.last()?;
    let of_last = if is_year {
        stream.years.as_slice()
    } else {
        // The last calendar year, where it is a whole one.
        let is_whole = last.period.last_day_within(12) == Some(last.period.end);
        if !is_whole {
            return None;
        }
        std::slice::from_ref(last)
    };
    let amounts: Option<Vec<Money>> =
        of_last.iter().map(|year| if as_agreed { year.agreed } else { year.payable }).collect();
    let is_adjusted = of_last
        .iter()
        .any(|year| year.adjustment.as_ref().is_some_and(|adjustment| !adjustment.changes_nothing()));
    let days = if is_year { period? } else { last.period };
    let amount = payouts::sum(amounts?.into_iter().map(Some))?;
    let is_preliminary = !as_agreed && of_last.iter().any(|year| !year.doubts.is_empty());
    Some(Yearly::of(amount, days, is_adjusted, (as_agreed, is_preliminary)))
}

/// Who pays whom, and from where: what does not change with the year.
fn terms(component: &mut Table, old: &Funding) {
    let words = [
        ("title", old.title.as_deref()),
        ("payer", Some(old.payer.as_str())),
        ("payee", old.payee.as_deref()),
        ("budget_line", old.budget_line.as_deref()),
    ];
    for (key, word) in words {
        if let Some(word) = word {
            component.set(key, word);
        }
    }
    if old.ceiling {
        component.set("ceiling", true);
    }
    // What else is stated of it is a table of its own.
    if let Ok(toml::Value::Table(all)) = toml::Value::try_from(old) {
        for key in ["payees", "source", "code"] {
            let stated = all.get(key).filter(|value| value.as_table().is_none_or(|table| !table.is_empty()));
            if let Some(value) = stated {
                component.set(key, written(value.clone()));
            }
        }
    }
}

/// Leaves open what state grants pay of it, where they paid something of the old.
fn grant(component: &mut Table, old: &Funding) {
    if old.state_grant.is_open() || old.state_grant.known().is_some_and(|grants| !grants.is_empty()) {
        component.set("state_grant", Value::not_stated());
        component.comment("state_grant", "det har fått statsbidrag");
    }
}

/// Lets what points at the predecessor's money point at the successor's.
pub(super) fn point_at(root: &mut Table, renamed: &Renamed) {
    for table in ["payout_plan", "indexation"] {
        let Some(Value::Table(all)) = root.get(table).cloned() else { continue };
        for (name, value) in all.iter() {
            let Value::Table(one) = value else { continue };
            let Some(Value::List(old)) = one.get("funding") else { continue };
            let mut keys: Vec<String> = Vec::new();
            for key in old {
                let Value::Text(key) = key else { continue };
                let new = renamed.get(key).into_iter().flatten().filter(|new| !keys.contains(new)).cloned();
                let new: Vec<String> = new.collect();
                keys.extend(new);
            }
            root.at(&[table, name]).set("funding", Value::texts(keys));
        }
    }
    let Some(Value::Table(undertakings)) = root.get("undertaking").cloned() else { return };
    for (name, value) in undertakings.iter() {
        let Value::Table(one) = value else { continue };
        let Some(Value::Table(places)) = one.get("places") else { continue };
        for (key, place) in places.iter() {
            let Value::Table(place) = place else { continue };
            let Some(Value::Text(old)) = place.get("funding") else { continue };
            if let Some([only]) = renamed.get(old).map(Vec::as_slice) {
                root.at(&["undertaking", name, "places", key]).set("funding", &**only);
            }
        }
    }
}
