//! How long an agreement lasts as it was known on a day: its term, the extensions agreed until then, and the automatic
//! renewals that nobody can prevent any more.

use chrono::{Datelike, Months, NaiveDate};

use crate::agreement::{Agreement, Status};
use crate::date::Period;
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts::is_agreed;
use crate::records::{Decision, DecisionKind, Records};
use crate::vocabulary::Known;

/// A last day, and what sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermEnd {
    /// The last day.
    pub day: NaiveDate,
    /// The key path in the agreement.
    pub path: KeyPath,
    /// The extension that sets it, or that an early end has cut short, by key.
    pub extension: Option<String>,
}

/// The term with what has been added to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermInForce {
    /// From the first day to the last.
    pub period: Period,
    /// Its last days through time: the agreed one first, the one in force last. Never empty.
    pub ends: Vec<TermEnd>,
    /// The same had it not ended before its time: what options and notice were counted from.
    pub agreed_ends: Vec<TermEnd>,
    /// Whether it will be renewed by itself once more if nobody gives notice.
    pub renews: bool,
    /// Whether it ends before its time: nothing more is to be decided about its last end.
    pub is_early: bool,
}

/// More renewals than any agreement sees: a century of months.
const MOST_RENEWALS: usize = 1200;

/// The last day on which notice of so many months still ends an agreement by `end`. At the end of a month stands the
/// end of a month: six months before 28 February is 31 August.
#[must_use]
pub fn notice_day(end: NaiveDate, months: u32) -> Option<NaiveDate> {
    let day = end.checked_sub_months(Months::new(months))?;
    let ends_month = end.succ_opt().is_none_or(|next| next.month() != end.month());
    if !ends_month {
        return Some(day);
    }
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The term as it was known on `as_of`; nothing where its first or last day is unknown, or it ends before it begins.
#[must_use]
pub fn term_in_force(
    agreement: &Agreement,
    records: Option<&Records>,
    as_of: NaiveDate,
) -> Option<TermInForce> {
    let base = agreement.term.period()?;
    let mut ends = vec![TermEnd { day: base.end, path: path!["term", "end"], extension: None }];
    let mut extensions: Vec<_> =
        agreement.extension.iter().filter(|(_, extension)| is_agreed(extension, records, as_of)).collect();
    extensions.sort_by_key(|(_, extension)| extension.until);
    for (key, extension) in extensions {
        if ends.last().is_some_and(|last| last.day < extension.until) {
            ends.push(TermEnd {
                day: extension.until,
                path: path!["extension", key, "until"],
                extension: Some(key.clone()),
            });
        }
    }
    let mut is_early = false;
    let mut renews = renew(agreement, records, as_of, &mut ends);
    let agreed_ends = ends.clone();
    if let Some(ended) = agreement.early_end()
        && ends.last().is_some_and(|last| ended < last.day)
    {
        let extension = ends.iter().find(|end| ended <= end.day).and_then(|end| end.extension.clone());
        ends.retain(|end| end.day < ended);
        ends.push(TermEnd { day: ended, path: path!["term", "ended"], extension });
        renews = false;
        is_early = true;
    }
    let end = ends.last()?.day;
    Some(TermInForce { period: Period { end, ..base }, ends, agreed_ends, renews, is_early })
}

/// The first decision to end the agreement that is on record by `as_of`, with its key.
pub(super) fn termination(records: Option<&Records>, as_of: NaiveDate) -> Option<(&str, &Decision)> {
    let decisions = records?.decision.iter();
    decisions
        .filter(|(_, decision)| decision.kind == DecisionKind::Termination && decision.date <= as_of)
        .map(|(key, decision)| (key.as_str(), decision))
        .min_by_key(|(_, decision)| decision.date)
}

/// Adds the renewals that have become certain by `as_of`. Returns whether another one may follow.
fn renew(
    agreement: &Agreement,
    records: Option<&Records>,
    as_of: NaiveDate,
    ends: &mut Vec<TermEnd>,
) -> bool {
    let Some(renewal) = &agreement.term.renewal else { return false };
    if agreement.status == Status::Ended {
        return false;
    }
    let notice = renewal.notice_months.known().map(|months| months.get());
    let until = renewal.until.known().copied();
    let given = termination(records, as_of).map(|(_, decision)| decision.date);
    while let Some(last) = ends.last().map(|end| end.day) {
        // A renewal that the limit cuts short to nothing is none.
        let next = next_end(last, renewal.months).map(|next| until.map_or(next, |until| next.min(until)));
        let Some(next) = next.filter(|next| *next > last) else { return false };
        // Without a stated time of notice the old term runs to its end before the new one is certain.
        let Some(decisive) = notice.map_or(Some(last), |months| notice_day(last, months)) else {
            return false;
        };
        if given.is_some_and(|given| given <= decisive) {
            return false;
        }
        if as_of <= decisive || ends.len() > MOST_RENEWALS {
            return true;
        }
        ends.push(TermEnd { day: next, path: path!["term", "renewal"], extension: None });
    }
    false
}

/// The last day of a renewal of so many months that follows on `last`.
fn next_end(last: NaiveDate, months: u32) -> Option<NaiveDate> {
    last.succ_opt()?.checked_add_months(Months::new(months))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn agreement(term: &str, more: &str) -> Agreement {
        toml::from_str(&format!(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nparty = {{}}\nterm = {{ {term} }}\n{more}"
        ))
        .unwrap()
    }

    fn end(agreement: &Agreement, records: &str, as_of: &str) -> (String, bool) {
        let records: Records = toml::from_str(records).unwrap();
        let term = term_in_force(agreement, Some(&records), date(as_of)).unwrap();
        (term.period.end.to_string(), term.renews)
    }

    const YEARLY: &str = "start = \"2024-03-01\", end = \"2025-02-28\", renewal = { months = 12, notice_months = 6, \
                          until = \"2027-02-28\" }";

    #[test]
    fn a_renewal_is_certain_the_day_after_the_last_day_of_notice() {
        let renewed = agreement(YEARLY, "");
        assert_eq!(end(&renewed, "", "2024-08-31"), ("2025-02-28".to_owned(), true));
        assert_eq!(end(&renewed, "", "2024-09-01"), ("2026-02-28".to_owned(), true));
        assert_eq!(end(&renewed, "", "2025-09-01"), ("2027-02-28".to_owned(), false));
        assert_eq!(end(&renewed, "", "2040-01-01"), ("2027-02-28".to_owned(), false));
    }

    #[test]
    fn notice_in_time_ends_it_and_late_notice_the_next_time() {
        let renewed = agreement(YEARLY, "");
        let given =
            |day: &str| format!("decision.x = {{ kind = \"termination\", by = \"x\", date = \"{day}\" }}");
        assert_eq!(end(&renewed, &given("2024-08-31"), "2030-01-01"), ("2025-02-28".to_owned(), false));
        assert_eq!(end(&renewed, &given("2024-09-01"), "2030-01-01"), ("2026-02-28".to_owned(), false));
    }

    #[test]
    fn an_agreement_that_has_ended_before_its_time_ends_there() {
        let ended = agreement("start = \"2024-01-01\", end = \"2025-12-31\", ended = \"2024-09-30\"", "");
        // As soon as the day is known, and not only once it has come.
        assert_eq!(end(&ended, "", "2024-02-01").0, "2024-09-30");
        let late = agreement("start = \"2024-01-01\", end = \"2024-12-31\", ended = \"2025-09-30\"", "");
        assert_eq!(end(&late, "", "2026-01-01").0, "2024-12-31");
    }

    #[test]
    fn an_extension_counts_from_the_day_it_was_agreed() {
        let extended = agreement(
            "start = \"2024-08-01\", end = \"2024-12-31\"",
            "extension.a = { until = \"2025-06-30\", dated = \"2024-11-18\" }\n\
             extension.b = { until = \"2025-12-31\", dated = \"2025-05-12\" }",
        );
        assert_eq!(end(&extended, "", "2024-11-17").0, "2024-12-31");
        assert_eq!(end(&extended, "", "2024-11-18").0, "2025-06-30");
        assert_eq!(end(&extended, "", "2026-01-01").0, "2025-12-31");
    }

    #[test]
    fn without_a_time_of_notice_the_term_runs_out_first() {
        let renewed = agreement("start = \"2024-01-01\", end = \"2024-12-31\", renewal = { months = 6 }", "");
        assert_eq!(end(&renewed, "", "2024-12-31"), ("2024-12-31".to_owned(), true));
        assert_eq!(end(&renewed, "", "2025-01-01"), ("2025-06-30".to_owned(), true));
    }

    proptest! {
        /// The definition itself: the last day from which so many months do not pass the end.
        #[test]
        fn notice_day_is_the_last_one_that_is_early_enough(end in 0_u64..80_000, months in 0_u32..60) {
            let end = date("1950-01-01") + chrono::Days::new(end);
            let day = notice_day(end, months).unwrap();
            let after = |day: NaiveDate| day + Months::new(months);
            prop_assert!(after(day) <= end);
            prop_assert!(after(day.succ_opt().unwrap()) > end);
        }
    }
}
