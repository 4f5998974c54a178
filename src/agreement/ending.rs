//! That an agreement is to end before its time, as somebody proposes it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AlsoDecidesChange, Memo};
use crate::keyed::Keyed;
use crate::vocabulary::Fact;

/// A proposal to end the agreement before its time. What ends it stands in the records, as notice, or in `term.ended`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Avslut i förtid")]
pub struct Ending {
    /// The last day that is proposed.
    #[schemars(title = "Till: sista dagen som föreslås; den ingår", example = &"2025-06-30")]
    pub until: NaiveDate,
    /// Who ends it, by party key; all of them together where left out.
    #[schemars(
        title = "Vem: nyckeln för den part som avslutar avtalet; alla gemensamt om den utelämnas",
        example = &"kommun"
    )]
    pub by: Option<String>,
    /// The way out that it uses, by key in `exit`.
    #[schemars(title = "Punkt: nyckeln i exit för den punkt som avslutet stöds på")]
    pub exit: Option<String>,
    /// Why, in a full sentence.
    #[schemars(
        title = "Orsak: varför avtalet avslutas, i en hel mening",
        example = &"Föreningen har lagt ned verksamheten."
    )]
    pub cause: Fact<String>,
    /// When the notice of another party came.
    #[schemars(
        title = "Mottagen: dagen då en annan parts uppsägning kom fram till kommunen",
        example = &"2024-12-20"
    )]
    pub received: Fact<NaiveDate>,
    /// Whether what has been paid for days after the end is claimed back.
    #[schemars(title = "Återkrav: sant om det som är betalt för tiden efter slutet ska krävas tillbaka")]
    pub reclaim: Fact<bool>,
    /// The decision behind it.
    #[schemars(title = "Beslut: nyckeln i records/")]
    pub decision: Fact<String>,
    /// Other committees of the same municipality that decide on it too; those that decide on the agreement where left out.
    #[serde(default)]
    #[schemars(
        title = "Beslutar också: fler av kommunens nämnder som ska besluta om avslutet, var och en med sitt beslut; avtalets egna om den utelämnas"
    )]
    pub also_decides: Keyed<AlsoDecidesChange>,
    /// What only the memo about it needs.
    #[schemars(
        title = "Tjänsteskrivelse om avslutet: det som bara behövs i skrivelsen om att avsluta avtalet"
    )]
    pub memo: Option<Box<Memo>>,
}
