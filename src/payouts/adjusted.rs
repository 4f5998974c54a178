//! Which years' amounts an indexation adjusts.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::agreement::{Agreement, AppliesWhen, Indexation};

/// The years that are adjusted: those that are named, or all of the term but the first. An indexation that applies
/// only on extension adjusts the years that the extensions add.
#[must_use]
pub fn adjusted_years(agreement: &Agreement, indexation: &Indexation) -> Vec<i32> {
    if !indexation.years.is_empty() {
        return indexation.years.iter().copied().collect::<BTreeSet<i32>>().into_iter().collect();
    }
    let (Some(base), Some(extended)) = (agreement.term.period(), agreement.extended_term()) else {
        return Vec::new();
    };
    let after = match indexation.applies {
        AppliesWhen::Yearly => base.start.year(),
        AppliesWhen::OnExtension => base.end.year(),
    };
    extended.years().filter(|year| *year > after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_year_stays_and_an_extension_adds_its_own() {
        let years = |indexation: &str| {
            let agreement: Agreement = toml::from_str(&format!(
                "title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\nparty = {{}}\n\
                 term = {{ start = \"2023-07-01\", end = \"2024-12-31\" }}\n\
                 extension.a.until = \"2026-06-30\"\nindexation.x = {{ {indexation} }}"
            ))
            .unwrap();
            adjusted_years(&agreement, &agreement.indexation["x"])
        };
        assert_eq!(years("flat = \"2\""), [2024, 2025, 2026]);
        assert_eq!(years("flat = \"2\", applies = \"on-extension\""), [2025, 2026]);
        assert_eq!(years("flat = \"2\", years = [2025, 2024, 2025]"), [2024, 2025]);
    }
}
