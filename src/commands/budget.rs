//! `iop budget`: what the partnerships cost against the frames.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::{Outcome, UsageError, figures, files};
use crate::cli::{BudgetArguments, BudgetBy, SheetArgument};
use crate::payouts::{self, AgreementStatement};
use crate::register::Register;
use crate::report::budget::{BudgetReport, By};

pub(super) fn run(arguments: &BudgetArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let destination =
        read.destination(&arguments.figures.output, arguments.figures.format == SheetArgument::Xlsx)?;
    let register = &read.register;
    let statements = payouts::statements(register, read.as_of);
    let known = years(register, &statements, read.as_of);
    let known = known.unwrap_or(read.as_of.year()..=read.as_of.year());
    // A bound that is given moves the other one that is not.
    let first =
        arguments.from.unwrap_or_else(|| arguments.to.map_or(*known.start(), |to| to.min(*known.start())));
    let last = arguments.to.unwrap_or_else(|| first.max(*known.end()));
    let span = first..=last;
    if span.is_empty() {
        return Err(UsageError(format!(
            "Första året ({}) är senare än det sista ({}). Ändra --from eller --to.",
            span.start(),
            span.end()
        ))
        .into());
    }
    let missing = read.missing(&[], &[]);
    let report = BudgetReport {
        register,
        as_of: read.as_of,
        statements: &statements,
        without_time: payouts::timeless(register, &statements),
        years: payouts::outlook(register, &span, &statements, read.as_of),
        missing: &missing,
    };
    if report.years.is_empty() && report.without_time.is_empty() {
        files::say(&format!("Registret har inga belopp för {}–{}.", span.start(), span.end()));
    }
    let by = arguments.by.as_ref().map(|by| asked_for(register, by, arguments, read.as_of)).transpose()?;
    match arguments.figures.format {
        SheetArgument::Json => {
            destination.give(&report.json(by))?;
        }
        format => {
            let is_exact = !matches!(format, SheetArgument::Table | SheetArgument::Markdown);
            let sheets = match by {
                Some(By::Municipality) => vec![report.whole(is_exact)],
                Some(By::End(first, last)) => vec![report.ending(first, last)],
                Some(By::Code(position)) => vec![report.by_code(position, is_exact)],
                None => report.sheets(is_exact),
            };
            figures::give(&destination, &sheets, &missing, format, arguments.figures.wide, read.as_of)?;
        }
    }
    Ok(figures::outcome(register, &missing))
}

/// What the budget is shown by. Years that are given are those in which something ends; without any, what lies ahead.
fn asked_for(
    register: &Register,
    by: &BudgetBy,
    arguments: &BudgetArguments,
    as_of: NaiveDate,
) -> Result<By, UsageError> {
    Ok(match by {
        BudgetBy::Code(name) => By::Code(figures::code_field(register, name, &["municipality", "end"])?),
        BudgetBy::Municipality => By::Municipality,
        BudgetBy::End => {
            let first = arguments.from.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
            let last = arguments.to.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
            By::End(first.unwrap_or(as_of), last)
        }
    })
}

/// The first and last year that an amount, the life of an agreement or a frame touches; nothing where there are none. Of what
/// has no end the coming year is shown.
fn years(
    register: &Register,
    statements: &[AgreementStatement<'_>],
    as_of: NaiveDate,
) -> Option<RangeInclusive<i32>> {
    let lines = register.budget.iter().flat_map(|budget| budget.data.line.values());
    let mut all: Vec<i32> =
        lines.flat_map(|line| line.year.keys()).filter_map(|year| year.parse().ok()).collect();
    for AgreementStatement { statement, .. } in statements {
        let components = statement.components.iter().chain(&statement.proposed);
        all.extend(components.flat_map(|component| &component.years).map(|year| year.year));
        if !statement.components.is_empty() {
            let stretches = &statement.life.stretches;
            all.extend(stretches.iter().filter_map(|stretch| stretch.from).map(|day| day.year()));
            let is_open = statement.life.in_force().is_some() && statement.life.furthest().is_none();
            let coming = is_open.then(|| as_of.year().saturating_add(1));
            all.extend(statement.life.furthest().map(|day| day.year()).or(coming));
        }
    }
    Some(*all.iter().min()?..=*all.iter().max()?)
}
