//! What the agreement says.

mod clause_missing;
mod clause_unknown;
mod clause_without_data;
mod ground_unmet;
mod open_fact;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &clause_missing::RULE,
    &ground_unmet::RULE,
    &clause_unknown::RULE,
    &open_fact::RULE,
    &clause_without_data::RULE,
];
