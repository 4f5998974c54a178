//! Numbers that are the least or the most of something.

use crate::vocabulary;

vocabulary! {
    /// What a number is: just so many, or the least or the most.
    #[derive(Default)]
    pub enum Bound ("Antalet är") {
        /// Just so many.
        #[default]
        Exactly = "exactly", "precis så många", "varken fler eller färre än talet";
        /// No fewer.
        AtLeast = "at-least", "minst så många", "talet är det lägsta";
        /// No more.
        AtMost = "at-most", "högst så många", "talet är det högsta";
    }
}

impl Bound {
    /// Whether another number is one of those that are meant.
    #[must_use]
    pub fn allows(self, stated: u32, other: u32) -> bool {
        match self {
            Self::Exactly => other == stated,
            Self::AtLeast => other >= stated,
            Self::AtMost => other <= stated,
        }
    }

    /// The number with the word that says what it is: "minst 12".
    #[must_use]
    pub fn told(self, number: u32) -> String {
        match self {
            Self::Exactly => number.to_string(),
            Self::AtLeast => format!("minst {number}"),
            Self::AtMost => format!("högst {number}"),
        }
    }
}
