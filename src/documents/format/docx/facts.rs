//! Facts in the text. A fact stands between private characters that no other text holds, and becomes a content control
//! with its key path as tag, so that a reader of the file finds it again.

use super::piece::{Inline, Piece};
use crate::documents::private::{END, NUMBER, TEXT};

/// The longest tag that Word takes.
const LONGEST_TAG: usize = 64;

/// The tag of a key path. A path that is too long keeps its beginning and ends with a number that is its own: whoever
/// reads a tag compares it with the tags of the paths that there are.
pub(crate) fn tag(path: &str) -> String {
    if path.chars().count() <= LONGEST_TAG {
        return path.to_owned();
    }
    // FNV-1a: the same for everybody and at all times.
    let number = path
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    let start: String = path.chars().take(LONGEST_TAG - 17).collect();
    format!("{start}~{number:016x}")
}

/// Text without the characters that stand around facts.
pub(super) fn without_marks(text: &str) -> String {
    if !text.contains([NUMBER, TEXT, END]) {
        return text.to_owned();
    }
    let whole = Inline { piece: Piece::Text(text.to_owned()), ..Inline::default() };
    let pieces = resolve(vec![whole], 0);
    pieces
        .into_iter()
        .map(|part| if let Piece::Text(text) = part.piece { text } else { String::new() })
        .collect()
}

/// Tells each piece of a paragraph which fact it belongs to, and takes the marks away. A mark without its like is
/// nothing; so is one with a number that no fact has.
pub(super) fn resolve(pieces: Vec<Inline>, facts: usize) -> Vec<Inline> {
    let has_marks = |inline: &Inline| match &inline.piece {
        Piece::Text(text) => text.contains([NUMBER, TEXT, END]),
        _ => false,
    };
    if !pieces.iter().any(has_marks) {
        return pieces;
    }
    let mut parts: Vec<Inline> = pieces.into_iter().flat_map(cut).collect();
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        match mark(&parts[at]) {
            Some(NUMBER) => {
                let number = parts
                    .get(at + 1)
                    .and_then(number)
                    .filter(|_| parts.get(at + 2).and_then(mark) == Some(TEXT));
                if let Some(number) = number {
                    parts[at..at + 3].iter_mut().for_each(blank);
                    at += 2;
                    open.push((at, (number < facts).then_some(number)));
                } else {
                    blank(&mut parts[at]);
                }
            }
            Some(END) => {
                blank(&mut parts[at]);
                if let Some((from, Some(fact))) = open.pop() {
                    // What stands between belongs to the innermost fact around it.
                    parts[from..at]
                        .iter_mut()
                        .filter(|part| part.fact.is_none())
                        .for_each(|part| part.fact = Some((fact, from)));
                }
            }
            Some(_) => blank(&mut parts[at]),
            None => {}
        }
        at += 1;
    }
    parts.retain(|part| !matches!(&part.piece, Piece::Text(text) if text.is_empty()));
    parts
}

/// Cuts a text at its marks, so that each stands alone.
fn cut(inline: Inline) -> Vec<Inline> {
    let Piece::Text(text) = &inline.piece else { return vec![inline] };
    let with = |text: &str| Inline { piece: Piece::Text(text.to_owned()), ..inline.clone() };
    let mut parts = Vec::new();
    for part in text.split_inclusive([NUMBER, TEXT, END]) {
        let before = part.trim_end_matches([NUMBER, TEXT, END]);
        if !before.is_empty() {
            parts.push(with(before));
        }
        if before.len() < part.len() {
            parts.push(with(&part[before.len()..]));
        }
    }
    parts
}

fn mark(inline: &Inline) -> Option<char> {
    let Piece::Text(text) = &inline.piece else { return None };
    text.chars().next().filter(|letter| matches!(*letter, NUMBER | TEXT | END))
}

fn number(inline: &Inline) -> Option<usize> {
    let Piece::Text(text) = &inline.piece else { return None };
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn blank(inline: &mut Inline) {
    inline.piece = Piece::Text(String::new());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn resolved(text: &str, facts: usize) -> Vec<(String, Option<usize>)> {
        let whole = Inline { piece: Piece::Text(text.to_owned()), ..Inline::default() };
        let text =
            |part: &Inline| if let Piece::Text(text) = &part.piece { text.clone() } else { String::new() };
        resolve(vec![whole], facts).iter().map(|part| (text(part), part.fact.map(|(fact, _)| fact))).collect()
    }

    #[test]
    fn a_fact_is_told_from_the_text_around_it() {
        assert_eq!(
            resolved("från \u{E002}0\u{E003}1 maj\u{E004} till", 1),
            [("från ".to_owned(), None), ("1 maj".to_owned(), Some(0)), (" till".to_owned(), None)]
        );
    }

    #[test]
    fn a_mark_without_its_like_is_nothing() {
        for (text, plain) in [
            ("a\u{E004}b", "ab"),
            ("a\u{E002}0\u{E003}b", "ab"),
            ("a\u{E002}b\u{E004}", "ab"),
            ("a\u{E002}7\u{E003}b\u{E004}", "ab"),
            ("\u{E003}a\u{E002}", "a"),
            ("\u{E002}99999999999999999999999\u{E003}a\u{E004}", "99999999999999999999999a"),
        ] {
            let parts = resolved(text, 1);
            let shown: String = parts.iter().map(|(text, _)| text.as_str()).collect();
            assert_eq!(shown, plain);
            assert!(parts.iter().all(|(_, fact)| fact.is_none()), "{text:?}");
            assert_eq!(without_marks(text), plain);
        }
    }

    #[test]
    fn tags_fit_in_word_and_stay_apart() {
        let long = |last: &str| format!("party.{}.{last}", "x".repeat(80));
        assert_eq!(tag("term.start"), "term.start");
        assert_eq!(tag(&long("name")).chars().count(), LONGEST_TAG);
        assert_ne!(tag(&long("name")), tag(&long("title")));
    }

    proptest! {
        #[test]
        fn no_other_letter_is_lost(text in "[a-c0-9\u{E002}\u{E003}\u{E004}]{0,40}") {
            let shown = without_marks(&text);
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            prop_assert_eq!(letters(&shown), letters(&text));
            prop_assert!(!shown.contains([NUMBER, TEXT, END]));
        }
    }
}
