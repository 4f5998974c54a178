//! How a life comes to be: the stated term, what changes it, its renewals and options, and what ends it.

use chrono::NaiveDate;

use super::Life;
use crate::agreement::{Agreement, GoingOn, Status};
use crate::date::Period;
use crate::path;
use crate::records::Records;
use crate::term::changes::{Changed, LastDay, changed, last_days, last_of};
use crate::term::commitment::{Commitment, standing_on};
use crate::term::early_end::{EarlyEnd, early_end};
use crate::term::money_time::MoneyTime;
use crate::term::notice::{Termination, termination};
use crate::term::options::options;
use crate::term::renewals::renewals;
use crate::term::stretch::{RestsOn, Stretch};
use crate::vocabulary::Known;

impl<'a> Life<'a> {
    /// The life of an agreement as it was known on `as_of`.
    #[must_use]
    pub fn known_on(agreement: &Agreement, records: Option<&'a Records>, as_of: NaiveDate) -> Self {
        let standing = standing_on(agreement, records, as_of);
        let notice = termination(agreement, records, as_of);
        let stated = stated(agreement, standing);
        let is_reversed = stated.period().is_some_and(|period| period.is_reversed());
        let Changed { mut holding, proposed, shortened } = if is_reversed {
            // A term that ends before it begins has no last day.
            let stated = Stretch { to: None, ..stated };
            Changed { holding: vec![stated], proposed: Vec::new(), shortened: None }
        } else {
            changed(agreement, records, stated, as_of)
        };
        let agreed_end = shortened.as_ref().map(|(_, early)| early.clone());
        let early_end = early_end(agreement, notice.as_ref(), shortened);
        let sooner = |proposed: &[Stretch], last: Option<NaiveDate>| {
            let days = proposed.iter().filter_map(|one| Some((one.to?, one.commitment)));
            days.filter(|(day, _)| last.is_none_or(|last| *day < last)).min()
        };
        // What has been agreed to end on a day does not go on until further notice.
        let own_end = agreement.term.last_day();
        let fixes =
            |change: &LastDay<'_>| !change.is_extension() || own_end.is_none_or(|end| end <= change.until);
        let is_fixed = || {
            let changes = last_days(agreement, records, as_of);
            changes.iter().any(|change| change.commitment.is_bound() && fixes(change))
        };
        let goes_on = |terms: &GoingOn| !(terms.is_until_further_notice() && is_fixed());
        let going_on = agreement.term.going_on().filter(goes_on);
        let first_end = holding.first().and_then(|first| first.to);
        let (Some(first_end), Some(mut last)) = (first_end, last_of(&holding)) else {
            // Nothing follows on what has no end.
            let proposed_end = sooner(&proposed, None);
            let mut stretches = holding;
            if let Some(early) = &early_end {
                cut(&mut stretches, early);
            }
            let untold = untold_end(agreement, going_on, notice.as_ref(), None);
            let is_open = early_end.is_none();
            return Self {
                standing,
                stretches,
                as_agreed: Vec::new(),
                reach: None,
                lapsed: None,
                early_end,
                agreed_end,
                proposed_end,
                money_time: MoneyTime::stated(&agreement.term),
                going_on,
                untold_end: untold.filter(|_| is_open),
                notice,
            };
        };
        let mut possible = Vec::new();
        // Of an agreement that is over, nobody can tell how often it was renewed unless it is known how it ended.
        let is_untold =
            agreement.status == Status::Ended && agreement.term.ended.known().is_none() && notice.is_none();
        if let Some(going_on) = going_on.filter(|_| !is_untold) {
            let given = notice.as_ref().map(|notice| notice.given);
            let (certain, open): (Vec<_>, Vec<_>) =
                renewals(going_on, last, standing, given, as_of).into_iter().partition(|one| one.holds);
            holding.extend(certain);
            possible.extend(open);
            last = last_of(&holding).unwrap_or(last);
        }
        let as_agreed = holding.clone();
        let goes_on = going_on.is_some() && !is_untold && notice.is_none() && early_end.is_none();
        let money_time = MoneyTime::of(&agreement.term, last_of(&as_agreed), goes_on);
        let proposed_end = sooner(&proposed, Some(last));
        let proposed: Vec<Stretch> = after(proposed, last);
        let mut stretches = holding;
        stretches.extend(proposed);
        if agreement.status != Status::Ended && notice.is_none() {
            let from = last_of(&stretches).unwrap_or(last);
            possible.extend(options(agreement, records, (first_end, last, from), standing, as_of));
        }
        stretches.extend(after(possible, last_of(&stretches).unwrap_or(last)));
        let reach = reach(agreement, &stretches, first_end);
        if let Some(early) = &early_end {
            cut(&mut stretches, early);
        }
        let early_end = early_end.filter(|early| early.day < last);
        let lapsed = lapsed(&stretches, reach).filter(|_| early_end.is_none() && !is_untold);
        let untold_end =
            untold_end(agreement, going_on, notice.as_ref(), Some(last)).filter(|_| early_end.is_none());
        Self {
            standing,
            stretches,
            as_agreed,
            reach,
            lapsed,
            early_end,
            agreed_end,
            proposed_end,
            money_time,
            going_on,
            notice,
            untold_end,
        }
    }
}

/// The day of notice or rescission of which nothing says when it ends an agreement that would else last to `last`.
fn untold_end(
    agreement: &Agreement,
    going_on: Option<GoingOn>,
    notice: Option<&Termination<'_>>,
    last: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let notice = notice.filter(|notice| notice.ends.is_none() && agreement.term.ended.known().is_none())?;
    let is_before_last = match last {
        Some(last) => notice.given < last,
        // A term that ends before it begins is a slip of its own.
        None => agreement.term.last_day().is_none(),
    };
    // Notice against a renewal that could still come lets the term run out; what has a cause does not wait for that.
    let could_come = |terms: GoingOn| terms.until.zip(last).is_none_or(|(until, last)| last < until);
    // What can end with any day does not run out with the year to which it is counted.
    let hinders = |terms: GoingOn| terms.has_notice_day && could_come(terms);
    let runs_out = notice.is_ordinary && going_on.is_some_and(hinders);
    (is_before_last && !runs_out).then_some(notice.given)
}

/// The term that the agreement states, with what of it is known.
fn stated(agreement: &Agreement, standing: Commitment) -> Stretch {
    Stretch {
        from: agreement.term.start.known().copied(),
        to: agreement.term.last_day(),
        months: None,
        commitment: standing,
        holds: true,
        declinable_until: None,
        rests_on: RestsOn::Stated,
        ends_at: path!["term", agreement.term.end_key()],
    }
}

/// The stretches one after the other from the day after `last`; those that have nothing left go.
fn after(mut stretches: Vec<Stretch>, last: NaiveDate) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| stretch.to.unwrap_or(NaiveDate::MAX));
    let mut last = Some(last);
    stretches.retain_mut(|stretch| {
        let Some(before) = last.filter(|last| stretch.to.is_none_or(|to| to > *last)) else { return false };
        stretch.from = stretch.from.max(before.succ_opt());
        last = stretch.to;
        true
    });
    stretches
}

/// The last day of the longest that the agreement's text can bring beyond `known`: its renewals and options, whether or not
/// it is too late for them.
fn reach(agreement: &Agreement, known: &[Stretch], first_end: NaiveDate) -> Option<NaiveDate> {
    let going_on = agreement.term.going_on();
    if going_on.is_none() && agreement.term.option.is_empty() {
        return last_of(known);
    }
    let (from_the_first, binding) = (NaiveDate::MIN, Commitment::Agreed);
    let mut all = known.to_vec();
    all.retain(|stretch| !stretch.can_be_declined());
    if let Some(going_on) = going_on {
        all.extend(renewals(going_on, last_of(&all)?, binding, None, from_the_first));
    }
    let last = last_of(&all)?;
    all.extend(options(agreement, None, (first_end, last, last), binding, from_the_first));
    last_of(&all)
}

/// The days after the last stretch up to `reach`.
fn lapsed(stretches: &[Stretch], reach: Option<NaiveDate>) -> Option<Period> {
    let days = Period { start: last_of(stretches)?.succ_opt()?, end: reach.unwrap_or(NaiveDate::MAX) };
    (!days.is_reversed()).then_some(days)
}

/// Takes away all after a last day.
fn cut(stretches: &mut Vec<Stretch>, early: &EarlyEnd) {
    stretches.retain(|stretch| stretch.from.is_none_or(|from| from <= early.day));
    if let Some(last) = stretches.last_mut().filter(|last| last.to.is_none_or(|to| early.day < to)) {
        last.to = Some(early.day);
        last.ends_at = early.path.clone();
    }
}
