//! The arguments of `iop done`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::Common;

/// The arguments of `iop done`.
#[derive(Debug, Args)]
pub struct DoneArguments {
    /// The agreement.
    #[arg(
        value_name = "AVTAL",
        help = "Avtalets namn eller fil, till exempel rsmh-lund-2021; eller ensamt ett helt id ur iop schedule",
        help_heading = "Argument"
    )]
    pub agreement: PathBuf,
    /// What has been done.
    #[arg(
        value_name = "SLAG",
        help = "Slag av datum, som activity-report, eller nyckeln för uppföljningen eller styrgruppen; slag/nyckel om flera kan menas",
        help_heading = "Argument"
    )]
    pub kind: Option<String>,
    /// For which period.
    #[arg(
        value_name = "PERIOD",
        help = "Perioden, som den heter i iop schedule: 2021H1, 2021 eller 2021-05; - om det bara finns en",
        help_heading = "Argument"
    )]
    pub period: Option<String>,
    /// When.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = super::date,
        help = "Dagen då det gjordes",
        help_heading = "Flaggor"
    )]
    pub date: NaiveDate,
    /// Where it is kept.
    #[arg(
        long,
        value_name = "HANDLING",
        help = "Diarienummer eller fil, till exempel \"SO 2021/0345\"",
        help_heading = "Flaggor"
    )]
    pub reference: Option<String>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
}
