//! `iop payouts`: what is to be paid, when and why.

use rayon::prelude::*;

use super::wanted::readable;
use super::{Outcome, figures, files};
use crate::cli::{PayoutsArguments, SheetArgument};
use crate::payouts;
use crate::report::payouts::PayoutReport;

pub(super) fn run(arguments: &PayoutsArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let (wanted, broken) = readable(&read.register, &arguments.asked.agreements)?;
    let missing = read.missing(&arguments.asked.agreements, &broken);
    let agreements = wanted
        .into_par_iter()
        .map(|(id, entry)| (id, entry, payouts::statement(&read.register, entry, read.as_of)))
        .collect();
    let report = PayoutReport {
        register: &read.register,
        as_of: read.as_of,
        year: arguments.year,
        agreements,
        missing: &missing,
    };
    match arguments.figures.format {
        SheetArgument::Json => files::print(&report.json(arguments.ended))?,
        format => {
            let sheets = if let Some(last) = arguments.ended {
                report.ended(last)
            } else if arguments.readings {
                let readings = report.readings();
                if readings.is_empty() {
                    files::say("Inget av avtalen lämnar öppet hur beloppen justeras.");
                }
                readings
            } else if arguments.explain {
                report.steps()
            } else {
                report.sheets(format == SheetArgument::CsvPlain)
            };
            figures::print(&sheets, &missing, format, arguments.figures.wide)?;
        }
    }
    Ok(figures::outcome(&read.register, &missing))
}
