//! The arguments of `iop payouts`.

use chrono::NaiveDate;
use clap::Args;

use super::{Asked, Common, Figures, Span};

/// The arguments of `iop payouts`.
#[derive(Debug, Args)]
pub struct PayoutsArguments {
    /// Which agreements.
    #[command(flatten)]
    pub asked: Asked,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// Only the payouts for time that begins in one year.
    #[arg(long, value_name = "ÅR", value_parser = super::year, help = "Visar bara utbetalningar för tid som börjar det året", help_heading = "Flaggor")]
    pub year: Option<i32>,
    /// What they are summed up by.
    #[arg(
        long,
        value_name = "SLAG",
        conflicts_with_all = ["explain", "readings", "ended", "invoices"],
        help = "Visar utbetalningarna per month (månad), organisation, committee (nämnd), code (kodsträng: alla kodfält tillsammans) eller något av registrets kodfält",
        help_heading = "Flaggor"
    )]
    pub by: Option<PayoutsBy>,
    /// The first day of what is shown by month.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = super::date,
        requires = "by",
        help = "Första dagen, med --by month; annars i dag om --within anges",
        help_heading = "Flaggor"
    )]
    pub from: Option<NaiveDate>,
    /// How far ahead that goes.
    #[arg(
        long,
        value_name = "TID",
        value_parser = super::schedule::span,
        requires = "by",
        help = "Hur långt fram, med --by month: 90d, 8w, 6m eller 1y; det som redan borde vara betalt visas ändå",
        help_heading = "Flaggor"
    )]
    pub within: Option<Span>,
    /// How the figures are written.
    #[command(flatten)]
    pub figures: Figures,
    /// How each sum has been computed.
    #[arg(
        long,
        help = "Visar hur varje summa har räknats fram, steg för steg, och varifrån varje tal kommer",
        help_heading = "Flaggor"
    )]
    pub explain: bool,
    /// The ways to read an adjustment that the agreement leaves open.
    #[arg(
        long,
        conflicts_with = "explain",
        help = "Visar vad beloppen blir med varje sätt att läsa en justering som avtalet lämnar öppen",
        help_heading = "Flaggor"
    )]
    pub readings: bool,
    /// Invoices beside payouts and payments.
    #[arg(
        long,
        conflicts_with_all = ["explain", "readings", "ended"],
        help = "Visar fakturorna: vad som stämmer, avviker och inte är avtalat, och vad som inte är fakturerat",
        help_heading = "Flaggor"
    )]
    pub invoices: bool,
    /// The entries of a year's end.
    #[arg(
        long,
        value_name = "ÅR",
        value_parser = super::year,
        conflicts_with_all = ["explain", "readings", "ended", "invoices", "by", "year"],
        help = "Visar bokslutsposterna när året slutar: förutbetalt, upplupet, leverantörsskulder och fordringar",
        help_heading = "Flaggor"
    )]
    pub year_end: Option<i32>,
    /// The last day of agreements that end early.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = super::date,
        conflicts_with_all = ["explain", "readings"],
        help = "Visar vad som är betalt och intjänat om avtalet slutar i förtid den dagen",
        help_heading = "Flaggor"
    )]
    pub ended: Option<NaiveDate>,
}

/// What payouts are shown by. Swedish words are understood as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayoutsBy {
    /// The month in which they are made.
    Month,
    /// The organisation that receives them.
    Organisation,
    /// The committee that bears them.
    Committee,
    /// The whole code string.
    Codes,
    /// A field of the code string, as it is named here.
    Code(String),
}

impl From<String> for PayoutsBy {
    fn from(word: String) -> Self {
        match word.as_str() {
            "month" | "månad" => Self::Month,
            "organisation" => Self::Organisation,
            "committee" | "nämnd" => Self::Committee,
            "code" | "kodsträng" => Self::Codes,
            _ => Self::Code(word),
        }
    }
}
