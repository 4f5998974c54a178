//! Whether what a memo proposes fits the frames of the budget lines that are to carry it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::unique;
use super::changes::written;
use super::frame_basis;
use super::words::object;
use crate::agreement::Agreement;
use crate::budget::{Frame, FrameBasis, FrameStatus};
use crate::money::Money;
use crate::payouts::{self, AgreementStatement, BOUND, Granted};
use crate::register::{Entry, Register, id_of};
use crate::term::{Commitment, standing_on};
use crate::text;
use crate::vocabulary::Known;

/// A budget line and a calendar year.
pub(super) type Key = (String, i32);

/// For each line and year that the proposal costs something, the frame with what others are bound by and what the proposal adds
/// to it, as known on `day`; only the years where no frame is known for any of them, and nothing where the proposal costs nothing.
///
/// `after` is the agreement with the proposal, `before` what it was without it, `reclaimed` what the proposal claims back beside, `is_longer`
/// whether it brings more time.
pub(super) fn frames(
    register: &Register,
    after: &Entry<Agreement>,
    before: Option<&Entry<Agreement>>,
    (reclaimed, is_longer): (&BTreeMap<Key, Money>, bool),
    day: NaiveDate,
) -> Value {
    let Some(budget) = register.budget.as_ref().map(|entry| &entry.data) else {
        return without(BTreeSet::new(), false);
    };
    // A frame that was decided later was not known.
    let frame_of = |(line, year): &Key| {
        let frame = budget.line.get(line)?.year.get(&year.to_string())?;
        frame.known_from().is_none_or(|from| from <= day).then_some(frame)
    };
    // What a change brings more time for was only possible before it.
    let counted = if is_longer { WITHOUT_POSSIBLE } else { ALL };
    let proposed = costs(register, std::iter::once(after), day, counted);
    let had = costs(register, before.into_iter(), day, counted);
    let years: BTreeSet<Key> = proposed
        .keys()
        .filter(|key| proposed.get(*key) != had.get(*key))
        .chain(reclaimed.keys())
        .cloned()
        .collect();
    if !years.iter().any(|key| frame_of(key).is_some()) {
        let unknown: BTreeSet<String> = years.iter().map(|(_, year)| year.to_string()).collect();
        return without(unknown, years.is_empty() && is_undated(&after.data));
    }
    let lines: BTreeSet<&str> = years.iter().map(|(line, _)| line.as_str()).collect();
    let uses = |agreement: &Agreement| {
        agreement
            .stated_funding()
            .any(|(_, _, one)| one.budget_line.as_deref().is_some_and(|line| lines.contains(line)))
    };
    let others =
        || register.agreements.values().filter(|entry| entry.file != after.file && uses(&entry.data));
    let bound = costs(register, others(), day, BOUND);
    let is_proposed = |entry: &&Entry<Agreement>| {
        standing_on(&entry.data, register.records_of(entry), day) == Commitment::Proposed
            && written(register, entry).is_some_and(|written| written <= day)
    };
    let pending = costs(register, others().filter(is_proposed), day, &[Commitment::Proposed]);
    let rows: Option<Vec<(&Key, &Frame, Row)>> = years
        .iter()
        .filter_map(|key| Some((key, frame_of(key)?)))
        .map(|(key, frame)| {
            let sum = |of: &BTreeMap<Key, Money>| of.get(key).copied().unwrap_or_default();
            let earlier = sum(&bound).checked_add(sum(&had))?;
            let new = sum(&proposed).checked_sub(sum(&had))?.checked_sub(sum(reclaimed))?;
            let left = frame.amount.checked_sub(earlier)?.checked_sub(new)?;
            Some((key, frame, Row { earlier, new, left }))
        })
        .collect();
    let Some(rows) = rows else { return without(BTreeSet::new(), false) };
    let several = lines.len() > 1;
    let titled =
        |line: &str| budget.line.get(line).map_or_else(|| line.to_owned(), |line| line.title.clone());
    let of_line = |line: &str, year: i32| {
        if several { format!("{year} i ”{}”", titled(line)) } else { year.to_string() }
    };
    let lacks = rows.iter().filter(|(.., row)| row.left < Money::ZERO);
    let lacks: Vec<String> = lacks
        .filter_map(|((line, year), _, row)| {
            Some(format!("{} för {}", Money::ZERO.checked_sub(row.left)?, of_line(line, *year)))
        })
        .collect();
    let is_framed = |line: &str| rows.iter().any(|((own, _), ..)| own == line);
    let unframed = || years.iter().filter(|key| frame_of(key).is_none());
    // A line without any frame is told once, whatever its years.
    let without = unique(unframed().map(|(line, year)| {
        if is_framed(line) { of_line(line, *year) } else { format!("”{}”", titled(line)) }
    }));
    let is_partly = unframed().any(|(line, _)| is_framed(line));
    let not_decided = [FrameStatus::Assumed, FrameStatus::Plan].into_iter().filter_map(|status| {
        let frames = rows.iter().filter(|(_, frame, _)| frame.status == status);
        let keys: Vec<&Key> = frames.map(|(key, ..)| *key).collect();
        not_decided(
            status,
            keys.len(),
            &in_lines(&keys, |line| several.then(|| format!("”{}”", titled(line)))),
        )
    });
    let not_decided: Vec<String> = not_decided.collect();
    let waiting = rows.iter().filter_map(|(key, _, row)| Some((*key, row, *pending.get(*key)?)));
    let waiting: Vec<(&Key, &Row, Money)> = waiting.filter(|(.., sum)| *sum > Money::ZERO).collect();
    let is_short = waiting.iter().any(|(_, row, sum)| *sum > row.left);
    let proposals: Vec<String> = waiting
        .iter()
        .map(|((line, year), _, sum)| format!("{} för {}", sum.rounded(), of_line(line, *year)))
        .collect();
    let emptied: BTreeSet<String> = rows
        .iter()
        .filter(|(.., row)| row.left == Money::ZERO && row.new > Money::ZERO)
        .map(|((_, year), ..)| year.to_string())
        .collect();
    let lefts = rows.iter().map(|((_, year), _, row)| (*year, row.left)).collect::<Vec<_>>();
    let reads = by_reading(register, after, &lefts, day);
    let is_granted = |(line, year): &Key| {
        let is_net = budget.line.get(line).is_some_and(|line| line.frames_are == FrameBasis::Net);
        let mut own = before.into_iter().flat_map(|entry| entry.data.funding.values());
        is_net
            && own.any(|one| {
                one.budget_line.as_ref() == Some(line) && payouts::granted(one, *year) != Granted::Nothing
            })
    };
    let keeps_grant = rows.iter().any(|(key, ..)| is_granted(key));
    let is_less = rows.iter().all(|(.., row)| row.new <= Money::ZERO);
    let shown = |((_, year), frame, row): &(&Key, &Frame, Row)| {
        object(IndexMap::from([
            ("year", Value::from(*year)),
            ("frame", Value::from(frame.amount.to_string())),
            ("earlier", Value::from(row.earlier.rounded().to_string())),
            ("new", Value::from(row.new.rounded().to_string())),
            ("left", Value::from(row.left.rounded().to_string())),
        ]))
    };
    let tables = lines.iter().filter_map(|own| {
        let its: Vec<Value> = rows.iter().filter(|((line, _), ..)| line == own).map(shown).collect();
        let fields = IndexMap::from([("line", Value::from(titled(own))), ("rows", Value::from(its))]);
        rows.iter().any(|((line, _), ..)| line == own).then(|| object(fields))
    });
    let framed: Vec<&str> = lines.iter().copied().filter(|line| is_framed(line)).collect();
    let named = framed.iter().map(|line| format!("”{}”", titled(line)));
    object(IndexMap::from([
        ("tables", tables.collect()),
        ("is_undated", Value::from(false)),
        ("unknown", Value::from(())),
        ("several", Value::from(several)),
        ("called", Value::from(if framed.len() > 1 { "budgetramarna" } else { "budgetramen" })),
        ("line", Value::from(text::list(&named.collect::<Vec<_>>()))),
        ("is_less", Value::from(is_less)),
        ("basis", Value::from(before.and_then(|before| frame_basis::basis(budget, &lines, [before, after])))),
        // "any": however an open adjustment is read; "stated": where it is in the stated amounts.
        ("reads", Value::from(reads)),
        // What a state grant pays is counted as if the proposal did not change it.
        ("keeps_grant", Value::from(keeps_grant)),
        (
            "used",
            Value::from((!emptied.is_empty()).then(|| text::list(&emptied.into_iter().collect::<Vec<_>>()))),
        ),
        ("lacks", Value::from((!lacks.is_empty()).then(|| text::list(&lacks)))),
        ("without", Value::from((!without.is_empty()).then(|| text::list(&without)))),
        ("is_partly", Value::from(is_partly)),
        // What others have proposed on the same frames, and whether these suffice for all of it.
        ("proposals", Value::from((!proposals.is_empty()).then(|| text::list(&proposals)))),
        ("is_short", Value::from(is_short)),
        // As sentences, one for each way in which a frame is not firm.
        ("not_decided", Value::from(not_decided)),
    ]))
}

/// That no frame can be shown, and for which years it is because none is known.
fn without(unknown: BTreeSet<String>, is_undated: bool) -> Value {
    let unknown: Vec<String> = unknown.into_iter().collect();
    object(IndexMap::from([
        ("tables", Value::from(())),
        ("is_undated", Value::from(is_undated)),
        ("unknown_several", Value::from(unknown.len() > 1)),
        ("unknown", Value::from((!unknown.is_empty()).then(|| text::list(&unknown)))),
    ]))
}

/// Of an agreement that leaves open how it is adjusted: whether what is left of the frames suffices for every way to read it.
fn by_reading(
    register: &Register,
    entry: &Entry<Agreement>,
    lefts: &[(i32, Money)],
    day: NaiveDate,
) -> Option<&'static str> {
    if !entry.data.indexation.values().any(|one| one.amounts.is_open()) {
        return None;
    }
    let readings = payouts::readings(register, entry, day);
    let suffices = |(year, left): &(i32, Money)| -> Option<bool> {
        let sums = readings.iter().map(|one| one.years.get(year).map_or(Some(Money::ZERO), |sum| sum.amount));
        let sums: Vec<Money> = sums.collect::<Option<_>>()?;
        let more = sums.iter().max()?.checked_sub(*sums.iter().min()?)?;
        Some(more <= *left)
    };
    Some(if lefts.iter().all(|one| suffices(one) == Some(true)) { "any" } else { "stated" })
}

/// Whether a budget line is to carry an agreement that does not know its first day, so that no year is known either.
fn is_undated(agreement: &Agreement) -> bool {
    agreement.term.start.known().is_none()
        && agreement.stated_funding().any(|(_, _, one)| one.budget_line.is_some())
}

struct Row {
    earlier: Money,
    new: Money,
    left: Money,
}

/// Every way in which somebody is bound or may come to be.
const ALL: &[Commitment] =
    &[Commitment::Agreed, Commitment::Decided, Commitment::Possible, Commitment::Proposed, Commitment::Draft];

/// The same without what can still be declined, or what nobody has called on.
const WITHOUT_POSSIBLE: &[Commitment] =
    &[Commitment::Agreed, Commitment::Decided, Commitment::Proposed, Commitment::Draft];

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

/// That the frames of some years are not decided, as a sentence; "antagen" would be read as adopted.
fn not_decided(status: FrameStatus, count: usize, years: &str) -> Option<String> {
    let (one, several) = match status {
        FrameStatus::Assumed => ("är ett antagande och inte beslutad", "är antaganden och inte beslutade"),
        FrameStatus::Plan => ("är planerad men inte beslutad", "är planerade men inte beslutade"),
        FrameStatus::Decided => return None,
    };
    match count {
        0 => None,
        1 => Some(format!("Ramen för {years} {one}.")),
        _ => Some(format!("Ramarna för {years} {several}.")),
    }
}

/// "2027 i ”A” och ”B”": years with the lines that have the same, each once; the years alone where no line needs a name.
fn in_lines(keys: &[&Key], title: impl Fn(&str) -> Option<String>) -> String {
    let mut of_line: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (line, year) in keys {
        of_line.entry(line).or_default().push(year.to_string());
    }
    let mut of_years: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (line, years) in of_line {
        of_years.entry(years).or_default().extend(title(line));
    }
    let told = of_years.into_iter().map(|(years, lines)| match lines.as_slice() {
        [] => text::list(&years),
        lines => format!("{} i {}", text::list(&years), text::list(lines)),
    });
    text::list(&told.collect::<Vec<_>>())
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
