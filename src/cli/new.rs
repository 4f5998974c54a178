//! The arguments of `iop new`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::Common;
use crate::agreement::LegalForm;
use crate::money::Money;
use crate::text;

/// The arguments of `iop new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The new agreement's id.
    #[arg(
        value_name = "NAMN",
        help = "Det nya avtalets namn i registret, a–z, 0–9 och bindestreck; annars organisationens namn och året",
        help_heading = "Argument"
    )]
    pub id: Option<String>,
    /// What it is about.
    #[arg(
        long,
        value_name = "ÄMNE",
        help = "Vad partnerskapet gäller, som det står efter ordet gällande: ett öppet hus för unga",
        help_heading = "Nytt avtal"
    )]
    pub title: Option<String>,
    /// The organisation.
    #[arg(long, value_name = "NAMN", help = "Organisationens namn", help_heading = "Nytt avtal")]
    pub organisation: Option<String>,
    /// Its legal form.
    #[arg(
        long,
        value_name = "FORM",
        value_parser = form,
        help = "Organisationens form: ideell förening, stiftelse, registrerat trossamfund, studieförbund …",
        help_heading = "Nytt avtal"
    )]
    pub form: Option<LegalForm>,
    /// Its organisation number.
    #[arg(
        long,
        value_name = "NUMMER",
        help = "Organisationsnumret, som 802400-0005",
        help_heading = "Nytt avtal"
    )]
    pub number: Option<String>,
    /// The committee.
    #[arg(
        long,
        value_name = "NÄMND",
        help = "Nämnden som beslutar: nyckeln eller namnet i iop.toml; annars registrets förval",
        help_heading = "Nytt avtal"
    )]
    pub committee: Option<String>,
    /// The case.
    #[arg(long, value_name = "DIARIENUMMER", help = "Ärendets diarienummer", help_heading = "Nytt avtal")]
    pub case: Option<String>,
    /// The first day.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Första dagen; med --extend första dagen av den nya tiden, om den inte följer direkt på den förra", help_heading = "Nytt avtal")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Sista dagen; den ingår", help_heading = "Nytt avtal")]
    pub to: Option<NaiveDate>,
    /// What is paid for a year.
    #[arg(long, value_name = "BELOPP", value_parser = super::money, help = "Vad kommunen betalar per år, i kronor", help_heading = "Nytt avtal")]
    pub amount: Option<Money>,
    /// The agreement that the new one takes over from.
    #[arg(
        long = "continue",
        value_name = "AVTAL",
        conflicts_with_all = ["extend", "change", "end", "title", "organisation", "form", "number", "committee", "case", "from", "to", "amount", "until", "changes", "by", "exit", "option"],
        help = "Avtalet som det nya avlöser: parter, åtaganden, mål och klausuler följer med",
        help_heading = "Efter ett annat avtal"
    )]
    pub continues: Option<PathBuf>,
    /// The agreement to be extended.
    #[arg(
        long,
        value_name = "AVTAL",
        conflicts_with_all = ["id", "change", "end", "title", "organisation", "form", "number", "committee", "case", "to", "amount", "changes", "by", "exit"],
        help = "Avtalet som föreslås bli förlängt, till och med --until",
        help_heading = "Efter ett annat avtal"
    )]
    pub extend: Option<PathBuf>,
    /// The agreement to be changed.
    #[arg(
        long,
        value_name = "AVTAL",
        conflicts_with_all = ["id", "end", "title", "organisation", "form", "number", "committee", "case", "from", "to", "amount", "by", "exit", "option"],
        help = "Avtalet som föreslås få ett tillägg, med --changes",
        help_heading = "Efter ett annat avtal"
    )]
    pub change: Option<PathBuf>,
    /// The agreement to be ended.
    #[arg(
        long,
        value_name = "AVTAL",
        conflicts_with_all = ["id", "title", "organisation", "form", "number", "committee", "case", "from", "to", "amount", "changes", "option"],
        help = "Avtalet som föreslås sluta i förtid, till och med --until",
        help_heading = "Efter ett annat avtal"
    )]
    pub end: Option<PathBuf>,
    /// The new last day.
    #[arg(long, value_name = "DATUM", value_parser = super::date, help = "Ny sista dag; den ingår", help_heading = "Efter ett annat avtal")]
    pub until: Option<NaiveDate>,
    /// What changes.
    #[arg(
        long,
        value_name = "TEXT",
        help = "Vad som ändras, i hela meningar",
        help_heading = "Efter ett annat avtal"
    )]
    pub changes: Option<String>,
    /// The option that an extension uses.
    #[arg(
        long,
        value_name = "OPTION",
        help = "Optionen som förlängningen använder: nyckeln i avtalet",
        help_heading = "Efter ett annat avtal"
    )]
    pub option: Option<String>,
    /// Who ends it.
    #[arg(
        long,
        value_name = "PART",
        help = "Den part som avslutar avtalet: nyckeln i avtalet; annars alla gemensamt",
        help_heading = "Efter ett annat avtal"
    )]
    pub by: Option<String>,
    /// The way out.
    #[arg(
        long,
        value_name = "PUNKT",
        help = "Punkten som avslutet stöds på: nyckeln under [exit] i avtalet",
        help_heading = "Efter ett annat avtal"
    )]
    pub exit: Option<String>,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
}

/// A legal form by its word in the files or in Swedish.
fn form(text: &str) -> Result<LegalForm, String> {
    let is_it = |form: &LegalForm| form.word() == text || form.label().eq_ignore_ascii_case(text.trim());
    let labels = LegalForm::ALL.map(LegalForm::label);
    LegalForm::ALL.into_iter().find(is_it).ok_or_else(|| format!("välj {}", text::either(&labels)))
}
