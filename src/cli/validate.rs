//! The arguments of `iop validate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Common, Judging, Output};
use crate::finding::Level;
use crate::report;

/// The arguments of `iop validate`.
#[derive(Debug, Args)]
pub struct ValidateArguments {
    /// Files or folders of which findings are shown.
    #[arg(
        value_name = "SÖKVÄG",
        help = "Filer eller mappar som anmärkningarna ska gälla; hela registret granskas ändå",
        help_heading = "Argument"
    )]
    pub paths: Vec<PathBuf>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// How it judges.
    #[command(flatten)]
    pub judging: Judging,
    /// The report's format.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "human (text, förval), json, github, gitlab, sarif eller junit",
        help_heading = "Flaggor"
    )]
    pub format: ReportArgument,
    /// Where the report is written.
    #[command(flatten)]
    pub output: Output,
    /// The mildest level that makes the run fail.
    #[arg(
        long,
        value_name = "ALLVAR",
        default_value = "error",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Körningen misslyckas (1) från detta allvar: error (förval), warning eller note",
        help_heading = "Flaggor"
    )]
    pub fail_on: LevelArgument,
    /// An earlier JSON report, of which nothing is shown again.
    #[arg(
        long,
        value_name = "FIL",
        help = "Visar bara det som är nytt sedan en tidigare rapport (--format json)",
        help_heading = "Flaggor"
    )]
    pub baseline: Option<PathBuf>,
    /// Shows also what somebody has decided to accept.
    #[arg(
        long,
        help = "Visar också det som registret har beslut om undantag från",
        help_heading = "Flaggor"
    )]
    pub no_waivers: bool,
}

/// A format of the report on findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportArgument {
    /// Text.
    Human,
    /// JSON.
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

impl From<ReportArgument> for report::Format {
    fn from(format: ReportArgument) -> Self {
        match format {
            ReportArgument::Human => Self::Human,
            ReportArgument::Json => Self::Json,
            ReportArgument::Github => Self::Github,
            ReportArgument::Gitlab => Self::Gitlab,
            ReportArgument::Sarif => Self::Sarif,
            ReportArgument::Junit => Self::Junit,
        }
    }
}

/// A level on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LevelArgument {
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl From<LevelArgument> for Level {
    fn from(level: LevelArgument) -> Self {
        match level {
            LevelArgument::Note => Self::Note,
            LevelArgument::Warning => Self::Warning,
            LevelArgument::Error => Self::Error,
        }
    }
}
