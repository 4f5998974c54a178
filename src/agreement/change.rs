//! What changes an agreement after it was made: extensions and supplements, proposed or agreed.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Exit, Funding, Memo, Status};
use crate::vocabulary::{Fact, Known};

/// Another committee of the same municipality that decides on a change too: the change is decided when the last of them has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Nämnd som också beslutar om ändringen")]
pub struct AlsoDecidesChange {
    /// The committee in `iop.toml`, by key.
    #[schemars(title = "Nämnd: nyckeln i iop.toml", example = &"kultur")]
    pub committee: String,
    /// The registry number of its own case.
    #[schemars(title = "Diarienummer: den nämndens eget nummer för ärendet", example = &"KN 2025/0044")]
    pub registry_number: Fact<String>,
    /// Its decision.
    #[schemars(title = "Beslut: nyckeln i records/ för den nämndens beslut", example = &"forlangning-kultur")]
    pub decision: Fact<String>,
}

/// The keys in the records of the decisions behind a change, of its own committee and of each other one that decides; nothing
/// where one names none.
fn decisions<'a>(
    own: &'a Fact<String>,
    others: &'a Keyed<AlsoDecidesChange>,
) -> impl Iterator<Item = Option<&'a String>> {
    [own.known()].into_iter().chain(others.values().map(|other| other.decision.known()))
}

impl Extension {
    /// The keys of the decisions behind it, one of each committee that decides.
    pub fn decisions(&self) -> impl Iterator<Item = Option<&String>> {
        decisions(&self.decision, &self.also_decides)
    }
}

impl Supplement {
    /// The keys of the decisions behind it, one of each committee that decides.
    pub fn decisions(&self) -> impl Iterator<Item = Option<&String>> {
        decisions(&self.decision, &self.also_decides)
    }
}

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
