//! A component of the funding with its years.

use chrono::NaiveDate;

use super::amounts::{YearAmount, year_amounts};
use super::interpretation::Interpretation;
use crate::agreement::Agreement;
use crate::register::{Entry, Register};

/// A component with its years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component<'a> {
    /// Its key.
    pub key: &'a str,
    /// Whether it is only the most that can be paid.
    pub ceiling: bool,
    /// Its years in order.
    pub years: Vec<YearAmount<'a>>,
}

/// The components with their years; an indexation that the agreement leaves open is read as `reading` says.
pub(super) fn with_years<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> Vec<Component<'a>> {
    let funding = entry.data.funding.iter();
    funding
        .map(|(key, funding)| Component {
            key,
            ceiling: funding.ceiling,
            years: year_amounts(register, entry, key, funding, reading, as_of),
        })
        .collect()
}
