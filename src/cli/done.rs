//! The arguments of `iop done`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::Common;
use crate::money::Money;

/// The arguments of `iop done`.
#[derive(Debug, Args)]
pub struct DoneArguments {
    /// The agreement.
    #[arg(
        value_name = "AVTAL",
        help = "Avtalets namn eller fil, till exempel rsmh-lund-2021; eller ensamt ett helt id ur iop schedule",
        help_heading = "Argument"
    )]
    pub agreement: PathBuf,
    /// What has been done.
    #[arg(
        value_name = "SLAG",
        help = "Slag av datum, som activity-report; invoice (faktura); reduction, repayment eller credit (nedsättning, återbetalning, kreditering); eller nyckeln för uppföljningen eller styrgruppen; slag/nyckel om flera kan menas",
        help_heading = "Argument"
    )]
    pub kind: Option<String>,
    /// For which period, or payout.
    #[arg(
        value_name = "PERIOD",
        help = "Perioden, som den heter i iop schedule: 2021H1, 2021 eller 2021-05; - om det bara finns en; för en faktura eller ett avdrag utbetalningen, som 2025#1",
        help_heading = "Argument"
    )]
    pub period: Option<String>,
    /// When.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = super::date,
        help = "Dagen då det gjordes",
        help_heading = "Flaggor"
    )]
    pub date: NaiveDate,
    /// Where it is kept.
    #[arg(
        long,
        value_name = "HANDLING",
        help = "Diarienummer eller fil, till exempel \"SO 2021/0345\"",
        help_heading = "Flaggor"
    )]
    pub reference: Option<String>,
    /// What an invoice or a deduction comes to.
    #[arg(long, value_name = "BELOPP", value_parser = super::money, help = "Beloppet på en faktura eller ett avdrag, i kronor", help_heading = "Fakturor och avdrag")]
    pub amount: Option<Money>,
    /// The number of an invoice.
    #[arg(long, value_name = "NUMMER", help = "Fakturans nummer", help_heading = "Fakturor och avdrag")]
    pub number: Option<String>,
    /// The number of the invoice that a credit note credits.
    #[arg(
        long,
        value_name = "NUMMER",
        help = "Numret på den faktura som en kreditfaktura minskar; beloppet skrivs utan minus",
        help_heading = "Fakturor och avdrag"
    )]
    pub credits: Option<String>,
    /// The last day to pay an invoice.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Fakturans förfallodag", help_heading = "Fakturor och avdrag")]
    pub due: Option<NaiveDate>,
    /// The number of the receiver in the municipality's ledger.
    #[arg(
        long,
        value_name = "NUMMER",
        help = "Leverantörsnumret; aldrig ett bankkonto",
        help_heading = "Fakturor och avdrag"
    )]
    pub supplier: Option<String>,
    /// Why something is taken off.
    #[arg(long, value_name = "SKÄL", help = "Skälet till ett avdrag", help_heading = "Fakturor och avdrag")]
    pub reason: Option<String>,
    /// The decision to take it off, by key.
    #[arg(
        long,
        value_name = "BESLUT",
        help = "Beslutet om avdraget: nyckeln under [decision] i samma fil",
        help_heading = "Fakturor och avdrag"
    )]
    pub decision: Option<String>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
}
