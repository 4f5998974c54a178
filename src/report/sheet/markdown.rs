//! Sheets in Markdown.

use super::{Missing, Sheet, incomplete};

pub(super) fn write(sheets: &[Sheet], missing: &[Missing]) -> String {
    let mut parts = Vec::new();
    if !missing.is_empty() {
        let mut text = format!("**{}**\n\n", incomplete(missing));
        for one in missing {
            text.push_str(&format!("- {}\n", escaped(&one.told())));
        }
        parts.push(text);
    }
    parts.extend(sheets.iter().filter(|sheet| !sheet.is_blank()).map(one));
    parts.join("\n")
}

fn one(sheet: &Sheet) -> String {
    let mut text = String::new();
    if !sheet.heading.is_empty() {
        text.push_str(&format!("## {}\n\n", escaped(&sheet.heading)));
    }
    let shown = sheet.shown();
    if !shown.is_empty() {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        text.push_str(&line(shown.iter().map(|column| column.head.title.to_owned()).collect()));
        text.push_str(&line(
            shown.iter().map(|column| if column.is_numeric { "---:" } else { "---" }.to_owned()).collect(),
        ));
        for row in &sheet.rows {
            let cells = shown.iter().filter_map(|column| row.cells.get(column.index));
            let cell = |cell: &super::Cell| match (row.is_sum, escaped(&cell.read())) {
                (true, text) if !text.is_empty() => format!("**{text}**"),
                (_, text) => text,
            };
            text.push_str(&line(cells.map(cell).collect()));
        }
    }
    if !sheet.notes.is_empty() {
        text.push('\n');
    }
    for note in &sheet.notes {
        text.push_str(&format!("- {}\n", escaped(note)));
    }
    text
}

/// Text from the files is data: nothing in it is Markdown or HTML here.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '&' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_files_cannot_break_the_table() {
        assert_eq!(escaped("a|b\n<b>*c*"), "a\\|b \\<b\\>\\*c\\*");
    }
}
