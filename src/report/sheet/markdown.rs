//! Sheets in Markdown.

use std::fmt::{self, Write};

use super::{Missing, Sheet, incomplete};
use crate::text::visible;

pub(super) fn write(out: &mut dyn Write, sheets: &[Sheet], missing: &[Missing]) -> fmt::Result {
    let mut is_first = true;
    if !missing.is_empty() {
        is_first = false;
        writeln!(out, "**{}**\n", incomplete(missing))?;
        for one in missing {
            writeln!(out, "- {}", escaped(&one.told()))?;
        }
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.is_blank()) {
        if !std::mem::take(&mut is_first) {
            out.write_char('\n')?;
        }
        one(out, sheet)?;
    }
    Ok(())
}

fn one(out: &mut dyn Write, sheet: &Sheet) -> fmt::Result {
    if !sheet.heading.is_empty() {
        writeln!(out, "## {}\n", escaped(&sheet.heading))?;
    }
    let shown = sheet.shown();
    if !shown.is_empty() {
        let mut line = |cells: Vec<String>| writeln!(out, "| {} |", cells.join(" | "));
        line(shown.iter().map(|column| column.head.title.to_string()).collect())?;
        line(shown.iter().map(|column| if column.is_numeric { "---:" } else { "---" }.to_owned()).collect())?;
        for row in &sheet.rows {
            let cells = shown.iter().filter_map(|column| row.cells.get(column.index));
            let cell = |cell: &super::Cell| match (row.is_sum, escaped(&cell.read())) {
                (true, text) if !text.is_empty() => format!("**{text}**"),
                (_, text) => text,
            };
            line(cells.map(cell).collect())?;
        }
    }
    if !sheet.notes.is_empty() {
        out.write_char('\n')?;
    }
    for note in &sheet.notes {
        writeln!(out, "- {}", escaped(note))?;
    }
    Ok(())
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
