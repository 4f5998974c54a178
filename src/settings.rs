//! The register itself: `iop.toml`.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agreement::{AdjustmentBase, AdjustmentMethod, DutyKind};
use crate::dated_name::{self, DatedName};
use crate::deadline_kind::DeadlineKind;
use crate::holiday::OnHoliday;
use crate::money::Money;
use crate::vocabulary;
use crate::whole::{MonthOfYear, Whole};

/// What `iop.toml` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Register")]
pub struct Settings {
    /// Whose register it is.
    #[schemars(title = "Kommun")]
    pub municipality: Municipality,
    /// The committees, by key.
    #[serde(default)]
    #[schemars(title = "Nämnder")]
    pub committee: IndexMap<String, Committee>,
    /// What holds where an agreement says nothing else.
    #[serde(default)]
    #[schemars(title = "Förval")]
    pub default: Defaults,
    /// The exchange rates by which euro limits are read, by a name such as the year.
    #[serde(default)]
    #[schemars(title = "Eurokurser: som beloppsgränser i euro räknas om med")]
    pub euro: IndexMap<String, EuroRate>,
    /// How dates are computed where agreements say nothing, and who is told of them.
    #[serde(default)]
    #[schemars(title = "Schema: framförhållning, förval och vem som får veta")]
    pub schedule: ScheduleSettings,
    /// How grave findings are here, by code (`IOP404`) or family (`IOP4`).
    #[serde(default)]
    #[schemars(title = "Allvar: per anmärkning, som IOP404, eller familj, som IOP4")]
    pub levels: IndexMap<String, LevelSetting>,
    /// How documents are worded.
    #[serde(default)]
    #[schemars(title = "Dokument: benämningar och rubriker")]
    pub documents: DocumentSettings,
    /// How PDF files are made.
    #[serde(default)]
    #[schemars(title = "PDF-filer")]
    pub pdf: PdfSettings,
}

/// What a euro costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Eurokurs")]
pub struct EuroRate {
    /// Kronor for one euro.
    #[schemars(title = "Kronor för en euro")]
    pub kronor: Money,
    /// The day of the rate.
    #[schemars(title = "Kursens dag")]
    pub date: NaiveDate,
    /// Who published it, or that it is assumed.
    #[schemars(title = "Källa: till exempel Riksbanken, eller antagande", length(min = 1))]
    pub source: String,
}

vocabulary! {
    /// How grave a municipality takes a finding to be.
    pub enum LevelSetting ("Allvar") {
        /// Not shown.
        Off = "off", "av";
        /// *Not*.
        Note = "note", "not";
        /// *Varning*.
        Warning = "warning", "varning";
        /// *Fel*.
        Error = "error", "fel";
    }
}

vocabulary! {
    /// What the memo to the committee is called.
    pub enum MemoWord ("Skrivelsens benämning") {
        /// *Tjänsteskrivelse*.
        Tjansteskrivelse = "tjansteskrivelse", "tjänsteskrivelse";
        /// *Tjänsteutlåtande*.
        Tjansteutlatande = "tjansteutlatande", "tjänsteutlåtande";
    }
}

vocabulary! {
    /// How a proposal for a decision is written.
    pub enum ProposalStyle ("Förslagets form") {
        /// One clause after *att* for each point.
        AttClauses = "att-clauses", "att-satser";
        /// Whole sentences, one a paragraph.
        Sentences = "sentences", "hela meningar";
        /// Whole sentences, numbered.
        Numbered = "numbered", "numrerade meningar";
    }
}

/// How documents are worded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "Dokument")]
pub struct DocumentSettings {
    /// What the memo is called.
    #[schemars(title = "Skrivelsens benämning: tjänsteskrivelse eller tjänsteutlåtande")]
    pub memo: MemoWord,
    /// How the proposal is written.
    #[schemars(title = "Förslagets form: att-satser, hela meningar eller numrerade meningar")]
    pub proposal: ProposalStyle,
    /// The municipality's own headings, by standard clause or part of the memo.
    #[schemars(title = "Rubriker: kommunens egna, efter standardklausul eller avsnitt i skrivelsen")]
    pub heading: IndexMap<String, String>,
}

impl Default for DocumentSettings {
    fn default() -> Self {
        Self {
            memo: MemoWord::Tjansteskrivelse,
            proposal: ProposalStyle::AttClauses,
            heading: IndexMap::new(),
        }
    }
}

vocabulary! {
    /// The archive profile of PDF files.
    pub enum PdfProfile ("PDF-profil") {
        /// PDF/A-2a together with PDF/UA-1.
        A2a = "a-2a", "PDF/A-2a och PDF/UA-1";
        /// PDF/A-1a, for archives that demand it; it cannot be combined with PDF/UA-1.
        A1a = "a-1a", "PDF/A-1a";
    }
}

/// How PDF files are made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "PDF")]
pub struct PdfSettings {
    /// The archive profile.
    #[schemars(title = "Profil: a-2a (tillgänglig och arkivbeständig) eller a-1a")]
    pub profile: PdfProfile,
    /// The font family for text, from the files in `templates/fonts/`; a bundled one where left out.
    #[schemars(
        title = "Typsnitt: familjens namn; filerna ligger i templates/fonts/",
        length(min = 1),
        example = &"Source Sans 3"
    )]
    pub font: Option<String>,
    /// The municipality's logotype.
    #[schemars(title = "Logotyp: överst på första sidan")]
    pub logotype: Option<Logotype>,
}

impl Default for PdfSettings {
    fn default() -> Self {
        Self { profile: PdfProfile::A2a, font: None, logotype: None }
    }
}

/// The logotype above the first page's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Logotyp")]
pub struct Logotype {
    /// The file's name in `templates/pictures/`.
    #[schemars(
        title = "Fil: namnet i templates/pictures/, en svg-, png- eller jpg-fil",
        length(min = 1),
        example = &"vapen.svg"
    )]
    pub file: String,
    /// What it shows, for those who do not see it.
    #[schemars(
        title = "Textalternativ: vad bilden föreställer, för den som inte ser den",
        length(min = 1),
        example = &"Ådala kommuns vapen"
    )]
    pub text: String,
    /// Its height in millimetres.
    #[schemars(title = "Höjd: i millimeter; 16 om den utelämnas")]
    pub height_mm: Option<Whole<5, 40>>,
}

impl Logotype {
    /// Its height in millimetres.
    #[must_use]
    pub fn height_mm(&self) -> u32 {
        self.height_mm.map_or(16, Whole::get)
    }
}

/// The municipality.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Kommun")]
pub struct Municipality {
    /// The legal person.
    #[schemars(
        title = "Namn: den juridiska personen, till exempel Lunds kommun",
        length(min = 1),
        example = &"Ådala kommun"
    )]
    pub name: String,
}

/// A committee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Nämnd")]
pub struct Committee {
    /// Its names through the years, oldest first.
    #[schemars(title = "Namn: äldst först", length(min = 1))]
    pub names: Vec<DatedName>,
}

impl Committee {
    /// The name that the committee had on `date`, or its latest name.
    #[must_use]
    pub fn name_on(&self, date: NaiveDate) -> Option<&str> {
        dated_name::name_on(&self.names, date)
    }
}

/// A length of time before or after something, in days.
pub type Lead = Whole<0, 365>;

/// How dates are computed where an agreement says nothing, which are shown, and who is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "Schema")]
pub struct ScheduleSettings {
    /// The first day of which the register keeps account: what fell due earlier is never overdue.
    #[schemars(title = "Bevakas från: det som förföll tidigare räknas aldrig som försenat", example = &"2024-01-01")]
    pub followed_from: Option<NaiveDate>,
    /// The kinds that are shown; all where it is empty.
    #[schemars(title = "Slag som visas: alla om listan är tom")]
    pub kinds: Vec<DeadlineKind>,
    /// What the municipality asks for of every agreement, whether agreed or not.
    #[schemars(title = "Rutin: uppföljning som kommunen begär även när avtalet inte säger något")]
    pub routine: Vec<DutyKind>,
    /// The functions that are told, by kind of date.
    #[schemars(title = "Får veta: funktioner, per slag av datum")]
    pub told: IndexMap<DeadlineKind, Vec<String>>,
    /// Days before a date on which calendars remind, by kind of date.
    #[schemars(title = "Påminnelser i kalendern: antal dagar före, per slag av datum")]
    pub alarm_days: IndexMap<DeadlineKind, Vec<Lead>>,
    /// What happens to a day of payment or report on which nobody works, where the agreement says nothing.
    #[schemars(
        title = "Helger: vad som händer med en dag som infaller på en helg, när avtalet inte säger något"
    )]
    pub on_holiday: OnHoliday,
    /// Days from the call to the meeting of a steering group.
    #[schemars(title = "Kallelse till styrgruppen: dagar före mötet")]
    pub call_days: Lead,
    /// Days from the papers to the meeting.
    #[schemars(title = "Handlingar till styrgruppen: dagar före mötet")]
    pub papers_days: Lead,
    /// Days from the meeting to its notes.
    #[schemars(title = "Minnesanteckningar: dagar efter mötet")]
    pub notes_days: Lead,
    /// The month in which reports for a first half-year come.
    #[schemars(title = "Månad för halvårsrapport")]
    pub half_year_report_month: MonthOfYear,
    /// The month in which reports for a whole year come.
    #[schemars(title = "Månad för helårsrapport")]
    pub full_year_report_month: MonthOfYear,
    /// Months from the end of another period to its report.
    #[schemars(title = "Rapport för annan period: månader efter dess slut")]
    pub other_report_months: Whole<0, 12>,
    /// The month in which a year is accounted for to the committee.
    #[schemars(title = "Månad för redovisning till nämnden")]
    pub committee_account_month: MonthOfYear,
    /// The month in which the organisation's annual report and accounts come, after its annual meeting.
    #[schemars(title = "Månad för föreningens årshandlingar")]
    pub annual_accounts_month: MonthOfYear,
    /// The month in which index values for the next year are entered, once the council has decided the budget.
    #[schemars(title = "Månad då nästa års indexvärden förs in")]
    pub index_value_month: MonthOfYear,
    /// Months from the review to the end of the term.
    #[schemars(title = "Översyn: månader före avtalstidens slut")]
    pub review_months: Whole<0, 60>,
    /// Months from the decision whether to go on to the end of the term.
    #[schemars(title = "Beslut om fortsättning: månader före avtalstidens slut")]
    pub decision_months: Whole<0, 60>,
    /// Months from the end of the term to the final evaluation.
    #[schemars(title = "Slutlig utvärdering: månader efter avtalstidens slut")]
    pub evaluation_months: Whole<0, 60>,
    /// Days between the decision on an agreement and its start, for the time in which the decision can be appealed.
    #[schemars(title = "Överklagandetid: dagar mellan beslutet och avtalets start")]
    pub legal_force_days: Lead,
    /// How many days ahead something counts as due.
    #[schemars(title = "Aktuellt: så många dagar före räknas något som aktuellt i iop followup")]
    pub due_within_days: Lead,
}

impl Default for ScheduleSettings {
    fn default() -> Self {
        Self {
            followed_from: None,
            kinds: Vec::new(),
            routine: vec![DutyKind::AnnualAccounts],
            told: IndexMap::new(),
            alarm_days: IndexMap::new(),
            on_holiday: OnHoliday::Keep,
            call_days: Lead::of::<14>(),
            papers_days: Lead::of::<7>(),
            notes_days: Lead::of::<14>(),
            half_year_report_month: MonthOfYear::of::<8>(),
            full_year_report_month: MonthOfYear::of::<1>(),
            other_report_months: Whole::of::<1>(),
            committee_account_month: MonthOfYear::of::<3>(),
            annual_accounts_month: MonthOfYear::of::<5>(),
            index_value_month: MonthOfYear::of::<11>(),
            review_months: Whole::of::<9>(),
            decision_months: Whole::of::<4>(),
            evaluation_months: Whole::of::<3>(),
            legal_force_days: Lead::of::<21>(),
            due_within_days: Lead::of::<30>(),
        }
    }
}

impl ScheduleSettings {
    /// Whether dates of this kind are shown.
    #[must_use]
    pub fn shows(&self, kind: DeadlineKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// The functions that are told of a kind of date.
    #[must_use]
    pub fn told(&self, kind: DeadlineKind) -> &[String] {
        self.told.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The days before a date of this kind on which calendars remind: the register's own, or what suits most.
    #[must_use]
    pub fn alarm_days(&self, kind: DeadlineKind) -> Vec<u32> {
        if let Some(own) = self.alarm_days.get(&kind) {
            return own.iter().map(|days| days.get()).collect();
        }
        match kind {
            DeadlineKind::SteeringCall
            | DeadlineKind::SteeringPapers
            | DeadlineKind::SteeringNotes
            | DeadlineKind::Payout => vec![3],
            DeadlineKind::SteeringMeeting => vec![7],
            DeadlineKind::Review
            | DeadlineKind::Continuation
            | DeadlineKind::Option
            | DeadlineKind::Notice => {
                vec![60, 14]
            }
            DeadlineKind::TermEnd => vec![90],
            DeadlineKind::WaiverExpiry | DeadlineKind::FinalEvaluation => vec![30],
            _ => vec![14],
        }
    }
}

/// Defaults for agreements.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Förval")]
pub struct Defaults {
    /// The guideline profile.
    #[schemars(title = "Riktlinjer: filens namn i guidelines/, utan .toml", example = &"adala-2019")]
    pub guideline: Option<String>,
    /// The committee, by key.
    #[schemars(title = "Nämnd: nyckeln i iop.toml", example = &"social")]
    pub committee: Option<String>,
    /// How amounts are adjusted where an agreement leaves it open.
    #[schemars(title = "Antagande om uppräkning: när avtalet inte säger hur")]
    pub indexation: Option<IndexationAssumption>,
}

/// What the register assumes of an adjustment that an agreement does not describe. What rests on it is preliminary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Antagande om uppräkning")]
pub struct IndexationAssumption {
    /// Whether stated amounts already hold their adjustment.
    #[schemars(title = "Om beloppen är före eller efter justering")]
    pub amounts: Option<AdjustmentBase>,
    /// Chained or against the base.
    #[schemars(title = "Om varje år räknas på föregående års belopp eller på basårets")]
    pub method: Option<AdjustmentMethod>,
    /// Who assumes it, and why.
    #[schemars(title = "Källa: vem som har gjort antagandet", length(min = 1), example = &"ekonomiavdelningen 2024-02-01")]
    pub source: String,
}

impl Settings {
    /// The exchange rate to use on `date`: the latest one until then, or else the first one after. A rate of 0 is
    /// none.
    #[must_use]
    pub fn euro_on(&self, date: NaiveDate) -> Option<&EuroRate> {
        let rates = || self.euro.values().filter(|rate| rate.kronor > Money::ZERO);
        rates()
            .filter(|rate| rate.date <= date)
            .max_by_key(|rate| rate.date)
            .or_else(|| rates().min_by_key(|rate| rate.date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_has_the_name_of_its_day() {
        let committee: Committee = toml::from_str(
            r#"names = [
                { name = "Socialnämnden", until = "2022-10-14" },
                { name = "Arbetsmarknads- och socialnämnden", from = "2022-10-15" },
            ]"#,
        )
        .unwrap();
        let on = |date: &str| committee.name_on(date.parse().unwrap()).unwrap();
        assert_eq!(on("2021-01-10"), "Socialnämnden");
        assert_eq!(on("2022-10-14"), "Socialnämnden");
        assert_eq!(on("2022-12-06"), "Arbetsmarknads- och socialnämnden");
    }
}
