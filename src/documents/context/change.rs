//! What a change makes of an agreement: how much longer it lasts, what more it costs, and what its text says instead.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::{Error, Value};

use super::amounts::designation;
use super::bearers::Bearers;
use super::change_money::ChangeMoney;
use super::duration::{citation, days_in_words, length_in_words};
use super::guidelines;
use super::option_use::OptionUse;
use super::states::States;
use super::words::object;
use crate::agreement::{Agreement, Change, Status, What};
use crate::date::Period;
use crate::documents::blanks::reads_alike;
use crate::documents::{Templates, facts, markdown};
use crate::money::Money;
use crate::payouts;
use crate::records::{Decision, Deduction, Records};
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life, change_on};
use crate::text;
use crate::vocabulary::Known;

/// The clauses whose text follows from data that a change can touch.
const CLAUSES: [&str; 4] = ["term", "economy", "payouts", "exit"];

/// The facts of a change, whose memo the municipality's committees decide on that `bearers` holds.
pub(super) fn change(
    register: &Register,
    entry: &Entry<Agreement>,
    change: Change<'_>,
    states: &States,
    bearers: &Bearers<'_>,
    (day, as_of): (NaiveDate, NaiveDate),
) -> Value {
    let records = register.records_of(entry);
    let last = |entry: &Entry<Agreement>| Life::known_on(&entry.data, records, day).last_day();
    let (earlier, until) = (last(&states.before), last(&states.after));
    let more = earlier.zip(until).filter(|_| states.end_of_open.is_none()).and_then(|(earlier, until)| {
        let next = earlier.succ_opt()?;
        let period = Period { start: change.from().map_or(next, |from| from.max(next)), end: until };
        (!period.is_reversed()).then_some(period)
    });
    let gap = earlier.zip(more).and_then(|(earlier, more)| {
        let gap = Period { start: earlier.succ_opt()?, end: more.start.pred_opt()? };
        (!gap.is_reversed()).then_some(gap)
    });
    let shorter = until.filter(|until| earlier.is_some_and(|earlier| *until < earlier));
    let shorter = states.end_of_open.or(shorter);
    let text = match change.what {
        What::Supplement(one) => Some(one.changes.as_str()),
        What::Extension(_) | What::Ending(_) => None,
    };
    let use_of = OptionUse::of(register, entry, change, earlier, day);
    let decisions = change.decisions().map(|key| records?.decision.get(key?)).collect::<Option<Vec<_>>>();
    let decided: Vec<String> = decisions.unwrap_or_default().into_iter().map(citation).collect();
    let is_ending = matches!(change.what, What::Ending(_));
    let is_agreed = change_on(change, records, as_of) == Commitment::Agreed;
    object(IndexMap::from([
        ("is_extension", Value::from(matches!(change.what, What::Extension(_)))),
        ("number", Value::from(change.number())),
        ("dated", Value::from(change.dated().map(|day| day.to_string()))),
        ("is_agreed", Value::from(is_agreed)),
        // What says nothing of how far it has come says nothing of signatures either.
        ("is_signed", Value::from(is_agreed && change.status() == Some(Status::Signed))),
        ("until", Value::from(change.until().map(|day| day.to_string()))),
        ("earlier", Value::from(earlier.map(|day| day.to_string()))),
        ("holds_until", Value::from(states.holds_until.map(|day| day.to_string()))),
        ("has_passed", Value::from(states.holds_until.is_some_and(|last| last < day))),
        ("presupposes", Value::from(states.presupposes.as_deref())),
        ("is_longer", Value::from(more.is_some())),
        ("is_shorter", Value::from(shorter.is_some())),
        ("beyond_guideline", beyond_guideline(register, &entry.data, until.filter(|_| more.is_some()))),
        ("length", Value::from(more.map(|more| length_in_words(more.length())))),
        ("span", Value::from(more.map(days_in_words))),
        ("gap", Value::from(gap.map(days_in_words))),
        ("begins_before", Value::from(more.is_some_and(|more| more.start <= day))),
        ("option", Value::from(use_of.as_ref().map(OptionUse::shown))),
        ("needs_others", Value::from(!is_ending && !use_of.is_some_and(|one| one.is_enough()))),
        ("decisions", earlier_decisions(records, &decided, day)),
        ("decided", Value::from((!decided.is_empty()).then(|| text::list(&decided)))),
        ("text", Value::from(text)),
        ("deducted", Value::from(deducted(records, change).map(|sum| sum.to_string()))),
        ("money", ChangeMoney::of(register, states, bearers, (more.is_some(), shorter), day).shown()),
    ]))
}

/// How long the agreement lasts with its new last day, and how long the guideline that somebody has decided allows, where that is less.
fn beyond_guideline(register: &Register, agreement: &Agreement, until: Option<NaiveDate>) -> Value {
    let limits = guidelines::decided(register, agreement).map(|guideline| &guideline.limits);
    let most = limits.and_then(|limits| limits.term_with_options_months.or(limits.base_term_months));
    let whole = agreement.term.start.known().zip(until).map(|(start, end)| Period { start: *start, end });
    let beyond = whole.zip(most).filter(|(whole, most)| {
        Period { end: whole.start, ..*whole }.last_day_within(*most).is_some_and(|last| last < whole.end)
    });
    let Some((whole, most)) = beyond else { return Value::from(()) };
    object(IndexMap::from([
        ("length", Value::from(length_in_words(whole.length()))),
        ("most", Value::from(text::years_or_months(most))),
    ]))
}

/// What is taken off payouts by the decision on a change; nothing where nothing is.
fn deducted(records: Option<&Records>, change: Change<'_>) -> Option<Money> {
    sum_deducted(records?, change.decision().known()?).filter(|sum| *sum > Money::ZERO)
}

fn sum_deducted(records: &Records, decision: &str) -> Option<Money> {
    let mut amounts = deducted_by(records, decision).map(|one| one.amount);
    amounts.try_fold(Money::ZERO, Money::checked_add)
}

fn deducted_by<'a>(records: &'a Records, decision: &'a str) -> impl Iterator<Item = &'a Deduction> {
    records.deduction.values().filter(move |one| one.decision.as_deref() == Some(decision))
}

/// The decisions before a day, the earliest first, without those on the change itself.
fn earlier_decisions(records: Option<&Records>, decided: &[String], day: NaiveDate) -> Value {
    let Some(records) = records else { return Value::from(Vec::<Value>::new()) };
    let earlier =
        records.decision.iter().filter(|(_, one)| one.date < day && !decided.contains(&citation(one)));
    let mut earlier: Vec<(&String, &Decision)> = earlier.collect();
    earlier.sort_by_key(|(_, one)| one.date);
    earlier.into_iter().map(|(key, one)| Value::from(stated(records, key, one))).collect()
}

/// "godkännande: socialnämnden 2023-11-22 § 120"; of one that takes something off what is paid, how much.
fn stated(records: &Records, key: &str, decision: &Decision) -> String {
    let adjusted = if decision.directly_adjusted { " (omedelbart justerad)" } else { "" };
    let mut own = deducted_by(records, key);
    let what = match own.next() {
        Some(first) if own.all(|one| one.kind == first.kind) => {
            let sum = sum_deducted(records, key).unwrap_or(first.amount);
            format!("{} med {sum}", first.kind.label())
        }
        _ => decision.kind.label().to_owned(),
    };
    format!("{what}: {}{adjusted}", citation(decision))
}

/// Gives an amount that both states have the same name in both: what changes with the term alone is no change of the amount.
pub(super) fn call_alike(register: &Register, states: &mut [Entry<Agreement>; 2], day: NaiveDate) {
    let [before, after] = states;
    let time =
        |entry: &Entry<Agreement>| Life::known_on(&entry.data, register.records_of(entry), day).money_time;
    let times = (time(before), time(after));
    let (earlier, new) = (&mut before.data.funding, &mut after.data.funding);
    let keys: Vec<String> = earlier.keys().cloned().collect();
    for key in keys {
        let Some((one, other)) = earlier.get_mut(&key).zip(new.get_mut(&key)) else { continue };
        let days = payouts::period_of(one, times.0) == payouts::period_of(other, times.1);
        let names = [designation(one, times.0), designation(other, times.1)];
        if days && one.title.is_none() && other.title.is_none() && names[0] != names[1] {
            let [_, name] = names;
            (one.title, other.title) = (Some(name.clone()), Some(name));
        }
    }
}

/// What stands in the agreement's clauses no more, and what stands there instead: for each clause its heading, and lines side by
/// side.
pub(super) fn wording(
    templates: &Templates,
    headings: &IndexMap<&str, String>,
    before: &IndexMap<&str, Value>,
    after: &IndexMap<&str, Value>,
) -> Result<Value, Error> {
    let mut clauses = Vec::new();
    for key in CLAUSES {
        let lines = |context: &IndexMap<&str, Value>| -> Result<Vec<String>, Error> {
            let context = Value::from_pairs(context.iter().map(|(key, value)| (*key, value.clone())));
            Ok(markdown::lines(&facts::unmarked(&templates.render(&format!("clauses/{key}.md"), context)?)))
        };
        let (earlier, new) = (lines(before)?, lines(after)?);
        let has = |lines: &[String], line: &str| lines.iter().any(|other| reads_alike(other, line));
        let gone: Vec<&String> = earlier.iter().filter(|line| !has(&new, line)).collect();
        let come: Vec<&String> = new.iter().filter(|line| !has(&earlier, line)).collect();
        let side = |line: Option<&String>| {
            Value::from(line.map(|line| Value::from_safe_string(markdown::row_in_words(line))))
        };
        let rows: Vec<Value> = paired(&gone, &come)
            .into_iter()
            .map(|(earlier, new)| object(IndexMap::from([("earlier", side(earlier)), ("new", side(new))])))
            .collect();
        if !rows.is_empty() {
            let heading = headings.get(key).map_or(key, String::as_str);
            clauses.push(object(IndexMap::from([
                ("heading", Value::from(heading)),
                ("rows", Value::from(rows)),
            ])));
        }
    }
    Ok(Value::from(clauses))
}

/// Lines that are gone beside those that stand there instead, in the order in which they stand: two are about the same where they
/// begin with the same words.
fn paired<'a>(gone: &[&'a String], come: &[&'a String]) -> Vec<(Option<&'a String>, Option<&'a String>)> {
    let begins = |line: &str| line.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    let mut partners: Vec<Option<usize>> = Vec::new();
    for line in gone {
        let is_free = |at: usize| !partners.contains(&Some(at));
        let same = come.iter().enumerate();
        let same = same.filter(|(_, other)| begins(other) == begins(line)).map(|(at, _)| at);
        partners.push(same.into_iter().find(|at| is_free(*at)));
    }
    let mut rows: Vec<(Option<&String>, Option<&String>)> = Vec::new();
    let mut next = 0;
    let new_until =
        |next: &mut usize, end: usize, rows: &mut Vec<(Option<&'a String>, Option<&'a String>)>| {
            for (at, line) in come.iter().enumerate().take(end).skip(*next) {
                if !partners.contains(&Some(at)) {
                    rows.push((None, Some(*line)));
                }
            }
            *next = end.max(*next);
        };
    for (line, partner) in gone.iter().zip(&partners) {
        if let Some(at) = partner {
            new_until(&mut next, *at, &mut rows);
        }
        rows.push((Some(line), partner.map(|at| come[at])));
    }
    new_until(&mut next, come.len(), &mut rows);
    rows
}
