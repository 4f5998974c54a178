//! `iop payouts`: what is to be paid, when and why.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::wanted::readable;
use super::{Outcome, UsageError, figures, files};
use crate::cli::{PayoutsArguments, PayoutsBy, SheetArgument};
use crate::date::Period;
use crate::payouts;
use crate::register::Register;
use crate::report::payouts::{By, Grouping, PayoutReport};
use crate::report::sheet::Sheet;
use crate::schedule::Scheduler;

pub(super) fn run(arguments: &PayoutsArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let destination =
        read.destination(&arguments.figures.output, arguments.figures.format == SheetArgument::Xlsx)?;
    let (wanted, broken) = readable(&read.register, &arguments.asked.agreements)?;
    let missing = read.missing(&arguments.asked.agreements, &broken);
    let year_end = arguments.year_end.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
    let invoiced_by = year_end.unwrap_or(read.as_of);
    let statement = |entry| payouts::statement_invoiced_by(&read.register, entry, read.as_of, invoiced_by);
    let agreements = wanted.into_par_iter().map(|(id, entry)| (id, entry, statement(entry))).collect();
    let by = arguments.by.as_ref().map(|by| asked_for(&read.register, by)).transpose()?;
    let report = PayoutReport {
        days: days(arguments, by, read.as_of)?,
        register: &read.register,
        as_of: read.as_of,
        year: arguments.year,
        agreements,
        scheduler: Scheduler::new(&read.register, read.as_of),
        missing: &missing,
    };
    match arguments.figures.format {
        SheetArgument::Json => {
            destination.give_pieces(|out| report.json(out, arguments.ended, by, arguments.year_end))?;
        }
        format => {
            let sheets = if let Some(last) = arguments.ended {
                report.ended(last)
            } else if arguments.readings {
                let readings = report.readings();
                if readings.is_empty() {
                    files::say("Inget av avtalen lämnar öppet hur beloppen justeras.");
                }
                readings
            } else if let Some(year) = arguments.year_end {
                vec![report.year_end(year)]
            } else if arguments.invoices {
                vec![report.invoices()]
            } else if arguments.explain {
                report.steps()
            } else if let Some(by) = by {
                sheets_by(&report, by, format)
            } else {
                report.sheets(is_exact(format))
            };
            figures::give(&destination, &sheets, &missing, format, arguments.figures.wide, read.as_of)?;
        }
    }
    Ok(figures::outcome(&read.register, &missing))
}

/// The days that are asked for.
fn days(
    arguments: &PayoutsArguments,
    by: Option<By>,
    as_of: NaiveDate,
) -> Result<Option<Period>, UsageError> {
    if arguments.from.is_none() && arguments.within.is_none() {
        return Ok(None);
    }
    if by != Some(By::Month) {
        return Err(UsageError("--from och --within hör till --by month.".to_owned()));
    }
    let start = arguments.from.unwrap_or(as_of);
    let end = match arguments.within {
        None => NaiveDate::MAX,
        Some(within) => within
            .last_day(start)
            // Two months from the first of November are November and December.
            .and_then(|day| day.pred_opt())
            .ok_or_else(|| UsageError("Tiden i --within går förbi kalenderns slut.".to_owned()))?,
    };
    Ok(Some(Period { start, end }))
}

/// Whether figures have all that they come to: whole kronor of what can still change are for people's eyes.
fn is_exact(format: SheetArgument) -> bool {
    !matches!(format, SheetArgument::Table | SheetArgument::Markdown)
}

/// The sheets by something. A workbook holds what its sums are formulas over.
fn sheets_by(report: &PayoutReport<'_>, by: By, format: SheetArgument) -> Vec<Sheet> {
    let is_workbook = format == SheetArgument::Xlsx;
    let is_exact = is_exact(format);
    match by {
        By::Month => vec![report.by_month(is_exact)],
        By::Group(grouping) => {
            let mut sheets = if is_workbook { report.sheets(is_exact) } else { Vec::new() };
            sheets.push(report.by(grouping, is_exact));
            sheets
        }
    }
}

fn asked_for(register: &Register, by: &PayoutsBy) -> Result<By, UsageError> {
    Ok(match by {
        PayoutsBy::Month => By::Month,
        PayoutsBy::Organisation => By::Group(Grouping::Organisation),
        PayoutsBy::Committee => By::Group(Grouping::Committee),
        PayoutsBy::Codes => By::Group(Grouping::Codes),
        PayoutsBy::Code(name) => {
            let field = figures::code_field(register, name, &["month", "organisation", "committee", "code"])?;
            By::Group(Grouping::Code(field))
        }
    })
}
