//! A text as it is compared: one case, one way to write each letter, no marks that only say how a line may break. Every byte
//! knows where it comes from.

use std::ops::Range;

/// A text in the form in which words are compared.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    original: &'a str,
    text: String,
    /// The pieces of the folded text, in order.
    pieces: Vec<Piece>,
}

/// A piece of a folded text.
#[derive(Debug, Clone)]
struct Piece {
    /// Where it begins in the folded text.
    at: usize,
    /// Where it begins in the original.
    start: usize,
    /// Where what all of it stands for ends in the original; nothing where it stands there byte for byte.
    end: Option<usize>,
}

impl<'a> Folded<'a> {
    /// Folds a text.
    #[must_use]
    pub fn of(original: &'a str) -> Self {
        let mut folded = Self { original, text: String::with_capacity(original.len()), pieces: Vec::new() };
        let mut rest = original;
        loop {
            // Most of a text is letters of ASCII: only what could belong to what comes next is looked at by itself.
            let plain = plain_length(rest);
            folded.push_plain(rest.get(..plain).unwrap_or_default(), original.len() - rest.len());
            rest = rest.get(plain..).unwrap_or_default();
            let Some(letter) = rest.chars().next() else { return folded };
            rest = folded.fold_next(letter, rest);
        }
    }

    /// Folds the letter with which the rest of the text begins, and gives what comes after it.
    fn fold_next(&mut self, letter: char, rest: &'a str) -> &'a str {
        let start = self.original.len() - rest.len();
        let mut letter = letter;
        let mut after = rest.get(letter.len_utf8()..).unwrap_or_default();
        if letter == '-' && after.starts_with(char::is_whitespace) && self.is_divided(after.chars()) {
            return after.trim_start();
        }
        while let Some(mark) = after.chars().next()
            && let Some(composed) = composed(letter, mark)
        {
            letter = composed;
            after = after.get(mark.len_utf8()..).unwrap_or_default();
        }
        if let Some(plain) = plain(letter) {
            let at = self.text.len();
            match plain {
                // The small letters of western Europe, as they are in most words that come this way.
                'à'..='ÿ' => self.text.push(plain),
                _ => self.text.extend(plain.to_lowercase()),
            }
            let end = self.original.len() - after.len();
            let is_as_long = self.text.len() - at == end - start;
            self.piece(at, start, Some(end).filter(|_| !is_as_long));
        }
        after
    }

    /// Whether a word is divided here between two lines: "överens-⏎kommelse", and not "kultur-⏎och".
    fn is_divided(&self, after: impl Iterator<Item = char>) -> bool {
        let mut lines = 0;
        let after = after.skip_while(|letter| {
            lines += usize::from(*letter == '\n');
            letter.is_whitespace()
        });
        let next: String = after.take_while(|letter| letter.is_alphabetic()).collect();
        lines == 1
            && self.text.ends_with(char::is_alphabetic)
            && next.starts_with(char::is_lowercase)
            && !matches!(next.as_str(), "och" | "eller" | "samt" | "respektive")
    }

    fn push_plain(&mut self, letters: &str, start: usize) {
        let at = self.text.len();
        self.text.push_str(letters);
        if let Some(letters) = self.text.get_mut(at..).filter(|letters| !letters.is_empty()) {
            letters.make_ascii_lowercase();
            self.piece(at, start, None);
        }
    }

    /// Keeps where a piece comes from, unless it goes on as the last one does.
    fn piece(&mut self, at: usize, start: usize, end: Option<usize>) {
        let goes_on = self
            .pieces
            .last()
            .is_some_and(|last| last.end.is_none() && end.is_none() && last.start + (at - last.at) == start);
        if !goes_on {
            self.pieces.push(Piece { at, start, end });
        }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a byte of the folded text stands for.
    fn origin_of(&self, byte: usize) -> Option<Range<usize>> {
        let later = self.pieces.partition_point(|piece| piece.at <= byte);
        let piece = self.pieces.get(later.checked_sub(1)?).filter(|_| byte < self.text.len())?;
        if let Some(end) = piece.end {
            return Some(piece.start..end);
        }
        let at = piece.start + (byte - piece.at);
        let start = (0..=at).rev().find(|at| self.original.is_char_boundary(*at))?;
        let letter = self.original.get(start..)?.chars().next()?;
        Some(start..start + letter.len_utf8())
    }

    /// Where a range of the folded text stands in the original.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin_of(range.start).map_or(self.original.len(), |origin| origin.start);
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        let end = last.and_then(|last| self.origin_of(last)).map_or(start, |origin| origin.end);
        start..end
    }

    /// Whether the letter at a byte of the folded text is a capital in the original.
    #[must_use]
    pub fn is_capital(&self, at: usize) -> bool {
        let letters = self.origin_of(at).and_then(|origin| self.original.get(origin));
        letters.and_then(|letters| letters.chars().next()).is_some_and(char::is_uppercase)
    }
}

/// How many bytes at the beginning of a text are letters of ASCII that have nothing to do with what comes after them.
fn plain_length(text: &str) -> usize {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n') && *byte != b'-';
    let length = text.bytes().take_while(is_plain).count();
    let is_marked = text.get(length..).and_then(|rest| rest.chars().next()).is_some_and(is_mark);
    length.saturating_sub(usize::from(is_marked))
}

/// Whether a character is a mark that stands above the letter before it.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}')
}

/// The letter that a letter and a mark above it make together.
fn composed(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('a', '\u{30A}') => 'å',
        ('A', '\u{30A}') => 'Å',
        ('a', '\u{308}') => 'ä',
        ('A', '\u{308}') => 'Ä',
        ('o', '\u{308}') => 'ö',
        ('O', '\u{308}') => 'Ö',
        ('e', '\u{301}') => 'é',
        ('E', '\u{301}') => 'É',
        ('a', '\u{300}') => 'à',
        ('A', '\u{300}') => 'À',
        _ => return None,
    })
}

/// A character in the one form in which it is compared; nothing for one that does not show.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => return None,
        '\n' | '\u{2028}' | '\u{2029}' => '\n',
        _ if letter.is_whitespace() => ' ',
        '“' | '”' | '„' | '‟' => '"',
        '’' | '‘' | '‛' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '—' | '−' | '‒' | '―' => '–',
        _ => letter,
    })
}

/// Whether a text holds marks that only folding takes away, so that its words cannot be found in it as it stands.
#[must_use]
pub fn needs_folding(letter: char) -> bool {
    plain(letter).is_none() || is_mark(letter) || matches!(letter, '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_word_is_one() {
        for written in
            ["Överenskommelse", "ÖVERENSKOMMELSE", "O\u{308}verenskommelse", "Över\u{AD}ens\u{200B}kommelse"]
        {
            assert_eq!(Folded::of(written).text(), "överenskommelse", "{written}");
        }
        assert_eq!(Folded::of("“5\u{a0}kr”\r\n—\u{2011}").text(), "\"5 kr\" \n–-");
    }

    #[test]
    fn a_folded_word_knows_where_it_stood() {
        let text = "A\u{30A}r: AV\u{AD}TAL\u{AD}, slut İ.";
        let folded = Folded::of(text);
        let at = folded.text().find("avtal").unwrap();
        assert_eq!(&text[folded.origin(at..at + 5)], "AV\u{AD}TAL");
        assert_eq!(&text[folded.origin(0.."år".len())], "A\u{30A}r");
        assert_eq!(folded.origin(0..folded.text().len()), 0..text.len());
        assert_eq!(folded.origin(500..900), text.len()..text.len());
        assert!(folded.is_capital(0) && !folded.is_capital(folded.text().find("slut").unwrap()));
    }
}
