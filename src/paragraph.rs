//! A paragraph of minutes, as it is cited.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A paragraph of minutes: "§ 45", or several: "§§ 45–46".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paragraph(String);

/// The sign, a space that may be a no-break one, and the number; after two signs at least two numbers.
const PATTERN: &str =
    r"^(§[ \xa0][0-9]+[a-z]?|§§[ \xa0][0-9]+[a-z]?((–|-|, ?|[ \xa0]och[ \xa0])[0-9]+[a-z]?)+)$";

impl Paragraph {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Paragraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl JsonSchema for Paragraph {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Paragraph".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-expects": "skriven \"§ 45\", med paragraftecken, mellanslag och nummer, eller \"§§ 45–46\" för flera",
            "type": "string",
            "pattern": PATTERN
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_knows_one_paragraph_and_several() {
        let schema = SchemaGenerator::default().root_schema_for::<Paragraph>();
        let validator = jsonschema::validator_for(&schema.to_value()).unwrap();
        let fits = |text: &str| validator.is_valid(&text.into());
        for right in
            ["§ 45", "§\u{a0}45", "§ 45a", "§§ 45–46", "§§ 45-46", "§§ 45 och 46", "§§ 45, 47 och 48"]
        {
            assert!(fits(right), "{right}");
        }
        for wrong in
            ["45 §", "§45", "45", "par. 45", "§ 45–46", "§§ 45", "§", "", "§ 45 ", "§  45", "Paragraf 45"]
        {
            assert!(!fits(wrong), "{wrong}");
        }
    }
}
