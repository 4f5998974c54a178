//! `iop list` and `iop show`: the register at a glance, and one agreement as a person reads it.

use std::path::PathBuf;

use super::destination::Destination;
use super::wanted::readable;
use super::{Checked, Outcome, UsageError, check, figures};
use crate::agreement::Agreement;
use crate::cli::{Common, Figures, Judging, ListArguments, SheetArgument, ShowArguments};
use crate::register::Entry;
use crate::report::missing::Missing;
use crate::report::one_agreement::AgreementReport;
use crate::report::overview::OverviewReport;
use crate::schedule::Scheduler;
use crate::text;

pub(super) fn run(arguments: &ListArguments) -> anyhow::Result<Outcome> {
    let ListArguments { asked, common, figures } = arguments;
    let checked = judged(common)?;
    let destination = destination(figures, &checked)?;
    let (wanted, broken) = readable(&checked.register, &asked.agreements)?;
    let missing = missing(&checked, &asked.agreements, &broken);
    let report = overview(&checked, &wanted, &missing);
    match figures.format {
        SheetArgument::Json => destination.give(&report.json())?,
        format => {
            figures::give(&destination, &[report.sheet()], &missing, format, figures.wide, checked.as_of)?;
        }
    }
    Ok(figures::outcome(&checked.register, &missing))
}

/// `iop show`.
pub(super) fn show(arguments: &ShowArguments) -> anyhow::Result<Outcome> {
    let ShowArguments { agreement, common, figures } = arguments;
    let checked = judged(common)?;
    let destination = destination(figures, &checked)?;
    let names = [agreement.clone()];
    let (wanted, broken) = readable(&checked.register, &names)?;
    let Some((_, entry)) = wanted.first() else {
        let broken = text::visible(&broken.join(", ")).into_owned();
        return Err(
            UsageError(format!("{broken} kan inte läsas. Se vad som är fel med iop validate.")).into()
        );
    };
    let missing = missing(&checked, &names, &broken);
    let report = AgreementReport { glance: overview(&checked, &wanted, &missing), file: &entry.file };
    match figures.format {
        SheetArgument::Json => destination.give(&report.json())?,
        format => {
            let sheets = report.sheets(matches!(format, SheetArgument::Csv | SheetArgument::CsvPlain));
            figures::give(&destination, &sheets, &missing, format, figures.wide, checked.as_of)?;
        }
    }
    Ok(figures::outcome(&checked.register, &missing))
}

fn judged(common: &Common) -> anyhow::Result<Checked> {
    check(common, &Judging { level: Vec::new() }, false, None)
}

fn destination(figures: &Figures, checked: &Checked) -> Result<Destination, UsageError> {
    Destination::of(&figures.output, &checked.root, figures.format == SheetArgument::Xlsx)
}

/// The files that are left out, those of the agreements asked for and of the whole register.
fn missing(checked: &Checked, names: &[PathBuf], broken: &[String]) -> Vec<Missing> {
    let asked = figures::asked(names, broken);
    let is_asked =
        |one: &&Missing| one.agreement.as_deref().is_none_or(|id| names.is_empty() || asked.contains(id));
    checked.missing.iter().filter(is_asked).cloned().collect()
}

fn overview<'a>(
    checked: &'a Checked,
    agreements: &'a [(&'a str, &'a Entry<Agreement>)],
    missing: &'a [Missing],
) -> OverviewReport<'a> {
    OverviewReport {
        register: &checked.register,
        as_of: checked.as_of,
        scheduler: Scheduler::new(&checked.register, checked.as_of),
        agreements,
        findings: &checked.judgement.findings,
        missing,
    }
}
