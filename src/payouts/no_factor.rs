//! Why an amount cannot be adjusted.

use super::indexation::Contradiction;
use crate::date::Period;

/// Why a factor cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoFactor {
    /// A value that is not known on the day.
    MissingValue {
        /// The series' key.
        series: String,
        /// Year or month.
        key: String,
        /// The month whose notice of it counts, where just one does.
        month: Option<Period>,
    },
    /// The series itself is not in the register.
    MissingSeries(String),
    /// Nothing says by what the amount is adjusted.
    ByNothing,
    /// Index levels against a base that is not stated.
    NoBase,
    /// An index level of 0 or less.
    NoLevel {
        /// The series' key.
        series: String,
        /// Year or month.
        key: String,
    },
    /// Index levels of different reference periods, and no link between these that counts.
    NoLink {
        /// The series' key.
        series: String,
        /// The reference period of what is measured from, where it is stated.
        from: Option<String>,
        /// That of the value.
        to: Option<String>,
        /// A link between them with a factor of 0 or less, by key.
        uncounted: Option<String>,
    },
    /// A change of −100 per cent or more downwards, which leaves nothing to pay.
    Negative,
    /// A number beyond what can be computed.
    TooLarge,
    /// The indexation says two things at once.
    Contradiction(Contradiction),
    /// No years are named, and the term is not known.
    NoTerm,
}
