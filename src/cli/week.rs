//! The arguments of `iop week`.

use clap::Args;

use super::{Asked, Common, Figures, number};

/// The arguments of `iop week`.
#[derive(Debug, Args)]
pub struct WeekArguments {
    /// Which agreements.
    #[command(flatten)]
    pub asked: Asked,
    /// How many days.
    #[arg(
        long,
        value_name = "DAGAR",
        default_value = "7",
        hide_default_value = true,
        value_parser = number(0, 366),
        help = "Så många dagar framåt; annars 7",
        help_heading = "Flaggor"
    )]
    pub days: u16,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// How it is shown.
    #[command(flatten)]
    pub figures: Figures,
}
