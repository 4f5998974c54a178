//! What an agreement file says: plain types, one per table of the file. The format is meant to be kept for
//! years, so a key is added here and never changes its meaning.
//!
//! Tables are keyed by names that people choose (`[party.rsmh]`, `[funding.2021]`), in the order in which the
//! documents show them. A [`Fact`] may be missing, stated, or declared open with `"not-stated"`.

mod bound;
mod case;
mod change;
mod content;
mod economy;
mod ending;
mod exit;
mod extension;
mod follow_up;
mod funding;
mod indexation;
mod legal;
mod memo;
mod party;
mod payout;
mod predecessor;
mod supplement;
mod term;

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use bound::Bound;
pub use case::{AlsoDecides, AlsoDecidesChange, Annex, Assessment, AssessmentKind, Case, Original};
pub use change::{Change, Decider, What};
pub use content::{Answer, Clause, Ground, Places, TargetGroup, TitledText, Undertaking};
pub use economy::{Economy, Instrument, Vat};
pub use ending::Ending;
pub use exit::{Cause, Consequence, Exit, Force, Means};
pub use extension::Extension;
pub use follow_up::{
    CountedFrom, Covers, DecisionStyle, Due, Duty, DutyKind, Every, LateCut, Meetings, Seat, SteeringGroup,
};
pub use funding::{CountStep, Funding, FundingSource, InKind, Rate, RateUnit, Receiver, funding_path};
pub use indexation::{
    AdjustmentBase, AdjustmentMethod, AppliesWhen, DayOfYear, Indexation, Published, RoundTo, RoundingPlace,
    YearKind,
};
pub use legal::{AidRules, Legal, MinorAid, ServiceKind};
pub use memo::{Basis, Distribution, Functionary, Memo};
pub use party::{Authority, Contact, LegalForm, Party, Reach, Role, Signatory, WITHHELD};
pub use payout::{InMonth, PayoutMethod, PayoutPart, PayoutPlan, PayoutTiming, Remainder};
pub use predecessor::Predecessor;
pub use supplement::Supplement;
pub use term::{ExtensionOption, GoingOn, NoticeCounts, Renewal, Term, UntilFurtherNotice};

use crate::codes::Codes;
use crate::holiday::OnHoliday;
use crate::key_path::KeyPath;
use crate::path;
use crate::text;
use crate::vocabulary;
use crate::vocabulary::{Fact, Known};

vocabulary! {
    /// How far the agreement has come.
    pub enum Status ("Status") {
        /// Being written.
        Draft = "draft", "utkast", "avtalet skrivs, och räknas inte i det som kommunen har bundit sig för";
        /// Laid before the committee, or ready to be.
        Proposed = "proposed", "förslag", "nämnden har fått förslaget, eller ska få det";
        /// Decided, not signed by everyone.
        Decided = "decided", "beslutad", "nämnden har beslutat, men alla har inte undertecknat";
        /// Signed by everyone.
        Signed = "signed", "undertecknad", "alla har undertecknat";
        /// No longer in force.
        Ended = "ended", "avslutad", "avtalet gäller inte längre";
    }
}

impl Status {
    /// Whether nothing may be missing any more.
    #[must_use]
    pub fn must_be_complete(self) -> bool {
        matches!(self, Self::Decided | Self::Signed)
    }
}

vocabulary! {
    /// What the parties call their document.
    pub enum DocumentWord ("Avtalets benämning") {
        /// *Överenskommelse*.
        Overenskommelse = "overenskommelse", "överenskommelse";
        /// *Avtal*.
        Avtal = "avtal", "avtal";
    }
}

/// One partnership agreement, as `agreements/ID.toml` states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Avtal om idéburet offentligt partnerskap")]
pub struct Agreement {
    /// What the partnership is about, as it follows "gällande" in a heading.
    #[schemars(
        title = "Ämne: vad partnerskapet gäller, som det står efter ordet gällande",
        length(min = 1),
        example = &"personlig ombudsverksamhet"
    )]
    pub title: String,
    /// The name that agreements share when they continue or overlap each other.
    #[schemars(
        title = "Verksamhet: gemensamt namn för avtal som avlöser eller överlappar varandra",
        length(min = 1),
        example = &"personligt-ombud"
    )]
    pub activity: String,
    /// How far it has come.
    #[schemars(title = "Status: hur långt avtalet har kommit")]
    pub status: Status,
    /// What the parties call it.
    #[serde(default = "usual_word")]
    #[schemars(title = "Benämning: överenskommelse eller avtal")]
    pub document_word: DocumentWord,
    /// The date in the document's heading.
    #[schemars(title = "Dokumentets datum: det som står överst i avtalet", example = &"2023-11-01")]
    pub dated: Fact<NaiveDate>,
    /// The profile in `guidelines/` that it is checked against; the register's own default where missing.
    #[schemars(title = "Riktlinjer: filens namn i guidelines/, utan .toml", example = &"adala-2019")]
    pub guideline: Option<String>,
    /// The committee in `iop.toml` that decides.
    #[schemars(title = "Nämnd: nyckeln i iop.toml för den nämnd som beslutar", example = &"social")]
    pub committee: Option<String>,
    /// Other committees of the same municipality that decide on it too.
    #[serde(default)]
    #[schemars(title = "Beslutar också: fler av kommunens nämnder som ska besluta om avtalet")]
    pub also_decides: Keyed<AlsoDecides>,
    /// The agreement that this one continues.
    #[schemars(title = "Fortsätter: det avtal som detta avlöser", example = &"oppet-hus-2021")]
    pub continues: Option<String>,
    /// The agreement that this one follows on, where the register does not hold it.
    #[schemars(
        title = "Föregående avtal: ett som inte finns i registret och som detta förlänger eller avlöser"
    )]
    pub predecessor: Option<Predecessor>,
    /// What the parties call their cooperation, where that is something else than *idéburet offentligt partnerskap*.
    #[schemars(
        title = "Samarbetets benämning: som den står efter ordet om, när samarbetet inte kallas idéburet offentligt partnerskap",
        length(min = 1),
        example = &"samverkan kring öppen ungdomsverksamhet"
    )]
    pub partnership: Option<String>,
    /// The aim in one clause that can follow "Syftet är".
    #[schemars(
        title = "Syfte: en mening som kan stå efter orden Syftet är",
        example = &"att unga i Ådala ska ha någonstans att ta vägen på kvällar och helger"
    )]
    pub purpose: Fact<String>,
    /// For whom.
    #[schemars(title = "Målgrupp: vilka verksamheten är till för, direkt och indirekt")]
    pub target_group: Fact<TargetGroup>,
    /// Registry number and the like.
    #[serde(default)]
    #[schemars(title = "Ärende: diarienumret och när ärendet öppnades")]
    pub case: Case,
    /// Where the original lies.
    #[serde(default)]
    #[schemars(title = "Original: var det undertecknade originalet finns")]
    pub original: Original,
    /// What happens to a day of payment or report on which nobody works; the register's rule where left out.
    #[schemars(title = "Helger: vad som händer med en betalnings- eller rapportdag som infaller på en helg")]
    pub on_holiday: Option<OnHoliday>,
    /// Who agree.
    #[schemars(title = "Parter: en tabell per part, med en nyckel som resten av filen hänvisar till", extend("minProperties" = 1))]
    pub party: Keyed<Party>,
    /// How long it lasts.
    #[schemars(title = "Avtalstid: när avtalet börjar och slutar, och hur det kan fortsätta")]
    pub term: Term,
    /// What holds for the economy as a whole.
    #[serde(default)]
    #[schemars(title = "Ekonomi: det som gäller för pengarna som helhet")]
    pub economy: Economy,
    /// How what the municipality pays is coded in its books, where a component says nothing else.
    #[serde(default)]
    #[schemars(
        title = "Kontering: en kod per kodfält i iop.toml, för det som kommunen betalar och som inte har någon egen"
    )]
    pub code: Codes,
    /// The public money, component by component.
    #[serde(default)]
    #[schemars(title = "Ersättning: en tabell per belopp")]
    pub funding: Keyed<Funding>,
    /// What the parties contribute besides money.
    #[serde(default)]
    #[schemars(
        title = "Insatser i annat än pengar: lokaler, personal, ideell tid och annat som parterna bidrar med"
    )]
    pub in_kind: Keyed<InKind>,
    /// When and how the money is paid out.
    #[serde(default)]
    #[schemars(title = "Utbetalningsplan: när ersättningen betalas ut och på vilket sätt")]
    pub payout_plan: Keyed<PayoutPlan>,
    /// How amounts are adjusted.
    #[serde(default)]
    #[schemars(title = "Indexering: hur beloppen räknas upp med priserna")]
    pub indexation: Keyed<Indexation>,
    /// How the agreement can end early or be changed.
    #[serde(default)]
    #[schemars(
        title = "Uppsägning, hävning och omförhandling: en tabell per sätt att avsluta eller ändra avtalet"
    )]
    pub exit: Keyed<Exit>,
    /// Reports, accounts and evaluations.
    #[serde(default)]
    #[schemars(title = "Uppföljning: rapporter, redovisningar och utvärderingar, en tabell per slag")]
    pub follow_up: Keyed<Duty>,
    /// Who steers the partnership.
    #[serde(default)]
    #[schemars(title = "Styrgrupper: de grupper där parterna möts, en tabell per grupp")]
    pub steering_group: Keyed<SteeringGroup>,
    /// The guideline's grounds for a partnership, answered.
    #[schemars(title = "Skäl för partnerskap: ett svar per skäl i riktlinjerna")]
    pub ground: Fact<Keyed<Ground>>,
    /// What each party shall do.
    #[serde(default)]
    #[schemars(title = "Åtaganden: vad var och en av parterna ska göra, en tabell per part")]
    pub undertaking: Keyed<Undertaking>,
    /// Goals.
    #[serde(default)]
    #[schemars(title = "Mål: vad partnerskapet ska leda till, en tabell per mål")]
    pub goal: Keyed<TitledText>,
    /// What the parties want to develop together.
    #[serde(default)]
    #[schemars(title = "Utvecklingsområden: vad parterna vill utveckla tillsammans under avtalstiden")]
    pub development: Keyed<TitledText>,
    /// What the partnership does not cover.
    #[serde(default)]
    #[schemars(title = "Undantag: vad partnerskapet inte omfattar")]
    pub exclusion: Keyed<String>,
    /// Documents that belong to the agreement or that it refers to.
    #[serde(default)]
    #[schemars(title = "Bilagor: handlingar som hör till avtalet eller som det hänvisar till")]
    pub annex: Keyed<Annex>,
    /// Assessments on file.
    #[serde(default)]
    #[schemars(title = "Bedömningar: rättsliga och andra bedömningar som finns i ärendet")]
    pub assessment: Keyed<Assessment>,
    /// What decides which laws may matter.
    #[serde(default)]
    #[schemars(title = "Rättsliga frågor: kommunens egna svar")]
    pub legal: Legal,
    /// Numbered supplements, proposed or agreed.
    #[serde(default)]
    #[schemars(title = "Tillägg: numrerade ändringar, föreslagna eller avtalade")]
    pub supplement: Keyed<Supplement>,
    /// Extensions, proposed or agreed.
    #[serde(default)]
    #[schemars(title = "Förlängningar: längre avtalstid, föreslagen eller avtalad")]
    pub extension: Keyed<Extension>,
    /// That it is to end before its time, as somebody proposes it.
    #[schemars(title = "Avslut i förtid: förslag att avsluta avtalet, för skrivelsen om det")]
    pub ending: Option<Ending>,
    /// Standard clauses from `templates/clauses/` that the agreement takes as they are.
    #[serde(default)]
    #[schemars(title = "Standardklausuler: namn på klausuler ur templates/clauses/", example = ["purpose", "term", "economy"])]
    pub standard_clauses: Vec<String>,
    /// Clauses of the agreement's own.
    #[serde(default)]
    #[schemars(
        title = "Egna klausuler: avtalets egna texter, som kan ersätta eller komplettera standardklausuler"
    )]
    pub clause: Keyed<Clause>,
    /// In which order the clauses stand; those that it does not name come after, as usual.
    #[serde(default)]
    #[schemars(
        title = "Klausulernas ordning: nycklarna i den ordning de ska stå; de som inte nämns står efter, i vanlig ordning",
        example = ["parties", "background", "purpose"]
    )]
    pub clause_order: Vec<String>,
    /// What only the memo to the committee needs.
    #[serde(default)]
    #[schemars(title = "Tjänsteskrivelse: det som bara behövs i skrivelsen till nämnden")]
    pub memo: Memo,
}

fn usual_word() -> DocumentWord {
    DocumentWord::Overenskommelse
}

impl Agreement {
    /// The parties of one side, in the file's order.
    pub fn parties(&self, role: Role) -> impl Iterator<Item = &Party> {
        self.party.values().filter(move |party| party.role == role)
    }

    /// Every component of the money that the file states, with its key and where it stands: the agreement's own, and those of
    /// its supplements, whether or not they hold.
    pub fn stated_funding(&self) -> impl Iterator<Item = (KeyPath, &String, &Funding)> {
        let own = self.funding.iter().map(|(key, funding)| (funding_path(None, key), key, funding));
        let added = self.supplement.iter().flat_map(|(name, supplement)| {
            let funding = supplement.funding.iter();
            funding.map(move |(key, funding)| (funding_path(Some(name), key), key, funding))
        });
        own.chain(added)
    }

    /// Every way out that the file states, with where it stands, as [`Self::stated_funding`] has the money.
    pub fn stated_exits(&self) -> impl Iterator<Item = (KeyPath, &Exit)> {
        let own = self.exit.iter().map(|(key, exit)| (path!["exit", key], exit));
        let added = self.supplement.iter().flat_map(|(name, supplement)| {
            let exits = supplement.exit.iter();
            exits.map(move |(key, exit)| (path!["supplement", name, "exit", key], exit))
        });
        own.chain(added)
    }

    /// Every committee that decides on the agreement or a change of it beside its own, with where it stands.
    pub fn also_deciding(&self) -> impl Iterator<Item = (KeyPath, &String)> {
        let own = self.also_decides.iter();
        let own = own.map(|(key, other)| (path!["also_decides", key], &other.committee));
        let of_changes = self.changes().flat_map(|change| {
            let at = change.path().join("also_decides");
            change.also_decides().iter().map(move |(key, other)| (at.join(key), &other.committee))
        });
        own.chain(of_changes)
    }

    /// Whether an assessment of this kind is on file, with what it came to.
    #[must_use]
    pub fn has_assessed(&self, kind: AssessmentKind) -> bool {
        self.assessment.values().any(|assessment| {
            assessment.kind == kind
                && assessment.conclusion.known().is_some_and(|conclusion| text::says_something(conclusion))
        })
    }

    /// Whether the agreement has data from which a standard clause of this name draws its text. Nothing is
    /// returned for clauses that need none.
    #[must_use]
    pub fn has_data_for(&self, clause: &str) -> Option<bool> {
        Some(match clause {
            "parties" => !self.party.is_empty(),
            "purpose" => match &self.purpose {
                Some(purpose) => purpose.value().is_none_or(|purpose| text::says_something(purpose)),
                None => false,
            },
            "target-group" => self.target_group.is_some(),
            "goals" => !self.goal.is_empty(),
            "grounds" => self.ground.is_some(),
            "undertakings" => !self.undertaking.is_empty(),
            "development" => !self.development.is_empty(),
            "exclusions" => !self.exclusion.is_empty(),
            "steering" => !self.steering_group.is_empty(),
            "follow-up" => !self.follow_up.is_empty(),
            "contacts" => self.party.values().any(|party| party.contact.is_some()),
            "economy" => !self.funding.is_empty() || !self.in_kind.is_empty(),
            "payouts" => !self.payout_plan.is_empty(),
            "exit" => !self.exit.is_empty(),
            "annexes" => !self.annex.is_empty(),
            _ => return None,
        })
    }

    /// Whether all that a standard clause of this name would draw its text from is said to be open.
    #[must_use]
    pub fn is_open_for(&self, clause: &str) -> bool {
        match clause {
            "purpose" => self.purpose.is_open(),
            "grounds" => self.ground.is_open(),
            "contacts" => self.party.values().all(|party| party.contact.known().is_none()),
            _ => false,
        }
    }
}
