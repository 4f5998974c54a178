//! How the names of people and of bodies are made.

use crate::language::words::NAMES;

/// What stands in the place of a name.
pub(super) const OMITTED: &str = "(utelämnat namn)";

/// Whether a text looks like the name of a person, or stands in the place of one: two to four words with capitals and nothing else,
/// initials among them.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_small = |word: &&str| is_initial(word) || word.contains(char::is_lowercase);
    let is_part = |word: &&str| {
        (is_part_of_name(word) || is_initial(word)) && is_small(word)
            || matches!(*word, "von" | "af" | "de" | "van")
    };
    text.trim() == OMITTED
        || (2..=4).contains(&words.len())
            && words.first().is_some_and(|first| is_part_of_name(first) || is_initial(first))
            && words.last().is_some_and(|last| is_part_of_name(last))
            && words.iter().all(is_part)
}

/// "T.", "A.B.", "K.-E."
pub(super) fn is_initial(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.len() <= 5
        && letters.last() == Some(&'.')
        && letters.split(|letter| *letter == '.').all(|part| match part {
            [] => true,
            [letter] | ['-', letter] => letter.is_uppercase(),
            _ => false,
        })
}

/// Whether a word with a capital can be a part of a name.
pub(super) fn is_part_of_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().count() >= 2
        && letters.all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
}

/// Whether words with capitals name a body or a place and no person.
pub(super) fn is_body(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        let word = word.strip_suffix('s').unwrap_or(word);
        let is_form = |stem: &String| {
            word.rfind(stem.as_str()).is_some_and(|at| BODY_ENDINGS.contains(&&word[at + stem.len()..]))
        };
        NAMES.body_words.iter().any(|one| one == word) || NAMES.bodies.iter().any(is_form)
    })
}

/// What a word for a body ends with after its stem: "föreningen", "nämnder".
const BODY_ENDINGS: [&str; 14] =
    ["", "n", "en", "t", "et", "er", "erna", "ar", "arna", "or", "orna", "na", "al", "ala"];

/// A word without the marks around it.
pub(super) fn core(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphabetic())
}

/// Whether a word says what somebody is.
pub(super) fn is_function(word: &str) -> bool {
    let lower = core(word).to_lowercase();
    NAMES.functions.iter().any(|ending| lower.ends_with(ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_and_of_bodies_are_told_apart() {
        for name in ["Anna Exempelsson", "Jan-Erik Öst", "T. Brännlycke", "K.-E. Öst", "A.B. af Ek"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["Ordförande", "RSMH Lund", "A. B.", "T."] {
            assert!(!is_name(other), "{other}");
        }
        for body in
            ["Kvinnojouren Svalan", "Ådala Stadsmission", "Öppet Hus", "Region Norrå", "Språkets Vänner"]
        {
            assert!(is_body(body), "{body}");
        }
        for person in ["Xerxa Husberg", "Torgny Vindal", "Hussein Sandö", "Xerxa Kommunsson"] {
            assert!(!is_body(person), "{person}");
        }
    }
}
