//! From the amounts in an agreement to what is paid when. Pure functions of the register and the day.

mod agreed;
mod amounts;
mod doubt;
mod ended;
mod frames;
mod indexation;
mod known_value;
mod plan;
mod readings;
mod settlement;
mod split;
mod statement;

pub use agreed::{YearShare, agreed_total, amount_of, by_year, is_agreed, period_of, total_of};
pub use amounts::{Adjustment, YearAmount};
pub use doubt::{Doubt, reasons};
pub use ended::{Earned, earned};
pub use frames::{AgreementStatement, BudgetYear, Share, budget_years, outlook, pays_itself, statements};
pub use indexation::{
    Basis, Bound, Change, Contradiction, Factor, NoFactor, SeriesChange, adjusted_years, contradiction,
    needed_values,
};
pub use known_value::{KnownValue, latest_known, values_behind};
pub use plan::{Origin, When, is_whole, month_units, plan_of};
pub use readings::{Reading, YearSum, is_open, is_single_year, readings};
pub use settlement::{Difference, Paid};
pub use split::Size;
pub use statement::{Component, Payout, Standing, Statement, components, statement, sum};
