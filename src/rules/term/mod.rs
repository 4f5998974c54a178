//! How long the agreement lasts.

mod end_before_start;
mod term_limit;
mod term_passed;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[&term_limit::RULE, &end_before_start::RULE, &term_passed::RULE];
