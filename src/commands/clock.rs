//! The only place that reads the clock.

use chrono::{Local, NaiveDate};

/// Today, where the computer stands.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub(super) fn today() -> NaiveDate {
    Local::now().date_naive()
}
