//! That an agreement is to end before its time, as somebody proposes it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Memo;
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
    /// Whether what has been paid for days after the end is claimed back.
    #[schemars(title = "Återkrav: sant om det som är betalt för tiden efter slutet ska krävas tillbaka")]
    pub reclaim: Fact<bool>,
    /// The decision behind it.
    #[schemars(title = "Beslut: nyckeln i records/")]
    pub decision: Fact<String>,
    /// What only the memo about it needs.
    #[schemars(
        title = "Tjänsteskrivelse om avslutet: det som bara behövs i skrivelsen om att avsluta avtalet"
    )]
    pub memo: Option<Box<Memo>>,
}
