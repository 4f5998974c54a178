//! Tables, where the place of the words shows them.

use super::super::marker;
use super::super::table::{RawCell, RawRow};
use super::lines::{Row, Segment, join};

/// A part of a page.
pub(super) enum Zone {
    Lines(Vec<Segment>),
    Table(Vec<RawRow>),
}

/// Parts rows into running text and tables.
pub(super) fn zones(rows: Vec<Row>, rules: &[(f64, f64, f64)]) -> Vec<Zone> {
    let rows: Vec<Row> = rows.into_iter().map(with_markers).collect();
    let mut zones = Vec::new();
    let mut lines: Vec<Segment> = Vec::new();
    let mut rest = rows.into_iter().peekable();
    while let Some(row) = rest.next() {
        if row.len() < 2 {
            lines.extend(row);
            continue;
        }
        let mut table = vec![row];
        while let Some(next) = rest.peek() {
            if !goes_on(&table, next, rules) {
                break;
            }
            table.extend(rest.next());
        }
        // Lines at the end with a single text are the text below the table.
        if table.iter().filter(|row| row.len() > 1).count() < 2 {
            lines.extend(table.into_iter().map(one));
            continue;
        }
        if !lines.is_empty() {
            zones.push(Zone::Lines(std::mem::take(&mut lines)));
        }
        zones.push(Zone::Table(cells(&table, rules)));
    }
    if !lines.is_empty() {
        zones.push(Zone::Lines(lines));
    }
    zones
}

/// A row in which the sign or number of an item stands with its words.
fn with_markers(row: Row) -> Row {
    let mut segments = row.into_iter();
    let Some(mut first) = segments.next() else { return Row::new() };
    let mut rest: Row = segments.collect();
    let is_marker = first.text.chars().count() <= 7
        && (marker::of_item(&format!("{} x", first.text)).is_some()
            || marker::of_heading(&format!("{} X", first.text)).is_some());
    if is_marker && !rest.is_empty() {
        let next = rest.remove(0);
        first.text = format!("{} {}", first.text, next.text);
        first.right = next.right;
        first.bold = next.bold;
    }
    rest.insert(0, first);
    rest
}

/// Whether a row belongs to a table above it.
fn goes_on(table: &[Row], row: &Row, rules: &[(f64, f64, f64)]) -> bool {
    let (Some(last), Some(first)) = (table.last().and_then(|row| row.first()), row.first()) else {
        return false;
    };
    let gap = first.y - last.y;
    if gap > 4.0 * first.size.max(last.size) {
        return false;
    }
    if row.len() > 1 {
        return true;
    }
    // A cell of several lines: it stands in one column, and not on the left of them all unless lines are drawn around it.
    let columns = columns(table);
    let inside =
        columns.iter().position(|(left, right)| first.left >= left - 2.0 && first.right <= right + 2.0);
    let is_ruled = || {
        let below = rules.iter().any(|(y, left, right)| {
            *y > first.y
                && *y < first.y + 3.0 * first.size
                && *left <= first.left + 2.0
                && *right >= first.right
        });
        let above = rules.iter().any(|(y, left, right)| {
            *y < first.y
                && *left <= first.left + 2.0
                && *right >= first.right
                && *y > table.first().and_then(|row| row.first()).map_or(0.0, |first| first.y)
        });
        below && above
    };
    match inside {
        Some(0) => gap < 1.5 * first.size && is_ruled(),
        Some(_) => gap < 1.6 * first.size,
        None => false,
    }
}

/// Where the columns of a table begin and end.
fn columns(table: &[Row]) -> Vec<(f64, f64)> {
    let mut places: Vec<(f64, f64)> = table
        .iter()
        .filter(|row| row.len() > 1)
        .flatten()
        .map(|segment| (segment.left, segment.right))
        .collect();
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (left, right) in places {
        match columns.last_mut() {
            Some(last) if left < last.1 => last.1 = last.1.max(right),
            _ => columns.push((left, right)),
        }
    }
    columns
}

fn cells(table: &[Row], rules: &[(f64, f64, f64)]) -> Vec<RawRow> {
    let columns = columns(table);
    let mut gaps: Vec<f64> = table
        .windows(2)
        .filter_map(|pair| Some(pair.get(1)?.first()?.y - pair.first()?.first()?.y))
        .collect();
    gaps.sort_by(f64::total_cmp);
    let closest = gaps.first().copied().unwrap_or_default();
    let top = table.first().and_then(|row| row.first()).map_or(0.0, |first| first.y);
    let bottom = table.last().and_then(|row| row.first()).map_or(0.0, |first| first.y);
    let is_ruled = rules.iter().any(|(y, _, _)| *y > top && *y < bottom);
    let mut rows: Vec<RawRow> = Vec::new();
    let mut above = f64::MIN;
    for row in table {
        let Some(first) = row.first() else { continue };
        let is_parted = rules
            .iter()
            .any(|(y, left, right)| *y > above && *y < first.y && *left < first.right && *right > first.left);
        let is_new = rows.is_empty()
            || if is_ruled {
                is_parted
            } else {
                first.y - above > closest * 1.25
                    || columns.first().is_some_and(|(_, right)| first.left < *right)
            };
        above = first.y;
        if is_new {
            let cells =
                columns.iter().map(|_| RawCell { columns: 1, rows: 1, heads: true, ..RawCell::default() });
            rows.push(RawRow { cells: cells.collect(), ..RawRow::default() });
        }
        let Some(current) = rows.last_mut() else { continue };
        for segment in row {
            let column = columns
                .iter()
                .position(|(_, right)| segment.left < *right)
                .unwrap_or(columns.len().saturating_sub(1));
            if let Some(cell) = current.cells.get_mut(column) {
                join(&mut cell.text, &segment.text);
                cell.heads &= segment.bold;
            }
        }
    }
    rows
}

/// A row as one text.
fn one(row: Row) -> Segment {
    let mut segments = row.into_iter();
    let mut whole = segments.next().unwrap_or(Segment {
        text: String::new(),
        left: 0.0,
        right: 0.0,
        y: 0.0,
        size: 0.0,
        bold: false,
    });
    for segment in segments {
        whole.text.push(' ');
        whole.text.push_str(&segment.text);
        whole.right = segment.right;
        whole.bold &= segment.bold;
    }
    whole
}
