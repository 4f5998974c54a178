//! The fields of the municipality's code strings: what it books a cost by.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text;

/// What something says of the fields that `iop.toml` declares: a code by the field's key.
pub type Codes = IndexMap<String, String>;

/// A field of the code string.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Kodfält")]
pub struct CodeField {
    /// What the municipality calls it.
    #[schemars(title = "Rubrik: vad kommunen kallar fältet", length(min = 1), example = &"Ansvar")]
    pub title: String,
    /// The forms that a code may have: a zero stands for a digit, all else for itself. Any where left out.
    #[serde(default)]
    #[schemars(
        title = "Kodens form: 0 står för en siffra, allt annat för sig självt, som \"0000\"; vilken som helst om den utelämnas",
        inner(length(min = 1)),
        example = ["0000"]
    )]
    pub form: Vec<String>,
    /// The codes that there are, with what each is called. Any where left out.
    #[serde(default)]
    #[schemars(title = "Koder som finns: med vad var och en heter; vilka som helst om de utelämnas")]
    pub values: IndexMap<String, String>,
}

impl CodeField {
    /// What is wrong with a code, as a Swedish sentence, and what to do.
    #[must_use]
    pub fn fault(&self, code: &str) -> Option<(String, String)> {
        let title = &self.title;
        if !self.values.is_empty() && !self.values.contains_key(code) {
            let known: Vec<&str> = self.values.keys().map(String::as_str).collect();
            return Some((
                format!("{title} ”{code}” finns inte i iop.toml."),
                text::instead_of(code, &known),
            ));
        }
        let has_form = |form: &String| text::has_form(code, form);
        if !self.form.is_empty() && !self.form.iter().any(has_form) {
            let forms: Vec<String> = self.form.iter().map(|form| format!("”{form}”")).collect();
            let fact =
                format!("{title} ”{code}” har inte formen {}, där 0 är en siffra.", text::either(&forms));
            return Some((fact, "Rätta koden, eller kodfältets form i iop.toml.".to_owned()));
        }
        let fact = format!("{title} är tomt.");
        code.trim().is_empty().then(|| (fact, "Skriv koden, eller ta bort raden.".to_owned()))
    }
}
