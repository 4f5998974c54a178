//! `iop schedule`: what comes, when, and what it follows from.

use super::wanted::readable;
use super::{Outcome, UsageError, figures};
use crate::cli::{ScheduleArguments, ScheduleFormat, SheetArgument};
use crate::documents::Templates;
use crate::report::schedule::ScheduleReport;
use crate::schedule::Scheduler;

pub(super) fn run(arguments: &ScheduleArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let is_workbook = arguments.format == ScheduleFormat::Sheet(SheetArgument::Xlsx);
    let destination = read.destination(&arguments.output, is_workbook)?;
    let (wanted, broken) = readable(&read.register, &arguments.asked.agreements)?;
    // A calendar that is subscribed to keeps what has been.
    let is_calendar = arguments.format == ScheduleFormat::Calendar;
    let from = arguments.from.or((!is_calendar).then_some(read.as_of));
    let until = match arguments.within {
        None => None,
        Some(within) => {
            let last = within.last_day(from.unwrap_or(read.as_of));
            Some(last.ok_or_else(|| UsageError("Tiden i --within går förbi kalenderns slut.".to_owned()))?)
        }
    };
    let missing = read.missing(&arguments.asked.agreements, &broken);
    let (templates, _) = Templates::load(read.register.templates());
    let report = ScheduleReport {
        register: &read.register,
        templates: &templates,
        as_of: read.as_of,
        from,
        until,
        kinds: &arguments.kind,
        scheduler: Scheduler::new(&read.register, read.as_of),
        agreements: &wanted,
        missing: &missing,
    };
    match arguments.format {
        ScheduleFormat::Calendar => destination.give_pieces(|out| report.calendar(out))?,
        ScheduleFormat::Sheet(SheetArgument::Json) => destination.give_pieces(|out| report.json(out))?,
        ScheduleFormat::Sheet(format) => {
            figures::give(&destination, &[report.sheet()], &missing, format, arguments.wide, read.as_of)?;
        }
    }
    Ok(figures::outcome(&read.register, &missing))
}
