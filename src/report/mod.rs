//! What a run found or computed, as people or programs read it: one file per format, text out, written elsewhere.

pub mod budget;
mod carriers;
pub mod certainty;
mod codes;
mod evidence;
pub mod fingerprint;
pub mod follow_up;
pub mod github;
mod gitlab;
mod held_back;
mod human;
pub mod imported;
mod json;
mod junit;
pub mod missing;
pub mod one_agreement;
pub mod overview;
mod parties;
pub mod payouts;
pub mod rules;
mod sarif;
pub mod schedule;
pub mod sheet;
mod term;
pub mod week;

use chrono::NaiveDate;

pub use codes::position as code_field;

use crate::finding::{Finding, Level, Tally};
use crate::register::Register;
use crate::rules::Judgement;
use crate::rules::levels::Eased;
use crate::rules::waivers::Waived;

/// The findings of one run.
#[derive(Debug)]
pub struct Report<'a> {
    /// The register that they point into.
    pub register: &'a Register,
    /// The findings, in reading order.
    pub findings: &'a [Finding],
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// Where the register lies below the root of its repository, with `/` at its end; empty where it is that root.
    /// What shows findings in a repository needs paths from there.
    pub base: String,
    /// The files of the register that were asked about, with or without findings.
    pub files: Vec<&'a str>,
    /// The mildest level that makes the run fail.
    pub failing: Level,
    /// The mildest level that people are shown. Reports for programs hold all, and the summary counts all.
    pub shown_from: Level,
    /// The findings that somebody has decided to accept, which are not among the others.
    pub waived: &'a [Waived],
    /// The findings that were left out because an earlier report held them.
    pub known: &'a [Finding],
    /// What was found in the rest of the register, where only a part of it was asked about.
    pub elsewhere: Option<Tally>,
    /// The findings that levels have switched off, and those that they have made milder, which are among the others.
    pub eased: &'a [Eased],
}

impl<'a> Report<'a> {
    /// All that was found in a register, as seen from its own folder.
    #[must_use]
    pub fn new(register: &'a Register, findings: &'a [Finding], as_of: NaiveDate) -> Self {
        Self {
            register,
            findings,
            as_of,
            base: String::new(),
            files: register.files().collect(),
            failing: Level::Error,
            shown_from: Level::Note,
            waived: &[],
            known: &[],
            elsewhere: None,
            eased: &[],
        }
    }

    /// What a register was found to be.
    #[must_use]
    pub fn of(register: &'a Register, judgement: &'a Judgement, as_of: NaiveDate) -> Self {
        let Judgement { findings, waived, known, eased } = judgement;
        Self { waived, known, eased, ..Self::new(register, findings, as_of) }
    }
}

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Swedish text with excerpts.
    Human,
    /// One JSON object.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// Test results, as CI systems read them.
    Junit,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] =
        [Self::Human, Self::Json, Self::Github, Self::Gitlab, Self::Sarif, Self::Junit];

    /// Its word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }
}

impl Report<'_> {
    /// The report as text. Human text holds terminal styles, for the writer to keep or strip.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Human => human::write(self),
            Format::Json => json::write(self),
            Format::Github => github::write(self),
            Format::Gitlab => gitlab::write(self),
            Format::Sarif => sarif::write(self),
            Format::Junit => junit::write(self),
        }
    }

    /// The line that sums up a run: "2 avtal granskade: 0 fel, 1 varning, 3 noter."
    #[must_use]
    pub fn summary(&self) -> String {
        human::summary(self)
    }

    /// The summary of a job in Markdown, with as many findings as there is room for after `there` bytes of others.
    #[must_use]
    pub fn job_summary(&self, there: usize) -> String {
        github::summary(self, there)
    }

    /// A file's path from the root of its repository.
    fn path(&self, file: &str) -> String {
        format!("{}{file}", self.base)
    }

    /// What a finding says and what to do about it, for what has one text for both.
    fn told(finding: &Finding) -> String {
        match &finding.help {
            Some(help) => format!("{}\nGör så här: {help}", finding.message),
            None => finding.message.clone(),
        }
    }

    fn tally(&self) -> Tally {
        Tally::of(self.findings)
    }
}
