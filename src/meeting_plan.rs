//! A committee's meetings, as it has decided them: `meetings/ID.toml`. Without a plan, no last day to hand in a memo can
//! be told.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::Fact;

/// A meeting plan (*mötesplan*), usually for one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Mötesplan")]
pub struct MeetingPlan {
    /// Its title.
    #[schemars(title = "Titel: vad planen gäller, som en nämnd och ett år", length(min = 1), example = &"Socialnämndens sammanträden 2025")]
    pub title: String,
    /// The committee, by its key in `iop.toml`.
    #[schemars(title = "Nämnd: nyckeln i iop.toml", example = &"social")]
    pub committee: String,
    /// The decision, or that the plan is assumed.
    #[schemars(title = "Källa: beslutet, eller att planen är antagen", length(min = 1), example = &"socialnämnden 2024-10-09 § 120")]
    pub source: String,
    /// The meetings, by a name such as the month.
    #[serde(default)]
    #[schemars(title = "Sammanträden: en tabell per sammanträde")]
    pub meeting: IndexMap<String, CommitteeMeeting>,
}

/// A meeting of the committee with the days that lead up to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Sammanträde")]
pub struct CommitteeMeeting {
    /// The last day to hand in a memo (*manusstopp*).
    #[schemars(title = "Manusstopp: sista dag att lämna skrivelsen", required, example = &"2025-02-24")]
    pub manuscript_stop: Fact<NaiveDate>,
    /// The day of preparation (*beredning*).
    #[schemars(title = "Beredning: dagen då ärendena bereds", example = &"2025-03-05")]
    pub preparation: Fact<NaiveDate>,
    /// The day on which the papers are sent (*utskick*).
    #[schemars(title = "Utskick: dagen då handlingarna skickas", example = &"2025-03-12")]
    pub dispatch: Fact<NaiveDate>,
    /// The day of the meeting.
    #[schemars(title = "Sammanträde: dagen", example = &"2025-03-19")]
    pub date: NaiveDate,
}
