//! Parts as fractions that a pocket calculator can follow.

use rust_decimal::Decimal;

/// Denominators beyond this are no help to anybody.
const GREATEST: u64 = 1_000_000_000;

/// `part` of `whole` as a fraction without common divisors, as 2 of 5: by continued fractions, since weights may be thirds
/// of a krona. Nothing where there is none that is small.
#[must_use]
pub fn fraction(part: Decimal, whole: Decimal) -> Option<(u64, u64)> {
    let exact = part.checked_div(whole).filter(|share| *share >= Decimal::ZERO)?;
    let (mut before, mut found) = ((0, 1), (1, 0));
    let mut rest = exact;
    loop {
        let digit: u64 = rest.trunc().try_into().ok()?;
        let next = |before: u64, found: u64| digit.checked_mul(found)?.checked_add(before);
        (before, found) = (found, (next(before.0, found.0)?, next(before.1, found.1)?));
        if found.1 > GREATEST {
            return None;
        }
        let error = Decimal::from(found.0).checked_div(Decimal::from(found.1))? - exact;
        if error.abs() < Decimal::new(1, 20) {
            return Some(found);
        }
        rest = Decimal::ONE.checked_div(rest.fract())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_small_fractions() {
        let of = |part: &str, whole: &str| fraction(part.parse().unwrap(), whole.parse().unwrap());
        assert_eq!(of("4", "10"), Some((2, 5)));
        assert_eq!(of("0", "7"), Some((0, 1)));
        assert_eq!(of("12", "4"), Some((3, 1)));
        assert_eq!(of("166.66666666666666666666666667", "1000"), Some((1, 6)));
        assert_eq!(of("1", "0"), None);
        assert_eq!(of("0.3141592653589793238462643383", "1"), None);
    }
}
