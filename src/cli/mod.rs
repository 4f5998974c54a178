//! The command line: arguments, and help and errors in Swedish. One file per command.

mod budget;
mod demo;
mod done;
mod explain;
mod followup;
mod import;
mod misunderstood;
mod payouts;
mod render;
mod schedule;
mod schema;
mod validate;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use budget::{BudgetArguments, BudgetBy};
pub use demo::DemoArguments;
pub use done::DoneArguments;
pub use explain::{ExplainArguments, FormatArgument};
pub use followup::FollowupArguments;
pub use import::{ImportArguments, ImportFormat};
pub use payouts::{PayoutsArguments, PayoutsBy};
pub use render::RenderArguments;
pub use schedule::{ScheduleArguments, ScheduleFormat, Span};
pub use schema::SchemaArguments;
pub use validate::{LevelArgument, ReportArgument, ValidateArguments};

use crate::money::Money;
use crate::settings::LevelSetting;
use misunderstood::in_swedish;

const TEMPLATE: &str = "{before-help}{about}\n\nAnvändning: {usage}\n\n{all-args}{after-help}";

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(
    name = "iop",
    about = "Granskar kommunens idéburna offentliga partnerskap och skriver deras dokument.",
    version,
    help_template = TEMPLATE,
    override_usage = "iop KOMMANDO [FLAGGOR]",
    subcommand_help_heading = "Kommandon",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "Hjälp om ett kommando: iop KOMMANDO --help. Handbok: docs/handbok.md."
)]
struct Arguments {
    #[arg(short, long, action = clap::ArgAction::Help, global = true, help = "Visar denna hjälp", help_heading = "Flaggor")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = "Visar programmets version", help_heading = "Flaggor")]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// `iop validate`.
    #[command(
        about = "Granskar registret och visar vad som är fel, saknas eller är öppet",
        help_template = TEMPLATE,
        override_usage = "iop validate [SÖKVÄG…] [FLAGGOR]"
    )]
    Validate(ValidateArguments),
    /// `iop render`.
    #[command(
        about = "Skriver överenskommelse och tjänsteskrivelse",
        help_template = TEMPLATE,
        override_usage = "iop render [AVTAL…] [FLAGGOR]"
    )]
    Render(RenderArguments),
    /// `iop payouts`.
    #[command(
        about = "Visar vad som ska betalas ut, när och varför, och vad som är betalt",
        help_template = TEMPLATE,
        override_usage = "iop payouts [AVTAL…] [FLAGGOR]"
    )]
    Payouts(PayoutsArguments),
    /// `iop budget`.
    #[command(
        about = "Visar vad partnerskapen kostar per nämnd, budgetrad och år",
        help_template = TEMPLATE,
        override_usage = "iop budget [FLAGGOR]"
    )]
    Budget(BudgetArguments),
    /// `iop schedule`.
    #[command(
        about = "Visar vad som kommer: möten, rapporter, beslut, utbetalningar och sista dagar",
        help_template = TEMPLATE,
        override_usage = "iop schedule [AVTAL…] [FLAGGOR]"
    )]
    Schedule(ScheduleArguments),
    /// `iop followup`.
    #[command(
        about = "Visar vad som är klart, aktuellt och försenat, per avtal och ansvarig",
        help_template = TEMPLATE,
        override_usage = "iop followup [AVTAL…] [FLAGGOR]"
    )]
    Followup(FollowupArguments),
    /// `iop done`.
    #[command(
        about = "Skriver in i registret att något är gjort",
        help_template = TEMPLATE,
        override_usage = "iop done AVTAL SLAG PERIOD --date DATUM [--reference HANDLING]\n       iop done ID --date DATUM [--reference HANDLING]\n       iop done AVTAL invoice [UTBETALNING] --date DATUM --amount BELOPP --number NUMMER [--due DATUM] [--supplier NUMMER]\n       iop done AVTAL reduction UTBETALNING --date DATUM --amount BELOPP --reason SKÄL [--decision BESLUT] [--reference VERIFIKATION]"
    )]
    Done(DoneArguments),
    /// `iop import`.
    #[command(
        about = "Läser ett avtal i Word, pdf eller text in i registret",
        help_template = TEMPLATE,
        override_usage = "iop import FIL… [FLAGGOR]\n       iop import --table LISTA [FLAGGOR]"
    )]
    Import(ImportArguments),
    /// `iop explain`.
    #[command(
        about = "Förklarar en anmärkning: vad den betyder, varför och vad den vilar på",
        help_template = TEMPLATE,
        override_usage = "iop explain [KOD] [FLAGGOR]"
    )]
    Explain(ExplainArguments),
    /// `iop schema`.
    #[command(
        about = "Skriver filformatens JSON Schema, som textredigeraren hämtar hjälp ur",
        help_template = TEMPLATE,
        override_usage = "iop schema [FLAGGOR]"
    )]
    Schema(SchemaArguments),
    /// `iop demo`.
    #[command(
        about = "Skriver ett påhittat register att pröva verktyget på",
        help_template = TEMPLATE,
        override_usage = "iop demo MAPP [FLAGGOR]"
    )]
    Demo(DemoArguments),
}

/// What every command on a register takes.
#[derive(Debug, Args)]
pub struct Common {
    /// The register's folder.
    #[arg(
        long,
        value_name = "MAPP",
        help = "Registrets mapp; annars söks den från den här mappen och uppåt",
        help_heading = "Flaggor"
    )]
    pub register: Option<PathBuf>,
    /// The day that counts as today.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = date,
        help = "Det datum som räknas som i dag, till exempel 2026-11-22",
        help_heading = "Flaggor"
    )]
    pub as_of: Option<NaiveDate>,
}

/// Which agreements a person asks about.
#[derive(Debug, Args)]
pub struct Asked {
    /// Agreements, by id or path.
    #[arg(
        value_name = "AVTAL",
        help = "Avtalets namn eller fil, till exempel rsmh-lund-2021; alla avtal om inget anges",
        help_heading = "Argument"
    )]
    pub agreements: Vec<PathBuf>,
}

/// What every command that judges a register takes.
#[derive(Debug, Args)]
pub struct Judging {
    /// How grave findings are in this run, by code or family.
    #[arg(
        long,
        value_name = "KOD=ALLVAR",
        value_parser = level,
        help = "Allvar för en anmärkning eller familj: off, note, warning eller error, som IOP404=warning; går före iop.toml",
        help_heading = "Flaggor"
    )]
    pub level: Vec<(String, LevelSetting)>,
}

fn level(text: &str) -> Result<(String, LevelSetting), String> {
    const HELP: &str =
        "skriv kod och allvar, till exempel IOP404=warning; allvar är off, note, warning eller error";
    let (name, level) = text.split_once('=').ok_or(HELP)?;
    let level = match level {
        "off" => LevelSetting::Off,
        "note" => LevelSetting::Note,
        "warning" => LevelSetting::Warning,
        "error" => LevelSetting::Error,
        _ => return Err(HELP.to_owned()),
    };
    Ok((name.to_owned(), level))
}

/// A year of the files, from 1900 to 2200.
fn year(text: &str) -> Result<i32, String> {
    let known = text.parse().ok().filter(|year| (1900..=2200).contains(year));
    known.ok_or_else(|| "skriv ett årtal från 1900 till 2200".to_owned())
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let parsed = text.parse().ok().filter(|_| text.len() == "2026-11-22".len());
    parsed.ok_or_else(|| "skriv ett datum som finns, till exempel 2026-11-22".to_owned())
}

fn money(text: &str) -> Result<Money, String> {
    text.parse().map_err(|_| "skriv ett belopp i kronor, till exempel 250000 eller 250000,50".to_owned())
}

/// What every command that shows figures takes.
#[derive(Debug, Args)]
pub struct Figures {
    /// The format.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true,
        help = "table (förval), markdown, csv (för Excel), csv-plain, json eller xlsx (Excel, i den fil som --output anger)",
        help_heading = "Flaggor"
    )]
    pub format: SheetArgument,
    /// Where they are written.
    #[command(flatten)]
    pub output: Output,
    /// How wide a table is.
    #[command(flatten)]
    pub wide: Wide,
}

/// Where a report is written.
#[derive(Debug, Args)]
pub struct Output {
    /// The file; standard output where none is named.
    #[arg(
        long,
        value_name = "FIL",
        help = "Fil att skriva i, alltid som UTF-8; annars skrivs allt i fönstret",
        help_heading = "Flaggor"
    )]
    pub output: Option<PathBuf>,
}

/// How wide a table may be.
#[derive(Debug, Clone, Copy, Args)]
pub struct Wide {
    /// The width in columns of a terminal.
    #[arg(
        long,
        value_name = "TECKEN",
        value_parser = clap::value_parser!(u16).range(20..),
        help = "Tabellens bredd, minst 20 tecken; annars fönstrets, och obegränsad till fil eller annat program",
        help_heading = "Flaggor"
    )]
    pub width: Option<u16>,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SheetArgument {
    /// A table for the terminal.
    Table,
    /// A file that Swedish Excel opens.
    Csv,
    /// A file with comma and decimal point.
    CsvPlain,
    /// JSON.
    Json,
    /// A table in Markdown.
    Markdown,
    /// A workbook of Excel, in a file.
    Xlsx,
}

/// Why there is no command to run.
#[derive(Debug)]
pub enum NoCommand {
    /// Somebody asked for help or the version, which is for standard output.
    Asked(clap::Error),
    /// The arguments make no sense; the text says why, in Swedish.
    Misunderstood(String),
}

/// Reads the arguments of this process.
pub fn read() -> Result<Command, NoCommand> {
    Arguments::try_parse().map(|arguments| arguments.command).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => NoCommand::Asked(error),
        _ => NoCommand::Misunderstood(in_swedish(&error)),
    })
}
