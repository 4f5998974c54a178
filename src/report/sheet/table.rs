//! A sheet for the terminal.

use comfy_table::{Cell as TableCell, CellAlignment, ContentArrangement, Table, presets};

use super::Sheet;

/// Heading, table and notes. No line is broken: a terminal can be made wider, and `less -S` shows the rest.
pub(super) fn write(sheet: &Sheet) -> String {
    let mut text = String::new();
    if !sheet.heading.is_empty() {
        text.push_str(&format!("{}\n\n", one_line(&sheet.heading)));
    }
    let shown = sheet.shown_columns();
    if !shown.is_empty() {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let align = |index: usize| {
            if sheet.is_numeric(index) { CellAlignment::Right } else { CellAlignment::Left }
        };
        let titles = shown.iter().filter_map(|index| {
            let title = sheet.columns.get(*index)?.title;
            Some(TableCell::new(title).set_alignment(align(*index)))
        });
        table.set_header(titles);
        let mut was_sum = true;
        for row in &sheet.rows {
            // Sums stand apart from what they sum up.
            if row.is_sum && !was_sum {
                table.add_row([""]);
            }
            was_sum = row.is_sum;
            table.add_row(shown.iter().filter_map(|index| {
                Some(TableCell::new(one_line(&row.cells.get(*index)?.shown())).set_alignment(align(*index)))
            }));
        }
        for line in table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    if !sheet.notes.is_empty() {
        text.push('\n');
    }
    for note in &sheet.notes {
        text.push_str(&format!("  {}\n", one_line(note)));
    }
    text
}

/// Text from the files may hold line breaks, which a table does not.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}
