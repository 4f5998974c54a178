//! A new file as a person lays it out: headings of parts, short tables on a line, long texts over several lines, and comments.
//! A library would write the same data, but not so that people want to read it.

use super::{Table, Value};

/// The columns that a line may take.
pub(super) const WIDTH: usize = 116;

/// The columns that a value with a comment behind it may take.
const COMMENTED: usize = 100;

/// How a file is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Tables below the second level stand on a line, where they fit.
    pub compact: bool,
    /// Parts of the file have headings.
    pub headings: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { compact: false, headings: true }
    }
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
#[must_use]
pub fn file(first_lines: &str, root: &Table, style: Style) -> String {
    let mut out = String::with_capacity(24 * 1024);
    out.push_str(first_lines);
    table(&mut out, &[], root, style, &[]);
    out
}

/// Writes a table: first what stands directly in it, then the tables below it.
fn table(out: &mut String, path: &[&str], map: &Table, style: Style, said: &[String]) {
    let mut below = Vec::new();
    let mut lines = String::new();
    for (key, value) in &map.values {
        let comments = map.comments.get(key).map(Vec::as_slice).unwrap_or_default();
        match value {
            Value::Table(inner) if path.is_empty() && inner.says_nothing() && comments.is_empty() => {}
            Value::Table(inner) if path.is_empty() => below.push((key, inner, comments)),
            Value::Table(inner) => {
                let one_line = inline(inner).filter(|line| key.len() + line.len() + 3 <= WIDTH);
                match one_line {
                    Some(line) if is_phrase(key) || style.compact && path.len() >= 2 => {
                        commented(&mut lines, &format!("{} = {line}", bare(key)), comments);
                    }
                    _ => match dotted(key, inner).filter(|_| style.compact && is_one_thing(path)) {
                        Some(text) => lines.push_str(&text),
                        None => below.push((key, inner, comments)),
                    },
                }
            }
            value => {
                let written = format!("{} = {}", bare(key), in_table(value, key.len() + 3));
                commented(&mut lines, &written, comments);
            }
        }
    }
    // A table of which something is said is there without values too.
    let is_named = !lines.is_empty() || !said.is_empty() || map.is_empty();
    if is_named && !path.is_empty() {
        out.push('\n');
        for comment in said {
            out.push_str(&format!("# {}\n", on_one_line(comment)));
        }
        let header: Vec<String> = path.iter().map(|key| bare(key)).collect();
        out.push_str(&format!("[{}]\n", header.join(".")));
    }
    out.push_str(&lines);
    for (key, inner, comments) in below {
        let part = PARTS.iter().find(|(first, _)| style.headings && path.is_empty() && first == key);
        if let Some((_, title)) = part {
            let line = "─".repeat(WIDTH.saturating_sub(title.chars().count() + 6));
            out.push_str(&format!("\n# ── {title} {line}\n"));
        }
        let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
        table(out, &path, inner, style, comments);
    }
}

/// A value with what is said of it: behind it where both have room on a line.
fn commented(out: &mut String, written: &str, comments: &[String]) {
    match comments {
        [only] if !written.contains('\n') && written.chars().count() + only.chars().count() < COMMENTED => {
            out.push_str(&format!("{written} # {}\n", on_one_line(only)));
        }
        comments => {
            for comment in comments {
                out.push_str(&format!("# {}\n", on_one_line(comment)));
            }
            out.push_str(&format!("{written}\n"));
        }
    }
}

/// A comment ends where its line does, and holds no control characters.
fn on_one_line(comment: &str) -> String {
    comment.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
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
fn dotted(key: &str, inner: &Table) -> Option<String> {
    let mut lines = String::new();
    let plain = inner.values.values().filter(|value| !matches!(value, Value::Table(_))).count();
    if plain > 2 || inner.has_comments() || inner.is_empty() {
        return None;
    }
    for (name, value) in &inner.values {
        let line = match value {
            Value::Table(table) => inline(table)?,
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

/// A table on a line, unless it holds other tables, long texts or comments.
fn inline(table: &Table) -> Option<String> {
    let mut parts = Vec::new();
    for (key, value) in table.values.iter().filter(|_| !table.has_comments()) {
        let is_table = matches!(value, Value::Table(_));
        parts.push(format!("{} = {}", bare(key), one_line(value).filter(|_| !is_table)?));
    }
    (!table.has_comments()).then(|| in_braces(&parts))
}

fn in_braces(values: &[String]) -> String {
    if values.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", values.join(", ")) }
}

/// A value that needs no more than a line.
fn one_line(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) if text.contains('\n') => return None,
        Value::Text(text) => quoted(text),
        Value::Date(date) => date.to_string(),
        Value::Number(number) => grouped(&number.to_string()),
        Value::Truth(truth) => truth.to_string(),
        Value::Verbatim(written) => written.clone(),
        Value::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(one_line).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Table(table) => inline(table)?,
    })
}

/// A value after its key, over several lines where it is long.
fn in_table(value: &Value, indent: usize) -> String {
    let line = one_line(value).filter(|line| indent + line.chars().count() <= WIDTH);
    match (line, value) {
        (Some(line), _) => line,
        (None, Value::List(items)) => {
            let mut lines = String::from("[\n");
            for item in items {
                let item = one_line(item).unwrap_or_else(|| on_any_line(item));
                lines.push_str(&format!("    {item},\n"));
            }
            lines + "]"
        }
        (None, Value::Text(text)) => folded(text),
        (None, value) => on_any_line(value),
    }
}

/// The same whatever the value holds: in a list there is no room for lines and comments of a table.
fn on_any_line(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text).replace('\n', "\\n"),
        Value::List(items) => {
            format!("[{}]", items.iter().map(on_any_line).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let values = table.iter().map(|(key, value)| format!("{} = {}", bare(key), on_any_line(value)));
            in_braces(&values.collect::<Vec<_>>())
        }
        value => one_line(value).unwrap_or_default(),
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
                // A hidden line end takes the white space after it too.
                if column + 1 + length > WIDTH - 2 && !word.is_empty() {
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

/// A text between quotes: what TOML has no room for is named by its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() && letter != '\n' => {
                out.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out
}

fn bare(key: &str) -> String {
    let is_bare = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_bare { key.to_owned() } else { quoted(&key.replace('\n', "\\n")) }
}

/// Thousands apart from five digits on: `12_500`, but 2024.
#[must_use]
pub fn grouped(number: &str) -> String {
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
    use chrono::NaiveDate;

    use super::*;
    use crate::money::Money;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sample() -> Table {
        let long = "Ett långt stycke med många ord. ".repeat(12);
        let mut root = Table::default();
        root.set("title", "x").set("dated", day("2024-01-01")).set("activity", "2024-01-01");
        root.set(
            "text",
            format!("{}\n\nAndra \"stycket\" \\ slut.\u{1}\tTabb  och  {long}", long.trim_end()),
        );
        root.at(&["party", "kommun"]).set("name", "K").comment("name", "sida 1, stycke 2");
        root.at(&["party", "kommun", "contact", "a"]).set("function", "f");
        let period = Table::default().with("start", day("2024-01-01")).with("end", day("2024-12-31"));
        root.at(&["funding", "2024"]).set("amount", Money::kronor(1_250_000)).set("period", period);
        root.at(&["exclusion"]).set("a b", Value::texts(["c", "rad\nrad"]));
        root.table("annex");
        root.at(&["memo"]).set("rows", Value::List(vec![Table::default().with("a", "b\nc").into()]));
        root.at(&["memo"]).set("points", Value::texts(vec!["en lång punkt med många ord".to_owned(); 8]));
        root
    }

    #[test]
    fn what_is_written_reads_as_what_was_meant() {
        let root = sample();
        for style in [Style { compact: true, headings: true }, Style { compact: false, headings: false }] {
            let text = file("# x\n", &root, style);
            let read: toml::Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            let same = |value: &toml::Value, written: &Value| value == &read_back(written);
            for (key, value) in root.iter().filter(|(key, _)| *key != "annex") {
                assert!(same(&read[key], value), "{key}: {:?}\n{text}", read[key]);
            }
        }
    }

    fn read_back(value: &Value) -> toml::Value {
        match value {
            Value::Text(text) => toml::Value::String(text.clone()),
            Value::Date(date) => toml::Value::Datetime(date.to_string().parse().unwrap()),
            Value::Number(number) => toml::Value::Integer(*number),
            Value::Truth(truth) => toml::Value::Boolean(*truth),
            Value::Verbatim(written) => written.parse().unwrap(),
            Value::List(items) => toml::Value::Array(items.iter().map(read_back).collect()),
            Value::Table(table) => toml::Value::Table(
                table.iter().map(|(key, value)| (key.to_owned(), read_back(value))).collect(),
            ),
        }
    }

    #[test]
    fn a_comment_stands_behind_a_short_value_and_above_all_else() {
        let mut root = Table::default();
        root.set("title", "x").comment("title", "rad 3");
        root.set("purpose", "ord ".repeat(40).trim_end())
            .comment("purpose", "rad 4")
            .comment("purpose", "två\nsätt");
        root.table("term").set("end", Value::not_stated()).comment("end", "rad 5 och rad 9");
        root.comment("term", "hela");
        let text = file("", &root, Style::default());
        assert!(text.starts_with("title = \"x\" # rad 3\n# rad 4\n# två sätt\npurpose = \"\"\"\n"), "{text}");
        assert!(text.contains("\n# hela\n[term]\nend = \"not-stated\" # rad 5 och rad 9\n"), "{text}");
    }

    #[test]
    fn short_tables_stand_on_a_line() {
        let mut root = Table::default();
        let group = root.at(&["steering_group", "a"]);
        group.set("meetings", Table::default().with("times", 2).with("per", "year"));
        group.at(&["seat", "chef"]).set("function", "chef");
        let text = file("", &root, Style { compact: true, headings: true });
        assert!(text.contains("\n[steering_group.a]\nmeetings = { times = 2, per = \"year\" }\n"), "{text}");
        assert!(text.contains("\nseat.chef = { function = \"chef\" }\n"), "{text}");
        assert!(text.contains("# ── Styrning och uppföljning ──"), "{text}");
    }
}
