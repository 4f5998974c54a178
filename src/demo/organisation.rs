//! Organisations that do not exist, each with a name and a number of its own.

use super::draw::Draw;
use super::stock::{Form, NAMES};
use crate::check_digit;

/// An organisation that does not exist.
#[derive(Debug, Clone)]
pub(super) struct Organisation {
    pub(super) key: String,
    pub(super) name: String,
    /// The name in running text.
    pub(super) called: String,
    pub(super) form: &'static str,
    pub(super) number: String,
}

impl Organisation {
    pub(super) fn form(&self) -> &'static Form {
        &NAMES.form[self.form]
    }
}

/// The organisations of a partnership; each has its own name.
pub(super) fn organisations(draw: &mut Draw, place: &str, count: usize) -> Vec<Organisation> {
    let lead = *draw.pick(&["association", "association", "association", "foundation", "congregation"]);
    let first_word = draw.position(NAMES.words.len());
    let mut organisations = Vec::with_capacity(count);
    for number in 0..count {
        let form = if number == 0 { lead } else { draw.pick(&FORMS) };
        let word_at = (first_word + 7 * number) % NAMES.words.len();
        let word = NAMES.words[word_at].as_str();
        let described = &NAMES.form[form];
        let pattern_at = draw.position(described.patterns.len());
        let name = described.patterns[pattern_at].replace("{word}", word).replace("{place}", place);
        // The number follows from the name, so that the same organisation has it in every agreement.
        let place_at = NAMES.places.iter().position(|one| one == place).unwrap_or_default();
        let serial = ((pattern_at * 100 + word_at) * 100 + place_at) * 7919 % 100_000;
        organisations.push(Organisation {
            key: slug(word),
            called: if number == 0 { described.called.clone() } else { word.to_owned() },
            form,
            number: organisation_number(&described.group, serial),
            name,
        });
    }
    organisations
}

const FORMS: [&str; 5] =
    ["association", "study-association", "foundation", "congregation", "economic-association"];

/// A number in a series that nobody has been given: two digits of the group, 99, five digits and a right check digit.
/// With 99 for its third and fourth digit it cannot be a person's.
pub(super) fn organisation_number(group: &str, serial: usize) -> String {
    let digits = format!("{group}99{serial:05}");
    format!("{}-{}{}", &digits[..6], &digits[6..], check_digit::of(digits.as_bytes()))
}

/// A name as it stands in a key or a file's name.
pub(super) fn slug(name: &str) -> String {
    let plain = |letter: char| match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    name.to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisation_numbers_have_a_right_check_digit_and_are_nobodys() {
        // 212000-1132 is the number of the city of Lund, as an example of a right one.
        assert_eq!(check_digit::of(b"212000113"), 2);
        assert_eq!(organisation_number("80", 12_345), format!("809912-345{}", check_digit::of(b"809912345")));
    }
}
