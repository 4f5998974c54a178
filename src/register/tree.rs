//! From TOML text to a JSON value. What TOML allows but no file of a register may hold (decimal numbers, times of day,
//! integers that do not fit) is reported here.

use std::sync::Arc;

use serde_json::{Map, Number, Value};
use toml::de::{DeInteger, DeTable, DeValue};

use super::codes;
use super::syntax;
use crate::finding::{Finding, Level, Place};
use crate::key_path::{KeyPath, Segment};

/// What one file holds.
pub(super) struct Tree {
    /// The content; nothing where the syntax is broken.
    pub(super) value: Option<Value>,
    /// What is wrong with it as TOML, or as TOML of this kind.
    pub(super) findings: Vec<Finding>,
}

/// Parses `text`. A file with syntax errors gets no other findings: its recovered tree is not to be trusted.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Tree {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let findings = syntax::findings(file, text, &errors);
        return Tree { value: None, findings };
    }
    let mut walk = Walk { file, findings: Vec::new() };
    let value = walk.table(root.get_ref(), None);
    Tree { value: Some(value), findings: walk.findings }
}

/// The way to a value, without a copy of its keys: hardly any value is reported.
struct Trail<'a> {
    above: Option<&'a Trail<'a>>,
    step: Step<'a>,
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Trail<'_> {
    fn path(&self) -> KeyPath {
        let mut steps: Vec<Segment> = std::iter::successors(Some(self), |trail| trail.above)
            .map(|trail| match trail.step {
                Step::Key(key) => key.into(),
                Step::Index(index) => index.into(),
            })
            .collect();
        steps.reverse();
        steps.into_iter().collect()
    }
}

struct Walk<'a> {
    file: &'a Arc<str>,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn table(&mut self, table: &DeTable<'_>, above: Option<&Trail<'_>>) -> Value {
        let mut map = Map::with_capacity(table.len());
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let trail = Trail { above, step: Step::Key(name) };
            map.insert(name.to_owned(), self.value(value.get_ref(), &trail));
        }
        Value::Object(map)
    }

    fn value(&mut self, value: &DeValue<'_>, trail: &Trail<'_>) -> Value {
        match value {
            DeValue::String(text) => Value::String(text.clone().into_owned()),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Integer(integer) => self.integer(integer, trail),
            DeValue::Float(_) => self.refuse(
                trail,
                "Decimaltal går inte att lagra exakt",
                "Skriv hela kronor som heltal (900_000) och annat som text (\"900000,50\" eller \"2,4\").",
            ),
            DeValue::Datetime(moment) => match (&moment.date, &moment.time, &moment.offset) {
                (Some(date), None, None) => Value::String(date.to_string()),
                _ => self.refuse(
                    trail,
                    "Klockslag används inte här",
                    "Skriv bara datumet, till exempel 2021-02-01.",
                ),
            },
            DeValue::Array(array) => {
                let elements = array.iter().enumerate().map(|(index, element)| {
                    self.value(element.get_ref(), &Trail { above: Some(trail), step: Step::Index(index) })
                });
                Value::Array(elements.collect())
            }
            DeValue::Table(table) => self.table(table, Some(trail)),
        }
    }

    fn integer(&mut self, integer: &DeInteger<'_>, trail: &Trail<'_>) -> Value {
        i64::from_str_radix(integer.as_str(), integer.radix()).map_or_else(
            |_| {
                self.refuse(
                    trail,
                    "Talet är för stort",
                    "Skriv ett mindre tal; ett belopp är högst 999 999 999 999 kronor.",
                )
            },
            |number| Value::Number(Number::from(number)),
        )
    }

    /// Reports a value that no file may hold; `null` stands in for it, and the schema's complaint about that is
    /// not passed on.
    fn refuse(&mut self, trail: &Trail<'_>, fact: &str, help: &str) -> Value {
        let path = trail.path();
        let place = Place::value(self.file, path.clone());
        let message = format!("{fact}: ”{path}”.");
        self.findings.push(Finding::new(codes::TYPE, Level::Error, place, message).help(help));
        Value::Null
    }
}
