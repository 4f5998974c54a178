//! Letters put together to words and lines.

use super::super::look::Look;
use super::letters::Letter;

/// Letters that stand together on a line.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
}

/// What stands at the same height.
pub(super) type Row = Vec<Segment>;

/// A gap of so much of a letter's size is a space.
const SPACE: f64 = 0.17;
/// A gap of so much parts columns.
const COLUMN: f64 = 1.6;

/// The size of letters in tenths of a point.
pub(super) fn tenths(size: f64) -> u32 {
    // A size is positive and below a million.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded just here")]
    let tenths = (size * 10.0).round().clamp(0.0, 100_000.0) as u32;
    // Sizes of programs differ by rounding.
    (tenths + 2) / 5 * 5
}

/// The rows of a page from the top down. Turned letters are left out. What an upright line parts stands in two columns,
/// however near it is.
pub(super) fn rows(letters: &[Letter], uprights: &[(f64, f64, f64)]) -> Vec<Row> {
    let mut placed: Vec<&Letter> = letters.iter().filter(|letter| !letter.turned).collect();
    placed.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Vec<&Letter>> = Vec::new();
    let (mut y, mut size) = (f64::MIN, 0.0_f64);
    for letter in placed {
        let is_same = letter.y - y <= 0.4 * size.min(letter.size).max(size * 0.6);
        match rows.last_mut() {
            Some(row) if is_same => {
                row.push(letter);
                // A raised letter does not make the line: the larger ones do.
                if letter.size > size * 1.1 {
                    (y, size) = (letter.y, letter.size);
                }
            }
            _ => {
                rows.push(vec![letter]);
                (y, size) = (letter.y, letter.size);
            }
        }
    }
    rows.into_iter().map(|letters| row(letters, uprights)).filter(|row| !row.is_empty()).collect()
}

fn row(mut letters: Vec<&Letter>, uprights: &[(f64, f64, f64)]) -> Row {
    letters.sort_by(|one, other| one.left.total_cmp(&other.left));
    let largest = letters.iter().map(|letter| letter.size).fold(0.0, f64::max);
    let baseline = letters
        .iter()
        .filter(|letter| letter.size > largest * 0.9)
        .map(|letter| letter.y)
        .fold(f64::MIN, f64::max);
    let mut segments: Vec<Segment> = Vec::new();
    let mut bold = true;
    let mut last: Option<&Letter> = None;
    for letter in letters {
        if is_mark(letter, largest, baseline) {
            continue;
        }
        if letter.is_space() {
            continue;
        }
        // Bold by drawing twice, a little beside.
        if last.is_some_and(|last| {
            last.text == letter.text && (letter.left - last.left).abs() < 0.1 * letter.size
        }) {
            continue;
        }
        let gap = last.map_or(f64::MAX, |last| letter.left - last.right);
        let is_parted = last.is_some_and(|last| {
            let between = |(x, upper, lower): &(f64, f64, f64)| {
                *x >= last.right - 1.0
                    && *x <= letter.left + 1.0
                    && *upper < letter.y
                    && *lower > letter.y - letter.size
            };
            gap > SPACE * letter.size && uprights.iter().any(between)
        });
        match segments.last_mut() {
            Some(segment) if gap <= COLUMN * largest && !is_parted => {
                if gap > SPACE * letter.size {
                    segment.text.push(' ');
                }
                if segment.text.ends_with('\u{AD}') {
                    segment.text.pop();
                    segment.text.push('-');
                }
                letter.write(&mut segment.text);
                segment.right = segment.right.max(letter.right);
                bold &= letter.bold;
                segment.bold = bold;
            }
            _ => {
                let mut text = String::new();
                letter.write(&mut text);
                bold = letter.bold;
                let (left, right) = (letter.left, letter.right);
                segments.push(Segment { text, left, right, y: baseline, size: largest, bold });
            }
        }
        last = Some(letter);
    }
    segments
}

/// The raised number of a footnote.
fn is_mark(letter: &Letter, largest: f64, baseline: f64) -> bool {
    let is_number = |text: &str| text.chars().all(|letter| letter.is_ascii_digit() || letter == ')');
    let mut text = String::new();
    letter.write(&mut text);
    letter.size < largest * 0.8 && letter.y < baseline - largest * 0.12 && is_number(&text)
}

/// Adds the text of a next line: what a soft hyphen parted is joined, a hard one stays.
pub(super) fn join(text: &mut String, next: &str) {
    // A space at its end may be the one before what follows on the same line.
    let next = next.trim_start();
    if next.is_empty() {
        return;
    }
    text.truncate(text.trim_end_matches(' ').len());
    if text.is_empty() {
        text.push_str(next);
        return;
    }
    if text.ends_with('\u{AD}') {
        text.pop();
        text.push_str(next);
        return;
    }
    let hyphened = text
        .strip_suffix(['-', '\u{2010}', '\u{2011}'])
        .is_some_and(|before| before.ends_with(char::is_alphanumeric));
    let first = next.split(' ').next().unwrap_or_default();
    let goes_on =
        next.starts_with(char::is_lowercase) && !matches!(first, "och" | "eller" | "samt" | "respektive");
    // From one number to another.
    let is_range = next.starts_with(|letter: char| letter.is_ascii_digit())
        && text.strip_suffix('–').is_some_and(|before| before.ends_with(char::is_alphanumeric));
    let is_whole = is_range || (hyphened && goes_on);
    if !is_whole {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether a letter begins another line than the one before it is on.
fn is_new_line(before: &Letter, letter: &Letter) -> bool {
    let is_lower = (letter.y - before.y).abs() > 0.5 * letter.size.max(before.size);
    is_lower || letter.left < before.left - 2.0 * letter.size
}

/// Whether a file writes the space between two words also where a line ends.
pub(super) fn end_in_space<'l>(parts: impl Iterator<Item = &'l Vec<&'l Letter>>) -> bool {
    let (mut spaced, mut bare) = (0_usize, 0_usize);
    for pair in parts.flat_map(|part| part.windows(2)) {
        if let [before, letter] = pair
            && is_new_line(before, letter)
        {
            spaced += usize::from(before.is_space());
            bare += usize::from(!before.is_space());
        }
    }
    spaced > 10 && spaced > bare * 3
}

/// Text in the order in which a file writes it, and how it looks.
#[derive(Debug, Default, Clone)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) letters: usize,
    pub(super) bold: usize,
    pub(super) size: f64,
}

impl Written {
    /// How it looks.
    pub(super) fn look(&self) -> Look {
        Look { bold: self.letters > 0 && self.bold == self.letters, size: tenths(self.size), alone: false }
    }

    /// Adds letters in the file's order. Where lines end in the space that parts them, what does not is a word that had no
    /// room.
    pub(super) fn add(&mut self, letters: &[&Letter], last: &mut Option<Letter>, ends_in_space: bool) {
        // What is written on the line that is open, and whether it is one below what is there.
        let (mut line, mut is_below) = (String::new(), false);
        for letter in letters {
            if last.as_ref().is_some_and(|before| is_mark(letter, before.size, before.y)) {
                continue;
            }
            if let Some(before) = last.as_ref() {
                if is_new_line(before, letter) {
                    let is_broken = ends_in_space && line.ends_with(char::is_alphanumeric);
                    self.put(&std::mem::take(&mut line), is_below);
                    is_below = !is_broken;
                } else if letter.left - before.right > SPACE * letter.size {
                    line.push(' ');
                }
            }
            // A soft hyphen that stands inside a line is drawn, and so is one.
            if line.ends_with('\u{AD}') {
                line.pop();
                line.push('-');
            }
            let begin = line.len();
            letter.write(&mut line);
            let count = line
                .get(begin..)
                .unwrap_or_default()
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .count();
            self.letters += count;
            self.bold += if letter.bold { count } else { 0 };
            if count > 0 {
                self.size = self.size.max(letter.size);
            }
            *last = Some((*letter).clone());
        }
        self.put(&line, is_below);
    }

    fn put(&mut self, line: &str, is_below: bool) {
        if is_below {
            join(&mut self.text, line);
        } else {
            self.text.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_soft_hyphens_are_undone() {
        for (line, next, expected) in [
            ("brukarinfly\u{AD}", "tande", "brukarinflytande"),
            ("icke-", "vinstdrivande", "icke-vinstdrivande"),
            ("mans-", "och kvinnogrupper", "mans- och kvinnogrupper"),
            ("2024-01-01–", "2024-12-31", "2024-01-01–2024-12-31"),
            ("Stockholm -", "Lund", "Stockholm - Lund"),
            ("parterna", "ska", "parterna ska"),
        ] {
            let mut text = line.to_owned();
            join(&mut text, next);
            assert_eq!(text, expected);
        }
    }
}
