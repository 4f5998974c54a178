//! An agreement's life for programs: the same in every report.

use chrono::NaiveDate;
use serde::Serialize;

use crate::term::Life;

/// How long an agreement lasts, as it was known on the day.
#[derive(Debug, Serialize)]
pub(super) struct TermItem {
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    bound_until: Option<NaiveDate>,
    notice_day: Option<NaiveDate>,
    ends_early: bool,
    stretches: Vec<StretchItem>,
}

#[derive(Debug, Serialize)]
struct StretchItem {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    months: Option<u32>,
    commitment: &'static str,
    /// Whether it holds if the agreement itself does.
    holds: bool,
    declinable_until: Option<NaiveDate>,
    rests_on: &'static str,
    path: String,
}

impl TermItem {
    pub(super) fn of(life: &Life<'_>) -> Self {
        Self {
            first_day: life.stretches.first().and_then(|first| first.from),
            last_day: life.last_day(),
            bound_until: life.bound_until(),
            notice_day: life.notice_day(),
            ends_early: life.early_end.is_some(),
            stretches: life
                .stretches
                .iter()
                .map(|one| StretchItem {
                    from: one.from,
                    to: one.to,
                    months: one.months,
                    commitment: one.commitment.word(),
                    holds: one.holds,
                    declinable_until: one.declinable_until.filter(|_| !one.holds),
                    rests_on: one.rests_on.word(),
                    path: one.ends_at.to_string(),
                })
                .collect(),
        }
    }
}
