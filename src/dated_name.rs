//! Names that change through the years: organs and organisations are renamed, and a document uses the name of its
//! day.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A name and the days on which it held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Namn med giltighetstid")]
pub struct DatedName {
    /// The name.
    #[schemars(title = "Namn: som det skrivs i löpande text", length(min = 1))]
    pub name: String,
    /// The first day.
    #[schemars(title = "Från och med: den första dagen med namnet; från början om den utelämnas")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[schemars(title = "Till och med: den sista dagen med namnet; tills vidare om den utelämnas")]
    pub until: Option<NaiveDate>,
}

/// The name that held on `date`, or else the last one.
#[must_use]
pub fn name_on(names: &[DatedName], date: NaiveDate) -> Option<&str> {
    let holds = |name: &&DatedName| {
        name.from.is_none_or(|from| from <= date) && name.until.is_none_or(|until| date <= until)
    };
    names.iter().rev().find(holds).or(names.last()).map(|name| name.name.as_str())
}
