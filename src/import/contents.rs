//! A table of contents that the file does not mark: its lines are no text of the paper, and what they name are its headings.

use std::collections::BTreeSet;

use crate::language::headings;
use crate::paper::{Block, BlockKind};

/// The longest line of a table of contents.
const LONGEST: usize = 120;

/// Marks the lines below "Innehåll" as what they are, and what they name further down as headings.
pub(super) fn settle(blocks: &mut [Block]) {
    let is_contents =
        |block: &Block| block.text.chars().count() < 40 && headings::subject(&block.text) == Some("contents");
    let Some(start) = blocks.iter().position(is_contents) else { return };
    let mut entries: BTreeSet<String> = BTreeSet::new();
    let mut end = start + 1;
    while let Some(block) = blocks.get(end) {
        let (name, has_page) = entry(&block.text);
        let is_toc = matches!(block.kind, BlockKind::Toc);
        let returns = || blocks.iter().skip(end + 1).any(|later| entry(&later.text).0 == name);
        let is_entry =
            block.text.chars().count() <= LONGEST && !entries.contains(&name) && (has_page || returns());
        if !is_toc && !is_entry && !has_page {
            break;
        }
        entries.insert(name);
        end += 1;
    }
    if end == start + 1 {
        return;
    }
    for block in blocks.iter_mut().take(end).skip(start) {
        block.kind = BlockKind::Toc;
    }
    let level = blocks.iter().skip(end).find_map(|block| match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    });
    for block in blocks.iter_mut().skip(end) {
        let is_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. });
        if is_line && entries.remove(&entry(&block.text).0) {
            block.kind = BlockKind::Heading { level: level.unwrap_or(6), guessed: true };
        }
    }
}

/// What a line of contents names, and whether it ends with a page.
fn entry(text: &str) -> (String, bool) {
    let text = text.trim();
    let name = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let has_page = name.len() < text.len() && name.ends_with(['.', ' ', '\t', '…', '_', '-']);
    let name = if has_page { name } else { text };
    let name = name.trim_matches(|letter: char| !letter.is_alphabetic());
    (name.to_lowercase(), has_page)
}
