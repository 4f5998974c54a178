//! Lines put together to paragraphs.

use super::super::gather::{Found, Gather};
use super::super::look::Look;
use super::super::{BlockKind, Fault, marker};
use super::lines::{Row, Segment, join, tenths};

/// A paragraph that is being put together, also across pages.
pub(super) struct Open {
    text: String,
    /// Its last line.
    last: Option<Segment>,
    bold: bool,
    began: u32,
    page: u32,
    /// How far apart the lines of running text stand, as a part of their letters' size.
    pitch: f64,
}

impl Open {
    pub(super) fn new(pages: &[Vec<Row>]) -> Self {
        let mut pitches: Vec<f64> = Vec::new();
        for rows in pages {
            for pair in rows.windows(2) {
                let [above, below] = pair else { continue };
                if let (Some(above), Some(below)) = (above.first(), below.first())
                    && above.text.chars().count() > 50
                    && (above.size - below.size).abs() < 0.1
                {
                    pitches.push((below.y - above.y) / below.size.max(0.1));
                }
            }
        }
        pitches.retain(|pitch| (0.9..2.5).contains(pitch));
        pitches.sort_by(f64::total_cmp);
        let pitch = pitches.get(pitches.len() / 3).copied().unwrap_or(1.3);
        Self { text: String::new(), last: None, bold: false, began: 1, page: 1, pitch }
    }

    pub(super) fn page(&mut self, page: u32) {
        self.page = page;
    }

    pub(super) fn lines(&mut self, lines: &[Segment], gather: &mut Gather) -> Result<(), Fault> {
        let right = lines.iter().map(|line| line.right).fold(0.0, f64::max);
        let left = lines.iter().map(|line| line.left).fold(f64::MAX, f64::min);
        for line in lines {
            if self.begins(line, left, right) {
                self.end(gather)?;
            }
            if self.text.is_empty() {
                self.began = self.page;
                self.bold = true;
            }
            join(&mut self.text, &line.text);
            self.bold &= line.bold;
            self.last = Some(line.clone());
        }
        Ok(())
    }

    /// Whether a line begins a paragraph.
    fn begins(&self, line: &Segment, left: f64, right: f64) -> bool {
        let Some(last) = &self.last else { return true };
        let is_other = (last.size - line.size).abs() > 0.08 * line.size
            || last.bold != line.bold && (last.bold || line.bold) && self.bold != line.bold;
        let starts_low = line.text.starts_with(char::is_lowercase);
        let is_ended = self.text.ends_with(['.', ':', '!', '?', ';']);
        if is_other || marker::of_item(&line.text).is_some() {
            return true;
        }
        let gap = line.y - last.y;
        if gap <= 0.0 {
            // The next column or page.
            return is_ended || !starts_low;
        }
        if gap > self.pitch * 1.3 * line.size {
            return true;
        }
        let had_room = last.right < right - 0.18 * (right - left);
        let is_marked = line.text.starts_with('§')
            || marker::of_heading(&line.text).is_some_and(|(marker, _)| marker.contains('.'));
        is_marked || (had_room && (is_ended || !starts_low))
    }

    pub(super) fn end(&mut self, gather: &mut Gather) -> Result<(), Fault> {
        let text = std::mem::take(&mut self.text);
        let Some(last) = self.last.take() else { return Ok(()) };
        let look = Look { bold: self.bold, size: tenths(last.size), alone: false };
        gather.page(self.began);
        let found = Found { text, look, ..Found::default() };
        if is_toc(&found.text) { gather.add(BlockKind::Toc, found) } else { gather.paragraph(found) }
    }
}

/// A line of a table of contents: dots lead to a page number.
fn is_toc(text: &str) -> bool {
    let words = text.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end();
    words.len() < text.len() && (words.ends_with("....") || words.ends_with(". . .") || words.ends_with("……"))
}
