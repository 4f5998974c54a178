//! From Markdown to Typst code. Text stands only inside string literals.

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, parse_document};

use crate::documents::markdown;

/// A Typst string literal.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for letter in text.chars() {
        if letter == '"' || letter == '\\' {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal.push('"');
    literal
}

/// The code of a document's body: one expression a line.
pub(super) fn body(structured: &str) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, structured, &markdown::options(true));
    let mut code = String::with_capacity(structured.len() * 2);
    blocks(root, &mut code);
    code
}

fn blocks<'a>(parent: &'a AstNode<'a>, code: &mut String) {
    for node in parent.children() {
        block(node, code);
        code.push('\n');
    }
}

fn block<'a>(node: &'a AstNode<'a>, code: &mut String) {
    match &node.data().value {
        NodeValue::Paragraph => call("par", node, code),
        NodeValue::Heading(heading) => {
            code.push_str(&format!("heading(level: {}, {{", heading.level));
            inlines(node, code);
            code.push_str("})");
        }
        NodeValue::List(list) => {
            code.push_str(match list.list_type {
                ListType::Bullet => "list(",
                ListType::Ordered => "enum(",
            });
            if list.list_type == ListType::Ordered {
                code.push_str(&format!("start: {}, ", list.start));
            }
            for item in node.children() {
                code.push_str("{\n");
                item_body(item, list.tight, code);
                code.push_str("}, ");
            }
            code.push(')');
        }
        NodeValue::Table(properties) => table(node, &properties.alignments, code),
        NodeValue::BlockQuote => {
            code.push_str("quote(block: true, {\n");
            blocks(node, code);
            code.push_str("})");
        }
        NodeValue::CodeBlock(block) => {
            code.push_str(&format!("raw(block: true, {})", literal(block.literal.trim_end())));
        }
        NodeValue::ThematicBreak => code.push_str("line(length: 100%, stroke: 0.3pt)"),
        NodeValue::BlockDirective(directive) => directive_block(&directive.info, node, code),
        _ => blocks(node, code),
    }
}

fn table<'a>(node: &'a AstNode<'a>, alignments: &[TableAlignment], code: &mut String) {
    let columns = alignments.len().max(1);
    let is_small = height(node, columns) < MOST_KEPT;
    if is_small {
        code.push_str("kept(");
    }
    let sides: Vec<&str> = alignments.iter().map(|alignment| side(*alignment)).collect();
    code.push_str(&format!("table(columns: {columns}, align: ({},), ", sides.join(", ")));
    for row in node.children() {
        let is_header = matches!(row.data().value, NodeValue::TableRow(true));
        if is_header {
            code.push_str("table.header(");
        }
        for cell in row.children() {
            call("par", cell, code);
            code.push_str(", ");
        }
        if is_header {
            code.push_str("), ");
        }
    }
    code.push(')');
    if is_small {
        code.push(')');
    }
}

/// Tables up to this height, in lines of text, are not torn apart. A page has some fifty lines: what is kept whole
/// must always fit, since a block that is higher than its page loses its end without a word.
const MOST_KEPT: usize = 30;

/// So many letters fit beside each other in a table with one column, with room for wide fonts.
const LETTERS_IN_A_LINE: usize = 60;

/// At most so many lines a table fills: each column is at least as wide as its equal share, or as its text.
fn height<'a>(table: &'a AstNode<'a>, columns: usize) -> usize {
    let fits = (LETTERS_IN_A_LINE / columns).max(1);
    let lines = |cell: &'a AstNode<'a>| {
        let letters: usize = cell
            .descendants()
            .map(|node| match &node.data().value {
                NodeValue::Text(text) => text.chars().count(),
                NodeValue::Code(span) => span.literal.chars().count(),
                _ => 1,
            })
            .sum();
        letters.div_ceil(fits)
    };
    table.children().map(|row| 1 + row.children().map(lines).max().unwrap_or(0)).sum()
}

/// The parts of a page that Markdown has no words for. Each is a function of the layout.
fn directive_block<'a>(name: &str, node: &'a AstNode<'a>, code: &mut String) {
    match name.trim() {
        name @ ("mark" | "subtitle" | "signatures") => {
            code.push_str(&format!("{name}({{\n"));
            blocks(node, code);
            code.push_str("})");
        }
        name @ ("head" | "signature") => {
            code.push_str(&format!("{name}("));
            for part in node.children() {
                block(part, code);
                code.push_str(", ");
            }
            code.push(')');
        }
        _ => {
            code.push_str("{\n");
            blocks(node, code);
            code.push('}');
        }
    }
}

fn item_body<'a>(item: &'a AstNode<'a>, is_tight: bool, code: &mut String) {
    for child in item.children() {
        if is_tight && matches!(child.data().value, NodeValue::Paragraph) {
            inlines(child, code);
        } else {
            block(child, code);
        }
        code.push('\n');
    }
}

fn side(alignment: TableAlignment) -> &'static str {
    match alignment {
        TableAlignment::Right => "right",
        TableAlignment::Center => "center",
        TableAlignment::Left | TableAlignment::None => "left",
    }
}

fn call<'a>(function: &str, node: &'a AstNode<'a>, code: &mut String) {
    code.push_str(function);
    code.push_str("({\n");
    inlines(node, code);
    code.push_str("})");
}

fn inlines<'a>(parent: &'a AstNode<'a>, code: &mut String) {
    for node in parent.children() {
        inline(node, code);
        code.push('\n');
    }
}

fn inline<'a>(node: &'a AstNode<'a>, code: &mut String) {
    match &node.data().value {
        NodeValue::Text(text) => code.push_str(&literal(text)),
        NodeValue::SoftBreak => code.push_str("\" \""),
        NodeValue::LineBreak => code.push_str("linebreak()"),
        NodeValue::Code(span) => code.push_str(&format!("raw({})", literal(&span.literal))),
        NodeValue::Strong => call("strong", node, code),
        NodeValue::Emph => call("emph", node, code),
        NodeValue::Link(target) => {
            code.push_str(&format!("link({}, {{\n", literal(&target.url)));
            inlines(node, code);
            code.push_str("})");
        }
        _ => {
            code.push_str("{\n");
            inlines(node, code);
            code.push('}');
        }
    }
}
