//! What the law may demand: what needs to be assessed, never what is lawful.

mod act_not_in_force;
mod aid_duties;
mod de_minimis;
mod direct_award;
mod exchange_rate_missing;
mod organisation_number;
mod public_insight;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &de_minimis::RULE,
    &exchange_rate_missing::RULE,
    &direct_award::RULE,
    &organisation_number::RULE,
    &public_insight::RULE,
    &aid_duties::RULE,
    &act_not_in_force::RULE,
];
