//! `iop validate`: all findings of the register, or those that touch the paths given.

use std::path::Path;

use super::destination::Destination;
use super::{BrokenSettings, Outcome, UsageError, check, files, fixing, wanted};
use crate::cli::ValidateArguments;
use crate::finding::{Finding, Tally};
use crate::register::disk;
use crate::report::{Format, Report};
use crate::rules::baseline::Baseline;

pub(super) fn run(arguments: &ValidateArguments) -> anyhow::Result<Outcome> {
    if arguments.fix
        && let Some(outcome) = fixing::run(arguments)?
    {
        return Ok(outcome);
    }
    let known = arguments.baseline.as_deref().map(baseline).transpose()?;
    let mut checked = check(&arguments.common, &arguments.judging, arguments.no_waivers, known).map_err(
        |error| match error.downcast::<BrokenSettings>() {
            Ok(broken) => tell_of_settings(broken, arguments),
            Err(error) => error,
        },
    )?;
    let destination = Destination::of(&arguments.output, &checked.root, false)?;
    let wanted = wanted::paths(&checked.register, &checked.root, &arguments.paths)?;
    let is_asked_about = |finding: &Finding| finding.rests_on(|file| wanted::is_among(&wanted, file));
    let is_part = !wanted.is_empty() && !wanted.iter().any(String::is_empty);
    let others = checked.judgement.findings.iter().filter(|finding| !is_asked_about(finding));
    let elsewhere = is_part.then(|| Tally::of(others));
    checked.judgement.retain(is_asked_about);
    let failing = arguments.fail_on;
    let report = Report {
        base: base(&checked.root),
        files: checked.register.files().filter(|file| wanted::is_among(&wanted, file)).collect(),
        failing,
        shown_from: arguments.show,
        elsewhere,
        ..Report::of(&checked.register, &checked.judgement, checked.as_of)
    };
    write(&destination, &report, arguments.format)?;
    files::tell_of_changed(&checked.register);
    let fails = checked.judgement.findings.iter().any(|finding| finding.level >= failing);
    // The process ends here: giving back a large register piece by piece would take longer than judging it.
    std::mem::forget(checked);
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

/// Writes what is wrong with `iop.toml` where the other findings would have stood: what shows a report must not show an
/// empty one. People read it on standard error, whether it stands in a file as well or not.
fn tell_of_settings(broken: BrokenSettings, arguments: &ValidateArguments) -> anyhow::Error {
    if arguments.format != Format::Human || arguments.output.output.is_some() {
        let report = Report { base: base(&broken.root), ..broken.report() };
        let told = Destination::of(&arguments.output, &broken.root, false)
            .map_err(anyhow::Error::from)
            .and_then(|destination| write(&destination, &report, arguments.format));
        if let Err(error) = told {
            return error;
        }
    }
    broken.into()
}

/// Writes the report, and the summary of a job with the annotations.
fn write(destination: &Destination, report: &Report<'_>, format: Format) -> anyhow::Result<()> {
    destination.give(&report.write(format))?;
    if format == Format::Github
        && let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty())
        && let Err(error) = add_job_summary(report, Path::new(&path))
    {
        // The findings have been told, and the verdict on them stands.
        files::say(&format!(
            "Sammanfattningen kunde inte skrivas i {}: {}.",
            files::shown(Path::new(&path)),
            disk::reason(&error)
        ));
    }
    Ok(())
}

/// Reads the earlier report.
fn baseline(path: &Path) -> Result<Baseline, UsageError> {
    let shown = files::shown(path);
    let bytes = std::fs::read(path).map_err(|error| {
        UsageError(format!("Den tidigare rapporten {shown} går inte att läsa: {}.", disk::reason(&error)))
    })?;
    Baseline::read(&bytes).map_err(|fault| UsageError(format!("{shown} {fault}.")))
}

/// Where the register lies below the root of its git work tree, from wherever the program is run: what shows a report
/// knows files from there. Without one, where it lies below the current folder. Empty where it is not below it.
fn base(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let top = disk::find_work_tree(&root)
        .or_else(|| files::current_folder().ok().and_then(|here| here.canonicalize().ok()));
    match top.filter(|top| root.starts_with(top) && *top != root) {
        Some(top) => format!("{}/", disk::relative(&top, &root)),
        None => String::new(),
    }
}

/// Adds the summary to the file that GitHub Actions names, as far as there is room in it.
fn add_job_summary(report: &Report<'_>, path: &Path) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
    let there = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    std::io::Write::write_all(&mut file, report.job_summary(there).as_bytes())
}
