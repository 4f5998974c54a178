//! `iop help`, `iop completions`, `iop man`: what the program says of itself.

use clap_mangen::Man;

use super::{Outcome, UsageError, files};
use crate::cli::{self, CompletionsArguments, HelpArguments, ManArguments};
use crate::text;

pub(super) fn run(arguments: &HelpArguments) -> anyhow::Result<Outcome> {
    let mut program = cli::command_line();
    program.build();
    let help = match &arguments.command {
        None => program.render_help(),
        Some(name) => {
            let known: Vec<String> =
                program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let command = program.find_subcommand_mut(name);
            command.ok_or_else(|| unknown(name, &known))?.render_help()
        }
    };
    files::print(&help.ansi().to_string())?;
    Ok(Outcome::Clean)
}

fn unknown(name: &str, known: &[String]) -> UsageError {
    let known = || known.iter().map(String::as_str);
    let hint = text::nearest(name, known()).map_or_else(
        || format!("De som finns är {}.", text::list(&known().collect::<Vec<_>>())),
        |near| format!("Menade du ”{near}”?"),
    );
    UsageError(format!("Kommandot ”{}” finns inte. {hint}", text::visible(name)))
}

pub(super) fn completions(arguments: &CompletionsArguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut cli::command_line(), "iop", &mut script);
    files::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}

pub(super) fn man(arguments: &ManArguments) -> anyhow::Result<Outcome> {
    let mut program = cli::command_line();
    program.build();
    for command in std::iter::once(&program).chain(program.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let mut page = Vec::new();
        Man::new(command.clone()).render(&mut page)?;
        files::write_atomically(&arguments.out.join(format!("{name}.1")), &page)?;
    }
    files::print(&format!("Manualsidorna är skrivna i {}.\n", files::shown(&arguments.out)))?;
    Ok(Outcome::Clean)
}
