//! The option that an extension calls on: who may, and by when.

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::parties::{called, is_own};
use super::words::object;
use crate::agreement::{Agreement, Change, What};
use crate::date;
use crate::register::{Entry, Register};
use crate::term::{LastUse, uses};
use crate::vocabulary::Known;

/// The use of an option by an extension.
pub(super) struct OptionUse<'a> {
    agreement: &'a Agreement,
    /// Who may call on it, by party key.
    by: Option<&'a str>,
    is_own: bool,
    last: Option<LastUse>,
    day: NaiveDate,
}

impl<'a> OptionUse<'a> {
    /// Of a change on `day`, that moves the last day `end`; nothing where it calls on no option.
    pub(super) fn of(
        register: &Register,
        entry: &'a Entry<Agreement>,
        change: Change<'_>,
        end: Option<NaiveDate>,
        day: NaiveDate,
    ) -> Option<Self> {
        let agreement = &entry.data;
        let What::Extension(extension) = change.what else { return None };
        let key = extension.option.as_ref()?;
        let option = agreement.term.option.get(key)?;
        let all = uses(agreement, register.records_of(entry), key, day);
        let number = all.iter().position(|one| one.key == change.key).map_or(1, |position| position + 1);
        let last = agreement.term.last_day().zip(end);
        let last = last.and_then(|(first, end)| LastUse::of(option, number, first, end));
        let by = option.by.known().map(String::as_str);
        let is_own = by.is_some_and(|party| is_own(register, agreement, party));
        Some(Self { agreement, by, is_own, last, day })
    }

    fn has_passed(&self) -> bool {
        self.last.is_some_and(|last| last.day() < self.day)
    }

    /// Whether the municipality extends by it alone: it may ask for it, and is in time.
    pub(super) fn is_enough(&self) -> bool {
        self.is_own && !self.has_passed()
    }

    /// What templates see of it.
    pub(super) fn shown(&self) -> Value {
        object(IndexMap::from([
            ("by", Value::from(self.by.map(|party| called(self.agreement, party)))),
            ("is_own", Value::from(self.is_own)),
            ("notice_by", Value::from(self.last.map(|last| date::long(last.day())))),
            ("is_alike", Value::from(matches!(self.last, Some(LastUse::Alike(_))))),
            ("has_passed", Value::from(self.has_passed())),
        ]))
    }
}
