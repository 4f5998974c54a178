//! A numbered supplement, proposed or agreed.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AlsoDecidesChange, Exit, Funding, Memo, Status};
use crate::vocabulary::Fact;

/// A numbered supplement to the agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Tillägg till avtalet")]
pub struct Supplement {
    /// Its number.
    #[schemars(
        title = "Nummer: ordningen mellan tilläggen: ett senare ändrar det som ett tidigare sade",
        range(min = 1, max = 1000)
    )]
    pub number: u32,
    /// How far it has come; where left out as for an extension.
    #[schemars(title = "Status: hur långt tillägget har kommit; avtalat om den utelämnas")]
    pub status: Option<Status>,
    /// Its date.
    #[schemars(title = "Daterat: dagen då parterna kom överens om tillägget", example = &"2024-09-02")]
    pub dated: Fact<NaiveDate>,
    /// What it changes (Markdown).
    #[schemars(
        title = "Ändring: vad som ändras, i Markdown",
        length(min = 1),
        example = &"Punkten om öppettider ändras till fyra kvällar i veckan."
    )]
    pub changes: String,
    /// Another last day, earlier or later than the one that held.
    #[schemars(title = "Slut: ny sista dag, tidigare eller senare; den ingår", example = &"2025-06-30")]
    pub end: Option<NaiveDate>,
    /// Money: a component with the key of one that the agreement has takes its place; any other comes beside them.
    #[serde(default)]
    #[schemars(title = "Ersättning: en tabell per belopp; samma nyckel som i avtalet ersätter det beloppet")]
    pub funding: Keyed<Funding>,
    /// Ways out, with keys as for money.
    #[serde(default)]
    #[schemars(
        title = "Uppsägning, hävning och omförhandling: samma nyckel som i avtalet ersätter den punkten"
    )]
    pub exit: Keyed<Exit>,
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
    #[schemars(title = "Tjänsteskrivelse om tillägget: det som bara behövs i skrivelsen om tillägget")]
    pub memo: Option<Box<Memo>>,
}
