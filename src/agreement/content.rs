//! What the partnership is for and what the parties shall do.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Bound;
use super::funding::{CountStep, steps};
use crate::keyed::Keyed;
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::Whole;

/// For whom the partnership is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Målgrupp")]
pub struct TargetGroup {
    /// The groups.
    #[schemars(title = "Direkt målgrupp: de som deltar eller får stöd, en grupp per rad", length(min = 1), example = ["unga mellan 13 och 20 år"])]
    pub direct: Vec<String>,
    /// Whom it also helps.
    #[schemars(title = "Indirekt målgrupp: de som verksamheten också har betydelse för")]
    pub indirect: Option<String>,
}

vocabulary! {
    /// Whether a ground for a partnership is met.
    pub enum Answer ("Svar") {
        /// Met.
        Yes = "yes", "ja", "skälet är uppfyllt";
        /// Met in part.
        Partly = "partly", "delvis", "skälet är uppfyllt till en del";
        /// Not met.
        No = "no", "nej", "skälet är inte uppfyllt";
    }
}

/// One of the guideline's grounds, answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Skäl")]
pub struct Ground {
    /// Whether it is met.
    #[schemars(title = "Svar: ja, delvis eller nej")]
    pub answer: Answer,
    /// Why.
    #[schemars(title = "Motivering: varför skälet är uppfyllt, i hela meningar")]
    pub reason: Fact<String>,
}

/// What one party shall do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Åtaganden")]
pub struct Undertaking {
    /// Who, by party key.
    #[schemars(title = "Part: nyckeln", example = &"forening")]
    pub party: String,
    /// A heading, where a party has several groups of undertakings.
    #[schemars(title = "Rubrik: när parten har flera listor med åtaganden")]
    pub title: Option<String>,
    /// The words that each item continues, without a colon: "RSMH Lund ska".
    #[schemars(
        title = "Inledning: orden som varje punkt fortsätter, utan kolon",
        length(min = 1),
        example = &"Föreningen ska"
    )]
    pub lead: String,
    /// The undertakings, one by one.
    #[schemars(title = "Punkter: ett åtagande per rad, som fortsätter inledningen", length(min = 1), example = ["hålla öppet tre kvällar i veckan", "utbilda ideella ledare"])]
    pub items: Vec<String>,
    /// How many places it is to have, by key.
    #[serde(default)]
    #[schemars(title = "Platser: hur många parten ska ha, och vad de är")]
    pub places: Keyed<Places>,
}

/// A number of places.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Platser")]
pub struct Places {
    /// How many.
    #[schemars(title = "Antal: hur många platser", example = 12)]
    pub number: Whole<1, 1_000_000>,
    /// Whether that is the least or the most.
    #[serde(default)]
    #[schemars(title = "Antalet är: precis så många (förval), minst eller högst")]
    pub bound: Bound,
    /// From which days there are more or fewer.
    #[serde(default)]
    #[schemars(title = "Ändrat antal: från vilken dag, och hur många då")]
    pub step: Keyed<CountStep>,
    /// What they are, in the plural.
    #[schemars(
        title = "Vad: i flertal, som det står efter ett tal",
        length(min = 1),
        example = &"platser i dagverksamhet"
    )]
    pub what: String,
    /// The component that pays for each of them, by key.
    #[schemars(
        title = "Ersättning: nyckeln, när ett belopp per enhet betalar för platserna; annars den som har samma enhet i flertal"
    )]
    pub funding: Option<String>,
}

impl Places {
    /// How many there are to be on a day.
    #[must_use]
    pub fn number_on(&self, day: NaiveDate) -> u32 {
        let last = steps(&self.step).range(..=day).next_back().map(|(_, number)| *number);
        last.unwrap_or(self.number.get())
    }
}

/// A text with a heading of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Text med rubrik")]
pub struct TitledText {
    /// The heading.
    #[schemars(title = "Rubrik: den som står över texten", length(min = 1))]
    pub title: String,
    /// Markdown.
    #[schemars(title = "Text: i Markdown", length(min = 1))]
    pub text: String,
}

/// A clause of the agreement's own, or a change to a standard clause of the same key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Klausul")]
pub struct Clause {
    /// The heading; the standard clause's where left out.
    #[schemars(title = "Rubrik: standardklausulens om den utelämnas")]
    pub heading: Option<String>,
    /// Markdown in place of the standard clause's text.
    #[schemars(title = "Klausulens text: i Markdown, i stället för standardklausulens")]
    pub text: Fact<String>,
    /// Markdown after the standard clause's text.
    #[schemars(title = "Tillägg: i Markdown, efter standardklausulens text")]
    pub addition: Option<String>,
}
