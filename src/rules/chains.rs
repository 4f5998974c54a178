//! Which agreements are one chain: those about the same activity, and those that say that they continue one another,
//! whatever the activity is called.

use std::collections::BTreeMap;

use crate::payouts::AgreementStatement;

/// The chains of a register's agreements.
pub(super) struct Chains {
    /// Of each agreement, in the order of the statements, one that stands for its chain.
    chain: Vec<usize>,
}

impl Chains {
    /// Those of all agreements.
    pub(super) fn of(statements: &[AgreementStatement<'_>]) -> Self {
        let ids: BTreeMap<&str, usize> =
            statements.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let mut activities: BTreeMap<&str, usize> = BTreeMap::new();
        let mut chains = Self { chain: (0..statements.len()).collect() };
        for (at, one) in statements.iter().enumerate() {
            let agreement = &one.entry.data;
            chains.join(at, *activities.entry(&agreement.activity).or_insert(at));
            if let Some(before) = agreement.continues.as_deref().and_then(|before| ids.get(before)) {
                chains.join(at, *before);
            }
        }
        for at in 0..statements.len() {
            let chain = chains.number(at);
            if let Some(known) = chains.chain.get_mut(at) {
                *known = chain;
            }
        }
        chains
    }

    /// The number of an agreement's chain, by its place among the statements.
    pub(super) fn number(&self, at: usize) -> usize {
        let mut at = at;
        while let Some(above) = self.chain.get(at).copied().filter(|above| *above != at) {
            at = above;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.number(one), self.number(other));
        // Always to the one with the lower number, so that nothing goes in a circle.
        if let Some(above) = self.chain.get_mut(one.max(other)) {
            *above = one.min(other);
        }
    }
}
