//! The instalments of a plan that names months or stretches of the calendar year.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::instalment::{Instalment, Origin, once};
use super::month_units::{LENGTHS, month_units};
use super::payout_time::{PayoutTime, at_month_end, due, in_or_after, last_of_month};
use super::split::Size;
use crate::agreement::{PayoutPlan, PayoutTiming};
use crate::date::Period;

/// Whether it is known to what day a sum that is divided lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The agreement states its end, or it is a year.
    Stated,
    /// All of what goes on without a stated end: its last day is only the last that is known.
    Open,
}

/// Equal parts in the months that the plan names. With a timing each pays for the months up to the next one (in
/// advance) or since the one before (afterwards); a part of which no month is covered falls away, and one that is
/// covered in part is so much smaller.
pub(super) fn in_months<'a>(
    months: &[u32],
    timing: Option<PayoutTiming>,
    plan: &PayoutPlan,
    (covered, extent): (Period, Extent),
    origin: Origin<'a>,
) -> Vec<Instalment<'a>> {
    let mut months = months.to_vec();
    months.sort_unstable();
    months.dedup();
    let Some(timing) = timing else {
        let within = |month: &NaiveDate| {
            let end = last_of_month(month.year(), month.month());
            *month <= covered.end && end.is_some_and(|end| end >= covered.start)
        };
        let all = covered.years().flat_map(|year| months.iter().map(move |month| (year, *month)));
        let named: Vec<(i32, u32)> = all
            .filter(|(year, month)| NaiveDate::from_ymd_opt(*year, *month, 1).as_ref().is_some_and(within))
            .collect();
        if covered.years().count() > 1 && !named.is_empty() {
            return named
                .into_iter()
                .map(|(year, month)| {
                    let when = at_month_end(PayoutTime::Month(year, month), plan);
                    Instalment { when, due: due(when, plan), ..once(covered, origin) }
                })
                .collect();
        }
        return months
            .iter()
            .map(|month| {
                let when = in_or_after(covered, *month);
                Instalment { when, due: due(when, plan), ..once(covered, origin) }
            })
            .collect();
    };
    if follows_own_months(&months, timing, covered, extent) {
        return in_own_months(&months, timing, plan, covered, origin);
    }
    let ends: Vec<(u32, u32)> = match timing {
        PayoutTiming::Advance => {
            let last = months.iter().skip(1).map(|next| next - 1).chain([12]);
            let first = [1].into_iter().chain(months.iter().skip(1).copied());
            first.zip(last).collect()
        }
        PayoutTiming::Arrears | PayoutTiming::MonthEnd => {
            let first = [1].into_iter().chain(months.iter().map(|before| before + 1));
            let count = months.len();
            let last =
                months.iter().enumerate().map(|(index, month)| if index + 1 == count { 12 } else { *month });
            first.zip(last).collect()
        }
    };
    let mut found = slices(&ends, timing, plan, covered, origin);
    // A slice's own months decide what it covers; the named month when it is paid.
    for instalment in &mut found {
        let position =
            ends.iter().position(|(first, last)| (*first..=*last).contains(&instalment.covers.start.month()));
        let Some(month) = position.and_then(|position| months.get(position)) else { continue };
        // Each year by itself: a month before the first day is the month of that day, not one a year later.
        let year = covered.in_year(instalment.covers.start.year()).unwrap_or(covered);
        let named = in_or_after(year, *month);
        // What is paid in advance is not paid when its time has passed.
        let is_too_late = timing == PayoutTiming::Advance && named.first_day() > Some(instalment.covers.end);
        let first = instalment.covers.start;
        let month = if is_too_late { PayoutTime::Month(first.year(), first.month()) } else { named };
        instalment.when = at_month_end(month, plan);
        instalment.due = due(instalment.when, plan);
    }
    found
}

/// Whether the months that a plan names divide a time over several calendar years by themselves: what is paid in advance
/// begins with one of them, and what is paid afterwards ends with one. What goes on without a stated end begins, where it is
/// paid afterwards, after one of them.
pub(super) fn follows_own_months(
    months: &[u32],
    timing: PayoutTiming,
    covered: Period,
    extent: Extent,
) -> bool {
    let (start, end) = (covered.start, covered.end);
    match (timing, extent) {
        (PayoutTiming::Advance, _) => {
            let is_long = extent == Extent::Open || start.year() < end.year();
            is_long && start.day() == 1 && months.contains(&start.month())
        }
        (PayoutTiming::Arrears | PayoutTiming::MonthEnd, Extent::Open) => {
            start.day() == 1 && start.pred_opt().is_some_and(|before| months.contains(&before.month()))
        }
        (PayoutTiming::Arrears | PayoutTiming::MonthEnd, Extent::Stated) => {
            let is_last = last_of_month(end.year(), end.month()) == Some(end);
            start.year() < end.year() && is_last && months.contains(&end.month())
        }
    }
}

/// One payment in each of the months: for the time until the next one, or since the one before, wherever the year turns.
fn in_own_months<'a>(
    months: &[u32],
    timing: PayoutTiming,
    plan: &PayoutPlan,
    covered: Period,
    origin: Origin<'a>,
) -> Vec<Instalment<'a>> {
    let is_ahead = timing == PayoutTiming::Advance;
    let named = |day: NaiveDate| months.contains(&day.month());
    let first_days = covered.start.year()..=covered.end.year();
    let months_of = |year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1));
    // The first day of each stretch: of a named month, or of the one after it.
    let begins = |day: &NaiveDate| {
        if is_ahead { named(*day) } else { day.pred_opt().is_some_and(named) }
    };
    let mut starts: Vec<NaiveDate> = first_days.flat_map(months_of).filter(begins).collect();
    starts.retain(|day| *day > covered.start && *day <= covered.end);
    starts.insert(0, covered.start);
    let ends = starts.iter().skip(1).filter_map(NaiveDate::pred_opt).chain([covered.end]);
    let stretches = starts.iter().zip(ends).map(|(start, end)| Period { start: *start, end });
    stretches
        .filter_map(|covers| {
            let day = if is_ahead { covers.start } else { covers.end };
            // The last that is known of what goes on may end before the month in which it is paid.
            let paid = months.iter().position(|month| *month >= day.month());
            let year = day.year() + i32::from(paid.is_none());
            let position = paid.unwrap_or(0);
            let month = *months.get(position)?;
            // How long the stretch is where all of it is covered.
            let next = |position: usize| months.get(position % months.len()).copied();
            let (from, to) = if is_ahead {
                (next(position)?, next(position + 1)?)
            } else {
                (next(position + months.len() - 1)?, next(position)?)
            };
            let length = (to + 11 - from) % 12 + 1;
            let when = at_month_end(PayoutTime::Month(year, month), plan);
            let part = month_units(covers).checked_mul(Decimal::from(LENGTHS / length))?;
            let due = due(when, plan);
            Some(Instalment { when, covers, due, size: Size::Weight(part), condition: None, origin })
        })
        .collect()
}

/// First and last month of each stretch of `length` months in a year.
pub(super) fn ends_of_slices(length: u32) -> Vec<(u32, u32)> {
    (0..12 / length.max(1)).map(|index| (index * length + 1, (index + 1) * length)).collect()
}

/// One payment for each stretch of months that is covered. Where only some of its days are, it is that part of a whole
/// one, counted in months and parts of months.
pub(super) fn slices<'a>(
    ends: &[(u32, u32)],
    timing: PayoutTiming,
    plan: &PayoutPlan,
    covered: Period,
    origin: Origin<'a>,
) -> Vec<Instalment<'a>> {
    covered
        .years()
        .flat_map(|year| ends.iter().map(move |ends| (year, *ends)))
        .filter_map(|(year, (first, last))| {
            let slice =
                Period { start: NaiveDate::from_ymd_opt(year, first, 1)?, end: last_of_month(year, last)? };
            let covers = slice.overlap(&covered)?;
            // In whole numbers, so that nothing is rounded before the sum is divided: all lengths divide LENGTHS.
            let part = month_units(covers).checked_mul(Decimal::from(LENGTHS / (last - first + 1)))?;
            let day = if timing == PayoutTiming::Advance { covers.start } else { covers.end };
            let when = at_month_end(PayoutTime::Month(day.year(), day.month()), plan);
            Some(Instalment {
                when,
                covers,
                due: due(when, plan),
                size: Size::Weight(part),
                condition: None,
                origin,
            })
        })
        .collect()
}
