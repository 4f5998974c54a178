//! Two amounts one after the other, each for a time that is clear: "10 000 kronor per månad till och med juni 2026, därefter 12 000
//! kronor per månad".

use chrono::NaiveDate;

use super::component::{Component, money, rate_of};
use super::prose::{Sentence, find};
use crate::agreement::RateUnit;
use crate::date::{MONTHS, Period};
use crate::language::amounts::{Sum, per_after};

/// What says that a day is the last one of the first amount: "till" alone may leave it out.
const LAST: [(&str, usize); 3] = [("till och med", 3), ("t.o.m.", 1), ("t o m", 3)];

/// What may stand between "därefter" and the second amount.
const PLAIN: [&str; 8] =
    ["betalar", "kommunen", "utgår", "ersättningen", "bidraget", "är", "med", "utbetalas"];

/// The two components, where the first one's last day and both units are said and the term is known. No other limit stands before
/// them.
pub(super) fn stepped(sentence: &Sentence, sums: &[Sum], term: Option<Period>) -> Option<[Component; 2]> {
    let ([first, second], Some(term)) = (sums, term) else { return None };
    let words = sentence.words();
    let between = words.get(first.at.end..second.at.start)?;
    let (last, length) = LAST.iter().find_map(|(phrase, length)| Some((find(between, phrase)?, *length)))?;
    let then = find(between, "därefter | sedan | härefter").filter(|then| *then > last)?;
    let per = |words: &[&str]| match per_after(words)?.months()? {
        1 => Some(RateUnit::Month),
        6 => Some(RateUnit::HalfYear),
        12 => Some(RateUnit::Year),
        _ => None,
    };
    let unit = per(between.get(..last)?)?;
    let after = words.get(second.at.end..)?;
    let is_plain =
        between.get(then + 1..)?.iter().all(|word| PLAIN.contains(word)) && last <= 3 && after.len() <= 4;
    if !is_plain || per(after)? != unit || !first.has_unit || !second.has_unit {
        return None;
    }
    let said = between.get(last + length..then)?;
    let said: Vec<&str> =
        said.iter().copied().filter(|word| !matches!(*word, "," | "och" | "." | ";")).collect();
    let day = match said.as_slice() {
        [month] => {
            let days: Vec<NaiveDate> = term
                .years()
                .filter_map(|year| end_of(year, month))
                .filter(|day| is_within(*day, term))
                .collect();
            // A month that comes twice in the term can be either.
            let [only] = days.as_slice() else { return None };
            *only
        }
        [month, year] if MONTHS.contains(month) => end_of(year.parse().ok()?, month)?,
        _ => sentence.day_from(first.at.end + last).filter(|(at, _)| *at < first.at.end + then)?.1,
    };
    if !is_within(day, term) {
        return None;
    }
    let component = |sum: &Sum, period| {
        let mut component = Component::new(sentence.place);
        component.rate = Some(rate_of(money(sum.kronor)?, unit));
        component.period = Some(period);
        Some(component)
    };
    Some([
        component(first, Period { start: term.start, end: day })?,
        component(second, Period { start: day.succ_opt()?, end: term.end })?,
    ])
}

fn is_within(day: NaiveDate, term: Period) -> bool {
    term.start < day && day < term.end
}

/// The last day of a month by its name.
fn end_of(year: i32, month: &str) -> Option<NaiveDate> {
    let number = u32::try_from(MONTHS.iter().position(|name| *name == month)? + 1).ok()?;
    let (year, next) = if number == 12 { (year + 1, 1) } else { (year, number + 1) };
    NaiveDate::from_ymd_opt(year, next, 1)?.pred_opt()
}
