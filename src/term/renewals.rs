//! Renewal unless somebody gives notice, and the years of an agreement that lasts until somebody does.

use chrono::{Months, NaiveDate};

use super::commitment::Commitment;
use super::notice::notice_day;
use super::stretch::{RestsOn, Stretch};
use crate::agreement::{Agreement, GoingOn};
use crate::date::Period;
use crate::path;

/// So many months of renewals are counted at most: no agreement sees half a century of them.
const MOST: u32 = 600;

/// The renewals after `last` as they were known on `as_of`, when notice had been `given`: those that nobody can decline
/// any more, then all that can follow as one, without an end where none is agreed. Of an agreement that nobody is bound
/// by, none is certain.
pub(super) fn renewals(
    going_on: GoingOn,
    mut last: NaiveDate,
    standing: Commitment,
    given: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Vec<Stretch> {
    let GoingOn { key, months, notice_months: notice, until, has_notice_day, .. } = going_on;
    let mut found = Vec::new();
    loop {
        // A renewal that the limit cuts short to nothing is none.
        let next = next_end(last, months).map(|next| until.map_or(next, |until| next.min(until)));
        let Some(to) = next.filter(|next| *next > last) else { return found };
        // Without a stated time of notice the old term runs to its end before the new one is certain.
        let Some(decisive) = notice.map_or(Some(last), |months| notice_day(last, months)) else {
            return found;
        };
        if given.is_some_and(|given| given <= decisive) {
            return found;
        }
        let is_certain = as_of > decisive && standing.is_bound();
        let number = found.len() + 1;
        if !is_certain && as_of > last {
            return found;
        }
        found.push(Stretch {
            from: last.succ_opt(),
            to: if is_certain { Some(to) } else { until },
            months: Some(months),
            commitment: if is_certain { standing } else { standing.max(Commitment::Possible) },
            holds: is_certain,
            declinable_until: Some(decisive).filter(|_| has_notice_day),
            rests_on: RestsOn::going_on(going_on, number),
            ends_at: path!["term", key],
        });
        if !is_certain || u32::try_from(number).is_ok_and(|number| number.saturating_mul(months) >= MOST) {
            return found;
        }
        last = to;
    }
}

/// The last of the renewals that nobody can hinder from the first day of the stated term on, as notice against them would have
/// had to be given before it.
#[must_use]
pub fn unstoppable(agreement: &Agreement) -> Option<Stretch> {
    let Period { start, end } = agreement.term.period()?;
    let all = renewals(agreement.term.going_on()?, end, Commitment::Agreed, None, start);
    all.into_iter().rfind(|stretch| stretch.holds)
}

/// The last day of a renewal of so many months that follows on `last`.
fn next_end(last: NaiveDate, months: u32) -> Option<NaiveDate> {
    last.succ_opt()?.checked_add_months(Months::new(months))?.pred_opt()
}
