//! When what a decision has raised in mid-term is due.

use chrono::{Days, NaiveDate};

use super::payout::Payout;
use crate::agreement::Agreement;
use crate::register::{Entry, Register};
use crate::vocabulary::Known;

/// So many days after a decision payouts are due whose own last day had passed when it was made.
const DAYS_AFTER_DECISION: Days = Days::new(30);

/// Nobody can be late with what nobody had decided: a payout of a component that a decision made, and whose last day to pay
/// lies before that decision, is due thirty days after it.
pub(super) fn due_after_decision(
    register: &Register,
    entry: &Entry<Agreement>,
    payouts: &mut [Payout<'_>],
    as_of: NaiveDate,
) {
    let Some(records) = register.records_of(entry) else { return };
    for payout in payouts {
        let funding = entry.data.funding.get(payout.funding);
        let decision = funding.and_then(|funding| records.decision.get(funding.decision.known()?));
        let decided = decision.map(|decision| decision.date).filter(|day| *day <= as_of);
        if let (Some(decided), Some(due)) = (decided, payout.due)
            && due < decided
        {
            payout.due = decided.checked_add_days(DAYS_AFTER_DECISION);
        }
    }
}
