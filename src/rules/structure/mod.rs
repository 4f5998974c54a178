//! Files, keys, references, and texts that are not what they look like.

mod guideline_assumed;
mod guideline_missing;
mod letter_without_glyph;
mod near_name;
mod personal_number;
mod reading;
mod reference;
mod register_reference;
mod template_leftover;
mod text_too_deep;

pub(super) use template_leftover::leftover;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &reading::UNREADABLE,
    &reading::SYNTAX,
    &reading::UNKNOWN_KEY,
    &reading::MISSING_KEY,
    &reading::TYPE,
    &reading::DOMAIN,
    &reading::FILE_NAME,
    &reference::RULE,
    &reading::TEMPLATE,
    &register_reference::RULE,
    &guideline_missing::RULE,
    &reading::STATIONERY,
    &letter_without_glyph::RULE,
    &text_too_deep::RULE,
    &personal_number::RULE,
    &template_leftover::RULE,
];

/// Those whose codes come after the rules about waivers.
pub(super) const LATER: &[&Rule] = &[&near_name::RULE, &guideline_assumed::RULE];
