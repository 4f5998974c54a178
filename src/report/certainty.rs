//! Whether a figure or a day can still change, in the words of every table.

use std::collections::BTreeSet;

use crate::payouts::{Doubt, Payout};
use crate::schedule::{Deadline, State, When};
use crate::term::Commitment;

/// How firm a figure or a day is. What comes later is less firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It changes only if somebody agrees on something else.
    Definite,
    /// The most that can be paid.
    Ceiling,
    /// Decided, and not signed.
    Decided,
    /// It rests on what is not yet known or decided.
    Preliminary,
    /// It rests on somebody's assumption.
    Assumed,
    /// It can still be declined.
    Possible,
    /// The agreement is only proposed.
    Proposal,
    /// The agreement is only being written.
    Draft,
    /// It lacks what an agreement says that cannot be read.
    Incomplete,
}

impl Certainty {
    /// The word in machine-readable reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Definite => "definite",
            Self::Ceiling => "ceiling",
            Self::Decided => Commitment::Decided.word(),
            Self::Preliminary => "preliminary",
            Self::Assumed => "assumed",
            Self::Proposal => Commitment::Proposed.word(),
            Self::Draft => Commitment::Draft.word(),
            Self::Possible => Commitment::Possible.word(),
            Self::Incomplete => "incomplete",
        }
    }

    /// The Swedish word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Definite => "definitivt",
            Self::Ceiling => "tak",
            Self::Decided => Commitment::Decided.label(),
            Self::Preliminary => "preliminärt",
            Self::Assumed => "antaget",
            Self::Proposal => Commitment::Proposed.label(),
            Self::Draft => Commitment::Draft.label(),
            Self::Possible => Commitment::Possible.label(),
            Self::Incomplete => "ofullständigt",
        }
    }

    /// What it makes of a figure how firmly the parties are bound.
    fn of_commitment(commitment: Commitment) -> Self {
        match commitment {
            Commitment::Agreed => Self::Definite,
            Commitment::Decided => Self::Decided,
            Commitment::Possible => Self::Possible,
            Commitment::Proposed => Self::Proposal,
            Commitment::Draft => Self::Draft,
        }
    }

    /// What doubts make of a sum.
    fn of_doubts(doubts: &[Doubt<'_>]) -> Self {
        match doubts {
            [] => Self::Definite,
            doubts if doubts.iter().any(Doubt::is_assumed) => Self::Assumed,
            _ => Self::Preliminary,
        }
    }
}

/// All that is to be said of how firm a figure or a day is: a sum of a proposal can be preliminary as well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certainties(BTreeSet<Certainty>);

impl Certainties {
    /// Of what the parties are bound by so firmly, with what else there is to say.
    #[must_use]
    pub fn new(commitment: Commitment, more: &[Certainty]) -> Self {
        Self::of(more.iter().copied().chain([Certainty::of_commitment(commitment)]))
    }

    /// Of an agreement's sum.
    #[must_use]
    pub fn of_sum_in(commitment: Commitment, doubts: &[Doubt<'_>], is_ceiling: bool) -> Self {
        let ceiling = if is_ceiling { Certainty::Ceiling } else { Certainty::Definite };
        Self::new(commitment, &[Certainty::of_doubts(doubts), ceiling])
    }

    /// Of a component without a known time. Nobody can tell what of it is to be paid yet, or has been.
    #[must_use]
    pub fn of_timeless(commitment: Commitment, is_ceiling: bool) -> Self {
        let ceiling = if is_ceiling { Certainty::Ceiling } else { Certainty::Definite };
        Self::new(commitment, &[Certainty::Preliminary, ceiling])
    }

    /// Of a cost without a known amount, which no sum holds.
    #[must_use]
    pub fn of_unknown(commitment: Commitment) -> Self {
        Self::new(commitment, &[Certainty::Incomplete])
    }

    /// Of what has been paid.
    #[must_use]
    pub fn of_paid() -> Self {
        Self::of([Certainty::Definite])
    }

    /// Of what it would cost if an agreement went on that ends: nobody has said that it does.
    #[must_use]
    pub fn of_continuation() -> Self {
        Self::of([Certainty::Assumed])
    }

    /// Of what no day follows from: it can still be settled, or a file cannot be read.
    #[must_use]
    pub fn of_gap(commitment: Commitment, is_unreadable: bool) -> Self {
        Self::new(commitment, &[if is_unreadable { Certainty::Incomplete } else { Certainty::Preliminary }])
    }

    /// Of what is to be paid. What has been paid stays so, and what has lapsed is nothing.
    #[must_use]
    pub fn of_payout(payout: &Payout<'_>) -> Self {
        if payout.has_lapsed() {
            return Self::new(payout.lapsed_by, &[]);
        }
        Self::of_sum_to_pay(payout.is_settled(), payout.commitment, &payout.doubts, payout.ceiling)
    }

    fn of_sum_to_pay(
        is_settled: bool,
        commitment: Commitment,
        doubts: &[Doubt<'_>],
        is_ceiling: bool,
    ) -> Self {
        if is_settled {
            let is_open = doubts.iter().any(Doubt::keeps_open);
            return Self::of_paid().and(if is_open { Certainty::Preliminary } else { Certainty::Definite });
        }
        Self::of_sum_in(commitment, doubts, is_ceiling)
    }

    /// The same, where nobody knows what has been paid if `is_blind`: no sum is definite then.
    #[must_use]
    pub fn as_far_as_known(self, is_blind: bool) -> Self {
        if is_blind { self.and(Certainty::Preliminary) } else { self }
    }

    /// Of a date. A payout is as firm as its sum. Another date that is done stays so; a setting of the register is an
    /// assumption about what the agreement leaves open, and time that the parties are bound by less firmly than by the
    /// agreement, or a last day that an option or a renewal can still move, is preliminary.
    #[must_use]
    pub fn of_deadline(deadline: &Deadline<'_>, is_blind: bool) -> Self {
        if let Some(sum) = &deadline.sum {
            let certainty =
                Self::of_sum_to_pay(sum.is_settled, deadline.commitment, &sum.doubts, sum.is_ceiling);
            return certainty.as_far_as_known(is_blind);
        }
        if matches!(deadline.state, State::Done(_)) {
            return Self::of([Certainty::Definite]);
        }
        let is_unknown = matches!(deadline.when, When::Unknown { .. });
        let day = match deadline.basis.assumed {
            Some(_) => Certainty::Assumed,
            None if is_unknown => Certainty::Preliminary,
            None => Certainty::Definite,
        };
        let time = if deadline.is_preliminary { Certainty::Preliminary } else { Certainty::Definite };
        Self::new(deadline.commitment, &[day, time])
    }

    /// Of several together: definite only where all of them are.
    #[must_use]
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        Self::of(all.into_iter().flat_map(|one| one.0))
    }

    fn of(all: impl IntoIterator<Item = Certainty>) -> Self {
        let mut all: BTreeSet<Certainty> = all.into_iter().collect();
        if all.len() > 1 {
            all.remove(&Certainty::Definite);
        }
        Self(all)
    }

    /// The same, but with `more` to say.
    #[must_use]
    pub fn and(self, more: Certainty) -> Self {
        Self::of(self.0.into_iter().chain([more]))
    }

    /// Whether it changes only if somebody agrees on something else.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.0.iter().all(|one| *one == Certainty::Definite)
    }

    /// The words in machine-readable reports, the least firm first.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        self.0.iter().rev().map(|one| one.word()).collect()
    }

    /// "förslag, preliminärt", the least firm first.
    #[must_use]
    pub fn label(&self) -> String {
        self.0.iter().rev().map(|one| one.label()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_definite_only_where_all_of_it_is() {
        let of =
            |doubts: &[Doubt<'_>], is_ceiling| Certainties::of_sum_in(Commitment::Agreed, doubts, is_ceiling);
        let assumed = [Doubt::Assumed { source: "x".to_owned() }];
        assert_eq!(Certainties::of_all([of(&[], false), of(&[], false)]).label(), "definitivt");
        assert_eq!(Certainties::of_all([of(&[], true), of(&assumed, false)]).label(), "antaget, tak");
        assert_eq!(Certainties::of_all([]).label(), "");
    }

    #[test]
    fn a_proposal_says_what_is_open_in_it_as_well() {
        let sum = Certainties::of_sum_in(Commitment::Proposed, &[Doubt::NoAmount], false);
        assert_eq!(sum.label(), "förslag, preliminärt");
        assert_eq!(sum.words(), ["proposed", "preliminary"]);
    }
}
