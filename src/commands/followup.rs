//! `iop followup`: what has been done, what is due and what is overdue.

use super::wanted::readable;
use super::{Outcome, figures};
use crate::cli::{FollowupArguments, SheetArgument};
use crate::documents::Templates;
use crate::report::follow_up::{FollowUpReport, Selection};
use crate::schedule::Scheduler;

pub(super) fn run(arguments: &FollowupArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let destination =
        read.destination(&arguments.figures.output, arguments.figures.format == SheetArgument::Xlsx)?;
    let (wanted, broken) = readable(&read.register, &arguments.asked.agreements)?;
    let missing = read.missing(&arguments.asked.agreements, &broken);
    let schedules = Scheduler::new(&read.register, read.as_of).schedules(&wanted);
    let (templates, _) = Templates::load(read.register.templates());
    let report = FollowUpReport {
        register: &read.register,
        templates: &templates,
        as_of: read.as_of,
        selection: match (arguments.overdue, arguments.all) {
            (true, _) => Selection::Overdue,
            (_, true) => Selection::All,
            _ => Selection::Now,
        },
        schedules: &schedules,
        missing: &missing,
    };
    match arguments.figures.format {
        SheetArgument::Json => destination.give(&report.json())?,
        format => figures::give(
            &destination,
            &report.sheets(),
            &missing,
            format,
            arguments.figures.wide,
            read.as_of,
        )?,
    }
    let outcome = figures::outcome(&read.register, &missing);
    Ok(if report.tally().overdue > 0 { Outcome::Findings } else { outcome })
}
