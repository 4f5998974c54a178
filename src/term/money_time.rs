//! The days that money without a period of its own is for.

use chrono::{Datelike, NaiveDate};

use crate::agreement::Term;
use crate::date::Period;
use crate::vocabulary::Known;

/// The days that money without a period of its own is for: the term that the agreement states, and of an agreement until
/// further notice all that it lasts, in whole calendar years as long as it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyTime {
    period: Option<Period>,
    is_open: bool,
    months: Option<u32>,
}

impl MoneyTime {
    /// Of an agreement that would last to `last`, had it not ended before its time; what `goes_on` after that is counted to the
    /// end of the year: else what a year comes to, and a payout of it, would grow when the rest of the year is known.
    pub(super) fn of(term: &Term, last: Option<NaiveDate>, goes_on: bool) -> Self {
        let stated = Self::stated(term);
        let last = last.map(|last| match NaiveDate::from_ymd_opt(last.year(), 12, 31) {
            Some(end) if goes_on => end,
            _ => last,
        });
        match last.filter(|_| term.open_ended().is_some()) {
            Some(last) => Self {
                period: stated.period.map(|period| Period { end: period.end.max(last), ..period }),
                is_open: true,
                months: None,
            },
            None => stated,
        }
    }

    /// The stated term alone.
    #[must_use]
    pub fn stated(term: &Term) -> Self {
        let is_open = term.open_ended().is_some();
        let months = term.months.filter(|_| !is_open && term.end.known().is_none());
        Self { period: term.period(), is_open, months }
    }

    /// The same as if an agreement until further notice lasted to `end`, which may be before or after what is known of it.
    #[must_use]
    pub fn lasting_to(self, end: NaiveDate) -> Self {
        let is_open = self.is_open;
        let period =
            self.period.map(|period| Period { end: if is_open { end } else { period.end }, ..period });
        Self { period: period.filter(|period| !period.is_reversed()), ..self }
    }

    /// The same from a later day on; nothing where that comes after the last.
    #[must_use]
    pub fn beginning(self, from: NaiveDate) -> Self {
        let period = self.period.map(|period| Period { start: period.start.max(from), ..period });
        // Of a term whose days are not known nobody can tell how many months come after the day.
        Self { period: period.filter(|period| !period.is_reversed()), months: None, ..self }
    }

    /// The days, where both ends are known.
    #[must_use]
    pub fn period(self) -> Option<Period> {
        self.period
    }

    /// Whether it has an end that the agreement states.
    #[must_use]
    pub fn has_end(self) -> bool {
        !self.is_open
    }

    /// Its length in months, where the agreement states that: known before its days are.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        self.months
    }

    /// The days of a sum: nothing for one that would be for a time until further notice.
    #[must_use]
    pub fn of_sum(self) -> Option<Period> {
        self.period.filter(|_| !self.is_open)
    }

    /// The days of a rate for so many months at a time: whole stretches of these until further notice, so that none costs
    /// more because nobody knows yet that it goes on.
    #[must_use]
    pub fn of_rate(self, months: u32) -> Option<Period> {
        let period = self.period?;
        if !self.is_open {
            return Some(period);
        }
        let length = period.length();
        let begun = (length.months + u32::from(length.days > 0)).div_ceil(months);
        Some(Period { end: period.last_day_within(begun.checked_mul(months)?)?, ..period })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_until_further_notice_has_whole_stretches_and_a_sum_no_days() {
        let term: Term = toml::from_str(
            "start = \"2024-03-01\"\nuntil_further_notice = { notice_months = 3, ends_on = \"12-31\" }",
        )
        .unwrap();
        let time = MoneyTime::of(&term, "2026-12-31".parse().ok(), true);
        let shown = |period: Option<Period>| period.map(|period| period.to_string());
        assert_eq!(shown(time.of_rate(12)).as_deref(), Some("2024-03-01–2027-02-28"));
        assert_eq!(shown(time.of_rate(6)).as_deref(), Some("2024-03-01–2027-02-28"));
        assert_eq!(shown(time.of_rate(1)).as_deref(), Some("2024-03-01–2026-12-31"));
        assert_eq!(time.of_sum(), None);
        let fixed: Term = toml::from_str("start = \"2024-03-01\"\nend = \"2025-01-15\"").unwrap();
        let time = MoneyTime::of(&fixed, "2026-12-31".parse().ok(), true);
        assert_eq!(shown(time.of_rate(12)).as_deref(), Some("2024-03-01–2025-01-15"));
        assert_eq!(time.of_sum(), time.period());
    }
}
