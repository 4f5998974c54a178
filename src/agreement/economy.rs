//! Money and other contributions: components, payout plans and indexation.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Period;
use crate::money::{Money, Percent};
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::{MonthOfYear, Whole};

vocabulary! {
    /// What the money is, in accounting and in law.
    pub enum Instrument ("Ersättningens art") {
        /// A grant (*bidrag*).
        Grant = "grant", "bidrag";
        /// Payment for a service (*köp*).
        Purchase = "purchase", "köp";
    }
}

vocabulary! {
    /// How value-added tax is treated.
    pub enum Vat ("Moms") {
        /// Outside the tax.
        None = "none", "utan moms";
        /// In the amount.
        Included = "included", "inklusive moms";
        /// On top of the amount.
        Excluded = "excluded", "exklusive moms";
    }
}

/// What holds for the economy as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ekonomi")]
pub struct Economy {
    /// Grant or purchase.
    #[schemars(title = "Bidrag eller köp")]
    pub instrument: Fact<Instrument>,
    /// Value-added tax.
    #[schemars(title = "Moms")]
    pub vat: Fact<Vat>,
    /// Whether the public money is only a part of what the organisation's activity costs.
    #[schemars(title = "Delfinansiering: om kommunens medel är en del av verksamhetens finansiering")]
    pub partial_funding: Fact<bool>,
    /// What the whole activity costs.
    #[schemars(title = "Verksamhetens hela kostnad")]
    pub total_cost: Fact<Money>,
    /// What happens to money that is not used.
    #[schemars(title = "Medel som inte används")]
    pub unused_money: Fact<String>,
}

vocabulary! {
    /// Where the payer takes the money.
    pub enum FundingSource ("Finansieringskälla") {
        /// The committee's own frame.
        OwnFrame = "own-frame", "nämndens budgetram";
        /// Central municipal money.
        Central = "central", "kommuncentrala medel";
        /// A state grant.
        StateGrant = "state-grant", "statsbidrag";
        /// Something else.
        Other = "other", "annan finansiering";
    }
}

/// One component of the public money. Exactly one of `amount` and `rate` says how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ersättning")]
pub struct Funding {
    /// What it is for, where there are several.
    #[schemars(title = "Benämning: vad beloppet gäller")]
    pub title: Option<String>,
    /// Who pays, by party key.
    #[schemars(title = "Betalare: partens nyckel")]
    pub payer: String,
    /// Who receives, by party key; may be left out where there is only one civil-society party.
    #[schemars(title = "Mottagare: partens nyckel")]
    pub payee: Option<String>,
    /// The days that it covers; the whole term where left out.
    #[schemars(title = "Period: den tid beloppet avser; hela avtalstiden om den utelämnas")]
    pub period: Option<Period>,
    /// How many months the document says that it covers.
    #[schemars(title = "Månader: så många som dokumentet anger")]
    pub months: Fact<Whole<1, 600>>,
    /// The amount as agreed; never recomputed.
    #[schemars(title = "Belopp: som avtalat för hela perioden")]
    pub amount: Fact<Money>,
    /// An amount per place, child, hour and so on.
    #[schemars(title = "Belopp per enhet")]
    pub rate: Option<Rate>,
    /// Whether the amount is the most that can be paid ("upp till").
    #[serde(default)]
    #[schemars(title = "Tak: sant om beloppet är det högsta som kan betalas")]
    pub ceiling: bool,
    /// Where the payer takes the money.
    #[schemars(title = "Finansieringskälla")]
    pub source: Fact<FundingSource>,
    /// The line in `budget.toml` that carries it.
    #[schemars(title = "Budgetrad: nyckeln i budget.toml")]
    pub budget_line: Option<String>,
    /// The account code in the payer's books.
    #[schemars(title = "Kontering")]
    pub account_code: Fact<String>,
    /// The decision that raised or lowered the amount in mid-term.
    #[schemars(title = "Beslut: nyckeln i records/ för beslut om ändrat belopp")]
    pub decision: Fact<String>,
}

vocabulary! {
    /// For what stretch of time a rate counts.
    pub enum RateUnit ("Per") {
        /// Once for the whole period.
        Period = "period", "period";
        /// For each year begun.
        Year = "year", "år";
        /// For each half-year begun.
        HalfYear = "half-year", "halvår";
        /// For each month begun.
        Month = "month", "månad";
    }
}

impl RateUnit {
    /// How many months one unit has; nothing for a whole period.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Period => None,
            Self::Year => Some(12),
            Self::HalfYear => Some(6),
            Self::Month => Some(1),
        }
    }
}

/// An amount for each of a number of things.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Belopp per enhet")]
pub struct Rate {
    /// The amount for one unit.
    #[schemars(title = "Belopp för en enhet")]
    pub amount: Money,
    /// What is counted, in the singular: "plats", "barn".
    #[schemars(title = "Enhet: vad som räknas, i ental", length(min = 1))]
    pub unit: String,
    /// How many.
    #[schemars(title = "Antal")]
    pub count: Fact<Whole<0, 1_000_000>>,
    /// For what stretch of time.
    #[schemars(title = "Per: månad, halvår, år eller hela perioden")]
    pub per: RateUnit,
}

/// A contribution in something else than money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Insats i annat än pengar")]
pub struct InKind {
    /// Who contributes, by party key.
    #[schemars(title = "Part: nyckeln")]
    pub party: String,
    /// What, as it follows "bidrar med".
    #[schemars(title = "Vad: som det står efter orden bidrar med", length(min = 1))]
    pub what: String,
    /// What it is worth, where the parties have agreed on it.
    #[schemars(title = "Värde")]
    pub value: Fact<Money>,
}

vocabulary! {
    /// What sets a payout off.
    pub enum PayoutMethod ("Utbetalningssätt") {
        /// The organisation sends an invoice.
        Invoice = "invoice", "faktura";
        /// The organisation asks for it.
        Requisition = "requisition", "rekvisition";
        /// The payer pays by itself.
        Automatic = "automatic", "utbetalning utan begäran";
    }
}

vocabulary! {
    /// When in its period a payout falls.
    pub enum PayoutTiming ("Tidpunkt i perioden") {
        /// At its beginning.
        Advance = "advance", "i förskott";
        /// At its end.
        Arrears = "arrears", "i efterskott";
        /// At the end of a month.
        MonthEnd = "month-end", "vid månadens slut";
    }
}

/// When and how money is paid out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Utbetalningsplan")]
pub struct PayoutPlan {
    /// The components that it pays out, by key; all where left out.
    #[serde(default)]
    #[schemars(title = "Ersättningar: nycklar; alla om den utelämnas")]
    pub funding: Vec<String>,
    /// What sets a payout off.
    #[schemars(title = "Utbetalningssätt")]
    pub method: Fact<PayoutMethod>,
    /// By what routine, as it follows "enligt".
    #[schemars(title = "Rutin: som det står efter ordet enligt")]
    pub routine: Fact<String>,
    /// How many times a year.
    #[schemars(title = "Utbetalningar per år")]
    pub times_per_year: Fact<Whole<1, 366>>,
    /// In which months (1–12).
    #[schemars(title = "Utbetalningsmånader: 1–12")]
    pub months: Fact<Vec<MonthOfYear>>,
    /// When in its period.
    #[schemars(title = "Tidpunkt i perioden")]
    pub timing: Fact<PayoutTiming>,
    /// Days from invoice to payment.
    #[schemars(title = "Betalningsvillkor: dagar")]
    pub days_to_pay: Fact<Whole<0, 365>>,
    /// What an invoice must be marked with.
    #[schemars(title = "Referens: vad fakturan ska märkas med")]
    pub reference: Fact<String>,
    /// What must be fulfilled before money is paid.
    #[serde(default)]
    #[schemars(title = "Villkor för utbetalning")]
    pub conditions: Vec<String>,
    /// The parts of a year's or component's sum, where they are not equal.
    #[serde(default)]
    #[schemars(title = "Delar: när de inte är lika stora")]
    pub part: IndexMap<String, PayoutPart>,
}

/// One part of a payout plan. One of `share`, `amount` and `rest` says how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Del av utbetalning")]
pub struct PayoutPart {
    /// In which month of the calendar year (1–12).
    #[schemars(title = "Månad: 1–12")]
    pub month: Fact<MonthOfYear>,
    /// In which month counted from the start of the term (1 is the first).
    #[schemars(title = "Månad räknat från avtalstidens start", range(min = 1, max = 600))]
    pub month_of_term: Option<u32>,
    /// A percentage of the whole.
    #[schemars(title = "Andel: procent av hela beloppet")]
    pub share: Option<Percent>,
    /// A fixed amount.
    #[schemars(title = "Belopp")]
    pub amount: Option<Money>,
    /// All that the other parts leave.
    #[serde(default)]
    #[schemars(title = "Resten: sant om delen är det som återstår")]
    pub rest: bool,
    /// What must be fulfilled before this part is paid.
    #[schemars(title = "Villkor")]
    pub condition: Option<String>,
}

vocabulary! {
    /// When indexation applies.
    pub enum AppliesWhen ("Gäller") {
        /// Each year that is named.
        Yearly = "yearly", "årligen";
        /// Only if the agreement is extended.
        OnExtension = "on-extension", "endast vid förlängning";
    }
}

vocabulary! {
    /// Whether stated amounts already hold their adjustment.
    pub enum AdjustmentBase ("Beloppen anges") {
        /// The adjustment comes on top.
        BeforeAdjustment = "before-adjustment", "före justering";
        /// The adjustment is in them.
        AfterAdjustment = "after-adjustment", "efter justering";
    }
}

vocabulary! {
    /// From what each year's adjustment is counted.
    pub enum AdjustmentMethod ("Räknas på") {
        /// From the year before as adjusted.
        Chained = "chained", "föregående års justerade belopp";
        /// From the amount of the base year.
        AgainstBase = "against-base", "basårets belopp";
    }
}

vocabulary! {
    /// To what the result is rounded.
    pub enum RoundTo ("Avrundas till") {
        /// Öre.
        Ore = "ore", "öre";
        /// Whole kronor.
        Krona = "krona", "hela kronor";
        /// Whole hundreds of kronor.
        HundredKronor = "hundred-kronor", "hela hundratal kronor";
    }
}

vocabulary! {
    /// What is rounded.
    pub enum RoundingPlace ("Avrundningen görs på") {
        /// Each year's amount.
        YearAmount = "year-amount", "årets belopp";
        /// Each payout.
        Payout = "payout", "varje utbetalning";
    }
}

/// How amounts are adjusted to prices. One of `series`, `composite` and `flat` says by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Indexering")]
pub struct Indexation {
    /// The components that are adjusted, by key; all where left out.
    #[serde(default)]
    #[schemars(title = "Ersättningar: nycklar; alla om den utelämnas")]
    pub funding: Vec<String>,
    /// The years that are adjusted; all but the first where left out.
    #[serde(default)]
    #[schemars(title = "År: de som justeras", inner(range(min = 1900, max = 2200)))]
    pub years: Vec<i32>,
    /// The series in `indexes/`.
    #[schemars(title = "Serie: filens namn i indexes/, utan .toml")]
    pub series: Option<String>,
    /// Several series with their weights in per cent.
    #[serde(default)]
    #[schemars(title = "Sammansatt index: serie och vikt i procent")]
    pub composite: IndexMap<String, Percent>,
    /// A fixed percentage a year.
    #[schemars(title = "Fast procentsats per år")]
    pub flat: Option<Percent>,
    /// What the adjustment follows, in the document's words, as it follows "som följer".
    #[schemars(title = "Följer: med dokumentets ord, som det står efter orden som följer")]
    pub follows: Option<String>,
    /// Every year or only on extension.
    #[serde(default = "yearly")]
    #[schemars(title = "Gäller: årligen eller endast vid förlängning")]
    pub applies: AppliesWhen,
    /// Whether stated amounts are before or after adjustment.
    #[schemars(title = "Om beloppen är före eller efter justering")]
    pub amounts: Fact<AdjustmentBase>,
    /// Chained or against the base.
    #[schemars(title = "Om varje år räknas på föregående års belopp eller på basårets")]
    pub method: Fact<AdjustmentMethod>,
    /// The year, or year and month, from which change is measured.
    #[schemars(title = "Bas: år eller år och månad", regex(pattern = r"^[0-9]{4}(-[0-9]{2})?$"))]
    pub base: Option<String>,
    /// How many years back the value is taken (SKR advises two).
    #[serde(default)]
    #[schemars(title = "Eftersläpning: år", range(max = 10))]
    pub lag_years: u32,
    /// The least adjustment; "0" means never down.
    #[schemars(title = "Lägsta justering: \"0\" betyder aldrig nedåt")]
    pub floor: Option<Percent>,
    /// The greatest adjustment.
    #[schemars(title = "Högsta justering")]
    pub cap: Option<Percent>,
    /// To what the result is rounded.
    #[schemars(title = "Avrundas till")]
    pub round_to: Fact<RoundTo>,
    /// What is rounded.
    #[schemars(title = "Avrundningen görs på")]
    pub rounding_place: Fact<RoundingPlace>,
}

fn yearly() -> AppliesWhen {
    AppliesWhen::Yearly
}
