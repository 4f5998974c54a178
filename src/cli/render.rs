//! The arguments of `iop render`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Asked, Common, Judging};
use crate::documents::DocumentKind;

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
    /// Only one kind of document.
    #[arg(
        long,
        value_name = "DOKUMENT",
        hide_possible_values = true,
        help = "avtal eller tjansteskrivelse; båda om inget anges",
        help_heading = "Flaggor"
    )]
    pub document: Option<DocumentArgument>,
    /// Only one file format.
    #[arg(
        long,
        value_name = "FORMAT",
        hide_possible_values = true,
        help = "md (Markdown) eller pdf; båda om inget anges",
        help_heading = "Flaggor"
    )]
    pub format: Option<FileFormat>,
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

/// A file format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// Markdown.
    Md,
    /// PDF.
    #[cfg(feature = "pdf")]
    Pdf,
}

impl FileFormat {
    /// The formats that this program can write.
    #[must_use]
    pub fn all() -> Vec<Self> {
        Self::value_variants().to_vec()
    }
}

/// A document on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DocumentArgument {
    /// The agreement.
    Avtal,
    /// The memo.
    Tjansteskrivelse,
}

impl From<DocumentArgument> for DocumentKind {
    fn from(document: DocumentArgument) -> Self {
        match document {
            DocumentArgument::Avtal => Self::Avtal,
            DocumentArgument::Tjansteskrivelse => Self::Tjansteskrivelse,
        }
    }
}
