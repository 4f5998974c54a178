//! What has happened since an agreement was made: `records/ID.toml` for `agreements/ID.toml`.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Level;
use crate::measure::Measure;
use crate::money::Money;
use crate::paragraph::Paragraph;
use crate::vocabulary;
use crate::vocabulary::{Fact, Known};

/// The events of one agreement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Händelser för ett avtal")]
pub struct Records {
    /// Decisions.
    #[serde(default)]
    #[schemars(title = "Beslut: en tabell per beslut som rör avtalet")]
    pub decision: Keyed<Decision>,
    /// Signings.
    #[serde(default)]
    #[schemars(title = "Undertecknanden: en tabell per undertecknande")]
    pub signing: Keyed<Signing>,
    /// Payments.
    #[serde(default)]
    #[schemars(
        title = "Betalningar: en tabell per betalning; den sägs höra till en utbetalning eller en ersättning"
    )]
    pub payment: Keyed<Payment>,
    /// What has been taken off payouts.
    #[serde(default)]
    #[schemars(title = "Avdrag: nedsättningar, återbetalningar och krediteringar")]
    pub deduction: Keyed<Deduction>,
    /// Invoices that have come.
    #[serde(default)]
    #[schemars(title = "Fakturor: en tabell per faktura från mottagaren")]
    pub invoice: Keyed<Invoice>,
    /// Meetings held.
    #[serde(default)]
    #[schemars(title = "Hållna möten: en tabell per möte, också de som är bokade")]
    pub meeting: Keyed<Meeting>,
    /// Reports received and accounts given.
    #[serde(default)]
    #[schemars(
        title = "Inkomna rapporter och lämnade redovisningar: en tabell per rapport eller redovisning som har lämnats"
    )]
    pub report: Keyed<Report>,
    /// Other things that have been done on time or late.
    #[serde(default)]
    #[schemars(title = "Utfört: det som schemat bevakar utöver möten, rapporter och betalningar")]
    pub done: Keyed<Done>,
    /// Findings that somebody has decided to accept.
    #[serde(default)]
    #[schemars(title = "Undantag från granskningen: beslut att godta en anmärkning")]
    pub waiver: Keyed<Waiver>,
}

impl Records {
    /// All that is recorded as done on a known day, by its table and key; what is planned is not.
    pub fn events(&self) -> impl Iterator<Item = (&'static str, &String, NaiveDate)> {
        let decisions = self.decision.iter().map(|(key, one)| ("decision", key, one.date));
        let signings =
            self.signing.iter().filter_map(|(key, one)| Some(("signing", key, *one.date.known()?)));
        let meetings = self.meeting.iter().filter(|(_, one)| !one.planned);
        decisions
            .chain(signings)
            .chain(meetings.map(|(key, one)| ("meeting", key, one.date)))
            .chain(self.report.iter().map(|(key, one)| ("report", key, one.date)))
            .chain(self.done.iter().map(|(key, one)| ("done", key, one.date)))
            .chain(self.payment.iter().map(|(key, one)| ("payment", key, one.date)))
            .chain(self.deduction.iter().map(|(key, one)| ("deduction", key, one.date)))
            .chain(self.invoice.iter().map(|(key, one)| ("invoice", key, one.date)))
    }
}

vocabulary! {
    /// What was decided.
    pub enum DecisionKind ("Slag av beslut") {
        /// The agreement.
        Approval = "approval", "godkännande", "nämnden godkänner avtalet";
        /// A task to sign it.
        Assignment = "assignment", "uppdrag att underteckna", "någon får i uppdrag att underteckna";
        /// An extension.
        Extension = "extension", "förlängning", "avtalet förlängs";
        /// Another amount.
        Amount = "amount", "ändrat belopp", "ett belopp ändras eller läggs till";
        /// A supplement.
        Supplement = "supplement", "tillägg", "ett tillägg till avtalet";
        /// Notice or rescission.
        Termination = "termination", "uppsägning eller hävning", "avtalet sägs upp eller hävs";
        /// Something else.
        Other = "other", "annat beslut", "något annat som rör avtalet";
    }
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Beslut")]
pub struct Decision {
    /// What was decided.
    #[schemars(title = "Slag: vad beslutet gäller")]
    pub kind: DecisionKind,
    /// Who decided.
    #[schemars(title = "Beslutat av: organ eller funktion", length(min = 1), example = &"socialnämnden")]
    pub by: String,
    /// When.
    #[schemars(title = "Datum: dagen då det fattades", example = &"2023-12-13")]
    pub date: NaiveDate,
    /// The paragraph of the minutes.
    #[schemars(title = "Paragraf: som \"§ 167\"", example = &"§ 167")]
    pub paragraph: Option<Paragraph>,
    /// Registry number.
    #[schemars(title = "Diarienummer: beslutets eller ärendets nummer", example = &"SN 2023/0101")]
    pub registry_number: Option<String>,
    /// Whether the paragraph was adjusted at the meeting (KL 5 kap. 69 §), before the rest of the minutes.
    #[serde(default)]
    #[schemars(title = "Omedelbart justerad: sant om paragrafen justerades direkt vid sammanträdet")]
    pub directly_adjusted: bool,
    /// The sum that the decision itself names.
    #[schemars(title = "Belopp: det som beslutet självt anger")]
    pub amount: Option<Money>,
    /// The days that the decision itself names.
    #[schemars(title = "Tid: den som beslutet självt anger")]
    pub period: Option<Period>,
    /// Whether it was made by delegation (KL 6 kap. 37–40 §§, 7 kap. 5–8 §§).
    #[serde(default)]
    #[schemars(title = "Delegation: sant om beslutet är fattat på delegation")]
    pub delegated: bool,
    /// When a delegated decision was reported to the committee.
    #[schemars(title = "Anmält till nämnden: dagen då ett delegerat beslut anmäldes")]
    pub reported: Option<NaiveDate>,
    /// When notice was sent to the other side.
    #[schemars(title = "Uppsägningen skickad: dagen då uppsägningen skickades till den andra parten", example = &"2025-05-28")]
    pub sent: Option<NaiveDate>,
    /// When the other side had it.
    #[schemars(title = "Uppsägningen mottagen: den dag då den kom fram", example = &"2025-06-02")]
    pub received: Option<NaiveDate>,
    /// The exit of the agreement by which notice is given, by key: it says when the agreement then ends.
    #[schemars(title = "Uppsägning enligt: nyckeln för den punkt i [exit] som används", example = &"uppsagning")]
    pub exit: Option<String>,
}

/// A signing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Undertecknande")]
pub struct Signing {
    /// The party, by key.
    #[schemars(title = "Part: nyckeln")]
    pub party: String,
    /// The signatory, by key.
    #[schemars(title = "Undertecknare: nyckeln")]
    pub signatory: String,
    /// When.
    #[schemars(title = "Datum: dagen för undertecknandet")]
    pub date: Fact<NaiveDate>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Betalning")]
pub struct Payment {
    /// When.
    #[schemars(title = "Betalningsdag: dagen då pengarna betalades", example = &"2024-01-31")]
    pub date: NaiveDate,
    /// How much.
    #[schemars(title = "Belopp: i kronor; ören skrivs med decimaltecken inom citattecken")]
    pub amount: Money,
    /// The component, by key.
    #[schemars(title = "Ersättning: nyckeln")]
    pub funding: Option<String>,
    /// Who had it, by party key, of an amount that several organisations receive.
    #[schemars(title = "Mottagare: nyckeln för den part som fick pengarna, när flera delar på ersättningen", example = &"forening")]
    pub payee: Option<String>,
    /// The period that it covers.
    #[schemars(title = "Avser perioden: den tid som betalningen gäller, om den inte nämner en utbetalning")]
    pub period: Option<Period>,
    /// The payout that it settles.
    #[schemars(title = "Utbetalning: den som betalningen avser, som den heter i iop payouts", example = &"2024#1")]
    pub payout: Option<String>,
    /// Whether more will be paid for the same payout; else it is settled, whatever it came to.
    #[serde(default)]
    #[schemars(title = "Delbetalning: sant om mer ska betalas av samma utbetalning")]
    pub partial: bool,
    /// Invoice or voucher.
    #[schemars(title = "Verifikation: faktura- eller verifikationsnummer")]
    pub voucher: Option<String>,
}

vocabulary! {
    /// What a deduction does to its payout.
    pub enum DeductionKind ("Slag av avdrag") {
        /// Less is to be paid than was agreed, and stays so.
        Reduction = "reduction", "nedsättning", "mindre ska betalas än avtalat";
        /// The receiver has paid money back that it shall not have: less was to be paid, and has been.
        Repayment = "repayment", "återbetalning", "mottagaren har betalat tillbaka det som den inte ska ha";
        /// What was paid too much has been credited or paid back: as much is to be paid as before.
        Credit = "credit", "kreditering", "det som betalades för mycket är tillbaka eller krediterat";
    }
}

impl DeductionKind {
    /// Whether it makes what is to be paid less.
    #[must_use]
    pub fn lowers_the_sum(self) -> bool {
        matches!(self, Self::Reduction | Self::Repayment)
    }

    /// Whether money has come back.
    #[must_use]
    pub fn gives_back(self) -> bool {
        matches!(self, Self::Repayment | Self::Credit)
    }
}

/// What has been taken off a payout. It is final: nothing of it goes to another payout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Avdrag")]
pub struct Deduction {
    /// What it does to the payout.
    #[schemars(
        title = "Slag: nedsättning (mindre ska betalas), återbetalning (mottagaren har betalat tillbaka det som den inte ska ha) eller kreditering (det som betalades för mycket är tillbaka)"
    )]
    pub kind: DeductionKind,
    /// From which day it counts.
    #[schemars(title = "Datum: den dag som avdraget räknas från", example = &"2025-03-12")]
    pub date: NaiveDate,
    /// How much.
    #[schemars(title = "Belopp: det som dras av, i kronor")]
    pub amount: Money,
    /// The payout that it is taken off.
    #[schemars(title = "Utbetalning: den som avdraget gäller, som den heter i iop payouts", example = &"2025#1")]
    pub payout: String,
    /// Why.
    #[schemars(title = "Skäl: varför beloppet dras av, som att årsrapporten kom för sent", length(min = 1), example = &"årsrapporten för 2024 kom tio dagar för sent")]
    pub reason: String,
    /// The decision, by key.
    #[schemars(title = "Beslut: nyckeln i samma fil")]
    pub decision: Option<String>,
    /// Credit note or voucher.
    #[schemars(title = "Verifikation: kreditfaktura eller verifikationsnummer")]
    pub voucher: Option<String>,
}

/// An invoice from a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Faktura")]
pub struct Invoice {
    /// Its number.
    #[schemars(title = "Fakturanummer: det som leverantören har satt på fakturan", length(min = 1), example = &"2025-017")]
    pub number: String,
    /// The receiver's number in the municipality's ledger. Never an account in a bank: the register is no place for those.
    #[schemars(
        title = "Leverantörsnummer: det som organisationen har i kommunens leverantörsregister; aldrig ett bankgiro eller bankkonto",
        length(min = 1),
        example = &"104233"
    )]
    pub supplier: Option<String>,
    /// Its date.
    #[schemars(title = "Fakturadatum: den dag som står på fakturan", example = &"2025-01-10")]
    pub date: NaiveDate,
    /// The last day to pay it.
    #[schemars(title = "Förfallodag: den sista dagen att betala, enligt fakturan", example = &"2025-02-09")]
    pub due: Option<NaiveDate>,
    /// How much.
    #[schemars(title = "Belopp: i kronor; ören skrivs med decimaltecken inom citattecken")]
    pub amount: Money,
    /// The component, by key.
    #[schemars(title = "Ersättning: nyckeln")]
    pub funding: Option<String>,
    /// Who sent it, by party key, of an amount that several organisations receive.
    #[schemars(title = "Mottagare: nyckeln för den part som fakturan kommer från, när flera delar på ersättningen", example = &"forening")]
    pub payee: Option<String>,
    /// The period that it covers.
    #[schemars(title = "Avser perioden: den tid som fakturan gäller, om den inte nämner en utbetalning")]
    pub period: Option<Period>,
    /// The payout that it is for.
    #[schemars(title = "Utbetalning: den som fakturan gäller, som den heter i iop payouts", example = &"2025#1")]
    pub payout: Option<String>,
    /// Whether more will be invoiced for the same payout.
    #[serde(default)]
    #[schemars(title = "Delfaktura: sant om fler fakturor kommer för samma utbetalning")]
    pub partial: bool,
    /// The invoice that this one credits, by key: a credit note takes its amount off that.
    #[schemars(
        title = "Krediterar: nyckeln för den faktura i samma fil som den här kreditfakturan minskar; beloppet skrivs utan minus",
        example = &"januari"
    )]
    pub credits: Option<String>,
}

impl Invoice {
    /// What tells it from others: its supplier and its number, however they are spaced.
    #[must_use]
    pub fn identity(&self) -> (Option<String>, String) {
        let plain = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        (self.supplier.as_deref().map(plain), plain(&self.number))
    }
}

/// A meeting that was held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Möte")]
pub struct Meeting {
    /// The steering group, by key.
    #[schemars(title = "Styrgrupp: nyckeln")]
    pub steering_group: String,
    /// When.
    #[schemars(title = "Datum: dagen då mötet hölls eller ska hållas")]
    pub date: NaiveDate,
    /// Whether it is only planned: a day has been set, and the meeting has not been held.
    #[serde(default)]
    #[schemars(title = "Planerat: sant om dagen är bestämd men mötet inte har hållits")]
    pub planned: bool,
    /// The period of the schedule that it counts for, where its day falls outside that period.
    #[schemars(title = "Period: den som mötet räknas till, som den heter i iop schedule, om dagen faller utanför", example = &"2024H1")]
    pub period: Option<String>,
    /// Registry number of the notes.
    #[schemars(title = "Minnesanteckningarnas diarienummer: när anteckningarna är registrerade")]
    pub registry_number: Option<String>,
}

/// A report received or an account given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rapport")]
pub struct Report {
    /// The duty, by key.
    #[schemars(title = "Uppföljning: nyckeln")]
    pub duty: String,
    /// The period that it covers.
    #[schemars(title = "Avser perioden: den tid som rapporten handlar om")]
    pub period: Period,
    /// When it came.
    #[schemars(title = "Datum: dagen då den kom in eller lämnades")]
    pub date: NaiveDate,
    /// Registry number or file.
    #[schemars(title = "Diarienummer eller fil: var den finns")]
    pub reference: Option<String>,
}

/// Something that the schedule watches and that has been done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Utfört")]
pub struct Done {
    /// What.
    #[schemars(title = "Slag: det slag av datum som är klart")]
    pub kind: DeadlineKind,
    /// The steering group, duty or option that it belongs to, by key.
    #[schemars(title = "Hör till: nyckeln för styrgruppen, uppföljningen eller optionen")]
    pub of: Option<String>,
    /// The period, as the schedule names it.
    #[schemars(title = "Period: som den heter i iop schedule", example = &"2024H1")]
    pub period: Option<String>,
    /// When.
    #[schemars(title = "Datum: dagen då det blev klart")]
    pub date: NaiveDate,
    /// Registry number or file.
    #[schemars(title = "Diarienummer eller fil: var det som visar det finns")]
    pub reference: Option<String>,
}

vocabulary! {
    /// How grave a finding is accepted.
    pub enum AcceptedLevel ("Godtaget allvar") {
        /// *Not*.
        Note = "note", "not", "en upplysning";
        /// *Varning*.
        Warning = "warning", "varning", "något som bör rättas";
        /// *Fel*.
        Error = "error", "fel", "något som ska rättas";
    }
}

impl AcceptedLevel {
    /// The level that it is.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Note => Level::Note,
            Self::Warning => Level::Warning,
            Self::Error => Level::Error,
        }
    }
}

/// A decision to accept a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Undantag")]
pub struct Waiver {
    /// The finding's code, or the name of its rule. One that does not exist is a finding, and hides no other.
    #[schemars(
        title = "Kod: som IOP201, eller anmärkningens namn, som term-limit",
        length(min = 1),
        example = &"IOP201"
    )]
    pub code: String,
    /// The file that the finding stands in, where it is not the agreement's own.
    #[schemars(
        title = "Fil: den som anmärkningen visar, om det inte är avtalets egen, som budget.toml",
        length(min = 1),
        example = &"budget.toml"
    )]
    pub file: Option<String>,
    /// The key path that it holds for.
    #[schemars(title = "Nyckelväg: den som anmärkningen visar, som term.end", length(min = 1), example = &"term.end")]
    pub path: String,
    /// How much is accepted, where the finding has a measure; more than that is not. Without it the waiver does not hold for
    /// such a finding.
    #[schemars(
        title = "Godtar högst: det mått som anmärkningen visar, som { months = 37 }; mer än så godtas inte"
    )]
    pub up_to: Option<Measure>,
    /// How grave a finding is accepted; a graver one is not. Without it the waiver holds however grave it is, and warns.
    #[schemars(
        title = "Allvar: så allvarlig är anmärkningen som godtas; blir den allvarligare visas den igen. Utan det godtas den hur allvarlig den än blir, och undantaget varnar"
    )]
    pub level: Option<AcceptedLevel>,
    /// The words that are accepted, where the finding is about words of a text; others are not. Without them the waiver holds
    /// whatever they are, and warns.
    #[serde(default)]
    #[schemars(
        title = "Ord: de ord i texten som godtas, när anmärkningen gäller ord; andra ord visas",
        example = &["fyra år"]
    )]
    pub words: Vec<String>,
    /// Why. A waiver without a reason does not hold.
    #[schemars(title = "Skäl: utan det gäller inte undantaget", length(min = 1))]
    pub reason: Option<String>,
    /// Who decided, by organ or function. Nor does one without this.
    #[schemars(title = "Beslutat av: organ eller funktion; utan det gäller inte undantaget", length(min = 1), example = &"socialnämnden")]
    pub by: Option<String>,
    /// When.
    #[schemars(title = "Beslutsdatum: dagen då undantaget beslutades")]
    pub date: NaiveDate,
    /// The decision's registry number. Nor does one without this.
    #[schemars(title = "Diarienummer: utan det gäller inte undantaget")]
    pub registry_number: Option<String>,
    /// The last day that it holds. Nor does one without an end.
    #[schemars(title = "Gäller till och med: utan det gäller inte undantaget")]
    pub until: Option<NaiveDate>,
}
