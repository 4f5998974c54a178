//! Which agreements a fault can be planted in.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::demo::case::Case;
use crate::demo::days::{AS_OF, has_come};
use crate::demo::life::Course;
use crate::demo::outline::{Adjustment, Outline, Payout, Raise, Shape};
pub(super) fn always(_: &Case) -> bool {
    true
}

/// The same amount a month throughout, and nothing that could make the term longer: a term that is changed has parts of
/// years, which are in proportion only then, and may reach days on which other choices would hold.
pub(super) fn without_steps(outline: &mut Outline) {
    outline.raise = Raise::None;
    outline.course = Course::Stated;
    outline.before = None;
    if matches!(outline.shape, Shape::Yearly(_) | Shape::Several) {
        outline.shape = Shape::Yearly(0);
    }
}

pub(super) fn is_alone(case: &Case) -> bool {
    case.outline.chain == 1 && case.life.course == Course::Stated
}

/// Whether money is stated for times, and not for as long as the agreement lasts.
pub(super) fn has_periods(case: &Case) -> bool {
    !case.outline.is_open_ended()
}

pub(super) fn is_ended(case: &Case) -> bool {
    case.status == "ended"
}

pub(super) fn is_not_begun(case: &Case) -> bool {
    case.term.start > AS_OF || case.status == "ended"
}

pub(super) fn is_signed(case: &Case) -> bool {
    case.is_signed() && case.term.start + Days::new(20) < AS_OF
}

pub(super) fn is_joint(case: &Case) -> bool {
    case.outline.with_region || case.outline.with_neighbour
}

pub(super) fn has_amounts(case: &Case) -> bool {
    !matches!(case.outline.shape, Shape::Rate | Shape::Standing(_)) && !is_joint(case)
}

pub(super) fn has_shares(case: &Case) -> bool {
    case.outline.payout == Payout::Shares
}

/// Whether more than one year is adjusted, so that it matters from what.
pub(super) fn is_adjusted_twice(case: &Case) -> bool {
    let is_yearly = !matches!(case.outline.adjustment, Adjustment::None | Adjustment::OnExtension);
    is_yearly && case.term.years().count() > 2 && case.outline.months > 24
}

/// Whether the adjustment follows an index.
pub(super) fn follows_a_series(case: &Case) -> bool {
    matches!(case.outline.adjustment, Adjustment::Series | Adjustment::Level | Adjustment::Composite)
}

/// Whether something has been paid that is owed in full, and that no early end has made less of.
pub(super) fn has_paid_a_year(case: &Case) -> bool {
    case.is_decided()
        && case.term.start + Months::new(14) < AS_OF
        && case.outline.shape != Shape::Ceiling
        && !case.life.ends_early()
}

/// Whether payouts that have fallen due were paid by invoice.
pub(super) fn is_invoiced(case: &Case) -> bool {
    has_paid_a_year(case) && matches!(case.outline.payout, Payout::Twice | Payout::Monthly)
}

/// Whether a yearly report has come.
pub(super) fn has_report(case: &Case) -> bool {
    let first = NaiveDate::from_ymd_opt(case.term.start.year() + 1, 2, 12);
    case.is_decided() && first.is_some_and(has_come)
}

/// Whether the steering group has met.
pub(super) fn has_meeting(case: &Case) -> bool {
    let first = case.term.start + Months::new(2) + Days::new(9);
    case.is_decided() && first <= case.last_day && has_come(first)
}

/// Whether there are reports on file, which would refer to a duty that is gone.
pub(super) fn has_reports(case: &Case) -> bool {
    case.is_decided() && case.term.start.year() < AS_OF.year()
}

/// Whether the value is above every limit for direct awards of such services at that time.
pub(super) fn is_above_award(case: &Case) -> bool {
    let limit = if case.activity.service == "general" { 700_000 } else { 8_109_450 };
    let years = 2022..=2025;
    let known = |date: NaiveDate| years.contains(&date.year());
    known(case.opened - Months::new(2)) && known(case.term.start) && case.total() > limit
}
