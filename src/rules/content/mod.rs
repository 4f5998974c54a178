//! What the agreement says.

mod annex_undescribed;
mod assessment_missing;
mod clause_missing;
mod clause_unknown;
mod clause_without_data;
mod facts_contradict;
mod ground_unmet;
mod ground_weak;
mod ground_without_reason;
pub(super) mod matter_unregulated;
mod no_legal_person;
mod open_fact;
mod other_partys_name;
mod purchase_wording;
mod repayment_without_measure;
mod same_legal_person;
mod short_name_twice;
pub(super) mod steering_group_undescribed;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &clause_missing::RULE,
    &ground_unmet::RULE,
    &clause_unknown::RULE,
    &open_fact::RULE,
    &clause_without_data::RULE,
    &ground_without_reason::RULE,
    &assessment_missing::RULE,
    &purchase_wording::RULE,
    &no_legal_person::RULE,
    &repayment_without_measure::RULE,
    &annex_undescribed::RULE,
    &steering_group_undescribed::RULE,
    &matter_unregulated::RULE,
    &ground_weak::RULE,
    &facts_contradict::RULE,
    &same_legal_person::RULE,
    &short_name_twice::RULE,
    &other_partys_name::RULE,
];
