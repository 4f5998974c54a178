//! Markdown.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::gather::{Found, Gather};
use super::look::Look;
use super::table::{self, RawCell, RawRow};
use super::{BlockKind, Fault};

/// The longest text: quotes and lists inside each other take time for each line.
const LONGEST: usize = 5_000_000;
/// The deepest list that is told apart.
const DEEPEST_LIST: u8 = 20;

pub(super) fn read(text: &str, gather: &mut Gather) -> Result<(), Fault> {
    if text.len() > LONGEST {
        return Err(Fault::too_long("fem miljoner tecken"));
    }
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    // A note that nothing refers to must not vanish.
    options.parse.leave_footnote_definitions = true;
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    let mut lists: Vec<Option<usize>> = Vec::new();
    let mut rows: Vec<RawRow> = Vec::new();
    let mut begins_item = false;
    let mut open_note = None;
    for edge in root.traverse() {
        let (node, is_start) = match edge {
            NodeEdge::Start(node) => (node, true),
            NodeEdge::End(node) => (node, false),
        };
        let data = node.data();
        if is_start {
            gather.line(data.sourcepos.start.line.max(1));
        }
        match (&data.value, is_start) {
            (NodeValue::List(list), true) => {
                lists.push((list.list_type == ListType::Ordered).then_some(list.start));
            }
            (NodeValue::List(_), false) => {
                lists.pop();
            }
            (NodeValue::Item(_) | NodeValue::TaskItem(_), true) => begins_item = true,
            (NodeValue::FootnoteDefinition(defined), true) => open_note = Some(defined.name.clone()),
            (NodeValue::FootnoteDefinition(_), false) => open_note = None,
            (NodeValue::Heading(heading), true) => gather.heading(heading.level, false, words(node))?,
            (NodeValue::Paragraph, true) => {
                let found = words(node);
                if open_note.is_some() {
                    gather.add(BlockKind::Footnote, Found { marker: open_note.clone(), ..found })?;
                } else if lists.is_empty() {
                    gather.paragraph(found)?;
                } else {
                    let marker = std::mem::take(&mut begins_item).then(|| match lists.last_mut() {
                        Some(Some(number)) => {
                            let marker = format!("{number}.");
                            *number = number.saturating_add(1);
                            marker
                        }
                        _ => "•".to_owned(),
                    });
                    let level = u8::try_from(lists.len()).unwrap_or(DEEPEST_LIST).min(DEEPEST_LIST);
                    gather.add(BlockKind::ListItem { level }, Found { marker, ..found })?;
                }
            }
            (NodeValue::TableRow(header), true) => rows.push(RawRow { header: *header, ..RawRow::default() }),
            (NodeValue::TableCell, true) => {
                if let Some(row) = rows.last_mut() {
                    row.cells.push(RawCell {
                        text: words(node).text,
                        columns: 1,
                        rows: 1,
                        ..RawCell::default()
                    });
                }
            }
            (NodeValue::Table(_), false) => {
                // Empty heads are what Markdown demands of a table without any.
                rows.retain(|row| row.cells.iter().any(|cell| !cell.text.trim().is_empty()));
                table::add(std::mem::take(&mut rows), gather)?;
            }
            (NodeValue::CodeBlock(code), true) => {
                gather.paragraph(Found { text: code.literal.clone(), ..Found::default() })?;
            }
            (NodeValue::HtmlBlock(html), true) if !html.literal.trim_start().starts_with("<!--") => {
                super::html::read(&html.literal, gather)?;
            }
            (NodeValue::FrontMatter(text), true) => {
                gather.paragraph(Found {
                    text: text.trim_matches(['-', '\n']).to_owned(),
                    ..Found::default()
                })?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The words of a block without what marks them, and how they look.
fn words<'a>(node: &'a AstNode<'a>) -> Found {
    let mut text = String::new();
    let (mut letters, mut bold, mut is_bold) = (0, 0, 0_usize);
    for edge in node.traverse() {
        let (inner, is_start) = match edge {
            NodeEdge::Start(inner) => (inner, true),
            NodeEdge::End(inner) => (inner, false),
        };
        match (&inner.data().value, is_start) {
            (NodeValue::Strong, true) => is_bold += 1,
            (NodeValue::Strong, false) => is_bold = is_bold.saturating_sub(1),
            (NodeValue::Text(part), true) => {
                let count = part.chars().filter(|letter| letter.is_alphanumeric()).count();
                letters += count;
                bold += if is_bold > 0 { count } else { 0 };
                text.push_str(part);
            }
            (NodeValue::Code(code), true) => text.push_str(&code.literal),
            (NodeValue::SoftBreak, true) => text.push(' '),
            (NodeValue::LineBreak, true) => text.push('\n'),
            (NodeValue::HtmlInline(html), true) if html.to_lowercase().starts_with("<br") => text.push('\n'),
            _ => {}
        }
    }
    let look = Look { bold: letters > 0 && bold == letters, ..Look::default() };
    Found { text, look, ..Found::default() }
}
