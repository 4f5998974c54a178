//! The command line: arguments, and help and errors in Swedish. One file per command.

mod budget;
mod demo;
mod done;
mod explain;
mod followup;
mod format;
mod help;
mod import;
mod init;
mod list;
mod misunderstood;
mod new;
mod payouts;
mod render;
mod schedule;
mod schema;
mod validate;
mod week;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anstream::ColorChoice;
use chrono::NaiveDate;
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub use budget::{BudgetArguments, BudgetBy};
pub use demo::DemoArguments;
pub use done::DoneArguments;
pub use explain::{ExplainArguments, FormatArgument};
pub use followup::FollowupArguments;
pub use format::FormatArguments;
pub use help::{CompletionsArguments, HelpArguments, ManArguments};
pub use import::{ImportArguments, ImportFormat};
pub use init::{InitArguments, frame};
pub use list::{ListArguments, ShowArguments};
pub use new::NewArguments;
pub use payouts::{PayoutsArguments, PayoutsBy};
pub use render::RenderArguments;
pub use schedule::{ScheduleArguments, ScheduleFormat, Span};
pub use schema::SchemaArguments;
pub use validate::ValidateArguments;
pub use week::WeekArguments;

use crate::date::MONTHS;
use crate::money::Money;
use crate::settings::LevelSetting;
use misunderstood::in_swedish;

const TEMPLATE: &str = "{before-help}{about}\n\nAnvändning: {usage}\n\n{all-args}{after-help}";

/// The version, which commit it was built of where the release says so, and whether it writes PDF.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let parts =
        [option_env!("IOP_REVISION"), Some(if cfg!(feature = "pdf") { "med PDF" } else { "utan PDF" })];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    format!("{} ({})", env!("CARGO_PKG_VERSION"), parts.join(", "))
});

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(
    name = "iop",
    about = "Granskar kommunens idéburna offentliga partnerskap och skriver deras dokument.",
    version,
    long_version = VERSION.as_str(),
    help_template = TEMPLATE,
    override_usage = "iop KOMMANDO [FLAGGOR]",
    subcommand_help_heading = "Kommandon",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "Hjälp om ett kommando: iop help KOMMANDO. Handbok: docs/handbok.md."
)]
struct Arguments {
    #[arg(short, long, action = clap::ArgAction::Help, global = true, help = "Visar denna hjälp", help_heading = "Flaggor")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = "Visar programmets version", help_heading = "Flaggor")]
    version: Option<bool>,
    #[arg(
        long,
        global = true,
        value_name = "NÄR",
        value_parser = one_of(&COLORS, color_word),
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help = "Färg i det som visas: auto (förval), always eller never; NO_COLOR och CLICOLOR_FORCE gäller vid auto",
        help_heading = "Flaggor"
    )]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

/// When to use colour, in the order of the help.
const COLORS: [ColorChoice; 3] = [ColorChoice::Auto, ColorChoice::Always, ColorChoice::Never];

fn color_word(color: ColorChoice) -> &'static str {
    match color {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => "always",
        ColorChoice::Never => "never",
        ColorChoice::Auto => "auto",
    }
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// `iop init`.
    #[command(
        about = "Lägger upp ett nytt register",
        help_template = TEMPLATE,
        override_usage = "iop init [MAPP] [FLAGGOR]",
        after_help = "Exempel:\n  iop init partnerskap --municipality \"Ådala kommun\" --committee Socialnämnden --frame 2027=500000"
    )]
    Init(InitArguments),
    /// `iop new`.
    #[command(
        about = "Lägger upp ett avtal, det som avlöser ett annat, eller ett förslag om att förlänga, ändra eller avsluta ett",
        help_template = TEMPLATE,
        override_usage = "iop new [NAMN] [FLAGGOR]\n       iop new --continue AVTAL [NAMN]\n       iop new --extend AVTAL --until DATUM [--option OPTION]\n       iop new --change AVTAL --changes TEXT [--until DATUM]\n       iop new --end AVTAL --until DATUM [--by PART] [--exit PUNKT]",
        after_help = "Exempel:\n  iop new --organisation Prov --title samtal --from 2027-01-01 --to 2028-12-31 --amount 500000\n  iop new --continue po-skane-2023\n  iop new --extend rsmh-lund-2021 --until 2027-12-31"
    )]
    New(NewArguments),
    /// `iop list`.
    #[command(
        about = "Visar alla avtal: parter, tid, årets belopp, nästa datum och anmärkningar",
        help_template = TEMPLATE,
        override_usage = "iop list [AVTAL…] [FLAGGOR]",
        after_help = "Exempel:\n  iop list\n  iop list --format csv"
    )]
    List(ListArguments),
    /// `iop show`.
    #[command(
        about = "Visar ett avtal på svenska, uppgift för uppgift, med var den står",
        help_template = TEMPLATE,
        override_usage = "iop show AVTAL [FLAGGOR]",
        after_help = "Exempel:\n  iop show rsmh-lund-2021"
    )]
    Show(ShowArguments),
    /// `iop week`.
    #[command(
        about = "Visar vad som ska göras, påminnas om, attesteras och bevakas de närmaste dagarna, med ett brev till var och en",
        help_template = TEMPLATE,
        override_usage = "iop week [AVTAL…] [--days DAGAR] [FLAGGOR]",
        after_help = "Exempel:\n  iop week\n  iop week --days 30 --format markdown"
    )]
    Week(WeekArguments),
    /// `iop validate`.
    #[command(
        about = "Granskar registret och visar vad som är fel, saknas eller är öppet",
        help_template = TEMPLATE,
        override_usage = "iop validate [SÖKVÄG…] [FLAGGOR]",
        after_help = "Exempel:\n  iop validate\n  iop validate rsmh-lund-2021 --show warning\n  iop validate --fix --diff\n  iop validate --format sarif --output rapport.sarif"
    )]
    Validate(ValidateArguments),
    /// `iop render`.
    #[command(
        about = "Skriver överenskommelse och tjänsteskrivelse",
        help_template = TEMPLATE,
        override_usage = "iop render [AVTAL…] [FLAGGOR]",
        after_help = "Exempel:\n  iop render rsmh-lund-2021\n  iop render rsmh-lund-2021 --document avtal --format docx\n  iop render --list"
    )]
    Render(RenderArguments),
    /// `iop payouts`.
    #[command(
        about = "Visar vad som ska betalas ut, när och varför, och vad som är betalt",
        help_template = TEMPLATE,
        override_usage = "iop payouts [AVTAL…] [FLAGGOR]",
        after_help = "Exempel:\n  iop payouts --year 2026\n  iop payouts --by month --format xlsx --output utbetalningar.xlsx\n  iop payouts --year-end 2026"
    )]
    Payouts(PayoutsArguments),
    /// `iop budget`.
    #[command(
        about = "Visar vad partnerskapen kostar per nämnd, budgetrad och år",
        help_template = TEMPLATE,
        override_usage = "iop budget [FLAGGOR]",
        after_help = "Exempel:\n  iop budget\n  iop budget --by kommun --format xlsx --output budget.xlsx"
    )]
    Budget(BudgetArguments),
    /// `iop schedule`.
    #[command(
        about = "Visar vad som kommer: möten, rapporter, beslut, utbetalningar och sista dagar",
        help_template = TEMPLATE,
        override_usage = "iop schedule [AVTAL…] [FLAGGOR]",
        after_help = "Exempel:\n  iop schedule --within 3m\n  iop schedule --format ics --output kalender.ics"
    )]
    Schedule(ScheduleArguments),
    /// `iop followup`.
    #[command(
        about = "Visar vad som är klart, aktuellt och försenat, per avtal och ansvarig",
        help_template = TEMPLATE,
        override_usage = "iop followup [AVTAL…] [FLAGGOR]",
        after_help = "Exempel:\n  iop followup --overdue\n  iop followup rsmh-lund-2021 --all"
    )]
    Followup(FollowupArguments),
    /// `iop done`.
    #[command(
        about = "Skriver in i registret att något är gjort",
        help_template = TEMPLATE,
        override_usage = "iop done AVTAL [SLAG] [PERIOD] --date DATUM [--reference HANDLING]\n       iop done ID --date DATUM [--reference HANDLING]\n       iop done AVTAL betalning UTBETALNING --date DATUM --amount BELOPP [--voucher NUMMER] [--partial] [--payee PART]\n       iop done AVTAL beslut SLAG --date DATUM --by ORGAN [--paragraph PARAGRAF] [--reference DIARIENUMMER] [--adjusted] [--delegated] [--sent DATUM] [--received DATUM] [--exit PUNKT]\n       iop done AVTAL undertecknande [VEM] --date DATUM\n       iop done AVTAL bokning PERIOD --date DATUM\n       iop done AVTAL invoice [UTBETALNING] --date DATUM --amount BELOPP --number NUMMER [--due DATUM] [--supplier NUMMER]\n       iop done AVTAL reduction UTBETALNING --date DATUM --amount BELOPP --reason SKÄL [--decision BESLUT] [--reference VERIFIKATION]",
        after_help = "Utan SLAG och PERIOD visas i ett terminalfönster en lista att välja ur.\n\nExempel:\n  iop done rsmh-lund-2021 activity-report 2021H1 --date 2021-08-30 --reference \"SO 2021/0345\"\n  iop done rsmh-lund-2021 betalning 2021#1 --date 2021-03-01 --amount 450000 --voucher V2103-17\n  iop done rsmh-lund-2021 beslut godkännande --date 2021-01-20 --by socialnämnden --paragraph 12"
    )]
    Done(DoneArguments),
    /// `iop format`.
    #[command(
        about = "Ställer upp registrets filer lika; det som de säger och alla kommentarer står kvar",
        help_template = TEMPLATE,
        override_usage = "iop format [FIL…] [--check] [FLAGGOR]",
        after_help = "Ett mellanslag på var sida om =, en tom rad ovanför varje rubrik, tusental med understreck, ett värde på varje rad i\nlistor som står på flera rader, och tabeller av ett slag tillsammans. Radslut och kodningsmärke blir som de var.\n\nExempel:\n  iop format\n  iop format rsmh-lund-2021\n  iop format --check"
    )]
    Format(FormatArguments),
    /// `iop import`.
    #[command(
        about = "Läser ett avtal i Word, pdf eller text in i registret",
        help_template = TEMPLATE,
        override_usage = "iop import FIL… [FLAGGOR]\n       iop import --table LISTA [FLAGGOR]",
        after_help = "Exempel:\n  iop import Avtal.docx\n  iop import --table partnerskap.xlsx"
    )]
    Import(ImportArguments),
    /// `iop explain`.
    #[command(
        about = "Förklarar en anmärkning: vad den betyder, varför och vad den vilar på",
        help_template = TEMPLATE,
        override_usage = "iop explain [KOD] [FLAGGOR]",
        after_help = "Exempel:\n  iop explain IOP201"
    )]
    Explain(ExplainArguments),
    /// `iop schema`.
    #[command(
        about = "Skriver filformatens JSON Schema, som textredigeraren hämtar hjälp ur",
        help_template = TEMPLATE,
        override_usage = "iop schema [FLAGGOR]",
        after_help = "Exempel:\n  iop schema"
    )]
    Schema(SchemaArguments),
    /// `iop demo`.
    #[command(
        about = "Skriver ett påhittat register att pröva verktyget på",
        help_template = TEMPLATE,
        override_usage = "iop demo MAPP [FLAGGOR]",
        after_help = "Exempel:\n  iop demo prov --agreements 20"
    )]
    Demo(DemoArguments),
    /// `iop help`.
    #[command(
        about = "Visar hjälp om programmet eller om ett kommando",
        help_template = TEMPLATE,
        override_usage = "iop help [KOMMANDO]",
        after_help = "Exempel:\n  iop help render"
    )]
    Help(HelpArguments),
    /// `iop completions`.
    #[command(
        about = "Skriver ut det som låter skalet fylla i kommandon och flaggor",
        help_template = TEMPLATE,
        override_usage = "iop completions SKAL",
        after_help = "Exempel:\n  iop completions bash > ~/.local/share/bash-completion/completions/iop\n  iop completions powershell | Out-String | Invoke-Expression"
    )]
    Completions(CompletionsArguments),
    /// `iop man`.
    #[command(
        about = "Skriver manualsidor för systemet man",
        help_template = TEMPLATE,
        override_usage = "iop man --out MAPP",
        after_help = "Exempel:\n  iop man --out man1"
    )]
    Man(ManArguments),
}

/// Which register a command is about.
#[derive(Debug, Args)]
pub struct In {
    /// The register's folder.
    #[arg(
        long,
        value_name = "MAPP",
        env = "IOP_REGISTER",
        hide_env = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from),
        help = "Registrets mapp; annars den som miljövariabeln IOP_REGISTER anger, eller den första med iop.toml härifrån och uppåt",
        help_heading = "Flaggor"
    )]
    register: Option<PathBuf>,
}

impl In {
    /// The folder that somebody has named; a variable that is set to nothing names none.
    #[must_use]
    pub fn named(&self) -> Option<&Path> {
        self.register.as_deref().filter(|folder| !folder.as_os_str().is_empty())
    }
}

/// What every command on a register takes that asks what is so on a day.
#[derive(Debug, Args)]
pub struct Common {
    /// The register.
    #[command(flatten)]
    pub at: In,
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

/// A parser for one of some values, by their words.
fn one_of<T: Copy + Send + Sync>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(move |one| word(*one))).try_map(move |chosen| {
        // The words are those of the values.
        all.iter().find(|one| word(**one) == chosen).copied().ok_or("värdet finns inte")
    })
}

/// A year of the files, from 1900 to 2200.
fn year(text: &str) -> Result<i32, String> {
    let known = text.parse().ok().filter(|year| (1900..=2200).contains(year));
    known.ok_or_else(|| "skriv ett årtal från 1900 till 2200".to_owned())
}

/// A day that exists, as 2026-11-22.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    let parsed = text.parse().ok().filter(|_| text.len() == "2026-11-22".len());
    parsed.ok_or_else(|| match in_words(text) {
        Some(day) => format!("skriv {day}"),
        None => "skriv ett datum som finns, till exempel 2026-11-22".to_owned(),
    })
}

/// The day that somebody has written with the name of its month: "1 januari 2026", "den 1 januari 2026".
fn in_words(text: &str) -> Option<NaiveDate> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().filter(|word| *word != "den").collect();
    let [day, month, year] = words.as_slice() else { return None };
    let month = (1..).zip(MONTHS).find(|(_, name)| name == month).map(|(number, _)| number)?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)
}

/// A parser for whole numbers within bounds.
fn number(least: u16, most: u16) -> impl Fn(&str) -> Result<u16, String> + Clone {
    move |text| {
        let within = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
        within.ok_or_else(|| format!("skriv ett heltal från {least} till {most}"))
    }
}

/// An amount in kronor.
pub fn money(text: &str) -> Result<Money, String> {
    let plain = ungrouped(text.trim()).and_then(|plain| plain.parse().ok());
    plain.ok_or_else(|| "skriv ett belopp i kronor, till exempel 250000, 250 000 eller 250000,50".to_owned())
}

/// A number without the spaces, of any kind, between its thousands; nothing where they stand elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.find([',', '.']).map_or((text, ""), |at| text.split_at(at));
    let groups: Vec<&str> = whole.split(char::is_whitespace).collect();
    let is_grouped = match groups.as_slice() {
        [] | [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
    };
    is_grouped.then(|| groups.concat() + fraction)
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
        value_parser = number(20, 10_000),
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

/// Reads the arguments of this process, and settles when it uses colour.
pub fn read() -> Result<Command, NoCommand> {
    let arguments = Arguments::try_parse().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => NoCommand::Asked(error),
        _ => NoCommand::Misunderstood(in_swedish(&error)),
    })?;
    arguments.color.write_global();
    Ok(arguments.command)
}

/// The whole command line, for help, completions and manual pages.
#[must_use]
pub fn command_line() -> clap::Command {
    Arguments::command()
}
