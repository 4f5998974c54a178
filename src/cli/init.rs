//! The arguments of `iop init`.

use std::path::PathBuf;

use clap::Args;

use super::one_of;
use crate::drafting::{Ci, Profile};
use crate::money::Money;
use crate::settings::{MemoWord, ProposalStyle};

/// The arguments of `iop init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// Where to write.
    #[arg(
        value_name = "MAPP",
        default_value = ".",
        hide_default_value = true,
        help = "Registrets mapp; annars den här. Det som redan finns där rörs inte",
        help_heading = "Argument"
    )]
    pub folder: PathBuf,
    /// The legal person.
    #[arg(long, value_name = "NAMN", help = "Kommunens namn, som Ådala kommun", help_heading = "Flaggor")]
    pub municipality: Option<String>,
    /// Its committees.
    #[arg(
        long,
        value_name = "NAMN",
        help = "En nämnd som beslutar om partnerskap; kan anges flera gånger, den första är förval. Annars Kommunstyrelsen",
        help_heading = "Flaggor"
    )]
    pub committee: Vec<String>,
    /// The guidelines to begin with.
    #[arg(
        long,
        value_name = "RIKTLINJER",
        value_parser = one_of(&Profile::ALL, Profile::word),
        hide_possible_values = true,
        help = "Riktlinjer att börja med: neutral (förval, kriterier som ofta används) eller lund (Lunds från 2020)",
        help_heading = "Flaggor"
    )]
    pub guideline: Option<Profile>,
    /// Frames by year.
    #[arg(
        long,
        value_name = "ÅR=BELOPP",
        value_parser = frame,
        help = "Den första nämndens ram för partnerskap ett år, som 2027=500000; kan anges flera gånger",
        help_heading = "Flaggor"
    )]
    pub frame: Vec<(i32, Money)>,
    /// What the memo is called.
    #[arg(
        long,
        value_name = "ORD",
        value_parser = one_of(&MemoWord::ALL, MemoWord::word),
        hide_possible_values = true,
        help = "Skrivelsens benämning: tjansteskrivelse (förval) eller tjansteutlatande",
        help_heading = "Flaggor"
    )]
    pub memo: Option<MemoWord>,
    /// How proposals are written.
    #[arg(
        long,
        value_name = "FORM",
        value_parser = one_of(&ProposalStyle::ALL, ProposalStyle::word),
        hide_possible_values = true,
        help = "Förslagets form: att-clauses (att-satser, förval), sentences (hela meningar) eller numbered (numrerade meningar)",
        help_heading = "Flaggor"
    )]
    pub proposal: Option<ProposalStyle>,
    /// What checks the register.
    #[arg(
        long,
        value_name = "SYSTEM",
        value_parser = one_of(&Ci::ALL, Ci::word),
        hide_possible_values = true,
        help = "Granskning vid varje ändring: none (förval), github, gitlab eller azure",
        help_heading = "Flaggor"
    )]
    pub ci: Option<Ci>,
}

/// A year with its frame.
pub fn frame(text: &str) -> Result<(i32, Money), String> {
    let known = text.split_once('=').and_then(|(year, amount)| {
        let amount: Money = super::money(amount.trim()).ok()?;
        Some((super::year(year.trim()).ok()?, amount)).filter(|_| amount > Money::ZERO)
    });
    known.ok_or_else(|| "skriv år och belopp, till exempel 2027=500000".to_owned())
}
