//! What a file in git must not hold of people: e-mail, telephone, personal numbers, and names unless they are asked for.

use crate::identity_number;

/// What must not be written.
#[derive(Debug, Default)]
pub(super) struct Privacy {
    /// Names of people.
    names: Vec<String>,
}

impl Privacy {
    /// With these names withheld; the longest first, so that no part of one stays.
    pub(super) fn of(mut names: Vec<String>) -> Self {
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        Self { names }
    }

    /// A text without what must not be written; each is replaced by a word that says what stood there.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut cleaned = text.to_owned();
        for name in &self.names {
            cleaned = cleaned.replace(name.as_str(), "(utelämnat namn)");
        }
        let numbers: Vec<(usize, usize)> = identity_number::alike(&cleaned);
        for (start, end) in numbers.into_iter().rev() {
            if cleaned.is_char_boundary(start) && cleaned.is_char_boundary(end) {
                cleaned.replace_range(start..end, "(utelämnat personnummer)");
            }
        }
        let lines = cleaned.split('\n').map(|line| {
            let words =
                line.split(' ').map(|word| if is_address(word) { covered(word) } else { word.to_owned() });
            without_telephone(&words.collect::<Vec<_>>().join(" "))
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Whether a word has an e-mail address in it.
fn is_address(word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+');
    word.split_once('@').is_some_and(|(before, after)| {
        before.chars().next_back().is_some_and(is_part)
            && after.chars().next().is_some_and(is_part)
            && after.contains('.')
    })
}

/// The same word with the address taken away and the marks around it left.
fn covered(word: &str) -> String {
    let is_mark = |letter: char| matches!(letter, ',' | ';' | '(' | ')' | '<' | '>' | '.' | ':');
    let inner = word.trim_matches(is_mark);
    word.replacen(inner, "(utelämnad e-post)", 1)
}

/// A line without telephone numbers: digits that follow a word for them, or begin with the sign of a country or area and a dash.
fn without_telephone(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit() || letter == '+') {
        let (before, from) = rest.split_at(start);
        let length: usize = from
            .chars()
            .take_while(|letter| {
                letter.is_ascii_digit()
                    || matches!(letter, ' ' | '-' | '–' | '+' | '(' | ')' | '/' | '\u{a0}')
            })
            .map(char::len_utf8)
            .sum();
        let (run, after) = from.split_at(length.max(1));
        let number = run.trim_end_matches([' ', '(', '\u{a0}', '-', '–']);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let head = before.to_lowercase();
        let is_named = ["tel", "telefon", "mobil", "tfn", "tfn.", "tel.", "telnr"]
            .iter()
            .any(|word| head.trim_end_matches([':', ' ', '.', '\u{a0}']).ends_with(word));
        let counted = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let is_area = number.starts_with("+46")
            || number.starts_with('0')
                && !number.contains('/')
                && number.split_once(['-', '–']).is_some_and(|(area, own)| {
                    (2..=4).contains(&area.len())
                        && (5..=8).contains(&counted(own))
                        && !own.contains(['-', '–'])
                });
        // "0-1" is a measure, and an organisation number does not begin with a nought.
        let is_telephone = (7..=13).contains(&digits) && (is_named || is_area) || is_named && digits >= 5;
        out.push_str(before);
        if is_telephone {
            out.push_str("(utelämnat telefonnummer)");
            out.push_str(&run[number.len()..]);
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether a text looks like the name of a person: two to four words with capitals and nothing else.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().count() >= 2
            && letters.all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\''))
            && word.chars().filter(|letter| letter.is_lowercase()).count() >= 1
    };
    (2..=4).contains(&words.len())
        && words.iter().all(|word| is_part(word) || matches!(*word, "von" | "af" | "de" | "van"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_kept_that_must_not_stand_in_git() {
        let privacy = Privacy::of(vec!["Anna Exempelsson".to_owned()]);
        for (text, cleaned) in [
            (
                "Anna Exempelsson, ordförande, anna@exempel.se.",
                "(utelämnat namn), ordförande, (utelämnad e-post).",
            ),
            (
                "Ring tel. 046-35 50 00 eller 070-123 45 67, i dag.",
                "Ring tel. (utelämnat telefonnummer) eller (utelämnat telefonnummer), i dag.",
            ),
            ("Telefon: 12345", "Telefon: (utelämnat telefonnummer)"),
            ("Född 640823-3234", "Född (utelämnat personnummer)"),
            (
                "2021-02-01 till 2023-12-31 med 900 000 kronor",
                "2021-02-01 till 2023-12-31 med 900 000 kronor",
            ),
            (
                "Org.nr 802400-0005, SO 2022/0229, konto 4711-IOP",
                "Org.nr 802400-0005, SO 2022/0229, konto 4711-IOP",
            ),
        ] {
            assert_eq!(privacy.clean(text), cleaned);
        }
        assert!(
            is_name("Anna Exempelsson")
                && is_name("Jan-Erik Öst")
                && !is_name("Ordförande")
                && !is_name("RSMH Lund")
        );
    }
}
