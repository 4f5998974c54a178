//! Options to extend, and the last day to call on each.

use chrono::{Months, NaiveDate};

use super::commitment::{Commitment, change_on};
use super::notice::notice_day;
use super::stretch::{RestsOn, Stretch};
use crate::agreement::{Agreement, Extension, ExtensionOption, What};
use crate::path;
use crate::records::Records;
use crate::vocabulary::Known;

/// The last day to call on an option, as far as the agreement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastUse {
    /// As stated, for the first use.
    Stated(NaiveDate),
    /// As long before the end as the stated day is before the first one.
    Alike(NaiveDate),
}

impl LastUse {
    /// The last day to use an option for the time of this number, that moves `end`; `first` is the end that the
    /// agreement states. Nothing where the agreement states no day.
    #[must_use]
    pub fn of(option: &ExtensionOption, number: usize, first: NaiveDate, end: NaiveDate) -> Option<Self> {
        let stated = *option.notice_by.known()?;
        if number == 1 {
            return Some(Self::Stated(stated));
        }
        let by_months = (0..=60).find(|months| notice_day(first, *months) == Some(stated));
        let day = match by_months {
            Some(months) => notice_day(end, months)?,
            None => end.checked_sub_signed(first - stated)?,
        };
        Some(Self::Alike(day))
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Stated(day) | Self::Alike(day) => day,
        }
    }
}

/// A use of an option: an extension that names it.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// The extension's key.
    pub key: &'a str,
    /// The extension.
    pub extension: &'a Extension,
    /// How firmly the parties are bound by it: the last day to use the option stands until somebody is.
    pub commitment: Commitment,
}

/// Every use of an option as it was known on `as_of`, in order: those that somebody is bound by, then those that are only
/// proposed, which have taken their turn too.
#[must_use]
pub fn uses<'a>(
    agreement: &'a Agreement,
    records: Option<&Records>,
    option: &str,
    as_of: NaiveDate,
) -> Vec<Use<'a>> {
    let extensions = agreement.extension.iter();
    let named = extensions.filter(|(_, extension)| extension.option.as_deref() == Some(option));
    let mut found: Vec<_> = named
        .map(|(key, extension)| Use {
            key,
            extension,
            commitment: change_on(agreement.change(key, What::Extension(extension)), records, as_of),
        })
        .collect();
    found.sort_by_key(|one| (!one.commitment.is_bound(), one.extension.until));
    found
}

/// What can follow on `last` by the options that are left on `as_of`, one stretch an option. `first` is the end that the
/// agreement states, `over` the last day that holds.
pub(super) fn options(
    agreement: &Agreement,
    records: Option<&Records>,
    (first, over, last): (NaiveDate, NaiveDate, NaiveDate),
    standing: Commitment,
    as_of: NaiveDate,
) -> Vec<Stretch> {
    let mut from = last;
    let mut found = Vec::new();
    for (key, option) in &agreement.term.option {
        let used = uses(agreement, records, key, as_of).len();
        let left = option.times.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX));
        let by = LastUse::of(option, used + 1, first, last).map(LastUse::day);
        // Nobody calls on an option whose day, or whose agreement, is over.
        if left == 0 || as_of > by.unwrap_or(over) || as_of > over {
            continue;
        }
        let months = option.months.saturating_mul(left);
        let Some(start) = from.succ_opt() else { continue };
        let Some(to) = start.checked_add_months(Months::new(months)).and_then(|after| after.pred_opt())
        else {
            continue;
        };
        found.push(Stretch {
            from: Some(start),
            to: Some(to),
            months: Some(months),
            commitment: standing.max(Commitment::Possible),
            holds: false,
            declinable_until: by,
            rests_on: RestsOn::Option(key.clone()),
            ends_at: path!["term", "option", key],
        });
        from = to;
    }
    found
}
