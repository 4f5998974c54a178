//! How amounts are adjusted to prices.

use crate::keyed::Keyed;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Percent;
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::{MonthOfYear, Whole};

vocabulary! {
    /// When indexation applies.
    pub enum AppliesWhen ("Gäller") {
        /// Each year that is named.
        Yearly = "yearly", "årligen", "varje år efter det första";
        /// Only if the agreement is extended.
        OnExtension = "on-extension", "endast vid förlängning", "bara den tid som kommer efter den ursprungliga avtalstiden";
    }
}

vocabulary! {
    /// By what years an adjustment counts.
    pub enum YearKind ("Justeras per") {
        /// From 1 January to 31 December.
        CalendarYear = "calendar-year", "kalenderår", "justeringen gäller från den 1 januari";
        /// Twelve months from the day on which the agreement begins, or from another day that it names.
        AgreementYear = "agreement-year", "avtalsår", "justeringen gäller från avtalsårets första dag";
    }
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Dag på året")]
pub struct DayOfYear {
    /// The month (1–12).
    #[schemars(title = "Månad: 1–12", example = 4)]
    pub month: MonthOfYear,
    /// The day of that month.
    #[schemars(title = "Dag: dagen i månaden", example = 1)]
    pub day: Whole<1, 31>,
}

/// The month whose notice of an index value counts: what is published later changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Besked som räknas")]
pub struct Published {
    /// The month in which it is published (1–12).
    #[schemars(title = "Månad då beskedet publiceras: 1–12", example = 10)]
    pub month: MonthOfYear,
    /// How many years before the year that is adjusted.
    #[schemars(
        title = "År före det år som justeras: 0 är samma år, 1 året före",
        range(max = 10),
        example = 1
    )]
    pub years_before: u32,
}

vocabulary! {
    /// Whether stated amounts already hold their adjustment.
    pub enum AdjustmentBase ("Beloppen anges") {
        /// The adjustment comes on top.
        BeforeAdjustment = "before-adjustment", "före justering", "beloppen ska räknas upp";
        /// The adjustment is in them.
        AfterAdjustment = "after-adjustment", "efter justering", "justeringen ingår redan i beloppen";
    }
}

vocabulary! {
    /// From what each year's adjustment is counted.
    pub enum AdjustmentMethod ("Räknas på") {
        /// From the year before as adjusted.
        Chained = "chained", "föregående års justerade belopp", "höjningarna läggs på varandra";
        /// From the amount of the base year.
        AgainstBase = "against-base", "basårets belopp", "varje år räknas från basåret, och tidigare höjningar ingår inte";
    }
}

vocabulary! {
    /// To what the result is rounded.
    pub enum RoundTo ("Avrundas till") {
        /// Öre.
        Ore = "ore", "öre", "inget avrundas till hela kronor";
        /// Whole kronor.
        Krona = "krona", "hela kronor", "50 öre avrundas uppåt";
        /// Whole hundreds of kronor.
        HundredKronor = "hundred-kronor", "hela hundratal kronor", "50 kronor avrundas uppåt";
    }
}

impl RoundTo {
    /// The unit in kronor.
    #[must_use]
    pub fn unit(self) -> Decimal {
        match self {
            Self::Ore => Decimal::new(1, 2),
            Self::Krona => Decimal::ONE,
            Self::HundredKronor => Decimal::ONE_HUNDRED,
        }
    }
}

vocabulary! {
    /// What is rounded.
    pub enum RoundingPlace ("Avrundningen görs på") {
        /// Each year's amount.
        YearAmount = "year-amount", "årets belopp", "årets belopp avrundas och delas sedan upp";
        /// Each payout.
        Payout = "payout", "varje utbetalning", "det exakta beloppet delas upp, och varje utbetalning avrundas för sig";
    }
}

/// How amounts are adjusted to prices. One of `series`, `composite` and `flat` says by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Indexering")]
pub struct Indexation {
    /// The components that are adjusted, by key; all where left out.
    #[serde(default)]
    #[schemars(title = "Ersättningar: nycklar; alla om den utelämnas", example = ["2024", "2025"])]
    pub funding: Vec<String>,
    /// By what years the adjustment counts.
    #[serde(default = "by_calendar")]
    #[schemars(title = "Justeras per: kalenderår (förval) eller avtalsår")]
    pub per: YearKind,
    /// The first day of an agreement year; that of the agreement where left out.
    #[schemars(title = "Avtalsårets första dag: månad och dag, om den inte är avtalets första dag")]
    pub year_begins: Option<DayOfYear>,
    /// The years that are adjusted, an agreement year by the calendar year in which it begins; all but the first where left
    /// out.
    #[serde(default)]
    #[schemars(title = "År: de som justeras; ett avtalsår heter efter det kalenderår då det börjar", inner(range(min = 1900, max = 2200)), example = [2024, 2025])]
    pub years: Vec<i32>,
    /// The series in `indexes/`.
    #[schemars(title = "Serie: filens namn i indexes/, utan .toml", example = &"lund-priskompensation")]
    pub series: Option<String>,
    /// Several series with their weights in per cent.
    #[serde(default)]
    #[schemars(title = "Sammansatt index: serie och vikt i procent")]
    pub composite: Keyed<Percent>,
    /// A fixed percentage a year.
    #[schemars(title = "Fast procentsats per år: när beloppet räknas upp med lika mycket varje år och inte följer någon serie", example = &"2,0")]
    pub flat: Option<Percent>,
    /// What the adjustment follows, in the document's words, as it follows "som följer".
    #[schemars(title = "Följer: med dokumentets ord, som det står efter orden som följer")]
    pub follows: Option<String>,
    /// Every year or only on extension.
    #[serde(default = "yearly")]
    #[schemars(title = "Gäller: årligen eller endast vid förlängning")]
    pub applies: AppliesWhen,
    /// Whether stated amounts are before or after adjustment.
    #[schemars(
        title = "Om beloppen är före eller efter justering: före om beloppen ska räknas upp, efter om justeringen redan ingår"
    )]
    pub amounts: Fact<AdjustmentBase>,
    /// Chained or against the base.
    #[schemars(
        title = "Om varje år räknas på föregående års belopp eller på basårets: chained om höjningarna läggs på varandra, against-base om varje år räknas från basåret"
    )]
    pub method: Fact<AdjustmentMethod>,
    /// The year, or year and month, from which change is measured.
    #[schemars(
        title = "Bas: år eller år och månad",
        regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        extend("x-expects" = "ett år eller en månad inom citattecken, till exempel \"2020\" eller \"2020-10\""),
        example = &"2023",
        example = &"2023-10"
    )]
    pub base: Option<String>,
    /// How many years back the value is taken (SKR advises two).
    #[serde(default)]
    #[schemars(title = "Eftersläpning: år", range(max = 10))]
    pub lag_years: u32,
    /// By which month's notice the value counts; the latest known where left out.
    #[schemars(title = "Besked: den månad vars besked räknas; annars det senaste som är känt")]
    pub published: Option<Published>,
    /// To how many decimals of a per cent each change is rounded before it is applied; not at all where left out.
    #[schemars(
        title = "Förändringen avrundas: antal decimaler i procentsatsen innan den används",
        range(max = 6),
        example = 1
    )]
    pub percent_decimals: Option<u32>,
    /// The least adjustment; "0" means never down.
    #[schemars(title = "Lägsta justering: \"0\" betyder aldrig nedåt", example = &"0")]
    pub floor: Option<Percent>,
    /// The greatest adjustment.
    #[schemars(title = "Högsta justering: i procent om året; högre blir justeringen aldrig", example = &"4,0")]
    pub cap: Option<Percent>,
    /// To what the result is rounded.
    #[schemars(
        title = "Avrundas till: den enhet som det justerade beloppet avrundas till; hela kronor om den utelämnas"
    )]
    pub round_to: Fact<RoundTo>,
    /// What is rounded.
    #[schemars(
        title = "Avrundningen görs på: om årets belopp avrundas (förval) eller varje utbetalning för sig"
    )]
    pub rounding_place: Fact<RoundingPlace>,
}

impl Indexation {
    /// Whether it is for a component, by key.
    #[must_use]
    pub fn adjusts(&self, funding: &str) -> bool {
        self.funding.is_empty() || self.funding.iter().any(|named| named == funding)
    }
}

fn by_calendar() -> YearKind {
    YearKind::CalendarYear
}

fn yearly() -> AppliesWhen {
    AppliesWhen::Yearly
}
