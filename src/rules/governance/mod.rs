//! Steering and follow-up.

mod author_near_party;
mod contact_missing;
mod due_day_impossible;
mod event_in_future;
mod meeting_plan_order;
mod no_convener;
mod party_without_seat;
mod record_unmatched;
mod report_receiver;
mod report_unassigned;
mod too_few_meetings;
mod too_few_reports;
mod yearly_report_missing;

use super::Rule;
use crate::agreement::{Agreement, Every};

pub(super) const RULES: &[&Rule] = &[
    &too_few_meetings::RULE,
    &too_few_reports::RULE,
    &no_convener::RULE,
    &party_without_seat::RULE,
    &yearly_report_missing::RULE,
    &report_unassigned::RULE,
    &contact_missing::RULE,
    &record_unmatched::RULE,
    &event_in_future::RULE,
    &meeting_plan_order::RULE,
    &due_day_impossible::RULE,
    &author_near_party::RULE,
    &report_receiver::RULE,
];

/// How many times a year something that comes every so often comes; never for what comes once.
fn times_a_year(every: Every) -> u32 {
    match every {
        Every::Month => 12,
        Every::Quarter => 4,
        Every::HalfYear => 2,
        Every::Year => 1,
        Every::Once => 0,
    }
}

/// The months of a term that ends before a year has passed, with a last day that is known; nothing of one that may go on by
/// itself, or of a longer one.
fn months_of_short_term(agreement: &Agreement) -> Option<u32> {
    let term = &agreement.term;
    // One in months is as long whatever its first day turns out to be.
    let months = match term.period() {
        Some(period) => period.length().months,
        None => term.months?,
    };
    Some(months).filter(|months| *months < 12 && term.going_on().is_none())
}
