//! Marked blanks: open facts travel through templates and Markdown as private characters that no other text holds,
//! and become visible marks in the finished document. So the document itself says which facts it lacks.

use std::collections::BTreeSet;

use minijinja::Value;

use super::Blank;
use super::facts::{self, FactPlace};
use super::private::{CLOSE, OPEN};
use crate::agreement::WITHHELD;
use crate::key_path::KeyPath;
use crate::register::FileKind;
use crate::vocabulary::Fact;

/// Before the number of a blank that stands beside its own name already.
const BRIEF: char = '-';

/// The open facts that the templates may show, and where they are asked for the stated ones too.
#[derive(Debug, Default)]
pub(super) struct Blanks {
    open: Vec<Blank>,
    facts: Option<Vec<FactPlace>>,
    names: BTreeSet<String>,
}

impl Blanks {
    /// For a document that tells which facts it shows. Texts that are one of these names point at a table of the file, and are
    /// shown by what stands there.
    pub(super) fn with_facts(names: impl Iterator<Item = String>) -> Self {
        Self { open: Vec::new(), facts: Some(Vec::new()), names: names.collect() }
    }

    /// A stated text as templates handle it.
    pub(super) fn stated(&mut self, path: &KeyPath, text: &str) -> Value {
        let schema = FileKind::Agreement.schema();
        match &mut self.facts {
            Some(facts) if text != WITHHELD && !self.names.contains(text) && schema.is_free_text(path) => {
                let title = schema.title(path).unwrap_or("Uppgift").to_owned();
                facts.push(FactPlace { path: path.clone(), title, is_open: false });
                facts::fact(facts.len() - 1, text)
            }
            _ => Value::from(text),
        }
    }

    /// A stand-in for the fact at `path`.
    pub(super) fn blank(&mut self, path: &KeyPath) -> Value {
        let title = FileKind::Agreement.schema().title(path).unwrap_or("Uppgift").to_owned();
        self.open.push(Blank { path: path.clone(), title });
        Value::from_safe_string(format!("{OPEN}{}{CLOSE}", self.open.len() - 1))
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
        let mut shown = Vec::new();
        let mut seen = BTreeSet::new();
        let filled = self.filled(text, |blank, visible| {
            if seen.insert(&blank.path) {
                shown.push(blank.clone());
            }
            visible
        });
        (filled, shown)
    }

    /// The same in a text with marks around its facts, which the open ones get too; and all its facts.
    pub(super) fn fill_marked(&self, text: &str) -> (String, Vec<FactPlace>) {
        let mut facts = self.facts.clone().unwrap_or_default();
        let filled = self.filled(text, |blank, visible| {
            facts.push(FactPlace { path: blank.path.clone(), title: blank.title.clone(), is_open: true });
            facts::marked(facts.len() - 1, &visible)
        });
        (filled, facts)
    }

    fn filled<'a>(&'a self, text: &str, mut show: impl FnMut(&'a Blank, String) -> String) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            filled.push_str(before);
            let (number, after) = after.split_once(CLOSE).unwrap_or(("", after));
            let (is_brief, number) =
                number.strip_prefix(BRIEF).map_or((false, number), |number| (true, number));
            if let Some(blank) = number.parse::<usize>().ok().and_then(|index| self.open.get(index)) {
                let visible = if is_brief {
                    "[ej angivet]".to_owned()
                } else {
                    format!("[{}: ej angivet]", blank.title)
                };
                filled.push_str(&format!("**{}**", show(blank, visible)));
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// Whether a Markdown text says something, beside its headings and what is open: in a sentence or a cell of a table.
pub(super) fn says_something(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &str| line.starts_with('|') && line.chars().all(|letter| "|-: ".contains(letter));
    let is_head = |number: usize| lines.get(number + 1).is_some_and(|next| is_rule(next));
    let said = lines.iter().enumerate().filter(|(number, line)| !line.starts_with('#') && !is_head(*number));
    let mut parts = said.flat_map(|(_, line)| line.split('|')).flat_map(|cell| cell.split(". "));
    parts.any(|part| !part.contains(OPEN) && part.chars().any(char::is_alphanumeric))
}

/// Whether two texts read alike, whichever stand-ins they have for what is open.
pub(super) fn reads_alike(one: &str, other: &str) -> bool {
    let shown = |text: &str| {
        let mut parts = text.split(OPEN);
        let mut shown = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, rest) = part.split_once(CLOSE).unwrap_or(("", part));
            shown.extend([if number.starts_with(BRIEF) { "-" } else { "" }, &CLOSE.to_string(), rest]);
        }
        shown
    };
    one == other || (one.contains(OPEN) && shown(one) == shown(other))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_alike_whichever_stand_ins_they_have() {
        let with = |number: &str| format!("högst {OPEN}{number}{CLOSE} kronor");
        assert!(reads_alike(&with("-3"), &with("-17")));
        assert!(!reads_alike(&with("-3"), &with("3")));
        assert!(!reads_alike(&with("3"), "högst 3 kronor"));
        assert!(!reads_alike(&format!("{} i år", with("3")), &with("4")));
    }
}
