//! When and how money is paid out.

use crate::keyed::Keyed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::{Money, Percent};
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::{MonthOfYear, Whole};

vocabulary! {
    /// What sets a payout off.
    pub enum PayoutMethod ("Utbetalningssätt") {
        /// The organisation sends an invoice.
        Invoice = "invoice", "faktura", "mottagaren skickar en faktura";
        /// The organisation asks for it.
        Requisition = "requisition", "rekvisition", "mottagaren begär pengarna";
        /// The payer pays by itself.
        Automatic = "automatic", "utbetalning utan begäran", "betalaren betalar av sig själv";
    }
}

vocabulary! {
    /// When in its period a payout falls.
    pub enum PayoutTiming ("Tidpunkt i perioden") {
        /// At its beginning.
        Advance = "advance", "i förskott", "i början av den tid som beloppet avser";
        /// At its end.
        Arrears = "arrears", "i efterskott", "efter den tid som beloppet avser";
        /// At the end of a month.
        MonthEnd = "month-end", "vid månadens slut", "i slutet av varje månad, och senast days_to_pay dagar därefter";
    }
}

vocabulary! {
    /// Where the öre go that an even division leaves.
    pub enum Remainder ("Öresrest") {
        /// The last part is what the others leave.
        Last = "last", "sista delen är det som återstår", "de andra avrundas till öre";
        /// One öre each to the parts that were rounded down most.
        LargestRemainder = "largest-remainder", "ett öre var till de delar som avrundats ned mest", "alla avrundas nedåt först";
    }
}

vocabulary! {
    /// What happens in the months that a plan names.
    #[derive(Default)]
    pub enum InMonth ("I månaden") {
        /// The money is paid.
        #[default]
        Paid = "paid", "betalas", "månaden är den då pengarna betalas";
        /// The invoice or request comes; it is paid within the days that the plan states.
        Invoiced = "invoiced", "faktureras", "månaden är den då fakturan eller begäran kommer; pengarna betalas inom days_to_pay";
    }
}

/// When and how money is paid out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Utbetalningsplan")]
pub struct PayoutPlan {
    /// The components that it pays out, by key; all where left out.
    #[serde(default)]
    #[schemars(title = "Ersättningar: nycklar; alla om den utelämnas", example = ["2024", "2025"])]
    pub funding: Vec<String>,
    /// What sets a payout off.
    #[schemars(
        title = "Utbetalningssätt: vad som får pengarna att betalas ut: faktura, rekvisition eller inget"
    )]
    pub method: Fact<PayoutMethod>,
    /// By what routine, as it follows "enligt".
    #[schemars(title = "Rutin: som det står efter ordet enligt")]
    pub routine: Fact<String>,
    /// How many times a year.
    #[schemars(title = "Utbetalningar per år: så många gånger om året beloppet delas upp", example = 2)]
    pub times_per_year: Fact<Whole<1, 366>>,
    /// In which months (1–12).
    #[schemars(title = "Utbetalningsmånader: 1–12", example = [1, 7])]
    pub months: Fact<Vec<MonthOfYear>>,
    /// Whether the months are those in which the money is paid or those in which it is invoiced.
    #[serde(default)]
    #[schemars(
        title = "Månaderna avser: när beloppet betalas (förval) eller när det faktureras och sedan betalas inom days_to_pay"
    )]
    pub months_are: InMonth,
    /// When in its period.
    #[schemars(
        title = "Tidpunkt i perioden: om pengarna betalas i början eller slutet av den tid som de avser"
    )]
    pub timing: Fact<PayoutTiming>,
    /// Days from invoice to payment.
    #[schemars(title = "Betalningsvillkor: dagar", example = 30)]
    pub days_to_pay: Fact<Whole<0, 365>>,
    /// What an invoice must be marked with.
    #[schemars(title = "Referens: vad fakturan ska märkas med")]
    pub reference: Fact<String>,
    /// Where the öre go that do not divide evenly; to the last payout where left out.
    #[schemars(
        title = "Öresrest: vart öret går när beloppet inte delas jämnt; annars till den sista utbetalningen"
    )]
    pub remainder: Fact<Remainder>,
    /// What must be fulfilled before money is paid.
    #[serde(default)]
    #[schemars(
        title = "Villkor för utbetalning: vad som ska vara uppfyllt innan pengarna betalas, en mening per villkor"
    )]
    pub conditions: Vec<String>,
    /// The parts of a year's or component's sum, where they are not equal.
    #[serde(default)]
    #[schemars(title = "Delar: när de inte är lika stora")]
    pub part: Keyed<PayoutPart>,
}

/// One part of a payout plan. One of `share`, `amount` and `rest` says how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Del av utbetalning")]
pub struct PayoutPart {
    /// In which month of the calendar year (1–12).
    #[schemars(title = "Månad: 1–12", example = 1)]
    pub month: Fact<MonthOfYear>,
    /// In which month counted from the start of the term (1 is the first).
    #[schemars(
        title = "Månad räknat från avtalstidens start: 1 är den månad då avtalet börjar gälla",
        range(min = 1, max = 600)
    )]
    pub month_of_term: Option<u32>,
    /// A percentage of the whole.
    #[schemars(title = "Andel: procent av hela beloppet", example = &"50")]
    pub share: Option<Percent>,
    /// A fixed amount.
    #[schemars(title = "Belopp: ett fast belopp i kronor; annars share eller rest")]
    pub amount: Option<Money>,
    /// All that the other parts leave.
    #[serde(default)]
    #[schemars(title = "Resten: sant om delen är det som återstår")]
    pub rest: bool,
    /// What must be fulfilled before this part is paid.
    #[schemars(title = "Villkor: vad som ska vara uppfyllt innan delen betalas")]
    pub condition: Option<String>,
}
