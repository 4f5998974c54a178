//! The arguments of `iop followup`.

use clap::Args;

use super::{Asked, Common, Figures};

/// The arguments of `iop followup`.
#[derive(Debug, Args)]
pub struct FollowupArguments {
    /// Which agreements.
    #[command(flatten)]
    pub asked: Asked,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// Only what is overdue.
    #[arg(long, help = "Visar bara det som är försenat", help_heading = "Flaggor")]
    pub overdue: bool,
    /// What is done as well.
    #[arg(long, conflicts_with = "overdue", help = "Visar också det som är klart", help_heading = "Flaggor")]
    pub done: bool,
    /// All of it, with what lies ahead.
    #[arg(
        long,
        conflicts_with = "overdue",
        help = "Visar allt: också det som är klart och det som ligger längre fram",
        help_heading = "Flaggor"
    )]
    pub all: bool,
    /// How it is written.
    #[command(flatten)]
    pub figures: Figures,
}
