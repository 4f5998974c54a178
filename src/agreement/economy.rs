//! What holds for the economy as a whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::vocabulary;
use crate::vocabulary::Fact;

vocabulary! {
    /// What the money is, in accounting and in law.
    pub enum Instrument ("Ersättningens art") {
        /// A grant (*bidrag*).
        Grant = "grant", "bidrag", "mottagaren är inte skyldig en motprestation";
        /// Payment for a service (*köp*).
        Purchase = "purchase", "köp", "kommunen betalar för en tjänst";
    }
}

vocabulary! {
    /// How value-added tax is treated.
    pub enum Vat ("Moms") {
        /// Outside the tax.
        None = "none", "utan moms", "ingen moms tas ut, eller beloppen anges utan";
        /// In the amount.
        Included = "included", "inklusive moms", "momsen ingår i beloppen";
        /// On top of the amount.
        Excluded = "excluded", "exklusive moms", "momsen läggs till beloppen";
    }
}

/// What holds for the economy as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ekonomi")]
pub struct Economy {
    /// Grant or purchase.
    #[schemars(title = "Bidrag eller köp: om pengarna är ett bidrag eller betalning för en tjänst")]
    pub instrument: Fact<Instrument>,
    /// Value-added tax.
    #[schemars(title = "Moms: om beloppen anges med eller utan moms, eller ingen moms tas ut")]
    pub vat: Fact<Vat>,
    /// Whether the public money is only a part of what the organisation's activity costs.
    #[schemars(title = "Delfinansiering: om kommunens medel är en del av verksamhetens finansiering")]
    pub partial_funding: Fact<bool>,
    /// What the whole activity costs.
    #[schemars(
        title = "Verksamhetens hela kostnad: i kronor, med det som organisationen själv och andra bidrar med"
    )]
    pub total_cost: Fact<Money>,
    /// What happens to money that is not used.
    #[schemars(title = "Medel som inte används: vad som händer med pengar som är kvar, i hela meningar")]
    pub unused_money: Fact<String>,
}
