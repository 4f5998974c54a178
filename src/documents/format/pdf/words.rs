//! Words that the layout treats in their own way: those that may be divided, that must stay whole, or that are longer
//! than a line.

/// Words from this length may be divided at the end of a line.
const LONG: usize = 14;

/// The longest run of letters without a space that is not broken, outside narrow columns. No Swedish word that
/// people use is longer.
pub(super) const WIDEST: usize = 34;

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
pub(super) fn special_word(text: &str, divides: bool, widest: usize) -> Option<(usize, usize, Special)> {
    let mut start = 0;
    for run in text.split(|letter: char| letter.is_whitespace() && letter != crate::text::NBSP) {
        let letters = if run.len() > widest { run.chars().count() } else { 0 };
        // Swedish can divide what is one word; an address or a code it cannot.
        let is_word = run.chars().filter(|letter| !letter.is_alphabetic()).count() <= 2;
        if letters > widest && !(divides && is_word && letters <= 2 * WIDEST && widest == WIDEST) {
            return Some((start, start + run.len(), Special::Endless));
        }
        let mut at = start;
        for word in run.split(|letter: char| !(letter.is_alphanumeric() || letter == '–')) {
            let end = at + word.len();
            if word.split_once('–').is_some_and(|(from, to)| is_year(from) && is_year(to)) {
                return Some((at, end, Special::Years));
            }
            if divides && word.len() >= LONG {
                let mut from = at;
                for part in word.split(|letter: char| !letter.is_alphabetic()) {
                    if part.chars().count() >= LONG {
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

    #[test]
    fn only_long_words_may_be_divided_and_only_endless_ones_are_broken() {
        let found =
            |text| special_word(text, true, WIDEST).map(|(start, end, kind)| (kind, &text[start..end]));
        assert_eq!(found("kort och kortare"), None);
        assert_eq!(
            found("en brukarinflytandesamordning, till slut"),
            Some((Special::Long, "brukarinflytandesamordning"))
        );
        assert_eq!(found("överenskommelsen"), Some((Special::Long, "överenskommelsen")));
        assert_eq!(found("åren (2023–2024)"), Some((Special::Years, "2023–2024")));
        assert_eq!(found("dag 1–överenskommelsen"), Some((Special::Long, "överenskommelsen")));
        assert_eq!(found("2023-01-01–2024-12-31"), None);
        let address = "https://www.adala.se/om-kommunen/partnerskap/2024";
        assert_eq!(found(address), Some((Special::Endless, address)));
        assert_eq!(special_word("överenskommelsen 2023–2024", false, WIDEST), Some((18, 29, Special::Years)));
        assert_eq!(special_word("kommunstyrelsen", true, 12), Some((0, 15, Special::Endless)));
    }
}
