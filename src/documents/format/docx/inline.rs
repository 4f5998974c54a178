//! The text of a paragraph: runs of letters with their looks, links, notes and facts.

use comrak::nodes::{AstNode, NodeValue};

use super::piece::{Inline, Look, Piece};
use super::style::Style;
use super::writer::Writer;
use super::{facts, relations};

/// The pieces of a paragraph, a heading or a cell.
pub(super) fn pieces<'a>(node: &'a AstNode<'a>, facts: usize) -> Vec<Inline> {
    let mut pieces = Vec::new();
    gather(node, &Inline::default(), &mut pieces);
    facts::resolve(pieces, facts)
}

fn gather<'a>(parent: &'a AstNode<'a>, as_in: &Inline, pieces: &mut Vec<Inline>) {
    for node in parent.children() {
        let mut add = |piece| pieces.push(Inline { piece, ..as_in.clone() });
        let look = as_in.look;
        match &node.data().value {
            NodeValue::Text(text) => add_text(text, as_in, pieces),
            NodeValue::SoftBreak => add(Piece::Text(" ".to_owned())),
            NodeValue::LineBreak => add(Piece::Break),
            NodeValue::HtmlInline(html) => add_text(html, as_in, pieces),
            NodeValue::Code(span) => {
                let look = Look { is_code: true, ..look };
                add_text(&span.literal, &Inline { look, ..as_in.clone() }, pieces);
            }
            NodeValue::FootnoteReference(reference) => add(Piece::Note(reference.name.clone())),
            NodeValue::Strong => {
                gather(node, &Inline { look: Look { is_strong: true, ..look }, ..as_in.clone() }, pieces);
            }
            NodeValue::Emph => {
                gather(node, &Inline { look: Look { is_emphasized: true, ..look }, ..as_in.clone() }, pieces);
            }
            NodeValue::Link(link) => {
                let link = relations::address(&facts::without_marks(&link.url));
                gather(node, &Inline { link, ..as_in.clone() }, pieces);
            }
            _ => gather(node, as_in, pieces),
        }
    }
}

/// Text may hold the ends of lines where it names them as HTML entities.
fn add_text(text: &str, as_in: &Inline, pieces: &mut Vec<Inline>) {
    for (place, line) in text.split(['\n', '\r']).enumerate() {
        if place > 0 {
            pieces.push(Inline { piece: Piece::Break, ..as_in.clone() });
        }
        if !line.is_empty() {
            pieces.push(Inline { piece: Piece::Text(line.to_owned()), ..as_in.clone() });
        }
    }
}

impl Writer<'_, '_> {
    /// Writes the pieces of a paragraph. Those of one fact stand in one content control.
    pub(super) fn inlines(&mut self, pieces: &[Inline]) {
        for of_fact in pieces.chunk_by(|one, next| one.fact == next.fact) {
            let place =
                of_fact.first().and_then(|inline| inline.fact).and_then(|(fact, _)| self.facts.get(fact));
            let Some(place) = place else {
                self.linked(of_fact, false);
                continue;
            };
            self.xml.start("w:sdt", &[]);
            self.xml.start("w:sdtPr", &[]);
            self.xml.value("w:alias", &place.title.chars().take(64).collect::<String>());
            self.xml.value("w:tag", &facts::tag(&place.path.to_string()));
            let id = self.next_id().to_string();
            self.xml.value("w:id", &id);
            if place.is_open {
                self.xml.empty("w:showingPlcHdr", &[]);
            }
            // A control of plain text takes the look of its paragraph.
            let is_plain = |inline: &Inline| {
                matches!(inline.piece, Piece::Text(_))
                    && inline.look == Look::default()
                    && inline.link.is_none()
            };
            if !place.is_open && matches!(of_fact, [one] if is_plain(one)) {
                self.xml.empty("w:text", &[]);
            } else {
                self.xml.empty("w:richText", &[]);
            }
            self.xml.end();
            self.xml.start("w:sdtContent", &[]);
            self.linked(of_fact, place.is_open);
            self.xml.end();
            self.xml.end();
        }
    }

    fn linked(&mut self, pieces: &[Inline], is_open: bool) {
        for of_link in pieces.chunk_by(|one, next| one.link == next.link) {
            let link = of_link.first().and_then(|inline| inline.link.as_deref());
            if let Some(url) = link {
                let id = self.relations.link(url);
                self.xml.start("w:hyperlink", &[("r:id", &id)]);
            }
            for inline in of_link {
                self.run(inline, is_open);
            }
            if link.is_some() {
                self.xml.end();
            }
        }
    }

    fn run(&mut self, inline: &Inline, is_open: bool) {
        if let Piece::Note(name) = &inline.piece {
            self.note(name);
            return;
        }
        self.xml.start("w:r", &[]);
        self.look(inline, is_open);
        match &inline.piece {
            Piece::Text(text) => self.letters(text),
            Piece::Blank => self.xml.empty("w:tab", &[]),
            Piece::Break | Piece::Note(_) => self.xml.empty("w:br", &[]),
        }
        self.xml.end();
    }

    fn look(&mut self, inline: &Inline, is_open: bool) {
        let (look, is_blank) = (inline.look, inline.piece == Piece::Blank);
        let style = match look {
            _ if is_open => Some(Style::Placeholder),
            Look { is_code: true, .. } => Some(Style::CodeText),
            _ if inline.link.is_some() => Some(Style::Hyperlink),
            _ => None,
        };
        if style.is_none() && !look.is_strong && !look.is_emphasized && !is_blank {
            return;
        }
        self.xml.start("w:rPr", &[]);
        if let Some(style) = style {
            self.xml.value("w:rStyle", self.styles.id(style));
        }
        if look.is_strong {
            self.xml.raw("<w:b/><w:bCs/>");
        }
        if look.is_emphasized {
            self.xml.raw("<w:i/><w:iCs/>");
        }
        if is_blank {
            self.xml.raw("<w:u w:val=\"single\"/>");
        }
        self.xml.end();
    }

    /// Letters of a run. A tab is an element of its own in Word, and so is a hyphen at which no line is broken.
    pub(super) fn letters(&mut self, text: &str) {
        for (place, part) in text.split('\t').enumerate() {
            if place > 0 {
                self.xml.empty("w:tab", &[]);
            }
            for (place, part) in between_hyphens(part).into_iter().enumerate() {
                if place > 0 {
                    self.xml.empty("w:noBreakHyphen", &[]);
                }
                if !part.is_empty() {
                    self.xml.leaf("w:t", &[("xml:space", "preserve")], part);
                }
            }
        }
    }

    fn next_id(&mut self) -> u32 {
        self.id += 1;
        self.id
    }
}

/// A text cut at the hyphens between figures: those of days, numbers of cases and numbers of organisations.
fn between_hyphens(text: &str) -> Vec<&str> {
    let is_figure = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('-') {
        if is_figure(text[..at].chars().next_back()) && is_figure(text[at + 1..].chars().next()) {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}
