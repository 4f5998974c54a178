//! The arguments of `iop render`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Asked, Common, Judging};
use crate::documents::Format;

const FORMATS: &str = if cfg!(feature = "pdf") {
    "md (Markdown), html, docx (Word) eller pdf, eller flera med komma emellan; md och pdf om inget anges"
} else {
    "md (Markdown), html eller docx (Word), eller flera med komma emellan; md om inget anges"
};

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.ending()))
        .map(|ending| Format::of_ending(&ending).unwrap_or(Format::Markdown))
}

/// The arguments of `iop render`.
#[derive(Debug, Args)]
pub struct RenderArguments {
    /// Which agreements.
    #[command(flatten)]
    pub asked: Asked,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// How it judges.
    #[command(flatten)]
    pub judging: Judging,
    /// Names the kinds of documents and writes none.
    #[arg(
        long,
        help = "Visar vilka dokument som finns och vad vart och ett är till för",
        help_heading = "Flaggor"
    )]
    pub list: bool,
    /// Only these kinds of documents.
    #[arg(
        long,
        value_name = "DOKUMENT",
        value_delimiter = ',',
        help = "Bara dessa dokument, till exempel avtal; alla som handlar om ett helt avtal om inget anges",
        help_heading = "Flaggor"
    )]
    pub document: Vec<String>,
    /// Only these file formats.
    #[arg(
        long,
        value_name = "FORMAT",
        value_delimiter = ',',
        value_parser = format(),
        hide_possible_values = true,
        help = FORMATS,
        help_heading = "Flaggor"
    )]
    pub format: Vec<Format>,
    /// Where to write.
    #[arg(
        long,
        value_name = "MAPP",
        help = "Mapp att skriva i; annars build/ i registrets mapp",
        help_heading = "Flaggor"
    )]
    pub out: Option<PathBuf>,
    /// Takes away documents of earlier runs.
    #[arg(
        long,
        help = "Tar bort dokument som iop har skrivit tidigare i mappen och som inte skrivs nu",
        help_heading = "Flaggor"
    )]
    pub clean: bool,
    /// Only finished documents.
    #[arg(
        long = "final",
        help = "Skriver bara färdiga dokument: utan fel och utan öppna uppgifter",
        help_heading = "Flaggor"
    )]
    pub is_final: bool,
}
