//! The sums of payouts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::PayoutReport;
use super::figure::{Figure, UNKNOWN, certainty, moved};
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, Payout, Statement, WithoutTime};
use crate::register::Entry;
use crate::report::certainty::Certainties;
use crate::report::missing::Missing;
use crate::report::parties::called;
use crate::report::sheet::{Audience, Cell, Column};
use crate::term::{Life, Stretch, Succession};

/// Payouts that are summed up: what is or will be paid, and the most that can be paid of ceilings that are still open.
#[derive(Default)]
pub(super) struct Sum<'a> {
    pub(super) title: String,
    /// What else than payer and year it is by, where it is.
    pub(super) group: String,
    /// The year that all of it is for, where it is one.
    pub(super) year: Option<i32>,
    pub(super) payouts: Vec<&'a Payout<'a>>,
    /// Components without a known time, which stand in the sum and in no year.
    pub(super) timeless: Vec<&'a WithoutTime<'a>>,
    /// Whether the records of one of the agreements cannot be read.
    pub(super) is_blind: bool,
}

/// The columns of the sums by payer and year, after that of what else they are by.
pub(super) fn columns<'a>(by: Option<String>, is_exact: bool) -> Vec<Column<'a, Sum<'a>>> {
    let group = by.map(|title| {
        Column::<Sum<'_>>::new(title, |sum| Cell::text(&*sum.group))
            .key()
            .missing(|missing| Cell::text(&*missing.file))
    });
    let figures = [
        Column::<Sum<'_>>::new("Betalare", |sum| Cell::text(&*sum.title)),
        Column::<Sum<'_>>::new("Avser från år", |sum| Cell::year(sum.year)).key(),
        Column::<Sum<'_>>::new("Avtalat (kr)", move |sum| sum.agreed_cell(is_exact)),
        Column::<Sum<'_>>::new("Justering (kr)", move |sum| sum.or_nothing(sum.adjustment(), is_exact)),
        Column::<Sum<'_>>::new("Rättelse (kr)", move |sum| sum.or_nothing(sum.correction(), is_exact)),
        Column::<Sum<'_>>::new("Avdrag (kr)", move |sum| sum.or_nothing(sum.deducted(), is_exact)),
        Column::<Sum<'_>>::new("Bortfallet (kr)", move |sum| sum.or_nothing(sum.lapsed(), is_exact)),
        Column::<Sum<'_>>::new("Att betala (kr)", move |sum| sum.to_pay_cell(is_exact)),
        Column::<Sum<'_>>::new("Säkerhet", |sum| Cell::text(sum.certainty().label()))
            .missing(|_| Cell::text(Missing::STATE)),
        Column::<Sum<'_>>::new("Grund", |_| Cell::Empty)
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.why())),
        Column::<Sum<'_>>::new("Betalt (kr)", Sum::paid_cell),
        Column::<Sum<'_>>::new("Kvar (kr)", move |sum| sum.left_cell(is_exact)),
    ];
    group.into_iter().chain(figures).collect()
}

/// Whose a sum is: the payer, with that it is of no year where it is.
pub(super) fn title(payer: &str, year: Option<i32>) -> String {
    if year.is_some() { payer.to_owned() } else { format!("{payer}, tiden inte känd") }
}

/// Sums by payer, with whether they are of no year, and year.
type Groups<'a> = BTreeMap<(String, bool, Option<i32>), Sum<'a>>;

fn at<'a, 'b>(sums: &'b mut Groups<'a>, payer: String, year: Option<i32>) -> &'b mut Sum<'a> {
    sums.entry((payer, year.is_none(), year))
        .or_insert_with_key(|(payer, ..)| Sum::new(title(payer, year), year))
}

/// The sums of agreements by payer and year, in that order; what has no known time is of no year and comes last. What
/// `succession` says that another agreement takes the place of is in none.
pub(super) fn by_payer_and_year<'a>(
    report: &PayoutReport<'_>,
    agreements: &'a [(&str, &'a Entry<Agreement>, Statement<'_>)],
    succession: Option<&Succession<'_>>,
) -> Vec<(String, Sum<'a>)> {
    let mut sums = Groups::new();
    for (id, entry, statement) in agreements {
        let is_blind = report.is_blind(id);
        for payout in counted(report, id, statement, succession) {
            at(&mut sums, called(&entry.data, payout.payer), Some(payout.year)).add(payout, is_blind);
        }
        for time in report.without_time(statement) {
            at(&mut sums, called(&entry.data, time.payer), None).add_timeless(time, is_blind);
        }
    }
    sums.into_iter().map(|((payer, ..), sum)| (payer, sum)).collect()
}

/// The payouts of an agreement that sums hold: all but those that `succession` says that another one takes the place of.
pub(super) fn counted<'b>(
    report: &PayoutReport<'_>,
    id: &str,
    statement: &'b Statement<'_>,
    succession: Option<&Succession<'_>>,
) -> impl Iterator<Item = &'b Payout<'b>> {
    let from = succession.and_then(|succession| succession.replaced_from(id));
    report.payouts(statement).filter(move |one| !is_replaced(&statement.life, one, from))
}

/// Whether a payout is for time that can still be declined, and that another agreement has from a day on: both cannot come.
pub(super) fn is_replaced(life: &Life<'_>, payout: &Payout<'_>, from: Option<NaiveDate>) -> bool {
    let can_be_declined = || {
        let parts = life.cut(payout.covers);
        parts.into_iter().all(|(_, stretch)| stretch.is_some_and(Stretch::can_be_declined))
    };
    let is_after = from.is_some_and(|from| from <= payout.covers.start);
    is_after && payout.payments.is_empty() && can_be_declined()
}

impl<'a> Sum<'a> {
    pub(super) fn new(title: String, year: Option<i32>) -> Self {
        Self { title, year, ..Self::default() }
    }

    pub(super) fn add(&mut self, payout: &'a Payout<'a>, is_blind: bool) {
        self.payouts.push(payout);
        self.is_blind |= is_blind;
    }

    pub(super) fn add_timeless(&mut self, time: &'a WithoutTime<'a>, is_blind: bool) {
        self.timeless.push(time);
        self.is_blind |= is_blind;
    }

    /// All that another one holds.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.payouts.extend(&other.payouts);
        self.timeless.extend(&other.timeless);
        self.is_blind |= other.is_blind;
    }

    fn of(&self, figure: Figure) -> Option<Money> {
        payouts::sum(self.payouts.iter().map(|payout| figure(payout)))
    }

    /// The same with what has no known time.
    fn whole(&self, figure: Figure) -> Option<Money> {
        let known = self.payouts.iter().map(|payout| figure(payout));
        payouts::sum(known.chain(self.timeless.iter().map(|own| own.amount)))
    }

    /// What is agreed.
    pub(super) fn agreed(&self) -> Option<Money> {
        self.whole(|payout| payout.agreed)
    }

    /// What adjustments add or take.
    pub(super) fn adjustment(&self) -> Option<Money> {
        self.of(|payout| payout.adjustment)
    }

    /// What comes from other payouts, and what goes to them.
    pub(super) fn correction(&self) -> Option<Money> {
        self.of(moved)
    }

    /// What is taken off.
    pub(super) fn deducted(&self) -> Option<Money> {
        self.of(|payout| Some(payout.deducted()))
    }

    /// What is not to be paid since the agreements end before its time.
    pub(super) fn lapsed(&self) -> Option<Money> {
        self.of(|payout| Some(payout.lapsed))
    }

    /// What is or will be paid, with the most that can be paid of open ceilings.
    pub(super) fn to_pay(&self) -> Option<Money> {
        self.whole(|payout| payout.to_pay)
    }

    /// What of that is the most that can be paid of open ceilings; nothing where there are none.
    pub(super) fn at_most(&self) -> Option<Money> {
        let open = self.payouts.iter().filter(|payout| payout.is_open_ceiling()).map(|payout| payout.to_pay);
        let timeless = self.timeless.iter().filter(|own| own.ceiling).map(|own| own.amount);
        let mut all = open.chain(timeless).peekable();
        all.peek()?;
        payouts::sum(all)
    }

    /// What has been paid; nothing where nobody knows.
    pub(super) fn paid(&self) -> Option<Money> {
        if self.is_blind { None } else { self.of(|payout| Some(payout.paid())) }
    }

    /// What is left to pay; nothing where nobody knows.
    pub(super) fn left(&self) -> Option<Money> {
        if self.is_blind { None } else { self.whole(|payout| payout.left) }
    }

    /// How many amounts it lacks.
    pub(super) fn without_amount(&self) -> usize {
        let payouts = self.payouts.iter().filter(|payout| payout.to_pay.is_none());
        payouts.count() + self.timeless.iter().filter(|own| own.amount.is_none()).count()
    }

    /// Whether any of it can still change without anybody agreeing on another sum.
    pub(super) fn is_preliminary(&self) -> bool {
        !self.timeless.is_empty() || self.payouts.iter().any(|payout| payout.is_preliminary())
    }

    pub(super) fn certainty(&self) -> Certainties {
        let counted = self.payouts.iter().map(|payout| certainty(payout, self.is_blind));
        let timeless = self.timeless.iter().map(|own| Certainties::of_timeless(own.commitment, own.ceiling));
        Certainties::of_all(counted.chain(timeless))
    }

    /// Whether it holds a ceiling of which nobody knows yet how much is used.
    fn is_at_most(&self) -> bool {
        let is_open = |payout: &&Payout<'_>| payout.is_open_ceiling() && !payout.has_lapsed();
        self.payouts.iter().any(is_open) || self.timeless.iter().any(|own| own.ceiling)
    }

    /// In whole kronor where any of it is not definite, unless it is to be exact.
    fn rounded(&self, amount: Option<Money>, is_exact: bool) -> Option<Money> {
        amount.map(|amount| if self.is_preliminary() && !is_exact { amount.rounded() } else { amount })
    }

    fn most(&self, amount: Option<Money>, is_exact: bool) -> Cell {
        match self.rounded(amount, is_exact) {
            Some(most) if self.is_at_most() => Cell::most(most),
            amount => Cell::amount(amount),
        }
    }

    /// A figure that is 0 in most sums.
    pub(super) fn or_nothing(&self, amount: Option<Money>, is_exact: bool) -> Cell {
        let amount = self.rounded(amount, is_exact);
        Cell::amount_or_nothing(amount.map(|amount| if is_exact { amount } else { amount.rounded_to_ore() }))
    }

    pub(super) fn agreed_cell(&self, is_exact: bool) -> Cell {
        Cell::amount(self.rounded(self.agreed(), is_exact))
    }

    pub(super) fn to_pay_cell(&self, is_exact: bool) -> Cell {
        self.most(self.to_pay(), is_exact)
    }

    pub(super) fn paid_cell(&self) -> Cell {
        if self.is_blind { Cell::text(UNKNOWN) } else { Cell::amount_or_nothing(self.paid()) }
    }

    pub(super) fn left_cell(&self, is_exact: bool) -> Cell {
        if self.is_blind {
            Cell::text(UNKNOWN)
        } else {
            self.most(self.rounded(self.left(), is_exact).filter(|left| *left != Money::ZERO), is_exact)
        }
    }
}
