//! Money.

mod amount_in_prose;
mod amounts_overlap;
mod deduction_wrong;
mod frame_exceeded;
mod frame_uncertain;
mod funding_outside_term;
mod funding_unclear;
mod funding_without_time;
mod indexation_contradictory;
mod indexation_outside_term;
mod indexation_unclear;
mod invoice_twice;
mod invoice_wrong;
mod known_amounts;
mod late_report_cut;
mod months_differ;
mod own_contribution;
mod payer_unrecognised;
mod payment_differs;
mod payment_far_off;
mod payment_twice;
mod payment_unmatched;
mod payout_month_unclear;
mod payout_months;
mod payout_months_differ;
mod payout_plans_overlap;
mod payout_shares;
mod places_differ;
mod proration;
mod rate_part_of_time;
mod rate_steps;
mod rate_without_count;
mod receivers_unclear;
mod series_coverage;
mod series_jump;
mod series_reference;
mod series_use;
mod series_value_missing;
mod series_value_outdated;
mod series_value_uncertain;
mod state_grant_unclear;
mod supplier_is_account;
mod unfit;
mod year_without_funding;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &year_without_funding::RULE,
    &funding_outside_term::RULE,
    &frame_exceeded::RULE,
    &frame_uncertain::RULE,
    &funding_unclear::RULE,
    &months_differ::RULE,
    &amount_in_prose::RULE,
    &payout_shares::RULE,
    &payout_months::RULE,
    &own_contribution::RULE,
    &proration::RULE,
    &indexation_unclear::RULE,
    &series_value_missing::RULE,
    &series_value_uncertain::RULE,
    &series_value_outdated::RULE,
    &payment_differs::RULE,
    &payment_unmatched::RULE,
    &indexation_contradictory::RULE,
    &payout_plans_overlap::RULE,
    &series_coverage::RULE,
    &payment_far_off::RULE,
    &payout_months_differ::RULE,
    &indexation_outside_term::RULE,
    &payout_month_unclear::RULE,
    &rate_without_count::RULE,
    &payer_unrecognised::RULE,
    &funding_without_time::RULE,
    &deduction_wrong::RULE,
    &series_reference::RULE,
    &series_jump::RULE,
    &amounts_overlap::RULE,
    &rate_steps::RULE,
    &late_report_cut::RULE,
    &invoice_wrong::RULE,
    &invoice_twice::RULE,
    &supplier_is_account::RULE,
    &receivers_unclear::RULE,
    &state_grant_unclear::RULE,
    &rate_part_of_time::RULE,
    &places_differ::RULE,
    &payment_twice::RULE,
];
