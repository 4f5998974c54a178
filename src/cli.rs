//! The command line: arguments, and help and errors in Swedish.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::demo::Demo;
use crate::documents::DocumentKind;
use crate::finding::Level;
use crate::report;
use crate::settings::LevelSetting;

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
    /// How grave findings are in this run, by code or family.
    #[arg(
        long,
        value_name = "KOD=ALLVAR",
        value_parser = level,
        help = "Allvar för en anmärkning eller familj: off, note, warning eller error, som IOP404=warning",
        help_heading = "Flaggor"
    )]
    pub level: Vec<(String, LevelSetting)>,
}

/// The arguments of `iop validate`.
#[derive(Debug, Args)]
pub struct ValidateArguments {
    /// Files or folders of which findings are shown.
    #[arg(
        value_name = "SÖKVÄG",
        help = "Filer eller mappar som anmärkningarna ska gälla; hela registret granskas ändå",
        help_heading = "Argument"
    )]
    pub paths: Vec<PathBuf>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The report's format.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "human (text, förval), json, github, gitlab, sarif eller junit",
        help_heading = "Flaggor"
    )]
    pub format: ReportArgument,
    /// The mildest level that makes the run fail.
    #[arg(
        long,
        value_name = "ALLVAR",
        default_value = "error",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Körningen misslyckas (1) från detta allvar: error (förval), warning eller note",
        help_heading = "Flaggor"
    )]
    pub fail_on: LevelArgument,
    /// An earlier JSON report, of which nothing is shown again.
    #[arg(
        long,
        value_name = "FIL",
        help = "Visar bara det som är nytt sedan en tidigare rapport (--format json)",
        help_heading = "Flaggor"
    )]
    pub baseline: Option<PathBuf>,
    /// Shows also what somebody has decided to accept.
    #[arg(
        long,
        help = "Visar också det som registret har beslut om undantag från",
        help_heading = "Flaggor"
    )]
    pub no_waivers: bool,
}

/// The arguments of `iop render`.
#[derive(Debug, Args)]
pub struct RenderArguments {
    /// Agreements, by id or path.
    #[arg(
        value_name = "AVTAL",
        help = "Avtalets namn eller fil, till exempel rsmh-lund-2021; alla avtal om inget anges",
        help_heading = "Argument"
    )]
    pub agreements: Vec<PathBuf>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
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
    /// Only finished documents.
    #[arg(
        long = "final",
        help = "Skriver bara färdiga dokument: utan fel och utan öppna uppgifter",
        help_heading = "Flaggor"
    )]
    pub is_final: bool,
}

/// The arguments of `iop explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The rule, by code or name.
    #[arg(
        value_name = "KOD",
        help = "Anmärkningens kod eller namn, till exempel IOP201; alla om ingen anges",
        help_heading = "Argument"
    )]
    pub code: Option<String>,
    /// The format.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "human (text, förval) eller json",
        help_heading = "Flaggor"
    )]
    pub format: FormatArgument,
    /// Where to write pages.
    #[arg(
        long,
        value_name = "MAPP",
        help = "Skriver en sida per anmärkning i mappen i stället för att visa dem",
        help_heading = "Flaggor"
    )]
    pub out: Option<PathBuf>,
}

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

/// The arguments of `iop demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Where to write.
    #[arg(
        value_name = "MAPP",
        help = "En ny eller tom mapp att skriva registret i",
        help_heading = "Argument"
    )]
    pub folder: PathBuf,
    /// How many agreements.
    #[arg(
        long,
        value_name = "ANTAL",
        default_value = "12",
        hide_default_value = true,
        value_parser = agreements,
        help = "Antal avtal, från 1 till 100000; annars 12",
        help_heading = "Flaggor"
    )]
    pub agreements: u32,
    /// What the choices follow from.
    #[arg(
        long,
        value_name = "TAL",
        default_value = "1",
        hide_default_value = true,
        value_parser = seed,
        help = "Frö: samma tal ger samma register; annars 1",
        help_heading = "Flaggor"
    )]
    pub seed: u64,
}

/// How the rules are shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArgument {
    /// Text.
    Human,
    /// JSON.
    Json,
}

/// A format of the report on findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportArgument {
    /// Text.
    Human,
    /// JSON.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// Test results, as CI systems read them.
    Junit,
}

impl From<ReportArgument> for report::Format {
    fn from(format: ReportArgument) -> Self {
        match format {
            ReportArgument::Human => Self::Human,
            ReportArgument::Json => Self::Json,
            ReportArgument::Github => Self::Github,
            ReportArgument::Gitlab => Self::Gitlab,
            ReportArgument::Sarif => Self::Sarif,
            ReportArgument::Junit => Self::Junit,
        }
    }
}

/// A level on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LevelArgument {
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl From<LevelArgument> for Level {
    fn from(level: LevelArgument) -> Self {
        match level {
            LevelArgument::Note => Self::Note,
            LevelArgument::Warning => Self::Warning,
            LevelArgument::Error => Self::Error,
        }
    }
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

fn agreements(text: &str) -> Result<u32, String> {
    let known = text.parse().ok().filter(|number| (1..=Demo::MOST).contains(number));
    known.ok_or_else(|| format!("skriv ett heltal från 1 till {}", Demo::MOST))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "skriv ett heltal från 0, till exempel 1".to_owned())
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "skriv ett datum som finns, till exempel 2026-11-22".to_owned())
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

/// clap's error in Swedish.
fn in_swedish(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = context(ContextKind::SuggestedSubcommand);
            let hint = if near.is_empty() { String::new() } else { format!(" Menade du ”{near}”?") };
            format!("Kommandot ”{}” finns inte.{hint}", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => {
            let near = context(ContextKind::SuggestedArg);
            let hint = if near.is_empty() { String::new() } else { format!(" Menade du ”{near}”?") };
            format!("Argumentet ”{argument}” finns inte.{hint}")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} behöver ett värde."),
        ErrorKind::InvalidValue => {
            format!(
                "”{value}” passar inte för {argument}. Välj {}.",
                context(ContextKind::ValidValue).replace(", ", " eller ")
            )
        }
        ErrorKind::ValueValidation => {
            let detail = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("”{value}” passar inte för {argument}: {detail}.")
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} saknas."),
        ErrorKind::ArgumentConflict => format!("{argument} kan bara anges en gång."),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Arguments::command().render_help().to_string();
        }
        _ => "Kommandot går inte att förstå.".to_owned(),
    };
    format!("{message}\nHjälp finns med iop --help.")
}
