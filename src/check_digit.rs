//! The check digit of personal identity numbers and organisation numbers (Luhn, modulus 10).

/// The digit that belongs after `digits`, which are ASCII.
#[must_use]
pub fn of(digits: &[u8]) -> u32 {
    let weighted = digits.iter().rev().enumerate().map(|(position, digit)| {
        let digit = u32::from(digit.saturating_sub(b'0')) * if position.is_multiple_of(2) { 2 } else { 1 };
        digit / 10 + digit % 10
    });
    (10 - weighted.sum::<u32>() % 10) % 10
}

/// Whether the last of `digits`, which are ASCII, is the right check digit for the others.
#[must_use]
pub fn is_right(digits: &[u8]) -> bool {
    let Some((last, others)) = digits.split_last() else { return false };
    digits.iter().all(u8::is_ascii_digit) && u32::from(last - b'0') == of(others)
}

/// What is wrong with an organisation number, as it follows the number; nothing where it can be one.
#[must_use]
pub fn organisation_number_fault(number: &str) -> Option<&'static str> {
    let digits: Vec<u8> = number.trim().bytes().filter(|byte| *byte != b'-').collect();
    let is_divided_otherwise = number.chars().filter(char::is_ascii_digit).count() == 10
        && number.chars().all(|letter| letter.is_ascii_digit() || !letter.is_alphanumeric());
    if digits.len() != 10 && is_divided_otherwise {
        return Some("ska skrivas med bindestreck mellan de sex första och de fyra sista siffrorna");
    }
    let [_, _, third, ..] = digits.as_slice() else { return Some("har inte tio siffror") };
    if digits.len() != 10 || !digits.iter().all(u8::is_ascii_digit) {
        return Some("har inte tio siffror");
    }
    // The third digit tells an organisation number from a date of birth.
    if *third < b'2' {
        return Some("har en tredje siffra som inget organisationsnummer har");
    }
    (!is_right(&digits)).then_some("har fel kontrollsiffra")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_of_ten_is_right() {
        // Lunds kommun has organisation number 212000-1132.
        for last in b'0'..=b'9' {
            let number = [b"212000113".as_slice(), &[last]].concat();
            assert_eq!(is_right(&number), last == b'2');
        }
        assert!(!is_right(b""));
        assert!(!is_right(b"21200o1132"));
    }

    #[test]
    fn the_check_digit_and_the_shape_count() {
        assert_eq!(organisation_number_fault("212000-1132"), None);
        assert_eq!(organisation_number_fault(" 2120001132 "), None);
        assert_eq!(organisation_number_fault("212000-1133"), Some("har fel kontrollsiffra"));
        for number in ["", "21", "21200-1132", "212000-113x", "0212000-1132"] {
            assert_eq!(organisation_number_fault(number), Some("har inte tio siffror"), "{number}");
        }
        for number in ["212000 1132", "212000\u{a0}1132", "212000–1132", "212000.1132"] {
            assert!(organisation_number_fault(number).unwrap().contains("bindestreck"), "{number}");
        }
        // The third digit of an organisation number is two or more.
        for (number, fault_said) in [
            ("811228-9874", "tredje siffra"),
            ("802000-1234", "kontrollsiffra"),
            ("801999-0000", "tredje siffra"),
        ] {
            assert!(organisation_number_fault(number).unwrap().contains(fault_said), "{number}");
        }
    }
}
