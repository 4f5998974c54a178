//! How an agreement ends early, is changed, or comes to a dispute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::NoticeCounts;
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::Whole;

vocabulary! {
    /// What gives the right.
    pub enum Cause ("Orsak") {
        /// None is needed.
        Any = "any", "utan särskild orsak";
        /// A party does not fulfil the terms or its undertakings.
        Breach = "breach", "en part inte uppfyller villkoren eller brister i sina åtaganden";
        /// A party does not perform and does not mend it.
        UnremediedBreach = "unremedied-breach",
            "en annan part inte fullföljer sina åtaganden och inte rättar bristen utan dröjsmål";
        /// Circumstances have changed in essence.
        ChangedCircumstances = "changed-circumstances", "omständigheterna har ändrats väsentligt";
        /// The law has changed.
        LawChange = "law-change", "lagstiftningen ändras";
        /// A change touches the purpose or the value basis.
        PurposeOrValues = "purpose-or-values", "en förändring påverkar syftet eller värdegrunden";
        /// Activity or economy departs from what was planned.
        PlanDeviation = "plan-deviation", "verksamheten avviker betydligt från verksamhetsplan och budget";
        /// The parties disagree.
        Dispute = "dispute", "det uppstår en tvist mellan parterna";
    }
}

vocabulary! {
    /// What it gives a right to.
    pub enum Means ("Åtgärd") {
        /// Notice with a period.
        Notice = "notice", "uppsägning";
        /// Rescission (*hävning*).
        Rescission = "rescission", "hävning";
        /// An end at once.
        Immediate = "immediate", "omedelbart upphörande";
        /// Renegotiation.
        Renegotiation = "renegotiation", "omförhandling";
        /// A dialogue before anything is changed.
        Dialogue = "dialogue", "dialog";
        /// General court.
        Court = "court", "prövning i allmän domstol";
    }
}

vocabulary! {
    /// What follows for the money.
    pub enum Consequence ("Följd") {
        /// Part or all of what was paid goes back.
        Repayment = "repayment", "återbetalning av delar av eller hela det utbetalda beloppet";
        /// The injured party is compensated.
        Compensation = "compensation", "ersättning till den part som drabbas";
    }
}

/// One way out, or one way to change, with its cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Uppsägning, hävning eller omförhandling")]
pub struct Exit {
    /// What gives the right; any one of several.
    #[schemars(title = "Orsaker: en eller flera", length(min = 1))]
    pub cause: Vec<Cause>,
    /// What it gives a right to.
    #[schemars(title = "Åtgärd")]
    pub means: Means,
    /// Whether the parties must first talk.
    #[serde(default)]
    #[schemars(title = "Dialog först: sant om parterna först ska föra dialog")]
    pub dialogue_first: bool,
    /// The period of notice in months.
    #[schemars(title = "Uppsägningstid i månader", example = 6)]
    pub notice_months: Fact<Whole<0, 60>>,
    /// From which of its days notice counts.
    #[serde(default)]
    #[schemars(title = "Uppsägningen räknas från: när den kommer fram, om avtalet inte säger annat")]
    pub notice_counts_from: NoticeCounts,
    /// Who must agree to a change.
    #[schemars(title = "Beslutas av", example = &"socialnämnden")]
    pub decided_by: Fact<String>,
    /// What follows for the money.
    #[schemars(title = "Följd")]
    pub consequence: Fact<Consequence>,
    /// Who has to pay, by party key or in words.
    #[schemars(title = "Betalningsskyldig part")]
    pub liable: Fact<String>,
    /// How much.
    #[schemars(title = "Beloppets storlek")]
    pub measure: Fact<String>,
}

impl Exit {
    /// Whether anybody can give notice by it at any time, without a cause.
    #[must_use]
    pub fn is_ordinary(&self) -> bool {
        self.means == Means::Notice && self.cause.contains(&Cause::Any)
    }
}
