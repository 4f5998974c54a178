//! An agreement's life as its text has it on a day, and for which part of it an amount is: what is agreed, and what comes
//! only if something else does.

use chrono::NaiveDate;

use super::words::definite;
use crate::agreement::{Agreement, Funding};
use crate::date::Period;
use crate::payouts;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life, MoneyTime};
use crate::vocabulary::Known;

/// The life of an agreement on the document's day, as its text has it and with all that may become of it.
pub(super) struct TextLife<'a> {
    /// As the text has it.
    pub(super) agreed: Life<'a>,
    whole: Life<'a>,
    records: Option<&'a Records>,
    day: NaiveDate,
}

impl<'a> TextLife<'a> {
    /// Of an agreement whose text reads as `text` on `day`.
    pub(super) fn of(
        register: &'a Register,
        entry: &Entry<Agreement>,
        text: &Agreement,
        day: NaiveDate,
    ) -> Self {
        let records = register.records_of(entry);
        let agreed = Life::known_on(text, records, day);
        Self { agreed, whole: Life::known_on(&entry.data, records, day), records, day }
    }

    /// The days that money without a period of its own is for.
    pub(super) fn money_time(&self) -> MoneyTime {
        self.agreed.money_time
    }

    /// The last day that is agreed, whether or not the agreement ends before it. What nobody has signed is not renewed yet.
    fn last(&self) -> Option<NaiveDate> {
        let is_signed = self.agreed.standing == Commitment::Agreed;
        let mut stretches = self.agreed.as_agreed.iter();
        stretches.rfind(|one| is_signed || !one.rests_on.comes_by_itself())?.to
    }

    /// The days of an amount, where all of them come after what is agreed.
    fn days_after(&self, funding: &Funding) -> Option<Period> {
        let last = self.last()?;
        payouts::period_of(funding, self.money_time()).filter(|period| last < period.start)
    }

    /// Whether something can bring days that are not agreed.
    fn can_come(&self, days: Period) -> bool {
        self.whole.stretches.iter().any(|one| one.part_of(days).is_some())
    }

    /// Whether an amount is for time that cannot come any more.
    pub(super) fn has_lapsed(&self, funding: &Funding) -> bool {
        self.days_after(funding).is_some_and(|days| {
            let cannot_come = self.whole.lapsed.is_some_and(|lapsed| lapsed.overlap(&days).is_some());
            !self.can_come(days) && (cannot_come || self.whole.early_end.is_some())
        })
    }

    /// Whether an amount is for time that is not agreed, and waits for a decision that nobody has taken: it is only proposed.
    pub(super) fn awaits(&self, funding: &Funding) -> bool {
        funding.decision.is_open() && self.days_after(funding).is_some()
    }

    /// On what an amount depends that is not agreed as the others are, as it follows them.
    pub(super) fn condition(&self, funding: &Funding, text: &Agreement) -> Option<String> {
        let the = definite(text.document_word);
        if self.agreed.standing.is_bound() && payouts::undecided(self.records, funding, self.day).is_some() {
            return Some("om det beslutas".to_owned());
        }
        let days = self.days_after(funding)?;
        if text.term.open_ended().is_some() {
            return Some(format!("om {the} då gäller"));
        }
        let can_come = self.can_come(days) || text.term.going_on().is_some() || !text.term.option.is_empty();
        Some(if can_come {
            format!("om {the} förlängs")
        } else {
            "för tid som inte är avtalad".to_owned()
        })
    }

    /// Whether an amount is both for agreed days and for days that may come, so that nobody has said what is agreed of it.
    pub(super) fn is_for_both(&self, funding: &Funding) -> bool {
        // A rate until further notice says what each year of it is.
        if funding.period.is_none() && !self.money_time().has_end() {
            return false;
        }
        let may_be_longer = |last: NaiveDate| self.agreed.reach.is_none_or(|reach| last < reach);
        self.last().filter(|last| may_be_longer(*last)).is_some_and(|last| {
            payouts::period_of(funding, self.money_time())
                .is_some_and(|period| period.start <= last && last < period.end)
        })
    }
}
