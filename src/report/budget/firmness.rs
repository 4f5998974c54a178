//! How firm each component's part of a year is.

use std::collections::BTreeMap;

use super::super::certainty::{Certainties, Certainty};
use super::super::missing::Missing;
use crate::key_path::KeyPath;
use crate::payouts::{self, AgreementStatement, Doubt, Share, Statement, YearAmount};

/// The statements behind the budget, by agreement.
pub(super) struct Firmness<'a> {
    statements: BTreeMap<&'a str, ByYear<'a>>,
    missing: &'a [Missing],
}

/// What an agreement's components come to, by component and year.
#[derive(Default)]
struct ByYear<'a> {
    amounts: BTreeMap<(&'a KeyPath, i32), &'a YearAmount<'a>>,
    /// Whether all that is paid out of it is settled. What a supplement only proposes, or has replaced, has no payouts.
    is_settled: BTreeMap<(&'a KeyPath, i32), bool>,
}

impl<'a> ByYear<'a> {
    fn of(one: &'a AgreementStatement<'a>) -> Self {
        let mut by_year = Self::default();
        let Statement { components, proposed, replaced, .. } = &one.statement;
        for component in components.iter().chain(proposed).chain(replaced) {
            for amount in &component.years {
                by_year.amounts.entry((&component.path, amount.year)).or_insert(amount);
            }
        }
        for payout in &one.statement.payouts {
            let is_done = payout.is_settled() && !payout.doubts.iter().any(Doubt::keeps_open);
            *by_year.is_settled.entry((&payout.path, payout.year)).or_insert(true) &= is_done;
        }
        by_year
    }
}

impl<'a> Firmness<'a> {
    pub(super) fn new(statements: &'a [AgreementStatement<'a>], missing: &'a [Missing]) -> Self {
        Self { statements: statements.iter().map(|one| (one.id, ByYear::of(one))).collect(), missing }
    }

    /// Why a component's part of `year` is not definite, as Swedish sentences without their points.
    pub(super) fn reasons(&self, share: &Share<'_>, year: i32) -> Vec<String> {
        let (one, path) = (self.statements.get(share.agreement), share.path());
        let amount = one.and_then(|one| one.amounts.get(&(&path, year)));
        payouts::reasons(amount.iter().flat_map(|amount| &amount.doubts))
    }

    /// Of a component's part of `year`. What has been paid stays so.
    pub(super) fn of(&self, share: &Share<'_>, year: i32) -> Certainties {
        let preliminary = || Certainties::default().and(Certainty::Preliminary);
        let Some(one) = self.statements.get(share.agreement) else { return preliminary() };
        let is_blind = self.missing.iter().any(|missing| missing.is_records_of(share.agreement));
        let path = share.path();
        let is_settled = one.is_settled.get(&(&path, year)).is_some_and(|is_settled| *is_settled);
        if !is_blind && !share.is_estimate && is_settled {
            return Certainties::default().and(Certainty::Definite);
        }
        let amount = one.amounts.get(&(&path, year));
        let doubts = amount.map_or(&[][..], |amount| &amount.doubts);
        let all = Certainties::of_sum_in(share.commitment, doubts, share.ceiling);
        // What is counted by the month, or cut by an early end, rests on more than the year's amount.
        let rests_on_more = share.is_estimate || share.is_preliminary && doubts.is_empty();
        if rests_on_more || amount.is_none() || is_blind { all.and(Certainty::Preliminary) } else { all }
    }
}
