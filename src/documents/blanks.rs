//! Marked blanks: open facts travel through templates and Markdown as private characters that no other text holds,
//! and become visible marks in the finished document. So the document itself says which facts it lacks.

use std::collections::BTreeSet;

use minijinja::Value;

use super::Blank;
use crate::key_path::KeyPath;
use crate::register::FileKind;
use crate::vocabulary::Fact;

/// Begins and ends a blank's number. Both are private characters (Unicode category Co).
pub(super) const OPEN: char = '\u{E000}';
/// See [`OPEN`].
pub(super) const CLOSE: char = '\u{E001}';
/// Before the number of a blank that stands beside its own name already.
const BRIEF: char = '-';

/// The open facts that the templates may show.
#[derive(Debug, Default)]
pub(super) struct Blanks(Vec<Blank>);

impl Blanks {
    /// A stand-in for the fact at `path`.
    pub(super) fn blank(&mut self, path: &KeyPath) -> Value {
        let title = FileKind::Agreement.schema().title(path).unwrap_or("Uppgift").to_owned();
        self.0.push(Blank { path: path.clone(), title });
        Value::from_safe_string(format!("{OPEN}{}{CLOSE}", self.0.len() - 1))
    }

    /// A fact as templates see it: nothing where the file lacks it, a stand-in where it is open.
    pub(super) fn show<T>(&mut self, fact: &Fact<T>, path: &KeyPath, show: impl Fn(&T) -> Value) -> Value {
        match fact {
            None => Value::from(()),
            Some(fact) => fact.value().map_or_else(|| self.blank(path), show),
        }
    }

    /// Puts visible marks in place of the stand-ins; returns those that the text holds, each once.
    pub(super) fn fill(&self, text: &str) -> (String, Vec<Blank>) {
        let mut filled = String::with_capacity(text.len());
        let mut shown = Vec::new();
        let mut seen = BTreeSet::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            filled.push_str(before);
            let (number, after) = after.split_once(CLOSE).unwrap_or(("", after));
            let (is_brief, number) =
                number.strip_prefix(BRIEF).map_or((false, number), |number| (true, number));
            if let Some(blank) = number.parse::<usize>().ok().and_then(|index| self.0.get(index)) {
                if is_brief {
                    filled.push_str("**[ej angivet]**");
                } else {
                    filled.push_str(&format!("**[{}: ej angivet]**", blank.title));
                }
                if seen.insert(&blank.path) {
                    shown.push(blank.clone());
                }
            }
            rest = after;
        }
        filled.push_str(rest);
        (filled, shown)
    }
}

/// Makes a blank say only that it is one, where its name stands beside it. Other values are left as they are.
pub(super) fn briefly(value: Value) -> Value {
    match value.as_str().and_then(|text| text.strip_prefix(OPEN)) {
        Some(rest) if value.is_safe() && !rest.starts_with(BRIEF) => {
            Value::from_safe_string(format!("{OPEN}{BRIEF}{rest}"))
        }
        _ => value,
    }
}
