//! The arguments of `iop validate`.

use std::path::PathBuf;

use clap::Args;

use super::{Common, Judging, Output, one_of};
use crate::finding::Level;
use crate::report::Format;

/// The arguments of `iop validate`.
#[derive(Debug, Args)]
pub struct ValidateArguments {
    /// Files or folders of which findings are shown.
    #[arg(
        value_name = "SÖKVÄG",
        help = "Filer, mappar eller avtal vid namn som anmärkningarna ska gälla; hela registret granskas ändå",
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
        value_parser = one_of(&Format::ALL, Format::word),
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "human (text, förval), json, github, gitlab, sarif eller junit",
        help_heading = "Flaggor"
    )]
    pub format: Format,
    /// Where the report is written.
    #[command(flatten)]
    pub output: Output,
    /// The mildest level that makes the run fail.
    #[arg(
        long,
        value_name = "ALLVAR",
        value_parser = one_of(&Level::ALL, Level::key),
        default_value = "error",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Körningen misslyckas (1) från detta allvar: error (förval), warning eller note",
        help_heading = "Flaggor"
    )]
    pub fail_on: Level,
    /// The mildest level that is shown.
    #[arg(
        long,
        value_name = "ALLVAR",
        value_parser = one_of(&Level::ALL, Level::key),
        default_value = "note",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Visar anmärkningar från detta allvar: note (förval), warning eller error; alla räknas ändå",
        help_heading = "Flaggor"
    )]
    pub show: Level,
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
    /// Mends first what can be mended without anybody deciding anything.
    #[arg(
        long,
        conflicts_with = "baseline",
        help = "Rättar först det som går att rätta utan att någon bestämmer något; iop explain säger vad av en anmärkning",
        help_heading = "Flaggor"
    )]
    pub fix: bool,
    /// Shows what would be mended, and writes nothing.
    #[arg(
        long,
        requires = "fix",
        help = "Med --fix: visar rad för rad vad som skulle rättas, och skriver inget",
        help_heading = "Flaggor"
    )]
    pub diff: bool,
}
