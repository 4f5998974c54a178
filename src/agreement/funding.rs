//! What the parties contribute: money, component by component, and other things.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Codes;
use crate::date::Period;
use crate::key_path::KeyPath;
use crate::keyed::Keyed;
use crate::money::{Money, Percent};
use crate::path;
use crate::vocabulary;
use crate::vocabulary::{Fact, Known};
use crate::whole::Whole;

/// Where the component of a key stands: among the agreement's own, or in a supplement.
#[must_use]
pub fn funding_path(supplement: Option<&str>, key: &str) -> KeyPath {
    match supplement {
        None => path!["funding", key],
        Some(supplement) => path!["supplement", supplement, "funding", key],
    }
}

vocabulary! {
    /// Where the payer takes the money.
    pub enum FundingSource ("Finansieringskälla") {
        /// The committee's own frame.
        OwnFrame = "own-frame", "nämndens budgetram", "den ram som nämnden har i budgeten";
        /// Central municipal money.
        Central = "central", "kommuncentrala medel", "pengar som inte hör till någon nämnd";
        /// A state grant.
        StateGrant = "state-grant", "statsbidrag", "pengar från staten, med villkor";
        /// Something else.
        Other = "other", "annan finansiering", "något annat än det övriga";
    }
}

/// One component of the public money. Exactly one of `amount` and `rate` says how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ersättning")]
pub struct Funding {
    /// What it is for, where there are several.
    #[schemars(title = "Benämning: vad beloppet gäller", example = &"Grundersättning")]
    pub title: Option<String>,
    /// Who pays, by party key.
    #[schemars(title = "Betalare: partens nyckel", example = &"kommun")]
    pub payer: String,
    /// Who receives, by party key; may be left out where there is only one civil-society party.
    #[schemars(title = "Mottagare: partens nyckel", example = &"forening")]
    pub payee: Option<String>,
    /// Who receive it together, by party key, with the part of each where the agreement says how it is divided.
    #[serde(default)]
    #[schemars(
        title = "Flera mottagare: partens nyckel, och dess del om avtalet säger hur beloppet fördelas"
    )]
    pub payees: Keyed<Receiver>,
    /// The days that it covers; the whole term where left out.
    #[schemars(title = "Period: den tid beloppet avser; hela avtalstiden om den utelämnas")]
    pub period: Option<Period>,
    /// The first day, where it is not for all of the term but lasts as long as the agreement does.
    #[schemars(
        title = "Från och med: den första dagen, när ersättningen börjar senare än avtalet och gäller så länge som det",
        example = &"2025-09-01"
    )]
    pub from: Option<NaiveDate>,
    /// How many months the document says that it covers.
    #[schemars(title = "Månader: så många som dokumentet anger", example = 12)]
    pub months: Fact<Whole<1, 600>>,
    /// The amount as agreed; never recomputed.
    #[schemars(title = "Belopp: som avtalat för hela perioden")]
    pub amount: Fact<Money>,
    /// An amount per place, child, hour and so on, or a plain amount for each year, half-year or month.
    #[schemars(
        title = "Belopp per enhet och tid, eller ett fast belopp per år, halvår eller månad: i stället för amount, när beloppet följer av antal eller tid"
    )]
    pub rate: Option<Rate>,
    /// Whether the amount is the most that can be paid ("upp till").
    #[serde(default)]
    #[schemars(title = "Tak: sant om beloppet är det högsta som kan betalas")]
    pub ceiling: bool,
    /// Where the payer takes the money.
    #[schemars(title = "Finansieringskälla: var den som betalar tar pengarna")]
    pub source: Fact<FundingSource>,
    /// How much of it state grants pay, by calendar year; all of it where the source is a state grant and this is left out.
    #[schemars(
        title = "Statsbidrag: så mycket av beloppet som statsbidrag betalar, per kalenderår; allt om källan är statsbidrag och det utelämnas"
    )]
    pub state_grant: Fact<Keyed<Money>>,
    /// The line in `budget.toml` that carries it.
    #[schemars(title = "Budgetrad: nyckeln i budget.toml", example = &"social")]
    pub budget_line: Option<String>,
    /// How it is coded in the municipality's books.
    #[serde(default)]
    #[schemars(title = "Kontering: en kod per kodfält i iop.toml, där den är en annan än avtalets")]
    pub code: Codes,
    /// The decision that raised or lowered the amount in mid-term.
    #[schemars(title = "Beslut: nyckeln i records/ för beslut om ändrat belopp")]
    pub decision: Fact<String>,
}

/// One of several who receive an amount together. Each has a share, or each an amount; where none has, the agreement does not
/// say how it is divided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Mottagare av en del")]
pub struct Receiver {
    /// Its part in per cent; those of all make a hundred.
    #[schemars(title = "Andel: procent av beloppet; alla andelar är tillsammans 100", example = &"60")]
    pub share: Option<Percent>,
    /// Its part in kronor; those of all make the amount, or what a rate says for each year, half-year or month.
    #[schemars(
        title = "Del i kronor: alla delar är tillsammans hela beloppet; av ett belopp per år, halvår eller månad delen för var och en av dem",
        example = 300_000
    )]
    pub amount: Option<Money>,
}

vocabulary! {
    /// For what stretch of time a rate counts.
    pub enum RateUnit ("Per") {
        /// Once for the whole period.
        Period = "period", "period", "en gång för hela den tid som beloppet avser";
        /// For each year begun.
        Year = "year", "år", "för varje påbörjat år, räknat från den första dagen";
        /// For each half-year begun.
        HalfYear = "half-year", "halvår", "för varje påbörjat halvår, räknat från den första dagen";
        /// For each month begun.
        Month = "month", "månad", "för varje påbörjad månad, räknat från den första dagen";
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

/// An amount for each stretch of time, and for each of a number of things where something is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Belopp per enhet")]
pub struct Rate {
    /// The amount for one unit.
    #[schemars(title = "Belopp för en enhet: i kronor, för en enhet och den tid som per anger")]
    pub amount: Money,
    /// What is counted, in the singular: "plats", "barn"; left out where nothing is counted but time.
    #[schemars(title = "Enhet: vad som räknas, i ental; utelämnas för ett fast belopp per år, halvår eller månad", length(min = 1), example = &"plats")]
    pub unit: Option<String>,
    /// The same in the plural, as it follows a number: "platser", "platser i skyddat boende".
    #[schemars(title = "Enheten i flertal: som den står efter ett tal", length(min = 1), example = &"platser")]
    pub units: Option<String>,
    /// How many; one where there is no unit to count.
    #[schemars(title = "Antal enheter från början: behövs inte när enheten utelämnas", example = 12)]
    pub count: Fact<Whole<0, 1_000_000>>,
    /// From which days there are more or fewer.
    #[serde(default)]
    #[schemars(title = "Ändrat antal: från vilken dag, och hur många då")]
    pub step: Keyed<CountStep>,
    /// For what stretch of time.
    #[schemars(title = "Per: månad, halvår, år eller hela perioden")]
    pub per: RateUnit,
}

/// Another number of units from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ändrat antal")]
pub struct CountStep {
    /// The first day with that number.
    #[schemars(title = "Från och med: den första dagen med det nya antalet", example = &"2025-07-01")]
    pub from: NaiveDate,
    /// How many from then on.
    #[schemars(title = "Antal: så många enheter från den dagen", example = 15)]
    pub count: Whole<0, 1_000_000>,
}

/// How many there are from then on, in the order of days; of several for one day the last.
pub(super) fn steps(changes: &Keyed<CountStep>) -> BTreeMap<NaiveDate, u32> {
    changes.values().map(|step| (step.from, step.count.get())).collect()
}

impl Rate {
    /// How many are counted from then on, in the order of days; of several for one day the last.
    #[must_use]
    pub fn steps(&self) -> BTreeMap<NaiveDate, u32> {
        steps(&self.step)
    }

    /// How many are counted at the end of its time.
    #[must_use]
    pub fn last_number(&self) -> Option<u32> {
        let first = self.number()?;
        Some(self.steps().into_values().next_back().unwrap_or(first))
    }

    /// How many are counted from the beginning: an amount for a stretch of time alone is one. Nothing where the number is
    /// not known.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match &self.count {
            None => self.unit.is_none().then_some(1),
            count => count.known().map(|count| count.get()),
        }
    }
}

/// A contribution in something else than money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Insats i annat än pengar")]
pub struct InKind {
    /// Who contributes, by party key.
    #[schemars(title = "Part: nyckeln", example = &"forening")]
    pub party: String,
    /// What, as it follows "bidrar med".
    #[schemars(
        title = "Vad: som det står efter orden bidrar med",
        length(min = 1),
        example = &"tio ideella ledare"
    )]
    pub what: String,
    /// The days that it covers; the whole term where left out.
    #[schemars(title = "Period: den tid insatsen avser; hela avtalstiden om den utelämnas")]
    pub period: Option<Period>,
    /// What it is worth, where the parties have agreed on it.
    #[schemars(title = "Värde: det som parterna har kommit överens om att insatsen är värd, i kronor")]
    pub value: Fact<Money>,
    /// For what stretch of time it is worth so much; for all that it covers where left out.
    #[schemars(title = "Per: månad, halvår eller år, när värdet är för en sådan tid")]
    pub per: Option<RateUnit>,
}
