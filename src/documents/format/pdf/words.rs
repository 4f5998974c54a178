//! Words that the layout treats in their own way: those that may be divided, that must stay whole, or that are longer
//! than a line.

use crate::documents::page::columns::{Letters, may_divide, words};

/// Words from this length may be divided at the end of a line. A shorter one that goes to the next line leaves no gap that
/// disturbs.
const LONG: usize = 30;

/// A piece of a divided word that stands alone has at least so many letters.
const SHORTEST: usize = 6;

/// The longest run of letters without a space that is not broken, outside of tables. No Swedish word that people use is
/// longer.
const WIDEST: usize = 34;

/// What text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Running text.
    Text,
    /// Where no word is divided: headings, and where names and dates stand.
    Undivided,
    /// A cell of a table, with so much room in twentieths of a point.
    Cell { room: u32, is_strong: bool },
}

/// How a run of letters without a space stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Whole,
    /// Where Swedish divides it.
    Divided,
    /// Where the line ends.
    Broken,
}

impl Place {
    /// The same with bold letters.
    pub(super) fn strong(self) -> Self {
        match self {
            Self::Cell { room, .. } => Self::Cell { room, is_strong: true },
            other => other,
        }
    }

    /// Whether a run of letters can stand on a line of its own.
    pub(super) fn holds(self, run: &str, letters: &impl Letters) -> bool {
        match self {
            Self::Cell { room, is_strong } => letters.width_of(run, is_strong) <= room,
            Self::Text | Self::Undivided => run.len() <= WIDEST || run.chars().count() <= WIDEST,
        }
    }

    fn fit(self, run: &str, letters: &impl Letters) -> Fit {
        let is_whole = match self {
            Self::Cell { .. } => words(run).all(|word| self.holds(word, letters)),
            Self::Text | Self::Undivided => self.holds(run, letters),
        };
        // What is longer is no word: each place to divide it would be tried.
        let is_word = |word: &str| word.chars().count() <= 2 * WIDEST;
        let is_divided = || match self {
            Self::Cell { room, is_strong } => {
                words(run).all(|word| is_word(word) && letters.width_divided(word, is_strong) <= room)
            }
            Self::Text => may_divide(run) && is_word(run),
            Self::Undivided => false,
        };
        if is_whole {
            Fit::Whole
        } else if is_divided() {
            Fit::Divided
        } else {
            Fit::Broken
        }
    }
}

/// A word that the layout treats in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// It may be divided by the rules of Swedish.
    Long,
    /// A range of years, which stays whole.
    Years,
    /// It is longer than a line may be, and can be broken anywhere.
    Endless,
}

/// Where the first special word begins and ends, and what is special about it.
pub(super) fn special_word(
    text: &str,
    place: Place,
    letters: &impl Letters,
) -> Option<(usize, usize, Special)> {
    let mut start = 0;
    for run in text.split(|letter: char| letter.is_whitespace() && letter != crate::text::NBSP) {
        let fit = place.fit(run, letters);
        if fit == Fit::Broken {
            return Some((start, start + run.len(), Special::Endless));
        }
        let may_be_divided = |part: &str| match fit {
            Fit::Divided => part.chars().count() >= SHORTEST && !place.holds(part, letters),
            // A name is not divided.
            _ => {
                place == Place::Text && part.chars().count() >= LONG && !part.starts_with(char::is_uppercase)
            }
        };
        let mut at = start;
        for word in run.split(|letter: char| !(letter.is_alphanumeric() || letter == '–')) {
            let end = at + word.len();
            if word.split_once('–').is_some_and(|(from, to)| is_year(from) && is_year(to)) {
                return Some((at, end, Special::Years));
            }
            if word.len() >= SHORTEST {
                let mut from = at;
                for part in word.split(|letter: char| !letter.is_alphabetic()) {
                    if may_be_divided(part) {
                        return Some((from, from + part.len(), Special::Long));
                    }
                    from += part.len() + next_width(&text[from + part.len()..]);
                }
            }
            at = end + next_width(&text[end..]);
        }
        start += run.len() + next_width(&text[start + run.len()..]);
    }
    None
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many bytes the first letter has.
fn next_width(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// A line of code in pieces that a page can hold.
pub(super) fn folded(line: &str, most: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    let pieces: Vec<String> = letters.chunks(most).map(|piece| piece.iter().collect()).collect();
    pieces.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter is five points wide.
    struct Even;

    impl Letters for Even {
        fn width(&self, _: char, _: bool) -> u32 {
            100
        }
    }

    fn found(text: &str, place: Place) -> Option<(Special, &str)> {
        special_word(text, place, &Even).map(|(start, end, kind)| (kind, &text[start..end]))
    }

    #[test]
    fn only_long_words_may_be_divided_and_only_endless_ones_are_broken() {
        let found = |text| found(text, Place::Text);
        assert_eq!(found("kort och kortare och brukarinflytandesamordning"), None);
        let long = "samhällsutvecklingsförvaltningen";
        for text in
            ["en samhällsutvecklingsförvaltningen, till slut", "dag 1–samhällsutvecklingsförvaltningen"]
        {
            assert_eq!(found(text), Some((Special::Long, long)));
        }
        assert_eq!(found("hos Samhällsutvecklingsförvaltningen"), None);
        assert_eq!(found("åren (2023–2024)"), Some((Special::Years, "2023–2024")));
        assert_eq!(found("2023-01-01–2024-12-31"), None);
        let address = "https://www.adala.se/om-kommunen/partnerskap/2024";
        assert_eq!(found(address), Some((Special::Endless, address)));
        let endless = "x".repeat(35);
        assert_eq!(special_word(&endless, Place::Undivided, &Even), Some((0, 35, Special::Endless)));
    }

    #[test]
    fn nothing_is_divided_where_names_stand() {
        assert_eq!(
            found("samhällsutvecklingsförvaltningen 2023–2024", Place::Undivided),
            Some((Special::Years, "2023–2024"))
        );
    }

    #[test]
    fn a_word_in_a_cell_is_divided_where_it_must_be() {
        let cell = |letters: u32| Place::Cell { room: letters * 100, is_strong: false };
        assert_eq!(found("om brukarinflytandesamordning", cell(26)), None);
        assert_eq!(
            found("om brukarinflytandesamordning", cell(25)),
            Some((Special::Long, "brukarinflytandesamordning"))
        );
        assert_eq!(
            found("vård- och omsorgsförvaltningen", cell(12)).map(|(kind, _)| kind),
            Some(Special::Long)
        );
        assert_eq!(found("den 2024-01-01", cell(10)), None);
        assert_eq!(found("2024-01-01", cell(8)), Some((Special::Endless, "2024-01-01")));
        assert_eq!(found("KS2024/117ab", cell(6)), Some((Special::Endless, "KS2024/117ab")));
        assert_eq!(found("kommunstyrelsen", cell(3)), Some((Special::Endless, "kommunstyrelsen")));
    }
}
