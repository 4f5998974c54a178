//! An agreement that the register does not hold, and that one of its agreements follows on.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Period;
use crate::vocabulary::Fact;

/// The agreement before the register's first one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Föregående avtal")]
pub struct Predecessor {
    /// What it is called, as it follows "avlöser".
    #[schemars(
        title = "Benämning: som den står efter ordet avlöser",
        length(min = 1),
        example = &"överenskommelsen om öppet hus för åren 2018–2021"
    )]
    pub title: String,
    /// Its date.
    #[schemars(title = "Daterat: det föregående avtalets datum", example = &"2017-12-01")]
    pub dated: Fact<NaiveDate>,
    /// Its registry number.
    #[schemars(title = "Diarienummer: det föregående avtalets nummer i diariet", example = &"SN 2017/0101")]
    pub registry_number: Fact<String>,
    /// From its first day to its last, extensions included.
    #[schemars(title = "Gällde: första och sista dag, med förlängningar")]
    pub period: Fact<Period>,
    /// Whether this agreement extends it, so that its terms go on where this one says nothing else.
    #[serde(default)]
    #[schemars(
        title = "Förlängs: sant om avtalet är en förlängning, så att det föregåendes villkor gäller när inget annat sägs"
    )]
    pub extended: bool,
}
