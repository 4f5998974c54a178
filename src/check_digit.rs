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
}
