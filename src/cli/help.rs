//! The arguments of what tells of the program itself: `iop help`, `iop completions`, `iop man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// The arguments of `iop help`.
#[derive(Debug, Args)]
pub struct HelpArguments {
    /// The command.
    #[arg(value_name = "KOMMANDO", help = "Kommandot som hjälpen gäller", help_heading = "Argument")]
    pub command: Option<String>,
}

/// The arguments of `iop completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(
        value_name = "SKAL",
        hide_possible_values = true,
        help = "bash, elvish, fish, powershell eller zsh",
        help_heading = "Argument"
    )]
    pub shell: Shell,
}

/// The arguments of `iop man`.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// Where to write.
    #[arg(
        long,
        value_name = "MAPP",
        help = "Mapp att skriva sidorna i, till exempel ~/.local/share/man/man1",
        help_heading = "Flaggor"
    )]
    pub out: PathBuf,
}
