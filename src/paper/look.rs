//! Headings that only their look tells.

use std::collections::BTreeMap;

use super::{Block, BlockKind, marker};

/// How a block looks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// The size of its letters in tenths of a point; 0 where the file does not say.
    pub(super) size: u32,
    /// Whether it is a line by itself in a file where the line breaks are all there is to see.
    pub(super) alone: bool,
}

/// With so many marked headings nothing is guessed.
const ENOUGH_MARKED: usize = 3;
/// The longest heading, in letters.
const LONGEST: usize = 90;

/// Makes headings of what looks like them, where the file hardly marks any; how many.
pub(super) fn guess_headings(blocks: &mut [Block], looks: &[Look]) -> usize {
    let marked = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. })).count();
    let are_marked = marked >= ENOUGH_MARKED;
    let body = body_size(blocks, looks);
    let mut sizes: Vec<u32> = Vec::new();
    let mut found = Vec::new();
    for (index, (block, look)) in blocks.iter().zip(looks).enumerate() {
        // In a paper with headings a short line in bold above running text is one too.
        let is_plain = || {
            let next = blocks.get(index + 1).map(|next| &next.kind);
            look.bold
                && block.text.chars().count() <= 60
                && matches!(next, Some(BlockKind::Paragraph | BlockKind::ListItem { .. }))
        };
        // Items of a list stand together, numbered headings do not.
        let near =
            [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|near| blocks.get(near));
        let is_item = |block: &Block| matches!(block.kind, BlockKind::ListItem { .. });
        let is_in_list = is_item(block) && near.into_iter().any(is_item);
        if is_heading(block, *look, body) && !is_in_list && (!are_marked || is_plain()) {
            let size = if is_larger(look.size, body) { look.size } else { 0 };
            sizes.push(size);
            found.push((index, size));
        }
    }
    // Most lines that look like headings are none, in a list of names or a form.
    if found.len() > 20 && found.len() * 2 > blocks.len() {
        return 0;
    }
    sizes.sort_unstable_by(|left, right| right.cmp(left));
    sizes.dedup();
    let levels: BTreeMap<u32, u8> = sizes.into_iter().zip(1..=6).collect();
    let count = found.len();
    for (index, size) in found {
        let above = blocks.iter().take(index).rev().find_map(|block| match block.kind {
            BlockKind::Heading { level, .. } if are_marked => Some(level),
            _ => None,
        });
        let Some(block) = blocks.get_mut(index) else { continue };
        if block.marker.is_none()
            && let Some((marker, rest)) = marker::of_heading(&block.text)
        {
            block.marker = Some(marker);
            block.text = rest;
        } else if let Some(marker) = &mut block.marker {
            marker.truncate(marker.trim_end_matches('.').len());
        }
        let below = block.marker.as_deref().map_or(0, |marker| marker::depth(marker) - 1);
        let level = above.or_else(|| levels.get(&size).copied()).unwrap_or(6).saturating_add(below).min(6);
        block.kind = BlockKind::Heading { level, guessed: true };
    }
    count
}

/// The size of most letters.
fn body_size(blocks: &[Block], looks: &[Look]) -> u32 {
    let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
    for (block, look) in blocks.iter().zip(looks).filter(|(_, look)| look.size > 0) {
        *letters.entry(look.size).or_default() += block.text.len();
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size)
}

fn is_larger(size: u32, body: u32) -> bool {
    body > 0 && size * 10 > body * 11
}

fn is_heading(block: &Block, look: Look, body: u32) -> bool {
    let text = block.text.as_str();
    let marker = match block.kind {
        BlockKind::Paragraph => None,
        // A counted item may be a numbered heading, one with a sign is none.
        BlockKind::ListItem { level: 1 } => {
            match block
                .marker
                .as_deref()
                .filter(|marker| marker.contains(|letter: char| letter.is_ascii_digit()))
            {
                Some(marker) => Some(marker),
                None => return false,
            }
        }
        _ => return false,
    };
    let numbered = marker.map(str::to_owned).or_else(|| marker::of_heading(text).map(|(marker, _)| marker));
    let first = text.chars().find(|letter| letter.is_alphabetic());
    let letters = text.chars().count();
    if letters > LONGEST || text.contains('\n') || text.ends_with(['.', ',', ';', '!']) || letters < 3 {
        return false;
    }
    if !first.is_some_and(char::is_uppercase)
        || !text.starts_with(|letter: char| letter.is_alphanumeric() || letter == '§')
    {
        return false;
    }
    // "Datum: 2021-01-10" and "Belopp 900 000 kronor" state a fact.
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let states = text.trim_end_matches(':').contains(": ")
        || (digits >= 5 && numbered.is_none() && !look.bold && !is_larger(look.size, body));
    if states {
        return false;
    }
    let capitals =
        text.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase) && letters > 3;
    let is_short = letters <= 60;
    look.bold
        || is_larger(look.size, body)
        || (capitals && is_short)
        || (look.alone && is_short && text.split_whitespace().count() <= 8)
        || (is_short
            && numbered.is_some_and(|marker| {
                marker.contains('§') || marker::depth(&marker) > 1 || (look.alone && marker.len() < 4)
            }))
}
