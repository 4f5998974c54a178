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
    /// What it is shown by.
    #[arg(
        long,
        value_name = "SLAG",
        help = "Visar i stället municipality (kommun): hela kommunen, end (slut): vad som slutar när, med belopp per år, eller något av registrets kodfält",
        help_heading = "Flaggor"
    )]
    pub by: Option<BudgetBy>,
    /// How the figures are written.
    #[command(flatten)]
    pub figures: Figures,
}

/// What the budget is shown by, instead of committee and line. Swedish words are understood as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BudgetBy {
    /// The municipality as a whole, committee by committee.
    Municipality,
    /// The days on which agreements end.
    End,
    /// A field of the code string, as it is named here.
    Code(String),
}

impl From<String> for BudgetBy {
    fn from(word: String) -> Self {
        match word.as_str() {
            "municipality" | "kommun" => Self::Municipality,
            "end" | "slut" => Self::End,
            _ => Self::Code(word),
        }
    }
}
