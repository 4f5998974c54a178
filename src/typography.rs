//! What must not be torn apart at the end of a line.

use crate::date::MONTHS;
use crate::text::NBSP;

/// Puts no-break spaces where a line must not break: "§ 167", "75 %", "3 000 000", "900 kr", between a month's day and its
/// name, inside the number of a case ("SN 2022/77"), and before "kommun" in a municipality's name.
#[must_use]
pub fn keep_together(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    for (position, &letter) in letters.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|index| letters.get(index)).copied();
        let rest = letters.get(position + 1..).unwrap_or_default();
        let joins = letter == ' '
            && (before.is_some_and(|before| binds(before, rest))
                || is_in_a_name(letters.get(..position).unwrap_or_default(), rest));
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

/// Whether the space stands inside the number of a case or the name of a municipality.
fn is_in_a_name(before: &[char], rest: &[char]) -> bool {
    let word: String = before.iter().rev().take_while(|letter| letter.is_alphanumeric()).collect();
    let next: String = rest.iter().take_while(|letter| letter.is_alphanumeric()).collect();
    let sign = rest.get(next.chars().count());
    let is_code =
        |word: &str| (2..=6).contains(&word.chars().count()) && word.chars().all(char::is_uppercase);
    let is_figures = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_case = is_code(&word) && is_figures(&next) && matches!(sign, Some('/' | '-' | ':'))
        || is_code(&word)
            && next.len() == 4
            && is_figures(&next)
            && before.iter().rev().nth(word.chars().count()) == Some(&'/');
    let is_capitalised = word.chars().last().is_some_and(char::is_uppercase);
    is_case || (word.chars().count() > 1 && is_capitalised && next == "kommun")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_their_units() {
        assert_eq!(keep_together("enligt § 167 och 75 % av"), "enligt §\u{a0}167 och 75\u{a0}% av");
        assert_eq!(keep_together("3 000 000 kronor"), "3\u{a0}000\u{a0}000\u{a0}kronor");
        assert_eq!(keep_together("den 31 december 2022"), "den 31\u{a0}december 2022");
        assert_eq!(keep_together("Dnr SN 2022/77, KN 2022/51"), "Dnr SN\u{a0}2022/77, KN\u{a0}2022/51");
        assert_eq!(
            keep_together("2024/KS 0362, för Lunds kommun i länet"),
            "2024/KS\u{a0}0362, för Lunds\u{a0}kommun i länet"
        );
        assert_eq!(keep_together("IOP 2024 och en annan kommun"), "IOP 2024 och en annan kommun");
        assert_eq!(
            keep_together("12 kronärtskockor och 2021 till 2022"),
            "12 kronärtskockor och 2021 till 2022"
        );
    }
}
