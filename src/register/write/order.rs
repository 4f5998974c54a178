//! The order of a file's tables: those of a kind stand together where the first of them stands, each with its own tables after it.

use toml_edit::{DocumentMut, Item, Table};

/// A table that has a heading in the file.
struct Headed {
    position: isize,
    /// What stands above its heading: comments and empty lines.
    above: String,
}

/// Puts the tables in order. A comment right above a heading goes with it; one with an empty line below stays where it is, for
/// it heads all that comes after it.
pub(super) fn gather(document: &mut DocumentMut) {
    let mut tables: Vec<Headed> = Vec::new();
    walk(document.as_table_mut(), &mut |table| {
        let position = table.position().or(tables.last().map(|last| last.position)).unwrap_or_default();
        let above = table.decor().prefix().and_then(|text| text.as_str()).unwrap_or_default().to_owned();
        tables.push(Headed { position, above });
    });
    let mut as_written: Vec<usize> = (0..tables.len()).collect();
    as_written.sort_by_key(|at| tables.get(*at).map(|table| table.position));
    if as_written.is_sorted() {
        return;
    }
    let mut waiting = String::new();
    let mut furthest = 0;
    for (number, at) in as_written.into_iter().enumerate() {
        let Some(table) = tables.get_mut(at) else { continue };
        let is_moved = at < furthest;
        furthest = furthest.max(at);
        if is_moved {
            let (stays, goes) = parted(&table.above);
            waiting.push_str(stays);
            table.above = goes.to_owned();
        } else if !waiting.is_empty() {
            table.above = format!("{}{}", std::mem::take(&mut waiting), table.above);
        }
        // What heads the file stays first in it.
        if number == 0 && at != 0 {
            let (stays, goes) = parted(&table.above);
            let (stays, goes) = (stays.to_owned(), goes.to_owned());
            table.above = goes;
            if let Some(first) = tables.first_mut() {
                first.above.insert_str(0, &stays);
            }
        }
    }
    if !waiting.is_empty() {
        let trailing = document.trailing().as_str().unwrap_or_default();
        document.set_trailing(format!("{waiting}{trailing}"));
    }
    let mut above = tables.into_iter().map(|table| table.above);
    let mut position = 0;
    walk(document.as_table_mut(), &mut |table| {
        table.set_position(Some(position));
        position += 1;
        table.decor_mut().set_prefix(above.next().unwrap_or_default());
    });
}

/// What stands above a heading, in two: what an empty line parts from it, and what stands right above it.
fn parted(above: &str) -> (&str, &str) {
    let mut goes = above.len();
    for line in above.split_inclusive('\n').rev() {
        let is_empty = line.ends_with('\n') && line.trim().is_empty();
        if is_empty && above.get(..goes).is_some_and(|stays| stays.contains('#')) {
            return above.split_at(goes);
        }
        goes -= line.len();
    }
    ("", above)
}

/// Goes through the tables with headings, each before those in it.
fn walk(table: &mut Table, visit: &mut impl FnMut(&mut Table)) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => {
                if is_headed(inner) {
                    visit(inner);
                }
                walk(inner, visit);
            }
            Item::ArrayOfTables(inner) => {
                for one in inner.iter_mut() {
                    visit(one);
                    walk(one, visit);
                }
            }
            _ => {}
        }
    }
}

fn is_headed(table: &Table) -> bool {
    !table.is_dotted() && (!table.is_implicit() || !table.get_values().is_empty())
}
