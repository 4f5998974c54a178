//! What a municipality's documents look like: its templates, and for PDF its font and logotype. Loaded once a run.

use super::Templates;
use super::format::docx;
#[cfg(feature = "pdf")]
use super::format::pdf::Press;
use super::logotype::{self, Logotype};
use crate::finding::{Finding, Level, Place};
use crate::register::{Register, WORD, codes};

/// The municipality's stationery.
#[derive(Debug)]
pub struct Stationery {
    /// The templates of documents and clauses.
    pub templates: Templates,
    /// The logotype, where the register has one.
    pub(super) logotype: Option<Logotype>,
    /// The municipality's own Word template, where the register has one.
    pub(super) word: Option<docx::Template>,
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
        let word = word_template(register, &mut findings);
        #[cfg(feature = "pdf")]
        let press = {
            let (press, mut faults) = Press::load(register, logotype.as_ref());
            findings.append(&mut faults);
            press
        };
        let stationery = Self {
            templates,
            logotype,
            word,
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

/// The municipality's own Word template. One that cannot be filled is a finding, and our own page stands in for it.
fn word_template(register: &Register, findings: &mut Vec<Finding>) -> Option<docx::Template> {
    let (file, bytes) = register.assets(WORD).find(|(file, _)| file.ends_with("/mall.docx"))?;
    match docx::Template::read(bytes) {
        Ok(template) => Some(template),
        Err(fault) => {
            findings.push(
                Finding::new(codes::STATIONERY, Level::Error, Place::file(file), fault.problem)
                    .help(fault.help),
            );
            None
        }
    }
}
