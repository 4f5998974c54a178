//! What a successor has from its predecessor's file, and what of it is open.

use toml::{Table as Toml, Value as Old};

use crate::key_path::KeyPath;
use crate::register::FileKind;
use crate::register::write::{Table, Value};
use crate::vocabulary::NOT_STATED;

/// What is carried over and what stands beside it, in the order of the file.
const ORDER: [(&str, From); 32] = [
    ("title", From::Carried),
    ("activity", From::Carried),
    ("status", From::Said("draft")),
    ("document_word", From::Carried),
    ("dated", From::Open),
    ("guideline", From::Carried),
    ("committee", From::Carried),
    ("continues", From::Said("")),
    ("partnership", From::Carried),
    ("purpose", From::Carried),
    ("ground", From::Open),
    ("on_holiday", From::Carried),
    ("standard_clauses", From::Carried),
    ("clause_order", From::Carried),
    ("also_decides", From::Carried),
    ("target_group", From::Carried),
    ("case", From::Said("")),
    ("original", From::Carried),
    ("party", From::Carried),
    ("term", From::Carried),
    ("economy", From::Carried),
    ("code", From::Carried),
    ("in_kind", From::Carried),
    ("payout_plan", From::Carried),
    ("indexation", From::Carried),
    ("annex", From::Carried),
    ("undertaking", From::Carried),
    ("goal", From::Carried),
    ("development", From::Carried),
    ("exclusion", From::Carried),
    ("steering_group", From::Carried),
    ("follow_up", From::Carried),
];

/// What comes after those.
const LAST: [&str; 2] = ["exit", "clause"];

/// Where a value of the successor comes from.
#[derive(Debug, Clone, Copy)]
enum From {
    /// It is as it was.
    Carried,
    /// It is open.
    Open,
    /// It is this; where that is nothing, it is set elsewhere.
    Said(&'static str),
}

/// The keys that belong to the predecessor's time, case and decisions, wherever they stand. With a star for any key.
const EMPTIED: [&str; 22] = [
    "also_decides.*.registry_number",
    "original.sha256",
    "party.*.signatory.*.name",
    "party.*.signatory.*.evidence",
    "party.*.signatory.*.place",
    "party.*.signatory.*.date",
    "term.start",
    "term.end",
    "term.months",
    "term.ended",
    "term.review_by",
    "term.option.*.notice_by",
    "term.renewal.until",
    "economy.total_cost",
    "in_kind.*.period",
    "in_kind.*.value",
    "indexation.*.years",
    "indexation.*.base",
    "annex.*.date",
    "annex.*.registry_number",
    "annex.*.sha256",
    "follow_up.*.due.date",
];

/// What the successor's file begins with, from the predecessor's values.
pub(super) fn carried(mut old: Toml) -> Table {
    empty(&mut old, &mut KeyPath::root());
    let had = old.clone();
    let mut root = Table::default();
    let order = ORDER.into_iter().chain(LAST.map(|key| (key, From::Carried)));
    for (key, from) in order {
        match from {
            From::Carried => {
                if let Some(value) = old.remove(key) {
                    root.set(key, written(value));
                }
            }
            From::Open => {
                if had.contains_key(key) || key == "dated" {
                    root.set(key, Value::not_stated());
                }
            }
            From::Said("") => _ = root.set(key, ""),
            From::Said(word) => _ = root.set(key, word),
        }
    }
    root.table("case").set("registry_number", Value::not_stated());
    root
}

/// Opens what belongs to the predecessor, where the format has a word for open, and takes it away elsewhere. So it is with every
/// day too: none of them is of the new time.
fn empty(table: &mut Toml, path: &mut KeyPath) {
    let schema = FileKind::Agreement.schema();
    let keys: Vec<String> = table.keys().cloned().collect();
    for key in keys {
        path.push(&key);
        // What an organ was called through the years is no fact of the agreement's time.
        let is_history = key == "names";
        let is_emptied = EMPTIED.iter().any(|pattern| fits(&path.to_string(), pattern));
        let becomes_empty = match table.get_mut(&key) {
            Some(Old::Datetime(_)) => true,
            Some(Old::Table(below)) if !is_emptied && !is_history => {
                let was_empty = below.is_empty();
                empty(below, path);
                below.is_empty() && !was_empty
            }
            _ => false,
        };
        if is_emptied || becomes_empty {
            if schema.can_be_open(path) {
                table.insert(key, NOT_STATED.into());
            } else {
                table.remove(&key);
            }
        }
        path.pop();
    }
}

/// Whether a path is one that a pattern means.
fn fits(path: &str, pattern: &str) -> bool {
    let (mut path, mut pattern) = (path.split('.'), pattern.split('.'));
    loop {
        match (path.next(), pattern.next()) {
            (None, None) => return true,
            (Some(own), Some(meant)) if meant == "*" || own == meant => {}
            _ => return false,
        }
    }
}

/// A value as it is written.
pub(super) fn written(value: Old) -> Value {
    match value {
        Old::String(text) => text.into(),
        Old::Integer(number) => Value::Number(number),
        Old::Boolean(truth) => truth.into(),
        Old::Datetime(day) => {
            let day = day.to_string();
            day.parse().map_or_else(|_| Value::Text(day), Value::Date)
        }
        // The format has none.
        Old::Float(number) => number.to_string().into(),
        Old::Array(items) => Value::List(items.into_iter().map(written).collect()),
        Old::Table(table) => table_of(table).into(),
    }
}

fn table_of(table: Toml) -> Table {
    let mut written_table = Table::default();
    for (key, value) in table {
        written_table.set(&key, written(value));
    }
    written_table
}
