//! The arguments of `iop format`.

use std::path::PathBuf;

use clap::Args;

use super::In;

/// The arguments of `iop format`.
#[derive(Debug, Args)]
pub struct FormatArguments {
    /// Files or folders.
    #[arg(
        value_name = "FIL",
        help = "Filer, mappar eller avtal vid namn; hela registret om inget anges",
        help_heading = "Argument"
    )]
    pub files: Vec<PathBuf>,
    /// Whether nothing is written.
    #[arg(
        long,
        help = "Skriver inget: visar vilka filer som skulle ändras, och ger 1 om någon skulle det",
        help_heading = "Flaggor"
    )]
    pub check: bool,
    /// The register.
    #[command(flatten)]
    pub at: In,
}
