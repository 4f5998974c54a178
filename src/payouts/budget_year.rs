//! What a budget line carries in a year.

use std::sync::Arc;

use crate::agreement::funding_path;
use crate::budget::{Frame, FrameBasis};
use crate::date::Period;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::term::Commitment;

/// A component's part of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
pub struct Share<'a> {
    /// The agreement's id.
    pub agreement: &'a str,
    /// Its file.
    pub file: &'a Arc<str>,
    /// The component's key.
    pub funding: &'a str,
    /// The supplement that it stands in, by key.
    pub supplement: Option<&'a str>,
    /// The agreed amount with its adjustment; for a ceiling the most that can be paid.
    pub amount: Money,
    /// Of that, what adjustments add or take.
    pub adjustment: Money,
    /// Of those, what an adjustment that is not definite adds or takes.
    pub preliminary_adjustment: Money,
    /// What a floor of the agreement promises beyond the amount without its preliminary adjustment.
    pub promised: Money,
    /// How firmly the parties are bound.
    pub commitment: Commitment,
    /// Whether the amount is not definite.
    pub is_preliminary: bool,
    /// Whether the agreement states no amount for time that is only possible or proposed, so that it is counted by the month as
    /// in the last year before.
    pub is_estimate: bool,
    /// Whether it is a ceiling.
    pub ceiling: bool,
    /// Whether it is counted by months, because the agreement gives no amount for the year.
    pub is_divided: bool,
    /// What has been paid of it.
    pub outcome: Money,
    /// What has been earned of it, by days.
    pub accrued: Money,
    /// What of the amount is not expected: it is for time after an early end (and has lapsed, or nobody has decided whether to
    /// pay it), or has been taken off.
    pub lapsed: Money,
    /// What it is expected to come to: the amount, with what goes to or comes from other years, without what has lapsed.
    pub forecast: Money,
    /// Of the forecast, what a state grant is known to pay.
    pub grants: Money,
    /// Whether a state grant pays something, and nobody knows how much.
    pub is_grant_open: bool,
    /// Whether a state grant pays all of it.
    pub is_all_granted: bool,
}

impl Share<'_> {
    /// Where the component stands in the file.
    #[must_use]
    pub fn path(&self) -> KeyPath {
        funding_path(self.supplement, self.funding)
    }

    /// What it is expected to come to where it counts; else what has been paid of it, for that is gone whatever it rests on.
    #[must_use]
    pub fn expected(&self, counts: bool) -> Money {
        if counts { self.forecast } else { self.outcome }
    }

    /// What it is expected to cost of what sums of the expected hold; nothing where nobody is bound by it and nothing has been
    /// paid of it.
    #[must_use]
    pub fn counted_forecast(&self) -> Option<Money> {
        let counts = self.commitment.is_bound();
        (counts || self.outcome != Money::ZERO).then(|| self.expected(counts))
    }
}

/// One year of a budget line.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetYear<'a> {
    /// The line's key in `budget.toml`; nothing for components that name none.
    pub line: Option<&'a str>,
    /// The committee's key.
    pub committee: Option<&'a str>,
    /// The calendar year.
    pub year: i32,
    /// The frame.
    pub frame: Option<&'a Frame>,
    /// What the frame is for.
    pub basis: FrameBasis,
    /// What makes the sums, in the order of the agreements.
    pub shares: Vec<Share<'a>>,
    /// What has no known amount, which no sum holds.
    pub unknown: Vec<Unknown>,
    /// What it would cost if agreements went on as they were that end, and that nothing makes longer. In no sum.
    pub continuation: Vec<(String, Money)>,
}

/// A cost without a known amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The component, or what binds the parties for days that no component is for.
    pub place: Place,
    /// Those days.
    pub bound: Option<Period>,
    /// How firmly the parties are bound: by the component, or for those days.
    pub commitment: Commitment,
}

/// What a frame is judged on first: all that somebody is bound by.
pub const BOUND: &[Commitment] = &[Commitment::Agreed, Commitment::Decided];

/// The same with what would bind somebody if it were decided.
pub const WITH_PROPOSALS: &[Commitment] = &[Commitment::Agreed, Commitment::Decided, Commitment::Proposed];

/// What a frame is judged on beyond what is bound, each with what must happen, as a Swedish clause: what is proposed, what can
/// still be declined, and both. A draft is nobody's promise yet.
pub const BEYOND_BOUND: [(&[Commitment], &str); 3] = [
    (WITH_PROPOSALS, "det som är föreslaget beslutas"),
    (&[Commitment::Agreed, Commitment::Decided, Commitment::Possible], "det som är möjligt blir av"),
    (
        &[Commitment::Agreed, Commitment::Decided, Commitment::Proposed, Commitment::Possible],
        "det som är föreslaget och möjligt blir av",
    ),
];

impl BudgetYear<'_> {
    /// The sum of one figure over the shares by which somebody is bound in one of these ways; nothing where it does not fit.
    #[must_use]
    pub fn sum_of(&self, commitments: &[Commitment], of: fn(&Share) -> Money) -> Option<Money> {
        let shares = self.shares.iter().filter(|share| commitments.contains(&share.commitment));
        shares.map(of).try_fold(Money::ZERO, Money::checked_add)
    }

    /// The sum of one figure over all that somebody is bound by: what a frame is judged on.
    #[must_use]
    pub fn bound(&self, of: fn(&Share) -> Money) -> Option<Money> {
        self.sum_of(BOUND, of)
    }

    /// What has been paid, whatever it rests on.
    #[must_use]
    pub fn paid(&self) -> Option<Money> {
        self.shares.iter().map(|share| share.outcome).try_fold(Money::ZERO, Money::checked_add)
    }

    /// What the shares by which somebody is bound in one of these ways are expected to come to, with what has been paid of
    /// the others.
    #[must_use]
    pub fn forecast(&self, commitments: &[Commitment]) -> Option<Money> {
        let mut shares = self.shares.iter();
        shares.try_fold(Money::ZERO, |sum, share| {
            sum.checked_add(share.expected(commitments.contains(&share.commitment)))
        })
    }

    /// What of that the frame bears: all, or what is left when state grants have paid what is known.
    #[must_use]
    pub fn charge(&self, commitments: &[Commitment]) -> Option<Money> {
        self.forecast(commitments)?.checked_sub(self.granted(commitments)?)
    }

    /// What state grants pay of what the frame would else bear: nothing of a frame that is for all of it.
    #[must_use]
    pub fn granted(&self, commitments: &[Commitment]) -> Option<Money> {
        match self.basis {
            FrameBasis::Gross => Some(Money::ZERO),
            FrameBasis::Net => self.sum_of(commitments, |share| share.grants),
        }
    }

    /// The sum of one figure over what the frame bears of the shares by which somebody is bound in one of these ways.
    #[must_use]
    pub fn charged_sum_of(&self, commitments: &[Commitment], of: fn(&Share) -> Money) -> Option<Money> {
        let is_borne = |share: &&Share| self.basis == FrameBasis::Gross || !share.is_all_granted;
        let shares = self.shares.iter().filter(is_borne);
        let counted = shares.filter(|share| commitments.contains(&share.commitment));
        counted.map(of).try_fold(Money::ZERO, Money::checked_add)
    }

    /// Whether the frame bears less than it seems to, nobody knows how much less.
    #[must_use]
    pub fn is_grant_open(&self, commitments: &[Commitment]) -> bool {
        let mut shares = self.shares.iter().filter(|share| commitments.contains(&share.commitment));
        self.basis == FrameBasis::Net && shares.any(|share| share.is_grant_open)
    }

    /// What is expected of all that somebody is bound by, with what has been paid of the rest.
    #[must_use]
    pub fn bound_forecast(&self) -> Option<Money> {
        self.forecast(BOUND)
    }

    /// What is left of the frame; negative where it does not reach.
    #[must_use]
    pub fn deviation(&self) -> Option<Money> {
        self.frame?.amount.checked_sub(self.charge(BOUND)?)
    }
}
