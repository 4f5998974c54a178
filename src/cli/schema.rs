//! The arguments of `iop schema`.

use std::path::PathBuf;

use clap::Args;

/// The arguments of `iop schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Where to write.
    #[arg(
        long,
        value_name = "MAPP",
        default_value = "schema",
        hide_default_value = true,
        help = "Mapp att skriva i; annars schema/ i den här mappen",
        help_heading = "Flaggor"
    )]
    pub out: PathBuf,
}
