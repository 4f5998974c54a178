//! The arguments of `iop list` and `iop show`.

use std::path::PathBuf;

use clap::Args;

use super::{Asked, Common, Figures};

/// The arguments of `iop list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Which agreements.
    #[command(flatten)]
    pub asked: Asked,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// How it is shown.
    #[command(flatten)]
    pub figures: Figures,
}

/// The arguments of `iop show`.
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// The agreement.
    #[arg(
        value_name = "AVTAL",
        help = "Avtalets namn eller fil, till exempel rsmh-lund-2021",
        help_heading = "Argument"
    )]
    pub agreement: PathBuf,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// How it is shown.
    #[command(flatten)]
    pub figures: Figures,
}
