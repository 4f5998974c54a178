//! Lengths of time in whole numbers, so that nothing is rounded before a sum is divided.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::payout_time::last_of_month;
use crate::date::Period;

/// A number that every length of a stretch, from one month to twelve, divides.
pub(super) const LENGTHS: u32 = 27_720;

/// The weight of a payment that is not smaller than another.
pub(super) fn whole_weight() -> Decimal {
    Decimal::from(UNITS_OF_MONTH) * Decimal::from(LENGTHS)
}

/// Whether a payment is as large as any other of its sum, and not smaller because it covers less.
#[must_use]
pub fn is_whole(weight: Decimal) -> bool {
    weight == whole_weight()
}

/// So many units make a month: a number that 28, 29, 30 and 31 days divide, so that parts of months are whole.
const UNITS_OF_MONTH: u32 = 28 * 29 * 15 * 31;

/// How many months a period has, in a unit so small that parts of months are whole numbers; a month that is covered in
/// part counts by its days. Only its relation to another period's has a meaning.
#[must_use]
pub fn month_units(period: Period) -> Decimal {
    let mut units = Decimal::ZERO;
    let mut first = period.start.with_day(1);
    while let Some(start) = first.filter(|start| *start <= period.end) {
        let Some(end) = last_of_month(start.year(), start.month()) else { break };
        let month = Period { start, end };
        if let Some(shared) = month.overlap(&period) {
            units += Decimal::from(shared.days() * (UNITS_OF_MONTH / month.days()));
        }
        first = end.succ_opt();
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_with_their_parts() {
        let date = |text: &str| text.parse().unwrap();
        let months = |start, end| {
            month_units(Period { start: date(start), end: date(end) }) / Decimal::from(UNITS_OF_MONTH)
        };
        assert_eq!(months("2024-02-01", "2024-12-31"), Decimal::from(11));
        assert_eq!(months("2024-02-15", "2024-02-29").round_dp(4).to_string(), "0.5172");
    }
}
