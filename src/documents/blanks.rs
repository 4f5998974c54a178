//! Marked blanks: open facts travel through the templates as private characters that no other text holds, and
//! become visible marks in the finished document. So the document itself says which facts it lacks.

use std::collections::BTreeSet;

use super::Blank;
use super::markdown;
use crate::key_path::KeyPath;
use crate::register::FileKind;

/// Begins and ends a blank's number. Both are private characters (Unicode category Co).
pub(super) const OPEN: char = '\u{E000}';
pub(super) const CLOSE: char = '\u{E001}';

/// The open facts that the templates may show.
#[derive(Debug, Default)]
pub(super) struct Blanks(Vec<Blank>);

impl Blanks {
    /// A stand-in for the fact at `path`.
    pub(super) fn stand_in(&mut self, path: &KeyPath) -> String {
        let title = FileKind::Agreement.schema().title(path).unwrap_or("uppgift").to_owned();
        self.0.push(Blank { path: path.clone(), title });
        format!("{OPEN}{}{CLOSE}", self.0.len() - 1)
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
            if let Some(blank) = number.parse::<usize>().ok().and_then(|index| self.0.get(index)) {
                filled.push_str(&format!("**\\[{}: ej angivet\\]**", markdown::escape(&blank.title)));
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
