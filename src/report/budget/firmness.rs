//! How firm each component's part of a year is.

use std::collections::BTreeMap;

use super::super::certainty::{Certainties, Certainty};
use super::super::missing::Missing;
use crate::payouts::{AgreementStatement, Payout, Share};

/// The statements behind the budget, by agreement.
pub(super) struct Firmness<'a> {
    statements: BTreeMap<&'a str, &'a AgreementStatement<'a>>,
    missing: &'a [Missing],
}

impl<'a> Firmness<'a> {
    pub(super) fn new(statements: &'a [AgreementStatement<'a>], missing: &'a [Missing]) -> Self {
        Self { statements: statements.iter().map(|one| (one.id, one)).collect(), missing }
    }

    /// Of a component's part of `year`. What has been paid stays so.
    pub(super) fn of(&self, share: &Share, year: i32) -> Certainties {
        let preliminary = || Certainties::default().and(Certainty::Preliminary);
        let Some(one) = self.statements.get(&*share.agreement) else { return preliminary() };
        // What a supplement only proposes has no payouts.
        let mut components = one.statement.components.iter().chain(&one.statement.proposed);
        let component = components.find(|component| component.path == share.path);
        let is_of_it = |payout: &&Payout<'_>| payout.path == share.path && payout.year == year;
        let mut payouts = one.statement.payouts.iter().filter(is_of_it).peekable();
        let is_blind = self.missing.iter().any(|missing| missing.is_records_of(&share.agreement));
        if !is_blind && !share.is_estimate && payouts.peek().is_some() && payouts.all(Payout::is_settled) {
            return Certainties::default().and(Certainty::Definite);
        }
        let amount =
            component.and_then(|component| component.years.iter().find(|amount| amount.year == year));
        let doubts = amount.map_or(&[][..], |amount| &amount.doubts);
        let all = Certainties::of_sum_in(share.commitment, doubts, share.ceiling);
        // What is counted by the month, or cut by an early end, rests on more than the year's amount.
        let rests_on_more = share.is_estimate || share.is_preliminary && doubts.is_empty();
        if rests_on_more || amount.is_none() || is_blind { all.and(Certainty::Preliminary) } else { all }
    }
}
