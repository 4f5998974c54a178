//! Agreements that the format allows, made from its schema.

use serde_json::{Map, Value, json};

use crate::common::repository;

/// How a made-up agreement is filled.
#[derive(Clone, Copy)]
pub(crate) enum Fill {
    /// Every key, with the nth word wherever there is a choice.
    All(usize),
    /// Every key, and "not-stated" wherever that is allowed.
    Open,
    /// Only the keys that must be there.
    Least,
}

/// The published schema of agreements.
pub(crate) fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(repository().join("schema/agreement.v1.json")).unwrap())
        .unwrap()
}

/// A value that the schema allows. Every text and every key is "a", so that references lead to something.
fn made_up(root: &Value, node: &Value, fill: Fill) -> Value {
    if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        return made_up(root, root.pointer(reference.strip_prefix('#').unwrap()).unwrap(), fill);
    }
    if let Some(choices) = node.get("anyOf").and_then(Value::as_array) {
        let open = choices.iter().any(|choice| choice.get("const").is_some());
        return if open && matches!(fill, Fill::Open) {
            json!("not-stated")
        } else {
            made_up(root, &choices[0], fill)
        };
    }
    if let Some(words) = node.get("enum").and_then(Value::as_array) {
        let choice = if let Fill::All(number) = fill { number % words.len() } else { 0 };
        return words[choice].clone();
    }
    if node.get("format") == Some(&json!("date")) {
        return json!("2024-03-01");
    }
    match node.get("type").and_then(Value::as_str).unwrap_or_else(|| panic!("{node}")) {
        "string" => match node.get("pattern").and_then(Value::as_str) {
            Some(pattern) if pattern.contains("64") => json!("0".repeat(64)),
            Some(pattern) if pattern.starts_with("^-?") => json!("2,5"),
            Some(_) => node.pointer("/examples/0").cloned().unwrap_or(json!("2024")),
            None if matches!(fill, Fill::Open) && node.get("x-open").is_some() => json!("not-stated"),
            None => json!("a"),
        },
        "boolean" => json!(true),
        "integer" => node.get("minimum").cloned().unwrap_or(json!(2024)),
        "array" => json!([made_up(root, &node["items"], fill)]),
        "object" => {
            let mut object = Map::new();
            if let Some(below) = node.get("additionalProperties").filter(|below| below.is_object()) {
                object.insert("a".to_owned(), made_up(root, below, fill));
            }
            let required: Vec<&str> = node
                .get("required")
                .map(|keys| keys.as_array().unwrap().iter().filter_map(Value::as_str).collect())
                .unwrap_or_default();
            for (key, below) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if !matches!(fill, Fill::Least) || required.contains(&key.as_str()) {
                    object.insert(key.clone(), made_up(root, below, fill));
                }
            }
            Value::Object(object)
        }
        other => panic!("{other}"),
    }
}

/// A made-up agreement with every standard clause.
pub(crate) fn agreement(fill: Fill) -> Value {
    let root = schema();
    let mut agreement = made_up(&root, &root, fill);
    let fields = agreement.as_object_mut().unwrap();
    fields.insert("guideline".to_owned(), json!("lund-iop-2020"));
    fields.insert("committee".to_owned(), json!("social"));
    let mut clauses: Vec<String> = std::fs::read_dir(repository().join("templates/clauses"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    clauses.sort();
    fields.insert("standard_clauses".to_owned(), json!(clauses));
    // The one standard clause that has no text of its own.
    if let Some(own) = fields.get_mut("clause").and_then(Value::as_object_mut) {
        own.insert("background".to_owned(), json!({ "text": "a" }));
    }
    agreement
}
