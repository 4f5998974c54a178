//! One time of payment of a sum that a plan divides.

use chrono::{Datelike, NaiveDate};

use super::month_units::whole_weight;
use super::payout_time::PayoutTime;
use super::split::Size;
use crate::date::Period;
use crate::key_path::KeyPath;
use crate::path;

/// The plan that sets a payout's time, and its part where it has parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The plan's key; nothing where no plan pays the component.
    pub plan: Option<&'a str>,
    /// The part's key.
    pub part: Option<&'a str>,
}

impl Origin<'_> {
    /// Its key path in the agreement.
    #[must_use]
    pub fn path(self) -> Option<KeyPath> {
        let path = path!["payout_plan", self.plan?];
        Some(match self.part {
            Some(part) => path.join("part").join(part),
            None => path,
        })
    }
}

/// One time of payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instalment<'a> {
    pub(super) when: PayoutTime,
    /// The days that it pays for.
    pub(super) covers: Period,
    /// The last day to pay, where the agreement says enough to tell.
    pub(super) due: Option<NaiveDate>,
    pub(super) size: Size,
    pub(super) condition: Option<&'a str>,
    /// What of the agreement says so.
    pub(super) origin: Origin<'a>,
}

/// A payment of which no month is stated.
pub(super) fn once(covered: Period, origin: Origin<'_>) -> Instalment<'_> {
    Instalment {
        when: PayoutTime::NotStated(covered.start.year()),
        covers: covered,
        due: None,
        size: Size::Weight(whole_weight()),
        condition: None,
        origin,
    }
}
