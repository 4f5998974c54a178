//! How long the agreement lasts.

mod chain_gap;
mod chain_limit;
mod end_before_start;
mod end_on_anniversary;
mod ended_early;
mod extension_limit;
mod length_unclear;
mod life_contradictory;
mod notice_too_short;
mod options_limit;
mod overlap;
mod period_at_a_time;
mod review_timing;
mod term_in_prose;
mod term_limit;
mod term_passed;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &term_limit::RULE,
    &end_before_start::RULE,
    &term_passed::RULE,
    &options_limit::RULE,
    &chain_limit::RULE,
    &end_on_anniversary::RULE,
    &review_timing::RULE,
    &term_in_prose::RULE,
    &overlap::RULE,
    &period_at_a_time::RULE,
    &ended_early::RULE,
    &life_contradictory::RULE,
    &chain_gap::RULE,
    &length_unclear::RULE,
    &extension_limit::RULE,
    &notice_too_short::RULE,
];
