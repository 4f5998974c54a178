//! Decision and case.

mod annex_missing;
mod approval_missing;
mod authority_unproved;
mod basis_after_memo;
mod carried_over;
mod childs_best_missing;
mod committee_twice;
mod decided_sum;
mod decision_after_start;
mod decision_differs;
mod decision_off_plan;
mod decision_order;
mod decision_without_amount;
mod delegated_decision_unreported;
mod distribution_empty;
mod event_too_early;
mod executor_missing;
mod guideline_not_in_force;
mod memo_not_first;
mod party_without_signatory;
mod proposal_incomplete;
mod reason_repeats_title;
mod registry_number;
mod registry_number_form;
mod section_sign;
mod section_sign_in_source;
mod side_missing;
mod signed_before_decision;
mod signed_without_dates;
mod status_behind_records;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &registry_number::RULE,
    &party_without_signatory::RULE,
    &side_missing::RULE,
    &registry_number_form::RULE,
    &decision_after_start::RULE,
    &signed_before_decision::RULE,
    &authority_unproved::RULE,
    &delegated_decision_unreported::RULE,
    &proposal_incomplete::RULE,
    &executor_missing::RULE,
    &distribution_empty::RULE,
    &childs_best_missing::RULE,
    &reason_repeats_title::RULE,
    &memo_not_first::RULE,
    &basis_after_memo::RULE,
    &section_sign::RULE,
    &signed_without_dates::RULE,
    &approval_missing::RULE,
    &section_sign_in_source::RULE,
    &status_behind_records::RULE,
    &event_too_early::RULE,
    &guideline_not_in_force::RULE,
    &decision_differs::RULE,
    &decision_order::RULE,
    &annex_missing::RULE,
    &committee_twice::RULE,
    &decision_off_plan::RULE,
    &decision_without_amount::RULE,
    &carried_over::RULE,
];
