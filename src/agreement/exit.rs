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
        Any = "any", "utan särskild orsak", "den som säger upp behöver inte ange något skäl";
        /// A party does not fulfil the terms or its undertakings.
        Breach = "breach", "en part inte uppfyller villkoren eller brister i sina åtaganden", "villkor som inte är uppfyllda eller åtaganden som brister";
        /// A party does not perform and does not mend it.
        UnremediedBreach = "unremedied-breach",
            "en annan part inte fullföljer sina åtaganden och inte rättar bristen utan dröjsmål", "bristen är påtalad och finns kvar";
        /// Circumstances have changed in essence.
        ChangedCircumstances = "changed-circumstances", "omständigheterna har ändrats väsentligt", "det som avtalet byggde på har ändrats i grunden";
        /// The law has changed.
        LawChange = "law-change", "lagstiftningen ändras på ett sätt som påverkar samarbetet", "nya regler gör att avtalet inte kan gälla som det är";
        /// A change touches the purpose or the value basis.
        PurposeOrValues = "purpose-or-values", "en förändring påverkar syftet eller värdegrunden", "det som ändras rör det som partnerskapet bygger på";
        /// Activity or economy departs from what was planned.
        PlanDeviation = "plan-deviation", "verksamheten avviker betydligt från verksamhetsplan och budget", "verksamheten eller ekonomin blir en annan än den planerade";
        /// The parties disagree.
        Dispute = "dispute", "det uppstår en tvist mellan parterna", "parterna är oense om vad avtalet betyder";
    }
}

vocabulary! {
    /// What it gives a right to.
    pub enum Means ("Åtgärd") {
        /// Notice with a period.
        Notice = "notice", "uppsägning", "avtalet upphör efter en uppsägningstid";
        /// Rescission (*hävning*).
        Rescission = "rescission", "hävning", "avtalet upphör för att den andra parten har brutit mot det";
        /// An end at once.
        Immediate = "immediate", "omedelbart upphörande", "avtalet upphör utan uppsägningstid";
        /// Renegotiation.
        Renegotiation = "renegotiation", "omförhandling", "parterna förhandlar om villkoren";
        /// A dialogue before anything is changed.
        Dialogue = "dialogue", "dialog", "parterna talar med varandra innan något ändras";
        /// General court.
        Court = "court", "prövning i allmän domstol", "en domstol avgör";
    }
}

vocabulary! {
    /// What follows for the money.
    pub enum Consequence ("Följd") {
        /// Part or all of what was paid goes back.
        Repayment = "repayment", "återbetalning av delar av eller hela det utbetalda beloppet", "pengar går tillbaka till den som har betalat";
        /// The injured party is compensated.
        Compensation = "compensation", "ersättning till den part som drabbas", "den part som bröt mot avtalet betalar";
        /// Nobody has a right to compensation.
        NoCompensation = "no-compensation", "ingen rätt till ersättning för någon part", "var och en bär sin kostnad";
    }
}

vocabulary! {
    /// Whether something follows, or only can.
    #[derive(Default)]
    pub enum Force ("Tyngd") {
        /// It follows.
        #[default]
        Shall = "shall", "ska", "följden inträffar";
        /// It can follow: a party may ask for it.
        May = "may", "kan", "en part kan begära följden";
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
    #[schemars(title = "Åtgärd: vad punkten ger rätt till, som uppsägning eller hävning")]
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
    #[schemars(
        title = "Uppsägningstid i månader: så lång tid från uppsägningen tills avtalet upphör",
        example = 6
    )]
    pub notice_months: Fact<Whole<0, 60>>,
    /// From which of its days notice counts.
    #[serde(default)]
    #[schemars(title = "Uppsägningen räknas från: när den kommer fram, om avtalet inte säger annat")]
    pub notice_counts_from: NoticeCounts,
    /// Who must agree to a change.
    #[schemars(title = "Beslutas av: den som ska godkänna en ändring, som en nämnd eller styrgruppen", example = &"socialnämnden")]
    pub decided_by: Fact<String>,
    /// What follows for the money.
    #[schemars(title = "Följd: vad som händer med pengarna")]
    pub consequence: Fact<Consequence>,
    /// Whether that follows, or only can.
    #[serde(default)]
    #[schemars(title = "Följdens tyngd: om den ska följa (förval) eller kan följa")]
    pub consequence_force: Force,
    /// Who has to pay, by party key or in words.
    #[schemars(title = "Betalningsskyldig part: nyckeln för den part som ska betala, eller med ord")]
    pub liable: Fact<String>,
    /// How much.
    #[schemars(
        title = "Beloppets storlek: vad som ska betalas, som det står efter ”återbetala”: ”det som avser tid efter hävningen”"
    )]
    pub measure: Fact<String>,
}

impl Exit {
    /// Whether anybody can give notice by it at any time, without a cause.
    #[must_use]
    pub fn is_ordinary(&self) -> bool {
        self.means == Means::Notice && self.named_cause.is_none() && self.cause.contains(&Cause::Any)
    }
}
