//! The whole text of each section, as a clause of the agreement's own: nothing of a paper is lost.

use super::draft::Draft;
use super::privacy::unmarked;
use super::sections::{Section, Sections};
use crate::paper::{Block, BlockKind};
use crate::register::write::{Table, Value};
use crate::text;

/// Writes the sections as clauses in their order, and those of a memo as its parts.
pub(super) fn write(sections: &Sections<'_>, draft: &mut Draft) {
    let mut order: Vec<String> = Vec::new();
    for section in &sections.all {
        let Some(heading) = section.heading else { continue };
        if !is_kept(section) {
            continue;
        }
        let text = markdown(&section.blocks);
        match section.subject {
            Some(subject) if let Some(part) = memo_part(subject) => {
                // A part of which there are two has the text of both.
                let above = match draft.root.at(&["memo"]).get(part) {
                    Some(Value::Text(above)) => format!("{above}\n\n"),
                    _ => String::new(),
                };
                draft.set(&["memo", part], format!("{above}{text}"));
                draft.comment(&["memo", part], heading.place.to_string());
                continue;
            }
            // The other parts of a memo stand as comments.
            Some(subject) if subject.starts_with("memo-") => continue,
            _ => {}
        }
        let key = free_key(&order, section, heading);
        let mut clause = Table::default();
        clause.set("heading", heading.text.replace('\n', " "));
        clause.set("text", text);
        clause.comment("text", heading.place.to_string());
        draft.set(&["clause", &key], clause);
        order.push(key);
    }
    if order.len() > 1 {
        draft.set(&["clause_order"], Value::texts(order));
    }
}

/// Whether the whole text of a section stands in the file. Signatures are written anew from who signs.
pub(super) fn is_kept(section: &Section<'_>) -> bool {
    section.heading.is_some()
        && section.subject != Some("signatures")
        && section.blocks.iter().any(|block| !block.text.trim().is_empty())
}

/// The part of the memo that a section is.
fn memo_part(subject: &str) -> Option<&'static str> {
    match subject {
        "memo-matter" => Some("matter"),
        "memo-presentation" => Some("presentation"),
        "memo-preparation" => Some("preparation"),
        "memo-childs-best" => Some("childs_best"),
        "memo-economy" => Some("economy"),
        _ => None,
    }
}

fn free_key(taken: &[String], section: &Section<'_>, heading: &Block) -> String {
    let own = || {
        let slug = text::slug(&unmarked(&heading.text));
        let words: Vec<&str> = slug.split('-').take(5).collect();
        if slug.is_empty() { "avsnitt".to_owned() } else { words.join("-") }
    };
    let base = section.subject.map_or_else(own, str::to_owned);
    // A second section about the same is one of its own.
    let base = if taken.contains(&base) { own() } else { base };
    let mut key = base.clone();
    let mut number = 1;
    while taken.contains(&key) {
        number += 1;
        key = format!("{base}-{number}");
    }
    key
}

/// Blocks as Markdown.
pub(super) fn markdown(blocks: &[&Block]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last_table = None;
    let mut was_item = false;
    for block in blocks {
        let written = |text: &str| {
            let lines = text.lines().map(escaped);
            lines.collect::<Vec<_>>().join("\\\n")
        };
        let is_item = matches!(block.kind, BlockKind::ListItem { .. });
        let part = match &block.kind {
            BlockKind::Heading { .. } => format!("### {}", escaped(&block.text.replace('\n', " "))),
            BlockKind::ListItem { level } => {
                let indent = "  ".repeat(usize::from(level.saturating_sub(1).min(4)));
                let text = block.text.lines().map(escaped).collect::<Vec<_>>().join(" ");
                format!("{indent}- {text}")
            }
            BlockKind::TableRow { table, cells, .. } => {
                let cells: Vec<String> = cells
                    .iter()
                    .flat_map(|cell| {
                        let text = escaped(&cell.text.replace('\n', " "));
                        let empty =
                            usize::try_from(cell.columns.saturating_sub(1).min(20)).unwrap_or_default();
                        std::iter::once(text).chain(std::iter::repeat_n(String::new(), empty))
                    })
                    .collect();
                let row = format!("| {} |", cells.join(" | "));
                let is_new = last_table != Some(*table);
                last_table = Some(*table);
                let head = format!("{row}\n|{}", " --- |".repeat(cells.len()));
                if is_new {
                    head
                } else {
                    if let Some(above) = parts.last_mut() {
                        above.push('\n');
                        above.push_str(&row);
                    }
                    continue;
                }
            }
            _ => written(&block.text),
        };
        match parts.last_mut().filter(|_| is_item && was_item) {
            Some(above) => {
                above.push('\n');
                above.push_str(&part);
            }
            None => parts.push(part),
        }
        was_item = is_item;
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

/// A line of plain text as Markdown that reads the same: only marks that could mean something there are escaped.
pub(super) fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let letters = line.char_indices();
    let first = line.find(|letter: char| !letter.is_whitespace()).unwrap_or_default();
    for (at, letter) in letters {
        let means_something = match letter {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '|' | '&' | '~' | '^' | '$' => true,
            '#' | '>' | '+' | '-' | '=' | ':' => at == first,
            // "1. " and "1) " begin an item.
            '.' | ')' => {
                at > first
                    && line.get(first..at).is_some_and(|before| {
                        before.len() < 10 && before.bytes().all(|byte| byte.is_ascii_digit())
                    })
            }
            _ => false,
        };
        if means_something {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
