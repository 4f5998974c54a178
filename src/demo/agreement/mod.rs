//! From a case to what the agreement's file says.

mod closing;
mod content;
mod governance;
mod head;
mod memo;
mod money;
mod parties;
mod term;
mod writer;

use serde_json::{Map, Value};

use super::case::Case;
use writer::Writer;

/// What the agreement's file says.
pub(super) fn agreement(case: &Case) -> Value {
    let mut writer = Writer { case, draw: case.draw() };
    let mut root = Map::new();
    writer.head(&mut root);
    root.insert("party".to_owned(), writer.parties());
    root.insert("legal".to_owned(), writer.legal());
    writer.money(&mut root);
    writer.grounds_and_assessments(&mut root);
    writer.content(&mut root);
    writer.governance(&mut root);
    root.insert("exit".to_owned(), writer.exits());
    root.insert("annex".to_owned(), writer.annexes());
    root.insert("clause".to_owned(), writer.clauses());
    root.insert("memo".to_owned(), writer.memo());
    let clauses = standard_clauses(&root);
    root.insert("standard_clauses".to_owned(), clauses);
    Value::Object(root)
}

/// The standard clauses that have something to show.
fn standard_clauses(root: &Map<String, Value>) -> Value {
    const ALL: [&str; 21] = [
        "value-basis",
        "purpose",
        "target-group",
        "goals",
        "exclusions",
        "parties",
        "relation",
        "compliance",
        "employer",
        "grounds",
        "communication",
        "undertakings",
        "development",
        "steering",
        "follow-up",
        "contacts",
        "term",
        "economy",
        "payouts",
        "exit",
        "annexes",
    ];
    let has_data = |key: &&&str| match **key {
        "exclusions" => root.contains_key("exclusion"),
        "development" => root.contains_key("development"),
        _ => true,
    };
    ALL.iter().filter(has_data).copied().collect::<Vec<_>>().into()
}
