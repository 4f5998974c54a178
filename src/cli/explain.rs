//! The arguments of `iop explain`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Wide;

/// The arguments of `iop explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The rule, by code or name.
    #[arg(
        value_name = "KOD",
        help = "Anmärkningens kod eller namn, till exempel IOP201, eller en familj, till exempel IOP4; alla om ingen anges",
        help_heading = "Argument"
    )]
    pub code: Option<String>,
    /// The format.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "human (text, förval) eller json",
        help_heading = "Flaggor"
    )]
    pub format: FormatArgument,
    /// Where to write pages.
    #[arg(
        long,
        value_name = "MAPP",
        help = "Skriver en sida per anmärkning i mappen i stället för att visa dem",
        help_heading = "Flaggor"
    )]
    pub out: Option<PathBuf>,
    /// How wide the list of all is.
    #[command(flatten)]
    pub wide: Wide,
}

/// How the rules are shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArgument {
    /// Text.
    Human,
    /// JSON.
    Json,
}
