//! Text whose line breaks are all there is to see.

use super::gather::{Found, Gather};
use super::look::Look;
use super::{Fault, markdown, marker};

pub(super) fn read(text: &str, gather: &mut Gather) -> Result<(), Fault> {
    // What was copied from a converter is Markdown by any name.
    let headings = text.lines().filter(|line| {
        let rest = line.trim_start_matches('#');
        rest.len() < line.len() && rest.starts_with(' ') && line.len() - rest.len() <= 6
    });
    let bold = text
        .lines()
        .filter(|line| line.trim().len() > 4 && line.trim().starts_with("**") && line.trim().ends_with("**"));
    if headings.count() + bold.count() >= 2 {
        return markdown::read(text, gather);
    }
    let lines: Vec<&str> = text.lines().collect();
    let width = usual_width(&lines);
    let mut page = text.contains('\u{C}').then(|| {
        gather.page(1);
        1_u32
    });
    let mut found = Paragraph::default();
    for (number, line) in (1..).zip(&lines) {
        let mut parts = line.split('\u{C}').peekable();
        while let Some(part) = parts.next() {
            let is_new = marker::of_item(part.trim()).is_some()
                || part.starts_with('\t')
                || found.ends_early(width)
                || found.is_heading_above(part, width);
            if part.trim().is_empty() || is_new {
                found.end(gather)?;
            }
            found.add(part, number, width);
            if parts.peek().is_some() {
                found.end(gather)?;
                if let Some(page) = &mut page {
                    *page = page.saturating_add(1);
                    gather.page(*page);
                }
            }
        }
    }
    found.end(gather)
}

/// The width that the lines of running text are broken at; nothing where each paragraph is one line.
fn usual_width(lines: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> =
        lines.iter().map(|line| line.trim_end().chars().count()).filter(|width| *width > 40).collect();
    widths.sort_unstable();
    let longest = widths.get(widths.len() * 9 / 10).or(widths.last()).copied()?;
    (longest <= 120).then_some(longest)
}

/// A paragraph that is being put together.
#[derive(Default)]
struct Paragraph {
    text: String,
    begin: usize,
    lines: usize,
    last: usize,
}

impl Paragraph {
    /// Whether the next word would have had room on its last line.
    fn ends_early(&self, width: Option<usize>) -> bool {
        // Where most paragraphs are one line, one of several is a title or an address.
        let is_ended = self.text.ends_with(['.', ':', ';', '?', '!']);
        self.lines > 0 && is_ended && width.is_none_or(|width| self.last + 15 < width)
    }

    /// Whether it is a short line with a number, or in capitals, and the next one begins anew.
    fn is_heading_above(&self, next: &str, width: Option<usize>) -> bool {
        let is_marked = marker::of_heading(&self.text).is_some()
            || !self.text.contains(char::is_lowercase)
                && self.text.chars().filter(|one| one.is_alphabetic()).count() > 3;
        self.lines == 1
            && is_marked
            && self.last <= 60
            && width.is_none_or(|width| self.last + 15 < width)
            && !self.text.ends_with([',', ';', '-', '–'])
            && next.trim_start().starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
    }

    fn add(&mut self, line: &str, number: usize, width: Option<usize>) {
        let words = line.trim();
        if words.is_empty() {
            return;
        }
        if self.lines == 0 {
            self.begin = number;
        } else {
            // A line that ends long before the others do is broken on purpose.
            let is_broken =
                width.is_none_or(|width| self.last + 15 < width) && words.starts_with(char::is_uppercase);
            self.text.push(if is_broken { '\n' } else { ' ' });
        }
        self.text.push_str(words);
        self.lines += 1;
        self.last = line.trim_end().chars().count();
    }

    fn end(&mut self, gather: &mut Gather) -> Result<(), Fault> {
        let Self { text, begin, lines, .. } = std::mem::take(self);
        if lines == 0 {
            return Ok(());
        }
        gather.line(begin);
        let look = Look { alone: lines == 1, ..Look::default() };
        gather.paragraph(Found { text, look, ..Found::default() })
    }
}
