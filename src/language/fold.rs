//! A text as it is compared: one case, one way to write each letter, no marks that only say how a line may break or how Markdown
//! sets a word. Every byte knows where it comes from.

use std::ops::Range;

use quick_xml::escape::resolve_html5_entity;

use crate::text;

/// A text in the form in which words are compared.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    original: &'a str,
    text: String,
    /// The pieces of the folded text, in order.
    pieces: Vec<Piece>,
    markup: Markup,
    /// The links that have begun and not ended.
    links: usize,
}

/// Which signs of Markdown a text has, as far as they set words: a bit for each of [`SIGNS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Markup(u8);

/// Those that stand around words, the first letter of an entity, and the brackets of a link.
const SIGNS: [char; 7] = ['*', '_', '`', '~', '&', '[', ']'];

impl Markup {
    fn of(text: &str) -> Self {
        if !text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'`' | b'~' | b'&' | b']')) {
            return Self::default();
        }
        let sets = |sign: char| match sign {
            '&' => text.contains('&'),
            '[' | ']' => text.contains("]("),
            sign => sets_words(text, sign),
        };
        let bits = SIGNS.into_iter().zip(0..).map(|(sign, bit)| u8::from(sets(sign)) << bit);
        Self(bits.fold(0, |all, bit| all | bit))
    }

    fn has_any(self) -> bool {
        self.0 != 0
    }

    /// Whether a character may be one of its signs.
    fn has(self, letter: char) -> bool {
        SIGNS.into_iter().zip(0..).any(|(sign, bit)| sign == letter && self.0 >> bit & 1 == 1)
    }
}

/// Whether signs of a kind stand before a word and other ones after it.
fn sets_words(text: &str, sign: char) -> bool {
    let (mut runs, mut begins, mut ends) = (0, false, false);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(sign) {
        let next = after.trim_start_matches(sign);
        let is_after_word = before.ends_with(char::is_alphanumeric);
        let is_before_word = next.starts_with(char::is_alphanumeric);
        (runs, begins, ends) = (runs + 1, begins || is_before_word, ends || is_after_word);
        rest = next;
    }
    runs > 1 && begins && ends
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
        let markup = Markup::of(original);
        let text = String::with_capacity(original.len());
        let mut folded = Self { original, text, pieces: Vec::new(), markup, links: 0 };
        let mut rest = original;
        loop {
            // Most of a text is letters of ASCII: only what could belong to what comes next is looked at by itself.
            let plain = plain_length(rest, markup);
            folded.push_plain(rest.get(..plain).unwrap_or_default(), original.len() - rest.len());
            rest = rest.get(plain..).unwrap_or_default();
            let Some(letter) = rest.chars().next() else { return folded };
            rest = folded.fold_next(letter, rest);
        }
    }

    /// Folds the letter with which the rest of the text begins, and gives what comes after it.
    fn fold_next(&mut self, letter: char, rest: &'a str) -> &'a str {
        let start = self.original.len() - rest.len();
        if self.markup.has(letter)
            && let Some(after) = self.after_markup(letter, rest)
        {
            return after;
        }
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

    /// What comes after a sign that only sets words, or stands for a letter; nothing where the character is none.
    fn after_markup(&mut self, letter: char, rest: &'a str) -> Option<&'a str> {
        match letter {
            '&' => {
                let (name, after) = split_near(rest.get(1..)?, b';', LONGEST_NAME)?;
                let shown = entity(name)?;
                let (at, start) = (self.text.len(), self.original.len() - rest.len());
                self.text.extend(shown.chars().filter_map(plain).flat_map(char::to_lowercase));
                self.piece(at, start, Some(self.original.len() - after.len()));
                Some(after)
            }
            '[' => {
                let (shown, after) = split_near(rest.get(1..)?, b']', LONGEST_LINK)?;
                let is_link = !shown.contains('[')
                    && after.starts_with('(')
                    && split_near(after, b')', LONGEST_LINK).is_some();
                self.links += usize::from(is_link);
                is_link.then(|| rest.get(1..))?
            }
            ']' => {
                self.links = self.links.checked_sub(1)?;
                Some(split_near(rest, b')', LONGEST_LINK)?.1)
            }
            _ => {
                let after = rest.trim_start_matches(letter);
                let is_after_word = self.text.ends_with(char::is_alphanumeric);
                let is_before_word = after.starts_with(char::is_alphanumeric);
                let is_within = is_after_word && is_before_word;
                let length = rest.len() - after.len();
                // A line to write on is longer.
                if length > 3 {
                    self.push_plain(rest.get(..length)?, self.original.len() - rest.len());
                    return Some(after);
                }
                let is_sign = letter != '_' || !is_within;
                (is_sign && (is_after_word || is_before_word)).then_some(after)
            }
        }
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
fn plain_length(text: &str, markup: Markup) -> usize {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n') && *byte != b'-';
    let length = if markup.has_any() {
        text.bytes().take_while(|byte| is_plain(byte) && !markup.has(char::from(*byte))).count()
    } else {
        text.bytes().take_while(is_plain).count()
    };
    let is_marked = text.get(length..).and_then(|rest| rest.chars().next()).is_some_and(is_mark);
    length.saturating_sub(usize::from(is_marked))
}

/// No name of an entity is longer, and no link that anybody writes: a text of signs alone is not gone through for each of them.
const LONGEST_NAME: usize = 32;
const LONGEST_LINK: usize = 400;

/// The text before a sign of ASCII and after it, where it is near.
fn split_near(text: &str, sign: u8, within: usize) -> Option<(&str, &str)> {
    let at = text.bytes().take(within).position(|byte| byte == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What the name of an HTML entity stands for, or the number of a character: "auml", "#228", "#xE4".
fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(str::to_owned) };
    let hex = number.strip_prefix(['x', 'X']);
    let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?;
    char::from_u32(code).map(String::from)
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
pub fn needs_folding(text: &str) -> bool {
    let is_folded = |letter: char| {
        plain(letter).is_none() || is_mark(letter) || matches!(letter, '\u{2010}' | '\u{2011}')
    };
    Markup::of(text).has_any() || text::uncommon(text).any(is_folded)
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
    fn what_markdown_sets_is_read_as_it_is_shown() {
        let ten =
            ["t**i**o år", "`ti`o år", "[ti](x)o år", "ti&#111; &aring;r", "_tio_ ~~å~~r", "***tio*** år"];
        for written in ten {
            assert_eq!(Folded::of(written).text(), "tio år", "{written}");
        }
        let text = "9**00** 000 kro*nor*";
        let folded = Folded::of(text);
        assert_eq!(folded.text(), "900 000 kronor");
        assert_eq!(&text[folded.origin(0..7)], "9**00** 000");
        // What sets nothing stays: a number of times, lists, what is to be filled in, an ampersand, an underscore in a name.
        for plain in [
            "5*3",
            "__kr och __öre",
            "____kr____",
            "* ett\n* två",
            "[namn] (x)",
            "r&d; & co",
            "a_b_c",
            "&finns-inte;",
        ] {
            assert_eq!(Folded::of(plain).text(), plain);
        }
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
