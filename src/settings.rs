//! The register itself: `iop.toml`.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
}

/// The municipality.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Kommun")]
pub struct Municipality {
    /// The legal person.
    #[schemars(title = "Namn: den juridiska personen, till exempel Lunds kommun", length(min = 1))]
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
        let valid = |name: &&DatedName| {
            name.from.is_none_or(|from| from <= date) && name.until.is_none_or(|until| date <= until)
        };
        self.names.iter().rev().find(valid).or(self.names.last()).map(|name| name.name.as_str())
    }
}

/// A name and the days on which it held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Namn med giltighetstid")]
pub struct DatedName {
    /// The name.
    #[schemars(title = "Namn", length(min = 1))]
    pub name: String,
    /// The first day.
    #[schemars(title = "Från och med")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[schemars(title = "Till och med")]
    pub until: Option<NaiveDate>,
}

/// Defaults for agreements.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Förval")]
pub struct Defaults {
    /// The guideline profile.
    #[schemars(title = "Riktlinjer: filens namn i guidelines/, utan .toml")]
    pub guideline: Option<String>,
    /// The committee, by key.
    #[schemars(title = "Nämnd: nyckeln i iop.toml")]
    pub committee: Option<String>,
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
