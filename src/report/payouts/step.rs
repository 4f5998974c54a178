//! One step of how a sum has been computed, and how its numbers are written.

use crate::finding::Place;
use crate::money::{Money, grouped_exactly};
use crate::text::NBSP;

/// One step: what is done, what it comes to, and where its numbers stand.
pub(super) struct Step {
    pub(super) what: String,
    pub(super) result: String,
    pub(super) place: Option<Place>,
}

impl Step {
    pub(super) fn new(what: impl Into<String>, result: impl Into<String>, place: Option<Place>) -> Self {
        Self { what: what.into(), result: result.into(), place }
    }
}

/// A number of kronor with all its decimals, up to ten.
pub(super) fn exactly(amount: Money) -> String {
    format!("{}{NBSP}kronor", grouped_exactly(amount.decimal().round_dp(10)))
}

/// An amount, or that the agreement does not state it.
pub(super) fn known(amount: Option<Money>) -> String {
    amount.map_or_else(|| "ej angivet".to_owned(), |amount| amount.to_string())
}
