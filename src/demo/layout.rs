//! The files of an invented register, from what was drawn.

use chrono::NaiveDate;
use serde_json::Value;

use crate::register::write::{self, Table};

pub(super) use crate::register::write::Style;

/// Writes the tables of a file below its first lines.
pub(super) fn file(first_lines: &str, root: &Value, style: Style) -> String {
    match written(root) {
        write::Value::Table(root) => write::file(first_lines, &root, style),
        _ => first_lines.to_owned(),
    }
}

/// What was drawn as it is written: a text that is a day is one.
fn written(value: &Value) -> write::Value {
    match value {
        Value::String(text) if text.len() == 10 && text.parse::<NaiveDate>().is_ok() => {
            text.parse().map_or_else(|_| text.as_str().into(), write::Value::Date)
        }
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => {
            number.as_i64().map_or_else(|| write::Value::Verbatim(number.to_string()), write::Value::Number)
        }
        Value::Bool(truth) => (*truth).into(),
        Value::Array(items) => write::Value::List(items.iter().map(written).collect()),
        Value::Object(map) => {
            let mut table = Table::default();
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                table.set(key, written(value));
            }
            table.into()
        }
        Value::Null => "".into(),
    }
}
