//! What a municipality's documents look like: its templates, and for PDF its font and logotype. Loaded once a run.

use super::Templates;
#[cfg(feature = "pdf")]
use super::pdf::Press;
use crate::finding::Finding;
use crate::register::Register;

/// The municipality's stationery.
#[derive(Debug)]
pub struct Stationery {
    /// The templates of documents and clauses.
    pub templates: Templates,
    /// What sets PDF files.
    #[cfg(feature = "pdf")]
    pub press: Press,
}

impl Stationery {
    /// Loads what the register has of its own on top of what is built in. What cannot be used is a finding, and
    /// the built-in one stands in for it.
    #[must_use]
    pub fn load(register: &Register) -> (Self, Vec<Finding>) {
        let (templates, findings) = Templates::load(register.templates());
        #[cfg(feature = "pdf")]
        let (press, findings) = {
            let (press, faults) = Press::load(register);
            (press, findings.into_iter().chain(faults).collect())
        };
        let stationery = Self {
            templates,
            #[cfg(feature = "pdf")]
            press,
        };
        (stationery, findings)
    }

    /// Whether a font of the municipality or a bundled one has this character. A program without PDF prints
    /// nothing and has no objection.
    #[must_use]
    pub fn can_print(&self, letter: char) -> bool {
        #[cfg(feature = "pdf")]
        {
            self.press.covers(letter)
        }
        #[cfg(not(feature = "pdf"))]
        {
            _ = letter;
            true
        }
    }
}
