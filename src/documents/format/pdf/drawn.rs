//! Whether all text is drawn. A damaged font may have a letter and no form for it: the text is then in the file, and nobody
//! sees it.

use std::collections::BTreeMap;

use skrifa::{FontRef, GlyphId};
use typst::layout::{Frame, FrameItem};
use typst::text::{Font, TextItem};
use typst_layout::PagedDocument;

use super::outline::{Outline, outline};

/// What each glyph is, once it has been looked at, by the place of its font in memory and its number there.
type Seen = BTreeMap<(usize, u32, u16), Outline>;

/// The first text with a letter that is not drawn.
pub(super) fn undrawn(document: &PagedDocument) -> Option<String> {
    let mut seen = Seen::new();
    document.pages().iter().find_map(|page| search(&page.frame, &mut seen))
}

fn search(frame: &Frame, seen: &mut Seen) -> Option<String> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => search(&group.frame, seen),
        FrameItem::Text(text) => (!is_drawn(text, seen)).then(|| text.text.to_string()),
        _ => None,
    })
}

/// Whether each letter that can be seen has a form. Several glyphs may make one letter: one of them is enough, and none may
/// be broken.
fn is_drawn(text: &TextItem, seen: &mut Seen) -> bool {
    let font: &Font = &text.font;
    let Ok(face) = FontRef::from_index(font.data(), font.index()) else { return false };
    let place = font.data().as_ptr().addr();
    let mut letters = text.glyphs.as_slice();
    while let [first, ..] = letters {
        let range = first.range();
        let count = letters.iter().take_while(|glyph| glyph.range() == range).count();
        let (letter, rest) = letters.split_at(count);
        letters = rest;
        let is_blank = text.text.get(range).is_none_or(|part| part.chars().all(is_unseen));
        let mut forms = letter.iter().map(|glyph| {
            *seen
                .entry((place, font.index(), glyph.id))
                .or_insert_with(|| outline(&face, GlyphId::new(glyph.id.into())))
        });
        let is_good = |forms: Vec<Outline>| {
            !forms.contains(&Outline::Broken) && (is_blank || forms.contains(&Outline::Drawn))
        };
        if !is_good(forms.by_ref().collect()) {
            return false;
        }
    }
    true
}

/// Whether a character leaves no trace on paper: spaces, and the place where a word may be divided.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{AD}'
}
