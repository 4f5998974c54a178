//! The arguments of `iop followup`.

use std::path::PathBuf;

use clap::Args;

use super::{Common, Figures};

/// The arguments of `iop followup`.
#[derive(Debug, Args)]
pub struct FollowupArguments {
    /// Agreements, by id or path.
    #[arg(
        value_name = "AVTAL",
        help = "Avtalets namn eller fil, till exempel rsmh-lund-2021; alla avtal om inget anges",
        help_heading = "Argument"
    )]
    pub agreements: Vec<PathBuf>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// Only what is overdue.
    #[arg(long, help = "Visar bara det som är försenat", help_heading = "Flaggor")]
    pub overdue: bool,
    /// What lies ahead as well.
    #[arg(
        long,
        conflicts_with = "overdue",
        help = "Visar också det som ligger längre fram",
        help_heading = "Flaggor"
    )]
    pub all: bool,
    /// How it is written.
    #[command(flatten)]
    pub figures: Figures,
}
