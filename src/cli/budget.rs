//! The arguments of `iop budget`.

use clap::Args;

use super::{Common, Figures};

/// The arguments of `iop budget`.
#[derive(Debug, Args)]
pub struct BudgetArguments {
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The first year.
    #[arg(long, value_name = "ÅR", value_parser = super::year, help = "Första året; annars det första som registret har", help_heading = "Flaggor")]
    pub from: Option<i32>,
    /// The last year.
    #[arg(long, value_name = "ÅR", value_parser = super::year, help = "Sista året; annars det sista som registret har", help_heading = "Flaggor")]
    pub to: Option<i32>,
    /// How the figures are written.
    #[command(flatten)]
    pub figures: Figures,
}
