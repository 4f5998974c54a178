//! What decides which laws may matter: the municipality's own answers, never the program's.

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
}
