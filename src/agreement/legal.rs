//! What decides which laws may matter: the municipality's own answers, never the program's.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary;
use crate::vocabulary::Fact;

vocabulary! {
    /// What kind of service it would be if a court found the agreement to be a contract for services.
    pub enum ServiceKind ("Tjänstens slag") {
        /// No special kind.
        General = "general", "annan tjänst", "den lägre gränsen för direktupphandling gäller";
        /// Welfare services, until 2022; social and other special services since then.
        SocialAndSpecial = "social-and-special", "välfärdstjänst eller annan social eller särskild tjänst", "den högre gränsen för direktupphandling gäller";
    }
}

vocabulary! {
    /// The rules about aid of minor importance by which the municipality gives the money.
    pub enum AidRules ("Regler om stöd av mindre betydelse") {
        /// The general ones.
        General = "general", "stöd av mindre betydelse", "den allmänna förordningen";
        /// Those for services of general economic interest.
        Sgei = "sgei", "stöd av mindre betydelse till tjänster av allmänt ekonomiskt intresse", "den högre gränsen gäller";
    }
}

/// That the money is given as aid of minor importance, and what has been done of what that asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Stöd av mindre betydelse")]
pub struct MinorAid {
    /// By which rules.
    #[schemars(title = "Regler: den förordning som stödet ges enligt")]
    pub rules: AidRules,
    /// When the receiver certified what other such aid it has had.
    #[schemars(
        title = "Mottagarens intyg: dagen för mottagarens intyg om annat stöd av mindre betydelse under tre år",
        example = &"2026-01-10"
    )]
    pub certificate: Fact<NaiveDate>,
    /// When it was entered in the central register.
    #[schemars(title = "Registrerat: dagen då stödet fördes in i det centrala registret", example = &"2026-02-02")]
    pub registered: Fact<NaiveDate>,
}

/// What decides which laws may matter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rättsliga frågor")]
pub struct Legal {
    /// Whether the activity is economic: whether it offers goods or services on a market. State aid matters only then.
    #[schemars(title = "Ekonomisk verksamhet: om verksamheten erbjuder varor eller tjänster på en marknad")]
    pub economic_activity: Fact<bool>,
    /// What kind of service it would be if the agreement were a contract for services (HFD 2020 ref. 15).
    #[schemars(title = "Tjänstens slag: om avtalet skulle anses vara ett tjänstekontrakt")]
    pub service: Fact<ServiceKind>,
    /// Whether the care of a municipal matter is handed over (KL 10 kap. 7–9 §§).
    #[schemars(title = "Överlämnad skötsel: om skötseln av en kommunal angelägenhet lämnas över")]
    pub hands_over_care: Fact<bool>,
    /// Where the money is given as aid of minor importance.
    #[schemars(title = "Stöd av mindre betydelse: om kommunen ger ersättningen som sådant stöd")]
    pub de_minimis: Option<MinorAid>,
}
