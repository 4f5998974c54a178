//! The check digit of personal identity numbers and organisation numbers (Luhn, modulus 10).

/// Whether the last of `digits`, which are ASCII, is the right check digit for the others.
#[must_use]
pub fn is_right(digits: &[u8]) -> bool {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(position, digit)| {
            let digit = u32::from(digit - b'0');
            let weighted = if position % 2 == 1 { digit * 2 } else { digit };
            weighted / 10 + weighted % 10
        })
        .sum();
    sum.is_multiple_of(10)
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
