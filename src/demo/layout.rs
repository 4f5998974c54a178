//! TOML as a person lays it out: headings of parts, short tables on a line, long texts over several lines. A library
//! would write the same data, but not so that people want to read it.

use chrono::NaiveDate;
use serde_json::{Map, Value};

/// The columns that a line may take.
const WIDTH: usize = 116;

/// How a file is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Tables below the second level stand on a line, where they fit.
    pub(super) compact: bool,
    /// Parts of the file have headings.
    pub(super) headings: bool,
}

/// The parts of an agreement by the table that begins them.
const PARTS: [(&str, &str); 9] = [
    ("party", "Parter"),
    ("legal", "Rättsliga frågor"),
    ("economy", "Ekonomi"),
    ("ground", "Skäl och bedömningar"),
    ("goal", "Mål, åtaganden och utveckling"),
    ("steering_group", "Styrning och uppföljning"),
    ("exit", "Ändring och upphörande"),
    ("clause", "Klausuler"),
    ("memo", "Tjänsteskrivelse"),
];

/// Writes the tables of a file below its first lines.
pub(super) fn file(first_lines: &str, root: &Value, style: Style) -> String {
    let mut out = String::with_capacity(24 * 1024);
    out.push_str(first_lines);
    if let Value::Object(root) = root {
        table(&mut out, &[], root, style);
    }
    out
}

/// Writes a table: first what stands directly in it, then the tables below it.
fn table(out: &mut String, path: &[&str], map: &Map<String, Value>, style: Style) {
    let mut below = Vec::new();
    let mut lines = String::new();
    for (key, value) in map {
        match value {
            Value::Object(inner) if path.is_empty() => below.push((key, inner)),
            Value::Object(inner) => {
                let one_line = inline(value).filter(|line| key.len() + line.len() + 3 <= WIDTH);
                match one_line {
                    Some(line) if is_phrase(key) || style.compact && path.len() >= 2 => {
                        lines.push_str(&format!("{} = {line}\n", bare(key)));
                    }
                    _ => match dotted(key, inner).filter(|_| style.compact && is_one_thing(path)) {
                        Some(text) => lines.push_str(&text),
                        None => below.push((key, inner)),
                    },
                }
            }
            value => lines.push_str(&format!("{} = {}\n", bare(key), in_table(value, key.len() + 3))),
        }
    }
    if !lines.is_empty() {
        if !path.is_empty() {
            let header: Vec<String> = path.iter().map(|key| bare(key)).collect();
            out.push_str(&format!("\n[{}]\n", header.join(".")));
        }
        out.push_str(&lines);
    }
    for (key, inner) in below {
        let part = PARTS.iter().find(|(first, _)| style.headings && path.is_empty() && first == key);
        if let Some((_, title)) = part {
            let line = "─".repeat(WIDTH.saturating_sub(title.chars().count() + 6));
            out.push_str(&format!("\n# ── {title} {line}\n"));
        }
        let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
        table(out, &path, inner, style);
    }
}

/// Whether the table at `path` is one thing, and not a list of things that each have a table.
fn is_one_thing(path: &[&str]) -> bool {
    path.len() >= 2 || matches!(path, ["memo" | "term"])
}

/// Tables that people write on a line wherever they stand.
fn is_phrase(key: &str) -> bool {
    matches!(
        key,
        "period" | "due" | "meetings" | "rate" | "renewal" | "until_further_notice" | "composite" | "code"
    )
}

/// The tables below `key` on a line each, where they all fit: `seat.chair = { … }`.
fn dotted(key: &str, inner: &Map<String, Value>) -> Option<String> {
    let mut lines = String::new();
    let plain = inner.values().filter(|value| !value.is_object()).count();
    if plain > 2 {
        return None;
    }
    for (name, value) in inner {
        let line = match value {
            Value::Object(_) => inline(value)?,
            value => one_line(value)?,
        };
        let line = format!("{}.{} = {line}\n", bare(key), bare(name));
        if line.len() > WIDTH + 10 {
            return None;
        }
        lines.push_str(&line);
    }
    Some(lines)
}

/// A table on a line, unless it holds other tables or long texts.
fn inline(value: &Value) -> Option<String> {
    let mut parts = Vec::new();
    for (key, value) in value.as_object()? {
        let is_table = value.is_object();
        parts.push(format!("{} = {}", bare(key), one_line(value).filter(|_| !is_table)?));
    }
    Some(format!("{{ {} }}", parts.join(", ")))
}

/// A value that needs no more than a line.
fn one_line(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) if text.contains('\n') => return None,
        Value::String(text) if is_date(text) => text.clone(),
        Value::String(text) => quoted(text),
        Value::Number(number) => grouped(&number.to_string()),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(one_line).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Object(_) => inline(value)?,
        Value::Null => return None,
    })
}

/// A value after its key, over several lines where it is long.
fn in_table(value: &Value, indent: usize) -> String {
    let line = one_line(value).filter(|line| indent + line.chars().count() <= WIDTH);
    match (line, value) {
        (Some(line), _) => line,
        (None, Value::Array(items)) => {
            let mut lines = String::from("[\n");
            for item in items.iter().filter_map(one_line) {
                lines.push_str(&format!("    {item},\n"));
            }
            lines + "]"
        }
        (None, Value::String(text)) => folded(text),
        (None, value) => one_line(value).unwrap_or_default(),
    }
}

/// A text between triple quotes, a line's end within a paragraph hidden by a backslash.
fn folded(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    for (number, paragraph) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let mut column = 0;
        for (position, word) in escaped(paragraph).split(' ').enumerate() {
            let length = word.chars().count();
            if position > 0 {
                if column + 1 + length > WIDTH - 2 {
                    out.push_str(" \\\n");
                    column = 0;
                } else {
                    out.push(' ');
                    column += 1;
                }
            }
            out.push_str(word);
            column += length;
        }
    }
    out.push_str("\"\"\"");
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<NaiveDate>().is_ok()
}

fn bare(key: &str) -> String {
    let is_bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_bare { key.to_owned() } else { quoted(key) }
}

/// Thousands apart from five digits on: `12_500`, but 2024.
fn grouped(number: &str) -> String {
    if number.len() < 5 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::new();
    for (position, digit) in number.chars().enumerate() {
        if position > 0 && (number.len() - position).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const STYLE: Style = Style { compact: true, headings: true };

    #[test]
    fn what_is_written_reads_as_what_was_meant() {
        let long = "Ett långt stycke med många ord. ".repeat(12);
        let data = json!({
            "title": "x",
            "text": format!("{}\n\nAndra \"stycket\" \\ slut.", long.trim_end()),
            "party": { "kommun": { "name": "K", "contact": { "a": { "function": "f" }, "b": { "function": "g" } } } },
            "funding": { "2024": { "amount": 1_250_000, "period": { "start": "2024-01-01", "end": "2024-12-31" } } },
            "exclusion": { "a": "b" },
        });
        for style in [STYLE, Style { compact: false, headings: false }] {
            let text = file("# x\n", &data, style);
            let table: toml::Value = toml::from_str(&text).unwrap();
            let mut read = serde_json::to_value(&table).unwrap();
            // The library shows a date as a table of its own.
            read["funding"]["2024"]["period"] = json!({ "start": "2024-01-01", "end": "2024-12-31" });
            assert_eq!(read, data, "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        }
    }

    #[test]
    fn short_tables_stand_on_a_line() {
        let data = json!({ "steering_group": { "a": {
            "meetings": { "times": 2, "per": "year" }, "seat": { "chef": { "function": "chef" } } } } });
        let text = file("", &data, STYLE);
        assert!(text.contains("\n[steering_group.a]\nmeetings = { times = 2, per = \"year\" }\n"), "{text}");
        assert!(text.contains("\nseat.chef = { function = \"chef\" }\n"), "{text}");
        assert!(text.contains("# ── Styrning och uppföljning ──"), "{text}");
    }
}
