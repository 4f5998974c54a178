//! How long an agreement lasts, and how firmly: its life as it was known on a day, from the agreement and its records.
//!
//! The life is a row of [`Stretch`]es. The last day, the day until which the parties are bound, the last day for notice,
//! and where sums, dates and documents are cut all follow from them. Whoever wants the time that the agreement states
//! asks [`crate::agreement::Term::period`]; whoever wants the time that holds asks [`Life`].

mod changes;
mod commitment;
mod early_end;
mod entered;
mod exits;
mod funding;
mod life;
mod money_time;
mod notice;
mod options;
mod renewals;
mod stretch;
mod succession;

pub use changes::{LastDay, last_days};
pub use commitment::{
    Commitment, bound_from, change_decided_on, change_on, decided_on, deciding_beside, first_of_each,
    made_on, standing_on,
};
pub use early_end::EarlyEnd;
pub use entered::entered;
pub use exits::exits_on;
pub use funding::{FundingOnDay, FundingTerms, awaited, funding_on};
pub use life::{Degree, Life};
pub use money_time::MoneyTime;
pub use notice::{NoticeTime, Termination, notice_day, terminations};
pub use options::{LastUse, Use, uses};
pub use renewals::unstoppable;
pub use stretch::{RestsOn, Stretch};
pub use succession::Succession;
