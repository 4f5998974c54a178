//! The lines of a calendar (RFC 5545 section 3.1): a name and a value each, folded where they are too long.

use crate::text;

/// The most bytes of a line.
const LINE: usize = 75;

/// What ends each line.
const END: &str = "\r\n";

/// Lines, one after the other.
pub(super) struct ContentLines(String);

impl Default for ContentLines {
    fn default() -> Self {
        // An event takes about so much.
        Self(String::with_capacity(2048))
    }
}

impl ContentLines {
    /// Adds a value that is of fixed words or numbers: it stands as it is.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        // As most of the lines are.
        if name.len() + 1 + value.len() <= LINE && !value.contains(char::is_control) {
            for part in [name, ":", value, END] {
                self.0.push_str(part);
            }
            return;
        }
        let line = format!("{name}:{value}");
        if line.len() <= LINE {
            self.fold(&line);
        } else {
            for line in cut(&line) {
                self.fold(&line);
            }
        }
    }

    /// Adds a line, folded if it is still too long: what has been cut may be a byte over. What would break or steer a line
    /// becomes the picture of itself.
    fn fold(&mut self, line: &str) {
        let line = text::visible(line);
        let mut rest = &*line;
        while rest.len() > LINE {
            let end = (1..=LINE).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
            let (now, later) = rest.split_at(end);
            self.0.push_str(now);
            self.0.push_str(END);
            rest = later;
            // Of a line that goes on, the first byte is a blank: it has room for one less.
            self.0.push(' ');
        }
        self.0.push_str(rest);
        self.0.push_str(END);
    }

    /// Adds a text.
    pub(super) fn add_text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len() + text.len() / 8);
        for part in text.split_inclusive(['\\', ',', ';', '\n']) {
            let plain = part.trim_end_matches(['\\', ',', ';', '\n']);
            escaped.push_str(plain);
            match part.get(plain.len()..).unwrap_or_default() {
                "\n" => escaped.push_str("\\n"),
                "" => {}
                sign => escaped.extend(["\\", sign]),
            }
        }
        self.add(name, &escaped);
    }

    /// The lines as a text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A line cut into several of which none should be too long or begin with a blank of its own. Blanks are looked for by the
/// number of the letter while lines are cut by bytes, so a cut may lie beside one: where the cuts of a line lie must never
/// change, or every event that people subscribe to would.
fn cut(line: &str) -> Vec<String> {
    let blanks: Vec<bool> = line.chars().map(char::is_whitespace).collect();
    let is_blank = |number: usize| blanks.get(number).is_some_and(|blank| *blank);
    let (mut from, mut to) = (0, LINE);
    let mut lines = Vec::new();
    let mut cut = |from: usize, to: usize| {
        let before = if from > 0 { " " } else { "" };
        lines.push(format!("{before}{}", line.get(from..to).unwrap_or_default()));
    };
    while line.len() - from > LINE {
        if is_blank(to) {
            to -= 1;
        }
        while !line.is_char_boundary(to) {
            to -= 1;
            if is_blank(to) {
                to -= 1;
            }
        }
        cut(from, to);
        from = to;
        to += LINE - 1;
    }
    cut(from, line.len());
    lines
}
