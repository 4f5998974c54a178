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
        Grant = "grant", "bidrag";
        /// Payment for a service (*köp*).
        Purchase = "purchase", "köp";
    }
}

vocabulary! {
    /// How value-added tax is treated.
    pub enum Vat ("Moms") {
        /// Outside the tax.
        None = "none", "utan moms";
        /// In the amount.
        Included = "included", "inklusive moms";
        /// On top of the amount.
        Excluded = "excluded", "exklusive moms";
    }
}

/// What holds for the economy as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Ekonomi")]
pub struct Economy {
    /// Grant or purchase.
    #[schemars(title = "Bidrag eller köp")]
    pub instrument: Fact<Instrument>,
    /// Value-added tax.
    #[schemars(title = "Moms")]
    pub vat: Fact<Vat>,
    /// Whether the public money is only a part of what the organisation's activity costs.
    #[schemars(title = "Delfinansiering: om kommunens medel är en del av verksamhetens finansiering")]
    pub partial_funding: Fact<bool>,
    /// What the whole activity costs.
    #[schemars(title = "Verksamhetens hela kostnad")]
    pub total_cost: Fact<Money>,
    /// What happens to money that is not used.
    #[schemars(title = "Medel som inte används")]
    pub unused_money: Fact<String>,
}
