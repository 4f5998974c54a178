//! Notice: the last day for it, and the one that has been given.

use chrono::{Datelike, Months, NaiveDate};

use super::exits::exits_on;
use crate::agreement::{Agreement, Exit, NoticeCounts};
use crate::day_of_year::DayOfYear;
use crate::key_path::KeyPath;
use crate::path;
use crate::records::{Decision, DecisionKind, Records};
use crate::vocabulary::Known;

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

/// How a notice ends an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeTime {
    /// Its time, in months.
    pub months: u32,
    /// From when it is counted.
    pub counts_from: NoticeCounts,
    /// The only day of the year with which the agreement can end.
    pub ends_on: Option<DayOfYear>,
}

impl NoticeTime {
    /// That of a way out, or where none is named of an agreement that goes on by itself. Only notice without a cause waits for a
    /// day of the year. Nothing where no time is stated.
    #[must_use]
    pub fn of(agreement: &Agreement, exit: Option<&Exit>) -> Option<Self> {
        let ends_on = agreement.term.open_ended().and_then(|open| open.ends_on);
        if let Some(exit) = exit {
            Some(Self {
                months: exit.notice_months.known()?.get(),
                counts_from: exit.notice_counts_from,
                ends_on: ends_on.filter(|_| exit.is_ordinary()),
            })
        } else {
            let terms = agreement.term.going_on()?;
            let (months, counts_from) = (terms.notice_months?, terms.notice_counts_from);
            Some(Self { months, counts_from, ends_on })
        }
    }

    /// The last day of an agreement of which notice is given on a day.
    #[must_use]
    pub fn last_day(self, given: NaiveDate) -> Option<NaiveDate> {
        let day = given.checked_add_months(Months::new(self.months))?;
        self.ends_on.map_or(Some(day), |of_year| of_year.on_or_after(day))
    }

    /// Whether an agreement can end with a day by notice that is given in time.
    #[must_use]
    pub fn can_end(self, last: NaiveDate) -> bool {
        self.ends_on.is_none_or(|of_year| of_year.on_or_after(last) == Some(last))
    }
}

/// Notice or rescission that is on record.
#[derive(Debug, Clone, PartialEq)]
pub struct Termination<'a> {
    /// The decision's key in the records.
    pub key: &'a str,
    /// The decision.
    pub decision: &'a Decision,
    /// The day from which it counts.
    pub given: NaiveDate,
    /// Whether it needs no cause: it names no exit that there is, or one by which anybody can give notice at any time.
    pub is_ordinary: bool,
    /// The last day of an agreement that is ended by an exit with a stated time of notice, and that exit's key path.
    pub ends: Option<(NaiveDate, KeyPath)>,
}

/// The notice that counts on `day`: the first.
pub(super) fn termination<'a>(
    agreement: &Agreement,
    records: Option<&'a Records>,
    day: NaiveDate,
) -> Option<Termination<'a>> {
    terminations(agreement, records, day).into_iter().next()
}

/// All notice that has been given by `day`, the first one first. One that is sent is given when the other side has it, unless
/// the agreement says otherwise; where the records hold neither day, with its decision.
#[must_use]
pub fn terminations<'a>(
    agreement: &Agreement,
    records: Option<&'a Records>,
    day: NaiveDate,
) -> Vec<Termination<'a>> {
    let decisions = records.into_iter().flat_map(|records| &records.decision);
    let mut decisions =
        decisions.filter(|(_, decision)| decision.kind == DecisionKind::Termination).peekable();
    if decisions.peek().is_none() {
        return Vec::new();
    }
    let exits = exits_on(agreement, records, day);
    let going_on = agreement.term.going_on();
    let given = decisions.filter_map(|(key, decision)| {
        let exit = decision.exit.as_ref().and_then(|key| exits.get(key.as_str()));
        let counts = match exit {
            Some((exit, _)) => exit.notice_counts_from,
            None => going_on.map(|terms| terms.notice_counts_from).unwrap_or_default(),
        };
        let given = given_on(decision, counts).filter(|given| *given <= day)?;
        let is_ordinary = exit.is_none_or(|(exit, _)| exit.is_ordinary());
        let by_exit = exit
            .and_then(|(exit, path)| Some((exit.notice_months.known()?.get(), path.join("notice_months"))));
        // An agreement until further notice that can end with any day does so when its time of notice has gone.
        let by_term = || {
            let terms = going_on.filter(|terms| is_ordinary && !terms.has_notice_day)?;
            Some((terms.notice_months?, path!["term", terms.key, "notice_months"]))
        };
        // One that can end only with a certain day of the year does so with the first of them when the time has gone, unless
        // the exit has a cause that does not wait for it.
        let ends_on = agreement.term.open_ended().and_then(|open| open.ends_on).filter(|_| is_ordinary);
        let time = |months| NoticeTime { months, counts_from: counts, ends_on };
        let ends =
            by_exit.or_else(by_term).and_then(|(months, path)| Some((time(months).last_day(given)?, path)));
        Some(Termination { key, decision, given, is_ordinary, ends })
    });
    let mut given: Vec<Termination<'_>> = given.collect();
    given.sort_by_key(|termination| termination.given);
    given
}

/// The day from which notice counts; nothing where it is on its way.
fn given_on(decision: &Decision, counts: NoticeCounts) -> Option<NaiveDate> {
    match (decision.sent, decision.received, counts) {
        (Some(sent), _, NoticeCounts::Sending) => Some(sent),
        (_, Some(received), _) => Some(received),
        (Some(_), None, NoticeCounts::Receipt) => None,
        (None, None, _) => Some(decision.date),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn agreement(more: &str) -> Agreement {
        toml::from_str(&format!(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nparty = {{}}\n\
             term = {{ start = \"2024-01-01\", end = \"2024-12-31\", renewal = {{ months = 12, notice_months = 6 }} }}\n{more}"
        ))
        .unwrap()
    }

    fn given(agreement: &Agreement, days: &str, day: &str) -> Option<(String, Option<String>)> {
        let records: Records = toml::from_str(&format!(
            "decision.t = {{ kind = \"termination\", by = \"x\", date = \"2024-06-25\", {days} }}"
        ))
        .unwrap();
        let found = termination(agreement, Some(&records), date(day))?;
        Some((found.given.to_string(), found.ends.map(|(day, _)| day.to_string())))
    }

    #[test]
    fn notice_counts_from_its_receipt_unless_the_agreement_says_otherwise() {
        let usual = agreement("");
        let only = |day: &str| Some((day.to_owned(), None));
        assert_eq!(given(&usual, "", "2024-06-25"), only("2024-06-25"));
        assert_eq!(given(&usual, "", "2024-06-24"), None);
        let both = "sent = \"2024-06-28\", received = \"2024-07-02\"";
        assert_eq!(given(&usual, both, "2024-07-01"), None);
        assert_eq!(given(&usual, both, "2024-07-02"), only("2024-07-02"));
        assert_eq!(given(&usual, "sent = \"2024-06-28\"", "2030-01-01"), None);
        let mut by_sending = usual.clone();
        by_sending.term.renewal.as_mut().unwrap().notice_counts_from = NoticeCounts::Sending;
        assert_eq!(given(&by_sending, both, "2024-07-02"), only("2024-06-28"));
    }

    #[test]
    fn an_exit_with_a_time_of_notice_says_when_the_agreement_ends() {
        let with_exit = agreement(
            "exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }\nexit.h = { cause = [\"breach\"], means = \"rescission\" }\n\
             exit.m = { cause = [\"breach\"], means = \"rescission\", notice_months = 1 }",
        );
        let days = |exit: &str| format!("received = \"2024-06-30\", exit = \"{exit}\"");
        let ends = |exit: &str| given(&with_exit, &days(exit), "2024-07-01").unwrap().1;
        assert_eq!(ends("u").as_deref(), Some("2024-09-30"));
        assert_eq!(ends("h"), None);
        assert_eq!(ends("m").as_deref(), Some("2024-07-30"));
        assert_eq!(ends("none"), None);
    }

    #[test]
    fn what_can_end_only_with_a_day_of_the_year_does_so_by_an_ordinary_exit_too() {
        let agreement: Agreement = toml::from_str(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\nparty = {}\n\
             term = { start = \"2024-01-01\", until_further_notice = { notice_months = 6, ends_on = \"12-31\" } }\n\
             exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 6 }\n\
             exit.lag = { cause = [\"law-change\"], means = \"notice\", notice_months = 3 }",
        )
        .unwrap();
        let ends = |exit: &str, day: &str| {
            given(&agreement, &format!("received = \"{day}\", exit = \"{exit}\""), "2026-01-01").unwrap().1
        };
        assert_eq!(ends("u", "2024-06-30").as_deref(), Some("2024-12-31"));
        assert_eq!(ends("u", "2024-07-01").as_deref(), Some("2025-12-31"));
        // What has a cause does not wait for the day.
        assert_eq!(ends("lag", "2024-05-25").as_deref(), Some("2024-08-25"));
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
