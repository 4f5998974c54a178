//! The committees' frames: `budget.toml`.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Codes;
use crate::money::Money;
use crate::vocabulary;

/// All budget lines that carry partnerships.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Budget")]
pub struct Budget {
    /// The lines, by key.
    #[serde(default)]
    #[schemars(title = "Budgetrader: en tabell per budgetrad, med den nyckel som avtalen hänvisar till")]
    pub line: IndexMap<String, BudgetLine>,
}

impl Budget {
    /// From the first to the last year for which some line has a frame.
    #[must_use]
    pub fn framed_years(&self) -> Option<RangeInclusive<i32>> {
        let framed =
            || self.line.values().flat_map(|line| line.year.keys()).filter_map(|year| year.parse().ok());
        Some(framed().min()?..=framed().max()?)
    }
}

/// One line of a committee's budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Budgetrad")]
pub struct BudgetLine {
    /// Its name.
    #[schemars(title = "Namn: vad budgetraden kallas", length(min = 1), example = &"Partnerskap inom socialtjänsten")]
    pub title: String,
    /// The committee in `iop.toml`, by key.
    #[schemars(title = "Nämnd: nyckeln i iop.toml", example = &"social")]
    pub committee: String,
    /// How what it carries is coded, where neither component nor agreement says it.
    #[serde(default)]
    #[schemars(
        title = "Kontering: en kod per kodfält i iop.toml, för det som raden bär och som inte har någon egen"
    )]
    pub code: Codes,
    /// Whether its frames are for what it costs, or for what is left when state grants have paid their part.
    #[serde(default)]
    #[schemars(title = "Ramen avser: brutto (förval) eller netto, efter statsbidrag")]
    pub frames_are: FrameBasis,
    /// The frame of each calendar year, keyed by the year, which can be written in one way alone.
    #[schemars(
        title = "Ram per kalenderår: en tabell per år, med året som nyckel",
        extend("propertyNames" = { "pattern": "^[0-9]{4}$", "x-expects": "ett år med fyra siffror, till exempel 2024" })
    )]
    pub year: IndexMap<String, Frame>,
}

vocabulary! {
    /// What a frame is for.
    #[derive(Default)]
    pub enum FrameBasis ("Ramen avser") {
        /// All that the line costs.
        #[default]
        Gross = "gross", "brutto", "allt som raden bär, också det som statsbidrag betalar";
        /// What is left when state grants have paid their part.
        Net = "net", "netto, efter statsbidrag", "det som är kvar när statsbidragen har betalat sin del";
    }
}

vocabulary! {
    /// How firm a frame is.
    pub enum FrameStatus ("Ramens status") {
        /// In a decided budget.
        Decided = "decided", "beslutad", "kommunfullmäktige har beslutat ramen";
        /// In the plan for coming years.
        Plan = "plan", "plan", "ramen är planerad, och inte beslutad";
        /// Somebody's assumption; no conclusion may rest on it alone.
        Assumed = "assumed", "antagen", "någon har antagit ramen";
    }
}

/// The frame of one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ram")]
pub struct Frame {
    /// How much, in kronor.
    #[schemars(title = "Belopp: ramen för året, i kronor")]
    pub amount: Money,
    /// How firm it is.
    #[schemars(title = "Status: beslutad, plan eller antagen")]
    pub status: FrameStatus,
    /// The decision or document that it comes from.
    #[schemars(
        title = "Källa: beslut eller handling, med dagen (ÅÅÅÅ-MM-DD)",
        length(min = 1),
        example = &"kommunfullmäktige 2023-11-20 § 101"
    )]
    pub source: String,
}

impl Frame {
    /// The day from which it was known: the last one that its source names, as "kommunfullmäktige 2023-11-20 § 101". Nothing where
    /// it names none.
    #[must_use]
    pub fn known_from(&self) -> Option<NaiveDate> {
        let parts = self.source.split(|letter: char| !(letter.is_ascii_digit() || letter == '-'));
        parts.filter(|part| part.len() == 10).filter_map(|part| part.parse().ok()).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_known_from_the_day_of_its_source() {
        let from = |source: &str| {
            let toml = format!("amount = 1\nstatus = \"decided\"\nsource = \"{source}\"");
            toml::from_str::<Frame>(&toml).unwrap().known_from().map(|day| day.to_string())
        };
        assert_eq!(from("kommunfullmäktige 2023-11-20 § 101").as_deref(), Some("2023-11-20"));
        assert_eq!(
            from("nämnden 2023-10-02, ändrat av fullmäktige 2023-11-20").as_deref(),
            Some("2023-11-20")
        );
        assert_eq!(from("antagande i registret, 2023-24"), None);
    }
}
