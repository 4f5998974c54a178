//! How long an agreement lasts, and how it may go on.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Period;
use crate::vocabulary;
use crate::vocabulary::{Fact, Known};
use crate::whole::Whole;

/// The term of an agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Avtalstid")]
pub struct Term {
    /// The first day.
    #[schemars(title = "Start: första dagen", required, example = &"2024-01-01")]
    pub start: Fact<NaiveDate>,
    /// The last day.
    #[schemars(title = "Slut: sista dagen; den ingår", required, example = &"2025-12-31")]
    pub end: Fact<NaiveDate>,
    /// The last day, where the agreement ends before its time.
    #[schemars(title = "Slutar i förtid: sista dagen, om avtalet har upphört eller ska upphöra i förtid", example = &"2025-03-31")]
    pub ended: Fact<NaiveDate>,
    /// When the parties shall have considered whether to go on.
    #[schemars(
        title = "Översyn senast: då parterna ska ha prövat om avtalet får en fortsättning",
        example = &"2025-06-30"
    )]
    pub review_by: Fact<NaiveDate>,
    /// Who considers it and what.
    #[schemars(title = "Översynens innehåll: vem som prövar vad")]
    pub review_task: Fact<String>,
    /// Options to extend, by key.
    #[serde(default)]
    #[schemars(title = "Optioner på förlängning")]
    pub option: Keyed<ExtensionOption>,
    /// Automatic renewal.
    #[schemars(title = "Automatisk förlängning")]
    pub renewal: Option<Renewal>,
    /// The longest that one period may be, in months ("at most two years at a time").
    #[schemars(title = "Högst så här många månader åt gången", range(min = 1, max = 600))]
    pub at_most_months_at_a_time: Option<u32>,
}

impl Term {
    /// The term where both ends are known and in order.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        let period = Period { start: *self.start.known()?, end: *self.end.known()? };
        (!period.is_reversed()).then_some(period)
    }
}

/// A right to extend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Option på förlängning")]
pub struct ExtensionOption {
    /// How long each extension is, in months.
    #[schemars(title = "Månader: hur lång varje förlängning är", range(min = 1, max = 600), example = 12)]
    pub months: u32,
    /// How many times it may be used.
    #[serde(default = "once")]
    #[schemars(
        title = "Gånger: hur många gånger optionen kan användas",
        range(min = 1, max = 100),
        example = 2
    )]
    pub times: u32,
    /// The last day to call on it.
    #[schemars(title = "Senast: sista dagen att använda optionen", example = &"2025-06-30")]
    pub notice_by: Fact<NaiveDate>,
    /// Who may call on it, by party key.
    #[schemars(title = "Vem: nyckeln för den part som kan använda optionen", example = &"kommun")]
    pub by: Fact<String>,
    /// On what condition.
    #[schemars(title = "Villkor")]
    pub condition: Fact<String>,
}

fn once() -> u32 {
    1
}

vocabulary! {
    /// From which of its days notice counts.
    #[derive(Default)]
    pub enum NoticeCounts ("Uppsägningen räknas från") {
        /// When the other side has it: what holds where nothing else is agreed.
        #[default]
        Receipt = "receipt", "när den kommer fram";
        /// When it is sent.
        Sending = "sending", "när den skickas";
    }
}

/// Renewal unless somebody gives notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Automatisk förlängning")]
pub struct Renewal {
    /// How long each renewal is, in months.
    #[schemars(title = "Månader: hur lång varje förlängning är", range(min = 1, max = 600), example = 12)]
    pub months: u32,
    /// How long before the end notice must be given, in months.
    #[schemars(title = "Uppsägning: månader före avtalstidens slut", example = 6)]
    pub notice_months: Fact<Whole<0, 60>>,
    /// From which of its days notice counts.
    #[serde(default)]
    #[schemars(title = "Uppsägningen räknas från: när den kommer fram, om avtalet inte säger annat")]
    pub notice_counts_from: NoticeCounts,
    /// The day that no renewal passes.
    #[schemars(title = "Längst till: sista dag som förlängningar kan nå", example = &"2027-12-31")]
    pub until: Fact<NaiveDate>,
}
