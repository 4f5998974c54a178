//! The commands: they read the clock and the disk, call the engines, write what is to be written, and say how it
//! went.

mod added;
mod ask;
mod budget;
mod clock;
mod demo;
mod destination;
mod done;
mod done_event;
mod done_money;
mod done_what;
mod explain;
mod figures;
mod files;
mod fixing;
mod followup;
mod format;
mod help;
mod import;
mod init;
mod interruption;
mod list;
mod new;
mod payouts;
mod recording;
mod render;
mod rewriting;
mod schedule;
mod schema;
mod turn;
mod validate;
mod wanted;
mod week;
mod whole_folder;
mod written;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cli::{self, Command, Common, NoCommand};
use crate::documents::Stationery;
use crate::finding::Finding;
use crate::register::{Register, disk};
use crate::report::missing::Missing;
use crate::report::{Format, Report};
use crate::rules::baseline::Baseline;
use crate::rules::levels::{Levels, SetIn};
use crate::rules::{self, Judgement, Judging};
use crate::settings::LevelSetting;

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// Nothing at or above the failing level.
    Clean = 0,
    /// Findings at or above the failing level, bad data files included.
    Findings = 1,
    /// Wrong usage, unreadable `iop.toml`, a missing path, no register, nowhere to write.
    Usage = 2,
    /// The register has no agreements.
    NoAgreements = 3,
    /// A fault in the program.
    Internal = 4,
}

impl From<Outcome> for std::process::ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// A mistake in how the program was called, as a Swedish text for the person who called it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// The register has no agreements.
#[derive(Debug, thiserror::Error)]
#[error(
    "Registret har inga avtal ännu: mappen agreements/ saknar filer som slutar på .toml. Lägg till ett med iop new."
)]
pub struct NoAgreements;

/// `iop.toml` cannot be read, and so nothing was examined: what is wrong with it, for a report in whatever format.
#[derive(Debug, thiserror::Error)]
#[error("{}\niop.toml går inte att läsa. Rätta den och försök igen.", self.report().write(Format::Human))]
struct BrokenSettings {
    root: PathBuf,
    register: Box<Register>,
    findings: Vec<Finding>,
    as_of: NaiveDate,
}

impl BrokenSettings {
    fn report(&self) -> Report<'_> {
        // No file was judged, not even one without a finding.
        Report { files: Vec::new(), ..Report::new(&self.register, &self.findings, self.as_of) }
    }
}

/// Reads the arguments, runs the command and says what went wrong, in Swedish on standard error.
#[must_use]
pub fn main() -> Outcome {
    let command = match cli::read() {
        Ok(command) => command,
        Err(NoCommand::Asked(help)) => {
            // Where nobody reads the help, there is nobody to tell.
            _ = help.print();
            return Outcome::Clean;
        }
        Err(NoCommand::Misunderstood(message)) => {
            complain(&message);
            return Outcome::Usage;
        }
    };
    interruption::watch();
    run(&command).unwrap_or_else(|error| {
        // What is wrong with iop.toml has been reported as other findings are, and an empty register is no fault.
        let tell = if error.is::<UsageError>() { complain } else { files::say };
        tell(&format!("{error:#}"));
        if error.is::<UsageError>() || error.is::<BrokenSettings>() {
            Outcome::Usage
        } else if error.is::<NoAgreements>() {
            Outcome::NoAgreements
        } else {
            Outcome::Internal
        }
    })
}

/// Says what stopped the run; where annotations are asked for, as one, or nobody would see it beside the job.
fn complain(message: &str) {
    files::say(message);
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let is_asked = |pair: &[std::ffi::OsString]| matches!(pair, [flag, format] if flag == "--format" && format == "github");
    if arguments.windows(2).any(is_asked) || arguments.iter().any(|one| one == "--format=github") {
        // Where nobody reads it there is nobody to tell.
        _ = files::print(&crate::report::github::stopped(message));
    }
}

fn run(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Validate(arguments) => validate::run(arguments),
        Command::Render(arguments) => render::run(arguments),
        Command::Payouts(arguments) => payouts::run(arguments),
        Command::Budget(arguments) => budget::run(arguments),
        Command::Schedule(arguments) => schedule::run(arguments),
        Command::Followup(arguments) => followup::run(arguments),
        Command::Done(arguments) => done::run(arguments),
        Command::Format(arguments) => format::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Help(arguments) => help::run(arguments),
        Command::Completions(arguments) => help::completions(arguments),
        Command::Man(arguments) => help::man(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Demo(arguments) => demo::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Week(arguments) => week::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::List(arguments) => list::run(arguments),
        Command::Show(arguments) => list::show(arguments),
    }
}

/// A register as its files have it, with what is wrong with their structure.
struct Loaded {
    root: PathBuf,
    register: Register,
    findings: Vec<Finding>,
    as_of: NaiveDate,
}

/// Finds and reads the register.
fn load(common: &Common) -> anyhow::Result<Loaded> {
    let root = root(common.at.named())?;
    let as_of = common.as_of.unwrap_or_else(clock::today);
    let (register, mut findings) = Register::load(disk::read(&root));
    if register.settings.is_none() {
        findings.retain(|finding| &*finding.place.file == disk::SETTINGS_FILE);
        return Err(BrokenSettings { root, register: Box::new(register), findings, as_of }.into());
    }
    Ok(Loaded { root, register, findings, as_of })
}

/// A register with what it is found to be.
struct Checked {
    root: PathBuf,
    register: Register,
    stationery: Stationery,
    judgement: Judgement,
    /// What could not be read, whatever levels and waivers make of it.
    missing: Vec<Missing>,
    as_of: NaiveDate,
}

/// Finds, reads and judges the register. Always the whole of it: what a person asked about filters only what is shown.
fn check(
    common: &Common,
    given: &cli::Judging,
    ignores_waivers: bool,
    baseline: Option<Baseline>,
) -> anyhow::Result<Checked> {
    let Loaded { root, register, findings: mut read, as_of } = load(common)?;
    let (stationery, mut faults) = Stationery::load(&register);
    read.append(&mut faults);
    let missing = Missing::of(&register, &read, |_| true);
    let judging = Judging { read, levels: levels(&given.level)?, ignores_waivers, baseline };
    let judgement = rules::judge(&register, &stationery, judging, as_of);
    if register.is_empty() {
        return Err(NoAgreements.into());
    }
    Ok(Checked { root, register, stationery, judgement, missing, as_of })
}

/// The levels of the command line.
fn levels(given: &[(String, LevelSetting)]) -> Result<Levels, UsageError> {
    let mut levels = Levels::default();
    for (name, level) in given {
        levels
            .set(SetIn::CommandLine, name, *level)
            .map_err(|fault| UsageError(format!("{} {}", fault.problem, fault.help)))?;
    }
    Ok(levels)
}

fn root(given: Option<&Path>) -> Result<PathBuf, UsageError> {
    if let Some(folder) = given {
        return if files::exists(&folder.join(disk::SETTINGS_FILE))? {
            Ok(folder.to_owned())
        } else {
            Err(UsageError(format!(
                "Mappen {} är inget register: filen iop.toml finns inte där.",
                files::shown(folder)
            )))
        };
    }
    let here = files::current_folder()?;
    let found = disk::find_root(&here).map_err(|(folder, error)| files::cannot_read(&folder, &error))?;
    found.ok_or_else(|| {
        UsageError(format!(
            "Inget register hittades i {} eller någon mapp ovanför. Gå till registrets mapp (den med iop.toml), eller ange den med --register MAPP.",
            files::shown(&here)
        ))
    })
}
