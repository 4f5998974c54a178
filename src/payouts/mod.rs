//! From the amounts in an agreement to what is paid when. Pure functions of the register and the day. A group of files
//! builds on the groups above it; no two import each other.

mod known_sum;
mod month_units;
mod split;

mod agreed;

mod amounts;
mod component;
mod doubt;
mod factor;
mod index_method;
mod indexation;
mod interpretation;
mod known_value;
mod needed_values;
mod readings;

mod instalment;
mod payout_time;
mod plan;
mod slices;

mod allocation;
mod correction;
mod division;
mod earned;
mod ended;
mod fixed_amounts;
mod payout;
mod statement;
mod whole;

mod budget_year;
mod continuation;
mod frames;
mod share;

pub use agreed::{YearShare, agreed_total, amount_of, by_year, period_of, total_of};
pub use amounts::{Adjustment, YearAmount};
pub use budget_year::{BudgetYear, Share};
pub use component::{Component, components};
pub use correction::Difference;
pub use doubt::{Doubt, reasons};
pub use earned::{Earned, earned};
pub use factor::{Bound, Change, Factor, NoFactor, SeriesChange};
pub use frames::{budget_years, outlook};
pub use indexation::{Contradiction, adjusted_years, contradiction};
pub use instalment::Origin;
pub use interpretation::Interpretation;
pub use known_sum::sum;
pub use known_value::{KnownValue, latest_known};
pub use month_units::{is_whole, month_units};
pub use needed_values::{needed_values, values_behind};
pub use payout::{Paid, Payout, Standing};
pub use payout_time::PayoutTime;
pub use plan::plan_of;
pub use readings::{Reading, YearSum, is_open, is_single_year, readings};
pub use split::Size;
pub use statement::{AgreementStatement, Statement, statement, statements};
