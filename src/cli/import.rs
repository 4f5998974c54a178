//! The arguments of `iop import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::In;

/// The arguments of `iop import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The papers.
    #[arg(
        value_name = "FIL",
        required_unless_present = "table",
        help = "Avtal eller tjänsteskrivelse: docx, odt, pdf med text, html, md eller txt",
        help_heading = "Argument"
    )]
    pub files: Vec<PathBuf>,
    /// A list of agreements, one a row.
    #[arg(
        long,
        value_name = "LISTA",
        conflicts_with = "files",
        help = "Kommunens egen lista (xlsx eller csv): ett avtal per rad",
        help_heading = "Flaggor"
    )]
    pub table: Option<PathBuf>,
    /// The agreement's id.
    #[arg(
        long,
        value_name = "NAMN",
        help = "Avtalets namn i registret, som oppet-hus-2024; annars organisation och år",
        help_heading = "Flaggor"
    )]
    pub id: Option<String>,
    /// Whether names of people are written.
    #[arg(long, help = "Skriv också namn på kontaktpersoner och undertecknare", help_heading = "Flaggor")]
    pub names: bool,
    /// How the list of facts is shown.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true,
        help = "table (förval) eller json: hur det visas vad som är hittat, osäkert och inte hittat",
        help_heading = "Flaggor"
    )]
    pub format: ImportFormat,
    /// The register.
    #[command(flatten)]
    pub at: In,
}

/// How the list of facts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// A table for the terminal.
    Table,
    /// JSON.
    Json,
}
