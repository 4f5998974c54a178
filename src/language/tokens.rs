//! Words, numbers and marks of a text, and the sentences that they make.

use std::ops::Range;

use super::fold::Folded;
use super::word_list::WordList;
use crate::text::is_letter;

/// Abbreviations whose full stop never ends a sentence, as they are written and as they are read.
const JOINTS: [(&str, &str); 22] = [
    ("t.o.m.", "t.o.m."),
    ("t.o.m", "t.o.m."),
    ("t. o. m.", "t.o.m."),
    ("t o m", "t.o.m."),
    ("tom", "t.o.m."),
    ("fr.o.m.", "fr.o.m."),
    ("fr.o.m", "fr.o.m."),
    ("fr. o. m.", "fr.o.m."),
    ("fr o m", "fr.o.m."),
    ("f.o.m.", "fr.o.m."),
    ("f.o.m", "fr.o.m."),
    ("f o m", "fr.o.m."),
    ("from", "fr.o.m."),
    ("bl.a.", "bl.a."),
    ("t.ex.", "t.ex."),
    ("d.v.s.", "dvs"),
    ("dvs.", "dvs"),
    ("s.k.", "s.k."),
    ("p.g.a.", "p.g.a."),
    ("jfr.", "jfr"),
    ("c:a", "ca"),
    ("f.n.", "f.n."),
];

/// The letters with which those begin.
static JOINT_LETTERS: WordList = WordList::new("t tom fr from f bl d dvs s p jfr c");

/// Abbreviations whose full stop ends a sentence where a capital follows.
static SHORT: WordList = WordList::new(
    "m.m m.fl o.d e.d ca inkl exkl nr kap resp st mån kl max min jan feb febr apr jun jul aug sep sept okt \
    nov dec årl komm ers dnr tel milj mkr tkr kr org.nr avd art sid",
);

/// So many words a sentence has at most; one that is longer goes on as another. No person writes so many, and what is asked
/// of each word about all others stays in proportion to the text.
const LONGEST: usize = 300;

/// A word, a number or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it says, folded.
    pub text: &'a str,
    /// Where it stands in the folded text.
    pub at: Range<usize>,
    /// How many lines end before it.
    lines: usize,
}

/// A sentence: its words, and where each of them stands.
#[derive(Debug, Clone)]
pub struct Sentence<'a> {
    /// Words, numbers and marks, folded. The mark that ends it is none of them.
    pub words: Vec<&'a str>,
    /// Where they stand in the folded text.
    places: Vec<Range<usize>>,
    /// Whether it asks.
    pub is_question: bool,
}

impl Sentence<'_> {
    /// One without words yet, with room for those that most have.
    fn empty() -> Self {
        const WORDS: usize = 24;
        Self { words: Vec::with_capacity(WORDS), places: Vec::with_capacity(WORDS), is_question: false }
    }

    /// Where the words between two of them stand in the folded text.
    #[must_use]
    pub fn place(&self, words: Range<usize>) -> Range<usize> {
        let start = self.places.get(words.start).map_or(0, |place| place.start);
        let last = words.end.checked_sub(1).and_then(|last| self.places.get(last));
        start..last.map_or(start, |place| place.end.max(start))
    }
}

/// Whether a word is a whole number in digits.
#[must_use]
pub fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text begins with a word that ends there.
pub(super) fn begins_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The tokens of a text, in order.
#[must_use]
pub fn tokens<'a>(folded: &'a Folded<'_>) -> Vec<Token<'a>> {
    let text = folded.text();
    // A word and the space after it are six letters or more, as a rule.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    let mut lines = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if letter.is_whitespace() || is_setting(letter) {
            lines += usize::from(letter == '\n');
            at += letter.len_utf8();
            continue;
        }
        let (text, length) = token(folded, at, rest, letter);
        tokens.push(Token { text, at: at..at + length, lines });
        (at, lines) = (at + length, 0);
    }
    tokens
}

/// Whether a mark only says how a word is set.
fn is_setting(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '*' | '_' | '`' | '«' | '»')
}

/// The token with which the rest of a text begins, as it is read, and how many bytes of the text it is.
fn token<'a>(folded: &Folded<'_>, at: usize, rest: &'a str, letter: char) -> (&'a str, usize) {
    if letter.is_ascii_digit() {
        let length = number_length(rest);
        return (rest.get(..length).unwrap_or(rest), length);
    }
    if !is_letter(letter) {
        let is_dash = rest.starts_with(":-")
            && !rest.get(2..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let length = if is_dash { ":-".len() } else { letter.len_utf8() };
        return (rest.get(..length).unwrap_or(rest), length);
    }
    // Hardly a word is abbreviated, so its letters alone say whether to look.
    let letters = rest.find(|letter: char| !is_letter(letter)).unwrap_or(rest.len());
    if JOINT_LETTERS.has(rest.get(..letters).unwrap_or(rest)) {
        let ends =
            |length: usize| !rest.get(length..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let joint = JOINTS.iter().find(|(written, _)| rest.starts_with(written) && ends(written.len()));
        if let Some((written, read)) = joint {
            return (read, written.len());
        }
    }
    if rest.get(letters..).is_some_and(|rest| rest.starts_with('.')) {
        let short = SHORT.alike(rest).iter().find(|short| {
            rest.strip_prefix(**short).is_some_and(|after| after.starts_with('.'))
                && !followed_by_capital(folded, at + short.len() + 1)
        });
        if let Some(short) = short {
            return (rest.get(..short.len()).unwrap_or(rest), short.len() + 1);
        }
    }
    let length = letters + word_length(rest.get(letters..).unwrap_or_default());
    (rest.get(..length).unwrap_or(rest), length)
}

/// Whether what follows begins a sentence, or nothing follows.
fn followed_by_capital(folded: &Folded<'_>, at: usize) -> bool {
    let Some(rest) = folded.text().get(at..) else { return true };
    let next = at + (rest.len() - rest.trim_start().len());
    rest.trim().is_empty()
        || folded.is_capital(next)
        || !rest.starts_with(char::is_whitespace) && !rest.starts_with(',')
}

/// How long the number is with which a text begins: "1,5" and "3-årigt" are one, and so is "1:a".
fn number_length(rest: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    let after = rest.get(whole..).unwrap_or_default();
    let letters = |text: &str| -> usize {
        text.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum()
    };
    match (after.strip_prefix(','), after.strip_prefix(['-', ':'])) {
        (Some(part), _) if digits(part) > 0 => whole + 1 + digits(part),
        (_, Some(word)) if letters(word) > 0 => whole + 1 + letters(word),
        _ => whole,
    }
}

/// How long the word is, or the rest of one, with which a text begins: hyphens and colons inside it are part of it.
fn word_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, letter)) = letters.next() {
        let goes_on = || letters.clone().next().is_some_and(|(_, next)| is_letter(next));
        if is_letter(letter) || letter.is_ascii_digit() || matches!(letter, '-' | ':') && goes_on() {
            end = at + letter.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// The sentences of a text. A line ends one, unless the next goes on with a small letter or a number: files break their lines
/// where they are full.
#[must_use]
pub fn sentences<'a>(folded: &Folded<'_>, tokens: &[Token<'a>]) -> Vec<Sentence<'a>> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::empty();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = tokens.get(at..).unwrap_or_default();
        let begins_line = token.lines > 0 || at == 0;
        let marker = if begins_line { marker(rest) } else { 0 };
        if token.lines > 0 && !goes_on(folded, &sentence, token, marker) {
            sentences.push(std::mem::replace(&mut sentence, Sentence::empty()));
        }
        if marker > 0 {
            at += marker;
            continue;
        }
        at += 1;
        let next = tokens.get(at);
        let is_apart = next.is_none_or(|next| next.at.start > token.at.end);
        let ends = match token.text {
            "!" | "?" => true,
            "." => {
                let after_number = sentence.words.last().is_some_and(|word| is_digits(word));
                let is_new = next.is_none_or(|next| folded.is_capital(next.at.start) || !after_number);
                is_apart && is_new
            }
            _ => false,
        };
        if ends {
            sentence.is_question = token.text == "?";
            sentences.push(std::mem::replace(&mut sentence, Sentence::empty()));
        } else {
            if sentence.words.len() == LONGEST {
                sentences.push(std::mem::replace(&mut sentence, Sentence::empty()));
            }
            sentence.words.push(token.text);
            sentence.places.push(token.at.clone());
        }
    }
    sentences.push(sentence);
    sentences.retain(|sentence| !sentence.words.is_empty());
    sentences
}

/// How many tokens at the beginning of a line only say that it is an item or a heading.
fn marker(tokens: &[Token<'_>]) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    // Something goes on after white space.
    let ends = |at: usize| {
        let pair = tokens.get(at - 1).zip(tokens.get(at));
        pair.is_some_and(|(last, next)| next.at.start > last.at.end)
    };
    let hashes = tokens.iter().take_while(|token| token.text == "#").count();
    if hashes > 0 {
        return hashes + tokens.get(hashes..).map_or(0, marker);
    }
    let is_letter = text(0).len() == 1 && text(0).starts_with(char::is_alphabetic);
    match (text(0), text(1), text(2), text(3)) {
        ("-" | "–" | "•" | "·" | ">" | "|", ..) if ends(1) => 1,
        (number, "." | ")", ..) if (is_digits(number) && number.len() < 3 || is_letter) && ends(2) => 2,
        (number, ".", part, _) if is_digits(number) && is_digits(part) && number.len() < 3 && ends(3) => 3,
        (number, ".", part, ".") if is_digits(number) && is_digits(part) && number.len() < 3 && ends(4) => 4,
        ("§", number, ..) if is_digits(number) && ends(2) => 2,
        (number, "§", ..) if is_digits(number) && ends(2) => 2,
        _ => 0,
    }
}

/// Whether a line goes on with the sentence before it.
fn goes_on(folded: &Folded<'_>, sentence: &Sentence<'_>, token: &Token<'_>, marker: usize) -> bool {
    let last = sentence.words.last().copied().unwrap_or_default();
    if marker > 0 {
        return last == ":";
    }
    let is_small = !folded.is_capital(token.at.start) && token.text.starts_with(char::is_alphabetic);
    let is_number = token.text.starts_with(|letter: char| letter.is_ascii_digit());
    let is_dash = matches!(token.text, "–" | "-");
    token.lines < 2 && (is_small || is_number || is_dash || matches!(last, "," | ":" | "–" | "och"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let folded = Folded::of(text);
        sentences(&folded, &tokens(&folded)).iter().map(|sentence| sentence.words.join(" ")).collect()
    }

    #[test]
    fn a_sentence_ends_where_people_end_it() {
        for (text, expected) in [
            (
                "Avtalet gäller t.o.m. 1.1.2026 (jfr ca. 5). Nästa mening!",
                &["avtalet gäller t.o.m. 1 . 1 . 2026 ( jfr ca 5 )", "nästa mening"] as &[&str],
            ),
            (
                "Enligt 1 kap. 2 § lagen m.m. Det är bl.a. Röda Korset.",
                &["enligt 1 kap 2 § lagen m . m", "det är bl.a. röda korset"],
            ),
            (
                "Tredje\nraden går på\n2024-01-01\n2. Ny punkt\n\nny rad",
                &["tredje raden går på 2024 - 01 - 01", "ny punkt", "ny rad"],
            ),
            ("Parterna ska:\n- mötas\n- tala", &["parterna ska : mötas", "tala"]),
            ("## 4.2 Avtalstid\nTre år", &["avtalstid", "tre år"]),
            ("Det kostar 500 000 kr. Sedan 1,5 mnkr/år.", &["det kostar 500 000 kr", "sedan 1,5 mnkr / år"]),
            ("3-årigt den 1:a iop:et 550:- (x)", &["3-årigt den 1:a iop:et 550 :- ( x )"]),
            ("", &[]),
            ("...", &[". ."]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_without_end_is_read_in_parts() {
        let text = "kommunen betalar, ".repeat(1_000);
        let folded = Folded::of(&text);
        let parts = sentences(&folded, &tokens(&folded));
        assert_eq!(parts.iter().map(|part| part.words.len()).sum::<usize>(), 3_000);
        assert!(parts.iter().all(|part| part.words.len() == LONGEST));
    }

    #[test]
    fn every_joint_begins_with_its_letters() {
        for (written, _) in JOINTS {
            let letters = written.find(|letter: char| !letter.is_alphabetic()).unwrap_or(written.len());
            assert!(JOINT_LETTERS.has(&written[..letters]), "{written}");
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "Ja. Avtalet **gäller**\ntill";
        let folded = Folded::of(text);
        let sentences = sentences(&folded, &tokens(&folded));
        assert_eq!(&text[folded.origin(sentences[1].place(0..3))], "Avtalet **gäller**\ntill");
        assert_eq!(sentences[1].place(7..9), 0..0);
    }
}
