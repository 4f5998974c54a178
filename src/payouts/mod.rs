//! From the amounts in an agreement to what is paid when. Pure functions of the register.

mod adjusted;
mod agreed;

pub use adjusted::adjusted_years;
pub use agreed::{YearShare, agreed_total, amount_of, by_year, period_of, total_of};
