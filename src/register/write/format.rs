//! A file that stands there, laid out as new files are: one space about `=`, no indentation but in lists, an empty line above each
//! heading, thousands apart, each value of a list over several lines on its own, and tables in one order (`order`). What it says,
//! its comments, how its texts are written and what stands on one line stay, as the settings of the editors have it.

use toml_edit::{Array, DocumentMut, InlineTable, Item, KeyMut, RawString, Table, Value};

use super::layout::grouped;
use super::order;

/// How far the values of a list stand in.
const INDENT: &str = "    ";

/// The text laid out; nothing where it is no TOML. Both are plain as `line_ends` has it.
#[must_use]
pub fn formatted(text: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    order::gather(&mut document);
    let end = lines(raw(Some(document.trailing())));
    document.set_trailing(end.trim_end());
    table(document.as_table_mut());
    let text = document.to_string();
    let text = text.trim_matches('\n');
    Some(if text.is_empty() { String::new() } else { format!("{text}\n") })
}

/// A table's lines, and the tables in it.
fn table(table: &mut Table) {
    values(table, &mut true);
    tables(table);
}

/// The values of a table, and of the tables that stand in its keys.
fn values(table: &mut Table, is_first: &mut bool) {
    for (mut key, item) in table.iter_mut() {
        let above = lines(raw(key.leaf_decor().prefix()));
        match item {
            Item::Value(one) => {
                let above = if std::mem::take(is_first) { above.trim_start_matches('\n') } else { &above };
                plain(&mut key);
                key.leaf_decor_mut().set_prefix(above);
                key.leaf_decor_mut().set_suffix(" ");
                let behind = behind(raw(one.decor().suffix()));
                value(one);
                one.decor_mut().set_prefix(" ");
                one.decor_mut().set_suffix(behind);
            }
            Item::Table(inner) if inner.is_dotted() => {
                plain(&mut key);
                values(inner, is_first);
            }
            _ => {}
        }
    }
}

/// The tables in a table, each below its heading.
fn tables(within: &mut Table) {
    for (mut key, item) in within.iter_mut() {
        match item {
            Item::Table(inner) if inner.is_dotted() => tables(inner),
            Item::Table(inner) => {
                plain(&mut key);
                heading(inner);
            }
            Item::ArrayOfTables(several) => {
                plain(&mut key);
                several.iter_mut().for_each(heading);
            }
            _ => {}
        }
    }
}

fn heading(below: &mut Table) {
    let above = lines(raw(below.decor().prefix()));
    let behind = behind(raw(below.decor().suffix()));
    // A comment right below something else, with an empty line after it, is about that.
    let is_apart = above.starts_with('\n') || above.contains("\n\n");
    below.decor_mut().set_prefix(if is_apart { above } else { format!("\n{above}") });
    below.decor_mut().set_suffix(behind);
    table(below);
}

/// A key without spaces about it.
fn plain(key: &mut KeyMut<'_>) {
    key.leaf_decor_mut().clear();
    key.dotted_decor_mut().clear();
}

fn value(value: &mut Value) {
    match value {
        Value::Integer(number) => {
            let written = number.display_repr().into_owned();
            let (sign, digits) = written.strip_prefix('-').map_or(("", &*written), |digits| ("-", digits));
            let plain = digits.replace('_', "");
            let new = grouped(&plain);
            // A short number stays as it is, and one in another base.
            if new != plain
                && let Ok(new) = format!("{sign}{new}").parse()
            {
                *value = new;
            }
        }
        Value::Array(list) => array(list),
        Value::InlineTable(inner) => inline(inner),
        _ => {}
    }
}

/// A list: on a line if it stands on one, else each value on its own.
fn array(list: &mut Array) {
    let has_break = |text: Option<&RawString>| raw(text).contains('\n');
    let breaks = |one: &Value| has_break(one.decor().prefix()) || has_break(one.decor().suffix());
    let is_open = list.iter().any(breaks) || raw(Some(list.trailing())).contains('\n');
    if !is_open {
        for (number, one) in list.iter_mut().enumerate() {
            value(one);
            one.decor_mut().set_prefix(if number == 0 { "" } else { " " });
            one.decor_mut().set_suffix("");
        }
        list.set_trailing("");
        list.set_trailing_comma(false);
        return;
    }
    let mut left = String::new();
    let end_at = list.len().checked_sub(1);
    let has_comma = list.trailing_comma();
    for (number, one) in list.iter_mut().enumerate() {
        let above = in_list(raw(one.decor().prefix()));
        let mut after = in_list(raw(one.decor().suffix()));
        if Some(number) == end_at && !has_comma {
            left = std::mem::take(&mut after);
        }
        value(one);
        one.decor_mut().set_prefix(format!("{above}\n{INDENT}"));
        one.decor_mut().set_suffix(if after.is_empty() { after } else { format!("{after}\n{INDENT}") });
    }
    let end = in_list(raw(Some(list.trailing())));
    list.set_trailing(if end_at.is_none() && end.is_empty() {
        String::new()
    } else {
        format!("{left}{end}\n")
    });
    list.set_trailing_comma(end_at.is_some());
}

/// A table on a line. One that stands on several is left: it has comments in it, or somebody wants it so.
fn inline(table: &mut InlineTable) {
    if table.to_string().trim().contains('\n') {
        return;
    }
    let is_empty = table.is_empty();
    in_braces(table);
    table.set_trailing(if is_empty { "" } else { " " });
    table.set_trailing_comma(false);
}

fn in_braces(table: &mut InlineTable) {
    for (mut key, one) in table.iter_mut() {
        plain(&mut key);
        match one {
            Value::InlineTable(inner) if inner.is_dotted() => in_braces(inner),
            one => {
                key.leaf_decor_mut().set_prefix(" ");
                key.leaf_decor_mut().set_suffix(" ");
                value(one);
                one.decor_mut().set_prefix(" ");
                one.decor_mut().set_suffix("");
            }
        }
    }
}

fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

/// Comments and empty lines above something: none stands in, and several empty lines are one.
fn lines(above: &str) -> String {
    let mut told = String::new();
    let mut is_apart = false;
    let mut all: Vec<&str> = above.split('\n').map(str::trim).collect();
    // What stands on the line of the thing itself.
    if all.last().is_some_and(|last| last.is_empty()) {
        all.pop();
    }
    for line in all {
        if line.is_empty() {
            is_apart = true;
        } else {
            let gap = if std::mem::take(&mut is_apart) { "\n" } else { "" };
            told.push_str(&format!("{gap}{line}\n"));
        }
    }
    if is_apart { told + "\n" } else { told }
}

/// A comment behind something.
fn behind(text: &str) -> String {
    let comment = text.trim();
    if comment.is_empty() { String::new() } else { format!(" {comment}") }
}

/// Comments in a list: one behind what stands before, the others on lines of their own.
fn in_list(text: &str) -> String {
    let mut lines = text.split('\n').map(str::trim);
    let first = behind(lines.next().unwrap_or_default());
    let others = lines.filter(|line| !line.is_empty());
    others.fold(first, |told, line| format!("{told}\n{INDENT}{line}"))
}
