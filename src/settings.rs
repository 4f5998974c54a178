//! The register itself: `iop.toml`.

mod schedule;

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use schedule::{Lead, ScheduleSettings};

use crate::agreement::{AdjustmentBase, AdjustmentMethod, ServiceKind};
use crate::codes::CodeField;
use crate::dated_name::{self, DatedName};
use crate::money::Money;
use crate::text;
use crate::vocabulary;
use crate::whole::Whole;

/// What `iop.toml` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Register")]
pub struct Settings {
    /// Whose register it is.
    #[schemars(title = "Kommun: den kommun som registret tillhör")]
    pub municipality: Municipality,
    /// The committees, by key.
    #[serde(default)]
    #[schemars(title = "Nämnder: en tabell per nämnd, med den nyckel som avtalen hänvisar till")]
    pub committee: IndexMap<String, Committee>,
    /// The fields of its code strings, by key, in the order in which they are shown.
    #[serde(default)]
    #[schemars(
        title = "Kodfält: det som kommunen konterar på, till exempel ansvar, konto, verksamhet och motpart"
    )]
    pub code: IndexMap<String, CodeField>,
    /// What holds where an agreement says nothing else.
    #[serde(default)]
    #[schemars(title = "Förval: det som gäller för avtal som inte säger annat")]
    pub default: Defaults,
    /// The exchange rates by which euro limits are read, by a name such as the year.
    #[serde(default)]
    #[schemars(title = "Eurokurser: som beloppsgränser i euro räknas om med")]
    pub euro: IndexMap<String, EuroRate>,
    /// Limits for direct awards that this program does not know, by a name.
    #[serde(default)]
    #[schemars(
        title = "Gränser för direktupphandling: de som programmet inte känner till, till exempel från 2026, med källa"
    )]
    pub direct_award: IndexMap<String, AwardLimit>,
    /// What the end of a year asks for.
    #[serde(default)]
    #[schemars(title = "Årsskiftet: bokslut")]
    pub year_end: YearEndSettings,
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
    #[schemars(title = "PDF-filer: hur PDF-filerna ser ut")]
    pub pdf: PdfSettings,
}

/// What the end of a year asks for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "Årsskiftet")]
pub struct YearEndSettings {
    /// Costs of less than this are not moved between years.
    #[schemars(
        title = "Beloppsgräns: förutbetalda och upplupna kostnader under den tas inte upp var för sig",
        example = 10_000
    )]
    pub limit: Option<Money>,
}

/// What a euro costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Eurokurs")]
pub struct EuroRate {
    /// Kronor for one euro.
    #[schemars(title = "Kronor för en euro: hur många kronor en euro kostade")]
    pub kronor: Money,
    /// The day of the rate.
    #[schemars(title = "Kursens dag: den dag som kursen gällde")]
    pub date: NaiveDate,
    /// Who published it, or that it is assumed.
    #[schemars(title = "Källa: till exempel Riksbanken, eller antagande", length(min = 1))]
    pub source: String,
}

/// A limit below which a contract may be awarded directly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Gräns för direktupphandling")]
pub struct AwardLimit {
    /// The kind of service.
    #[schemars(title = "Tjänstens slag: det slag av tjänster som gränsen gäller")]
    pub service: ServiceKind,
    /// What the act of that time calls the kind of service.
    #[schemars(
        title = "Kallas: vad lagen kallar tjänsterna",
        length(min = 1),
        example = &"sociala tjänster och andra särskilda tjänster"
    )]
    pub what: Option<String>,
    /// The first day.
    #[schemars(title = "Från: första dagen som gränsen gäller", example = &"2026-01-01")]
    pub from: NaiveDate,
    /// The last day; none where it is still in force.
    #[schemars(title = "Till och med: sista dagen som gränsen gäller", example = &"2027-12-31")]
    pub until: Option<NaiveDate>,
    /// The limit.
    #[schemars(title = "Kronor: gränsen i kronor")]
    pub kronor: Money,
    /// The act.
    #[schemars(title = "Källa: var gränsen står", length(min = 1))]
    pub source: String,
}

vocabulary! {
    /// How grave a municipality takes a finding to be.
    pub enum LevelSetting ("Allvar") {
        /// Not shown.
        Off = "off", "av", "anmärkningen visas inte";
        /// *Not*.
        Note = "note", "not", "en upplysning";
        /// *Varning*.
        Warning = "warning", "varning", "något som bör rättas";
        /// *Fel*.
        Error = "error", "fel", "något som ska rättas";
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
        AttClauses = "att-clauses", "att-satser", "en punktlista där varje punkt börjar med att";
        /// Whole sentences, one a paragraph.
        Sentences = "sentences", "hela meningar", "löpande text";
        /// Whole sentences, numbered.
        Numbered = "numbered", "numrerade meningar", "en numrerad lista";
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
    /// In which order the clauses of an agreement stand, where the agreement does not say it.
    #[schemars(
        title = "Ordning: avtalets klausuler i den ordning de ska stå, när avtalet inte har clause_order; de som inte nämns står efter, i vanlig ordning",
        example = ["parties", "background", "purpose"]
    )]
    pub order: Vec<String>,
}

impl Default for DocumentSettings {
    fn default() -> Self {
        Self {
            memo: MemoWord::Tjansteskrivelse,
            proposal: ProposalStyle::AttClauses,
            heading: IndexMap::new(),
            order: Vec::new(),
        }
    }
}

vocabulary! {
    /// The archive profile of PDF files.
    pub enum PdfProfile ("PDF-profil") {
        /// PDF/A-2a together with PDF/UA-1.
        A2a = "a-2a", "PDF/A-2a och PDF/UA-1", "för arkiv, med hjälp för den som läser med hjälpmedel";
        /// PDF/A-1a, for archives that demand it; it cannot be combined with PDF/UA-1.
        A1a = "a-1a", "PDF/A-1a", "för arkiv som kräver den äldre profilen";
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
    /// Whether it is or was called so, with a capital or not.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|one| text::uncapitalised(&one.name) == text::uncapitalised(name))
    }

    /// The name that the committee had on `date`, or its latest name.
    #[must_use]
    pub fn name_on(&self, date: NaiveDate) -> Option<&str> {
        dated_name::name_on(&self.names, date)
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
    #[schemars(
        title = "Om beloppen är före eller efter justering: vad kommunen antar när ett avtal inte säger det"
    )]
    pub amounts: Option<AdjustmentBase>,
    /// Chained or against the base.
    #[schemars(
        title = "Om varje år räknas på föregående års belopp eller på basårets: vad kommunen antar när ett avtal inte säger det"
    )]
    pub method: Option<AdjustmentMethod>,
    /// Who assumes it, and why.
    #[schemars(title = "Källa: vem som har gjort antagandet", length(min = 1), example = &"ekonomiavdelningen 2024-02-01")]
    pub source: String,
}

/// The first day of banking of a year is at the latest this day of January.
const FIRST_DAYS_OF_YEAR: u32 = 7;

impl Settings {
    /// The exchange rate to use on `date`: the latest one until then, or else the first one after. The year's first rate
    /// serves the days before it too, where it is from its first days: no rate is set on New Year's Day. A rate of 0 is
    /// none.
    #[must_use]
    pub fn euro_on(&self, date: NaiveDate) -> Option<&EuroRate> {
        let rates = || self.euro.values().filter(|rate| rate.kronor > Money::ZERO);
        let is_first_of_year = |rate: &&EuroRate| {
            let is_early = rate.date.month() == 1 && rate.date.day() <= FIRST_DAYS_OF_YEAR;
            is_early && rate.date.year() == date.year()
        };
        let first = rates().filter(is_first_of_year).min_by_key(|rate| rate.date);
        first
            .filter(|first| first.date > date)
            .or_else(|| rates().filter(|rate| rate.date <= date).max_by_key(|rate| rate.date))
            .or_else(|| rates().min_by_key(|rate| rate.date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rate_of_a_year_serves_its_first_days() {
        let settings: Settings = toml::from_str(
            "municipality.name = \"K\"\n\
             euro.a = { kronor = \"11,10\", date = \"2023-01-02\", source = \"x\" }\n\
             euro.b = { kronor = \"11,30\", date = \"2024-01-02\", source = \"x\" }\n\
             euro.c = { kronor = \"11,50\", date = \"2025-06-30\", source = \"x\" }\n",
        )
        .unwrap();
        let on = |day: &str| settings.euro_on(day.parse().unwrap()).unwrap().kronor.plain();
        assert_eq!(["2023-12-31", "2024-01-01", "2024-01-02"].map(on), ["11.1", "11.3", "11.3"]);
        // A rate from the middle of the year says nothing of its beginning.
        assert_eq!(["2025-01-01", "2025-06-30", "2020-01-01"].map(on), ["11.3", "11.5", "11.1"]);
    }

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
