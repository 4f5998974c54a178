//! What has been invoiced: each invoice is put to the payouts that it is for, as a payment is, and held against what they come
//! to.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::allocation::{Claim, fitting, occasion, of_period, open_amount, put, together};
use super::known_sum::sum;
use super::payout::{Invoiced, Paid, Payout, Settlement};
use crate::agreement::Agreement;
use crate::money::Money;
use crate::records::Invoice;
use crate::register::{Entry, Register, id_of};

/// Tells each payout what has been invoiced of it by `as_of`. Gives the invoices that belong to none.
pub(super) fn invoice<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    payouts: &mut [Payout<'a>],
    as_of: NaiveDate,
) -> Outside<'a> {
    let none = Outside::default;
    let Some(records) = register.records.get(id_of(&entry.file)) else { return none() };
    let known: Vec<(&str, &Invoice)> = records
        .data
        .invoice
        .iter()
        .filter(|(_, invoice)| invoice.date <= as_of)
        .map(|(key, invoice)| (key.as_str(), invoice))
        .collect();
    if known.is_empty() {
        return none();
    }
    let again = register.repeated_invoices(id_of(&entry.file));
    let (twice, once): (Vec<_>, Vec<_>) = known.into_iter().partition(|(key, _)| again.contains_key(*key));
    let of = |key, invoice, amount, is_repeated| Invoiced {
        file: &records.file,
        key,
        invoice,
        amount,
        is_repeated,
    };
    let Credits { by_invoice, beyond } = credits(&once);
    let credited = |key: &str| by_invoice.get(key).map_or(&[][..], Vec::as_slice);
    let net = |key: &str, invoice: &Invoice| {
        let off = sum(credited(key).iter().map(|(.., amount)| Some(*amount))).unwrap_or_default();
        invoice.amount.checked_sub(off).unwrap_or_default()
    };
    // As if nothing had been paid.
    let mut open: Vec<Payout<'a>> = payouts.iter().map(uninvoiced).collect();
    let plain = || once.iter().copied().filter(|(_, invoice)| invoice.credits.is_none());
    let claims = plain().map(|(key, invoice)| (key, invoice, net(key, invoice)));
    let (claims, whole): (Vec<_>, Vec<_>) = claims.partition(|(.., net)| *net > Money::ZERO);
    let claims = claims.iter().map(|(key, invoice, net)| claim(&records.file, key, invoice, *net));
    let paid: &[Payout<'a>] = payouts;
    let unmatched = put(claims.collect(), &mut open, |claim, open| {
        let invoice = records.data.invoice.get(claim.paid.key);
        invoice.map_or_else(Vec::new, |invoice| best(claim, invoice, open, paid))
    });
    // What has been credited shows as it is, at the last of the payouts that the invoice is for.
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for part in open.iter().flat_map(|payout| &payout.payments) {
        *left.entry(part.key).or_default() += 1;
    }
    let mut parts = |part: &Paid<'a>| {
        let Some(invoice) = records.data.invoice.get(part.key) else { return Vec::new() };
        let after = left.get_mut(part.key).map_or(0, |left| {
            *left -= 1;
            *left
        });
        let off = if after == 0 { credited(part.key) } else { &[] };
        let back = off.iter().map(|(key, credit, amount)| {
            of(*key, *credit, Money::ZERO.checked_sub(*amount).unwrap_or_default(), false)
        });
        let off = sum(off.iter().map(|(.., amount)| Some(*amount))).unwrap_or_default();
        let gross = part.amount.checked_add(off).unwrap_or(part.amount);
        [of(part.key, invoice, gross, false)].into_iter().chain(back).collect()
    };
    for (payout, open) in payouts.iter_mut().zip(open) {
        payout.invoices = open.payments.iter().flat_map(&mut parts).collect();
        payout.is_invoiced = open.settlement == Settlement::Settled;
    }
    let (twice_credited, twice): (Vec<_>, Vec<_>) =
        twice.into_iter().partition(|(_, invoice)| invoice.credits.is_some());
    let again = |(key, invoice): (&'a str, &'a Invoice)| of(key, invoice, invoice.amount, true);
    let mut not_agreed: Vec<Invoiced<'a>> = unmatched.iter().flat_map(&mut parts).collect();
    not_agreed.extend(twice.into_iter().map(again));
    let beyond = beyond.into_iter().map(|(key, credit, amount)| of(key, credit, amount, false));
    let credits_nothing = beyond.chain(twice_credited.into_iter().map(again)).collect();
    let credited = whole.iter().flat_map(|(key, invoice, _)| {
        let credits = credited(key).iter().map(|(key, credit, amount)| {
            of(*key, *credit, Money::ZERO.checked_sub(*amount).unwrap_or_default(), false)
        });
        [of(*key, *invoice, invoice.amount, false)].into_iter().chain(credits)
    });
    Outside { not_agreed, credited: credited.collect(), credits_nothing }
}

/// The invoices that belong to no payout.
#[derive(Default)]
pub(super) struct Outside<'a> {
    /// Those that no payout is for, and those that have come before.
    pub(super) not_agreed: Vec<Invoiced<'a>>,
    /// Those that have been credited in full, with what credits them.
    pub(super) credited: Vec<Invoiced<'a>>,
    /// Credit notes as far as there is nothing for them to credit, and those that have come before.
    pub(super) credits_nothing: Vec<Invoiced<'a>>,
}

/// A credit note by key, and how much of it.
type Credit<'a> = (&'a str, &'a Invoice, Money);

/// What is credited of each invoice, at most all of it; and what credits nothing.
struct Credits<'a> {
    by_invoice: BTreeMap<&'a str, Vec<Credit<'a>>>,
    beyond: Vec<Credit<'a>>,
}

fn credits<'a>(invoices: &[(&'a str, &'a Invoice)]) -> Credits<'a> {
    let plain = invoices.iter().filter(|(_, invoice)| invoice.credits.is_none());
    let mut left: BTreeMap<&str, Money> = plain.map(|(key, invoice)| (*key, invoice.amount)).collect();
    let mut found = Credits { by_invoice: BTreeMap::new(), beyond: Vec::new() };
    let mut all: Vec<_> = invoices.iter().filter(|(_, invoice)| invoice.credits.is_some()).collect();
    all.sort_by_key(|(_, invoice)| invoice.date);
    for (key, credit) in all.into_iter().copied() {
        let of = credit.credits.as_deref().unwrap_or_default();
        let own = left.get_mut(of).map_or(Money::ZERO, |left| {
            let own = credit.amount.min(*left);
            *left = left.checked_sub(own).unwrap_or_default();
            own
        });
        if own > Money::ZERO {
            found.by_invoice.entry(of).or_default().push((key, credit, own));
        }
        let beyond = credit.amount.checked_sub(own).unwrap_or_default();
        if beyond > Money::ZERO {
            found.beyond.push((key, credit, beyond));
        }
    }
    found
}

fn claim<'a>(file: &'a Arc<str>, key: &'a str, invoice: &'a Invoice, amount: Money) -> Claim<'a> {
    Claim {
        paid: Paid {
            file,
            table: "invoice",
            key,
            date: invoice.date,
            amount,
            voucher: Some(&invoice.number),
        },
        funding: invoice.funding.as_deref(),
        payee: invoice.payee.as_deref(),
        period: invoice.period,
        payout: invoice.payout.as_deref(),
        is_partial: invoice.partial,
    }
}

/// How well an invoice fits what it may be for, the best first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is what they come to.
    Exact,
    /// It is a part of more, or not more than a ceiling.
    Within,
    /// Nobody knows what they come to.
    Unknown,
    /// It is another sum, and says itself what it is for.
    Named,
}

/// The payouts that an invoice is for: the one that it names; else, of those that were not already paid on its day, those that
/// it fits best, and of them those that fall due nearest its own last day. Nothing where it says neither what it is for nor is
/// what any of them comes to.
fn best(claim: &Claim<'_>, invoice: &Invoice, open: &[Payout<'_>], paid: &[Payout<'_>]) -> Vec<usize> {
    let mut may_be = fitting(claim, open);
    if claim.payout.is_none() {
        let was_paid =
            |index: usize| paid.get(index).is_some_and(|payout| payout.was_paid_before(invoice.date));
        may_be.retain(|index| !was_paid(*index));
    }
    let own = of_period(claim, &may_be, open);
    let firsts = if own.is_empty() { &may_be } else { &own };
    let groups: Vec<Vec<usize>> = if claim.funding.is_some() || claim.payout.is_some() {
        firsts.iter().map(|first| together(claim, *first, &may_be, open)).collect()
    } else {
        let mut by_occasion: IndexMap<_, Vec<usize>> = IndexMap::new();
        for (index, payout) in may_be.iter().filter_map(|index| Some((*index, open.get(*index)?))) {
            by_occasion.entry(occasion(payout)).or_default().push(index);
        }
        let mut groups: Vec<Vec<usize>> = by_occasion.into_values().collect();
        groups.retain(|group| group.iter().any(|index| firsts.binary_search(index).is_ok()));
        groups
    };
    let day = invoice.due.unwrap_or(invoice.date);
    let weighed = groups.into_iter().filter_map(|of| {
        let payout = open.get(*of.first()?)?;
        let due = payout.due.or(payout.when.last_day());
        let far = due.map(|due| (due - day).num_days().abs());
        Some((fit(claim, &of, open)?, far, of))
    });
    weighed
        .min_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)))
        .map_or_else(Vec::new, |(.., of)| of)
}

fn fit(claim: &Claim<'_>, of: &[usize], open: &[Payout<'_>]) -> Option<Fit> {
    let payouts = || of.iter().filter_map(|index| open.get(*index));
    let is_named = claim.payout.is_some() || claim.funding.is_some() || claim.period.is_some();
    if payouts().any(|payout| payout.to_pay.is_none()) {
        return Some(Fit::Unknown);
    }
    let amount = claim.paid.amount;
    let left = sum(payouts().map(|payout| Some(open_amount(payout))))?;
    let least = sum(payouts().map(|payout| {
        Some(if payout.ceiling || claim.is_partial { Money::ZERO } else { open_amount(payout) })
    }))?;
    // What evens out another payout may be invoiced or not.
    let without = sum(payouts().map(|payout| payout.comes_to()?.checked_sub(payout.paid())));
    // What has been paid back was invoiced before.
    let repaid = sum(payouts().map(|payout| Some(payout.repaid()))).filter(|repaid| *repaid > Money::ZERO);
    let before = repaid.and_then(|repaid| left.checked_add(repaid));
    match () {
        () if amount == left || [without, before].contains(&Some(amount)) => Some(Fit::Exact),
        () if least <= amount && amount < left => Some(Fit::Within),
        () => is_named.then_some(Fit::Named),
    }
}

/// A payout of which nothing has been paid; of one that has lapsed nothing is to be invoiced.
fn uninvoiced<'a>(payout: &Payout<'a>) -> Payout<'a> {
    let settlement = if payout.has_lapsed() { Settlement::Settled } else { Settlement::Open };
    let to_pay = if payout.is_settled() { payout.comes_to() } else { payout.to_pay };
    Payout { payments: Vec::new(), settlement, to_pay, ..payout.clone() }
}

/// What invoices of a payout are against what it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InvoiceState {
    /// Nothing has been invoiced of it.
    None,
    /// What has been invoiced is what it comes to.
    Agrees,
    /// Some of it has been invoiced, and more is to come.
    Partly,
    /// Another sum has been invoiced.
    Differs,
    /// Nobody knows what it comes to.
    Unknown,
}

impl InvoiceState {
    /// As people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "inte fakturerad",
            Self::Agrees => "stämmer",
            Self::Partly => "delvis fakturerad",
            Self::Differs => "avviker",
            Self::Unknown => "går inte att jämföra",
        }
    }

    /// As programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Agrees => "agrees",
            Self::Partly => "partly",
            Self::Differs => "differs",
            Self::Unknown => "unknown",
        }
    }
}

impl Payout<'_> {
    /// Whether all that is paid of it was paid before a day: no invoice of that day is for it.
    fn was_paid_before(&self, day: NaiveDate) -> bool {
        let mut payments = self.payments.iter().filter(|paid| paid.table == "payment").peekable();
        self.is_settled() && payments.peek().is_some() && payments.all(|paid| paid.date < day)
    }

    /// What has been invoiced of it.
    #[must_use]
    pub fn invoiced(&self) -> Money {
        // Stated amounts, far below what would not fit.
        self.invoices.iter().fold(Money::ZERO, |sum, one| sum.checked_add(one.amount).unwrap_or(sum))
    }

    /// What it comes to by the agreement, without corrections of other payouts: with adjustment, without what is taken off or
    /// has lapsed.
    #[must_use]
    pub fn comes_to(&self) -> Option<Money> {
        self.due_sum()?.checked_sub(self.lapsed)
    }

    /// How much more has been invoiced than it comes to, negative where less has; nothing where that is not known, or without an
    /// adjustment that nobody knows. A correction of
    /// another payout may be invoiced or not, what has been paid back was, and of a ceiling less is as it should be.
    #[must_use]
    pub fn over_invoiced(&self) -> Option<Money> {
        let comes_to = self.comes_to().filter(|_| !self.lacks_factor)?;
        let over = self.invoiced().checked_sub(comes_to)?;
        // What has been paid back was invoiced before, or is credited.
        let may_be = [Money::ZERO, self.correction, self.repaid()];
        let is_right = may_be.contains(&over) || self.ceiling && over <= Money::ZERO;
        Some(if is_right { Money::ZERO } else { over })
    }

    /// What its invoices are against what it comes to, as people read it; of what nobody is bound by that too.
    #[must_use]
    pub fn invoice_told(&self) -> String {
        let state = self.invoice_state().label();
        if self.is_bound() || self.invoices.is_empty() {
            return state.to_owned();
        }
        format!("{state}, men bara {}", self.commitment.predicate(false))
    }

    /// What its invoices are against what it comes to.
    #[must_use]
    pub fn invoice_state(&self) -> InvoiceState {
        match self.over_invoiced() {
            _ if self.invoices.is_empty() => InvoiceState::None,
            None => InvoiceState::Unknown,
            Some(over) if over == Money::ZERO => InvoiceState::Agrees,
            Some(over) if over < Money::ZERO && !self.is_invoiced => InvoiceState::Partly,
            Some(_) => InvoiceState::Differs,
        }
    }
}
