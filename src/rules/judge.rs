//! The one way to judge a register: what is found, then how grave it is here, what has been accepted, and what is known.

use chrono::NaiveDate;

use super::baseline::Baseline;
use super::levels::{Eased, Levels};
use super::waivers::{self, Waived};
use super::{check, sort};
use crate::documents::Stationery;
use crate::finding::Finding;
use crate::register::Register;

/// What one run asks for beyond what the register says itself.
#[derive(Debug, Default)]
pub struct Judging {
    /// What was found while the files were read: [`Register::load`] and [`Stationery::load`] tell it.
    pub read: Vec<Finding>,
    /// Levels that go before those of `iop.toml`.
    pub levels: Levels,
    /// Whether what somebody has decided to accept is found as well.
    pub ignores_waivers: bool,
    /// An earlier report.
    pub baseline: Option<Baseline>,
}

/// What a register is found to be. Each finding is in one of the lists, or in parts in several where it stands at several
/// places.
#[derive(Debug, Default)]
pub struct Judgement {
    /// What is left to show, in reading order.
    pub findings: Vec<Finding>,
    /// What somebody has decided to accept.
    pub waived: Vec<Waived>,
    /// What an earlier report held.
    pub known: Vec<Finding>,
    /// What levels have switched off, and what they have made milder; the latter is found as well.
    pub eased: Vec<Eased>,
}

impl Judgement {
    /// Leaves only what is asked about.
    pub fn retain(&mut self, is_asked_about: impl Fn(&Finding) -> bool) {
        self.findings.retain(&is_asked_about);
        self.waived.retain(|waived| is_asked_about(&waived.finding));
        self.known.retain(&is_asked_about);
        self.eased.retain(|eased| is_asked_about(&eased.finding));
    }
}

/// Judges the whole register as of a day. Levels come first, so that an earlier report is compared with what this one would
/// have said; then waivers; then the earlier report.
#[must_use]
pub fn judge(register: &Register, stationery: &Stationery, judging: Judging, as_of: NaiveDate) -> Judgement {
    let Judging { read: mut findings, levels: given, ignores_waivers, baseline } = judging;
    findings.append(&mut check(register, stationery, as_of));
    let levels = Levels::of(register).and(given);
    let mut eased = levels.apply(&mut findings);
    // What is to be said of the waivers themselves does not depend on whether they are honoured.
    let found = ignores_waivers.then(|| findings.clone());
    let (mut waived, mut said) = waivers::apply(register, as_of, &mut findings);
    if let Some(found) = found {
        findings = found;
        waived = Vec::new();
    }
    eased.append(&mut levels.apply(&mut said));
    findings.append(&mut said);
    let known = baseline.map_or_else(Vec::new, |baseline| baseline.take_known(&mut findings));
    sort(register, &mut findings);
    Judgement { findings, waived, known, eased }
}
