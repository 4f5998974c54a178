//! Price series: `indexes/ID.toml`.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Percent;
use crate::vocabulary;

vocabulary! {
    /// What the values of a series are.
    pub enum SeriesKind ("Seriens slag") {
        /// Yearly change in per cent.
        YearlyChange = "yearly-change", "årlig förändring i procent";
        /// Index levels, of which a ratio is taken.
        Level = "level", "indextal";
    }
}

vocabulary! {
    /// What a percentage covers.
    pub enum Coverage ("Vad procentsatsen avser") {
        /// Prices only.
        Prices = "prices", "endast priser";
        /// Prices and wages.
        PricesAndWages = "prices-and-wages", "priser och löner";
        /// After the yearly efficiency cut.
        NetOfEfficiencyCut = "net-of-efficiency-cut", "netto efter effektiviseringskrav";
    }
}

vocabulary! {
    /// How firm a value is.
    pub enum ValueStatus ("Värdets status") {
        /// Decided or published as final.
        Decided = "decided", "fastställt";
        /// Published, may change.
        Provisional = "provisional", "preliminärt";
        /// Somebody's assumption.
        Assumed = "assumed", "antaget";
    }
}

/// A price series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Prisserie")]
pub struct Series {
    /// Its name.
    #[schemars(title = "Namn", length(min = 1), example = &"Kommunens priskompensation")]
    pub title: String,
    /// What its values are.
    #[schemars(title = "Slag: årlig förändring eller indextal")]
    pub kind: SeriesKind,
    /// What a percentage covers.
    #[schemars(title = "Omfattning: vad procentsatsen avser")]
    pub coverage: Option<Coverage>,
    /// Who publishes or decides it.
    #[schemars(title = "Fastställs av", length(min = 1), example = &"kommunfullmäktige")]
    pub publisher: String,
    /// Its values, keyed by year ("2022") or month ("2022-10"). Each holds its vintages, oldest first: a later
    /// one stands beside the earlier.
    #[schemars(title = "Värden per år eller månad: varje nytt besked läggs efter det tidigare")]
    pub value: IndexMap<String, Vec<Vintage>>,
}

/// A value as it was known from a certain day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Värde")]
pub struct Vintage {
    /// The number: per cent or index level.
    #[schemars(title = "Tal: procent eller indextal", example = &"2,5")]
    pub number: Percent,
    /// How firm it is.
    #[schemars(title = "Status: fastställt, preliminärt eller antaget")]
    pub status: ValueStatus,
    /// The decision or publication.
    #[schemars(
        title = "Källa: beslut eller publikation",
        length(min = 1),
        example = &"kommunfullmäktige 2023-11-20 § 101"
    )]
    pub source: String,
    /// The day from which it was known.
    #[schemars(title = "Känt från och med")]
    pub known_from: Option<NaiveDate>,
}
