//! A sheet in Markdown.

use super::Sheet;

pub(super) fn write(sheet: &Sheet) -> String {
    let mut text = String::new();
    if !sheet.heading.is_empty() {
        text.push_str(&format!("## {}\n\n", escaped(&sheet.heading)));
    }
    let shown = sheet.shown_columns();
    if !shown.is_empty() {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let titles = shown.iter().filter_map(|index| sheet.columns.get(*index));
        text.push_str(&line(titles.map(|column| column.title.to_owned()).collect()));
        let rule = |index: &usize| if sheet.is_numeric(*index) { "---:" } else { "---" }.to_owned();
        text.push_str(&line(shown.iter().map(rule).collect()));
        for row in &sheet.rows {
            let cells = shown.iter().filter_map(|index| row.cells.get(*index));
            let cell = |cell: &super::Cell| match (row.is_sum, escaped(&cell.shown())) {
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
