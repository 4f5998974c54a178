//! Who steers the partnership, and what is to be reported to whom.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Bound, Force};
use crate::money::Percent;
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::Whole;

vocabulary! {
    /// A stretch of time that recurs.
    pub enum Every ("Återkommer") {
        /// *Månad*.
        Month = "month", "månad";
        /// *Kvartal*.
        Quarter = "quarter", "kvartal";
        /// *Halvår*.
        HalfYear = "half-year", "halvår";
        /// *År*.
        Year = "year", "år";
        /// Once in the whole term.
        Once = "once", "en gång under avtalstiden", "en enda gång";
    }
}

vocabulary! {
    /// From where periods are counted.
    pub enum CountedFrom ("Perioder räknas från") {
        /// The calendar: January, April, July, October. The first and the last period may be short.
        Calendar = "calendar", "kalendern", "den första och den sista perioden kan vara korta";
        /// The first day of the agreement. The last period may be short.
        Start = "start", "avtalets första dag", "den sista perioden kan vara kort";
    }
}

vocabulary! {
    /// What days a report covers.
    pub enum Covers ("Rapporten avser") {
        /// Its own period.
        Period = "period", "den egna perioden", "det som har hänt sedan den förra";
        /// The year so far, so that the last report of a year covers all of it.
        YearToDate = "year-to-date", "året hittills", "den sista avser hela året";
    }
}

vocabulary! {
    /// What is to be done.
    pub enum DutyKind ("Slag av uppföljning") {
        /// What has been done (*verksamhetsrapport*).
        ActivityReport = "activity-report", "verksamhetsrapport", "vad som har gjorts";
        /// The year as a whole (*uppföljningsrapport*).
        YearlyReport = "yearly-report", "årlig uppföljningsrapport", "året som helhet, med hur målen nås";
        /// An account to the committee (*redovisning till nämnden*).
        CommitteeAccount = "committee-account", "redovisning till nämnden", "kommunens egen redovisning";
        /// The organisation's annual report, accounts and audit report.
        AnnualAccounts = "annual-accounts", "verksamhetsberättelse, årsredovisning och revisionsberättelse", "organisationens egna årshandlingar";
        /// Figures.
        Statistics = "statistics", "statistik", "siffror";
        /// A workshop.
        Workshop = "workshop", "gemensam arbetsdag", "ett tillfälle i perioden, och ingen rapport";
        /// A review in mid-term.
        MidTermReview = "mid-term-review", "halvtidsavstämning", "ett tillfälle mitt i avtalstiden";
        /// A joint evaluation at the end.
        FinalEvaluation = "final-evaluation", "slutlig utvärdering", "efter avtalstiden, av parterna tillsammans";
        /// To tell the other parties of what they need to know, when it happens.
        Information = "information", "information", "det som den andra parten behöver veta, när det händer";
        /// Something else.
        Other = "other", "uppföljning", "något annat som avtalet kräver";
    }
}

impl DutyKind {
    /// Whether it is done in its period, and not told of afterwards.
    #[must_use]
    pub fn is_within_its_period(self) -> bool {
        matches!(self, Self::Workshop | Self::MidTermReview)
    }
}

/// When a duty falls due. Left out, nothing is known; `words` holds what cannot be counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Förfallodag")]
pub struct Due {
    /// A fixed date.
    #[schemars(title = "Datum: en bestämd dag", example = &"2025-02-28")]
    pub date: Option<NaiveDate>,
    /// A month of the year (1–12), last day unless `day` is given.
    #[schemars(title = "Månad: 1–12", range(min = 1, max = 12), example = 2)]
    pub month: Option<u32>,
    /// A day of that month.
    #[schemars(
        title = "Dag i månaden: dagen i månaden month; den sista om den utelämnas",
        range(min = 1, max = 31),
        example = 28
    )]
    pub day: Option<u32>,
    /// Days after the period that it covers.
    #[schemars(
        title = "Dagar efter periodens slut: så många dagar efter den period som rapporten avser",
        range(max = 3650),
        example = 60
    )]
    pub days_after_period: Option<u32>,
    /// The document's own words.
    #[schemars(
        title = "Med dokumentets ord: när avtalet säger det på ett sätt som inte går att räkna, som utan dröjsmål"
    )]
    pub words: Option<String>,
}

impl Due {
    /// Whether it says anything.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        *self != Self::default()
    }
}

/// One thing to report, account for or evaluate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Uppföljning")]
pub struct Duty {
    /// What it is.
    #[schemars(title = "Slag: vad som ska lämnas eller göras")]
    pub kind: DutyKind,
    /// What the document calls it, where it has its own word.
    #[schemars(title = "Benämning: vad avtalet kallar den, om det är något annat än slaget", example = &"Årsrapport")]
    pub title: Option<String>,
    /// How often.
    #[schemars(
        title = "Hur ofta: en gång per månad, kvartal, halvår eller år, eller en gång under avtalstiden"
    )]
    pub every: Fact<Every>,
    /// From where its periods are counted; the calendar where left out.
    #[schemars(title = "Perioder räknas från: kalendern (förval) eller avtalets första dag")]
    pub counted_from: Option<CountedFrom>,
    /// What days each report covers; its own period where left out.
    #[schemars(
        title = "Avser: den egna perioden (förval) eller året hittills, som en hel- och halvårsrapport"
    )]
    pub covers: Option<Covers>,
    /// The least number a year.
    #[schemars(title = "Minst så många per år: när avtalet anger ett minsta antal")]
    pub at_least_per_year: Fact<Whole<1, 366>>,
    /// Who writes it, by party key or function.
    #[schemars(title = "Avsändare: partens nyckel eller en funktion", example = &"forening")]
    pub author: Fact<String>,
    /// Who receives it, by party key or function.
    #[schemars(title = "Mottagare: partens nyckel eller en funktion", example = &"kommun")]
    pub receiver: Fact<String>,
    /// When.
    #[schemars(title = "Förfallodag: när den senast ska vara lämnad eller gjord")]
    pub due: Fact<Due>,
    /// The set template that it follows.
    #[schemars(title = "Mall: den mall som ska användas")]
    pub template: Fact<String>,
    /// What it shall hold, item by item.
    #[serde(default)]
    #[schemars(title = "Innehåll: vad den ska ta upp, en punkt per rad", example = ["antal besökare", "ekonomiskt utfall"])]
    pub contents: Vec<String>,
    /// What is taken off the next payout where it comes late, by how late it is. Final: no later payout makes it good.
    #[serde(default)]
    #[schemars(
        title = "Om den kommer för sent: den andel som dras av nästa utbetalning, efter hur sen den är"
    )]
    pub late: Keyed<LateCut>,
    /// What it is for, as it follows "används för att".
    #[schemars(title = "Ändamål: som det står efter orden används för att")]
    pub use_for: Option<String>,
}

/// What is taken off where a report is late.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Avdrag för sen rapport")]
pub struct LateCut {
    /// It holds where the report is more days late than this.
    #[serde(default)]
    #[schemars(
        title = "Mer än så många dagar för sent: 0 (förval) är varje dag",
        range(max = 3650),
        example = 14
    )]
    pub after_days: u32,
    /// The part of the next payout that is taken off, in per cent.
    #[schemars(title = "Andel: procent av nästa utbetalning", example = &"20")]
    pub share: Percent,
    /// Whether that follows, or only can.
    #[serde(default)]
    #[schemars(title = "Tyngd: om avdraget ska göras (förval) eller kan göras")]
    pub force: Force,
}

impl Duty {
    /// What is taken off where it comes so many days late, by key: that of the most days which it has passed.
    #[must_use]
    pub fn cut_for(&self, days_late: i64) -> Option<(&String, &LateCut)> {
        let passed = self.late.iter().filter(|(_, cut)| days_late > i64::from(cut.after_days));
        passed.max_by_key(|(_, cut)| cut.after_days)
    }
}

vocabulary! {
    /// How a group comes to its decisions.
    pub enum DecisionStyle ("Beslutsform") {
        /// The members aim at agreement.
        Consensus = "consensus", "konsensus", "alla är överens";
        /// A vote.
        Majority = "majority", "majoritet", "fler är för än emot";
    }
}

/// How often a group meets: `times` in each `per`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Sammanträden")]
pub struct Meetings {
    /// The number of meetings.
    #[schemars(title = "Antal: så många gånger per period", range(min = 1, max = 366), example = 2)]
    pub times: u32,
    /// Whether that is the least or the most.
    #[serde(default)]
    #[schemars(title = "Antalet är: precis så många (förval), minst eller högst")]
    pub bound: Bound,
    /// In what stretch of time.
    #[schemars(title = "Per: den period som antalet gäller")]
    pub per: Every,
    /// From where that stretch is counted; the calendar where left out.
    #[schemars(title = "Räknas från: kalendern (förval) eller avtalets första dag")]
    pub counted_from: Option<CountedFrom>,
}

/// A steering group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Styrgrupp")]
pub struct SteeringGroup {
    /// Its name, as a heading.
    #[schemars(title = "Namn: vad gruppen kallas", length(min = 1), example = &"Styrgrupp")]
    pub title: String,
    /// What it shall do, item by item.
    #[serde(default)]
    #[schemars(title = "Uppdrag: vad gruppen ska göra, en punkt per rad")]
    pub tasks: Vec<String>,
    /// How often it meets.
    #[schemars(title = "Antal sammanträden: hur ofta gruppen ska träffas")]
    pub meetings: Fact<Meetings>,
    /// Who calls it, by party key.
    #[schemars(title = "Sammankallande part: nyckeln", example = &"kommun")]
    pub called_by: Fact<String>,
    /// Who keeps its notes, by party key.
    #[schemars(title = "Dokumenterande part: nyckeln")]
    pub minutes_by: Fact<String>,
    /// How it decides.
    #[schemars(title = "Beslutsform: hur gruppen fattar beslut")]
    pub decides_by: Fact<DecisionStyle>,
    /// Who sit in it, by key.
    #[schemars(title = "Ledamöter: platserna, efter funktion")]
    pub seat: Fact<Keyed<Seat>>,
    /// Who may be co-opted.
    #[schemars(title = "Kan adjungeras: de som gruppen kan kalla till sina möten")]
    pub co_opted: Fact<String>,
}

/// A seat in a steering group, held by function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Plats i styrgrupp")]
pub struct Seat {
    /// The function.
    #[schemars(title = "Funktion: den roll som den som sitter på platsen har", length(min = 1), example = &"enhetschef, ungdomsenheten")]
    pub function: String,
    /// The party, by key.
    #[schemars(title = "Part: nyckeln", example = &"kommun")]
    pub party: Fact<String>,
    /// Whether this seat convenes the group.
    #[serde(default)]
    #[schemars(title = "Sammankallande: sant om den på platsen kallar till mötena")]
    pub convener: bool,
}
