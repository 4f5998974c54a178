//! Accounts in a bank, as people write them: what no register is to hold.

use crate::check_digit;

/// What kind of account in a bank a text of any kind holds, in the indefinite: a word for one beside as many digits as an account
/// has, or an IBAN.
#[must_use]
pub fn held_by(text: &str) -> Option<&'static str> {
    /// The number of an account in the books has fewer.
    const LEAST: usize = 6;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    named(text).filter(|_| digits >= LEAST).or_else(|| is_iban(&plain(text)).then_some(IBAN))
}

const IBAN: &str = "ett IBAN";

/// The kind of account that a word of a text names.
fn named(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let has_word = |words: &[&str]| {
        let mut all = lower.split(|letter: char| !letter.is_alphabetic());
        all.any(|word| words.contains(&word))
    };
    if has_word(&["bg", "bankgiro", "bankgironummer"]) {
        return Some("ett bankgiro");
    }
    if has_word(&["pg", "plusgiro", "postgiro", "plusgironummer"]) {
        return Some("ett plusgiro");
    }
    has_word(&["clearing", "clearingnummer", "kontonummer", "bankkonto", "swish", "swishnummer"])
        .then_some("ett bankkonto")
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// What kind of account in a bank a text looks like where only the number of a supplier is to stand, in the indefinite.
#[must_use]
pub fn kind_of(text: &str) -> Option<&'static str> {
    let plain = plain(text);
    if let Some(kind) = named(text) {
        return Some(kind);
    }
    let mut words = text.split(|letter: char| !letter.is_alphabetic());
    if is_iban(&plain) || words.any(|word| matches!(&*word.to_lowercase(), "iban" | "bic")) {
        return Some(IBAN);
    }
    let (before, after) = plain.split_once(['-', '–'])?;
    let digits = format!("{before}{after}");
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !check_digit::is_right(digits.as_bytes()) {
        return None;
    }
    match (before.len(), after.len()) {
        (3 | 4, 4) => Some("ett bankgiro"),
        (1..=7, 1) => Some("ett plusgiro"),
        _ => None,
    }
}

/// Two letters, two digits, and what makes the remainder 1 (ISO 13616).
fn is_iban(plain: &str) -> bool {
    let bytes = plain.as_bytes();
    let (Some(head), Some(rest)) = (bytes.get(..4), bytes.get(4..)) else { return false };
    let is_form = head.iter().take(2).all(u8::is_ascii_lowercase)
        && head.iter().skip(2).all(u8::is_ascii_digit)
        && (11..=30).contains(&rest.len())
        && rest.iter().all(u8::is_ascii_alphanumeric);
    if !is_form {
        return false;
    }
    let mut remainder = 0_u32;
    for byte in rest.iter().chain(head) {
        let (value, shift) = match byte {
            b'0'..=b'9' => (u32::from(byte - b'0'), 10),
            letter => (u32::from(letter - b'a') + 10, 100),
        };
        remainder = (remainder * shift + value) % 97;
    }
    remainder == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_told_from_numbers_of_suppliers() {
        for (text, kind) in [
            ("5050-1055", "ett bankgiro"),
            ("bg 123", "ett bankgiro"),
            ("Bankgiro: 1", "ett bankgiro"),
            ("PG 90 19 50-6", "ett plusgiro"),
            ("SE45 5000 0000 0583 9825 7466", "ett IBAN"),
            ("se4550000000058398257466", "ett IBAN"),
            ("clearing 8327", "ett bankkonto"),
        ] {
            assert_eq!(kind_of(text), Some(kind), "{text}");
        }
        // Numbers in a ledger, organisation numbers, and what only has the form of an IBAN.
        for text in [
            "104233",
            "10-42",
            "50501055",
            "802400-0000",
            "L-104233",
            "SE45 5000 0000 0583 9825 7467",
            "1",
            "-",
            "é-1",
        ] {
            assert_eq!(kind_of(text), None, "{text}");
        }
    }
}
