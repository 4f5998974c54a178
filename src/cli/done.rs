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
        help = "Vad som är gjort: slaget av datum (verksamhetsrapport, översyn), nyckeln för uppföljningen eller styrgruppen, betalning, faktura, nedsättning, återbetalning, kreditering, beslut, undertecknande eller bokning; slag/nyckel om flera kan menas; en lista att välja ur om inget anges",
        help_heading = "Argument"
    )]
    pub kind: Option<String>,
    /// For which period, or payout.
    #[arg(
        value_name = "PERIOD",
        help = "Perioden, som den heter i iop schedule: 2021H1, 2021 eller 2021-05; - om det bara finns en; för pengar utbetalningen, som 2025#1; för ett beslut vad som beslutades; för ett undertecknande vem",
        help_heading = "Argument"
    )]
    pub period: Option<String>,
    /// When.
    #[arg(
        long,
        value_name = "DATUM",
        value_parser = super::date,
        help = "Dagen då det gjordes; för en bokning mötets dag",
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
    /// Who decided.
    #[arg(
        long,
        value_name = "ORGAN",
        help = "Vem som har beslutat, som socialnämnden",
        help_heading = "Beslut"
    )]
    pub by: Option<String>,
    /// The paragraph of the minutes.
    #[arg(long, value_name = "PARAGRAF", help = "Protokollets paragraf, som 45", help_heading = "Beslut")]
    pub paragraph: Option<String>,
    /// Whether it was adjusted at the meeting.
    #[arg(long, help = "Paragrafen justerades omedelbart, vid sammanträdet", help_heading = "Beslut")]
    pub adjusted: bool,
    /// Whether it was made by delegation.
    #[arg(long, help = "Beslutet är fattat på delegation", help_heading = "Beslut")]
    pub delegated: bool,
    /// When notice was sent.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Dagen då uppsägningen skickades", help_heading = "Beslut")]
    pub sent: Option<NaiveDate>,
    /// When it had come to the other side.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Dagen då uppsägningen kom fram", help_heading = "Beslut")]
    pub received: Option<NaiveDate>,
    /// The way out by which notice is given.
    #[arg(
        long,
        value_name = "PUNKT",
        help = "Den punkt i avtalet som uppsägningen följer: nyckeln i [exit]",
        help_heading = "Beslut"
    )]
    pub exit: Option<String>,
    /// What has been paid, or what an invoice or a deduction comes to; of a decision what it names.
    #[arg(long, value_name = "BELOPP", value_parser = super::money, help = "Beloppet i kronor; för ett beslut det som beslutet självt anger", help_heading = "Pengar")]
    pub amount: Option<Money>,
    /// The voucher of a payment or a deduction.
    #[arg(long, value_name = "NUMMER", help = "Verifikationens nummer", help_heading = "Pengar")]
    pub voucher: Option<String>,
    /// Whether more will be paid for the payout.
    #[arg(long, help = "Mer ska betalas av samma utbetalning", help_heading = "Pengar")]
    pub partial: bool,
    /// Who was paid, where several share.
    #[arg(
        long,
        value_name = "PART",
        help = "Den part som fick pengarna, när flera delar på ersättningen",
        help_heading = "Pengar"
    )]
    pub payee: Option<String>,
    /// The number of an invoice.
    #[arg(long, value_name = "NUMMER", help = "Fakturans nummer", help_heading = "Pengar")]
    pub number: Option<String>,
    /// The number of the invoice that a credit note credits.
    #[arg(
        long,
        value_name = "NUMMER",
        help = "Numret på den faktura som en kreditfaktura minskar; beloppet skrivs utan minus",
        help_heading = "Pengar"
    )]
    pub credits: Option<String>,
    /// The last day to pay an invoice.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Fakturans förfallodag", help_heading = "Pengar")]
    pub due: Option<NaiveDate>,
    /// The number of the receiver in the municipality's ledger.
    #[arg(
        long,
        value_name = "NUMMER",
        help = "Leverantörsnumret; aldrig ett bankkonto",
        help_heading = "Pengar"
    )]
    pub supplier: Option<String>,
    /// Why something is taken off.
    #[arg(long, value_name = "SKÄL", help = "Skälet till ett avdrag", help_heading = "Pengar")]
    pub reason: Option<String>,
    /// The decision to take it off, by key.
    #[arg(
        long,
        value_name = "BESLUT",
        help = "Beslutet om avdraget: nyckeln under [decision] i samma fil",
        help_heading = "Pengar"
    )]
    pub decision: Option<String>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
}
