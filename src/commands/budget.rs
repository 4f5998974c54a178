//! `iop budget`: what the partnerships cost against the frames.

use super::{Outcome, UsageError, figures, files};
use crate::cli::{BudgetArguments, SheetArgument};
use crate::payouts;
use crate::register::Register;
use crate::report::budget::BudgetReport;
use crate::report::sheet;

pub(super) fn run(arguments: &BudgetArguments) -> anyhow::Result<Outcome> {
    let read = figures::read(&arguments.common)?;
    let register = &read.register;
    let (first, last) = years(register);
    let span = arguments.from.unwrap_or(first)..=arguments.to.unwrap_or(last);
    if span.is_empty() {
        return Err(UsageError(format!(
            "Första året ({}) är senare än det sista ({}). Ändra --from eller --to.",
            span.start(),
            span.end()
        ))
        .into());
    }
    let statements = payouts::statements(register, read.as_of);
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
    let text = match arguments.figures.format {
        SheetArgument::Json => report.json(),
        format => {
            let is_exact = matches!(format, SheetArgument::Csv | SheetArgument::CsvPlain);
            sheet::write(&report.sheets(is_exact), &missing, figures::format(format, arguments.figures.wide))
        }
    };
    files::print(&text)?;
    Ok(figures::outcome(&missing))
}

/// The first and last year that an agreement or a frame touches.
fn years(register: &Register) -> (i32, i32) {
    let agreements = register.agreements.values();
    let of_agreements = agreements.flat_map(|entry| {
        let funding = entry.data.funding.values();
        funding.filter_map(|funding| payouts::period_of(funding, &entry.data.term)).flat_map(|period| {
            let years = period.years();
            [*years.start(), *years.end()]
        })
    });
    let lines = register.budget.iter().flat_map(|budget| budget.data.line.values());
    let of_frames = lines.flat_map(|line| line.year.keys()).filter_map(|year| year.parse().ok());
    let all: Vec<i32> = of_agreements.chain(of_frames).collect();
    (all.iter().copied().min().unwrap_or_default(), all.iter().copied().max().unwrap_or_default())
}
