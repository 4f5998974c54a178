//! The sums of payouts.

use super::figure::{Figure, UNKNOWN, certainty, moved};
use crate::money::Money;
use crate::payouts::{self, Payout, WithoutTime};
use crate::report::certainty::{Certainties, Certainty};
use crate::report::sheet::{Cell, Column};

/// Payouts that are summed up: what is or will be paid, and the most that can be paid of ceilings that are still open.
#[derive(Default)]
pub(super) struct Sum<'a> {
    pub(super) title: String,
    pub(super) year: Option<i32>,
    pub(super) payouts: Vec<&'a Payout<'a>>,
    /// Components without a known time, which stand in the sum and in no year.
    pub(super) timeless: Vec<&'a WithoutTime<'a>>,
    /// Whether the records of one of the agreements cannot be read.
    pub(super) is_blind: bool,
}

/// The columns of the sums by payer and year.
pub(super) fn totals<'a>() -> Vec<Column<'a, Sum<'a>>> {
    vec![
        Column::<Sum<'_>>::new("Betalare", |sum| Cell::text(&*sum.title)),
        Column::<Sum<'_>>::new("Avser från år", |sum| Cell::shown(sum.year)).key(),
        Column::<Sum<'_>>::new("Avtalat (kr)", |sum| Cell::amount(sum.whole(|payout| payout.agreed))),
        Column::<Sum<'_>>::new("Justering (kr)", |sum| sum.amount(|payout| payout.adjustment)),
        Column::<Sum<'_>>::new("Rättelse (kr)", |sum| sum.amount(moved)),
        Column::<Sum<'_>>::new("Bortfallet (kr)", |sum| sum.amount(|payout| Some(payout.lapsed))),
        Column::<Sum<'_>>::new("Att betala (kr)", Sum::to_pay),
        Column::<Sum<'_>>::new("Säkerhet", |sum| Cell::text(sum.certainty().label())),
        Column::<Sum<'_>>::new("Betalt (kr)", Sum::paid),
        Column::<Sum<'_>>::new("Kvar (kr)", Sum::left),
    ]
}

impl<'a> Sum<'a> {
    pub(super) fn new(title: String, year: Option<i32>) -> Self {
        Self { title, year, ..Self::default() }
    }

    pub(super) fn add(&mut self, payout: &'a Payout<'a>, is_blind: bool) {
        self.payouts.push(payout);
        self.is_blind |= is_blind;
    }

    /// Without ceilings that are still open: what JSON has beside `at_most`.
    pub(super) fn of(&self, figure: Figure) -> Option<Money> {
        let counted = self.payouts.iter().filter(|payout| !payout.is_open_ceiling());
        payouts::sum(counted.map(|payout| figure(payout)))
    }

    /// Of all payouts, with the most that can be paid of a ceiling; in whole kronor where any of it is not definite.
    fn all(&self, figure: Figure) -> Option<Money> {
        self.rounded(payouts::sum(self.payouts.iter().map(|payout| figure(payout))))
    }

    /// The same with what has no known time.
    pub(super) fn whole(&self, figure: Figure) -> Option<Money> {
        let known = self.payouts.iter().map(|payout| figure(payout));
        self.rounded(payouts::sum(known.chain(self.timeless.iter().map(|own| own.amount))))
    }

    pub(super) fn amount(&self, figure: Figure) -> Cell {
        Cell::amount_or_nothing(self.all(figure).map(Money::rounded_to_ore))
    }

    fn rounded(&self, amount: Option<Money>) -> Option<Money> {
        let is_preliminary =
            !self.timeless.is_empty() || self.payouts.iter().any(|payout| payout.is_preliminary());
        amount.map(|amount| if is_preliminary { amount.rounded() } else { amount })
    }

    /// Whether it holds a ceiling of which nobody knows yet how much is used.
    fn is_at_most(&self) -> bool {
        let is_open = |payout: &&Payout<'_>| payout.is_open_ceiling() && !payout.has_lapsed();
        self.payouts.iter().any(is_open) || self.timeless.iter().any(|own| own.ceiling)
    }

    fn most(&self, amount: Option<Money>) -> Cell {
        match amount {
            Some(most) if self.is_at_most() => Cell::Number { before: "högst ", number: most.decimal() },
            amount => Cell::amount(amount),
        }
    }

    pub(super) fn to_pay(&self) -> Cell {
        self.most(self.whole(|payout| payout.to_pay))
    }

    pub(super) fn paid(&self) -> Cell {
        if self.is_blind {
            Cell::text(UNKNOWN)
        } else {
            Cell::amount_or_nothing(payouts::sum(self.payouts.iter().map(|payout| Some(payout.paid()))))
        }
    }

    pub(super) fn left(&self) -> Cell {
        if self.is_blind {
            Cell::text(UNKNOWN)
        } else {
            self.most(self.whole(|payout| payout.left).filter(|left| *left != Money::ZERO))
        }
    }

    pub(super) fn certainty(&self) -> Certainties {
        let counted = self.payouts.iter().filter(|payout| !payout.has_lapsed());
        let all = Certainties::of_all(counted.map(|payout| certainty(payout, self.is_blind)));
        if self.timeless.is_empty() { all } else { all.and(Certainty::Preliminary) }
    }
}
