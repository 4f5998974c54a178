//! What stands between brackets for somebody to fill in.

use std::ops::Range;

use super::leftovers::Reader;
use super::tokens::begins_with_word;
use super::words::LEFTOVERS;

/// So many words at most stand between round brackets that ask for something; more are an aside of the author's.
const ASKING: usize = 6;

impl Reader<'_> {
    /// Something to fill in between brackets, with them; the text of a link is none, nor is an address.
    pub(super) fn bracketed(&self) -> Vec<Range<usize>> {
        self.text
            .match_indices(['[', '<', '(', '{', '«'])
            .filter_map(|(at, opening)| self.between(at, opening))
            .collect()
    }

    fn between(&self, at: usize, opening: &str) -> Option<Range<usize>> {
        let closing = match opening {
            "[" => ']',
            "<" => '>',
            "{" => '}',
            "«" => '»',
            _ => ')',
        };
        let inside = self.after(at + opening.len());
        let asks = ["här ", "valfri", "eventuell", "ev. ", "obs", "fortsätt", "kommentar"]
            .iter()
            .any(|word| inside.starts_with(word))
            && opening == "["
            || LEFTOVERS.verbs.iter().any(|verb| begins_with_word(inside, verb));
        let near = self.near(at + opening.len());
        // A line may end in it, a paragraph not.
        let end = near.find(closing).filter(|end| {
            near.get(..*end).is_some_and(|asked| !asked.contains("\n\n") && asked.matches('\n').count() < 2)
        });
        let asked = end.and_then(|end| inside.get(..end));
        let is_blank = asked.is_some_and(|asked| asked.len() < 12 && asked.trim().is_empty());
        let are_capitals = opening == "["
            && asked.is_some_and(|asked| asked.chars().filter(|letter| letter.is_alphabetic()).count() > 2)
            && self.is_in_capitals(at + 1..at + 1 + asked.map_or(0, str::len));
        let is_choice = opening == "["
            && asked.is_some_and(|asked| {
                asked.contains('/')
                    && asked.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '/' | ' ' | '-'))
            });
        let is_asked = is_blank && opening != "{"
            || are_capitals
            || is_choice
            || match opening {
                "(" => asked.is_some_and(|asked| {
                    let few = asked.split_whitespace().count() <= ASKING;
                    asks && few
                        || few
                            && asked.split([',', ' ', ';']).any(|word| word == "utgår")
                            && asked.contains("annars")
                        || few
                            && ["alternativt", "om tillämpligt", "stryk"]
                                .iter()
                                .any(|phrase| asked.starts_with(phrase))
                        || LEFTOVERS.round.iter().any(|field| field == asked)
                        || is_field(asked) && asked.contains(' ') && !asked.contains(" och ")
                        || is_crossed(asked)
                }),
                "«" => asks || asked.is_some_and(is_field),
                "{" => {
                    asks || asked.is_some_and(|asked| {
                        is_field(asked)
                            || asked.chars().all(|letter| {
                                letter.is_alphanumeric() || matches!(letter, '_' | '.' | ' ' | '-')
                            }) && !asked.is_empty()
                    })
                }
                "[" => {
                    asks || asked.is_some_and(is_field)
                        || ["namn", "datum", "belopp"].iter().any(|field| begins_field(inside, field))
                }
                _ => {
                    asks || LEFTOVERS.angles.iter().any(|field| inside.starts_with(field.as_str()))
                        || asked.is_some_and(is_phrase)
                }
            };
        if !is_asked || asked.is_some_and(|asked| self.is_of_author(at, opening, asked)) {
            return None;
        }
        // One that is never closed is shown with the words after it.
        let Some(end) = end else {
            let words: usize =
                self.after(at).split_inclusive(char::is_whitespace).take(3).map(str::len).sum();
            return Some(at..at + self.after(at).get(..words)?.trim_end().len());
        };
        let whole = at..at + opening.len() + end + closing.len_utf8();
        let after = self.after(whole.end);
        let leads_somewhere = match opening {
            "[" => after.starts_with(['(', '[', ':']),
            "<" => asked.is_some_and(|inside| inside.contains(['@', '/'])),
            _ => false,
        };
        (!leads_somewhere).then_some(whole)
    }
}

impl Reader<'_> {
    /// Whether an author set the brackets: what was left out of a quotation, a short form, or a word that is spoken about.
    fn is_of_author(&self, at: usize, opening: &str, asked: &str) -> bool {
        // So many letters at most has a short form.
        const SHORT: usize = 5;
        let after = self.after(at + opening.len() + asked.len() + 1).trim_start();
        let is_elision = matches!(asked, "..." | "…") && self.quotes;
        let is_short = asked.len() <= SHORT
            && asked.chars().all(char::is_alphabetic)
            && !is_field(asked)
            && self.before(at).trim_end().ends_with(char::is_alphabetic);
        let is_mention =
            ["avses", "menas", "betyder", "förstås"].iter().any(|verb| begins_with_word(after, verb));
        opening == "[" && (is_elision || is_short || is_mention)
    }
}

/// The same of the name of a field, in any of its forms: "namnet", "datum för".
fn begins_field(text: &str, field: &str) -> bool {
    text.strip_prefix(field).is_some_and(|rest| {
        let ending: String = rest.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        matches!(ending.as_str(), "" | "et" | "en" | "n")
    })
}

/// Whether a word is a noun that a number is of: "antal deltagare".
fn is_plain_noun(word: &str) -> bool {
    LEFTOVERS.counted.iter().any(|counted| counted == word)
}

/// Whether what stands between square brackets is the name of a field and no more: "organisationsnummer", "Föreningens namn".
/// "[okänt datum]" tells what is known.
fn is_field(inside: &str) -> bool {
    let is_name = |word: &str| LEFTOVERS.fields.iter().any(|field| field == word);
    if inside.chars().all(|letter| matches!(letter, '.' | '…' | '_' | '?' | 'x' | '-' | '/' | '•' | ' '))
    {
        return true;
    }
    let words: Vec<&str> = inside.split([' ', ',', '/', '\n']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [owner, field] if owner.ends_with('s') && is_name(field) => true,
        [] => false,
        // "Namn på föreningen", "belopp i kronor", "antal deltagare"
        [first, "på" | "i" | "för" | "av" | "till" | "enligt", ..] if is_name(first) => {
            words.len() < 6 && !inside.contains(|letter: char| letter.is_ascii_digit())
        }
        [first, second] if is_name(first) && is_plain_noun(second) => true,
        [owner, field, ..] if owner.ends_with('s') && is_name(field) => words.len() < 6,
        words => words
            .iter()
            .all(|word| is_name(word) || matches!(*word, "och" | "x" | "xx" | "eller" | "samt" | "ev")),
    }
}

/// Whether what stands between angles is words, and no more of them than name something.
fn is_phrase(inside: &str) -> bool {
    let words = inside.split_whitespace().count();
    (1..=6).contains(&words)
        && inside.starts_with(char::is_alphabetic)
        && inside.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | ',' | ':'))
        && !matches!(inside, "b" | "i" | "u" | "p" | "br" | "strong" | "em" | "div" | "span")
}

/// Whether letters X stand for something among words.
fn is_crossed(inside: &str) -> bool {
    inside.split_whitespace().any(|word| word.len() > 1 && word.bytes().all(|byte| byte == b'x'))
}
