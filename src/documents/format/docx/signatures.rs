//! The head of a memo and the signatures: what stands in two columns. Cells are read row by row, so each holds what
//! belongs together.

use comrak::nodes::{AstNode, NodeValue};

use super::piece::{Inline, Look, Piece};
use super::style::Style;
use super::writer::{Shape, Within, Writer};
use crate::documents::page::ruled::{self, Part};
use crate::documents::page::signing::{self, Party};

/// Two columns need so much room, in twentieths of a point.
const ROOM_FOR_TWO: u32 = 7_400;

/// Between two columns.
const BETWEEN: u32 = 500;

/// So many rows of signatures stay on one page with the words above them.
const MOST_TOGETHER: usize = 3;

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
        let within = Within { style: Style::Body, keeps: true, ..Within::default() };
        let (above, parties) = signing::parties(node);
        for node in above {
            self.block(node, within);
        }
        let fits = self.width >= ROOM_FOR_TWO;
        if fits && signing::stand_beside(&parties) {
            let rows: Vec<&[Party<'a>]> = parties.chunks(2).collect();
            let are_together = rows.len() <= MOST_TOGETHER;
            let last = rows.len() - 1;
            let keeps = |place: usize| are_together && place < last;
            self.columns(&rows, keeps, |writer, place, party| {
                if let Some(heading) = party.heading {
                    writer.block(heading, Within::default());
                }
                party.others.iter().for_each(|node| writer.block(node, Within::default()));
                for signature in &party.signatures {
                    writer.signature(signature, keeps(place));
                }
            });
            return;
        }
        let in_a_row = if fits { 2 } else { 1 };
        let all: usize = parties.iter().map(|party| party.signatures.len().div_ceil(in_a_row)).sum();
        if fits && all <= MOST_TOGETHER {
            self.all_parties(&parties);
            return;
        }
        for (place, party) in parties.iter().enumerate() {
            if let Some(heading) = party.heading {
                self.block(heading, Within::default());
            }
            party.others.iter().for_each(|node| self.block(node, within));
            let rows: Vec<&[&'a AstNode<'a>]> = party.signatures.chunks(in_a_row).collect();
            let last = rows.len().saturating_sub(1);
            let is_last = place + 1 == parties.len();
            let keeps = |row: usize| {
                if row < last { rows.len() <= MOST_TOGETHER } else { !is_last && all <= MOST_TOGETHER }
            };
            self.columns(&rows, keeps, |writer, row, signature| writer.signature(signature, keeps(row)));
        }
    }

    /// All parties in one table, whose rows stand together: each party's name over its signatures.
    fn all_parties(&mut self, parties: &[Party<'a>]) {
        self.gap();
        let whole = self.width;
        let widths = columns_of(whole);
        self.start_table(&widths, 0, None);
        for (place, party) in parties.iter().enumerate() {
            let is_last = place + 1 == parties.len();
            let rows: Vec<_> = party.signatures.chunks(2).collect();
            self.width = whole;
            self.start_row(false);
            self.start_wide_cell(whole, widths.len());
            let keeps = !is_last || !rows.is_empty();
            match party.heading {
                Some(heading) => self.block(heading, Within::default()),
                // A cell holds a paragraph at the least.
                None => self.paragraph(&Shape { keeps, ..Shape::default() }, &[]),
            }
            let within = Within { style: Style::Body, keeps, ..Within::default() };
            party.others.iter().for_each(|node| self.block(node, within));
            self.gap();
            self.xml.end();
            self.xml.end();
            let last = rows.len().saturating_sub(1);
            let keeps = |row: usize| !is_last || row < last;
            self.rows(&widths, &rows, keeps, &mut |writer, row, one| writer.signature(one, keeps(row)));
        }
        self.width = whole;
        self.end_table();
    }

    /// Rows of two cells without lines around them; a row of which all paragraphs say so stands with what follows.
    fn columns<T>(
        &mut self,
        rows: &[&[T]],
        keeps: impl Fn(usize) -> bool,
        mut write: impl FnMut(&mut Self, usize, &T),
    ) {
        if rows.is_empty() {
            return;
        }
        self.gap();
        let whole = self.width;
        let widths = columns_of(whole);
        self.start_table(&widths, 0, None);
        self.rows(&widths, rows, keeps, &mut write);
        self.width = whole;
        self.end_table();
    }

    fn rows<T>(
        &mut self,
        widths: &[u32],
        rows: &[&[T]],
        keeps: impl Fn(usize) -> bool,
        write: &mut impl FnMut(&mut Self, usize, &T),
    ) {
        for (place, row) in rows.iter().enumerate() {
            self.start_row(false);
            for (index, width) in widths.iter().enumerate() {
                self.start_cell(*width);
                self.width = *width;
                match row.get(index / 2).filter(|_| index % 2 == 0) {
                    Some(item) => write(self, place, item),
                    None => self.paragraph(&Shape { keeps: keeps(place), ..Shape::default() }, &[]),
                }
                self.gap();
                self.xml.end();
            }
            self.xml.end();
        }
    }

    /// Who signs a memo, where that is a line to write on: half as wide as the text. Otherwise nothing is written.
    pub(super) fn signer(&mut self, node: &'a AstNode<'a>, keeps: bool) -> bool {
        let pieces: Vec<Inline> = self.pieces(node).iter().flat_map(blanks).collect();
        let has_line = pieces.iter().any(|inline| inline.piece == Piece::Blank);
        if has_line {
            let stops = vec![self.width / 2];
            self.paragraph(&Shape { style: Style::Signer, keeps, stops, ..Shape::default() }, &pieces);
        }
        has_line
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

/// Two columns with room between them, or one where there is no room for two.
fn columns_of(whole: u32) -> Vec<u32> {
    if whole < ROOM_FOR_TWO {
        return vec![whole];
    }
    let column = (whole - BETWEEN) / 2;
    vec![column, BETWEEN, whole - column - BETWEEN]
}

/// Cuts a text into words and lines to write on.
fn blanks(inline: &Inline) -> Vec<Inline> {
    let Piece::Text(text) = &inline.piece else { return vec![inline.clone()] };
    let piece = |part| match part {
        Part::Words(words) => Inline { piece: Piece::Text(words.to_owned()), ..inline.clone() },
        Part::Line(_) => Inline { piece: Piece::Blank, look: Look::default(), ..inline.clone() },
    };
    ruled::parts(text).map(piece).collect()
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
    fn lines_end_at_the_edge_and_one_after_the_other() {
        let text = Inline { piece: Piece::Text("Ort och datum: ".into()), ..Inline::default() };
        let stops = stops(&[text], 2, 4300);
        assert!(stops[0] < stops[1] && stops[1] < 4300, "{stops:?}");
    }
}
