//! Adding an event to a file's text, with all comments and the layout of what stands there kept.

pub use toml_edit::Value;
use toml_edit::{DocumentMut, InlineTable, Item, Table};

use crate::money::Money;

/// A new entry in a table of a file: `[table.key]`, or changes to one that stands there.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The table, such as `report`.
    pub table: &'static str,
    /// Its key there.
    pub key: String,
    /// Its values in order.
    pub values: Vec<(&'static str, Value)>,
}

/// Why a text cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is no TOML.
    #[error("filen är inte giltig TOML")]
    NotToml,
    /// The table is written in a way that cannot be added to, such as on one line.
    #[error("tabellen ”{0}” är skriven på ett sätt som inte går att lägga till i")]
    NotATable(String),
}

/// A date as TOML has it.
#[must_use]
pub fn date(date: chrono::NaiveDate) -> Value {
    // Every date of the calendar that a file can hold is one of TOML's; another one becomes text, which reads the same.
    date.to_string().parse::<toml_edit::Datetime>().map_or_else(|_| date.to_string().into(), Value::from)
}

/// An amount as TOML has it: whole kronor as a number, others as text.
#[must_use]
pub fn amount(amount: Money) -> Value {
    let plain = amount.plain();
    super::write::grouped(&plain)
        .parse()
        .ok()
        .filter(Value::is_integer)
        .unwrap_or_else(|| plain.replace('.', ",").into())
}

/// A period as TOML has it, on one line.
#[must_use]
pub fn period(period: crate::date::Period) -> Value {
    let mut table = InlineTable::new();
    table.insert("start", date(period.start));
    table.insert("end", date(period.end));
    Value::InlineTable(table)
}

/// A key that no entry of `table` has: `key`, or `key-2` and so on.
#[must_use]
pub fn free_key(text: &str, table: &str, key: &str) -> String {
    let document: DocumentMut = text.parse().unwrap_or_default();
    let taken = |key: &str| document.get(table).and_then(|table| table.get(key)).is_some();
    let mut free = key.to_owned();
    let mut number = 1;
    while taken(&free) {
        number += 1;
        free = format!("{key}-{number}");
    }
    free
}

/// The text, which is plain as `line_ends` has it, with the entry in it.
pub fn with(text: &str, entry: &Entry) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse().map_err(|_| EditError::NotToml)?;
    // A file without entries is all comment, and stays above what is added.
    if document.is_empty() {
        document.set_trailing("");
        document.decor_mut().clear();
        let added = document_with(document, entry)?;
        let comment = text.trim_end();
        return Ok(if comment.is_empty() {
            added.trim_start().to_owned()
        } else {
            format!("{comment}\n{added}")
        });
    }
    document_with(document, entry)
}

/// The text with the tables of another one in it, each after those of its kind.
pub fn with_tables(text: &str, added: &str) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse().map_err(|_| EditError::NotToml)?;
    let added: DocumentMut = added.parse().map_err(|_| EditError::NotToml)?;
    add(document.as_table_mut(), added.into_table(), "")?;
    Ok(document.to_string())
}

fn add(to: &mut Table, added: Table, path: &str) -> Result<(), EditError> {
    for (key, mut item) in added {
        if let Some(Item::Table(there)) = to.get_mut(&key)
            && item.is_table()
            && let Ok(inner) = std::mem::take(&mut item).into_table()
        {
            add(there, inner, &key)?;
        } else if to.contains_key(&key) {
            return Err(EditError::NotATable([path, &key].join(".")));
        } else {
            placed_after(&mut item);
            to.insert(&key, item);
        }
    }
    Ok(())
}

/// Where a table has no place of its own, it stands after those beside it.
fn placed_after(item: &mut Item) {
    if let Some(table) = item.as_table_mut() {
        table.set_position(None);
        table.iter_mut().for_each(|(_, inner)| placed_after(inner));
    }
}

fn document_with(mut document: DocumentMut, entry: &Entry) -> Result<String, EditError> {
    let parent = document.entry(entry.table).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let Some(parent) = parent.as_table_mut() else {
        return Err(EditError::NotATable(entry.table.to_owned()));
    };
    let child = parent.entry(&entry.key).or_insert_with(|| {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        Item::Table(table)
    });
    let Some(child) = child.as_table_like_mut() else {
        return Err(EditError::NotATable(format!("{}.{}", entry.table, entry.key)));
    };
    for (key, value) in &entry.values {
        // A value that stands there keeps the comment behind it.
        match child.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = value.clone();
                *old.decor_mut() = decor;
            }
            None => _ = child.insert(key, Item::Value(value.clone())),
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "#:schema ../schema/records.v1.json\n# Vad som har hänt.\n\n[report.ar-2021]  # den första\nduty = \"ar\"\n\
                        date = 2022-01-31   # kom i tid\n\n\n[waiver.x]\ncode = \"IOP201\"\n# slut\n";

    fn entry(table: &'static str, key: &str, values: Vec<(&'static str, Value)>) -> Entry {
        Entry { table, key: key.to_owned(), values }
    }

    #[test]
    fn an_entry_is_added_and_nothing_else_changes() {
        let day = date("2023-01-30".parse().unwrap());
        let changed =
            with(FILE, &entry("report", "ar-2022", vec![("duty", "ar".into()), ("date", day)])).unwrap();
        for line in FILE.lines() {
            assert!(changed.contains(line), "{line} is gone from\n{changed}");
        }
        assert!(changed.contains("\n[report.ar-2022]\nduty = \"ar\"\ndate = 2023-01-30\n"), "{changed}");
        let first = with("", &entry("done", "a", vec![("kind", "review".into())])).unwrap();
        assert_eq!(first, "[done.a]\nkind = \"review\"\n");
        let header = with("#:schema x\n", &entry("done", "a", vec![("kind", "review".into())])).unwrap();
        assert_eq!(header, "#:schema x\n\n[done.a]\nkind = \"review\"\n");
        assert_eq!(free_key(FILE, "report", "ar-2021"), "ar-2021-2");
        assert_eq!(free_key(FILE, "report", "ar-2022"), "ar-2022");
    }

    #[test]
    fn a_value_that_stands_there_keeps_its_comment() {
        let day = date("2022-02-01".parse().unwrap());
        let changed = with(FILE, &entry("report", "ar-2021", vec![("date", day)])).unwrap();
        assert!(changed.contains("date = 2022-02-01   # kom i tid"), "{changed}");
        assert_eq!(changed.replace("2022-02-01", "2022-01-31"), FILE);
    }

    #[test]
    fn strange_files_are_refused() {
        assert_eq!(with("x = [", &entry("done", "a", Vec::new())), Err(EditError::NotToml));
        assert!(matches!(with("done = 1", &entry("done", "a", Vec::new())), Err(EditError::NotATable(_))));
    }
}
