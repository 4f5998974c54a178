//! `iop week`: what the coming days ask for, by who sees to it.

use chrono::Days;

use super::wanted::readable;
use super::{Outcome, figures};
use crate::cli::{SheetArgument, WeekArguments};
use crate::report::week::WeekReport;
use crate::schedule::Scheduler;

pub(super) fn run(arguments: &WeekArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let format = arguments.figures.format;
    let destination = read.destination(&arguments.figures.output, format == SheetArgument::Xlsx)?;
    let (wanted, broken) = readable(&read.register, &arguments.asked.agreements)?;
    let missing = read.missing(&arguments.asked.agreements, &broken);
    let report = WeekReport {
        register: &read.register,
        as_of: read.as_of,
        until: read.as_of.checked_add_days(Days::new(arguments.days.into())).unwrap_or(read.as_of),
        scheduler: Scheduler::new(&read.register, read.as_of),
        agreements: &wanted,
        missing: &missing,
    };
    match format {
        SheetArgument::Json => destination.give(&report.json())?,
        format => {
            figures::give(
                &destination,
                &report.sheets(),
                &missing,
                format,
                arguments.figures.wide,
                read.as_of,
            )?;
        }
    }
    Ok(figures::outcome(&read.register, &missing))
}
