//! The arguments of `iop schedule`.

use chrono::{Days, Months, NaiveDate};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::{Asked, Common, Output, SheetArgument, Wide};
use crate::deadline_kind::DeadlineKind;
use crate::text;

/// The arguments of `iop schedule`.
#[derive(Debug, Args)]
pub struct ScheduleArguments {
    /// Which agreements.
    #[command(flatten)]
    pub asked: Asked,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The first day.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = super::date,
        help = "Första dagen; annars i dag, och för ics hela avtalstiden",
        help_heading = "Flaggor"
    )]
    pub from: Option<NaiveDate>,
    /// How far ahead.
    #[arg(
        long,
        value_name = "TID",
        value_parser = span,
        help = "Hur långt fram: 90d, 8w, 6m eller 1y (dagar, veckor, månader, år)",
        help_heading = "Flaggor"
    )]
    pub within: Option<Span>,
    /// The kinds.
    #[arg(
        long,
        value_name = "SLAG",
        value_delimiter = ',',
        value_parser = kind,
        help = "Bara de här slagen av datum, till exempel payout,term-end",
        help_heading = "Flaggor"
    )]
    pub kind: Vec<DeadlineKind>,
    /// The format.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true,
        help = "table (förval), markdown, csv (för Excel), csv-plain, json, xlsx (Excel, i den fil som --output anger) eller ics (kalender att prenumerera på)",
        help_heading = "Flaggor"
    )]
    pub format: ScheduleFormat,
    /// Where it is written.
    #[command(flatten)]
    pub output: Output,
    /// How wide a table is.
    #[command(flatten)]
    pub wide: Wide,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleFormat {
    /// As figures are.
    Sheet(SheetArgument),
    /// A calendar.
    Calendar,
}

impl ValueEnum for ScheduleFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Sheet(SheetArgument::Table),
            Self::Sheet(SheetArgument::Csv),
            Self::Sheet(SheetArgument::CsvPlain),
            Self::Sheet(SheetArgument::Json),
            Self::Sheet(SheetArgument::Markdown),
            Self::Sheet(SheetArgument::Xlsx),
            Self::Calendar,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Sheet(sheet) => sheet.to_possible_value(),
            Self::Calendar => Some(PossibleValue::new("ics")),
        }
    }
}

/// A stretch of time from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// So many days.
    Days(u64),
    /// So many months.
    Months(u32),
}

impl Span {
    /// The last day of the stretch that begins on `first`; nothing beyond the calendar.
    #[must_use]
    pub fn last_day(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => first.checked_add_days(Days::new(days)),
            Self::Months(months) => first.checked_add_months(Months::new(months)),
        }
    }
}

/// A stretch of time, "90d".
pub(super) fn span(text: &str) -> Result<Span, String> {
    const HELP: &str = "skriv ett tal och d, w, m eller y, till exempel 90d eller 6m";
    // A century of days, far more than any agreement lasts.
    const MOST: u32 = 36_525;
    let unit = text.chars().next_back().ok_or(HELP)?;
    let number: u32 = text.strip_suffix(unit).and_then(|number| number.parse().ok()).ok_or(HELP)?;
    if number > MOST {
        return Err(format!("högst {MOST}"));
    }
    Ok(match unit {
        'd' => Span::Days(number.into()),
        'w' => Span::Days(u64::from(number) * 7),
        'm' => Span::Months(number),
        'y' => Span::Months(number * 12),
        _ => return Err(HELP.to_owned()),
    })
}

/// A kind of date by its word.
pub(super) fn kind(word: &str) -> Result<DeadlineKind, String> {
    DeadlineKind::of_word(word).ok_or_else(|| {
        let known: Vec<&str> = DeadlineKind::ALL.iter().map(|kind| kind.word()).collect();
        match text::nearest(word, known.iter().copied()) {
            Some(near) => format!("menade du {near}"),
            None => format!("de slag som finns är {}", text::list(&known)),
        }
    })
}
