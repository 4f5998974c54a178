//! Sheets in Markdown.

use super::{Missing, Sheet, incomplete};
use crate::text::visible;

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

/// Text from the files is data: nothing in it is Markdown or HTML here, and it stands on one line.
fn escaped(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let text = visible(text.trim());
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_mark = match letter {
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '&' | '~' | '#' | '$' => true,
            // A list, in front of all else.
            '-' | '+' | '=' => escaped.is_empty(),
            '.' | ')' => !escaped.is_empty() && escaped.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(letter);
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

    #[test]
    fn text_from_files_is_read_as_it_stands_wherever_it_is_put() {
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.strikethrough = true;
        options.extension.math_dollars = true;
        for text in [
            "# a",
            "- a",
            "+ a",
            "1. a",
            "12) a",
            "=== a",
            "--- a",
            "~~a~~",
            "$a$",
            "a #",
            "   x",
            "> a",
            "![a](b)",
            "a | b",
            "<b>a</b>",
            "&amp;",
            "`a`",
            "[^1]",
            "1.5",
            "2024-01-01",
        ] {
            for markdown in [
                format!("- {}\n", escaped(text)),
                format!("## {}\n", escaped(text)),
                format!("| x | y |\n| --- | --- |\n| {} | z |\n", escaped(text)),
            ] {
                let arena = comrak::Arena::new();
                let root = comrak::parse_document(&arena, &markdown, &options);
                let mut read = String::new();
                for node in root.descendants() {
                    if let comrak::nodes::NodeValue::Text(part) = &node.data().value {
                        read.push_str(part);
                    }
                }
                assert!(
                    read.trim_start_matches("xy").trim_end_matches('z') == text.trim(),
                    "{markdown}: {read}"
                );
            }
        }
        assert_eq!(escaped("\u{1b}[31m\u{9b}"), "␛\\[31m\u{FFFD}");
    }
}
