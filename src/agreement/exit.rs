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
        LawChange = "law-change", "lagstiftningen ändras på ett sätt som påverkar samarbetet";
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
        /// Nobody has a right to compensation.
        NoCompensation = "no-compensation", "ingen rätt till ersättning för någon part";
    }
}

vocabulary! {
    /// Whether something follows, or only can.
    #[derive(Default)]
    pub enum Force ("Tyngd") {
        /// It follows.
        #[default]
        Shall = "shall", "ska";
        /// It can follow: a party may ask for it.
        May = "may", "kan";
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
    /// The cause in the document's own words, where those of `cause` say it less exactly.
    #[schemars(
        title = "Orsaken i ord: som den står efter ordet om, när avtalet säger det på ett eget sätt",
        length(min = 1),
        example = &"kommunfullmäktige beslutar att lägga ned verksamheten"
    )]
    pub named_cause: Option<String>,
    /// What it gives a right to.
    #[schemars(title = "Åtgärd")]
    pub means: Means,
    /// Whose right it is, by party key; every party's where left out.
    #[serde(default)]
    #[schemars(
        title = "Vems rätt: nycklarna för de parter som kan använda punkten; varje part om den utelämnas",
        example = ["kommun"]
    )]
    pub open_to: Vec<String>,
    /// Whether it must be done in writing.
    #[serde(default)]
    #[schemars(title = "Skriftligt: sant om uppsägningen, hävningen eller begäran ska vara skriftlig")]
    pub in_writing: bool,
    /// Whether the parties must first talk.
    #[serde(default)]
    #[schemars(title = "Dialog först: sant om parterna först ska föra dialog")]
    pub dialogue_first: bool,
    /// How long after the cause it can be used, in months.
    #[schemars(
        title = "Inom månader: så länge efter att orsaken inträffade som punkten kan användas",
        example = 3
    )]
    pub within_months: Option<Whole<1, 60>>,
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
    /// Whether that follows, or only can.
    #[serde(default)]
    #[schemars(title = "Följdens tyngd: om den ska följa (förval) eller kan följa")]
    pub consequence_force: Force,
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
        self.means == Means::Notice && self.named_cause.is_none() && self.cause.contains(&Cause::Any)
    }
}
