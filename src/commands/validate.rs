//! `iop validate`: all findings of the register, or those that touch the paths given.

use std::path::{Path, PathBuf};

use super::{Outcome, UsageError, check, files};
use crate::cli::{ReportArgument, ValidateArguments};
use crate::finding::{Finding, Level};
use crate::register::disk;
use crate::report::Report;
use crate::report::baseline::Baseline;

pub(super) fn run(arguments: &ValidateArguments) -> anyhow::Result<Outcome> {
    let mut checked = check(&arguments.common, &arguments.judging, !arguments.no_waivers)?;
    let wanted = wanted(&checked.root, &arguments.paths)?;
    let is_asked_about = |finding: &Finding| finding.rests_on(|file| is_wanted(&wanted, file));
    checked.findings.retain(is_asked_about);
    checked.waived.retain(|waived| is_asked_about(&waived.finding));
    let known = match &arguments.baseline {
        Some(path) => baseline(path)?.take_known(&mut checked.findings),
        None => 0,
    };
    let failing = Level::from(arguments.fail_on);
    let report = Report {
        base: base(&checked.root)?,
        files: checked.register.files().filter(|file| is_wanted(&wanted, file)).collect(),
        failing,
        waived: &checked.waived,
        known,
        ..Report::new(&checked.register, &checked.findings, checked.as_of)
    };
    files::print(&report.write(arguments.format.into()))?;
    if arguments.format == ReportArgument::Github {
        add_job_summary(&report)?;
    }
    let fails = checked.findings.iter().any(|finding| finding.level >= failing);
    // The process ends here: giving back a large register piece by piece would take longer than judging it.
    std::mem::forget(checked);
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

/// Reads the earlier report.
fn baseline(path: &Path) -> Result<Baseline, UsageError> {
    let shown = path.display();
    let text = std::fs::read(path).map_err(|error| {
        UsageError(format!("Den tidigare rapporten {shown} går inte att läsa: {}.", disk::reason(&error)))
    })?;
    Baseline::read(&text).map_err(|fault| UsageError(format!("{shown} {fault}.")))
}

/// Where the register lies below the current folder; empty where it is not below it.
fn base(root: &Path) -> Result<String, UsageError> {
    let here = files::current_folder()?;
    let (Ok(here), Ok(root)) = (here.canonicalize(), root.canonicalize()) else { return Ok(String::new()) };
    let below = disk::relative(&here, &root);
    Ok(if root.starts_with(&here) && !below.is_empty() { format!("{below}/") } else { String::new() })
}

/// Adds the summary to the file that GitHub Actions names, where it does.
fn add_job_summary(report: &Report<'_>) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let fault = |error: std::io::Error| {
        let path = Path::new(&path).display();
        UsageError(format!("Sammanfattningen kunde inte skrivas i {path}: {}.", disk::reason(&error)))
    };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path).map_err(fault)?;
    std::io::Write::write_all(&mut file, report.job_summary().as_bytes()).map_err(fault)?;
    Ok(())
}

/// The paths that were asked about, from the register's folder.
fn wanted(root: &Path, paths: &[PathBuf]) -> Result<Vec<String>, UsageError> {
    paths.iter().map(|path| inside(root, path)).collect()
}

/// Whether a file is at or below one of the paths that were asked about; without any, every file is.
fn is_wanted(wanted: &[String], file: &str) -> bool {
    wanted.is_empty()
        || wanted.iter().any(|wanted| {
            wanted.is_empty()
                || file.strip_prefix(&**wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// A path on the command line as a path from the register's folder.
fn inside(root: &Path, path: &Path) -> Result<String, UsageError> {
    let missing = || UsageError(format!("{} finns inte.", path.display()));
    let full =
        std::path::absolute(path).ok().filter(|full| full.symlink_metadata().is_ok()).ok_or_else(missing)?;
    // The last part may itself be a link with its own place in the register, so only what is above it is resolved.
    let full = match (full.parent().and_then(|parent| parent.canonicalize().ok()), full.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => full.canonicalize().map_err(|_| missing())?,
    };
    let root = root.canonicalize().map_err(|_| missing())?;
    if !full.starts_with(&root) {
        return Err(UsageError(format!("{} ligger utanför registret {}.", path.display(), root.display())));
    }
    Ok(disk::relative(&root, &full).to_string())
}
