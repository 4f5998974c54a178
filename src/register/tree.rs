//! From TOML text to a JSON value with a span for each key. What TOML allows but no file of a register may hold
//! (decimal numbers, times of day, integers that do not fit) is reported here.

use std::sync::Arc;

use serde_json::{Map, Number, Value};
use toml::de::{DeInteger, DeTable, DeValue};

use super::codes;
use super::source::SpanNode;
use super::syntax;
use crate::finding::{Finding, Level, Place};
use crate::key_path::{KeyPath, Segment};

/// What one file holds.
pub(super) struct Tree {
    /// The content; nothing where the syntax is broken.
    pub(super) value: Option<Value>,
    /// Where it stands.
    pub(super) spans: SpanNode,
    /// What is wrong with it as TOML, or as TOML of this kind.
    pub(super) findings: Vec<Finding>,
}

/// Parses `text`. A file with syntax errors gets no other findings: its recovered tree is not to be trusted.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Tree {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let findings = syntax::findings(file, text, &errors);
        return Tree { value: None, spans: SpanNode::default(), findings };
    }
    let mut walk = Walk { file, findings: Vec::new() };
    let mut spans = SpanNode { is_table: true, value: root.span(), ..SpanNode::default() };
    let value = walk.table(root.get_ref(), &KeyPath::root(), &mut spans);
    Tree { value: Some(value), spans, findings: walk.findings }
}

struct Walk<'a> {
    file: &'a Arc<str>,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn table(&mut self, table: &DeTable<'_>, path: &KeyPath, spans: &mut SpanNode) -> Value {
        let mut map = Map::with_capacity(table.len());
        spans.children.reserve(table.len());
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let segment = Segment::from(name);
            let path = path.join(segment.clone());
            let mut node = SpanNode { key: key.span(), value: value.span(), ..SpanNode::default() };
            let value = self.value(value.get_ref(), &path, &mut node);
            spans.children.push((segment, node));
            map.insert(name.to_owned(), value);
        }
        Value::Object(map)
    }

    fn value(&mut self, value: &DeValue<'_>, path: &KeyPath, spans: &mut SpanNode) -> Value {
        match value {
            DeValue::String(text) => Value::String(text.clone().into_owned()),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Integer(integer) => self.integer(integer, path),
            DeValue::Float(_) => self.refuse(
                path,
                "Decimaltal går inte att lagra exakt",
                "Skriv hela kronor som heltal (900_000) och annat som text (\"900000,50\" eller \"2,4\").",
            ),
            DeValue::Datetime(moment) => match (&moment.date, &moment.time, &moment.offset) {
                (Some(date), None, None) => Value::String(date.to_string()),
                _ => self.refuse(
                    path,
                    "Klockslag används inte här",
                    "Skriv bara datumet, till exempel 2021-02-01.",
                ),
            },
            DeValue::Array(array) => {
                let mut values = Vec::with_capacity(array.len());
                for (index, element) in array.iter().enumerate() {
                    let mut node = SpanNode { value: element.span(), ..SpanNode::default() };
                    values.push(self.value(element.get_ref(), &path.join(index), &mut node));
                    spans.children.push((Segment::Index(index), node));
                }
                Value::Array(values)
            }
            DeValue::Table(table) => {
                spans.is_table = true;
                self.table(table, path, spans)
            }
        }
    }

    fn integer(&mut self, integer: &DeInteger<'_>, path: &KeyPath) -> Value {
        i64::from_str_radix(integer.as_str(), integer.radix()).map_or_else(
            |_| {
                self.refuse(
                    path,
                    "Talet är för stort",
                    "Skriv ett mindre tal; ett belopp är högst 999 999 999 999 kronor.",
                )
            },
            |number| Value::Number(Number::from(number)),
        )
    }

    /// Reports a value that no file may hold; `null` stands in for it, and the schema's complaint about that is
    /// not passed on.
    fn refuse(&mut self, path: &KeyPath, fact: &str, help: &str) -> Value {
        let place = Place::value(self.file, path.clone());
        let message = format!("{fact}: ”{path}”.");
        self.findings.push(Finding::new(codes::TYPE, Level::Error, place, message).help(help));
        Value::Null
    }
}
