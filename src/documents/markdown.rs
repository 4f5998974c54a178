//! Markdown in and out: plain text made safe, clause texts set under their heading, the finished document tidied.

use std::borrow::Cow;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_commonmark, parse_document};

use super::blanks;
use crate::typography::keep_together;

/// Makes plain text stand as it is in Markdown, on one line. The private characters that mark blanks cannot come
/// from a data file.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if matches!(letter, ' ' | '\t' | '\n' | '\r') {
            if !escaped.ends_with(' ') {
                escaped.push(' ');
            }
            continue;
        }
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(plain(letter));
    }
    escaped
}

fn plain(letter: char) -> char {
    if letter == blanks::OPEN || letter == blanks::CLOSE { char::REPLACEMENT_CHARACTER } else { letter }
}

/// A clause text of the agreement's own, with its headings `levels` deeper, so that they stand below the section
/// that they belong to.
pub(super) fn body(text: &str, levels: u8) -> String {
    let text: String = text.chars().map(plain).collect();
    rewrite(&text, levels)
}

/// The finished document in one canonical form.
pub(super) fn tidy(text: &str) -> String {
    rewrite(text, 0)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options
}

/// Parses and writes Markdown, one line a paragraph. HTML becomes the text that it is, and numbers stay with their
/// units.
fn rewrite(text: &str, levels: u8) -> String {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    for node in root.descendants() {
        let mut data = node.data_mut();
        match &mut data.value {
            NodeValue::Heading(heading) => heading.level = heading.level.saturating_add(levels).min(6),
            NodeValue::SoftBreak => data.value = NodeValue::Text(Cow::Borrowed(" ")),
            NodeValue::Text(text) => *text = Cow::Owned(keep_together(text)),
            NodeValue::HtmlInline(html) => {
                let html = std::mem::take(html);
                data.value = NodeValue::Text(Cow::Owned(html));
            }
            NodeValue::HtmlBlock(html) => {
                let html = std::mem::take(&mut html.literal);
                data.value = NodeValue::Paragraph;
                drop(data);
                let html = html.split_whitespace().collect::<Vec<_>>().join(" ");
                node.append(arena.alloc(NodeValue::Text(Cow::Owned(html)).into()));
            }
            _ => {}
        }
    }
    let mut output = String::new();
    // Writing to a string cannot fail.
    _ = format_commonmark(root, &options, &mut output);
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stands_as_it_is() {
        for hostile in
            ["# rubrik", "1. punkt", "*fet* _kursiv_", "<b>x</b> & |", "[a](http://b)", "- punkt", "`kod`"]
        {
            let arena = Arena::new();
            let escaped = escape(hostile);
            let root = parse_document(&arena, &escaped, &options());
            let mut text = String::new();
            for node in root.descendants() {
                match &node.data().value {
                    NodeValue::Text(part) => text.push_str(part),
                    NodeValue::Document | NodeValue::Paragraph => {}
                    other => panic!("{hostile}: {other:?}"),
                }
            }
            assert_eq!(text, hostile);
        }
    }

    #[test]
    fn headings_stand_below_their_section_and_html_is_text() {
        let shown = body("# Rubrik\n\nText enligt § 16 <script>alert(1)</script>\n\n<div>x</div>\n", 2);
        assert_eq!(
            shown,
            "### Rubrik\n\nText enligt §\u{a0}16 \\<script\\>alert(1)\\</script\\>\n\n\\<div\\>x\\</div\\>\n"
        );
    }

    #[test]
    fn a_data_file_cannot_forge_a_blank() {
        assert!(!escape("\u{E000}0\u{E001}").contains(blanks::OPEN));
        assert!(!body("\u{E000}0\u{E001}", 0).contains(blanks::OPEN));
    }
}
