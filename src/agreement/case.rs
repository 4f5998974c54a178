//! The case in the registry: numbers, annexes, assessments, and where the original lies.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::vocabulary;
use crate::vocabulary::Fact;
use crate::whole::Whole;

/// The case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ärende")]
pub struct Case {
    /// The registry number, free text: municipalities have at least nine shapes of it.
    #[schemars(title = "Diarienummer: ärendets nummer, skrivet som i diariet", example = &"SN 2023/0101", example = &"SO 2022/0229")]
    pub registry_number: Fact<String>,
    /// When the case was opened, as far as that is known.
    #[schemars(title = "Ärendet öppnat: dagen, månaden eller bara året", example = &"2022-09-14", example = &"2020")]
    pub opened: Fact<PartialDate>,
}

/// Another committee of the same municipality that decides on the agreement too: one legal person and party, two deciders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Nämnd som också beslutar")]
pub struct AlsoDecides {
    /// The committee in `iop.toml`, by key.
    #[schemars(title = "Nämnd: nyckeln i iop.toml", example = &"kultur")]
    pub committee: String,
    /// The registry number of its own case.
    #[schemars(title = "Diarienummer: den nämndens eget nummer för ärendet", example = &"KN 2023/0044")]
    pub registry_number: Fact<String>,
}

/// Another committee of the same municipality that decides on a change too: the change is decided when the last of them has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Nämnd som också beslutar om ändringen")]
pub struct AlsoDecidesChange {
    /// The committee in `iop.toml`, by key.
    #[schemars(title = "Nämnd: nyckeln i iop.toml", example = &"kultur")]
    pub committee: String,
    /// The registry number of its own case.
    #[schemars(title = "Diarienummer: den nämndens eget nummer för ärendet", example = &"KN 2025/0044")]
    pub registry_number: Fact<String>,
    /// Its decision.
    #[schemars(title = "Beslut: nyckeln i records/ för den nämndens beslut", example = &"forlangning-kultur")]
    pub decision: Fact<String>,
}

/// Where the original lies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Original")]
pub struct Original {
    /// The archive or system.
    #[schemars(title = "Originalets förvaringsplats: arkiv eller system", example = &"kommunens diarium")]
    pub location: Fact<String>,
    /// How many originals are made.
    #[schemars(title = "Antal original: så många exemplar som parterna undertecknar", example = 2)]
    pub copies: Fact<Whole<1, 100>>,
    /// Whether it is signed electronically: then there are no copies on paper.
    #[serde(default)]
    #[schemars(title = "Elektroniskt: sant om parterna undertecknar elektroniskt")]
    pub electronic: bool,
    /// SHA-256 of the signed file.
    #[schemars(
        title = "Kontrollsumma (SHA-256): för den undertecknade filen, så att det går att visa att den är oförändrad",
        regex(pattern = r"^[0-9a-f]{64}$"),
        extend("x-expects" = "64 tecken, 0–9 och a–f, inom citattecken")
    )]
    pub sha256: Option<String>,
}

/// A document that belongs to the agreement or that it refers to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Bilaga")]
pub struct Annex {
    /// Its name.
    #[schemars(title = "Namn: handlingens namn, som avtalet nämner den", length(min = 1), example = &"Verksamhetsplan 2024")]
    pub title: String,
    /// Its date.
    #[schemars(title = "Datum: handlingens datum", example = &"2023-10-12")]
    pub date: Fact<NaiveDate>,
    /// Its registry number.
    #[schemars(title = "Diarienummer: handlingens nummer, om den är registrerad", example = &"SN 2023/0101-4")]
    pub registry_number: Fact<String>,
    /// Whether it goes with the agreement, and does not only stand in its text.
    #[schemars(title = "Bifogad: om handlingen följer med avtalet")]
    pub attached: Fact<bool>,
    /// SHA-256 of the file.
    #[schemars(
        title = "Kontrollsumma (SHA-256): för filen, så att det går att visa att den är oförändrad",
        regex(pattern = r"^[0-9a-f]{64}$"),
        extend("x-expects" = "64 tecken, 0–9 och a–f, inom citattecken")
    )]
    pub sha256: Option<String>,
}

vocabulary! {
    /// What has been assessed.
    pub enum AssessmentKind ("Slag av bedömning") {
        /// That nobody else can do it.
        NoOtherActor = "no-other-actor", "att ingen annan aktör kan bedriva verksamheten", "om någon annan skulle kunna bedriva verksamheten";
        /// State aid.
        StateAid = "state-aid", "statligt stöd", "om pengarna är ett statligt stöd enligt EU:s regler";
        /// Public procurement.
        Procurement = "procurement", "upphandlingsplikt", "om avtalet är ett tjänstekontrakt som ska upphandlas";
        /// The best interests of the child.
        ChildsBest = "childs-best", "barnets bästa", "hur barn berörs, enligt barnkonventionen";
        /// Cost and benefit.
        CostBenefit = "cost-benefit", "samhällsekonomisk nytta", "vad verksamheten kostar och ger samhället";
        /// Something else.
        Other = "other", "övrigt", "något annat än det övriga";
    }
}

/// An assessment on file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Bedömning")]
pub struct Assessment {
    /// What has been assessed.
    #[schemars(title = "Slag: vad som har bedömts")]
    pub kind: AssessmentKind,
    /// Who has made it, by party key or function.
    #[schemars(title = "Gjord av: partens nyckel eller en funktion")]
    pub by: Fact<String>,
    /// What it came to, in full sentences (Markdown).
    #[schemars(
        title = "Slutsats: i hela meningar, Markdown",
        example = &"Stödet bedöms inte vara statsstöd."
    )]
    pub conclusion: Fact<String>,
    /// When.
    #[schemars(title = "Datum: när bedömningen gjordes", example = &"2023-10-12")]
    pub date: Fact<NaiveDate>,
    /// Where it is registered.
    #[schemars(title = "Diarienummer: var bedömningen är registrerad")]
    pub registry_number: Fact<String>,
}
