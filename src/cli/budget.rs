//! The arguments of `iop budget`.

use clap::{Args, ValueEnum};

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
    /// What it is shown by.
    #[arg(
        long,
        value_name = "SLAG",
        hide_possible_values = true,
        help = "Visar i stället municipality (kommun): hela kommunen, eller end (slut): vad som slutar när, med belopp per år",
        help_heading = "Flaggor"
    )]
    pub by: Option<BudgetBy>,
    /// How the figures are written.
    #[command(flatten)]
    pub figures: Figures,
}

/// What the budget is shown by, instead of committee and line. Swedish words are understood as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BudgetBy {
    /// The municipality as a whole, committee by committee.
    #[value(alias = "kommun")]
    Municipality,
    /// The days on which agreements end.
    #[value(alias = "slut")]
    End,
}
