//! What a municipality has decided about its partnerships: `guidelines/ID.toml`. A profile never changes once
//! agreements rest on it; a new decision is a new file.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::paragraph::Paragraph;
use crate::text;
use crate::typography;
use crate::vocabulary;
use crate::whole::Whole;

/// A guideline profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Riktlinjer")]
pub struct Guideline {
    /// Its title.
    #[schemars(
        title = "Titel: riktlinjernas namn, som beslutet har det",
        length(min = 1),
        example = &"Riktlinjer för idéburna offentliga partnerskap i Ådala"
    )]
    pub title: String,
    /// Who decided it, as it stood in the minutes; nothing where the municipality has decided no guidelines of its own.
    #[schemars(
        title = "Beslutade av: organets namn vid beslutet; utelämnas om kommunen inte har beslutat några riktlinjer",
        length(min = 1),
        example = &"Kommunfullmäktige"
    )]
    pub decided_by: Option<String>,
    /// When; nothing where that is not known.
    #[schemars(title = "Beslutsdatum: dagen då riktlinjerna beslutades; från den gäller de för nya avtal", example = &"2019-05-20")]
    pub decided: Option<NaiveDate>,
    /// The paragraph of the minutes: "§ 167"; nothing where that is not known.
    #[schemars(title = "Paragraf: som \"§ 167\"; utelämnas om den inte är känd", example = &"§ 45")]
    pub paragraph: Option<Paragraph>,
    /// Who else has decided the same: one profile that several committees own, or that another body has confirmed.
    #[serde(default)]
    #[schemars(title = "Också beslutade av: andra organ som har fattat samma beslut")]
    pub also_decided: IndexMap<String, OwnDecision>,
    /// The last day that it holds for new agreements.
    #[schemars(
        title = "Gäller till och med: den sista dagen som de gäller för nya avtal; tills vidare om den utelämnas"
    )]
    pub until: Option<NaiveDate>,
    /// What agreements must keep within.
    #[serde(default)]
    #[schemars(title = "Gränser: det som avtalen ska hålla sig inom")]
    pub limits: Limits,
    /// What steering and follow-up must come to.
    #[serde(default)]
    #[schemars(title = "Styrning och uppföljning: det minsta som krävs")]
    pub governance: GovernanceDemands,
    /// What the case must hold.
    #[serde(default)]
    #[schemars(title = "Ärende: vad handlingarna ska innehålla")]
    pub case: CaseDemands,
    /// Matters that an agreement must regulate.
    #[serde(default)]
    #[schemars(
        title = "Frågor som avtalet ska reglera: sådant som varje avtal ska säga något om, i en klausul eller i sina uppgifter"
    )]
    pub regulate: Vec<Matter>,
    /// What agreements of that kind never hold, by the codes of the findings that would ask for it.
    #[serde(default)]
    #[schemars(
        title = "Finns aldrig i sådana avtal: koder för anmärkningar om att något saknas, som då bara är noter",
        inner(regex(pattern = "^IOP[0-9]{3}$")),
        example = ["IOP407", "IOP507"]
    )]
    pub never_held: Vec<String>,
    /// Clauses that an agreement must have, by clause key.
    #[serde(default)]
    #[schemars(title = "Krav på avtalets innehåll: klausulernas nycklar")]
    pub required_clause: IndexMap<String, Requirement>,
    /// Grounds for a partnership, by key.
    #[serde(default)]
    #[schemars(
        title = "Skäl för partnerskap: en tabell per skäl som ska vara uppfyllt, med den nyckel som avtalen svarar på"
    )]
    pub ground: IndexMap<String, GroundDemand>,
    /// Whether all grounds may be met in part.
    #[serde(default)]
    #[schemars(
        title = "Skälen helt eller delvis: sant om det för alla skäl räcker att de är delvis uppfyllda"
    )]
    pub grounds_accept_partly: bool,
    /// What in this profile is not taken from the decision itself.
    #[schemars(title = "Antaget: vad i profilen som inte är hämtat ur beslutet")]
    pub assumed: Option<String>,
}

impl Guideline {
    /// The decision, as a source is cited: "socialnämnden 2020-11-11 § 167", as far as it is known; the title where nothing is.
    #[must_use]
    pub fn citation(&self) -> String {
        let own = cited(self.decided_by.as_deref(), self.decided, self.paragraph.as_ref());
        let also = self.also_decided.values();
        let also =
            also.filter_map(|one| cited(Some(&one.decided_by), Some(one.decided), Some(&one.paragraph)));
        let all: Vec<String> = own.into_iter().chain(also).collect();
        if all.is_empty() { format!("”{}”", self.title) } else { text::list(&all) }
    }
}

/// A decision as a source is cited; nothing where nothing is known of it.
fn cited(by: Option<&str>, day: Option<NaiveDate>, paragraph: Option<&Paragraph>) -> Option<String> {
    let day = day.map(|day| day.to_string());
    let parts = [by.map(text::uncapitalised), day, paragraph.map(Paragraph::to_string)];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    (!known.is_empty()).then(|| typography::keep_together(&known.join(" ")))
}

/// A decision of another body on the same guidelines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Beslut om samma riktlinjer")]
pub struct OwnDecision {
    /// Who decided it.
    #[schemars(title = "Beslutade av: organets namn", length(min = 1), example = &"Kultur- och fritidsnämnden")]
    pub decided_by: String,
    /// When.
    #[schemars(title = "Beslutsdatum: dagen då organet beslutade", example = &"2019-06-12")]
    pub decided: NaiveDate,
    /// The paragraph of the minutes.
    #[schemars(title = "Paragraf: som \"§ 167\"", example = &"§ 52")]
    pub paragraph: Paragraph,
}

/// Limits; one that is left out is not tested.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Gränser")]
pub struct Limits {
    /// The longest base term, in months.
    #[schemars(
        title = "Längsta avtalstid i månader: utan förlängning",
        range(min = 1, max = 600),
        example = 36
    )]
    pub base_term_months: Option<u32>,
    /// The longest term with all its options, in months.
    #[schemars(
        title = "Längsta avtalstid med optioner, i månader: avtalstiden och alla optioner sammanlagt",
        range(min = 1, max = 600)
    )]
    pub term_with_options_months: Option<u32>,
    /// The longest chain of agreements about the same activity, in months.
    #[schemars(
        title = "Längsta sammanlagda tid i månader: för alla avtal om samma verksamhet",
        range(min = 1, max = 1200)
    )]
    pub chain_months: Option<u32>,
    /// The longest that one extension may be, in months.
    #[schemars(
        title = "Längsta förlängning i månader: av varje förlängning för sig",
        range(min = 1, max = 600),
        example = 24
    )]
    pub extension_months: Option<u32>,
    /// How many times an agreement may be extended.
    #[schemars(
        title = "Antal förlängningar: så många gånger får ett avtal förlängas",
        range(max = 100),
        example = 1
    )]
    pub extensions: Option<u32>,
    /// The shortest time of notice, in months.
    #[schemars(
        title = "Kortaste uppsägningstid i månader: för uppsägning utan särskild orsak",
        range(min = 1, max = 60),
        example = 3
    )]
    pub notice_months: Option<u32>,
    /// Whether agreements must fit in the committee's frame.
    #[serde(default)]
    #[schemars(title = "Inom budgetram: sant om avtalen ska rymmas i befintlig budgetram")]
    pub within_budget_frame: bool,
}

/// The least that steering and follow-up must come to; what is left out is not tested.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Styrning och uppföljning")]
pub struct GovernanceDemands {
    /// Meetings of the steering group a year.
    #[schemars(title = "Styrgruppsmöten per år: så många gånger styrgruppen minst ska mötas")]
    pub steering_meetings_per_year: Option<Whole<1, 366>>,
    /// Reports from the organisation a year.
    #[schemars(title = "Rapporter per år: så många rapporter som organisationen minst ska lämna")]
    pub reports_per_year: Option<Whole<1, 366>>,
    /// Who receives the reports, as the agreement names it: a party's key or a function.
    #[schemars(title = "Rapporterna lämnas till: partens nyckel eller en funktion", length(min = 1), example = &"kommun")]
    pub reports_to: Option<String>,
}

/// What the case must hold; what is left out is not tested.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ärende")]
pub struct CaseDemands {
    /// The forms that a registry number may have: a zero stands for a digit, all else for itself.
    #[serde(default)]
    #[schemars(
        title = "Diarienumrets form: 0 står för en siffra, allt annat för sig självt, som \"SO 0000/0000\"",
        inner(length(min = 1))
    )]
    pub registry_number: Vec<String>,
    /// Whether the memo must consider the best interests of the child.
    #[serde(default)]
    #[schemars(title = "Barnets bästa: sant om skrivelsen ska pröva barnets bästa")]
    pub childs_best: bool,
    /// Whether the memo stands first among the documents behind the decision and none of them is dated after it.
    #[serde(default)]
    #[schemars(
        title = "Underlagets ordning: sant om skrivelsen ska stå först och inget underlag får vara daterat efter den"
    )]
    pub basis_in_order: bool,
    /// Documents that go with the agreement, by words that their titles hold.
    #[serde(default)]
    #[schemars(
        title = "Bilagor: ord som finns i namnet på de handlingar som ska följa med avtalet",
        inner(length(min = 1)),
        example = ["verksamhetsplan", "budget"]
    )]
    pub annexes: Vec<String>,
    /// Whether a decision must name the amount.
    #[serde(default)]
    #[schemars(
        title = "Belopp i beslutet: sant om beslut om att godkänna eller förlänga ett avtal ska ange beloppet"
    )]
    pub decision_amount: bool,
    /// Who decides, in the order in which they do.
    #[serde(default)]
    #[schemars(
        title = "Beslutsordning: organen i den ordning som de ska besluta",
        inner(length(min = 1)),
        example = ["arbetsutskottet", "socialnämnden"]
    )]
    pub decision_order: Vec<String>,
}

vocabulary! {
    /// A matter that a municipality may want every agreement to regulate.
    pub enum Matter ("Fråga") {
        /// Value-added tax.
        Vat = "vat", "moms", "om moms tas ut eller inte";
        /// Insurance.
        Insurance = "insurance", "försäkring", "vem som försäkrar vad";
        /// Roles under the data protection regulation.
        DataProtection = "data-protection", "personuppgifter och dataskydd", "vem som ansvarar för personuppgifterna";
        /// Money that is not used.
        UnusedMoney = "unused-money", "medel som inte används", "vad som händer med pengar som är kvar";
        /// Confidentiality.
        Confidentiality = "confidentiality", "tystnadsplikt och sekretess", "vem som har tystnadsplikt och om vad";
        /// Conflict of interest.
        ConflictOfInterest = "conflict-of-interest", "jäv", "vem som inte får delta i beslut";
        /// Background checks of those who work with children.
        BackgroundChecks = "background-checks", "registerkontroll", "utdrag ur belastningsregistret för den som arbetar med barn";
        /// The public's insight.
        PublicInsight = "public-insight", "allmänhetens insyn", "hur allmänheten får insyn i det som lämnas över";
    }
}

/// Why a clause is required.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Krav")]
pub struct Requirement {
    /// What the clause must say.
    #[schemars(title = "Vad klausulen ska innehålla: det som står efter orden Riktlinjerna kräver att det framgår", length(min = 1), example = &"hur länge avtalet gäller")]
    pub demand: String,
}

vocabulary! {
    /// How firmly a ground is demanded.
    pub enum Weight ("Tyngd") {
        /// It must be met.
        Must = "must", "ska", "skälet ska vara uppfyllt";
        /// It should be met.
        Should = "should", "bör", "skälet bör vara uppfyllt";
    }
}

/// A ground for choosing a partnership.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Skäl")]
pub struct GroundDemand {
    /// How firmly it is demanded.
    #[schemars(title = "Tyngd: ska eller bör")]
    pub weight: Weight,
    /// The ground in a full sentence.
    #[schemars(
        title = "Skälet: en hel mening",
        length(min = 1),
        example = &"Verksamheten är öppen för alla."
    )]
    pub text: String,
    /// Whether it is enough that it is met in part.
    #[serde(default)]
    #[schemars(title = "Delvis räcker: sant om det räcker att skälet är delvis uppfyllt")]
    pub accepts_partly: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_says_what_is_known_and_nothing_else() {
        let citation = |decision: &str| {
            let guideline: Guideline = toml::from_str(&format!("title = \"Kriterier\"\n{decision}")).unwrap();
            guideline.citation().replace('\u{a0}', " ")
        };
        assert_eq!(citation(""), "”Kriterier”");
        assert_eq!(citation("decided_by = \"Socialnämnden\""), "socialnämnden");
        assert_eq!(citation("decided_by = \"X\"\ndecided = \"2020-01-02\""), "x 2020-01-02");
        let whole = "decided_by = \"Socialnämnden\"\ndecided = \"2020-01-02\"\nparagraph = \"§ 3\"";
        assert_eq!(citation(whole), "socialnämnden 2020-01-02 § 3");
    }
}
