//! Usage errors in Swedish: clap has no translations.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Arguments;
use crate::text;

/// clap's error in Swedish.
pub(super) fn in_swedish(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = context(ContextKind::InvalidSubcommand);
            let program = Arguments::command();
            let near = text::nearest(&word, program.get_subcommands().map(clap::Command::get_name));
            let hint = near.map_or_else(String::new, |near| format!(" Menade du ”{near}”?"));
            format!("Kommandot ”{}” finns inte.{hint}", text::visible(&word))
        }
        ErrorKind::UnknownArgument => {
            let near = context(ContextKind::SuggestedArg);
            let hint = if near.is_empty() { String::new() } else { format!(" Menade du ”{near}”?") };
            let is_budget = matches!(error.get(ContextKind::Usage), Some(ContextValue::StyledStr(usage)) if usage.to_string().contains("iop budget"));
            if argument.starts_with('-') {
                format!("Argumentet ”{argument}” finns inte.{hint}")
            } else if is_budget {
                format!("iop budget visar alla avtal. Vad ett av dem kostar visar iop payouts {argument}.")
            } else {
                format!("”{argument}” är mer än kommandot tar.")
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} behöver ett värde."),
        ErrorKind::InvalidValue => {
            format!(
                "”{value}” passar inte för {argument}. Välj {}.",
                text::either(&context(ContextKind::ValidValue).split(", ").collect::<Vec<_>>())
            )
        }
        ErrorKind::ValueValidation => {
            let detail = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("”{value}” passar inte för {argument}: {detail}.")
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} saknas."),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            if other.is_empty() || other == argument {
                format!("{argument} kan bara anges en gång.")
            } else {
                format!("{argument} och {other} kan inte anges tillsammans.")
            }
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Arguments::command().render_help().to_string();
        }
        _ => "Kommandot går inte att förstå.".to_owned(),
    };
    format!("{message}\nHjälp finns med iop --help.")
}
