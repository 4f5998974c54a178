//! `iop followup`: what has been done, what is due and what is overdue.

use super::wanted::readable;
use super::{Outcome, figures};
use crate::cli::{FollowupArguments, SheetArgument};
use crate::documents::Templates;
use crate::report::follow_up::{FollowUpReport, Selection, Tally};
use crate::schedule::Scheduler;

pub(super) fn run(arguments: &FollowupArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let destination =
        read.destination(&arguments.figures.output, arguments.figures.format == SheetArgument::Xlsx)?;
    let (wanted, broken) = readable(&read.register, &arguments.asked.agreements)?;
    let missing = read.missing(&arguments.asked.agreements, &broken);
    let (templates, _) = Templates::load(read.register.templates());
    let report = FollowUpReport {
        register: &read.register,
        templates: &templates,
        as_of: read.as_of,
        selection: match (arguments.overdue, arguments.all, arguments.done) {
            (true, ..) => Selection::Overdue,
            (_, true, _) => Selection::All,
            (_, _, true) => Selection::Done,
            _ => Selection::Now,
        },
        scheduler: Scheduler::new(&read.register, read.as_of),
        agreements: &wanted,
        missing: &missing,
    };
    let tally = match arguments.figures.format {
        SheetArgument::Json => {
            let mut tally = Tally::default();
            destination.give_pieces(|out| report.json(out).map(|counted| tally = counted))?;
            tally
        }
        format => {
            let (sheets, tally) = report.sheets();
            figures::give(&destination, &sheets, &missing, format, arguments.figures.wide, read.as_of)?;
            tally
        }
    };
    let outcome = figures::outcome(&read.register, &missing);
    Ok(if tally.overdue > 0 { Outcome::Findings } else { outcome })
}
