//! Changes to what a file says, by key path.

use serde_json::{Map, Value, json};

/// The table that holds what stands at `path`, made where it is missing, and the last key.
pub(super) fn parent<'a, 'b>(
    root: &'a mut Value,
    path: &'b str,
) -> Option<(&'a mut Map<String, Value>, &'b str)> {
    let (above, key) = path.rsplit_once('.').map_or((None, path), |(above, key)| (Some(above), key));
    let mut table = root.as_object_mut()?;
    for key in above.into_iter().flat_map(|above| above.split('.')) {
        table = table.entry(key).or_insert_with(|| json!({})).as_object_mut()?;
    }
    Some((table, key))
}

pub(super) fn set(root: &mut Value, path: &str, value: Value) {
    if let Some((table, key)) = parent(root, path) {
        table.insert(key.to_owned(), value);
    }
}

pub(super) fn take(root: &mut Value, path: &str) -> Value {
    let Some((table, key)) = parent(root, path) else { return Value::Null };
    let taken = table.shift_remove(key).unwrap_or_default();
    // A table with nothing in it would not be written, and is no table then.
    if table.is_empty()
        && let Some((above, _)) = path.rsplit_once('.')
    {
        take(root, above);
    }
    taken
}

/// The key path of what says when the term ends.
pub(super) fn end_of_term(root: &Value) -> String {
    let says_months = root.pointer("/term/months").is_some();
    format!("term.{}", if says_months { "months" } else { "end" })
}

/// States another last day of the term.
pub(super) fn set_end(root: &mut Value, end: Value) {
    take(root, "term.months");
    set(root, "term.end", end);
}

pub(super) fn set_all(root: &mut Value, table: &str, key: &str, value: &Value) {
    for entry in root.get_mut(table).and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        set(entry, key, value.clone());
    }
}

pub(super) fn append(root: &mut Value, path: &str, more: &str) {
    if let Some((table, key)) = parent(root, path)
        && let Some(Value::String(text)) = table.get_mut(key)
    {
        text.push_str(more);
    }
}

pub(super) fn first_key(root: &Value, table: &str) -> String {
    keys(root, table).next().unwrap_or_default().to_owned()
}

pub(super) fn last_key(root: &Value, table: &str) -> String {
    keys(root, table).last().unwrap_or_default().to_owned()
}

pub(super) fn keys<'a>(root: &'a Value, table: &str) -> impl Iterator<Item = &'a str> {
    root.get(table).and_then(Value::as_object).into_iter().flat_map(|table| table.keys().map(String::as_str))
}
