//! What a municipality's documents look like: its templates, and for PDF its font and logotype. Loaded once a run.

use super::logotype::{self, Logotype};
use super::Templates;
#[cfg(feature = "pdf")]
use super::format::pdf::Press;
use crate::finding::Finding;
use crate::register::Register;

/// The municipality's stationery.
#[derive(Debug)]
pub struct Stationery {
    /// The templates of documents and clauses.
    pub templates: Templates,
    /// The logotype, where the register has one.
    pub(super) logotype: Option<Logotype>,
    /// What sets PDF files.
    #[cfg(feature = "pdf")]
    pub press: Press,
}

impl Stationery {
    /// Loads what the register has of its own on top of what is built in. What cannot be used is a finding, and
    /// the built-in one stands in for it.
    #[must_use]
    pub fn load(register: &Register) -> (Self, Vec<Finding>) {
        let (templates, mut findings) = Templates::load(register.templates());
        let logotype = logotype::load(register, &mut findings);
        #[cfg(feature = "pdf")]
        let press = {
            let (press, mut faults) = Press::load(register, logotype.as_ref());
            findings.append(&mut faults);
            press
        };
        let stationery = Self {
            templates,
            logotype,
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
