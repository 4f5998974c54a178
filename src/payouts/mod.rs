//! From the amounts in an agreement to what is paid when. Pure functions of the register and the day. A group of files
//! builds on the groups above it; no two import each other.

mod fraction;
mod known_sum;
mod month_units;
mod rate_stretches;
mod split;

mod agreed;
mod worth;
mod year_share;

mod adjustment;
mod amounts;
mod component;
mod doubt;
mod factor;
mod index_method;
mod index_year;
mod indexation;
mod interpretation;
mod known_value;
mod needed_values;
mod no_factor;
mod pace;
mod series_change;

mod instalment;
mod payout_time;
mod plan;
mod slices;

mod allocation;
mod ceiling;
mod correction;
mod decided;
mod deduction;
mod divided_sum;
mod division;
mod earned;
mod ended;
mod fixed_amounts;
mod invoiced;
mod payout;
mod readings;
mod receivers;
mod statement;
mod uncovered;
mod whole;
mod without_time;
mod year_end;

mod at_end;
mod budget_year;
mod coded;
mod continuation;
mod expected;
mod extended_value;
mod frames;
mod grants;
mod share;

pub use adjustment::{AdjustedPart, Adjustment, InYear};
pub use agreed::{
    agreed_total, amount_by_months, amount_of, per_stretch, period_of, stretches_begun, total_of,
};
pub use amounts::{YearAmount, undecided};
pub use at_end::{YearlyCost, yearly_at_end};
pub use budget_year::{BEYOND_BOUND, BOUND, BudgetYear, Share, Unknown, WITH_PROPOSALS};
pub use coded::{CodeString, code_string};
pub use component::Component;
pub use correction::{Difference, Likely};
pub use division::components;
pub use doubt::{AfterEnd, Doubt, NotExtended, in_month, reasons};
pub use earned::{Earned, earned};
pub use ended::paid_after;
pub use extended_value::{ExtendedValue, extended_value};
pub use factor::{Bound, Change, Factor};
pub use fraction::fraction;
pub use frames::{Costs, Outlook, TimelessShare, carrier, outlook, timeless};
pub use grants::{Granted, GrantedYear, granted, granted_years};
pub use index_year::YearStart;
pub use indexation::{Contradiction, adjusted_years, concerned_years, contradiction};
pub use instalment::Origin;
pub use interpretation::Interpretation;
pub use invoiced::InvoiceState;
pub use known_sum::sum;
pub use known_value::{KnownValue, Notice};
pub use month_units::month_units;
pub use needed_values::{NeededValue, needed_values, values_behind};
pub use no_factor::NoFactor;
pub use pace::Pace;
pub use payout::{AfterDecision, Correction, Deducted, Invoiced, Paid, Payout, Settlement};
pub use payout_time::PayoutTime;
pub use plan::{plan_of, unclear_months};
pub use rate_stretches::worth_by_number;
pub use readings::{Reading, YearSum, is_open, is_single_year, readings};
pub use receivers::{DivisionFault, Receivers, division, part_of, receivers};
pub use series_change::{Carried, SeriesChange};
pub use split::{PartOf, Size};
pub use statement::{AgreementStatement, Statement, statement, statement_invoiced_by, statements};
pub use uncovered::{Uncovered, uncovered};
pub use without_time::WithoutTime;
pub use worth::total_within;
pub use year_end::{Entering, Position, Voucher, year_end};
pub use year_share::{YearShare, by_year};
