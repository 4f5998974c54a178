//! The frames: as much as the agreements promise, with some room.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, json};

use super::Planted;
use super::layout::{self, Style};
use super::stock::NAMES;
use crate::money::Money;

/// The years for which there are frames: all that an agreement, or a fault in one, can touch.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 2019..=2032;

/// The last year whose frame is decided; those after it are planned.
const DECIDED_UNTIL: i32 = 2026;

/// No frame is smaller than this.
const LEAST: i64 = 500_000;

/// What agreements promise of each budget line and year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commitments(BTreeMap<(String, i32), Money>);

impl Commitments {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for ((line, year), amount) in other.0 {
            self.add(line, year, amount);
        }
        self
    }

    pub(super) fn add(&mut self, line: String, year: i32, amount: Money) {
        let sum = self.0.entry((line, year)).or_default();
        // A hundred thousand agreements of some millions are far below what an amount can hold.
        *sum = sum.checked_add(amount).unwrap_or(*sum);
    }

    fn kronor(&self, line: &str, year: i32) -> i64 {
        let sum = self.0.get(&(line.to_owned(), year)).copied().unwrap_or_default();
        sum.decimal().ceil().to_i64().unwrap_or(i64::MAX)
    }
}

/// Whether the frames of a line are for what state grants leave: those of the first committee.
pub(super) fn is_net(line: &str) -> bool {
    NAMES.committee.values().next().is_some_and(|committee| committee.line == line)
}

/// The text of `budget.toml`. With `short`, one frame is too small, and that is said.
pub(super) fn budget(commitments: &Commitments, short: bool) -> (String, Vec<Planted>) {
    let busiest = commitments
        .0
        .iter()
        .filter(|((_, year), sum)| {
            (2022..=DECIDED_UNTIL).contains(year) && sum.decimal() > Decimal::from(LEAST)
        })
        .max_by_key(|(_, sum)| **sum)
        .map(|((line, year), _)| (line.clone(), *year))
        .filter(|_| short);
    let mut lines = Map::new();
    for (key, committee) in &NAMES.committee {
        let mut years = Map::new();
        for (year, paragraph) in YEARS.zip(70..) {
            let promised = commitments.kronor(&committee.line, year);
            let is_short = busiest.as_ref().is_some_and(|(line, at)| *line == committee.line && *at == year);
            // What is only planned has room for amounts of which nobody knows yet in which year they fall.
            let planned = if year > DECIDED_UNTIL { promised.saturating_add(promised / 2) } else { promised };
            let frame = if is_short { promised / 10 * 9 } else { with_room(planned) };
            let (status, decided) =
                if year <= DECIDED_UNTIL { ("decided", year - 1) } else { ("plan", DECIDED_UNTIL - 1) };
            let source = format!("kommunfullmäktige {decided}-11-22 § {paragraph}");
            years.insert(year.to_string(), json!({ "amount": frame, "status": status, "source": source }));
        }
        let mut line = json!({ "title": committee.line_title, "committee": key, "code": { "verksamhet": committee.purpose }, "year": years });
        if is_net(&committee.line) {
            line["frames_are"] = "net".into();
        }
        lines.insert(committee.line.clone(), line);
    }
    let text = layout::file(
        "#:schema schema/budget.v1.json\n# Påhittade ramar: så mycket som avtalen kostar, och lite till.\n",
        &json!({ "line": lines }),
        Style { compact: true, headings: false },
    );
    let planted = busiest.map(|(line, year)| Planted {
        agreement: None,
        file: "budget.toml".to_owned(),
        code: "IOP303",
        path: format!("line.{line}.year.{year}.amount"),
        what: "Ramen för ett år är mindre än det som avtalen kostar.",
    });
    (text, planted.into_iter().collect())
}

/// Three per cent more, in whole hundred thousands.
fn with_room(promised: i64) -> i64 {
    let room = promised.saturating_add(promised / 33);
    (room / 100_000).saturating_add(1).saturating_mul(100_000).max(LEAST)
}
