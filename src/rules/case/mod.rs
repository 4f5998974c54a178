//! Decision and case.

mod party_without_signatory;
mod registry_number;
mod side_missing;

use super::Rule;

pub(super) const RULES: &[&Rule] =
    &[&registry_number::RULE, &party_without_signatory::RULE, &side_missing::RULE];
