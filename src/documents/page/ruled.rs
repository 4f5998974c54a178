//! Lines to write on: in the text they are rows of dots, on a page they are drawn, and nobody hears them read aloud.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::documents) enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// A line to write on, of so many dots.
    Line(usize),
}

/// The words of a text, and the lines to write on between them. An ellipsis is none.
pub(in crate::documents) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if let Some((start, end)) = first_line(rest) {
            if start > 0 {
                let (words, after) = rest.split_at(start);
                rest = after;
                return Some(Part::Words(words));
            }
            let (line, after) = rest.split_at(end);
            rest = after;
            return Some(Part::Line(line.chars().count()));
        }
        let words = std::mem::take(&mut rest);
        (!words.is_empty()).then_some(Part::Words(words))
    })
}

/// Where the first line begins and ends.
fn first_line(text: &str) -> Option<(usize, usize)> {
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let least = match letter {
            '…' => 2,
            '_' | '.' => 6,
            _ => continue,
        };
        let (mut count, mut end) = (1, start + letter.len_utf8());
        while let Some((at, same)) = letters.next_if(|(_, next)| *next == letter) {
            count += 1;
            end = at + same.len_utf8();
        }
        if count >= least {
            return Some((start, end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_lines_to_write_on_and_an_ellipsis_is_none() {
        let found = |text| parts(text).collect::<Vec<_>>();
        assert_eq!(
            found("Ort: …………… ………"),
            [Part::Words("Ort: "), Part::Line(5), Part::Words(" "), Part::Line(3)]
        );
        assert_eq!(found("______"), [Part::Line(6)]);
        for whole in ["Och så vidare …", "Och så vidare...", "a_b"] {
            assert_eq!(found(whole), [Part::Words(whole)]);
        }
        assert_eq!(found(""), []);
    }
}
