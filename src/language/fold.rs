//! A text as it is compared: one case, one way to write each letter, no marks that only say how a line may break. Every byte
//! knows where it comes from.

use std::ops::Range;

/// A text in the form in which words are compared.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    original: &'a str,
    text: String,
    /// For each byte of the folded text, the bytes of the original that it stands for.
    origins: Vec<(usize, usize)>,
}

impl<'a> Folded<'a> {
    /// Folds a text.
    #[must_use]
    pub fn of(original: &'a str) -> Self {
        let mut folded = Self {
            original,
            text: String::with_capacity(original.len()),
            origins: Vec::with_capacity(original.len()),
        };
        let mut letters = original.char_indices().peekable();
        while let Some((start, letter)) = letters.next() {
            let mut end = start + letter.len_utf8();
            let next = letters.peek().map(|(_, next)| *next);
            if letter.is_ascii_graphic() && next.is_none_or(|next| !is_mark(next)) {
                folded.text.push(letter.to_ascii_lowercase());
                folded.origins.push((start, end));
                continue;
            }
            let mut letter = letter;
            while let Some((at, mark)) = letters.peek().copied() {
                let Some(composed) = composed(letter, mark) else { break };
                (letter, end) = (composed, at + mark.len_utf8());
                letters.next();
            }
            if let Some(plain) = plain(letter) {
                folded.push(plain, start, end);
            }
        }
        folded
    }

    fn push(&mut self, letter: char, start: usize, end: usize) {
        for lower in letter.to_lowercase() {
            self.text.push(lower);
            self.origins.resize(self.text.len(), (start, end));
        }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the folded text stands in the original.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let whole = self.original.len();
        let start = self.origins.get(range.start).map_or(whole, |(start, _)| *start);
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        let end = last.and_then(|last| self.origins.get(last)).map_or(start, |(_, end)| *end);
        start..end
    }

    /// Whether the letter at a byte of the folded text is a capital in the original.
    #[must_use]
    pub fn is_capital(&self, at: usize) -> bool {
        let start = self.origins.get(at).map(|(start, _)| *start);
        let letter = start.and_then(|start| self.original.get(start..)?.chars().next());
        letter.is_some_and(char::is_uppercase)
    }
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
