//! What changes an agreement after it was made: extensions and supplements, proposed or agreed.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Exit, Funding, Memo, Status};
use crate::vocabulary::Fact;

/// A longer term for the agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Förlängning")]
pub struct Extension {
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
    /// The decision behind it.
    #[schemars(title = "Beslut: nyckeln i records/")]
    pub decision: Fact<String>,
    /// What only the memo about it needs.
    #[schemars(
        title = "Tjänsteskrivelse om förlängningen: det som bara behövs i skrivelsen om förlängningen"
    )]
    pub memo: Option<Box<Memo>>,
}

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
    /// What only the memo about it needs.
    #[schemars(title = "Tjänsteskrivelse om tillägget: det som bara behövs i skrivelsen om tillägget")]
    pub memo: Option<Box<Memo>>,
}
