//! The time of an agreement for which nobody has said what is paid.

use super::component::Component;
use super::statement::Statement;
use crate::agreement::{Agreement, Role};
use crate::date::Period;
use crate::term::Life;
use crate::vocabulary::Known;

/// Days of a calendar year that no amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncovered {
    /// The calendar year.
    pub year: i32,
    /// The days.
    pub days: Period,
    /// Whether they are all that the agreement holds of the year.
    pub is_whole: bool,
}

/// The days of the time in force that no component is for, in order, where they are a month or more or all of a year; days
/// without an agreement need none. What a
/// public party contributes in kind stands in the place of money where the parties have said what it is worth; where they
/// have agreed on nothing else, always. Where the first day is not known the time begins with what is paid for.
#[must_use]
pub fn uncovered(agreement: &Agreement, statement: &Statement<'_>) -> Vec<Uncovered> {
    let covered = covered(&statement.components);
    let Some(term) = time(&statement.life, &covered) else { return Vec::new() };
    let is_public = |key: &String| agreement.party.get(key).is_some_and(|party| party.role == Role::Public);
    let mut in_kind = agreement.in_kind.values().filter(|one| is_public(&one.party)).peekable();
    if statement.components.is_empty() && in_kind.peek().is_some() {
        return Vec::new();
    }
    // That money begins later than the agreement is said of it: nothing is for the days before.
    let before = statement.components.iter().filter_map(|component| {
        let end = component.funding.from.filter(|_| component.funding.period.is_none())?.pred_opt()?;
        Some(Period { end, ..term }).filter(|before| !before.is_reversed())
    });
    let mut known: Vec<Period> = in_kind
        .filter(|one| one.value.known().is_some())
        .map(|one| one.period.unwrap_or(term))
        .chain(covered)
        .chain(before)
        .chain(statement.life.gaps())
        .collect();
    known.sort();
    let in_years = |gap: Period| {
        gap.years().filter_map(move |year| {
            let days = gap.in_year(year)?;
            let is_whole = term.in_year(year) == Some(days);
            (is_whole || gap.length().months > 0).then_some(Uncovered { year, days, is_whole })
        })
    };
    term.without(&known).into_iter().flat_map(in_years).collect()
}

/// The time in force, as far as it is known.
fn time(life: &Life<'_>, covered: &[Period]) -> Option<Period> {
    let first = life.holding().next()?.from.or_else(|| covered.iter().map(|period| period.start).min())?;
    let period = Period { start: first, end: life.last_day()? };
    (!period.is_reversed()).then_some(period)
}

/// The days that components state amounts for.
pub(super) fn covered(components: &[Component<'_>]) -> Vec<Period> {
    let period = |component: &Component<'_>| {
        let (first, last) = (component.years.first()?, component.years.last()?);
        Some(Period { start: first.period.start, end: last.period.end })
    };
    components.iter().filter_map(period).collect()
}
