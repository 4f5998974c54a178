//! What no real file comes near: dates of other centuries, and thousands of entries in one table. To reckon with them
//! would take time and memory without end; what is beyond is a slip.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::node::Content;
use super::schema::FileKind;
use crate::agreement::{Agreement, Funding};
use crate::vocabulary::Known;

/// The years that are reckoned with.
const YEARS: RangeInclusive<i32> = 1900..=2999;

/// The most entries of a table or a list. An agreement of ten years that is paid every month has some hundreds.
const MOST_ENTRIES: usize = 1_000;

/// The same for a series, which may have a value for each month of a century and more, in several vintages.
const MOST_VALUES: usize = 10_000;

/// The most years of money in one agreement, all components together: each may be paid twelve times, and each payout is
/// reckoned by itself. A hundred components for fifty years.
const MOST_YEARS_OF_MONEY: i32 = 5_000;

/// How long a date is, in characters.
const DATE: usize = 10;

/// Why a value is beyond what is reckoned with, after its name, and what to do.
pub(super) fn beyond(kind: FileKind, content: &Content<'_>) -> Option<(String, &'static str)> {
    let entries = match content {
        Content::Date(date) => return far(i32::from(date.year), &date.to_string()),
        // Where a text may stand as well, a date is written as one.
        Content::Text(text) if text.len() == DATE => {
            return far(text.parse::<NaiveDate>().ok()?.year(), text);
        }
        Content::Array(array) => array.len(),
        Content::Table(table) => table.len(),
        _ => return None,
    };
    let most = if kind == FileKind::Series { MOST_VALUES } else { MOST_ENTRIES };
    (entries > most).then(|| {
        let said = format!("har {entries} poster. Högst {most} läses");
        (said, "Dela upp filen, eller rätta det som har skapat så många poster.")
    })
}

/// Why an agreement's money is beyond what is reckoned with, as a sentence: few components for centuries come to as much as
/// many for some years.
pub(super) fn too_much_money(agreement: &Agreement) -> Option<String> {
    let changed = agreement.extension.values().map(|extension| extension.until);
    let changed = changed.chain(agreement.supplement.values().filter_map(|supplement| supplement.end));
    let last = changed.chain(agreement.term.last_day()).max();
    let years = |funding: &Funding| {
        let from =
            funding.period.map(|period| period.start).or_else(|| agreement.term.start.known().copied());
        let to = funding.period.map(|period| period.end).or(last);
        from.zip(to).map_or(1, |(from, to)| (to.year() - from.year()).max(0) + 1)
    };
    let all: i32 = agreement.stated_funding().map(|(_, _, funding)| years(funding)).sum();
    (all > MOST_YEARS_OF_MONEY).then(|| {
        format!(
            "Ersättningarna gäller tillsammans {all} år. Högst {MOST_YEARS_OF_MONEY} år räknas i ett avtal."
        )
    })
}

fn far(year: i32, date: &str) -> Option<(String, &'static str)> {
    let (first, last) = (YEARS.start(), YEARS.end());
    (!YEARS.contains(&year)).then(|| {
        let said = format!("är {date}. Registret räknar med åren {first}–{last}");
        (said, "Rätta datumet. Gäller avtalet tills vidare: skriv end = \"not-stated\" i [term].")
    })
}
