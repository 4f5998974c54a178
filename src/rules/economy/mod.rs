//! Money.

mod frame_exceeded;
mod frame_uncertain;
mod funding_outside_term;
mod funding_unclear;
mod year_without_funding;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &year_without_funding::RULE,
    &funding_outside_term::RULE,
    &frame_exceeded::RULE,
    &frame_uncertain::RULE,
    &funding_unclear::RULE,
];
