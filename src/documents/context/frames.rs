//! Whether what a memo proposes fits the frames of the budget lines that are to carry it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use minijinja::Value;

use super::words::object;
use crate::agreement::{Agreement, Funding, FundingSource};
use crate::budget::{Budget, BudgetLine, Frame, FrameBasis, FrameStatus};
use crate::money::Money;
use crate::payouts::{self, AgreementStatement, BOUND};
use crate::register::{Entry, Register, id_of};
use crate::term::Commitment;
use crate::text;
use crate::vocabulary::Known;

/// A budget line and a calendar year.
type Key = (String, i32);

/// For each line and year that the proposal costs something, the frame with what others are bound by and what the proposal adds
/// to it, as known on `day`. Nothing where no frame is known for any of them.
///
/// `after` is the agreement with the proposal, `before` what it was without it.
pub(super) fn frames(
    register: &Register,
    after: &Entry<Agreement>,
    before: Option<&Entry<Agreement>>,
    day: NaiveDate,
) -> Value {
    let Some(budget) = register.budget.as_ref().map(|entry| &entry.data) else { return Value::from(()) };
    let frame_of = |(line, year): &Key| budget.line.get(line)?.year.get(&year.to_string());
    let proposed = costs(register, std::iter::once(after), day, ALL);
    let had = costs(register, before.into_iter(), day, ALL);
    let years: BTreeSet<Key> =
        proposed.keys().filter(|key| proposed.get(*key) != had.get(*key)).cloned().collect();
    if !years.iter().any(|key| frame_of(key).is_some()) {
        return Value::from(());
    }
    let lines: BTreeSet<&str> = years.iter().map(|(line, _)| line.as_str()).collect();
    let uses = |agreement: &Agreement| {
        agreement
            .stated_funding()
            .any(|(_, _, one)| one.budget_line.as_deref().is_some_and(|line| lines.contains(line)))
    };
    let others = register.agreements.values().filter(|entry| entry.file != after.file && uses(&entry.data));
    let bound = costs(register, others, day, BOUND);
    let rows: Option<Vec<(&Key, &Frame, Row)>> = years
        .iter()
        .filter_map(|key| Some((key, frame_of(key)?)))
        .map(|(key, frame)| {
            let sum = |of: &BTreeMap<Key, Money>| of.get(key).copied().unwrap_or_default();
            let earlier = sum(&bound).checked_add(sum(&had))?;
            let new = sum(&proposed).checked_sub(sum(&had))?;
            let left = frame.amount.checked_sub(earlier)?.checked_sub(new)?;
            Some((key, frame, Row { earlier, new, left }))
        })
        .collect();
    let Some(rows) = rows else { return Value::from(()) };
    let lacks = rows.iter().filter(|(.., row)| row.left < Money::ZERO);
    let lacks: Vec<String> = lacks
        .filter_map(|((_, year), _, row)| Some(format!("{} för {year}", Money::ZERO.checked_sub(row.left)?)))
        .collect();
    let without: Vec<String> =
        years.iter().filter(|key| frame_of(key).is_none()).map(|(_, year)| year.to_string()).collect();
    let assumed: BTreeSet<String> = rows
        .iter()
        .filter(|(_, frame, _)| frame.status != FrameStatus::Decided)
        .map(|((_, year), frame, _)| format!("{year} ({})", status_in_words(frame.status)))
        .collect();
    let emptied: BTreeSet<String> = rows
        .iter()
        .filter(|(.., row)| row.left == Money::ZERO && row.new > Money::ZERO)
        .map(|((_, year), ..)| year.to_string())
        .collect();
    let is_less = rows.iter().all(|(.., row)| row.new <= Money::ZERO);
    let several = lines.len() > 1;
    let shown = rows.iter().map(|((line, year), frame, row)| {
        let title = budget.line.get(line).map_or(line.as_str(), |line| line.title.as_str());
        object(IndexMap::from([
            ("what", Value::from(if several { format!("{year}, {title}") } else { year.to_string() })),
            ("frame", Value::from(frame.amount.to_string())),
            ("earlier", Value::from(row.earlier.rounded().to_string())),
            ("new", Value::from(row.new.rounded().to_string())),
            ("left", Value::from(row.left.rounded().to_string())),
        ]))
    });
    let named = lines.iter().map(|line| budget.line.get(*line).map_or(*line, |line| line.title.as_str()));
    object(IndexMap::from([
        ("rows", shown.collect()),
        ("several", Value::from(several)),
        ("called", Value::from(if several { "budgetramarna" } else { "budgetramen" })),
        ("line", Value::from(text::list(&named.collect::<Vec<_>>()))),
        ("is_less", Value::from(is_less)),
        ("basis", Value::from(before.and_then(|before| basis(budget, &lines, [before, after])))),
        (
            "used",
            Value::from((!emptied.is_empty()).then(|| text::list(&emptied.into_iter().collect::<Vec<_>>()))),
        ),
        ("lacks", Value::from((!lacks.is_empty()).then(|| text::list(&lacks)))),
        ("without", Value::from((!without.is_empty()).then(|| text::list(&without)))),
        (
            "not_decided",
            Value::from((!assumed.is_empty()).then(|| text::list(&assumed.into_iter().collect::<Vec<_>>()))),
        ),
    ]))
}

/// What the frames of some lines are for, as a sentence; nothing where all are for the whole cost and no state grant pays any of
/// it.
fn basis(budget: &Budget, lines: &BTreeSet<&str>, states: [&Entry<Agreement>; 2]) -> Option<String> {
    let all = lines.iter().filter_map(|line| budget.line.get(*line));
    let (net, gross): (Vec<_>, Vec<_>) = all.partition(|line| line.frames_are == FrameBasis::Net);
    let is_granted = |funding: &Funding| {
        funding.state_grant.is_some() || funding.source.known() == Some(&FundingSource::StateGrant)
    };
    let has_grant = states.iter().any(|entry| {
        entry.data.stated_funding().any(|(_, _, one)| {
            one.budget_line.as_deref().is_some_and(|line| lines.contains(line)) && is_granted(one)
        })
    });
    let named = |some: &[&BudgetLine]| {
        let called = if some.len() > 1 { "budgetramarna" } else { "budgetramen" };
        let titles: Vec<&str> = some.iter().map(|line| line.title.as_str()).collect();
        format!("{called} {}", text::list(&titles))
    };
    let net_shows = "det som är kvar när statsbidragen har betalat sin del";
    let gross_shows = "hela kostnaden, också det som statsbidrag betalar";
    let told = match (net.as_slice(), gross.as_slice()) {
        ([], _) if !has_grant => return None,
        ([], gross) => format!("{} avser brutto: tabellen visar {gross_shows}", named(gross)),
        (net, []) => format!("{} avser netto: tabellen visar {net_shows}", named(net)),
        (net, gross) => format!(
            "{} avser netto, och tabellen visar där {net_shows}; {} avser brutto, och där visar den {gross_shows}",
            named(net),
            named(gross)
        ),
    };
    Some(format!("{}.", text::capitalised(&told)))
}

struct Row {
    earlier: Money,
    new: Money,
    left: Money,
}

/// Every way in which somebody is bound or may come to be.
const ALL: &[Commitment] =
    &[Commitment::Agreed, Commitment::Decided, Commitment::Possible, Commitment::Proposed, Commitment::Draft];

/// What the frame of each line and year is expected to bear of these agreements, of the shares by which somebody is bound in one
/// of these ways.
fn costs<'a>(
    register: &'a Register,
    entries: impl Iterator<Item = &'a Entry<Agreement>>,
    day: NaiveDate,
    commitments: &[Commitment],
) -> BTreeMap<Key, Money> {
    let statements: Vec<AgreementStatement<'a>> = entries
        .map(|entry| AgreementStatement {
            id: id_of(&entry.file),
            entry,
            statement: payouts::statement(register, entry, day),
        })
        .collect();
    let Some(span) = years_of(register, &statements) else { return BTreeMap::new() };
    let mut years = payouts::outlook(register, &span, &statements, day);
    // What nobody has stated an amount for is no part of what is proposed.
    for year in &mut years {
        year.shares.retain(|share| !share.is_estimate);
    }
    let mut costs = BTreeMap::new();
    for year in &years {
        let Some(line) = year.line else { continue };
        // A sum beyond what can be counted is told elsewhere.
        if let Some(sum) = year.charge(commitments)
            && sum != Money::ZERO
        {
            costs.insert((line.to_owned(), year.year), sum);
        }
    }
    costs
}

/// How firm a frame is, as it stands in running text: "antagen" would be read as adopted.
fn status_in_words(status: FrameStatus) -> &'static str {
    match status {
        FrameStatus::Assumed => "ett antagande",
        FrameStatus::Plan | FrameStatus::Decided => status.label(),
    }
}

/// The years of the frames and of the agreements' own terms: one without a frame is told as one. What goes on until somebody
/// gives notice has no last year of its own.
fn years_of(register: &Register, statements: &[AgreementStatement<'_>]) -> Option<RangeInclusive<i32>> {
    let framed = register.budget.as_ref()?.data.framed_years()?;
    let terms = statements.iter().flat_map(|one| {
        let first = one.entry.data.term.start.known().copied();
        let last = one.statement.life.last_day().filter(|_| !one.statement.life.has_no_end());
        first.into_iter().chain(last).map(|day| day.year())
    });
    let years: Vec<i32> = terms.chain([*framed.start(), *framed.end()]).collect();
    Some(*years.iter().min()?..=*years.iter().max()?)
}
