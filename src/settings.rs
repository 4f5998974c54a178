//! The register itself: `iop.toml`.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dated_name::{self, DatedName};
use crate::vocabulary;

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
    /// How PDF files are made.
    #[serde(default)]
    #[schemars(title = "PDF-filer")]
    pub pdf: PdfSettings,
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
}

impl Default for PdfSettings {
    fn default() -> Self {
        Self { profile: PdfProfile::A2a }
    }
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
        dated_name::name_on(&self.names, date)
    }
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
