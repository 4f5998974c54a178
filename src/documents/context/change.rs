//! What a change makes of an agreement: how much longer it lasts, what more it costs, and what its text says instead.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::{Error, Value};

use super::adjusted::reasons;
use super::amounts::{Years, by_year_in_words, designation, source_in_words, to_pay, unique};
use super::bearers::{Bearer, Bearers};
use super::changes;
use super::duration::{citation, days_in_words, length_in_words};
use super::economy::coded;
use super::parties::is_own;
use super::words::object;
use crate::agreement::{Agreement, Change, Status, What};
use crate::date::{self, Period};
use crate::documents::blanks::reads_alike;
use crate::documents::{Templates, facts, markdown};
use crate::money::Money;
use crate::payouts::{self, Doubt, GrantedYear, Payout, Statement, YearAmount};
use crate::records::{Decision, Records};
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life, change_on};
use crate::text;
use crate::vocabulary::Known;

/// The clauses whose text follows from data that a change can touch.
const CLAUSES: [&str; 4] = ["term", "economy", "payouts", "exit"];

/// The two states of an agreement that a change lies between.
pub(super) struct States {
    pub(super) before: Entry<Agreement>,
    pub(super) after: Entry<Agreement>,
    /// The two with the money for the time that holds in each, where the change brings more of it.
    pub(super) held: (Entry<Agreement>, Entry<Agreement>),
    /// Whether it does.
    pub(super) is_longer: bool,
    /// What the change follows on and nobody is bound by yet, in running text: it stands in both.
    presupposes: Option<String>,
    /// The last day without that.
    holds_until: Option<NaiveDate>,
}

impl States {
    pub(super) fn of(
        register: &Register,
        entry: &Entry<Agreement>,
        change: Change<'_>,
        day: NaiveDate,
    ) -> Self {
        let others = changes::presupposed(register, entry, change, day);
        let others: Vec<String> = others.iter().map(definite_name).collect();
        let held = changes::before(register, entry, change, day);
        let life = Life::known_on(&held.data, register.records_of(entry), day);
        let holds_until = changes::last_in_text(&held.data, &life);
        let (before, after) = changes::states(register, entry, change, day);
        let last = |state: &Entry<Agreement>| {
            Life::known_on(&state.data, register.records_of(entry), day).last_day()
        };
        let is_longer = last(&before).zip(last(&after)).is_some_and(|(earlier, until)| earlier < until);
        let held = |state: &Entry<Agreement>| {
            if is_longer { changes::held(register, state, day) } else { state.clone() }
        };
        let held = (held(&before), held(&after));
        let presupposes = (!others.is_empty()).then(|| text::list(&others));
        Self { before, after, held, is_longer, presupposes, holds_until }
    }
}

/// What a change is, in running text.
fn definite_name(change: &Change<'_>) -> String {
    match change.what {
        What::Extension(one) => format!("förlängningen till och med den {}", date::long(one.until)),
        What::Supplement(one) => format!("tillägg nr {}", one.number),
        What::Ending(one) => format!("avslutet den {}", date::long(one.until)),
    }
}

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
    let more = earlier.zip(until).and_then(|(earlier, until)| {
        let next = earlier.succ_opt()?;
        let period = Period { start: change.from().map_or(next, |from| from.max(next)), end: until };
        (!period.is_reversed()).then_some(period)
    });
    let gap = earlier.zip(more).and_then(|(earlier, more)| {
        let gap = Period { start: earlier.succ_opt()?, end: more.start.pred_opt()? };
        (!gap.is_reversed()).then_some(gap)
    });
    let shorter = until.filter(|until| earlier.is_some_and(|earlier| *until < earlier));
    let (option, text) = match change.what {
        What::Extension(one) => (one.option.is_some(), None),
        What::Supplement(one) => (false, Some(one.changes.as_str())),
        What::Ending(_) => (false, None),
    };
    let decisions = change.decisions().map(|key| records?.decision.get(key?)).collect::<Option<Vec<_>>>();
    let decided: Vec<String> = decisions.unwrap_or_default().into_iter().map(citation).collect();
    let earlier_decisions = records.into_iter().flat_map(|records| records.decision.values());
    let earlier_decisions =
        earlier_decisions.filter(|one| one.date < day && !decided.contains(&citation(one)));
    let mut earlier_decisions: Vec<_> = earlier_decisions.collect();
    earlier_decisions.sort_by_key(|one| one.date);
    let earlier_decisions: Value =
        earlier_decisions.into_iter().map(|one| Value::from(stated(one))).collect();
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
        ("length", Value::from(more.map(|more| length_in_words(more.length())))),
        ("span", Value::from(more.map(days_in_words))),
        ("gap", Value::from(gap.map(days_in_words))),
        ("begins_before", Value::from(more.is_some_and(|more| more.start <= day))),
        ("uses_option", Value::from(option)),
        ("needs_others", Value::from(needs_others(register, &entry.data, change))),
        ("decisions", earlier_decisions),
        ("decided", Value::from((!decided.is_empty()).then(|| text::list(&decided)))),
        ("text", Value::from(text)),
        ("deducted", Value::from(deducted(records, change).map(|sum| sum.to_string()))),
        ("money", money(register, states, bearers, (more.is_some(), shorter), day)),
    ]))
}

/// What is taken off payouts by the decision on a change; nothing where nothing is.
fn deducted(records: Option<&Records>, change: Change<'_>) -> Option<Money> {
    let decision = change.decision().known()?;
    let own = records?.deduction.values().filter(|one| one.decision.as_ref() == Some(decision));
    let sum = own.map(|one| one.amount).try_fold(Money::ZERO, Money::checked_add)?;
    (sum > Money::ZERO).then_some(sum)
}

/// Whether the other parties must accept a change: all but what the municipality may ask for alone.
fn needs_others(register: &Register, agreement: &Agreement, change: Change<'_>) -> bool {
    let option = match change.what {
        What::Extension(one) => one.option.as_ref().and_then(|key| agreement.term.option.get(key)),
        What::Supplement(_) => None,
        What::Ending(_) => return false,
    };
    let asks = option.and_then(|option| option.by.known());
    !asks.is_some_and(|party| is_own(register, agreement, party))
}

/// "godkännande: socialnämnden 2023-11-22 § 120".
fn stated(decision: &Decision) -> String {
    let adjusted = if decision.directly_adjusted { " (omedelbart justerad)" } else { "" };
    format!("{}: {}{adjusted}", decision.kind.label(), citation(decision))
}

/// One of the two states with its money.
type State<'a> = (&'a Entry<Agreement>, Statement<'a>);

/// What a change costs more or less, year by year: what the payouts of the two states differ by. For each of the municipality's
/// committees, and for everybody else.
fn money(
    register: &Register,
    states: &States,
    bearers: &Bearers<'_>,
    (is_longer, shorter): (bool, Option<NaiveDate>),
    day: NaiveDate,
) -> Value {
    let (before, after) = (&states.held.0, &states.held.1);
    let [has, had] = [after, before].map(|entry| (entry, payouts::statement(register, entry, day)));
    let is_counted = |(entry, _): &State<'_>, payout: &Payout<'_>, counts: &dyn Fn(Bearer<'_>) -> bool| {
        entry.data.funding.get(payout.funding).is_some_and(|one| counts(bearers.bearer(one)))
    };
    let years_of = |state: &State<'_>, counts: &dyn Fn(Bearer<'_>) -> bool| match shorter {
        // What is agreed for the days that go is not to be paid.
        Some(_) => to_pay(&state.1.payouts, |payout| is_counted(state, payout, counts)),
        None => yearly(&state.1, bearers, counts, is_longer, |year| year.agreed),
    };
    let difference = |counts: &dyn Fn(Bearer<'_>) -> bool| -> Option<Years> {
        let mut years = less(years_of(&has, counts)?, years_of(&had, counts)?)?;
        if shorter.is_some() {
            for amount in years.values_mut() {
                *amount = amount.rounded();
            }
        }
        years.retain(|_, amount| *amount != Money::ZERO);
        Some(years)
    };
    // Of days within one year the sum is theirs, not the year's.
    let in_words = |years: &BTreeMap<i32, Money>| match years.iter().next() {
        Some((_, amount)) if is_longer && years.len() == 1 && bearers.are_several() => {
            Some(amount.to_string())
        }
        Some((_, amount)) if is_longer && years.len() == 1 => Some(format!("{amount} för den tiden")),
        _ => by_year_in_words(years),
    };
    let is_ceiling = after.data.funding.iter().any(|(key, one)| {
        one.ceiling && before.data.funding.get(key.as_str()).is_none_or(|earlier| earlier != one)
    });
    let changed =
        after.data.funding.iter().filter(|(key, one)| before.data.funding.get(key.as_str()) != Some(one));
    // Where others have their money from is nothing that the committee decides on.
    let changed = changed.filter(|(_, one)| is_own(register, &after.data, &one.payer));
    let changed: Vec<_> = changed.map(|(_, one)| one).collect();
    let codes = changed.iter().map(|one| coded(register, &after.data, one));
    let codes: Vec<String> = unique(codes.filter(|codes| !codes.is_empty()));
    let sources = changed.iter().filter_map(|one| one.source.known());
    let sources = unique(sources.map(|source| source_in_words(register, &after.data, *source, day)));
    let is_adjusted = [(after, true), (before, false)].map(|(entry, _)| adjusted_in(register, entry, day));
    let is_adjusted = is_adjusted[0] != is_adjusted[1];
    let is_its = |bearer: Bearer<'_>| !matches!(bearer, Bearer::Party(_));
    let own = difference(&is_its);
    let all_less = |years: &Years| !years.is_empty() && years.values().all(|one| *one < Money::ZERO);
    let shown = |is_less: bool, years: Years| -> Years {
        let of_year = |(year, one)| Some((year, if is_less { Money::ZERO.checked_sub(one)? } else { one }));
        years.into_iter().filter_map(of_year).collect()
    };
    let is_less = own.as_ref().is_some_and(all_less);
    let is_more =
        own.as_ref().is_some_and(|own| !own.is_empty() && own.values().all(|one| *one > Money::ZERO));
    let own = own.map(|own| shown(is_less, own));
    let each =
        bearers.committees().map(|bearer| Some((bearer, shown(is_less, difference(&|one| one == bearer)?))));
    let each: Option<Vec<_>> = each.collect();
    let each = each.and_then(|each| {
        let said = each.iter().filter_map(|(bearer, years)| Some((*bearer, in_words(years)?)));
        bearers.each("från", said.collect())
    });
    let total = own.as_ref().and_then(|own| own.values().copied().try_fold(Money::ZERO, Money::checked_add));
    let others = difference(&|bearer| !is_its(bearer)).unwrap_or_default();
    let others_less = all_less(&others);
    let adjusted = (is_longer && is_adjusted).then(|| with_adjustment(register, (&has.1, &had.1), bearers));
    let (adjusted, reasons) = adjusted.flatten().unwrap_or_default();
    let adjusted = match adjusted.values().next() {
        Some(amount) if adjusted.len() == 1 => Some(amount.to_string()),
        _ => by_year_in_words(&adjusted),
    };
    let others = shown(others_less, others);
    let paid_beyond = shorter.and_then(|last| {
        let own = has.1.payouts.iter().filter(|payout| is_counted(&has, payout, &is_its));
        let paid = payouts::sum(own.map(|payout| payouts::paid_after(payout, last)))?.rounded();
        (paid > Money::ZERO).then(|| paid.to_string())
    });
    object(IndexMap::from([
        ("is_known", Value::from(own.is_some())),
        ("by_year", Value::from(each)),
        ("total", Value::from(total.filter(|total| *total != Money::ZERO).map(|total| total.to_string()))),
        ("several_years", Value::from(own.as_ref().is_some_and(|own| own.len() > 1))),
        ("is_less", Value::from(is_less)),
        ("is_more", Value::from(is_more)),
        ("is_adjusted", Value::from(is_adjusted)),
        ("adjusted", Value::from(adjusted)),
        ("adjusted_reasons", reasons),
        ("is_ceiling", Value::from(is_ceiling)),
        ("others", Value::from(in_words(&others))),
        ("others_less", Value::from(others_less)),
        ("paid_beyond", Value::from(paid_beyond)),
        ("granted", Value::from(granted(register, before, after, day))),
        ("codes", Value::from((!codes.is_empty()).then(|| codes.join("; ")))),
        ("sources", Value::from((!sources.is_empty()).then(|| text::list(&sources)))),
    ]))
}

/// What state grants pay of what a change costs more or less, as a sentence; nothing where they pay nothing of it.
fn granted(
    register: &Register,
    before: &Entry<Agreement>,
    after: &Entry<Agreement>,
    day: NaiveDate,
) -> Option<String> {
    let years = |entry: &Entry<Agreement>| {
        let components = payouts::components(register, entry, None, day);
        let own = components.iter().filter(|one| register.bears(&entry.data, &one.funding.payer));
        payouts::granted_years(own).unwrap_or_default()
    };
    let (had, has) = (years(before), years(after));
    let of = |years: &BTreeMap<i32, GrantedYear>, year: i32| {
        years.get(&year).map_or(Some(Money::ZERO), |one| one.grant)
    };
    let mut known = BTreeMap::new();
    let mut open = Vec::new();
    let all = had.keys().chain(has.keys()).copied().collect::<BTreeSet<i32>>();
    // What is not known of a year that stays as it was is no matter of the change.
    for year in all.into_iter().filter(|year| had.get(year) != has.get(year)) {
        match of(&has, year).zip(of(&had, year)).and_then(|(new, old)| new.checked_sub(old)) {
            Some(amount) => known.extend([(year, amount.rounded())]),
            None => open.push(year.to_string()),
        }
    }
    known.retain(|_, amount| *amount != Money::ZERO);
    let is_less = !known.is_empty() && known.values().all(|amount| *amount < Money::ZERO);
    let is_more = known.values().all(|amount| *amount > Money::ZERO);
    let back = |amount: Money| Money::ZERO.checked_sub(amount).unwrap_or(amount);
    let words = if is_less {
        by_year_in_words(&known.into_iter().map(|(year, amount)| (year, back(amount))).collect())
    } else {
        by_year_in_words(&known)
    };
    let told = words.map(|words| match (is_less, is_more) {
        (true, _) => format!("statsbidragen minskar med {words}"),
        (_, true) => format!("statsbidrag betalar {words} av det"),
        _ => format!("statsbidragen ändras med {words}"),
    });
    let open = (!open.is_empty())
        .then(|| format!("hur mycket statsbidrag betalar för {} är inte angivet", text::list(&open)));
    let told: Vec<String> = told.into_iter().chain(open).collect();
    (!told.is_empty()).then(|| format!("Beloppet är brutto: {}.", text::list(&told)))
}

/// What adjustments add to a component's year, or take from it; nothing where that is not known.
type Adjusted = BTreeMap<(String, i32), Option<Money>>;

/// What adjustments change of what is paid.
fn adjusted_in(register: &Register, entry: &Entry<Agreement>, day: NaiveDate) -> Adjusted {
    let components = payouts::components(register, entry, None, day);
    let years =
        components.iter().flat_map(|component| component.years.iter().map(move |year| (component.key, year)));
    let changed = years.filter(|(_, one)| one.payable != one.agreed);
    changed
        .map(|(key, one)| {
            let added = one.payable.zip(one.agreed).and_then(|(payable, agreed)| payable.checked_sub(agreed));
            ((key.to_owned(), one.year), added)
        })
        .collect()
}

/// What a change costs the municipality more with the adjustment that is known, year by year, and why that is preliminary.
/// Nothing where nobody knows what the adjustment comes to.
fn with_adjustment(
    register: &Register,
    (has, had): (&Statement<'_>, &Statement<'_>),
    bearers: &Bearers<'_>,
) -> Option<(Years, Value)> {
    let is_its = |bearer: Bearer<'_>| !matches!(bearer, Bearer::Party(_));
    let of = |statement: &Statement<'_>| yearly(statement, bearers, &is_its, true, |year| year.payable);
    let mut years = less(of(has)?, of(had)?)?;
    let own = has.components.iter().filter(|one| is_its(bearers.bearer(one.funding)));
    let changed = own.flat_map(|one| &one.years).filter(|one| years.get(&one.year) != Some(&Money::ZERO));
    let doubts: Vec<&Doubt<'_>> = changed.flat_map(|one| &one.doubts).collect();
    if doubts.iter().any(|doubt| doubt.lacks_factor()) {
        return None;
    }
    if !doubts.is_empty() {
        for amount in years.values_mut() {
            *amount = amount.rounded();
        }
    }
    years.retain(|_, amount| *amount != Money::ZERO);
    Some((years, reasons(register, doubts.into_iter())))
}

/// Years without what other years have.
fn less(mut years: Years, others: Years) -> Option<Years> {
    for (year, amount) in others {
        let sum = years.entry(year).or_default();
        *sum = sum.checked_sub(amount)?;
    }
    Some(years)
}

/// What each year comes to, of those that count; where only the time that holds does, without years after it. Nothing where an
/// amount is not known, or is for days before and after the last one that holds.
fn yearly(
    statement: &Statement<'_>,
    bearers: &Bearers<'_>,
    counts: &dyn Fn(Bearer<'_>) -> bool,
    only_held: bool,
    amount: impl Fn(&YearAmount<'_>) -> Option<Money>,
) -> Option<Years> {
    let mut years = Years::new();
    for component in statement.components.iter().filter(|one| counts(bearers.bearer(one.funding))) {
        for year in &component.years {
            if let Some(last) = statement.life.last_day().filter(|last| only_held && *last < year.period.end)
            {
                if year.period.start <= last {
                    return None;
                }
                continue;
            }
            let sum = years.entry(year.year).or_default();
            *sum = sum.checked_add(amount(year)?)?;
        }
    }
    Some(years)
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
