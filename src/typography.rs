//! What must not be torn apart at the end of a line.

use crate::date::MONTHS;
use crate::text::NBSP;

/// Puts no-break spaces where a line must not break: "§ 167", "75 %", "3 000 000", "900 kr", and between a
/// month's day and its name.
#[must_use]
pub fn keep_together(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    for (position, &letter) in letters.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|index| letters.get(index)).copied();
        let rest = letters.get(position + 1..).unwrap_or_default();
        let joins = letter == ' ' && before.is_some_and(|before| binds(before, rest));
        kept.push(if joins { NBSP } else { letter });
    }
    kept
}

/// Whether the space between `before` and `rest` belongs to one expression.
fn binds(before: char, rest: &[char]) -> bool {
    const UNITS: [&str; 3] = ["kr", "kronor", "procent"];
    let Some(&next) = rest.first() else { return false };
    if before == '§' {
        return next.is_ascii_digit();
    }
    if !before.is_ascii_digit() {
        return false;
    }
    let run = rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
    if run == 3 && !rest.get(3).is_some_and(|letter| letter.is_alphanumeric()) {
        return true;
    }
    let word: String = rest.iter().take_while(|letter| letter.is_alphabetic()).collect();
    next == '%' || UNITS.contains(&word.as_str()) || MONTHS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_their_units() {
        assert_eq!(keep_together("enligt § 167 och 75 % av"), "enligt §\u{a0}167 och 75\u{a0}% av");
        assert_eq!(keep_together("3 000 000 kronor"), "3\u{a0}000\u{a0}000\u{a0}kronor");
        assert_eq!(keep_together("den 31 december 2022"), "den 31\u{a0}december 2022");
        assert_eq!(
            keep_together("12 kronärtskockor och 2021 till 2022"),
            "12 kronärtskockor och 2021 till 2022"
        );
    }
}
