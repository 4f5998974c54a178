//! A longer term, proposed or agreed.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AlsoDecidesChange, Memo, Status};
use crate::vocabulary::Fact;

/// A longer term for the agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Förlängning")]
pub struct Extension {
    /// The first of the new days, where it is not the one after those that held before: what lies between is without an
    /// agreement.
    #[schemars(
        title = "Från och med: förlängningens första dag, om det finns dagar utan avtal före den; annars dagen efter den sista som gällde",
        example = &"2026-02-01"
    )]
    pub from: Option<NaiveDate>,
    /// The new last day.
    #[schemars(title = "Till: ny sista dag; den ingår", example = &"2026-12-31")]
    pub until: NaiveDate,
    /// How far it has come. Where left out it is agreed from its date on, and from the start without one; one that names
    /// a decision waits until that is on record.
    #[schemars(title = "Status: hur långt förlängningen har kommit; avtalad om den utelämnas")]
    pub status: Option<Status>,
    /// When it was agreed.
    #[schemars(title = "Daterad: dagen då parterna kom överens om förlängningen", example = &"2025-06-12")]
    pub dated: Fact<NaiveDate>,
    /// The option that it uses.
    #[schemars(title = "Option: nyckeln för den option som används")]
    pub option: Option<String>,
    /// The number of the supplementary agreement about it, where the parties number those.
    #[schemars(
        title = "Nummer: tilläggsavtalets nummer, om parterna numrerar sina tilläggsavtal",
        range(min = 1, max = 1000)
    )]
    pub number: Option<u32>,
    /// The decision behind it.
    #[schemars(title = "Beslut: nyckeln i records/")]
    pub decision: Fact<String>,
    /// Other committees of the same municipality that decide on it too.
    #[serde(default)]
    #[schemars(
        title = "Beslutar också: fler av kommunens nämnder som ska besluta om ändringen, var och en med sitt beslut"
    )]
    pub also_decides: Keyed<AlsoDecidesChange>,
    /// What only the memo about it needs.
    #[schemars(
        title = "Tjänsteskrivelse om förlängningen: det som bara behövs i skrivelsen om förlängningen"
    )]
    pub memo: Option<Box<Memo>>,
}
