//! Somebody whom a line of a paper names.

use super::name_form::{OMITTED, is_body, is_name};
use super::privacy::unmarked;
use super::prose::bare;
use crate::paper::Place;
use crate::text;

/// Somebody who is named in the paper.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: Option<String>,
    pub(super) function: Option<String>,
    pub(super) has_email: bool,
    pub(super) has_phone: bool,
    pub(super) place: Place,
}

/// "Anna Exempelsson, verksamhetschef, anna@exempel.se": nothing where neither a name nor a function stands there.
pub(super) fn person(text: &str, place: Place) -> Option<Person> {
    let lower = text.to_lowercase();
    let mut found = Person {
        name: None,
        function: None,
        has_email: lower.contains('@')
            || lower.contains("e-post uppges inte här")
            || lower.contains("utelämnad e-post"),
        has_phone: lower.contains("telefon") || lower.contains("tel.") || lower.contains("mobil"),
        place,
    };
    if text.contains(OMITTED) {
        found.name = Some(OMITTED.to_owned());
    }
    for part in unmarked(text)
        .split([',', '\n', '\t', ';'])
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" - "))
    {
        let part = bare(part.split('(').next().unwrap_or(part));
        let digits = part.chars().filter(char::is_ascii_digit).count();
        if part.is_empty()
            || part.contains('@')
            || digits >= 4
            || part.contains("uppges inte")
            || part.starts_with('[')
        {
            continue;
        }
        let is_label = ["e-post", "telefon", "tel", "mobil", "namn"]
            .iter()
            .any(|label| part.to_lowercase().starts_with(label));
        if found.name.is_none() && is_name(part) && !is_body(part) {
            found.name = Some(part.to_owned());
        } else if found.function.is_none() && part.chars().count() <= 60 && !is_label {
            found.function = Some(text::uncapitalised(part));
        }
    }
    (found.name.is_some() || found.function.is_some()).then_some(found)
}
