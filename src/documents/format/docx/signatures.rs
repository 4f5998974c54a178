//! The head of a memo and the signatures: what stands in two columns. Cells are read row by row, so each holds what
//! belongs together.

use comrak::nodes::{AstNode, NodeValue};

use super::Directive;
use super::piece::{Inline, Look, Piece};
use super::style::Style;
use super::writer::{Shape, Within, Writer};

/// Two columns need so much room, in twentieths of a point.
const ROOM_FOR_TWO: u32 = 7_400;

/// Between two columns.
const BETWEEN: u32 = 500;

/// So many rows of signatures stay on one page with the words above them.
const MOST_TOGETHER: usize = 3;

/// One party: its heading, what stands below it, and who signs.
#[derive(Default)]
struct Party<'a> {
    heading: Option<&'a AstNode<'a>>,
    others: Vec<&'a AstNode<'a>>,
    signatures: Vec<&'a AstNode<'a>>,
}

impl<'a> Writer<'a, '_> {
    /// The head of a memo: who writes and what it is, who handles the case and its date and number, beside each other;
    /// below them to whom it goes. A template that gives fewer parts gets them one below the other.
    pub(super) fn document_head(&mut self, node: &'a AstNode<'a>) {
        let within = Within { style: Style::DocumentHead, ..Within::default() };
        let parts: Vec<_> = node.children().collect();
        let paired = if parts.len() >= 4 && self.width >= ROOM_FOR_TWO { 4 } else { 0 };
        let (pairs, rest) = parts.split_at(paired);
        if !pairs.is_empty() {
            self.gap();
            let right = self.width * 2 / 5;
            let widths = [self.width - right, right];
            self.start_table(&widths, 0, None);
            for (row, pair) in pairs.chunks(2).enumerate() {
                self.start_row(false);
                for (part, width) in pair.iter().zip(widths) {
                    self.start_cell(width);
                    self.strong_block(part, within, row == 0);
                    self.gap();
                    self.xml.end();
                }
                self.xml.end();
            }
            self.end_table();
        }
        for part in rest {
            self.block(part, within);
        }
    }

    /// A part of the head; the first ones say who and what, and are set so.
    fn strong_block(&mut self, node: &'a AstNode<'a>, within: Within, is_strong: bool) {
        if !is_strong || !matches!(node.data().value, NodeValue::Paragraph) {
            self.block(node, within);
            return;
        }
        let mut pieces = self.pieces(node);
        for inline in &mut pieces {
            inline.look.is_strong = true;
        }
        self.paragraph(&Shape { style: within.style, ..Shape::default() }, &pieces);
    }

    /// All signatures. Parties with one signatory each stand beside each other; otherwise those of each party below its
    /// name.
    pub(super) fn signatures(&mut self, node: &'a AstNode<'a>) {
        let mut parties: Vec<Party<'a>> = Vec::new();
        let within = Within { style: Style::Body, keeps: true, ..Within::default() };
        for child in node.children() {
            let begins = matches!(&child.data().value, NodeValue::Heading(heading) if heading.level > 2);
            if begins {
                parties.push(Party { heading: Some(child), ..Party::default() });
                continue;
            }
            let is_signature = Directive::of(child) == Some(Directive::Signature);
            match parties.last_mut() {
                Some(party) if is_signature => party.signatures.push(child),
                Some(party) => party.others.push(child),
                None if is_signature => {
                    parties.push(Party { signatures: vec![child], ..Party::default() });
                }
                None => self.block(child, within),
            }
        }
        let fits = self.width >= ROOM_FOR_TWO;
        let is_single = |party: &Party<'_>| party.signatures.len() == 1 && party.others.is_empty();
        if fits && parties.len() > 1 && parties.iter().all(is_single) {
            let rows: Vec<&[Party<'a>]> = parties.chunks(2).collect();
            let are_together = rows.len() <= MOST_TOGETHER;
            let last = rows.len() - 1;
            self.columns(&rows, |writer, place, party| {
                if let Some(heading) = party.heading {
                    writer.block(heading, Within::default());
                }
                for signature in &party.signatures {
                    writer.signature(signature, are_together && place < last);
                }
            });
            return;
        }
        for (place, party) in parties.iter().enumerate() {
            if let Some(heading) = party.heading {
                self.block(heading, Within::default());
            }
            party.others.iter().for_each(|node| self.block(node, within));
            let rows: Vec<&[&'a AstNode<'a>]> = party.signatures.chunks(if fits { 2 } else { 1 }).collect();
            let are_together = rows.len() <= MOST_TOGETHER;
            let last = rows.len().saturating_sub(1);
            let is_alone = place + 1 == parties.len();
            self.columns(&rows, |writer, row, signature| {
                writer.signature(signature, are_together && row < last && !(is_alone && row == last));
            });
        }
    }

    /// Rows of two cells without lines around them.
    fn columns<T>(&mut self, rows: &[&[T]], mut write: impl FnMut(&mut Self, usize, &T)) {
        if rows.is_empty() {
            return;
        }
        self.gap();
        let whole = self.width;
        let column = if whole >= ROOM_FOR_TWO { (whole - BETWEEN) / 2 } else { whole };
        let widths =
            if column == whole { vec![whole] } else { vec![column, BETWEEN, whole - column - BETWEEN] };
        self.start_table(&widths, 0, None);
        for (place, row) in rows.iter().enumerate() {
            self.start_row(false);
            for (index, width) in widths.iter().enumerate() {
                self.start_cell(*width);
                self.width = *width;
                match row.get(index / 2).filter(|_| index % 2 == 0) {
                    Some(item) => write(self, place, item),
                    None => self.paragraph(&Shape::default(), &[]),
                }
                self.gap();
                self.xml.end();
            }
            self.xml.end();
        }
        self.width = whole;
        self.end_table();
    }

    /// One signatory, with a line to write on.
    pub(super) fn signature(&mut self, node: &'a AstNode<'a>, keeps: bool) {
        for part in node.children() {
            let keeps = keeps || part.next_sibling().is_some();
            if matches!(part.data().value, NodeValue::Paragraph) {
                let pieces = self.pieces(part);
                self.signature_part(&pieces, keeps);
            } else {
                self.block(part, Within { style: Style::SignatureFact, keeps, ..Within::default() });
            }
        }
    }

    /// A paragraph of a signature. A line of dots alone is a line above what follows; dots after words are a line that
    /// goes on from them.
    fn signature_part(&mut self, pieces: &[Inline], keeps: bool) {
        let mut shape = Shape { style: Style::SignatureFact, keeps, ..Shape::default() };
        let mut kept: Vec<Inline> = Vec::new();
        for line in pieces.split_inclusive(|inline| inline.piece == Piece::Break) {
            let (words, end) = match line {
                [words @ .., end] if end.piece == Piece::Break => (words, Some(end)),
                _ => (line, None),
            };
            let words: Vec<Inline> = words.iter().flat_map(blanks).collect();
            let blanks = words.iter().filter(|inline| inline.piece == Piece::Blank).count();
            let is_line =
                blanks > 0 && words.iter().all(|inline| inline.piece == Piece::Blank || is_space(inline));
            if is_line {
                // What came before it stands above the line.
                if kept.last().is_some_and(|inline| inline.piece == Piece::Break) {
                    kept.pop();
                }
                if !kept.is_empty() || shape.style == Style::Signature {
                    self.paragraph(&Shape { keeps: true, ..shape }, &std::mem::take(&mut kept));
                }
                shape = Shape { style: Style::Signature, keeps, ..Shape::default() };
                continue;
            }
            if blanks > 0 && shape.stops.len() < blanks {
                shape.stops = stops(&words, blanks, self.width);
            }
            kept.extend(words);
            kept.extend(end.cloned());
        }
        self.paragraph(&shape, &kept);
    }
}

/// Cuts a text into words and the lines of dots that stand for something to be written.
fn blanks(inline: &Inline) -> Vec<Inline> {
    let Piece::Text(text) = &inline.piece else { return vec![inline.clone()] };
    let mut parts = Vec::new();
    let mut words = String::new();
    let letters: Vec<char> = text.chars().collect();
    for run in letters.chunk_by(|one, next| one == next) {
        let is_blank = match run.first() {
            Some('…') => run.len() > 1,
            Some('_' | '.') => run.len() > 5,
            _ => false,
        };
        if is_blank {
            if !words.is_empty() {
                parts.push(Inline { piece: Piece::Text(std::mem::take(&mut words)), ..inline.clone() });
            }
            parts.push(Inline { piece: Piece::Blank, look: Look::default(), ..inline.clone() });
        } else {
            words.extend(run);
        }
    }
    if !words.is_empty() {
        parts.push(Inline { piece: Piece::Text(words), ..inline.clone() });
    }
    parts
}

fn is_space(inline: &Inline) -> bool {
    matches!(&inline.piece, Piece::Text(text) if text.trim().is_empty())
}

/// Where the lines of a paragraph end: the last at the edge, the others so that each has its share.
fn stops(words: &[Inline], blanks: usize, width: u32) -> Vec<u32> {
    let label: u32 = words
        .iter()
        .take_while(|inline| inline.piece != Piece::Blank)
        .map(|inline| {
            if let Piece::Text(text) = &inline.piece {
                u32::try_from(text.chars().count()).unwrap_or(0) * 112
            } else {
                0
            }
        })
        .sum();
    let count = u32::try_from(blanks).unwrap_or(1).max(1);
    let rest = width.saturating_sub(label);
    (1..=count)
        .map(|place| {
            if place == count {
                width.saturating_sub(20)
            } else {
                // The place where something is signed takes more letters than the day.
                label.min(width / 2) + rest * 6 / 10 * place / (count - 1)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_lines_to_write_on_and_an_ellipsis_is_none() {
        let text = |text: &str| Inline { piece: Piece::Text(text.to_owned()), ..Inline::default() };
        let kinds = |of: &str| blanks(&text(of)).into_iter().map(|part| part.piece).collect::<Vec<_>>();
        assert_eq!(
            kinds("Ort: …………… ……………"),
            [Piece::Text("Ort: ".into()), Piece::Blank, Piece::Text(" ".into()), Piece::Blank]
        );
        assert_eq!(kinds("Och så vidare …"), [Piece::Text("Och så vidare …".into())]);
        assert_eq!(kinds("Och så vidare..."), [Piece::Text("Och så vidare...".into())]);
    }

    #[test]
    fn lines_end_at_the_edge_and_one_after_the_other() {
        let text = Inline { piece: Piece::Text("Ort och datum: ".into()), ..Inline::default() };
        let stops = stops(&[text], 2, 4300);
        assert!(stops[0] < stops[1] && stops[1] < 4300, "{stops:?}");
    }
}
