//! What no real file comes near: dates of other centuries, and thousands of entries in one table. To reckon with them
//! would take time and memory without end; what is beyond is a slip.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::node::Content;
use super::schema::FileKind;

/// The years that are reckoned with.
const YEARS: RangeInclusive<i32> = 1900..=2999;

/// The most entries of a table or a list. An agreement of ten years that is paid every month has some hundreds.
const MOST_ENTRIES: usize = 1_000;

/// The same for a series, which may have a value for each month of a century and more, in several vintages.
const MOST_VALUES: usize = 10_000;

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

fn far(year: i32, date: &str) -> Option<(String, &'static str)> {
    let (first, last) = (YEARS.start(), YEARS.end());
    (!YEARS.contains(&year)).then(|| {
        let said = format!("är {date}. Registret räknar med åren {first}–{last}");
        (said, "Rätta datumet. Gäller avtalet tills vidare: skriv end = \"not-stated\" i [term].")
    })
}
